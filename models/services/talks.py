"""The talks coaches and hosts had with teams: kept with what came of them, for the coaches and the host."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from models.rules.people import Acting, Collaborative
from models.rules.talks import Outcome, Talk, about_month
from models.services import columns, flags, periods
from models.tables.feedback import talks
from models.tables.people import members, teams


def subject(db: Connection, acting: Acting, about: str, now: datetime) -> str:
    """What a talk is about, in words: a missing report, or a flag. Raises DomainError when it is gone."""
    months = periods.of_collaborative(db, acting.collaborative.id)
    named = [f"No {period.name} report yet" for period in months if about_month(period) == about]
    if named:
        return named[0]
    flag = flags.find(db, acting, about, now)
    return f"{flag.title}. {flag.facts}"


def keep(  # noqa: PLR0913, PLR0917 - the facts of one talk
    db: Connection, acting: Acting, about: str, outcome: Outcome, agreed: str, now: datetime
) -> None:
    """Keep that somebody talked with a team; `acting` comes from `flags.seeing`."""
    row = {
        "collaborative_id": acting.collaborative.id,
        "team_id": acting.team.id,
        "about": about,
        "words": subject(db, acting, about, now),
        "member_id": acting.member.id,
        "at": now,
        "outcome": outcome,
        "agreed": agreed.strip(),
    }
    db.execute(insert(talks), row)


def had(db: Connection, collaborative: Collaborative) -> tuple[Talk, ...]:
    """All talks of a collaborative, oldest first."""
    rows = db.execute(_ALL, {"collaborative": collaborative.id})
    return tuple(_talk(row, collaborative) for row in rows)


def latest(db: Connection, collaborative: Collaborative) -> dict[tuple[int, str], Talk]:
    """The last talk with each team about each thing."""
    return {(talk.team.id, talk.about): talk for talk in had(db, collaborative)}


def _talk(row: columns.AnyRow, collaborative: Collaborative) -> Talk:
    day = collaborative.day_of(row.at)
    return Talk(
        columns.team(row), row.about, row.words, row.by, row.at, day, Outcome(row.outcome), row.agreed
    )


_ALL = (
    select(
        talks.c.about,
        talks.c.words,
        talks.c.at,
        talks.c.outcome,
        talks.c.agreed,
        members.c.name.label("by"),
        *columns.TEAM,
    )
    .join(teams, teams.c.id == talks.c.team_id)
    .join(members, members.c.id == talks.c.member_id)
    .where(talks.c.collaborative_id == bindparam("collaborative"))
    .order_by(talks.c.at, talks.c.id)
)
