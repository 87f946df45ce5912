"""A page as a browser reads it, and what must be true of every one."""

from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Read:
    """A page that has been parsed; nothing in it needed repair."""

    root: ET.Element

    def all(self, tag: str) -> list[ET.Element]:
        """Every element of that kind."""
        return list(self.root.iter(f"{XHTML}{tag}"))

    @property
    def links(self) -> set[str]:
        """The addresses on this site that the page leads to."""
        found = {one.get("href", "") for one in self.all("a")}
        return {one for one in found if one.startswith("/")}

    @property
    def ids(self) -> list[str]:
        """Every id in the page."""
        return [one.attrib["id"] for one in self.root.iter() if "id" in one.attrib]

    @property
    def words(self) -> str:
        """All text of the page."""
        return " ".join(" ".join(self.root.itertext()).split())


def read_page(content: bytes) -> Read:
    """The page, parsed strictly. Raises `html5lib.html5parser.ParseError` where a browser would have to guess."""
    parser = html5lib.HTMLParser(strict=True)
    return Read(parser.parse(content.decode()))


def faults(page: Read) -> list[str]:
    """What is wrong with the structure of the page."""
    found = []
    if not page.root.get("lang"):
        found.append("no language")
    found += [f"{len(page.all(tag))} {tag}" for tag in ("h1", "main", "title") if len(page.all(tag)) != 1]
    found += [f"id {one} twice" for one in {one for one in page.ids if page.ids.count(one) > 1}]
    found += ["table without caption" for table in page.all("table") if table.find(f"{XHTML}caption") is None]
    found += [f"th without scope: {ET.tostring(one)[:80]!r}" for one in page.all("th") if not one.get("scope")]
    found += ["picture without words" for one in page.all("img") if not one.get("alt")]
    found += _headings(page)
    return found


def _headings(page: Read) -> list[str]:
    levels = [int(one.tag[-1]) for one in page.root.iter() if one.tag in {f"{XHTML}h{n}" for n in range(1, 7)}]
    steps = pairwise(levels)
    return [f"h{lower} after h{upper}" for upper, lower in steps if lower > upper + 1]


def path_of(address: str) -> str:
    """The address without its parameters and its fragment."""
    return urlsplit(address).path
