#!/bin/sh
# Keep the snapshot and the log beside each other, with curl alone. What is there already is not fetched again.
#
#     sh mirror.sh http://localhost:8000 folder
set -eu
host="$1"
folder="$2"
mkdir -p "$folder"
cd "$folder"

# The whole record; with the tag of the last time, an unchanged one costs nothing.
curl -fsS --compressed --etag-compare snapshot.etag --etag-save snapshot.etag -o snapshot.new "$host/api/v1/snapshot/"
if [ -s snapshot.new ]; then mv snapshot.new snapshot.json; else rm -f snapshot.new; fi

# The log after the last position that we have, a thousand entries at a time, one file a step.
position="$(cat position 2>/dev/null || echo 0)"
while :; do
  curl -fsS --compressed -o changes.new "$host/api/v1/changes/?after=$position&limit=1000&format=csv"
  last="$(cut -d, -f1 changes.new | grep -E '^[0-9]+$' | tail -n 1)" || true
  if [ -z "$last" ]; then rm -f changes.new; break; fi
  mv changes.new "changes-$position.csv"
  position="$last"
  echo "$position" >position
done
echo "edition $position"
