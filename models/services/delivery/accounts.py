"""What Slack tells of members' accounts: where they are, and whether a message can reach them at all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, exists, literal, select, update

from models.rules.collaborative.people import Account, Collaborative, Member
from models.rules.delivery.verdicts import Gate
from models.services import current
from models.services.delivery import pace
from models.services.upsert import Upsert
from models.tables.base import EPOCH, Instant
from models.tables.collaborative import collaboratives, workspaces
from models.tables.people import accounts, members, roles

GOOD_FOR = timedelta(days=7)  # Slack tells of changes as they happen; this finds those we did not hear of
FRESH = timedelta(hours=12)  # of somebody who is written to: asked once a morning, just before
METHOD = "users.info"
AT_ONCE = 10  # a turn: every ten seconds that is 60 a minute, and Slack allows 100
IN_HAND = timedelta(minutes=1)  # a turn is over by then; what it did not come to is asked by the next


OnLeft = Callable[[Connection, int], object]
"""(db, a collaborative's id): what follows when somebody of it left Slack, came back, or is elsewhere now."""


@dataclass(frozen=True)
class AccountToAsk:
    """An account to ask Slack about."""

    workspace_id: int
    slack_user: str


def expect(db: Connection, collaborative_id: int) -> None:
    """Have Slack asked about those of a collaborative of whom nothing is known yet."""
    db.execute(_NEW.on(db).from_select(_UNKNOWN, _MEMBERS), {"collaborative": collaborative_id})


def is_any_to_ask(db: Connection, slack_team: str, now: datetime) -> bool:
    """Whether Slack was not asked about somebody of a workspace for long."""
    return db.execute(_ANY, {"slack_team": slack_team, "now": now}).first() is not None


def take(db: Connection, slack_team: str, now: datetime) -> tuple[AccountToAsk, ...]:
    """Take a few accounts of a workspace to ask about, those that wait longest; others leave them alone."""
    known = {"slack_team": slack_team, "now": now, "until": now + IN_HAND}
    return tuple(AccountToAsk(row.workspace_id, row.slack_user) for row in db.execute(_TAKE, known))


def let_go(db: Connection, now: datetime) -> None:
    """Forget the accounts of those who hold no role any more, when their time has come to be asked about."""
    db.execute(_LET_GO, {"now": now})


def is_there(db: Connection, workspace_id: int, slack_user: str, now: datetime) -> bool | None:
    """Whether Slack has the account, as far as it said not long ago; None when it has to be asked."""
    row = db.execute(_ONE, {"workspace": workspace_id, "slack_user": slack_user}).one_or_none()
    if row is None or not timedelta() <= now - row.asked_at < FRESH:
        return None
    return row.lost_at is None


def ask_later(db: Connection, workspace_id: int, when: datetime, now: datetime) -> None:
    """Ask about nobody of a workspace before that time."""
    pace.remember(db, workspace_id, [Gate(METHOD, "", when)], now)


def workspace_of(db: Connection, slack_team: str, slack_user: str) -> int | None:
    """The workspace's id; None when nobody with that account takes part."""
    workspace_id: int | None = db.execute(
        _WORKSPACE, {"slack_team": slack_team, "slack_user": slack_user}
    ).scalar()
    return workspace_id


def keep(
    db: Connection, workspace_id: int, account: Account, now: datetime, on_left: Iterable[OnLeft]
) -> None:
    """Keep what Slack says of an account; what follows from a change follows at once."""
    before = _find(db, workspace_id, account.slack_user)
    known = (account.time_zone, None if account.is_active else (before[1] or now))
    _write(db, workspace_id, account.slack_user, known, now)
    if known != before:
        _tell(db, workspace_id, account.slack_user, on_left)


def lost(
    db: Connection, workspace_id: int, slack_user: str, now: datetime, on_left: Iterable[OnLeft]
) -> None:
    """Keep that a message found nobody there."""
    zone, lost_at = _find(db, workspace_id, slack_user)
    _write(db, workspace_id, slack_user, (zone, lost_at or now), now)
    if lost_at is None:
        _tell(db, workspace_id, slack_user, on_left)


def reachable(db: Connection, collaborative: Collaborative, of: Iterable[Member]) -> tuple[Member, ...]:
    """Those of the members a message can reach."""
    gone = set(db.execute(_LOST, {"workspace": collaborative.workspace_id}).scalars())
    return tuple(each for each in of if each.slack_user and each.slack_user not in gone)


def unreachable(db: Connection, collaborative: Collaborative) -> tuple[str, ...]:
    """The names of those who have a role today and cannot be reached in Slack."""
    known = {"collaborative": collaborative.id, "workspace": collaborative.workspace_id}
    return tuple(db.execute(_UNREACHABLE, known).scalars())


def _find(db: Connection, workspace_id: int, slack_user: str) -> tuple[str, datetime | None]:
    row = db.execute(_ONE, {"workspace": workspace_id, "slack_user": slack_user}).one_or_none()
    return (row.time_zone, row.lost_at) if row else ("", None)


def _write(
    db: Connection, workspace_id: int, slack_user: str, known: tuple[str, datetime | None], now: datetime
) -> None:
    row = {"workspace_id": workspace_id, "slack_user": slack_user, "asked_at": now, "ask_at": now + GOOD_FOR}
    db.execute(_KEEP.on(db), {**row, "time_zone": known[0], "lost_at": known[1]})


def _tell(db: Connection, workspace_id: int, slack_user: str, on_left: Iterable[OnLeft]) -> None:
    who = {"workspace": workspace_id, "slack_user": slack_user}
    for collaborative_id in db.execute(_COLLABORATIVES, who).scalars().all():
        for follow in on_left:
            follow(db, collaborative_id)


_KEYS = ("workspace_id", "slack_user")
_KEEP = Upsert(accounts, keys=_KEYS, replace=("time_zone", "lost_at", "asked_at", "ask_at"))
_NEW = Upsert(accounts, keys=_KEYS)
_UNKNOWN = (*_KEYS, "time_zone", "asked_at", "ask_at")
_NEVER = literal(EPOCH, Instant)
_MEMBERS = (
    select(collaboratives.c.workspace_id, members.c.slack_user, literal(""), _NEVER, _NEVER)
    .join(members, members.c.collaborative_id == collaboratives.c.id)
    .where(collaboratives.c.id == bindparam("collaborative"), members.c.slack_user.is_not(None))
    .distinct()
)
_ONE = select(accounts.c.time_zone, accounts.c.lost_at, accounts.c.asked_at).where(
    accounts.c.workspace_id == bindparam("workspace"), accounts.c.slack_user == bindparam("slack_user")
)
_LOST = select(accounts.c.slack_user).where(
    accounts.c.workspace_id == bindparam("workspace"), accounts.c.lost_at.is_not(None)
)
_COLLABORATIVES = (
    select(collaboratives.c.id)
    .join(members, members.c.collaborative_id == collaboratives.c.id)
    .where(
        collaboratives.c.workspace_id == bindparam("workspace"),
        members.c.slack_user == bindparam("slack_user"),
    )
)
_WORKSPACE = (
    select(workspaces.c.id)
    .join(collaboratives, collaboratives.c.workspace_id == workspaces.c.id)
    .join(members, members.c.collaborative_id == collaboratives.c.id)
    .where(
        workspaces.c.slack_team == bindparam("slack_team"), members.c.slack_user == bindparam("slack_user")
    )
    .limit(1)
)
_HAS_A_ROLE = exists().where(
    members.c.slack_user == accounts.c.slack_user,
    collaboratives.c.id == members.c.collaborative_id,
    collaboratives.c.workspace_id == accounts.c.workspace_id,
    roles.c.member_id == members.c.id,
    current.HOLDS_ROLE,
)
_IS_PUT_OFF = pace.is_shut(accounts.c.workspace_id, METHOD)
_OURS = select(workspaces.c.id).where(workspaces.c.slack_team == bindparam("slack_team")).scalar_subquery()
_IS_TIME = accounts.c.ask_at <= bindparam("now")
_ANY = (
    select(accounts.c.slack_user)
    .where(accounts.c.workspace_id == _OURS, _IS_TIME, _HAS_A_ROLE, ~_IS_PUT_OFF)
    .limit(1)
)
_NEXT = (
    select(accounts.c.slack_user)
    .where(accounts.c.workspace_id == _OURS, _IS_TIME, _HAS_A_ROLE, ~_IS_PUT_OFF)
    .order_by(accounts.c.ask_at, accounts.c.slack_user)
    .limit(AT_ONCE)
    .with_for_update(of=accounts, skip_locked=True)
)
_TAKE = (
    update(accounts)
    .where(accounts.c.workspace_id == _OURS, accounts.c.slack_user.in_(_NEXT))
    .values(ask_at=bindparam("until"))
    .returning(accounts.c.workspace_id, accounts.c.slack_user)
)
_LET_GO = delete(accounts).where(_IS_TIME, ~_HAS_A_ROLE)
_UNREACHABLE = (
    select(members.c.name)
    .join(roles, roles.c.member_id == members.c.id)
    .join(
        accounts,
        (accounts.c.slack_user == members.c.slack_user) & (accounts.c.workspace_id == bindparam("workspace")),
    )
    .where(
        members.c.collaborative_id == bindparam("collaborative"),
        accounts.c.lost_at.is_not(None),
        current.HOLDS_ROLE,
    )
    .distinct()
    .order_by(members.c.name)
)
