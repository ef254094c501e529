"""Reads a table out of CSV, Excel or pasted text into lines of cells, and refuses what is made to do harm."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.rules.typed_text import cleaned

LARGEST = 4 * 1024 * 1024  # bytes of a file
MOST_ROWS, MOST_COLUMNS = 60_000, 60  # beside the header: 40 teams, 12 measures, 120 months
MOST_ENTRIES, LARGEST_UNPACKED, LARGEST_ENTRY, LARGEST_RATIO = 200, 40 * 1024 * 1024, 30 * 1024 * 1024, 100
ZIP_SIGNATURE, OLD_EXCEL_SIGNATURE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = "\t;,"  # of equally many the first: a comma may be part of a number

RawCell = str | int | float | datetime | date | None


@dataclass(frozen=True)
class TableLine:
    """A line of the table that holds something, with its number in the file."""

    number: int
    cells: tuple[RawCell, ...]


class UnreadableTableError(Exception):
    """A table refused as a whole, in words, with the line where reading ended (0: the whole file)."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.line = line


def read_lines(source: bytes | str) -> list[TableLine]:
    """The lines that hold something. Raises UnreadableTableError above 4 MB, 60,000 rows or 60 columns."""
    if len(source) > LARGEST:
        raise UnreadableTableError(f"It is larger than {LARGEST // 1024 // 1024} MB.")
    if isinstance(source, str):
        return _csv_lines(source)
    if source.startswith(OLD_EXCEL_SIGNATURE):
        raise UnreadableTableError("This is an old or protected Excel file: save it as .xlsx or .csv.")
    if source.startswith(ZIP_SIGNATURE):
        return _workbook_lines(source)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = source.count(b"\n", 0, trouble.start) + 1
        raise UnreadableTableError("The file is not in UTF-8: save it as “CSV UTF-8”.", line) from None
    return _csv_lines(text)


def _csv_lines(text: str) -> list[TableLine]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        return _kept((rows.line_num, tuple(row)) for row in rows)
    except csv.Error as trouble:
        sentence = f"The quotation marks do not match here or further up ({trouble})."
        raise UnreadableTableError(sentence, rows.line_num) from None


def _kept(rows: Iterable[tuple[int, Sequence[RawCell]]]) -> list[TableLine]:
    lines: list[TableLine] = []
    for number, row in rows:
        cells = [cleaned(cell) if isinstance(cell, str) else cell for cell in row]
        if all(cell is None or not str(cell).strip() for cell in cells):
            continue
        if len(cells) > MOST_COLUMNS:
            raise UnreadableTableError(f"It has more than {MOST_COLUMNS} columns.", number)
        if len(lines) > MOST_ROWS:
            raise UnreadableTableError(f"It has more than {MOST_ROWS:,} rows: load it in parts.", number)
        lines.append(TableLine(number, tuple(cells)))
    return lines


def _workbook_lines(data: bytes) -> list[TableLine]:
    _refuse_bombs(data)
    import openpyxl  # noqa: PLC0415 - only a workbook needs it: the bot starts without

    if not openpyxl.DEFUSEDXML:  # entities would be expanded
        raise UnreadableTableError(
            "Excel files cannot be read safely here (defusedxml is missing): save it as .csv."
        )
    try:
        return _sheet_lines(data)
    except (UnreadableTableError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises anything at all on a damaged or hostile workbook
        raise UnreadableTableError(
            "This Excel file is damaged or not a plain workbook: save it as .csv."
        ) from None


def _sheet_lines(data: bytes) -> list[TableLine]:
    import openpyxl  # noqa: PLC0415 - see _workbook_lines

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        # one more of each than is taken, so that a table too large shows itself
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True)
        return _kept(enumerate((_trimmed(row) for row in rows), 1))
    finally:
        book.close()


def _trimmed(row: Sequence[object]) -> tuple[RawCell, ...]:
    cells = [cell if isinstance(cell, str | int | float | datetime | date) else None for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _refuse_bombs(data: bytes) -> None:
    """Look at what the archive says it holds before a byte of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableTableError("This Excel file is damaged: save it again, or as .csv.") from None
    sizes = [(entry.file_size, max(entry.compress_size, 1)) for entry in entries]
    if (
        len(entries) > MOST_ENTRIES
        or sum(size for size, _ in sizes) > LARGEST_UNPACKED
        or any(size > LARGEST_ENTRY or size / packed > LARGEST_RATIO for size, packed in sizes)
    ):
        raise UnreadableTableError(
            "This Excel file would unpack to far more than it should: save it as .csv."
        )
