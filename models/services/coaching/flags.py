"""The flags that stand for a team, putting one aside with a reason, and what was put aside before."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, union

from models.errors import DomainError
from models.rules.coaching.flags import Dismissed, Flag, flags
from models.rules.coaching.talks import RESTS
from models.rules.collaborative.people import Acting, Collaborative, Team, Visitor
from models.rules.collaborative.policy import Deed
from models.services.collaborative import visitors
from models.services.report.team_records import records
from models.services.upsert import Upsert
from models.tables.base import named
from models.tables.feedback import dismissals, talks
from models.tables.people import members, teams

GONE = "That flag no longer stands."
NO_REASON = "Please say in a few words why it can be put aside."


def standing(
    db: Connection, collaborative: Collaborative, of: Sequence[Team], now: datetime
) -> tuple[Flag, ...]:
    """The flags of these teams that nobody put aside, or talked with the team about lately, team by team."""
    today = collaborative.day_of(now)
    rows = db.execute(_ANSWERED, {"collaborative": collaborative.id, "since": now - RESTS})
    aside = {(team_id, episode) for team_id, episode in rows}
    raised = (flag for record in records(db, collaborative, of, now) for flag in flags(record, today))
    return tuple(flag for flag in raised if (flag.team.id, flag.episode) not in aside)


def seeing(db: Connection, visitor: Visitor, team_id: int) -> Acting:
    """The visitor as the team's coach or the host. Raises DomainError for anybody else."""
    return visitors.insist(db, visitor, Deed.SEE_TO_FLAG, team_id)


def find(db: Connection, acting: Acting, episode: str, now: datetime) -> Flag:
    """A flag that stands for the team somebody acts for. Raises DomainError when it does not any more."""
    for flag in standing(db, acting.collaborative, [acting.team], now):
        if flag.episode == episode:
            return flag
    raise DomainError(GONE)


def dismiss(db: Connection, acting: Acting, episode: str, reason: str, now: datetime) -> bool:
    """Put a flag aside for as long as its episode lasts; False when somebody did so a moment ago."""
    if not reason.strip():
        raise DomainError(NO_REASON)
    flag = find(db, acting, episode, now)
    row = {
        "collaborative_id": acting.collaborative.id,
        "team_id": acting.team.id,
        "episode": episode,
        "words": f"{flag.title}. {flag.facts}",
        "member_id": acting.member.id,
        "at": now,
        "reason": reason.strip(),
    }
    return db.execute(_NEW.telling(db), row).first() is not None


def dismissed(db: Connection, collaborative_id: int, of: Iterable[Team]) -> tuple[Dismissed, ...]:
    """What was put aside for these teams, the latest first."""
    ids = {team.id for team in of}
    rows = db.execute(_HISTORY, {"collaborative": collaborative_id}).all()
    return tuple(
        Dismissed(row.team, row.words, row.by, row.at, row.reason) for row in rows if row.team_id in ids
    )


_NEW = Upsert(dismissals, keys=("team_id", "episode"))
_ANSWERED = union(
    select(dismissals.c.team_id, dismissals.c.episode).where(
        dismissals.c.collaborative_id == bindparam("collaborative")
    ),
    select(talks.c.team_id, talks.c.about).where(
        talks.c.collaborative_id == bindparam("collaborative"), talks.c.at > bindparam("since")
    ),
)
_HISTORY = (
    select(
        *named(dismissals, "team_id", "words", "at", "reason"),
        teams.c.name.label("team"),
        members.c.name.label("by"),
    )
    .join(teams, teams.c.id == dismissals.c.team_id)
    .join(members, members.c.id == dismissals.c.member_id)
    .where(dismissals.c.collaborative_id == bindparam("collaborative"))
    .order_by(dismissals.c.at.desc(), dismissals.c.id.desc())
)
