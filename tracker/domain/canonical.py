"""Documents as canonical bytes: equal documents are equal bytes, whatever database or program they went through."""

import json


def write_canonical(document: object) -> bytes:
    """The document as canonical JSON: compact, UTF-8, keys sorted."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()
