"""Earlier months' values: CSV or Excel bytes, or pasted text, become rows, or problems by line and column."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from handlers.files.plan.problems import listed
from handlers.files.table import RawCell, TableLine, UnreadableTableError, read_lines
from models.rules.collaborative.measure import Value
from models.rules.privacy.door import NO_WORD, echoed, kinds_in
from models.rules.quoting import suggestion
from models.rules.setup.history import HistoryProblem, HistoryRow

COLUMNS = ("team", "measure", "month", "numerator", "denominator")
PASTED = ("month", "numerator", "denominator")  # the order of pasted lines without a header
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
AS_MONTH = "expected a month like 2015-01"


@dataclass(frozen=True)
class History:
    """What was read: good rows, bad ones, and how many months had neither numerator nor denominator."""

    rows: tuple[HistoryRow, ...]
    problems: tuple[HistoryProblem, ...]
    left_empty: int = 0


def read(source: bytes | str, fixed: Mapping[str, str] | None = None) -> History:
    """Read a table with the columns team, measure, month, numerator, denominator, in any order.

    `source`: a CSV (comma, semicolon or tab; UTF-8), an XLSX workbook (first sheet), or pasted text.
    `fixed` gives columns the table need not have: {"team": "cedar", "measure": "m1"}; where it has them, it
    is believed. With both of these no header is needed either: month, numerator, denominator.
    """
    known = dict(fixed or {})
    try:
        lines = read_lines(source)
    except UnreadableTableError as trouble:
        return History((), (HistoryProblem(trouble.line, "", str(trouble)),))
    if not lines:
        return History((), (HistoryProblem(0, "", "There is nothing in it."),))
    header, body = _header(lines, known)
    problems = [*_header_problems(header, lines[0].number, known)]
    if problems:
        return History((), tuple(problems))
    is_file = isinstance(source, bytes)  # what is pasted passed the door as a whole
    return _rows(header, body, known, has_notes=is_file and not set(header) <= set(COLUMNS))


def _header(lines: Sequence[TableLine], fixed: Mapping[str, str]) -> tuple[list[str], Sequence[TableLine]]:
    words = [str(cell if cell is not None else "").strip().casefold() for cell in lines[0].cells]
    if {"team", "measure"} <= set(fixed) and not set(words) & set(COLUMNS):
        return list(PASTED), lines
    return words, lines[1:]


def _header_problems(header: Sequence[str], line: int, fixed: Mapping[str, str]) -> Iterable[HistoryProblem]:
    for column in COLUMNS:
        if column not in header and column not in fixed and column != "denominator":
            unknown = [word for word in header if word and word not in COLUMNS]
            near = suggestion(column, unknown).replace("Did you mean", "Rename")
            expected = (
                f"There is no column of that name. Expected {listed(COLUMNS).replace(' or ', ' and ')}."
            )
            yield HistoryProblem(line, column, expected + near)
        if header.count(column) > 1:
            yield HistoryProblem(line, column, "Two columns have this name: keep one.")


def _rows(
    header: Sequence[str], body: Iterable[TableLine], fixed: Mapping[str, str], *, has_notes: bool
) -> History:
    rows: list[HistoryRow] = []
    problems: list[HistoryProblem] = []
    left_empty = 0
    for line in body:
        cells = {**fixed, **dict(zip(header, line.cells, strict=False))}
        refused = [*_surplus(line, len(header)), *(_notes(line, header) if has_notes else ())]
        if not refused and _is_left_empty(cells):
            left_empty += 1
            continue
        row, own = (None, refused) if refused else _row(line.number, cells)
        problems += own
        if row:
            rows.append(row)
    if not rows and not problems:
        problems.append(HistoryProblem(0, "", "There are no values in it."))
    return History(tuple(rows), tuple(problems), left_empty)


def _row(line: int, cells: Mapping[str, RawCell]) -> tuple[HistoryRow | None, list[HistoryProblem]]:
    problems: dict[str, str] = {}
    team, measure = (_word(cells.get(column), column, problems) for column in ("team", "measure"))
    first_day = _month(cells.get("month"), problems)
    numerator = _number(cells.get("numerator"), "numerator", problems)
    if numerator is None and not _is_empty(cells.get("denominator")):
        problems.setdefault("numerator", "It is empty, but the denominator is not.")
    denominator = _number(cells.get("denominator"), "denominator", problems)
    if problems or first_day is None or numerator is None:
        return None, [HistoryProblem(line, column, reason) for column, reason in problems.items()]
    return HistoryRow(line, team, measure, first_day, Value(numerator, denominator)), []


def _surplus(line: TableLine, columns: int) -> Iterable[HistoryProblem]:
    """Name a row longer than the header: most often one number in two cells, 17,234 for 17234."""
    if all(_is_empty(cell) for cell in line.cells[columns:]):
        return
    words = [str(cell).strip() for cell in line.cells]
    cut = [
        head + tail for head, tail in pairwise(words) if re.fullmatch("[0-9]{1,3} [0-9]{3}", f"{head} {tail}")
    ]
    advice = f"; write {cut[0]} without a comma" if cut else ""
    yield HistoryProblem(line.number, "", f"There are more columns than expected{advice}.")


def _notes(line: TableLine, header: Sequence[str]) -> Iterable[HistoryProblem]:
    """Refuse a row with a note that could tell of a patient, by kind alone; notes are read no further."""
    for column, cell in zip(header, line.cells, strict=False):
        if column not in COLUMNS and isinstance(cell, str) and (kinds := kinds_in(cell, frozenset)):
            yield HistoryProblem(line.number, "", f"A note looks like {kinds[0]}. {NO_WORD}")


def _is_left_empty(cells: Mapping[str, RawCell]) -> bool:
    """Whether it is a month without a value; a line that is no month at all is a mistake."""
    is_month = _month(cells.get("month"), {}) is not None
    return is_month and _is_empty(cells.get("numerator")) and _is_empty(cells.get("denominator"))


def _is_empty(cell: RawCell) -> bool:
    return cell is None or not str(cell).strip()


def _word(cell: RawCell, column: str, problems: dict[str, str]) -> str:
    word = "" if cell is None else str(cell).strip()
    if not word:
        problems[column] = "It is empty."
    return word


def _month(cell: RawCell, problems: dict[str, str]) -> date | None:
    if isinstance(cell, datetime | date):
        return date(cell.year, cell.month, 1)
    text = "" if cell is None else str(cell).strip()
    first_day = _iso_month(text) or _named_month(text)
    if first_day is None:
        problems["month"] = f"Found {echoed(text)}, {AS_MONTH}." if text else f"It is empty; {AS_MONTH}."
    return first_day


def _iso_month(text: str) -> date | None:
    match = re.fullmatch(
        r"((?:19|20)[0-9]{2})[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2})(?:[T ]00:00(?::00)?)?)?", text
    )
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3] or 1)).replace(day=1)
    except ValueError:
        return None


def _named_month(text: str) -> date | None:
    match = re.fullmatch(r"([A-Za-z]{3,9})[. -]{1,2}((?:19|20)[0-9]{2})", text)
    name = match[1].casefold() if match else ""
    for names in (MONTHS, FULL_MONTHS):
        if match and name in names:
            return date(int(match[2]), names.index(name) + 1, 1)
    return None


def _number(cell: RawCell, column: str, problems: dict[str, str]) -> Decimal | None:
    if _is_empty(cell):
        return None
    text = str(cell).strip()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        text = text.removesuffix(".0")
    plain = re.sub(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}\b)", "", text)
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", plain):
        plain = plain.replace(",", "")
    if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", plain):
        return Decimal(plain)
    problems[column] = f"Found {echoed(text)}. {_number_hint(plain)}"
    return None


def _number_hint(plain: str) -> str:
    if re.fullmatch(r"-[0-9.,]+", plain):
        return "A number cannot be below 0."
    if re.fullmatch(r"[0-9]+,[0-9]+", plain):
        return f"Write decimals with a point: {plain.replace(',', '.')}."
    return "Expected a number, like 42."
