"""Sheets of Excel and of OpenDocument."""

from __future__ import annotations

import io
import zipfile

from pellucid.data.files.excel_times import write_times
from pellucid.data.files.rows import Record
from pellucid.errors import ConfigError, DataError

OLD_MAGIC = b"\xd0\xcf\x11\xe0"
"""How a workbook of Excel before 2007 begins."""

PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
"""One of these is in the archive that a newer workbook is."""


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a workbook rather than another archive or text."""
    if data.startswith(OLD_MAGIC):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(part in archive.namelist() for part in PARTS)
    except zipfile.BadZipFile:
        return False


def read_sheet(data: bytes, name: str) -> tuple[list[Record], tuple[str, ...]]:
    """The rows of the first sheet that is not empty, their numbers as Excel shows them; a note names other sheets.

    Times of day become hours, lengths of time seconds, as in Parquet.

    Raises DataError for a workbook that cannot be read or is empty, ConfigError where the reader is not installed.
    """
    try:
        import fastexcel
    except ImportError:
        raise ConfigError(
            f"{name} is an Excel file, which needs one more package: pip install 'pellucid[excel]', or save it as CSV"
        ) from None
    try:
        book = fastexcel.read_excel(data)
        for sheet in book.sheet_names:
            frame = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()
            rows = [[cell or "" for cell in cells] for cells in frame.rows()]
            if any(map(any, rows)):
                notes = write_times(book, sheet, rows)
                others = ", ".join(repr(other) for other in book.sheet_names if other != sheet)
                notes += (f"{name}: the sheet {sheet!r} is read; not used: {others}",) if others else ()
                return [(number, cells) for number, cells in enumerate(rows, 1) if any(cells)], notes
    except fastexcel.FastExcelError as error:
        raise DataError(f"{name} is not a readable Excel file: {str(error).splitlines()[0]}") from None
    raise DataError(f"{name} has no sheet with anything in it: a table needs columns and rows")
