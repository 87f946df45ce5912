"""How long the shipped record takes to load: replayed from its log, and entered fact by fact as an editor's would be.

    python bench/loading.py

Each in a process and an SQLite file of its own, three times; the median. Says also what the log weighs and what naming
an edition costs.
"""

import gzip
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TIMES = 3

WAYS = {
    "replayed from the log": "load_shipped()",
    "entered fact by fact": "load_dataset(read_dataset())",
    "nothing new": "load_shipped(); began = time.perf_counter(); load_shipped()",
}
PROGRAM = """
import time, django; django.setup()
from django.core.management import call_command
from tracker.exchange.dataset import load_dataset, load_shipped, read_dataset
call_command("migrate", verbosity=0)
began = time.perf_counter()
{way}
print(time.perf_counter() - began)
"""
ROOTS = """
import time, django; django.setup()
from tracker.domain.merkle import Tree
from tracker.exchange.dataset.shipped_log import entries_of, read_log
from tracker.readmodel.log.snapshot import entry_bytes
leaves = [entry_bytes(entry) for entry in entries_of(read_log())]
tree, began = Tree(), time.perf_counter()
for leaf in leaves:
    tree.append(leaf)
    tree.root
print((time.perf_counter() - began) / len(leaves) * 1e6)
"""


def main() -> None:
    """Print the table."""
    sys.stdout.write("| | |\n|---|---|\n")
    for name, way in WAYS.items():
        seconds = statistics.median(run(PROGRAM.format(way=way)) for _ in range(TIMES))
        sys.stdout.write(f"| {name}, s | {seconds:.2f} |\n")
    sys.stdout.write(f"| root of an edition, µs an entry | {run(ROOTS):.0f} |\n")
    log = b"".join(path.read_bytes() for path in sorted((ROOT / "tracker/exchange/dataset/data/log").iterdir()))
    sys.stdout.write(f"| the log, MB (and in gzip) | {len(log) / 1e6:.1f} ({len(gzip.compress(log)) / 1e6:.1f}) |\n")


def run(program: str) -> float:
    """What the program printed."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"sqlite:///{folder}/record.sqlite3",
        }
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    main()
