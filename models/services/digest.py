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
    latest,
    on_day,
    read_time,
)
from models.rules.collaborative.people import Member, Role, Team, Visitor
from models.rules.delivery.verdicts import State
from models.rules.time.days import day_of
from models.services import columns, current
from models.services.delivery import outbox
from models.tables.collaborative import collaboratives, reporting_periods, workspaces
from models.tables.outbox import outbox_messages, posts
from models.tables.people import accounts, members, roles, teams

KIND = "digest"


def due(db: Connection, now: datetime) -> tuple[tuple[Reader, Occurrence], ...]:
    """The digests that are due and not kept yet; those of collaboratives that are over are not."""
    occasions = [(reader, latest(reader, now)) for reader in _readers(db.execute(_REACHED).all())]
    began = [(reader, each) for reader, each in occasions if each.on >= reader.since]
    kept = _kept(db, began)
    left = [
        (reader, each) for reader, each in began if (reader.collaborative.id, _key(reader, each)) not in kept
    ]
    running = _running(db, {reader.collaborative.id for reader, _ in left}, now)
    return tuple((reader, each) for reader, each in left if reader.collaborative.id in running)


def keep(db: Connection, reader: Reader, occurrence: Occurrence, now: datetime) -> bool:
    """Have a week's digest delivered, or dropped on the record when late; False when it is kept already."""
    return _say(db, reader, _key(reader, occurrence), "", occurrence.at, now)


def ask(db: Connection, reader: Reader, request: str, now: datetime) -> bool:
    """Have a digest delivered now; `request` makes one press one digest."""
    return _say(db, reader, f"{KIND}:{reader.member.id}:asked:{request}", "", now, now)


def renew(db: Connection, member_id: int, because: str, now: datetime) -> None:
    """Have a member's last digest say what is true now: what was seen to is no longer in it."""
    who = reader(db, member_id)
    if who is None:
        return
    known = {"collaborative": who.collaborative.id, "channel": who.member.slack_user}
    last = db.execute(_LAST, known).scalar()
    if last is not None:
        _say(db, who, last, f":{because}", now, now)


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


def _say(  # noqa: PLR0913, PLR0917 - the facts of one message
    db: Connection, reader: Reader, post: str, because: str, due: datetime, now: datetime
) -> bool:
    about, args = f"{post.removeprefix(f'{KIND}:')}{because}", {"member_id": reader.member.id}
    good_for = WEEK if now < due + LATEST else LATEST  # one that was begun goes out within its own week
    to, expires = reader.member.slack_user or "", due + good_for
    return outbox.say(
        db, reader.collaborative, KIND, about, args, now, to=to, post=post, due=due, expires=expires
    )


def _key(reader: Reader, occurrence: Occurrence) -> str:
    """The name of a week's digest: the message's key, and its post's."""
    return f"{KIND}:{reader.member.id}:{occurrence.week}"


def _kept(db: Connection, occasions: Sequence[tuple[Reader, Occurrence]]) -> set[tuple[int, str]]:
    """The (collaborative, key) of those that are in the outbox."""
    row = outbox_messages.c
    query = select(row.collaborative_id, row.dedupe_key).where(
        row.collaborative_id.in_({reader.collaborative.id for reader, _ in occasions}),
        row.dedupe_key.in_([_key(reader, each) for reader, each in occasions]),
    )
    return {(collaborative_id, key) for collaborative_id, key in db.execute(query)}


def _running(db: Connection, collaborative_ids: set[int], now: datetime) -> set[int]:
    """Those of the collaboratives that are not over; of none nothing is asked."""
    rows = db.execute(_LAST_DAYS, {"collaboratives": list(collaborative_ids)}) if collaborative_ids else ()
    return {row.id for row in rows if day_of(now, row.time_zone) <= row.last_day}


def _readers(rows: Iterable[columns.AnyRow]) -> list[Reader]:
    by_member: dict[int, list[columns.AnyRow]] = {}
    for row in rows:
        by_member.setdefault(row.member_id, []).append(row)
    return [_reader(mine) for mine in by_member.values()]


def _reader(rows: Sequence[columns.AnyRow]) -> Reader:
    first = rows[0]
    coached = {columns.team(row) for row in rows if row.role == Role.COACH}
    return Reader(
        Member(first.member_id, first.member_name, first.slack_user),
        columns.collaborative(first),
        tuple(sorted(coached, key=_by_name)),
        any(row.role == Role.HOST for row in rows),
        any(row.role == Role.COORDINATOR for row in rows),
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
        or_(
            roles.c.role.in_((Role.COORDINATOR, Role.HOST)),
            and_(
                roles.c.role == Role.COACH,
                teams.c.id.is_not(None),
                current.TAKES_PART,
            ),
        ),
        current.HOLDS_ROLE,
    )
    .order_by(collaboratives.c.id, members.c.id, roles.c.id)
)
_LAST_DAYS = (
    select(
        collaboratives.c.id,
        collaboratives.c.time_zone,
        func.max(reporting_periods.c.locks_on).label("last_day"),
    )
    .join(reporting_periods, reporting_periods.c.collaborative_id == collaboratives.c.id)
    .where(collaboratives.c.id.in_(bindparam("collaboratives", expanding=True)))
    .group_by(collaboratives.c.id, collaboratives.c.time_zone)
)
_REACHED = _ALL.where(accounts.c.lost_at.is_(None))
_MEMBER = _ALL.where(members.c.id == bindparam("member"))
_VISITOR = _ALL.join(workspaces, workspaces.c.id == collaboratives.c.workspace_id).where(
    workspaces.c.slack_team == bindparam("slack_team"), members.c.slack_user == bindparam("slack_user")
)
_LAST = (
    select(posts.c.subject)
    .where(
        posts.c.collaborative_id == bindparam("collaborative"),
        posts.c.channel == bindparam("channel"),
        posts.c.subject.startswith(f"{KIND}:"),
    )
    .order_by(posts.c.id.desc())
    .limit(1)
)
