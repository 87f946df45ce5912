"""Documents as bytes: canonical ones, equal whatever program they went through, and rows of answers, written once."""

import json
from collections.abc import Mapping
from typing import Any


def write_canonical(document: object) -> bytes:
    """The document as canonical JSON: compact, UTF-8, keys sorted."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


class Row(dict[str, Any]):
    """A document of an edition. It is never changed again, so it is written once, however often it is asked for."""

    __slots__ = ("_json",)
    _json: bytes

    @property
    def json(self) -> bytes:
        """The row as compact JSON."""
        try:
            return self._json
        except AttributeError:
            self._json = write_json(self)
            return self._json


def write_json(document: object) -> bytes:
    """The document as compact JSON in UTF-8, keys in the order given."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def write_envelope(envelope: Mapping[str, Any]) -> bytes:
    """The envelope as compact JSON: the data first, a row at a time, then what is said of them."""
    told = {name: value for name, value in envelope.items() if name != "data"}
    return b'{"data":' + _write_data(envelope["data"]) + b"," + write_json(told)[1:]


def _write_data(data: object) -> bytes:
    if isinstance(data, list):
        return b"[" + b",".join(map(_write_data, data)) + b"]"
    return data.json if isinstance(data, Row) else write_json(data)
