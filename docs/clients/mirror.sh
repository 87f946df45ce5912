#!/bin/sh
# Keep the snapshot and the log beside each other, with curl alone. What is there already is not fetched again.
#
#     sh mirror.sh http://localhost:8000 folder
#
# Asks again after a lost connection, a fault of the site, or when told to wait (`Retry-After`). A run that is cut off
# loses nothing: files appear whole, and the next run goes on where they end.
set -eu
host="$1"
folder="$2"
mkdir -p "$folder"
cd "$folder"

get() { curl -fsS --compressed --retry 5 --retry-all-errors "$@"; }

# The whole record; with the tag of the last time, an unchanged one costs nothing.
get --etag-compare snapshot.etag --etag-save snapshot.tag -o snapshot.new "$host/api/v1/snapshot/"
if [ -s snapshot.new ]; then mv snapshot.new snapshot.json && mv snapshot.tag snapshot.etag; fi
rm -f snapshot.new snapshot.tag

# The log after the last position that we have, a thousand entries at a time, one file a step.
position="$(cat position 2>/dev/null || echo 0)"
while :; do
  get -o changes.new "$host/api/v1/changes/?after=$position&limit=1000&format=csv"
  # The first two columns are position and type; a note may have lines of its own.
  last="$(sed -nE 's/^([0-9]+),[a-z]+\.[a-z]+,.*/\1/p' changes.new | tail -n 1)"
  if [ -z "$last" ]; then rm -f changes.new; break; fi
  mv changes.new "changes-$position.csv"
  position="$last"
  echo "$position" >position
done
echo "edition $position"
