"""Pictures a message could not show: they follow in its thread, and go when a later one is true."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Text, and_, cast, or_, select

from models.rules.delivery.pictures import FOLLOWING, Shown, late, standing
from models.rules.delivery.verdicts import Claimed, Sent, State
from models.services.delivery import outbox
from models.services.delivery.claims import readable
from models.services.delivery.outbox import OutboxMessage, after
from models.tables.outbox import outbox_messages

SOON = timedelta(seconds=1)  # behind what is due now: it keeps nobody waiting

table = outbox_messages.c


@dataclass(frozen=True)
class Pictured:
    """A message some of whose pictures are shown below it: what composes it, and what is shown already."""

    kind: str
    args: Mapping[str, Any]
    shown: Shown


def name_of(row: Claimed) -> str:
    """The name of the post a row makes or edits."""
    return row.subject or f"row:{row.id}"


def shown(db: Connection, row: Claimed) -> Shown:
    """What a row's post shows, and each that follows it in the thread."""
    return _shown(db, row.collaborative_id, name_of(row), row.id)


def pictured(db: Connection, row_id: int) -> Pictured:
    """The message of a row whose pictures follow, as it was said last."""
    row = db.execute(select(table.collaborative_id, table.subject).where(table.id == row_id)).one()
    same = and_(table.collaborative_id == row.collaborative_id, table.subject == row.subject)
    is_sent = (or_(table.id == row_id, same), table.state == State.SENT)
    newest = db.execute(
        select(table.kind, table.args).where(*is_sent).order_by(table.id.desc()).limit(1)
    ).one()
    shown_by = _shown(db, row.collaborative_id, row.subject or f"row:{row_id}", row_id)
    return Pictured(newest.kind, newest.args, shown_by)


def tell(db: Connection, row: Claimed, sent: Sent, now: datetime) -> None:
    """Have the pictures that a message could not show follow below it, and those overtaken go."""
    messages = [
        _message(row, post, f"{post}:{row.id}", now) | {"args": {"row": row.id, "post": post}, "files": {}}
        for post in sent.overtaken
    ]
    if sent.follows:
        post = f"{_beginning(name_of(row))}{row.id}"
        files = {key: file for key, file in late(sent.files or {}).items() if file}
        messages.append(_message(row, post, post, now) | {"args": {"row": row.id}, "files": files})
    outbox.say_all(db, messages)


def _message(row: Claimed, post: str, key: str, now: datetime) -> OutboxMessage:
    return {
        "workspace_id": row.workspace_id,
        "collaborative_id": row.collaborative_id,
        "dedupe_key": key,
        "kind": FOLLOWING,
        "channel": row.channel,
        "only_for": row.only_for,
        "subject": post,
        "thread_subject": row.thread_subject or name_of(row),
        "nonce": outbox.nonce_of(row.collaborative_id, key),
        "due_at": now + SOON,
        "next_try_at": now + SOON,
        "created_at": now,
    }


def _beginning(name: str) -> str:
    return f"pictures:{name}:"


def _shown(db: Connection, collaborative_id: int, name: str, row_id: int) -> Shown:
    first = _beginning(name)
    is_of_it = (table.subject == name, and_(table.subject >= first, table.subject < after(first)))
    query = select(table.subject, table.slack_ts, cast(table.files, Text)).where(
        table.collaborative_id == collaborative_id,
        or_(*is_of_it, table.id == row_id),
        table.state == State.SENT,
    )
    rows = db.execute(query.order_by(table.id)).all()
    return standing((post or name, ts, readable(files) or {}) for post, ts, files in rows)
