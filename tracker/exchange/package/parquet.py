"""The tables as Parquet, for whoever has millions of other rows beside ours. Loaded only where pyarrow is installed."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from tracker.domain.canonical import write_canonical
from tracker.exchange.package.table import Row, Table, cells

_TYPES: Final = {
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", "UTC"),
    "string": pa.string(),
}
_READ: Final = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def write_parquet(table: Table, rows: Sequence[Row]) -> bytes:
    """The table with the columns of its CSV, each of its type. One version of pyarrow gives the same bytes again."""
    columns = list(zip(*(cells(table, row, write_canonical) for row in rows), strict=True)) or [()] * len(table.fields)
    arrays = [
        pa.array([_read(value, kind) for value in column], _TYPES[kind])
        for column, (_name, kind) in zip(columns, table.fields, strict=True)
    ]
    schema = pa.schema([(name, _TYPES[kind]) for name, kind in table.fields])
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def _read(value: Any, kind: str) -> Any:
    return _READ[kind](value) if value and kind in _READ else value
