"""The form a team fills in: its measures, what it said before, and what is typed already."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.errors import DomainError
from models.rules.entries import as_typed
from models.rules.people import Acting
from models.rules.period import ReportingPeriod, open_periods, period_to_ask_for
from models.rules.report import Draft, Field, Narrative, ReportForm
from models.services import columns, measures, periods
from models.services.report_drafts import saved_draft
from models.tables.report import reports

NOTHING_DUE = "There is no month to report on right now."


def blank_form(db: Session, acting: Acting, today: date, period_id: int | None = None) -> ReportForm:
    """The form for a month: the one asked for, else the oldest that still waits for this team.

    Raises DomainError when no month is open, or the one asked for is closed or not the collaborative's.
    """
    months = periods.of_collaborative(db, acting.collaborative.id)
    said = measures.told(db, acting.team.id, months[-1].first_day if months else today)
    sent = {row.period_id: row for row in db.execute(_SENT, {"team": acting.team.id})}
    reported = sent.keys() | {one.period_id for one in said}
    period = _chosen(months, reported, today, period_id)
    periods.refuse_unless_open(db, acting, period, today)
    draft = saved_draft(db, acting, period.id)
    return ReportForm(
        acting=acting,
        period=period,
        open_periods=open_periods(months, today),
        fields=_fields(db, acting, period, said),
        draft=draft or _as_it_stands(said, sent.get(period.id), period),
        is_correction=period.id in sent,
        is_saved_draft=draft is not None,
    )


def _chosen(
    months: Sequence[ReportingPeriod], reported: set[int], today: date, period_id: int | None
) -> ReportingPeriod:
    if period_id is None:
        found = period_to_ask_for(months, reported, today)
        if found is None:
            raise DomainError(NOTHING_DUE)
        return found
    wanted = [month for month in months if month.id == period_id]
    if not wanted:
        raise DomainError(periods.NO_SUCH_MONTH)
    return wanted[0]


def _fields(
    db: Session, acting: Acting, period: ReportingPeriod, said: Iterable[measures.Told]
) -> tuple[Field, ...]:
    before = measures.values_before(said, period.first_day)
    asked = measures.asked(db, acting.collaborative.id, acting.team.id, period.first_day)
    histories = [(measure, before.get(measure.id, ())) for measure in asked]
    return tuple(
        Field(measure, previous=history[-1] if history else None, history=history)
        for measure, history in histories
    )


def _as_it_stands(
    said: Iterable[measures.Told], sent: columns.AnyRow | None, period: ReportingPeriod
) -> Draft:
    typed = tuple(as_typed(one.entry) for one in said if one.period_id == period.id)
    words = columns.narrative(sent) if sent else Narrative()
    return Draft(typed, words)


_SENT = select(reports.c.period_id, *columns.NARRATIVE).where(reports.c.team_id == bindparam("team"))
