"""How cost grows with the record: the load, a page, an answer of the API and one as-of standing.

    python bench/growth.py [--times 1 10 100]

Makes records that are so many times the shipped one (other applicants, the same allies, the same acts), each
in a SQLite file and a process of its own, measures on each, and prints medians and their ratio to the first.
A ratio of 1 means: the cost does not grow with what was not asked for.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Measure each size and print a line a task."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 100])
    sizes = parser.parse_args().times
    measured = [measure(times) for times in sizes]
    say(f"{'':36}" + "".join(f"{f'x{times}':>12}" for times in sizes) + f"{'ratio':>10}")
    for task, first in measured[0].items():
        values = [found[task] for found in measured]
        say(f"{task:36}" + "".join(f"{value:>12,.1f}" for value in values) + f"{values[-1] / first:>10.2f}")


def measure(times: int) -> dict[str, float]:
    """What `growth_of_one.py` finds for that size."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "ARTICLE10_EMBEDDED": "true",
            "ARTICLE10_VAR": folder,
            "SECRET_KEY": "a-key-for-benchmarks",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
            "PYTHONPATH": str(HERE.parent),
        }
        command = [sys.executable, str(HERE / "growth_of_one.py"), str(times)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603  # our own
    return dict(json.loads(done.stdout))


def say(line: str) -> None:
    """Print a line as soon as it is known."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
