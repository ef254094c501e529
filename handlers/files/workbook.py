"""Writes tables into an Excel workbook in which nothing people wrote can become a formula."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import NamedStyle

WIDEST = 60  # characters; longer text wraps
LONGEST = 32_767  # characters of a cell (Excel)
HEADER, PLAIN, MOMENT = "Above a column", "As written", "Day and time"  # names of styles, as Excel lists them

SheetCell = str | float | Decimal | date | datetime | None


@dataclass(frozen=True)
class Sheet:
    """A named table: the words above its columns, and its rows."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[SheetCell]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of an .xlsx file; each row is written as it comes, and none is kept."""
    import openpyxl  # noqa: PLC0415 - only who asks for a workbook needs it: the bot starts without

    book = openpyxl.Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _styles() -> "list[NamedStyle]":
    from openpyxl.styles import Alignment, Font, NamedStyle  # noqa: PLC0415 - start stays light

    wrapped = Alignment(wrap_text=True, vertical="top")
    moment = NamedStyle(MOMENT, alignment=wrapped, number_format="yyyy-mm-dd h:mm:ss")
    return [
        NamedStyle(HEADER, font=Font(bold=True), alignment=wrapped),
        NamedStyle(PLAIN, alignment=wrapped),
        moment,
    ]


def _write(page: Any, sheet: Sheet) -> None:
    """Write a sheet onto a write-only page, of which openpyxl's types know too little."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - start stays light
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - the same

    for column, title in enumerate(sheet.header):
        longest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
        letter = get_column_letter(column + 1)
        page.column_dimensions[letter].width = min(max(longest, len(title)) + 2, WIDEST)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    pen = _Pen(page)
    page.append(pen.written(sheet.header, HEADER))
    for row in sheet.rows:
        page.append(pen.written(row, PLAIN))


class _Pen:
    """Writes values through a few cells, styled once: a cell of its own for each takes half as long again."""

    def __init__(self, page: Any) -> None:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - see workbook

        self._cells: dict[tuple[str, bool], Cell] = {}
        for style in (HEADER, PLAIN, MOMENT):
            for is_text in (True, False):
                cell = self._cells[style, is_text] = WriteOnlyCell(page)
                cell.style = style
                cell.quotePrefix = is_text

    def written(self, row: Sequence[SheetCell], style: str) -> "Iterator[Cell]":
        """Text stays text: Excel calculates nothing of it, now or when it is edited there."""
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - see workbook

        for value in row:
            is_text = isinstance(value, str)
            cell = self._cells[MOMENT if isinstance(value, date) else style, is_text]
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST] if isinstance(value, str) else value
            if is_text:
                cell.data_type = "s"
            yield cell
