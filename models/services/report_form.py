"""The form a team fills in: its measures, what it said before, and what is typed already."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, and_, bindparam, select

from models.errors import DomainError
from models.rules.entries import as_typed
from models.rules.measure import Measure, PastDefinition, Value
from models.rules.people import Acting
from models.rules.period import ReportingPeriod, period_to_ask_for, periods_to_choose
from models.rules.report import Draft, Field, Narrative, ReportForm
from models.services import columns, definitions, expectations, measures, periods
from models.services.report_drafts import saved_draft
from models.tables.collaborative import reporting_periods
from models.tables.report import reports

NOTHING_DUE = "There is no month to report on right now."


def blank_form(db: Connection, acting: Acting, today: date, period_id: int | None = None) -> ReportForm:
    """The form for a month: the one asked for, else the oldest that still waits for this team.

    Raises DomainError when no month is open, or the one asked for is closed or not the collaborative's.
    """
    known = {"collaborative": acting.collaborative.id, "team": acting.team.id}
    rows = db.execute(_MONTHS, known).all()
    months = tuple(map(columns.period, rows))
    # In this order: a report that comes in between is not taken for one without values.
    sent = {row.period_id: row for row in rows if row.submitted_at}
    said = measures.told(db, acting.team.id, months[-1].first_day if months else today)
    reported = sent.keys() | {one.period_id for one in said}
    choices = periods_to_choose(months, today, is_on_behalf=acting.is_on_behalf)
    if period_id is None:
        period = _asked_for(db, acting, months, reported, today, choices)
    else:
        period = _named(months, period_id)
    periods.refuse_unless_open(db, acting, period, today)
    here, saved = sent.get(period.id), saved_draft(db, acting, period.id)
    return ReportForm(
        acting=acting,
        period=period,
        choices=choices,
        fields=_fields(db, acting, period, said, _last_day(acting, sent.values())),
        draft=saved.draft if saved else _as_it_stands(said, here, period),
        is_correction=here is not None,
        is_saved_draft=saved is not None,
        saved_at=saved.saved_at if saved else None,
        reported_at=here.submitted_at if here else None,
        reported=frozenset(sent),
        loaded=() if here else tuple(one.entry for one in said if one.period_id == period.id),
    )


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
    found = period_to_ask_for(left, reported, today) or next(reversed(choices), None)
    if found is None:
        raise DomainError(NOTHING_DUE)
    return found


def _named(months: Iterable[ReportingPeriod], period_id: int) -> ReportingPeriod:
    found = next((month for month in months if month.id == period_id), None)
    if found is None:
        raise DomainError(periods.NO_SUCH_MONTH)
    return found


def _fields(
    db: Connection,
    acting: Acting,
    period: ReportingPeriod,
    said: Iterable[measures.Told],
    last_day: date | None,
) -> tuple[Field, ...]:
    before = measures.values_before(said, period.first_day)
    asked = measures.asked(db, acting.collaborative.id, acting.team.id, period.first_day)
    was = definitions.in_force(db, asked, last_day)
    return tuple(_field(measure, before.get(measure.id, {}), was.get(measure.id)) for measure in asked)


def _field(measure: Measure, before: Mapping[date, Value], was: PastDefinition | None) -> Field:
    history = tuple(before.values())
    return Field(measure, history[-1] if history else None, history, max(before, default=None), was)


def _last_day(acting: Acting, sent: Iterable[columns.AnyRow]) -> date | None:
    """The day of the team's last report: what changed since is news to it."""
    last = max((row.submitted_at for row in sent), default=None)
    return acting.collaborative.day_of(last) if last else None


def _as_it_stands(
    said: Iterable[measures.Told], sent: columns.AnyRow | None, period: ReportingPeriod
) -> Draft:
    typed = tuple(as_typed(one.entry) for one in said if one.period_id == period.id)
    words = columns.narrative(sent) if sent else Narrative()
    return Draft(typed, words)


_OWN = and_(reports.c.period_id == reporting_periods.c.id, reports.c.team_id == bindparam("team"))
_MONTHS = (  # with the report that the team sent of each, if any
    select(*columns.PERIOD, reports.c.submitted_at, *columns.NARRATIVE)
    .join(reports, _OWN, isouter=True)
    .where(reporting_periods.c.collaborative_id == bindparam("collaborative"))
    .order_by(reporting_periods.c.first_day)
)
