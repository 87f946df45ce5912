"""The formats by which Django writes a day or a moment where nothing else is said; all moments are in UTC."""

from typing import Final

DATE_FORMAT: Final = "Y-m-d"
TIME_FORMAT: Final = r"H:i \U\T\C"
DATETIME_FORMAT: Final = r"Y-m-d H:i \U\T\C"
