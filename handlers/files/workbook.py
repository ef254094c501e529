"""Writes tables into an Excel workbook in which nothing people wrote can become a formula."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDEST = 60  # characters; longer text wraps
LONGEST = 32_767  # characters of a cell (Excel)

SheetCell = str | float | Decimal | date | datetime | None


@dataclass(frozen=True)
class Sheet:
    """A named table: the words above its columns, and its rows."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[SheetCell]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of an .xlsx file."""
    import openpyxl  # noqa: PLC0415 - only who asks for a workbook needs it: the bot starts without

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _write(page: "Worksheet", sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - see workbook
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - start stays light
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - the same

    table = [sheet.header, *sheet.rows]
    for row, cells in enumerate(table, 1):
        for column, value in enumerate(cells, 1):
            _put(page, row, column, value)
            page.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    for column in range(1, len(sheet.header) + 1):
        page.cell(1, column).font = Font(bold=True)
        longest = max(len(str(cells[column - 1] or "")) for cells in table)
        page.column_dimensions[get_column_letter(column)].width = min(longest + 2, WIDEST)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(page: "Worksheet", row: int, column: int, value: SheetCell) -> None:
    """Text stays text: Excel calculates nothing of it, now or when it is edited there."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - see workbook

    cell = page.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value
