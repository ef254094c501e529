"""Who reads a digest, and having each week's delivered once: due-ness is derived, the key is the ISO week."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from models.rules.coaching.digest import (
    LATEST,
    WEEK,
    DigestTime,
    Occurrence,
    Reader,
    following,
    latest,
    on_day,
    read_time,
)
from models.rules.collaborative.people import Member, Role, Team, Visitor
from models.rules.collaborative.policy import OF_ALL_TEAMS, Deed, Kind, roles_doing
from models.rules.delivery.verdicts import State
from models.rules.reminders.due_message import DueMessage, Snapshot
from models.rules.time.working_time import Window
from models.services import columns, current
from models.services.delivery import outbox
from models.tables.collaborative import collaboratives, reporting_periods, workspaces
from models.tables.outbox import outbox_messages, posts
from models.tables.people import accounts, members, roles, teams

KIND = "digest"


def due_weekly(db: Connection, snapshot: Snapshot) -> Iterable[DueMessage]:
    """Each reader's digest of the last week and of the next; none once the collaborative is over."""
    known = {"collaborative": snapshot.collaborative.id}
    last_day = db.execute(_LAST_DAY, known).scalar()
    if last_day is None or snapshot.today > last_day:
        return
    for reader in _readers(db.execute(_REACHED, known).all()):
        last = latest(reader, snapshot.now)
        for each in (last, following(reader, last)):
            if each.on >= reader.since:
                yield _weekly(reader, each)


def ask(db: Connection, reader: Reader, request: str, now: datetime) -> bool:
    """Have a digest delivered now; `request` makes one press one digest."""
    return _say(db, reader, f"{KIND}:{reader.member.id}:asked:{request}", "", now)


def renew(db: Connection, member_id: int, because: str, now: datetime) -> None:
    """Have a member's last digest say what is true now: what was seen to is no longer in it."""
    who = reader(db, member_id)
    if who is None:
        return
    known = {"collaborative": who.collaborative.id, "channel": who.member.slack_user}
    posted = db.execute(_POSTED, known).all()
    if posted:
        _say(db, who, max(posted)[1], f":{because}", now)


def reader(db: Connection, member_id: int) -> Reader | None:
    """A member as a reader; None when they have no such role any more."""
    rows = db.execute(_MEMBER, {"member": member_id}).all()
    return next(iter(_readers(rows)), None)


def of_day(db: Connection, member_id: int, day: date) -> tuple[datetime, bool] | None:
    """When a member's digest of a day is due, and whether it was sent; None when they get none that day."""
    who = reader(db, member_id)
    if who is None or (occurrence := on_day(who, day)) is None:
        return None
    row, key = outbox_messages.c, _key(who, occurrence)
    query = select(row.state).where(row.collaborative_id == who.collaborative.id, row.dedupe_key == key)
    return occurrence.at, db.execute(query).scalar() == State.SENT


def readers(db: Connection, visitor: Visitor) -> tuple[Reader, ...]:
    """A visitor as a reader in each collaborative where they are coach, coordinator or host."""
    known = {"slack_team": visitor.slack_team, "slack_user": visitor.slack_user}
    return tuple(_readers(db.execute(_VISITOR, known).all()))


def teams_of(db: Connection, reader: Reader, kind: Kind) -> tuple[Team, ...]:
    """The teams whose objects of a kind a reader sees, by name."""
    return current.taking_part(db, reader.collaborative.id) if reader.sees_all(kind) else reader.teams


def _weekly(reader: Reader, occurrence: Occurrence) -> DueMessage:
    """One that was begun goes out within its own week; begun late it is dropped on the record."""
    window, good_until = Window(occurrence.at, occurrence.at + LATEST), occurrence.at + WEEK
    post, to = _key(reader, occurrence), reader.member.slack_user or ""
    return DueMessage(KIND, _about(post), _args(reader), to, window, post, good_until)


def _say(db: Connection, reader: Reader, post: str, because: str, now: datetime) -> bool:
    """Say a digest now; `because` makes one reason one edit of its post."""
    about, to = f"{_about(post)}{because}", reader.member.slack_user or ""
    return outbox.say(
        db, reader.collaborative, KIND, about, _args(reader), now, to=to, post=post, expires=now + WEEK
    )


def _about(post: str) -> str:
    return post.removeprefix(f"{KIND}:")


def _args(reader: Reader) -> dict[str, int | str]:
    return {"member_id": reader.member.id}


def _key(reader: Reader, occurrence: Occurrence) -> str:
    """The name of a week's digest: the message's key, and its post's."""
    return f"{KIND}:{reader.member.id}:{occurrence.week}"


def _readers(rows: Iterable[columns.AnyRow]) -> list[Reader]:
    by_member: dict[int, list[columns.AnyRow]] = {}
    for row in rows:
        by_member.setdefault(row.member_id, []).append(row)
    return [_reader(mine) for mine in by_member.values()]


def _reader(rows: Sequence[columns.AnyRow]) -> Reader:
    first = rows[0]
    coached = {columns.team(row) for row in rows if row.team_id}
    return Reader(
        Member(first.member_id, first.member_name, first.slack_user),
        columns.collaborative(first),
        tuple(sorted(coached, key=_by_name)),
        frozenset(OF_ALL_TEAMS[Role(row.role)] for row in rows if row.role in OF_ALL_TEAMS),
        read_time(first.digest) or DigestTime(),
        first.own_zone or first.slack_zone or first.time_zone,
        min(row.joined_on for row in rows),
    )


def _by_name(team: Team) -> tuple[str, int]:
    return (team.name, team.id)


_ALL = (
    select(
        members.c.id.label("member_id"),
        members.c.name.label("member_name"),
        members.c.slack_user,
        members.c.digest,
        members.c.time_zone.label("own_zone"),
        accounts.c.time_zone.label("slack_zone"),
        roles.c.role,
        roles.c.joined_on,
        *columns.TEAM,
        *columns.COLLABORATIVE,
    )
    .join(roles, roles.c.member_id == members.c.id)
    .join(teams, teams.c.id == roles.c.team_id, isouter=True)
    .join(collaboratives, collaboratives.c.id == members.c.collaborative_id)
    .join(
        accounts,
        and_(
            accounts.c.slack_user == members.c.slack_user,
            accounts.c.workspace_id == collaboratives.c.workspace_id,
        ),
        isouter=True,
    )
    .where(
        members.c.slack_user.is_not(None),
        roles.c.role.in_(sorted(roles_doing(Deed.READ_DIGEST))),
        or_(teams.c.id.is_(None), current.TAKES_PART),
        current.HOLDS_ROLE,
    )
    .order_by(collaboratives.c.id, members.c.id, roles.c.id)
)
_LAST_DAY = select(func.max(reporting_periods.c.locks_on)).where(
    reporting_periods.c.collaborative_id == bindparam("collaborative")
)
_REACHED = _ALL.where(members.c.collaborative_id == bindparam("collaborative"), accounts.c.lost_at.is_(None))
_MEMBER = _ALL.where(members.c.id == bindparam("member"))
_VISITOR = _ALL.join(workspaces, workspaces.c.id == collaboratives.c.workspace_id).where(
    workspaces.c.slack_team == bindparam("slack_team"), members.c.slack_user == bindparam("slack_user")
)
_POSTED = select(posts.c.id, posts.c.subject).where(
    posts.c.collaborative_id == bindparam("collaborative"),
    posts.c.channel == bindparam("channel"),
    posts.c.subject.startswith(f"{KIND}:"),
)
