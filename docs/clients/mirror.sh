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

# The answer in the file of the first argument. curl waits by itself where it is told to; a lost connection is tried again;
# a refusal is not: what the site says of it is shown.
get() {
  out="$1"
  shift
  for wait in 1 2 4 8 0; do
    code="$(curl -sS --compressed --retry 5 -o "$out" -w '%{http_code}' "$@" || true)"
    case "$code" in
      2*|304) return ;;
      4*) break ;;
    esac
    sleep "$wait"
  done
  cat "$out" >&2
  rm -f "$out"
  exit 1
}

# The whole record; with the tag of the last time, an unchanged one costs nothing.
get snapshot.new --etag-compare snapshot.etag --etag-save snapshot.tag "$host/api/v1/snapshot/"
if [ -s snapshot.new ]; then mv snapshot.new snapshot.json && mv snapshot.tag snapshot.etag; fi
rm -f snapshot.new snapshot.tag

# The log after the last position that we have, a thousand entries at a time, one file a step.
position="$(cat position 2>/dev/null || echo 0)"
while :; do
  get changes.new "$host/api/v1/changes/?after=$position&limit=1000&format=csv"
  # The first two columns are position and type; a note may have lines of its own.
  last="$(sed -nE 's/^([0-9]+),[a-z]+\.[a-z]+,.*/\1/p' changes.new | tail -n 1)"
  if [ -z "$last" ]; then rm -f changes.new; break; fi
  mv changes.new "changes-$position.csv"
  position="$last"
  echo "$position" >position
done
echo "edition $position"
