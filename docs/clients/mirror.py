"""Keep a local copy of the whole record in sync, with nothing but the standard library.

    python mirror.py http://localhost:8000 record.json

The first run takes the snapshot, each later one the changes since. The file is at every moment, byte for byte,
what /api/v1/snapshot/ would answer at its edition: compare it whenever you like. A run that is cut off loses
nothing: the next one goes on where the file ends.
"""

import http.client
import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

TRIES = 5


def fetch(address):
    """The answer at the address. Asks again after a lost connection, a fault of the site, or when told to wait."""
    for left in range(TRIES - 1, -1, -1):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if not left or (error.code != 429 and error.code < 500):
                raise SystemExit(f"{address}: {error.code} {error.read().decode(errors='replace')}") from error
            wait = error.headers.get("Retry-After", "")
        except (OSError, http.client.HTTPException, ValueError) as error:
            if not left:
                raise SystemExit(f"{address}: {error}") from error
            wait = ""
        time.sleep(int(wait) if wait.isdigit() else 2 ** (TRIES - left))
    return None


def add(record, entry):
    """Bring the copy one entry further. Types that a later version of the API adds are left alone."""
    data, told, kind = record["data"], entry["payload"], entry["type"]
    stamp = {"recorded": entry["position"], "recorded_at": entry["recorded_at"]}
    noun, _, act = kind.partition(".")
    if kind in ("party.recorded", "procedure.recorded"):
        document = told[noun]
        data["parties" if noun == "party" else "procedures"][document["code" if noun == "party" else "ally"]] = {
            **document,
            **stamp,
        }
    elif kind == "accession.opened":
        code = told["accession"]
        data["accessions"][code] = {"accession": code, "status": "aspirant", "milestones": {}, **stamp}
    elif kind == "accession.changed":
        data["accessions"][told["accession"]].update(status=told["to"], milestones=told["milestones"])
    elif kind == "event.recorded":
        data["events"][told["event"]["key"]] = {**told["event"], "version": told["version"], **stamp}
    elif kind == "commitment.recorded":
        bare = {name: value for name, value in told["commitment"].items() if name != "assessments"}
        data["commitments"][bare["key"]] = {**bare, **stamp}
    elif kind == "commitment.assessed":
        about = {"commitment": told["commitment"], "version": told["version"]}
        data["assessments"][told["assessment"]["key"]] = {**told["assessment"], **about, **stamp}
    elif kind == "statement.recorded":
        data.setdefault("statements", {})[told["statement"]["key"]] = {**told["statement"], **stamp}
    elif act == "sourced":
        noun = "assessment" if "assessment" in told else noun
        # A list of its own: a rectification that put this row in says what it said then.
        row = data[noun + "s"][told[noun]]
        row["sources"] = row["sources"] + told["sources"]
    elif kind in ("requirement.added", "stage.changed"):
        bare = {name: value for name, value in told.items() if name not in ("from", "to", "moved")}
        key = f"{told['accession']}/{told['ally']}"
        data["ratifications"].setdefault(key, {"last_checked_at": None, **stamp}).update(bare)
    elif kind == "requirement.removed":
        data["ratifications"][f"{told['accession']}/{told['ally']}"]["required"] = False
    elif kind in ("source.checked", "check.retracted"):
        data["ratifications"][f"{told['accession']}/{told['ally']}"]["last_checked_at"] = told["checked_at"]
    elif act == "rectified":
        rectify(data, told, stamp)
    record["meta"].update(edition=entry["position"], root=entry["root"], as_of=entry["recorded_at"][:10])
    record["meta"].update(known_at=entry["recorded_at"], generated_at=entry["recorded_at"])
    record["links"]["self"] = f"/api/v1/snapshot/?known_at={entry['position']}"


def rectify(data, told, stamp):
    """Take back what was wrong, and put in what replaces it, if anything does."""
    data["rectifications"][str(told["rectification"])] = {**told, **stamp}
    table = data["parties" if told["subject"] == "party" else told["subject"] + "s"]
    was = table.pop(told["key"])
    if told["now"] is None:
        return
    table[told["key"]] = {name: value for name, value in told["now"].items() if name != "assessments"} | stamp
    if "commitment" in was:
        table[told["key"]]["commitment"] = was["commitment"]
    if "version" in was:
        table[told["key"]]["version"] = was["version"] + 1


def save(record, file):
    """Write the copy as the API writes it: compact, keys in order."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    temporary = file.with_name(file.name + ".new")
    temporary.write_bytes(text.encode())
    temporary.replace(file)


def sync(host, file):
    """Bring the file up to date; the edition it then has."""
    if not file.exists():
        save(fetch(f"{host}/api/v1/snapshot/"), file)
    record = json.loads(file.read_bytes())
    following = f"/api/v1/changes/?after={record['meta']['edition']}&limit=1000"
    while following:
        answer = fetch(host + following)
        for entry in answer["data"]:
            if entry["position"] != record["meta"]["edition"] + 1:
                raise SystemExit(f"position {record['meta']['edition'] + 1} is missing")
            add(record, entry)
        save(record, file)
        following = answer["links"]["next"]
    return record["meta"]["edition"]


if __name__ == "__main__":
    print("edition", sync(sys.argv[1].rstrip("/"), Path(sys.argv[2])))
