"""The shape of the code: who may import whom, how long a function may be, where a rule may stand."""

import ast

from tests.project.sources import PACKAGES, ROOT, functions, imports, modules

LONGEST_FUNCTION = 40
LONGEST_FILE = 250  # lines that say something; blank ones are free

# One list each, looked up and rarely read from end to end; in two files, one would look in the wrong one.
READ_AS_A_TABLE = {"tracker/settings.py", "tracker/vocabulary.py"}

# From the ground up. A module imports from its own row and from the rows above it, never from below.
LAYERS = (
    ("celery", "vocabulary", "tidy", "dates", "texts", "facts"),
    ("append_only", "weights", "compressing", "exceptions", "launch", "alive", "collation", "grammar"),
    ("standing",),
    ("models", "sentences"),
    ("record", "documents", "heartbeat", "faults"),
    ("clock", "reading"),
    ("editions",),
    ("actions",),
    ("watching", "delivery", "dataset", "packaging"),
    ("jobs", "figures", "freshness"),
    ("tasks", "embedded", "checks", "templatetags"),
    ("admin", "context", "views", "feeds", "calendars", "management", "apps"),
    ("settings", "urls", "wsgi"),
)
HEIGHT = {name: height for height, row in enumerate(LAYERS) for name in row}


def part(module: str) -> str:
    """The part of `tracker` that a dotted name belongs to."""
    return module.split(".")[1] if module.count(".") else ""


def test_tracker_anywhere_imports_nothing_of_the_api() -> None:
    # The frame of the addresses is the one place that joins the two, by name.
    guilty = {
        name
        for name, tree in modules().items()
        if name.startswith("tracker")
        for one in imports(tree)
        if one.split(".")[0] == "api"
    }

    assert guilty == set()


def test_every_part_of_tracker_has_its_layer() -> None:
    parts = {part(name) for name in modules() if name.startswith("tracker.")}

    assert parts - set(HEIGHT) == set()


def test_no_module_imports_from_a_layer_below_its_own() -> None:
    upward = {
        f"{name} imports {one}"
        for name, tree in modules().items()
        if name.startswith("tracker.")
        for one in imports(tree)
        if one.startswith("tracker.") and HEIGHT.get(part(one), 0) > HEIGHT[part(name)]
    }

    assert upward == set()


def test_no_function_imports() -> None:
    guilty = {
        f"{name}.{function.name}"
        for name, tree in modules().items()
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert guilty == set()


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{name}.{function.name}"
        for name, tree in modules().items()
        for function in functions(tree)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    }

    assert long == set()


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)
    lengths = {
        str(path.relative_to(ROOT)): sum(map(bool, map(str.strip, path.read_text().splitlines()))) for path in files
    }

    assert {path for path, length in lengths.items() if length > LONGEST_FILE} - READ_AS_A_TABLE == set()


def test_every_module_says_what_belongs_in_it() -> None:
    silent = {name for name, tree in modules().items() if tree.body and not ast.get_docstring(tree)}

    assert silent == set()


def test_no_module_of_the_product_saves_by_signal() -> None:
    saving = ("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")
    guilty = {name for name, tree in modules().items() for one in imports(tree) if one.split(".")[-1] in saving}

    assert guilty == set()
