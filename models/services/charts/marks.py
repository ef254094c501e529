"""Marks a chart: a baseline, a phase, a cycle, a note; takes one back; nothing is erased."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from models.errors import DomainError
from models.rules.charts.charts import Mark, MarkKind, TeamChart, Wish
from models.rules.charts.marking import (
    refuse_unless_fits,
    refuse_without_reason,
    with_first_month,
)
from models.rules.collaborative.people import Acting
from models.rules.collaborative.policy import Deed, may, refusal
from models.services.charts import charts, signal_looks
from models.services.collaborative import calendar_months
from models.tables.chart import chart_marks
from models.tables.people import teams

NOT_THERE = "Somebody has taken that back already."
REPLACED = "Another baseline took its place."


def set_mark(db: Connection, acting: Acting, measure_id: int, wish: Wish, now: datetime) -> None:
    """Set a mark; a new baseline takes back the one before. Setting the same again changes nothing.

    Raises DomainError when the person may not, or the mark makes no sense on the chart as it is now.
    """
    _insist(acting, wish.kind)
    _lock(db, acting)
    chart = charts.chart(db, acting.team.id, measure_id)
    wish = with_first_month(chart, wish)
    if any(_is_same(mark, wish) for mark in chart.standing(wish.kind)):
        return
    refuse_unless_fits(chart, wish)
    if wish.kind is MarkKind.BASELINE:
        for mark in chart.standing(wish.kind):
            _end(db, acting, mark.id, REPLACED, now)
    _add(db, acting, chart, wish, now)
    signal_looks.ask(db, acting.collaborative.id, [acting.team.id])


def take_back(db: Connection, acting: Acting, mark_id: int, why: str, now: datetime) -> None:
    """End a mark and keep it as history. Raises DomainError when it is gone, or not this person's to end."""
    _lock(db, acting)
    marks = [each.mark for each in charts.of_team(db, acting.team.id) if _is_mark(each.mark, mark_id)]
    if not marks or marks[0].ended:
        raise DomainError(NOT_THERE)
    _insist(acting, marks[0].kind)
    refuse_without_reason(why)
    _end(db, acting, mark_id, why, now)
    signal_looks.ask(db, acting.collaborative.id, [acting.team.id])


def _is_same(mark: Mark, wish: Wish) -> bool:
    return (mark.first, mark.month, mark.words) == (wish.first, wish.month, wish.words)


def _insist(acting: Acting, kind: MarkKind) -> None:
    if kind.moves_median and not may(acting, Deed.MOVE_MEDIAN):
        raise refusal(Deed.MOVE_MEDIAN)


def _is_mark(mark: Mark, mark_id: int) -> bool:
    """A test that started has an id of its own kind."""
    return mark.id == mark_id and not mark.is_cycle


def _lock(db: Connection, acting: Acting) -> None:
    """Two who mark one team's charts at once take turns; SQLite has one writer anyway."""
    db.execute(_LOCK, {"team": acting.team.id})


def _add(db: Connection, acting: Acting, chart: TeamChart, wish: Wish, now: datetime) -> None:
    there = acting.collaborative
    months = {wish.month, wish.first or wish.month}
    period_ids = calendar_months.ids_of(db, there.id, months, there.day_of(now))
    row = {
        "collaborative_id": there.id,
        "team_id": acting.team.id,
        "measure_id": None if wish.on_all else chart.series.measure.id,
        "kind": wish.kind,
        "period_id": period_ids[wish.month],
        "first_period_id": period_ids[wish.first] if wish.first else None,
        "words": wish.words,
        "member_id": acting.member.id,
        "at": now,
    }
    db.execute(insert(chart_marks), row)


def _end(db: Connection, acting: Acting, mark_id: int, why: str, now: datetime) -> None:
    ended = {"mark": mark_id, "ended_by_id": acting.member.id, "ended_at": now, "ended_why": why}
    db.execute(_ENDED, ended)


_LOCK = select(teams.c.id).where(teams.c.id == bindparam("team")).with_for_update()
_ENDED = update(chart_marks).where(chart_marks.c.id == bindparam("mark"))
