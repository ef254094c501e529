"""Tells the host, once, what became of a message, or of all of them while Slack took none."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from models.rules.collaborative.people import Collaborative, Member, Role, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.delivery.verdicts import PARENT_FAILED, Claimed, State
from models.services import columns, current
from models.services.collaborative import visitors
from models.services.delivery import accounts, outbox, waiting
from models.tables.collaborative import collaboratives
from models.tables.outbox import is_open, outbox_messages
from models.tables.people import members, roles

DELIVERY_FAILED = "delivery_failed"
PICTURE_MISSING = "picture_missing"
WAS_HELD = "was_held"
KINDS = frozenset({DELIVERY_FAILED, PICTURE_MISSING, WAS_HELD})

table = outbox_messages.c


class _Host(NamedTuple):
    """Who hears what became of a collaborative's messages."""

    of: Collaborative
    slack_user: str


def tell_failure(db: Connection, row: Claimed, now: datetime) -> None:
    """Have the host told why a row failed, unless the one before it in its channel failed like it.

    Of one that a person had tried again they are told in any case.
    """
    times = _times_tried_again(db, row.collaborative_id, row.id)
    if row.kind not in KINDS and (times or not _is_known(db, row)):
        about, args = f"{row.id}:{times}", {"row": row.id}
        if host := _host(db, row.collaborative_id):
            outbox.say(
                db, host.of, DELIVERY_FAILED, about, args, now, to=host.slack_user, post=f"fail:{about}"
            )


def try_again(db: Connection, visitor: Visitor, row_id: int, now: datetime) -> bool:
    """Let a message that failed go again, and its notice say so; False when it does not wait for that.

    Raises DomainError for all but the hosts and coordinators of its collaborative.
    """
    scope = db.execute(select(table.collaborative_id).where(table.id == row_id)).scalar()
    by = visitors.insist_for_all(db, visitor, Deed.SEND_AGAIN, scope)
    if not waiting.retry(db, row_id):
        return False
    notice = f"fail:{row_id}:{_times_tried_again(db, by.collaborative.id, row_id)}"
    args = {"row": row_id, "by": by.member.name}
    outbox.edit_all(db, by.collaborative, notice, DELIVERY_FAILED, args, "again", now)
    return True


def tell_missing_picture(db: Connection, row: Claimed, now: datetime) -> None:
    """Have the host told that a message went, or goes, without its picture."""
    if host := _host(db, row.collaborative_id):
        outbox.say(db, host.of, PICTURE_MISSING, f"{row.id}", {"row": row.id}, now, to=host.slack_user)


def tell_release(db: Connection, workspace_id: int, now: datetime) -> None:
    """Have the hosts told that Slack takes messages again: no word could reach them while it took none.

    Named by the first message that waited, so that a workspace let go too soon, and held again, tells once.
    """
    is_held = (is_open(), table.state == State.HELD, table.workspace_id == workspace_id)
    query = select(table.collaborative_id, func.min(table.id), func.max(table.last_error)).where(*is_held)
    for collaborative_id, first, reason in db.execute(query.group_by(table.collaborative_id)).all():
        if host := _host(db, collaborative_id):
            outbox.say(db, host.of, WAS_HELD, f"{first}", {"reason": reason}, now, to=host.slack_user)


def failure(db: Connection, row_id: int) -> tuple[str, str] | None:
    """Return (channel, reason) of a row that failed; None when it has been sent since."""
    row = db.execute(
        select(table.channel, table.last_error).where(table.id == row_id, table.state == State.FAILED)
    ).first()
    return (row.channel, row.last_error) if row else None


def channel_of(db: Connection, row_id: int) -> str:
    """Return the channel, or the person, a row is for."""
    channel: str = db.execute(select(table.channel).where(table.id == row_id)).scalar_one()
    return channel


def _times_tried_again(db: Connection, collaborative_id: int, row_id: int) -> int:
    """How often a person had a message tried again from its notice."""
    query = select(func.count()).where(
        table.collaborative_id == collaborative_id,
        table.subject.startswith(f"fail:{row_id}:"),
        table.dedupe_key.endswith(":again"),
    )
    times: int = db.execute(query).scalar_one()
    return times


def _is_known(db: Connection, row: Claimed) -> bool:
    """The reason of the row as it stands, against the one settled before it in the same channel."""
    same: tuple[ColumnElement[bool], ...] = (
        table.workspace_id == row.workspace_id,
        table.channel == row.channel,
    )
    settled = table.state.in_((State.SENT, State.FAILED))
    before = db.execute(
        select(table.state, table.last_error)
        .where(*same, settled, table.id != row.id)
        .order_by(table.id.desc())
        .limit(1)
    ).first()
    mine = db.execute(select(table.last_error).where(table.id == row.id)).scalar_one()
    if mine == PARENT_FAILED:
        return True
    return before is not None and (before.state, before.last_error) == (State.FAILED, mine)


def _host(db: Connection, collaborative_id: int) -> _Host | None:
    """A host, or where none can be reached, a coordinator."""
    here = select(*columns.COLLABORATIVE).where(collaboratives.c.id == collaborative_id)
    collaborative = columns.collaborative(db.execute(here).one())
    staff = (Role.HOST, Role.COORDINATOR)
    rows = db.execute(
        select(roles.c.role, members.c.id, members.c.name, members.c.slack_user)
        .join(members, members.c.id == roles.c.member_id)
        .where(
            roles.c.collaborative_id == collaborative.id,
            roles.c.role.in_(staff),
            current.HOLDS_ROLE,
        )
        .order_by(roles.c.id)
    ).all()
    ranked = sorted(rows, key=lambda row: staff.index(Role(row.role)))
    ours = accounts.reachable(db, collaborative, [Member(row.id, row.name, row.slack_user) for row in ranked])
    return next((_Host(collaborative, each.slack_user) for each in ours if each.slack_user), None)
