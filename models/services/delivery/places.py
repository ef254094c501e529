"""What Slack says of the teams' channels: whether they are private, and who is in them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from models.rules.collaborative.audience import KnownPlace, Place
from models.rules.delivery.verdicts import Gate
from models.services import current
from models.services.delivery import pace
from models.services.upsert import Upsert
from models.tables.base import EPOCH, Instant, named
from models.tables.channel import channel_members, channels
from models.tables.collaborative import collaboratives, workspaces
from models.tables.people import teams

METHOD = "conversations.members"
AGAIN = timedelta(minutes=10)  # Slack tells who comes and goes, but not that a channel was made public
AT_ONCE = 5  # a turn: with a page or two of members each, a fifth of what Slack allows in a minute
IN_HAND = timedelta(minutes=1)  # a turn is over by then; what it did not come to is asked by the next


@dataclass(frozen=True)
class PlaceToAsk:
    """A channel to ask Slack about."""

    workspace_id: int
    channel: str
    changes: int  # that Slack had told of when it was asked


def is_any_to_ask(db: Connection, slack_team: str, now: datetime) -> bool:
    """Whether Slack was not asked about some team's channel for long."""
    return db.execute(_DUE.limit(1), {"slack_team": slack_team, "now": now}).first() is not None


def take(db: Connection, slack_team: str, now: datetime) -> tuple[PlaceToAsk, ...]:
    """Take a few channels of a workspace's teams to ask about, those first of which nothing is known."""
    rows = db.execute(_DUE.limit(AT_ONCE), {"slack_team": slack_team, "now": now}).all()
    for row in rows:
        taken = {**_unknown(row.workspace_id, row.channel), "ask_at": now + IN_HAND}
        db.execute(_TAKE.on(db), taken)
    return tuple(PlaceToAsk(row.workspace_id, row.channel, row.changes) for row in rows)


def to_ask(db: Connection, workspace_id: int, channel: str) -> PlaceToAsk:
    """One channel, to be asked about now."""
    changes = db.execute(_CHANGES, {"workspace": workspace_id, "of_channel": channel}).scalar()
    return PlaceToAsk(workspace_id, channel, changes or 0)


def ask_later(db: Connection, workspace_id: int, when: datetime, now: datetime) -> None:
    """Ask about no channel of a workspace before that time."""
    pace.remember(db, workspace_id, [Gate(METHOD, "", when)], now)


def keep(db: Connection, request: PlaceToAsk, place: Place, now: datetime) -> bool:
    """Keep what Slack said of a channel; False where it told of a change since it was asked."""
    of = {"workspace": request.workspace_id, "of_channel": request.channel}
    db.execute(_NEW.on(db), _unknown(request.workspace_id, request.channel))
    answer = {"name": place.name, "is_private": place.is_private, "is_shared": place.is_shared}
    times = {"asked_at": now, "ask_at": now + AGAIN}
    if db.execute(_KEEP, {**of, "known_changes": request.changes, **answer, **times}).first() is None:
        return False
    db.execute(_FORGET_MEMBERS, of)
    key = {"workspace_id": request.workspace_id, "channel": request.channel}
    if place.members:
        db.execute(insert(channel_members), [{**key, "slack_user": each} for each in sorted(place.members)])
    return True


def doubt(db: Connection, slack_team: str, channel: str) -> None:
    """Slack told that something changed: what is known of a channel counts no more, and it is asked now."""
    db.execute(_DOUBT, {"slack_team": slack_team, "of_channel": channel})


def known(db: Connection, workspace_id: int, channel: str) -> KnownPlace | None:
    """What Slack said of a channel; None where it was never asked, or told of a change since."""
    return known_of(db, workspace_id, [channel]).get(channel)


def known_of(db: Connection, workspace_id: int, of_channels: Collection[str]) -> Mapping[str, KnownPlace]:
    """The same of several channels, by their ids."""
    of = {"workspace": workspace_id, "channels": list(of_channels)}
    members = defaultdict[str, set[str]](set)
    for channel, slack_user in db.execute(_MEMBERS, of):
        members[channel].add(slack_user)
    return {
        row.channel: KnownPlace(
            Place(row.channel, row.name, row.is_private, row.is_shared, frozenset(members[row.channel])),
            row.asked_at,
        )
        for row in db.execute(_KNOWN, of)
    }


