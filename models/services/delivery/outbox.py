"""Messages that will go out: written with the change they tell of, delivered later, each exactly once."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from models.rules.collaborative.people import Collaborative
from models.rules.delivery.verdicts import PARENT_FAILED, Claimed, State
from models.services.upsert import Upsert
from models.tables.outbox import is_open, outbox_messages

table = outbox_messages.c
_NEW = Upsert(outbox_messages, keys=("collaborative_id", "dedupe_key"))
_SAID = [
    table[name]
    for name in (
        "workspace_id",
        "collaborative_id",
        "dedupe_key",
        "kind",
        "args",
        "channel",
        "subject",
        "thread_subject",
    )
]
_NAMES = uuid.UUID("6d6f6d65-6e74-756d-8000-6f7574626f78")
UNTRIED = {
    "state": State.PENDING,
    "attempts": 0,
    "files": {},
    "unsure_at": None,
    "missed_at": None,
    "first_try_at": None,
    "shown_before": None,
    "last_error": "",
}


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is to be said, where, and when it ought to go.

    `due_at` is when it ought to go, not when that was noticed: it keeps a channel's order, and says what may
    be out already where a copy of the database was put back.
    `channel` is a Slack channel, or a person's Slack id for a direct message. `subject` names the post that
    is made the first time and edited afterwards, `thread_subject` the post it is a reply to. After
    `expires_at` it is dropped instead.
    """

    collaborative: Collaborative
    key: str
    kind: str
    args: Mapping[str, Any]
    channel: str
    due_at: datetime
    subject: str | None = None
    thread_subject: str | None = None
    expires_at: datetime | None = None

    def row(self, now: datetime) -> dict[str, Any]:
        """Return its row in the outbox; what the table adds makes it untried."""
        return {
            "workspace_id": self.collaborative.workspace_id,
            "collaborative_id": self.collaborative.id,
            "dedupe_key": self.key,
            "kind": self.kind,
            "args": dict(self.args),
            "channel": self.channel,
            "subject": self.subject,
            "thread_subject": self.thread_subject,
            "due_at": self.due_at,
            "next_try_at": self.due_at,
            "expires_at": self.expires_at,
            "created_at": now,
            "nonce": _nonce(self.collaborative.id, self.key),
        }


def enqueue(db: Connection, message: Message, now: datetime) -> bool:
    """Keep a message to deliver; False when the collaborative has its key in the outbox already."""
    return db.execute(_NEW.telling(db), message.row(now)).first() is not None


def enqueue_all(db: Connection, messages: Iterable[Message], now: datetime) -> None:
    """Keep messages to deliver, in their order; those whose key is in the outbox already are left alone."""
    rows = [message.row(now) for message in messages]
    if rows:
        db.execute(_NEW.on(db), rows)


def say_again(db: Connection, row: Claimed, now: datetime) -> None:
    """Have the newest words of a row's post go out anew, behind all that still waits for it."""
    same = (table.collaborative_id == row.collaborative_id, table.subject == row.subject)
    stands = (table.channel == row.channel, table.state.not_in((State.FAILED, State.DROPPED)))
    newest = db.execute(select(*_SAID).where(*same, *stands).order_by(table.id.desc()).limit(1)).one()
    key = f"{newest.dedupe_key[:150]}:again:{row.id}:{row.attempts}"
    named = {"dedupe_key": key, "nonce": _nonce(row.collaborative_id, key), "expires_at": None}
    fresh = dict.fromkeys(("due_at", "next_try_at", "created_at"), now)
    db.execute(_NEW.on(db), {**newest._asdict(), **fresh, **named})


def _nonce(collaborative_id: int, key: str) -> str:
    """Name the message by what it says: written anew after a restore, it is found by the same name."""
    return str(uuid.uuid5(_NAMES, f"{collaborative_id}:{key}"))


@dataclass(frozen=True)
class WaitingMessage:
    """A message that is not out: still to go, held, or given up on."""

    id: int
    state: State
    kind: str
    channel: str
    due_at: datetime
    next_try_at: datetime
    attempts: int
    last_error: str


def waiting(db: Connection) -> tuple[WaitingMessage, ...]:
    """Return all messages that are neither sent nor dropped, in the order they are due."""
    columns = (table.kind, table.channel, table.due_at, table.next_try_at, table.attempts, table.last_error)
    found = db.execute(
        select(table.id, table.state, *columns).where(is_open()).order_by(table.due_at, table.id)
    )
    return tuple(WaitingMessage(row[0], State(row[1]), *row[2:]) for row in found)


def retry(db: Connection, message_id: int) -> bool:
    """Let a message that failed go again, and the replies that failed with it; False when there is none.

    A person decides this: it may be seen twice if Slack took it when nobody could tell.
    """
    failed = table.state == State.FAILED
    again = update(outbox_messages).where(table.id == message_id, failed).values(UNTRIED)
    row = db.execute(again.returning(table.collaborative_id, table.subject)).first()
    if row is not None and row.subject is not None:
        replies = (table.collaborative_id == row.collaborative_id, table.thread_subject == row.subject)
        lost = (failed, table.last_error == PARENT_FAILED)
        db.execute(update(outbox_messages).where(*replies, *lost).values(UNTRIED))
    return row is not None
