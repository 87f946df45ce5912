"""How long the pages are: the table of docs/pages.md, measured in a browser on a site that runs.

    python scripts/heights.py http://localhost:8000 > heights.md

Each page is opened at 1280 and at 390 pixels; nothing that is folded is opened.
"""

import shutil
import sys
from typing import Final

from playwright.sync_api import sync_playwright

PAGES: Final = (
    "/",
    "/accessions/",
    "/accessions/SWE/?as_of=2023-10-30",
    "/accessions/SWE/",
    "/accessions/UKR/",
    "/accessions/SWE/table/",
    "/accessions/SWE/timeline/",
    "/accessions/SWE/scenario/?as_of=2023-10-30&act=TUR",
    "/accessions/SWE/TUR/?as_of=2023-10-30",
    "/accessions/SWE/HUN/",
    "/states/",
    "/states/TUR/",
    "/states/FRA/",
    "/compare/",
    "/rectifications/",
)
WIDTHS: Final = (1280, 390)


def main() -> int:
    """Print one row a page."""
    base = sys.argv[1].rstrip("/") if len(sys.argv) == 2 else ""
    if not base:
        sys.stderr.write(__doc__ or "")
        return 2
    rows = ["| Page | 1280 px wide | 390 px wide |", "|---|---|---|"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for address in PAGES:
            heights = []
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 900})
                page.goto(f"{base}{address}")
                heights.append(f"{page.evaluate('document.documentElement.scrollHeight'):,}")
                page.close()
            rows.append(f"| `{address}` | {' | '.join(heights)} |")
        browser.close()
    sys.stdout.write("\n".join(rows) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
