"""The catalogues of the interface: find the texts, bring each language's file up to date, compile.

    python scripts/catalogues.py update     texts out of code and templates into tracker/locale/*/LC_MESSAGES/django.po
    python scripts/catalogues.py compile    django.mo beside each django.po
    python scripts/catalogues.py check      what is missing, line by line; fails if anything is

Babel reads and writes the files, so that nobody needs GNU gettext; Django turns its templates into what Babel reads.
The admin speaks English and is left out.
"""

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parent.parent
LOCALE: Final = ROOT / "tracker" / "locale"
# A language has a folder; English, in which the texts are written, has none.
LANGUAGES: Final = tuple(sorted(path.name for path in LOCALE.iterdir() if path.is_dir()))

# Where public texts stand, and the rooms whose texts only editors see.
_SOURCES: Final = ("tracker", "api", "templates")
_LEFT_OUT: Final = (
    "tracker/desk/",
    "templates/admin/",
    "tracker/models/",
    "tracker/migrations/",
    "tracker/management/",
    "tracker/demo/",
    "tracker/fetch/",
    "tracker/sources/",
    "tracker/watch/",
)
_KEYWORDS: Final = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def main() -> int:
    """Do what the command line asks for."""
    tasks: dict[str, Callable[[], int]] = {"update": update, "compile": compile_all, "check": check}
    task = tasks.get(sys.argv[1] if len(sys.argv) == 2 else "")
    if task is None:
        sys.stderr.write(__doc__ or "")
        return 2
    return task()


def texts() -> Catalog:
    """All texts of the interface, with the places they stand in."""
    found = Catalog(project="Article 10", charset="utf-8")
    for path in _files():
        place = path.relative_to(ROOT).as_posix()
        for line, message, comments, context in extract("python", io.BytesIO(_readable(path)), keywords=_KEYWORDS):
            found.add(message, locations=[(place, line)], auto_comments=comments, context=context)
    return found


def missing(language: str) -> list[str]:
    """The texts that the language's file lacks, or has only as a guess."""
    catalogue = read(language)
    return [str(one.id) for one in texts() if one.id and not _is_translated(catalogue.get(one.id, one.context))]


def read(language: str) -> Catalog:
    """The language's file as it is; an empty one where there is none."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="Article 10", charset="utf-8")
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def update() -> int:
    """Bring each file up to date: new texts come in empty, those that are gone go."""
    template = texts()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            pofile.write_po(file, catalogue, width=110, sort_output=True, no_location=True, omit_header=False)
    return 0


def compile_all() -> int:
    """Write the compiled file of each language."""
    for language in LANGUAGES:
        with _path(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))
    return 0


def check() -> int:
    """Say what is missing; 1 if anything is."""
    lacking = [f"{language}: {text}" for language in LANGUAGES for text in missing(language)]
    sys.stdout.write("".join(f"{line}\n" for line in lacking))
    return 1 if lacking else 0


def _files() -> Iterator[Path]:
    for room in _SOURCES:
        for path in sorted((ROOT / room).rglob("*")):
            place = path.relative_to(ROOT).as_posix()
            if path.suffix in {".py", ".html", ".svg", ".txt", ".xml"} and not place.startswith(_LEFT_OUT):
                yield path


def _readable(path: Path) -> bytes:
    """Python as it is; a template as the calls that Django makes of it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    # The layout of a template is not that of Python, which would read it as blocks.
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines()).encode()


def _is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


if __name__ == "__main__":
    raise SystemExit(main())
