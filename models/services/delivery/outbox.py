"""Messages that will go out: written with the change they tell of, delivered later, each exactly once."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, bindparam, select, union, update

from models.rules.collaborative.audience import OnlyFor
from models.rules.collaborative.people import Collaborative
from models.rules.delivery.verdicts import Claimed, State
from models.services.upsert import Upsert
from models.tables.base import written_out
from models.tables.outbox import outbox_messages, posts

IN_PERSON = ":to:"  # in the key of what a row became when its channel was open to others
ALL = "#"  # to the channel all teams share
_LONGEST_KEY, _LONGEST_NAME = 200, 120

table = outbox_messages.c
_NEW = Upsert(outbox_messages, keys=("collaborative_id", "dedupe_key"))
SAID = [
    table[name]
    for name in (
        "workspace_id",
        "collaborative_id",
        "dedupe_key",
        "kind",
        "args",
        "channel",
        "only_for",
        "subject",
        "thread_subject",
    )
]
_NAMES = uuid.UUID("6d6f6d65-6e74-756d-8000-6f7574626f78")
_NOUNS = {"delivery_failed": "fail", "picture_missing": "picture", "was_held": "held"}  # in keys, as of old
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


OutboxMessage = dict[str, Any]
"""A row of the outbox; what the table adds makes it untried."""


class Delivery(TypedDict, total=False):
    """Where a message goes, else to all at once, and when, else now.

    `due` is when it ought to go, not when that was noticed: it keeps a channel's order, and says what may be
    out already where a copy of the database was put back.
    """

    to: str  # a Slack channel, or a person's Slack id
    post: str  # names the post that it makes the first time and edits afterwards
    below: str  # names the post that it replies to
    only_for: OnlyFor | None  # who alone may read it: where others can by then, it goes in person instead
    due: datetime
    expires: datetime  # then it is dropped instead


def message(
    collaborative: Collaborative,
    kind: str,
    about: str,
    args: Mapping[str, Any],
    now: datetime,
    **how: Unpack[Delivery],
) -> OutboxMessage:
    """Make a message for `say_all`.

    `kind` names the composer and `args` the ids it starts from; `about` makes the message one of its kind:
    "12:1" is report 12 at revision 1.
    """
    to, due = how.get("to", ALL), how.get("due", now)
    return {
        **_row(collaborative, _key(kind, about), kind, now),
        "args": dict(args),
        "channel": collaborative.channel if to == ALL else to,
        "only_for": _written(how.get("only_for")),
        "subject": how.get("post", "")[:_LONGEST_NAME] or None,
        "thread_subject": how.get("below"),
        "due_at": due,
        "next_try_at": due,
        "expires_at": how.get("expires"),
    }


def say(  # noqa: PLR0913, PLR0917 - the same
    db: Connection,
    collaborative: Collaborative,
    kind: str,
    about: str,
    args: Mapping[str, Any],
    now: datetime,
    **how: Unpack[Delivery],
) -> bool:
    """Keep a message to deliver; False when the collaborative has it in the outbox already."""
    row = message(collaborative, kind, about, args, now, **how)
    return db.execute(_NEW.telling(db), row).first() is not None


def say_all(db: Connection, messages: Sequence[OutboxMessage]) -> None:
    """Keep several in their order, in one trip to the database; those it has already are left alone."""
    if messages:
        db.execute(_NEW.on(db), messages)


def edit_all(  # noqa: PLR0913, PLR0917 - what, of what, because of what and when: each is a fact of its own
    db: Connection,
    collaborative: Collaborative,
    beginning: str,
    kind: str,
    args: Mapping[str, Any],
    because: str,
    now: datetime,
) -> None:
    """Edit all posts whose name begins so, where the message that made it has its post's name for a key.

    `because` makes one change one edit. The composer finds among its args the "post" and whom it is "to": one
    that was dropped, or is dropped before it goes, is not there to be edited.
    """
    known = {"collaborative": collaborative.id, "first": beginning, "beyond": after(beginning)}
    edits = [
        {
            **_row(collaborative, f"{made.dedupe_key}:{because}", kind, now),
            "args": {"collaborative_id": collaborative.id, **args, "post": made.subject, "to": made.channel},
            "channel": made.channel,
            "only_for": made.only_for,
            "subject": made.subject,
        }
        for made in db.execute(_MADE, known)
    ]
    say_all(db, edits)


def named_so(db: Connection, collaborative: Collaborative, beginning: str) -> frozenset[tuple[str, str]]:
    """All posts whose name begins so, those still to come among them, each with where it is addressed to."""
    known = {"collaborative": collaborative.id, "first": beginning, "beyond": after(beginning)}
    return frozenset((row.subject, row.channel) for row in db.execute(_NAMED_SO, known))


def states(
    db: Connection, collaborative_id: int, messages: Iterable[tuple[str, str]]
) -> Mapping[tuple[str, str], State]:
    """What became so far of those messages, by kind and about, that the collaborative has in the outbox."""
    by_key = {_key(*each): each for each in messages}
    rows = db.execute(_STATES, {"collaborative": collaborative_id, "keys": list(by_key)}) if by_key else ()
    return {by_key[row.dedupe_key]: State(row.state) for row in rows}


def say_after_all(  # noqa: PLR0913, PLR0917 - which message and its window
    db: Connection, collaborative: Collaborative, kind: str, about: str, due: datetime, expires: datetime
) -> None:
    """Let a message go that was dropped before it went: its deadline moved, or the clock was set."""
    same = (table.collaborative_id == collaborative.id, table.dedupe_key == _key(kind, about))
    again = {**UNTRIED, "due_at": due, "next_try_at": due, "expires_at": expires}
    db.execute(update(outbox_messages).where(*same, table.state == State.DROPPED).values(again))


def say_again(db: Connection, row: Claimed, now: datetime) -> None:
    """Have the newest words of a row's post go out anew, behind all that still waits for it."""
    same = (table.collaborative_id == row.collaborative_id, table.subject == row.subject)
    stands = (table.channel == row.channel, table.state.not_in((State.FAILED, State.DROPPED)))
    newest = db.execute(select(*SAID).where(*same, *stands).order_by(table.id.desc()).limit(1)).one()
    key = f"{newest.dedupe_key[:150]}:again:{row.id}:{row.attempts}"
    name = {**named(row.collaborative_id, key), "expires_at": None}
    fresh = dict.fromkeys(("due_at", "next_try_at", "created_at"), now)
    db.execute(_NEW.on(db), {**newest._asdict(), **fresh, **name})


