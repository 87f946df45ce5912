"""What a test in a real browser may use. Whether there is a browser at all is decided in `tests/conftest.py`."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import CHROMIUM

AXE = Path(__file__).with_name("vendor") / "axe.min.js"

# Nothing that a browser does of its own accord may reach the network, or slow a small machine down.
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# A wait ends as soon as what it waits for is there; how long it may last is for a machine that is busy otherwise.
expect.set_options(timeout=30_000)


@dataclass
class Observed:
    """What happened in a page while a test ran."""

    complaints: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def foreign(self, host: str) -> list[str]:
        """The addresses asked for at any other host."""
        return [address for address in self.addresses if urlsplit(address).hostname not in (host, None)]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, in place of one that would have to be downloaded."""
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return {"executable_path": executable, "args": LAUNCH, "timeout": 30_000}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Nothing: tests say whole addresses. Stands in for the plugin's own fixture, which pytest 9 warns about."""
    return


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> Iterator[None]:
    """Let tests use the database while Playwright's event loop runs in their thread, which Django takes for async."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def axe(page: Page) -> Callable[[], list[str]]:
    """A function that says what is not accessible in the page as it now is, one line a rule."""

    def run_axe() -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("axe.run().then(result => result.violations)")
        return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html']}" for rule in violations]

    return run_axe


@pytest.fixture
def observed(page: Page) -> Observed:
    """Everything the page asks for and complains about from now on."""
    notes = Observed()
    page.on("request", lambda request: notes.addresses.append(request.url))
    page.on("pageerror", lambda error: notes.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: notes.complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    return notes


@pytest.fixture
def layout_shift(page: Page) -> Callable[[], float]:
    """A function that says how much of the page has moved since it could first be read; ask before loading it."""
    page.add_init_script(
        "window.shift = 0;"
        "new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shift += entry.value; }))"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    return lambda: float(page.evaluate("window.shift"))
