"""Plain XML, by a mapping that an operator writes: which element or attribute holds what."""

import re
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.base import Findings, NotUnderstood, Options, text_of
from tracker.sources.readers.mapping import Row, fields_of, read_rows
from tracker.sources.readers.xml_safety import sound_xml

_LONGEST_PATH: Final = 200
_NAME: Final = re.compile(r"[^\W\d][\w.-]*")


class XmlMappingReader:
    """Each element at the path of the option `items` is a find; `fields` gives paths below it, or `@attribute`.

    Namespaces do not count: `votes/vote` finds the elements of those names, whatever they belong to.
    """

    key = "xml"
    label = "XML, by a mapping"

    def read(self, page: Fetched, options: Options) -> Findings:
        """The elements, in the order of the document."""
        fields = fields_of(options)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8")
        root = etree.fromstring(sound_xml(text_of(page)).encode(), parser)
        items = enumerate(root.iterfind(_path(str(options.get("items", "")))), 1)
        return read_rows(self.key, items, lambda row: _row(row[0], row[1], fields), page, options)


def _row(number: int, item: Any, fields: Mapping[str, str]) -> Row:
    return Row(f"element {number}", {name: _text(item, path) for name, path in fields.items()})


def _text(item: Any, path: str) -> str:
    """The words at the path, or of the attribute that it ends in; empty where there are none."""
    below, mark, attribute = path.partition("@")
    element = item.find(_path(below.rstrip("/"))) if below else item
    if element is None:
        return ""
    return str(element.get(attribute, "")) if mark else " ".join("".join(element.itertext()).split())


def _path(path: str) -> str:
    """The path in the terms of the library. Raises `NotUnderstood` for what is more than names."""
    names = [name for name in path.split("/") if name]
    if not names or len(path) > _LONGEST_PATH or not all(map(_NAME.fullmatch, names)):
        raise NotUnderstood("a path of the options", "names of elements, with / between them", path or "nothing")
    return "/".join(f"{{*}}{name}" for name in names)
