"""Sheets for people with a pen: this month's form to print, and an empty table for earlier months."""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.files.history import COLUMNS
from handlers.files.workbook import Sheet, workbook
from models.rules.collaborative.measure import Measure, asked_as
from models.rules.collaborative.people import Team
from models.rules.collaborative.period import ReportingPeriod, day_words
from models.rules.report.report import NARRATIVE_LABELS, Field


def report_paper(team: Team, period: ReportingPeriod, fields: Sequence[Field]) -> bytes:
    """The bytes of an .xlsx file with a line for each number and each question of the form."""
    numbers = [line for field in fields for line in _numbers(field.measure)]
    words = [(question, "All of this is optional.", "") for question in NARRATIVE_LABELS.values()]
    title = (f"{team.name}, {period.name}", f"Due {day_words(period.due_on)}", "Write here")
    return workbook([Sheet("Report", title, [*numbers, *words])])


def earlier_months_table(team: Team, measures: Sequence[Measure], months: Sequence[date]) -> bytes:
    """The bytes of an .xlsx file that can be filled in and handed back as it is."""
    rows = [
        (team.name, measure.name, f"{month:%Y-%m}", None, None) for measure in measures for month in months
    ]
    return workbook([Sheet("Earlier months", COLUMNS, rows)])


def _numbers(measure: Measure) -> Iterable[tuple[str, str, str]]:
    """A line a number; what counts stands beside the first, and where there is none a reason will do."""
    definition = measure.definition
    need = "Needed, or the reason why not." if measure.required else "If you have it."
    about = "\n".join(part for part in (measure.name, definition.operational, measure.sampling, need) if part)
    yield asked_as(measure.unit, definition.numerator or measure.name, "numerator"), about, ""
    if measure.unit.has_denominator:
        yield asked_as(measure.unit, definition.denominator or measure.name, "denominator"), measure.name, ""
