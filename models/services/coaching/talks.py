"""The talks coaches and hosts had with teams: kept with what came of them, for the coaches and the host."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from models.errors import DomainError
from models.rules.coaching.talks import Note, Talk, TalkOutcome, about_month, is_about_month
from models.rules.collaborative.people import Acting, Collaborative
from models.rules.collaborative.period import ReportingPeriod
from models.rules.reminders.expectation import Said
from models.services import columns
from models.services.coaching import flags
from models.services.collaborative import periods
from models.services.reminders import expectations
from models.tables.base import named
from models.tables.feedback import talks
from models.tables.people import members, teams


def subject(db: Connection, acting: Acting, about: str, now: datetime) -> str:
    """What a talk is about, in words: a missing report, or a flag. Raises DomainError when it is gone."""
    if is_about_month(about):
        return f"No {_month(db, acting, about).name} report yet"
    flag = flags.find(db, acting, about, now)
    return f"{flag.title}. {flag.facts}"


def keep(db: Connection, acting: Acting, note: Note, now: datetime) -> None:
    """Keep that somebody talked with a team; the day it expects to report pauses its reminders until then.

    `acting` comes from `flags.seeing`.
    """
    row = {
        "collaborative_id": acting.collaborative.id,
        "team_id": acting.team.id,
        "about": note.about,
        "words": subject(db, acting, note.about, now),
        "member_id": acting.member.id,
        "at": now,
        "outcome": note.outcome,
        "agreed": note.agreed.strip(),
    }
    db.execute(insert(talks), row)
    if note.until and is_about_month(note.about):
        period = _month(db, acting, note.about)
        expectations.say(db, acting, period.id, Said.LATER, until=note.until, now=now)


def had(db: Connection, collaborative: Collaborative) -> tuple[Talk, ...]:
    """All talks of a collaborative, oldest first."""
    rows = db.execute(_ALL, {"collaborative": collaborative.id})
    return tuple(_talk(row, collaborative) for row in rows)


def latest(db: Connection, collaborative: Collaborative) -> dict[tuple[int, str], Talk]:
    """The last talk with each team about each thing."""
    return {(talk.team.id, talk.about): talk for talk in had(db, collaborative)}


def _month(db: Connection, acting: Acting, about: str) -> ReportingPeriod:
    for period in periods.of_collaborative(db, acting.collaborative.id):
        if about_month(period) == about:
            return period
    raise DomainError(periods.NO_SUCH_MONTH)


def _talk(row: columns.AnyRow, collaborative: Collaborative) -> Talk:
    day = collaborative.day_of(row.at)
    return Talk(
        columns.team(row), row.about, row.words, row.by, row.at, day, TalkOutcome(row.outcome), row.agreed
    )


_ALL = (
    select(
        *named(talks, "about", "words", "at", "outcome", "agreed"),
        members.c.name.label("by"),
        *columns.TEAM,
    )
    .join(teams, teams.c.id == talks.c.team_id)
    .join(members, members.c.id == talks.c.member_id)
    .where(talks.c.collaborative_id == bindparam("collaborative"))
    .order_by(talks.c.at, talks.c.id)
)
