"""Which reports wait for a coach's words, and how many days they usually wait."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    String,
    bindparam,
    cast,
    exists,
    func,
    literal,
    select,
)

from models.rules.coaching.feedback import WAITS_FOR_DAYS, CoachPace, WaitingReport, median_days
from models.rules.collaborative.people import Collaborative, Member, Role, Team
from models.rules.delivery.verdicts import State
from models.services import columns, current
from models.tables.collaborative import collaboratives, reporting_periods
from models.tables.feedback import feedbacks
from models.tables.outbox import outbox_messages
from models.tables.people import members, roles, teams
from models.tables.report import reports


def waiting(
    db: Connection, collaborative: Collaborative, of: Sequence[Team], now: datetime
) -> tuple[WaitingReport, ...]:
    """The reports of these teams that nobody has said anything about, oldest first."""
    ids = {team.id for team in of}
    since = now - timedelta(days=WAITS_FOR_DAYS)
    rows = db.execute(_WAITING, {"collaborative": collaborative.id, "since": since}).all()
    return tuple(
        WaitingReport(
            row.report_id, columns.team(row), columns.period(row), _days(collaborative, row.submitted_at, now)
        )
        for row in rows
        if row.team_id in ids
    )


def paces(db: Connection, collaborative: Collaborative, now: datetime) -> tuple[CoachPace, ...]:
    """How soon the teams of each coach hear about their reports, by the coach's name."""
    by_coach = coached(db, collaborative)
    took: dict[int, list[int]] = {}
    for first in db.execute(_FIRSTS, {"collaborative": collaborative.id}):
        took.setdefault(first.member_id, []).append(_days(collaborative, first.submitted_at, first.at))
    everything = waiting(db, collaborative, [team for of in by_coach.values() for team in of], now)
    return tuple(_pace(coach, of, took, everything) for coach, of in by_coach.items())


def coached(db: Connection, collaborative: Collaborative) -> Mapping[Member, Sequence[Team]]:
    """Each coach with the teams they look after today, all by name."""
    by_coach: dict[Member, list[Team]] = {}
    for row in db.execute(_COACHED, {"collaborative": collaborative.id}):
        by_coach.setdefault(Member(row.id, row.name, row.slack_user), []).append(columns.team(row))
    return by_coach


def uncovered(db: Connection, collaborative: Collaborative) -> tuple[Team, ...]:
    """The teams that no coach looks after today, by name."""
    covered = {team for of in coached(db, collaborative).values() for team in of}
    return tuple(team for team in current.taking_part(db, collaborative.id) if team not in covered)


def is_lost(given: FromClause = feedbacks) -> ColumnElement[bool]:
    """Whether a feedback failed and is neither out nor on its way: it counts for nothing."""
    row = outbox_messages.c
    its_rows = exists().where(
        row.collaborative_id == given.c.collaborative_id,
        row.subject == literal("feedback:") + cast(given.c.id, String),
    )
    failed = its_rows.where(row.state == State.FAILED)
    return failed & ~its_rows.where(row.state.not_in((State.FAILED, State.DROPPED)))


def _pace(
    coach: Member, of: Sequence[Team], took: Mapping[int, Sequence[int]], everything: Iterable[WaitingReport]
) -> CoachPace:
    ids = {team.id for team in of}
    mine = [each for each in everything if each.team.id in ids]
    days = took.get(coach.id, ())
    names = tuple(team.name for team in of)
    oldest = max((each.days for each in mine), default=0)
    return CoachPace(coach, names, len(days), median_days(days), len(mine), oldest)


def _days(collaborative: Collaborative, begin: datetime, end: datetime) -> int:
    return (collaborative.day_of(end) - collaborative.day_of(begin)).days


_WAITING = (
    select(reports.c.id.label("report_id"), reports.c.submitted_at, *columns.TEAM, *columns.PERIOD)
    .join(teams, teams.c.id == reports.c.team_id)
    .join(reporting_periods, reporting_periods.c.id == reports.c.period_id)
    .join(feedbacks, (feedbacks.c.report_id == reports.c.id) & ~is_lost(), isouter=True)
    .where(
        reports.c.collaborative_id == bindparam("collaborative"),
        reports.c.submitted_at >= bindparam("since"),
        feedbacks.c.id.is_(None),
    )
    .order_by(reports.c.submitted_at, reports.c.id)
)
_COACHED = (
    select(members.c.id, members.c.name, members.c.slack_user, *columns.TEAM)
    .join(roles, roles.c.member_id == members.c.id)
    .join(teams, teams.c.id == roles.c.team_id)
    .join(collaboratives, collaboratives.c.id == teams.c.collaborative_id)
    .where(
        collaboratives.c.id == bindparam("collaborative"),
        roles.c.role == Role.COACH,
        current.HOLDS_ROLE,
        current.TAKES_PART,
    )
    .order_by(members.c.name, members.c.id, teams.c.name)
)
_earlier = feedbacks.alias("earlier")
_FIRSTS = (
    select(feedbacks.c.member_id, feedbacks.c.at, reports.c.submitted_at)
    .join(reports, reports.c.id == feedbacks.c.report_id)
    .where(
        feedbacks.c.collaborative_id == bindparam("collaborative"),
        feedbacks.c.id
        == select(func.min(_earlier.c.id))
        .where(_earlier.c.report_id == feedbacks.c.report_id, ~is_lost(_earlier))
        .scalar_subquery(),
    )
)
