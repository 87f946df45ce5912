"""Facts as files that people fill in and programs write: whatever spreadsheets save is read, and safely written.

`kinds` finds out what a file is, by its content, and makes text of it; `cells` makes documents of the rows of a
table; `reading` makes facts of documents, or says in sentences why not; `writing` writes what reading reads.
"""

from tracker.exchange.sheets.kinds import text_of_file
from tracker.exchange.sheets.reading import MOST_ROWS, Noun, Row, read_sheet
from tracker.exchange.sheets.writing import COLUMNS, csv_rows, event_cells, refused_csv

__all__ = [
    "COLUMNS",
    "MOST_ROWS",
    "Noun",
    "Row",
    "csv_rows",
    "event_cells",
    "read_sheet",
    "refused_csv",
    "text_of_file",
]