def let_go(db: Connection, now: datetime) -> None:
    """Forget channels that are no team's any more, when their time has come to be asked about."""
    of = select(channels.c.workspace_id, channels.c.channel).where(channels.c.ask_at <= now, ~_IS_A_TEAMS)
    keys = [tuple(row) for row in db.execute(of)]
    if keys:
        for table in (channel_members, channels):
            db.execute(delete(table).where(tuple_(table.c.workspace_id, table.c.channel).in_(keys)))


def _unknown(workspace_id: int, channel: str) -> dict[str, object]:
    """A channel of which nothing is known."""
    never = {"asked_at": EPOCH, "ask_at": EPOCH, "changes": 0}
    what = {"name": "", "is_private": None, "is_shared": False}
    return {"workspace_id": workspace_id, "channel": channel, **what, **never}


_KEYS = ("workspace_id", "channel")
_NEW = Upsert(channels, keys=_KEYS)
_TAKE = Upsert(channels, keys=_KEYS, replace=("ask_at",))
_IS_IT = (channels.c.workspace_id == bindparam("workspace"), channels.c.channel == bindparam("of_channel"))
_CHANGES = select(channels.c.changes).where(*_IS_IT)
_KNOWN = select(
    *named(channels, "channel", "name", "is_private", "is_shared", "asked_at"),
).where(
    channels.c.workspace_id == bindparam("workspace"),
    channels.c.channel.in_(bindparam("channels", expanding=True)),
    channels.c.asked_at > EPOCH,
)
_KEEP = (
    update(channels)
    .where(*_IS_IT, channels.c.changes == bindparam("known_changes"))
    .values({name: bindparam(name) for name in ("name", "is_private", "is_shared", "asked_at", "ask_at")})
    .returning(channels.c.channel)
)
_ARE_IN_IT = (
    channel_members.c.workspace_id == bindparam("workspace"),
    channel_members.c.channel == bindparam("of_channel"),
)
_MEMBERS = select(channel_members.c.channel, channel_members.c.slack_user).where(
    channel_members.c.workspace_id == bindparam("workspace"),
    channel_members.c.channel.in_(bindparam("channels", expanding=True)),
)
_FORGET_MEMBERS = delete(channel_members).where(*_ARE_IN_IT)
_OURS = select(workspaces.c.id).where(workspaces.c.slack_team == bindparam("slack_team")).scalar_subquery()
_DOUBT = (
    update(channels)
    .where(channels.c.workspace_id == _OURS, channels.c.channel == bindparam("of_channel"))
    .values(changes=channels.c.changes + 1, asked_at=EPOCH, ask_at=EPOCH)
)
_IS_A_TEAMS = exists().where(
    collaboratives.c.workspace_id == channels.c.workspace_id,
    teams.c.collaborative_id == collaboratives.c.id,
    teams.c.channel == channels.c.channel,
    current.TAKES_PART,
)
_IS_PUT_OFF = pace.is_shut(collaboratives.c.workspace_id, METHOD)
_DUE = (
    select(
        collaboratives.c.workspace_id,
        teams.c.channel,
        func.coalesce(func.min(channels.c.changes), 0).label("changes"),
    )
    .join(teams, teams.c.collaborative_id == collaboratives.c.id)
    .join(
        channels,
        (channels.c.workspace_id == collaboratives.c.workspace_id) & (channels.c.channel == teams.c.channel),
        isouter=True,
    )
    .where(
        collaboratives.c.workspace_id == _OURS,
        teams.c.channel.is_not(None),
        current.TAKES_PART,
        or_(channels.c.ask_at.is_(None), channels.c.ask_at <= bindparam("now")),
        ~_IS_PUT_OFF,
    )
    .group_by(collaboratives.c.workspace_id, teams.c.channel)
    .order_by(func.coalesce(func.min(channels.c.ask_at), literal(EPOCH, Instant)), teams.c.channel)
)