def _row(collaborative: Collaborative, key: str, kind: str, now: datetime) -> OutboxMessage:
    """What every message has."""
    return {
        "workspace_id": collaborative.workspace_id,
        "collaborative_id": collaborative.id,
        "dedupe_key": key,
        "kind": kind,
        "due_at": now,
        "next_try_at": now,
        "created_at": now,
        "nonce": nonce_of(collaborative.id, key),
    }


def named(collaborative_id: int, key: str) -> dict[str, str]:
    """What tells a message from all others, in our records and in Slack."""
    short = _short(key)
    return {"dedupe_key": short, "nonce": nonce_of(collaborative_id, short)}


def _written(only_for: OnlyFor | None) -> str | None:
    return str(only_for) if only_for else None


def _key(kind: str, about: str) -> str:
    """What one message is known by for ever, cut where its column ends."""
    return _short(f"{_NOUNS.get(kind, kind)}:{about}")


def _short(key: str) -> str:
    return key if len(key) <= _LONGEST_KEY else f"{key[:160]}:{uuid.uuid5(_NAMES, key)}"


def nonce_of(collaborative_id: int, key: str) -> str:
    """Name the message by what it says: written anew after a restore, it is found by the same name."""
    return str(uuid.uuid5(_NAMES, f"{collaborative_id}:{key}"))


def after(beginning: str) -> str:
    """What comes next after all that begin so: between the two an index finds them, which LIKE need not."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


_STATES = select(table.dedupe_key, table.state).where(
    table.collaborative_id == bindparam("collaborative"),
    table.dedupe_key.in_(bindparam("keys", expanding=True)),
)
_NAMED_SO = union(
    *(
        select(of.c.subject, of.c.channel).where(
            of.c.collaborative_id == bindparam("collaborative"),
            of.c.subject >= bindparam("first"),
            of.c.subject < bindparam("beyond"),
        )
        for of in (outbox_messages, posts)
    )
)
_MADE = (
    select(table.dedupe_key, table.subject, table.channel, table.only_for)
    .where(
        table.collaborative_id == bindparam("collaborative"),
        table.subject >= bindparam("first"),
        table.subject < bindparam("beyond"),
        # What made the post, here or in person, not what edited it before.
        table.dedupe_key.in_((table.subject, table.subject + IN_PERSON + table.channel)),
        table.state.not_in(written_out(State.DROPPED, State.FAILED)),
    )
    .order_by(table.id)
)
