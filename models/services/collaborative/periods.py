"""The months of a collaborative as they stand in the database."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from models.errors import DomainError
from models.rules.collaborative.people import Acting
from models.rules.collaborative.period import ReportingPeriod, day_words
from models.rules.collaborative.policy import Deed, may
from models.services import columns
from models.services.collaborative import people
from models.tables.collaborative import reporting_periods

NO_SUCH_MONTH = "I could not find that month in this collaborative."


def of_collaborative(db: Connection, collaborative_id: int) -> tuple[ReportingPeriod, ...]:
    """All periods, oldest first."""
    rows = db.execute(_ALL, {"collaborative": collaborative_id}).all()
    return tuple(ReportingPeriod(*row) for row in rows)


def in_collaborative(db: Connection, collaborative_id: int, period_id: int) -> ReportingPeriod:
    """One period. Raises DomainError when it is not one of the collaborative's."""
    row = db.execute(_ONE, {"collaborative": collaborative_id, "period": period_id}).one_or_none()
    if row is None:
        raise DomainError(NO_SUCH_MONTH)
    return columns.period(row)


def collaborative_of(db: Connection, period_id: int) -> int | None:
    """The id of the collaborative a period belongs to; None when there is no such period."""
    collaborative_id: int | None = db.execute(_SCOPE, {"period": period_id}).scalar()
    return collaborative_id


def refuse_unless_open(db: Connection, acting: Acting, period: ReportingPeriod, now: datetime) -> None:
    """Raise DomainError when the month has not begun, or has closed to the team: then name whom to ask.

    Those who act on a team's behalf are whom it asks, so a closed month stays open to them.
    """
    today = acting.collaborative.day_of(now)
    if today < period.first_day:
        raise DomainError(f"{period.name} has not begun yet.")
    if period.is_locked(today) and not may(acting, Deed.REPORT_CLOSED_MONTH):
        helper = _whom_to_ask(db, acting)
        raise DomainError(
            f"{period.name} closed on {day_words(period.locks_on)}. Please ask {helper} to help."
        )


def _whom_to_ask(db: Connection, acting: Acting) -> str:
    coaches = [one.name for one in people.coaches(db, acting.team.id)]
    if coaches:
        return f"your coach, {' or '.join(coaches)},"
    staff = people.staff(db, acting.collaborative.id)
    return " or ".join(one.name for one in staff) or "who runs the collaborative"


_SCOPE = select(reporting_periods.c.collaborative_id).where(reporting_periods.c.id == bindparam("period"))
_ALL = (
    select(*columns.PERIOD)
    .where(reporting_periods.c.collaborative_id == bindparam("collaborative"))
    .order_by(reporting_periods.c.first_day)
)
_ONE = _ALL.where(reporting_periods.c.id == bindparam("period"))
