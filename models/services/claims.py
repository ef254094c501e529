"""Who sends which row: a sender takes rows for a minute, and nobody else touches them meanwhile."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, case, func, or_, select, text, update
from sqlalchemy.orm import Session

from models.rules.delivery import (
    EDIT,
    IN_ORDER,
    LEASE,
    POST,
    UPDATE_PACE,
    WORKSPACE_PACE,
    Claimed,
    Gate,
    State,
)
from models.rules.gap import Gap, gap_of
from models.rules.turns import Head, Outlook, choose
from models.services import pace, restores
from models.tables.outbox import outbox_messages, posts

ONE_AT_A_TIME = 7_346_219  # names our advisory lock: an earlier row must be seen to keep a channel's order
UNSETTLED = (State.PENDING, State.SENDING)

outbox = outbox_messages.c


def outlook(db: Session, now: datetime) -> Outlook:
    """Say whether a claim would find a row: asked first, so that an idle bot never writes."""
    heads = _seen(db, now)
    if _chosen(db, heads, now, 1) or any(head.is_leased_too_long(now) for head in heads):
        return Outlook.READY
    return Outlook.WAITING if heads else Outlook.IDLE


def claim(db: Session, now: datetime, limit: int) -> tuple[Claimed, ...]:
    """Take at most `limit` rows whose turn it is; they are the caller's for `LEASE`.

    A row whose sender vanished is taken over, as one that Slack may have taken.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    heads = _seen(db, now)
    if any(head.is_leased_too_long(now) for head in heads):
        _shorten_leases(db, now)
    chosen = {head.id: head for head in _chosen(db, heads, now, limit)}
    rows = _locked(db, chosen)
    if not rows:
        return ()
    gaps = restores.gaps(db)
    taken = [_taken(row, gap_of(row.due_at, gaps), now) for row in rows]
    db.connection().execute(
        _TAKE, [{"row_id": row.id, **values} for row, values in zip(rows, taken, strict=True)]
    )
    _keep_pace(db, [chosen[row.id] for row in rows], now)
    return tuple(
        _claimed(row, values, gap_of(row.due_at, gaps)) for row, values in zip(rows, taken, strict=True)
    )


def _shorten_leases(db: Session, now: datetime) -> None:
    too_long = and_(outbox.state == State.SENDING, outbox.lease_until > now + LEASE)
    db.execute(update(outbox_messages).where(too_long).values(lease_until=now + LEASE))


def _seen(db: Session, now: datetime) -> list[Head]:
    return [_head(row) for row in db.execute(_heads(now))]


def _chosen(db: Session, heads: list[Head], now: datetime, limit: int) -> tuple[Head, ...]:
    return choose(heads, pace.shut(db, now), pace.gates(db), now, limit) if heads else ()


def _heads(now: datetime) -> Select[Any]:
    """Select the first unsettled row of each channel, and each that was tried too often to wait for."""
    line = case((outbox.attempts >= IN_ORDER, outbox.id), else_=0)
    order = func.row_number().over(
        partition_by=(outbox.workspace_id, outbox.channel, line), order_by=(outbox.due_at, outbox.id)
    )
    is_due = or_(
        outbox.due_at <= now, outbox.due_at <= outbox.created_at
    )  # at once, whatever the clock did since
    ranked = (
        select(outbox.id, order.label("place")).where(outbox.state.in_(UNSETTLED), is_due).subquery()
    )  # nothing but ids: SQLite copies whatever is ranked
    post = and_(
        posts.c.collaborative_id == outbox.collaborative_id,
        posts.c.subject == outbox.subject,
        posts.c.channel == outbox.channel,
    )
    names = ("id", "workspace_id", "channel", "state", "due_at", "next_try_at", "lease_until", "attempts")
    columns = [outbox[name] for name in names]
    return (
        select(*columns, posts.c.id.is_not(None).label("is_edit"))
        .select_from(ranked)
        .join(outbox_messages, outbox.id == ranked.c.id)
        .join(posts, post, isouter=True)
        .where(ranked.c.place == 1)
    )


def _head(row: Row[Any]) -> Head:
    values = row._asdict()
    return Head(**{**values, "state": State(row.state), "is_edit": bool(row.is_edit)})


def _locked(db: Session, chosen: Mapping[int, Head]) -> Sequence[Row[Any]]:
    """Lock the rows that are still as they were seen: another sender may be settling one at this moment."""
    wanted = select(outbox_messages).where(outbox.id.in_(chosen), outbox.state.in_(UNSETTLED))
    rows = db.execute(wanted.order_by(outbox.id).with_for_update(skip_locked=True)).all() if chosen else ()
    return [
        row for row in rows if (row.attempts, row.state) == (chosen[row.id].attempts, chosen[row.id].state)
    ]


_TAKE = (
    update(outbox_messages)
    .where(outbox.id == bindparam("row_id"))
    .values(
        {
            name: bindparam(name)
            for name in ("state", "attempts", "lease_owner", "lease_until", "unsure_at", "first_try_at")
        }
    )
)


def _taken(row: Row[Any], gap: Gap | None, now: datetime) -> dict[str, Any]:
    """Say what a claim makes of a row. The sender that vanished may have sent until its lease ended."""
    unsure_at = min(row.lease_until or now, now) if row.state == State.SENDING else row.unsure_at
    if gap:
        unsure_at = max(unsure_at or gap.restored_at, gap.restored_at)
    return {
        "state": State.SENDING,
        "attempts": row.attempts + 1,
        "lease_owner": str(uuid.uuid4()),
        "lease_until": now + LEASE,
        "unsure_at": unsure_at,
        "first_try_at": row.first_try_at or now,
    }


def _claimed(row: Row[Any], taken: Mapping[str, Any], gap: Gap | None) -> Claimed:
    first_try_at = taken["first_try_at"]
    return Claimed(
        id=row.id,
        workspace_id=row.workspace_id,
        collaborative_id=row.collaborative_id,
        kind=row.kind,
        args=row.args,
        channel=row.channel,
        subject=row.subject,
        thread_subject=row.thread_subject,
        nonce=row.nonce,
        files=row.files,
        expires_at=row.expires_at,
        due_at=row.due_at,
        attempts=taken["attempts"],
        unsure_at=taken["unsure_at"],
        first_try_at=first_try_at,
        look_from=min(first_try_at, gap.taken_at) if gap else first_try_at,
        owner=taken["lease_owner"],
    )


def _keep_pace(db: Session, heads: Iterable[Head], now: datetime) -> None:
    """Shut the workspace's gates for as long as these calls use up of what Slack allows."""
    counts: dict[tuple[int, str], int] = {}
    for head in heads:
        key = (head.workspace_id, EDIT if head.is_edit else POST)
        counts[key] = counts.get(key, 0) + 1
    for (workspace_id, method), count in counts.items():
        step = UPDATE_PACE if method == EDIT else WORKSPACE_PACE
        pace.remember(db, workspace_id, [Gate(method, "", now + step * count)], now)
