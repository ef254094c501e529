"""A report's values beside the frozen medians they would move: a question for some, a refusal for others."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from models.rules.charts.frozen import MedianMove
from models.rules.report.entries import Checked, Doubt, EntryProblem, as_typed
from models.rules.report.report import Entry, ReportForm
from models.services.charts import frozen


def insist(db: Connection, form: ReportForm, entries: Iterable[Entry]) -> None:
    """Raise DomainError where a value would move a frozen median, and the person may not move it."""
    frozen.insist(db, form.acting, _cells(form, entries))


def checked(db: Connection, form: ReportForm, page: Checked) -> Checked:
    """What was typed, with a doubt or a problem at each value that would move a frozen median."""
    moves = frozen.moves(db, form.acting.collaborative.id, _cells(form, page.entries))
    entries = {entry.measure_id: entry for entry in page.entries}
    pairs = [(move, entries[move.measure.id]) for move in moves]
    if not pairs:
        return page
    if frozen.may_move(db, form.acting):
        return replace(page, doubts=(*page.doubts, *(_doubt(*pair) for pair in pairs)))
    problems = [_problem(entry, frozen.refusal(db, form.acting, move)) for move, entry in pairs]
    return replace(page, problems=(*page.problems, *problems))


def _cells(form: ReportForm, entries: Iterable[Entry]) -> frozen.Cells:
    team, month = form.acting.team.key, form.period.first_day
    keys = {field.measure.id: field.measure.key for field in form.fields}
    return {(team, keys[entry.measure_id], month): entry.value for entry in entries}


def _doubt(move: MedianMove, entry: Entry) -> Doubt:
    typed = as_typed(entry)
    return Doubt(entry.measure_id, typed.numerator, typed.denominator, move.sentence("moves"))


def _problem(entry: Entry, sentence: str) -> EntryProblem:
    return EntryProblem(entry.measure_id, "reason" if entry.reason else "numerator", sentence)
