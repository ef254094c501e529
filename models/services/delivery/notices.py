"""Tells the host, once, what became of a message, or of all of them while Slack took none."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from models.errors import DomainError
from models.rules.collaborative.people import (
    REPORTS_FOR_ANY_TEAM,
    Acting,
    Collaborative,
    Member,
    Role,
    Visitor,
)
from models.rules.delivery.verdicts import PARENT_FAILED, Claimed, State
from models.services import current
from models.services.collaborative import people
from models.services.delivery import accounts
from models.services.delivery.outbox import Message, enqueue, retry
from models.tables.collaborative import collaboratives
from models.tables.outbox import is_open, outbox_messages
from models.tables.people import members, roles

DELIVERY_FAILED = "delivery_failed"
PICTURE_MISSING = "picture_missing"
WAS_HELD = "was_held"
NOT_YOURS = "Only a host or a coordinator of the collaborative can have a message tried again."
KINDS = frozenset({DELIVERY_FAILED, PICTURE_MISSING, WAS_HELD})

outbox = outbox_messages.c


def tell_failure(db: Connection, row: Claimed, now: datetime) -> None:
    """Have the host told why a row failed, unless the one before it in its channel failed like it.

    Of one that a person had tried again they are told in any case.
    """
    times = _times_tried_again(db, row.collaborative_id, row.id)
    if row.kind not in KINDS and (times or not _is_known(db, row)):
        key = f"fail:{row.id}:{times}"
        what = {"kind": DELIVERY_FAILED, "key": key, "subject": key, "args": {"row": row.id}}
        _tell(db, row.collaborative_id, now, **what)


def try_again(db: Connection, visitor: Visitor, row_id: int, now: datetime) -> bool:
    """Let a message that failed go again, and its notice say so; False when it does not wait for that.

    Raises DomainError for all but the hosts and coordinators of its collaborative.
    """
    by = _staff_of(db, visitor, row_id)
    if not retry(db, row_id):
        return False
    times = _times_tried_again(db, by.collaborative.id, row_id)
    told = f"fail:{row_id}:{times}"
    found = select(outbox.channel).where(
        outbox.collaborative_id == by.collaborative.id, outbox.dedupe_key == told
    )
    message = Message(
        collaborative=by.collaborative,
        key=f"{told}:again",
        kind=DELIVERY_FAILED,
        args={"row": row_id, "by": by.member.name},
        channel=db.execute(found).scalar_one(),
        subject=told,
        due_at=now,
    )
    return enqueue(db, message, now)


def tell_missing_picture(db: Connection, row: Claimed, now: datetime) -> None:
    """Have the host told that a message went, or goes, without its picture."""
    what = {"kind": PICTURE_MISSING, "key": f"picture:{row.id}", "args": {"row": row.id}}
    _tell(db, row.collaborative_id, now, **what)


def tell_release(db: Connection, workspace_id: int, now: datetime) -> None:
    """Have the hosts told that Slack takes messages again: no word could reach them while it took none.

    Named by the first message that waited, so that a workspace let go too soon, and held again, tells once.
    """
    is_held = (is_open(), outbox.state == State.HELD, outbox.workspace_id == workspace_id)
    found = select(outbox.collaborative_id, func.min(outbox.id), func.max(outbox.last_error)).where(*is_held)
    for collaborative_id, first, reason in db.execute(found.group_by(outbox.collaborative_id)).all():
        what = {"kind": WAS_HELD, "key": f"held:{first}", "args": {"reason": reason}}
        _tell(db, collaborative_id, now, **what)


def failure(db: Connection, row_id: int) -> tuple[str, str] | None:
    """Return (channel, reason) of a row that failed; None when it has been sent since."""
    found = db.execute(
        select(outbox.channel, outbox.last_error).where(outbox.id == row_id, outbox.state == State.FAILED)
    ).first()
    return (found.channel, found.last_error) if found else None


def channel_of(db: Connection, row_id: int) -> str:
    """Return the channel, or the person, a row is for."""
    channel: str = db.execute(select(outbox.channel).where(outbox.id == row_id)).scalar_one()
    return channel


def _staff_of(db: Connection, visitor: Visitor, row_id: int) -> Acting:
    scope = db.execute(select(outbox.collaborative_id).where(outbox.id == row_id)).scalar()
    for acting in people.acting_as_staff(db, visitor):
        if acting.collaborative.id == scope and acting.role in REPORTS_FOR_ANY_TEAM:
            return acting
    raise DomainError(NOT_YOURS)


def _times_tried_again(db: Connection, collaborative_id: int, row_id: int) -> int:
    """How often a person had a message tried again from its notice."""
    asked = select(func.count()).where(
        outbox.collaborative_id == collaborative_id,
        outbox.subject.startswith(f"fail:{row_id}:"),
        outbox.dedupe_key.endswith(":again"),
    )
    times: int = db.execute(asked).scalar_one()
    return times


def _is_known(db: Connection, row: Claimed) -> bool:
    """The reason of the row as it stands, against the one settled before it in the same channel."""
    same: tuple[ColumnElement[bool], ...] = (
        outbox.workspace_id == row.workspace_id,
        outbox.channel == row.channel,
    )
    settled = outbox.state.in_((State.SENT, State.FAILED))
    before = db.execute(
        select(outbox.state, outbox.last_error)
        .where(*same, settled, outbox.id != row.id)
        .order_by(outbox.id.desc())
        .limit(1)
    ).first()
    mine = db.execute(select(outbox.last_error).where(outbox.id == row.id)).scalar_one()
    if mine == PARENT_FAILED:
        return True
    return before is not None and (before.state, before.last_error) == (State.FAILED, mine)


def _tell(db: Connection, collaborative_id: int, now: datetime, **what: Any) -> None:
    collaborative = _collaborative(db, collaborative_id)
    host = _host(db, collaborative)
    if host is None:
        return
    enqueue(db, Message(collaborative=collaborative, channel=host, due_at=now, **what), now)


def _host(db: Connection, collaborative: Collaborative) -> str | None:
    """The Slack id of a host, or where none can be reached, of a coordinator."""
    staff = (Role.HOST, Role.COORDINATOR)
    found = db.execute(
        select(roles.c.role, members.c.id, members.c.name, members.c.slack_user)
        .join(members, members.c.id == roles.c.member_id)
        .where(
            roles.c.collaborative_id == collaborative.id,
            roles.c.role.in_(staff),
            current.HOLDS_ROLE,
        )
        .order_by(roles.c.id)
    ).all()
    ranked = sorted(found, key=lambda row: staff.index(Role(row.role)))
    ours = accounts.reachable(db, collaborative, [Member(row.id, row.name, row.slack_user) for row in ranked])
    return ours[0].slack_user if ours else None


def _collaborative(db: Connection, collaborative_id: int) -> Collaborative:
    c = collaboratives.c
    columns = (c.id, c.workspace_id, c.key, c.name, c.time_zone, c.channel)
    return Collaborative(*db.execute(select(*columns).where(c.id == collaborative_id)).one())
