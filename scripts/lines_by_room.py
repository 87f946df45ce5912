"""How much code each room holds: its files, and their lines without blank ones, comments and docstrings.

python scripts/lines_by_room.py
"""

import io
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BETWEEN = {tokenize.COMMENT, tokenize.NL}
_ENDS_A_STATEMENT = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def main() -> None:
    """Print a table, the largest room first."""
    files: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for path in product_files():
        room = "/".join(path.relative_to(ROOT).parts[:-1][:2])
        files[room] += 1
        lines[room] += len(code_lines(path.read_text(encoding="utf-8")))
    rows = [f"| `{room}` | {files[room]} | {count:,} |" for room, count in lines.most_common()]
    total = f"| all | {files.total()} | {lines.total():,} |"
    sys.stdout.write("\n".join(["| Room | Files | Lines |", "|---|---|---|", *rows, total, ""]))


def product_files() -> Iterator[Path]:
    """What runs; migrations are written by a command."""
    for room in ("tracker", "api"):
        yield from (path for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts)


def code_lines(source: str) -> set[int]:
    """The numbers of the lines on which something stands that is carried out."""
    lines: set[int] = set()
    begins = True
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in _BETWEEN:
            continue
        # A text that is a statement by itself explains.
        explains = token.type == tokenize.STRING and begins
        if token.type not in _ENDS_A_STATEMENT and not explains:
            lines.update(range(token.start[0], token.end[0] + 1))
        begins = token.type in _ENDS_A_STATEMENT
    return lines


if __name__ == "__main__":
    main()
