"""How to cite a page: five styles of one address that always gives the same page."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

# What means something to TeX, and how it is written so that it does not.
_TEX = str.maketrans({one: f"\\{one}" for one in "&%$#_{}"} | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}"})


@dataclass(frozen=True)
class Work:
    """A page at a day and an edition. The address holds both, so a day gone by needs no date of access."""

    title: str
    address: str
    as_of: date
    edition: str
    published: date
    accessed: date | None = None

    @property
    def whole_title(self) -> str:
        """The title with the day and the edition."""
        return f"{self.title} (as of {_day(self.as_of)}, edition {self.edition})"

    @property
    def key(self) -> str:
        """A name for the work in a bibliography."""
        words = "-".join(part for part in self.address.split("?")[0].split("/")[3:] if part) or "home"
        return f"article10-{words}-{self.as_of:%Y%m%d}-{self.edition}".lower()


@dataclass(frozen=True)
class Citations:
    """The work in each style."""

    apa: str
    bibtex: str
    csl_json: str
    wikipedia: str
    ris: str

    @property
    def by_name(self) -> list[tuple[str, str]]:
        """Each style by the name that it goes by."""
        return [
            ("APA", self.apa),
            ("BibTeX", self.bibtex),
            ("CSL-JSON", self.csl_json),
            ("RIS", self.ris),
            ("Wikipedia", self.wikipedia),
        ]


def cite(work: Work) -> Citations:
    """The work in each style."""
    return Citations(_apa(work), _bibtex(work), _csl_json(work), _wikipedia(work), _ris(work))


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale="en_GB")


def _apa(work: Work) -> str:
    published = format_date(work.published, "y, MMMM d", locale="en_US")
    return f"Article 10. ({published}). {work.whole_title}. {work.address}"


def _bibtex(work: Work) -> str:
    fields = {
        "author": "{Article 10}",
        "title": work.title.translate(_TEX),
        "year": f"{work.published:%Y}",
        "month": str(work.published.month),
        "note": f"As of {_day(work.as_of)}, edition {work.edition}",
        "url": work.address,
    }
    if work.accessed:
        fields["urldate"] = work.accessed.isoformat()
    return f"@online{{{work.key},\n" + ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items()) + "\n}"


def _csl_json(work: Work) -> str:
    item: dict[str, Any] = {
        "id": work.key,
        "type": "webpage",
        "title": work.whole_title,
        "container-title": "Article 10",
        "author": [{"literal": "Article 10"}],
        "issued": {"date-parts": [[work.published.year, work.published.month, work.published.day]]},
        "version": str(work.edition),
        "URL": work.address,
    }
    if work.accessed:
        item["accessed"] = {"date-parts": [[work.accessed.year, work.accessed.month, work.accessed.day]]}
    return json.dumps([item], ensure_ascii=False, indent=2)


def _wikipedia(work: Work) -> str:
    title = work.whole_title.replace("|", "{{!}}")
    accessed = f" |access-date={_day(work.accessed)}" if work.accessed else ""
    published = f"{_day(work.published)}{accessed}"
    return f"{{{{cite web |title={title} |website=Article 10 |url={work.address} |date={published}}}}}"


def _ris(work: Work) -> str:
    lines = [
        "TY  - ELEC",
        "AU  - Article 10",
        f"TI  - {work.whole_title}",
        "T2  - Article 10",
        f"PY  - {work.published:%Y}",
        f"DA  - {work.published:%Y/%m/%d}",
        f"ET  - {work.edition}",
        f"UR  - {work.address}",
        *([f"Y2  - {work.accessed:%Y/%m/%d}"] if work.accessed else []),
        "ER  - ",
    ]
    return "\n".join(lines)
