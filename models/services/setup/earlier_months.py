"""Adds a team's earlier months: bad rows are named by line, what a team reported is left alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from models.errors import DomainError
from models.rules.charts.frozen import MedianMove
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Acting
from models.rules.setup.history import (
    Giver,
    HistoryDifference,
    HistoryProblem,
    HistoryRow,
    MonthCell,
    Sorted,
    check,
)
from models.rules.setup.plan import CollaborativePlan
from models.services.charts import frozen, history
from models.services.collaborative import periods
from models.services.setup import stored_plan

GONE = "I could not find this collaborative any more."


def sort_out(
    db: Connection, acting: Acting, slack_team: str, rows: Sequence[HistoryRow], now: datetime
) -> Sorted:
    """Tell the rows that fit this team's earlier months from those that do not; nothing is written."""
    plan, today = _plan(db, acting, slack_team), acting.collaborative.day_of(now)
    refused = [*_of_other_teams(acting, rows), *_still_open(db, acting, rows, today)]
    lines = {problem.line for problem in refused}
    good, problems = check([row for row in rows if row.line not in lines], plan, today)
    difference = history.difference(db, acting.collaborative.id, good)
    moves = frozen.moves(db, acting.collaborative.id, difference.written)
    if not moves or frozen.may_move(db, acting):
        return Sorted(good, tuple(sorted({*refused, *problems})), difference.changed, plan, moves)
    moving = {cell: move for cell in difference.written for move in moves if move.takes_in(*cell)}
    problems = tuple(sorted({*refused, *problems, *_moving(db, acting, rows, moving)}))
    good = {cell: value for cell, value in good.items() if cell not in moving}
    return Sorted(good, problems, tuple(each for each in difference.changed if each.cell in good), plan)


def _moving(
    db: Connection, acting: Acting, rows: Iterable[HistoryRow], refused: Mapping[MonthCell, MedianMove]
) -> Iterable[HistoryProblem]:
    """Name the rows that would move a frozen median, and whom to ask."""
    for row in rows:
        for (_, measure, month), move in refused.items():
            words = {move.measure.key.casefold(), move.measure.name.casefold()}
            if row.first_day == month and row.measure.casefold() in words and measure == move.measure.key:
                yield HistoryProblem(row.line, "month", frozen.refusal(db, acting, move))


def add(db: Connection, acting: Acting, good: Mapping[MonthCell, Value], by: Giver) -> HistoryDifference:
    """Write good rows. The same again changes nothing; a month the team reported stays as reported."""
    if any(team != acting.team.key for team, _, _ in good):
        raise DomainError(f"These months are not {acting.team.name}'s.")
    return history.write(db, acting.collaborative.id, good, by)


def _plan(db: Connection, acting: Acting, slack_team: str) -> CollaborativePlan:
    stored = stored_plan.find(db, slack_team, acting.collaborative.key)
    if stored is None:
        raise DomainError(GONE)
    return stored.plan


def _of_other_teams(acting: Acting, rows: Iterable[HistoryRow]) -> Iterable[HistoryProblem]:
    own = {acting.team.key.casefold(), acting.team.name.casefold()}
    for row in rows:
        if row.team.casefold() not in own:
            yield HistoryProblem(row.line, "team", f"Only {acting.team.name}'s months can be added here.")


def _still_open(
    db: Connection, acting: Acting, rows: Iterable[HistoryRow], today: date
) -> Iterable[HistoryProblem]:
    """A month that can still be reported is asked for: from a table it would count as in, without a word."""
    months = periods.of_collaborative(db, acting.collaborative.id)
    still_open = {month.first_day for month in months if not month.is_locked(today)}
    for row in rows:
        if row.first_day in still_open and row.first_day <= today:
            reason = f"{row.first_day:%B %Y} is still open: please send it as a report."
            yield HistoryProblem(row.line, "month", reason)
