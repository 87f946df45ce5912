"""The shape of the code: lengths, docstrings, signals. Who may import whom is told by `make contracts`."""

import ast
from collections import Counter

from tests.project.sources import PACKAGES, ROOT, functions, imports, modules
from tracker import actions

LONGEST_FUNCTION = 40
LARGEST_ROOM = 17  # files, the package's own among them
# To be made smaller; nothing joins them.
STILL_CROWDED: set[str] = set()
LONGEST_FILE = 250  # lines that say something; blank ones are free

# One list each, looked up and rarely read from end to end; in two files, one would look in the wrong one.
READ_AS_A_TABLE = {"tracker/settings.py", "tracker/domain/vocabulary.py"}


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


def test_what_the_door_to_the_record_exports_is_called() -> None:
    inside = "tracker.actions"
    callers = [tree for module, tree in modules().items() if not module.startswith(inside)]
    called = {name for tree in callers for name in imports(tree)}

    unused = {name for name in actions.__all__ if f"{inside}.{name}" not in called}

    assert unused == set()


def test_no_room_is_larger_than_a_newcomer_can_scan() -> None:
    # Migrations are a log, read from its end.
    every = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    rooms = Counter(path.parent for path in every if path.parent.name != "migrations")
    crowded = {str(room.relative_to(ROOT)) for room, count in rooms.items() if count > LARGEST_ROOM}

    assert crowded - STILL_CROWDED == set()
