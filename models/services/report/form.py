"""The form a team fills in: its measures, what it said before, and what is typed already."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from models.errors import DomainError
from models.rules.collaborative.measure import Measure, PastDefinition, Value
from models.rules.collaborative.people import Acting
from models.rules.collaborative.period import ReportingPeriod, period_to_ask_for, periods_to_choose
from models.rules.collaborative.policy import Kind, sees
from models.rules.report.entries import as_typed
from models.rules.report.report import Draft, Entry, Field, Narrative, ReportForm
from models.services import columns, drafts
from models.services.collaborative import definitions, measures, periods
from models.services.reminders import expectations
from models.services.report.drafts import drafts_of, key_of
from models.tables.base import named
from models.tables.collaborative import reporting_periods
from models.tables.report import reports

NOTHING_DUE = "There is no month to report on right now."


def form_for(db: Connection, acting: Acting, now: datetime, period_id: int | None = None) -> ReportForm:
    """The form for a month: the one asked for, else the oldest that still waits for this team.

    Raises DomainError when no month is open, or the one asked for is closed or not the collaborative's.
    """
    today = acting.collaborative.day_of(now)
    # In this order: a report that comes in between has not lost what was typed, nor is it without values.
    mine = drafts.find(db, key_of(acting, period_id)) if period_id else None
    rows = _months(db, acting, today, period_id)
    months = {row.period_id: columns.period(row) for row in rows}
    sent = frozenset(row.period_id for row in rows if row.submitted_at)
    values = measures.told(db, acting.team.id, today)
    choices = periods_to_choose(tuple(months.values()), today, is_on_behalf=acting.is_on_behalf)
    if period_id:
        period = _named(months, period_id)
    else:
        reported = sent | {one.period_id for one in values}
        period = _asked_for(db, acting, months.values(), reported, today, choices)
        mine = drafts.find(db, key_of(acting, period.id))
    periods.refuse_unless_open(db, acting, period, now)
    here = next(row for row in rows if row.period_id == period.id)
    own = tuple(one.entry for one in values if one.period_id == period.id)
    edition, kept = _edition(acting, here), drafts_of(mine.answers) if mine else {}
    return ReportForm(
        acting=acting,
        period=period,
        choices=choices,
        fields=_fields(db, acting, period, values, here.last_sent_at),
        draft=kept.get(edition) or _as_it_stands(acting, own, here),
        kept=kept,
        edition=edition,
        saved_at=mine.saved_at if mine and edition in kept else None,
        reported_at=here.submitted_at,
        reported=sent,
        loaded=() if period.id in sent else own,
    )


def _months(db: Connection, acting: Acting, today: date, period_id: int | None) -> Sequence[columns.AnyRow]:
    """The months to choose from and the one asked for, with what the team sent of each."""
    known = {
        "collaborative": acting.collaborative.id,
        "team": acting.team.id,
        "today": today,
        "locks_from": date.min if acting.is_on_behalf else today,
        "named": period_id,
    }
    return db.execute(_MONTHS, known).all()


def _asked_for(  # noqa: PLR0913, PLR0917 - what the form has read already
    db: Connection,
    acting: Acting,
    months: Iterable[ReportingPeriod],
    reported: Collection[int],
    today: date,
    choices: Sequence[ReportingPeriod],
) -> ReportingPeriod:
    """A month the team said it cannot report is not asked for, unless it is all there is to choose."""
    given_up = expectations.given_up(db, acting.collaborative.id)
    left = [each for each in months if each.id in reported or (acting.team.id, each.id) not in given_up]
    period = period_to_ask_for(left, reported, today) or next(reversed(choices), None)
    if period is None:
        raise DomainError(NOTHING_DUE)
    return period


def _named(months: Mapping[int, ReportingPeriod], period_id: int) -> ReportingPeriod:
    if period_id not in months:
        raise DomainError(periods.NO_SUCH_MONTH)
    return months[period_id]


def _fields(
    db: Connection,
    acting: Acting,
    period: ReportingPeriod,
    values: Iterable[measures.ReportedValue],
    last_sent_at: datetime | None,
) -> tuple[Field, ...]:
    """What a measure was when the team last reported is news to it."""
    before = measures.values_before(values, period.first_day)
    listed = measures.asked(db, acting.collaborative.id, acting.team.id, period.first_day)
    last_day = acting.collaborative.day_of(last_sent_at) if last_sent_at else None
    was = definitions.in_force(db, listed, last_day)
    return tuple(_field(measure, before.get(measure.id, {}), was.get(measure.id)) for measure in listed)


def _field(measure: Measure, before: Mapping[date, Value], was: PastDefinition | None) -> Field:
    history = tuple(before.values())
    return Field(measure, history[-1] if history else None, history, max(before, default=None), was)


def _edition(acting: Acting, here: columns.AnyRow) -> int:
    """How often what the person sees of the report has changed; 0: there is none."""
    return (here.revision or 0) + (here.note_revision or 0 if sees(acting, Kind.COACH_NOTE) else 0)


def _as_it_stands(acting: Acting, own: Iterable[Entry], here: columns.AnyRow) -> Draft:
    words = columns.narrative(here) if here.submitted_at else Narrative()
    return Draft(
        tuple(map(as_typed, own)), words if sees(acting, Kind.COACH_NOTE) else replace(words, coach_note="")
    )


_OWN = and_(reports.c.period_id == reporting_periods.c.id, reports.c.team_id == bindparam("team"))
_LAST_SENT = select(func.max(reports.c.submitted_at)).where(reports.c.team_id == bindparam("team"))
_BEGUN_AND_OPEN = and_(
    reporting_periods.c.first_day <= bindparam("today"),
    reporting_periods.c.locks_on >= bindparam("locks_from"),
)
_MONTHS = (
    select(
        *columns.PERIOD,
        reports.c.submitted_at,
        *named(reports, "revision", "note_revision"),
        *columns.NARRATIVE,
        _LAST_SENT.scalar_subquery().label("last_sent_at"),
    )
    .join(reports, _OWN, isouter=True)
    .where(
        reporting_periods.c.collaborative_id == bindparam("collaborative"),
        or_(reporting_periods.c.id == bindparam("named"), _BEGUN_AND_OPEN),
    )
    .order_by(reporting_periods.c.first_day)
)
