"""The papers that go with the tables: how to read them, how to cite them, and under which licence they are."""

from typing import Final

from tracker.exchange.package.tables import TABLES
from tracker.readmodel.fold import State
from tracker.readmodel.log.snapshot import LICENSE

TITLE: Final = "Article 10: the record of NATO accessions"
LICENCE: Final = {
    "name": LICENSE,
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}

_README: Final = """# {title}

Edition {name} of the record, of {day}. Who has applied to join NATO, what each ally had to do, what was asked in
return, and who says so. `snapshot.json` is the same edition in one file, as `/api/v1/snapshot/` answers it.

## Tables

Each is there as CSV (UTF-8, commas, CRLF, empty for missing), as JSON Lines, and in `article10.sqlite` with its keys.
`datapackage.json` describes every column (Frictionless Data Package 2.0).

{tables}

## Reading them

```python
import pandas, sqlite3
events = pandas.read_csv("events.csv", keep_default_na=False, na_values=[""], parse_dates=["earliest", "latest"])
standing = pandas.read_sql("SELECT * FROM ratifications", sqlite3.connect("article10.sqlite"))
```

```r
events <- read.csv("events.csv", na.strings = "", encoding = "UTF-8")
```

- A date is an interval. `date` is written as it is known (EDTF level 1: `2022-10-23`, `2022-10`, `2022`,
  `2022-07-05/2022-09-27`); `earliest` and `latest` are its first and its last day. Do not take a middle.
- `…_state` says whether a stage was `reached` by the day of the edition, was `not_reached`, that it
  is `unknown`, or `not_on_record` where nothing says that it ever was.
  `…_inferred` marks dates that follow from another event and were told by no source.
- *Approved*, *assented* and *deposited* are separate acts with separate dates; no column is called “ratified”.
- `assessments` are what a party says of a commitment. None of them is a verdict of this record. Who spoke stands in
  `speakers`, by statement: only the organs of a state speak for it, and whoever else is quoted stands under the code of
  a voice (`MEMBERS`, `PARTY`, `PRESS`, `UNNAMED`).
- Lists in a cell are joined by semicolons; what is nested deeper is JSON.
- In CSV a text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-` or `@`) has an apostrophe
  before it. JSON Lines and SQLite have it as it is.

## Whole and unchanged

`sha256sum -c SHA256SUMS`. The same edition is always the same bytes, whoever builds it and whenever.

## Licence and citation

{licence} ({address}). Cite as in `CITATION.txt` or `CITATION.cff`, with the edition: it never changes, and
`known_at={edition}` asks the API for it.
"""


def readme(state: State) -> str:
    """What a stranger has to know, in one page."""
    tables = "\n".join(f"- `{table.name}`: {table.title[0].lower()}{table.title[1:]}." for table in TABLES)
    return _README.format(
        title=TITLE,
        name=state.edition_name,
        edition=state.edition_name,
        day=_day(state),
        tables=tables,
        licence=LICENCE["title"],
        address=LICENCE["path"],
    )


def citation(state: State) -> str:
    """How to cite the edition, in one line."""
    return f"{TITLE}. Edition {state.edition_name}, {_day(state)}. Licensed {LICENSE}.\n"


def citation_file(state: State) -> str:
    """How to cite the edition, for programs (Citation File Format 1.2)."""
    return (
        "cff-version: 1.2.0\n"
        'message: "If you use these data, please cite them with their edition."\n'
        "type: dataset\n"
        f'title: "{TITLE}"\n'
        'authors:\n  - name: "The Article 10 contributors"\n'
        f'version: "{state.edition_name}"\n'
        f"date-released: {_day(state)}\n"
        f"license: {LICENSE}\n"
    )


def licence() -> str:
    """The licence, and where its text is."""
    return f"{TITLE}: these data are under {LICENCE['title']} ({LICENSE}).\n\n{LICENCE['path']}\n"


def _day(state: State) -> str:
    return state.recorded_at.date().isoformat() if state.recorded_at else ""
