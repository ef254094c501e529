"""Who is in this month: the teams that reported by name, the others counted or, if so chosen, named."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from models.errors import DomainError
from models.rules.collaborative.people import Collaborative
from models.rules.reminders.due_message import DueMessage, Snapshot
from models.rules.reminders.expectation import Said
from models.rules.report.report import RollCall
from models.rules.time.working_time import Window, instant
from models.services import columns, current
from models.services.collaborative import periods
from models.services.delivery import outbox, posts
from models.services.delivery.outbox import OutboxMessage
from models.tables.collaborative import collaboratives, reporting_periods
from models.tables.people import teams
from models.tables.reminder import expectations
from models.tables.report import reports

KIND = "roll_call"
STILL_WORTH_IT = timedelta(days=3)  # when nobody looked for longer, the next report edits it anyway


def find(db: Connection, period_id: int) -> RollCall:
    """The roll call of a period as it stands now, in the order the reports came."""
    row = db.execute(_PERIOD, {"period": period_id}).one_or_none()
    if row is None:
        raise DomainError(periods.NO_SUCH_MONTH)
    names = db.execute(_TEAMS_IN, {"period": period_id}).scalars()
    return RollCall(
        columns.collaborative(row),
        columns.period(row),
        tuple(names),
        db.execute(_EXPECTED, {"period": period_id}).scalar_one(),
        db.execute(_CANNOT, {"period": period_id}).scalar_one(),
        tuple(db.execute(_MISSING, {"period": period_id}).scalars()) if row.names_missing else (),
    )


def message(collaborative: Collaborative, period_id: int, because: str, now: datetime) -> OutboxMessage:
    """What posts a period's roll call, or edits it where it stands; `because` makes one change one edit."""
    about, args = f"{period_id}:{because}", {"period_id": period_id}
    return outbox.message(collaborative, KIND, about, args, now, post=_name(period_id))


def redraw(db: Connection, collaborative: Collaborative, period_id: int, because: str, now: datetime) -> None:
    """Edit a period's roll call where it stands."""
    if posts.find(db, collaborative.id, _name(period_id), collaborative.channel):
        outbox.say_all(db, [message(collaborative, period_id, because, now)])


def due_edits(db: Connection, snapshot: Snapshot) -> Iterable[DueMessage]:
    """The edits that tell of a day gone by: after the due day, and after the one the month closes on.

    Where nobody reported there is no roll call to edit.
    """
    there = snapshot.collaborative
    for period in periods.of_collaborative(db, there.id):
        passed = {"due": period.due_on, "closed": period.locks_on}
        for name, last in passed.items():
            opens = instant(last + timedelta(days=1), 0, there.time_zone)
            window = Window(opens, opens + STILL_WORTH_IT)
            is_near = window.closes > snapshot.now > opens - STILL_WORTH_IT
            if is_near and posts.find(db, there.id, _name(period.id), there.channel):
                about, args = f"{period.id}:{name}:{last}", {"period_id": period.id}
                yield DueMessage(KIND, about, args, there.channel, window, _name(period.id))


def _name(period_id: int) -> str:
    return f"{KIND}:{period_id}"


_PERIOD = (
    select(*columns.PERIOD, *columns.COLLABORATIVE, collaboratives.c.names_missing)
    .join(collaboratives, collaboratives.c.id == reporting_periods.c.collaborative_id)
    .where(reporting_periods.c.id == bindparam("period"))
)
_TEAMS_IN = (
    select(teams.c.name)
    .join(reports, reports.c.team_id == teams.c.id)
    .where(reports.c.period_id == bindparam("period"))
    .order_by(reports.c.submitted_at, reports.c.id)
)
# A team that withdrew before the month closed is waited for no longer, unless its report is there.
_STAYED = or_(current.TAKES_PART, teams.c.withdrawn_on > reporting_periods.c.locks_on)
_IS_IN = and_(reports.c.team_id == teams.c.id, reports.c.period_id == reporting_periods.c.id)
_EXPECTED = (
    select(func.count(teams.c.id))
    .join(reporting_periods, reporting_periods.c.collaborative_id == teams.c.collaborative_id)
    .join(reports, _IS_IN, isouter=True)
    .where(reporting_periods.c.id == bindparam("period"), or_(_STAYED, reports.c.id.is_not(None)))
)
_LAST_WORD = (
    select(func.max(expectations.c.id))
    .where(expectations.c.period_id == bindparam("period"))
    .group_by(expectations.c.team_id)
)
_CANNOT = (
    select(func.count(expectations.c.id))
    .join(reporting_periods, reporting_periods.c.id == expectations.c.period_id)
    .join(teams, and_(teams.c.id == expectations.c.team_id, _STAYED))
    .join(reports, _IS_IN, isouter=True)
    .where(expectations.c.id.in_(_LAST_WORD), expectations.c.said == Said.CANNOT, reports.c.id.is_(None))
)
_HAVE_SAID = select(expectations.c.team_id).where(
    expectations.c.id.in_(_LAST_WORD), expectations.c.said == Said.CANNOT
)
_MISSING = (
    select(teams.c.name)
    .join(reporting_periods, reporting_periods.c.collaborative_id == teams.c.collaborative_id)
    .join(reports, _IS_IN, isouter=True)
    .where(
        reporting_periods.c.id == bindparam("period"),
        _STAYED,
        reports.c.id.is_(None),
        teams.c.id.not_in(_HAVE_SAID),
    )
    .order_by(teams.c.name)
)
