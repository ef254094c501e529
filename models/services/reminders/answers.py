"""Reminders that stand in people's messages when they are answered: each is edited to say so."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from models.rules.collaborative.people import Acting, Collaborative
from models.rules.delivery.verdicts import State
from models.services.delivery import outbox
from models.tables.base import written_out
from models.tables.outbox import outbox_messages

KIND = "answered"
row = outbox_messages.c


def asked_about(team_id: int, period_id: int) -> str:
    """How the key, and the post, of every reminder of a team's month begins."""
    return f"reminder:{period_id}:{team_id}:"


def after(beginning: str) -> str:
    """What comes next after all that begin so: between the two an index finds them, which LIKE need not."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


def tell(db: Connection, acting: Acting, period_id: int, because: str, now: datetime) -> None:
    """Have all reminders of a team's month say what was answered; `because` makes one answer one edit."""
    args = {"team_id": acting.team.id, "period_id": period_id}
    edit(db, acting.collaborative, asked_about(acting.team.id, period_id), KIND, args, because, now)


def edit(  # noqa: PLR0913, PLR0917 - the facts of the rows
    db: Connection,
    collaborative: Collaborative,
    about: str,
    kind: str,
    args: Mapping[str, int],
    because: str,
    now: datetime,
) -> None:
    """Edit all reminders whose key begins with `about`.

    One that was dropped, or is dropped before it goes, is not there to be edited.
    """
    scope = {"collaborative_id": collaborative.id}
    known = {"collaborative": collaborative.id, "first": about, "beyond": after(about)}
    messages = [
        outbox.Message(
            collaborative=collaborative,
            key=f"{each.dedupe_key}:{because}",
            kind=kind,
            args={**scope, **args, "post": each.subject, "to": each.channel},
            channel=each.channel,
            subject=each.subject,
            due_at=now,
        )
        for each in db.execute(_ASKED, known)
    ]
    outbox.enqueue_all(db, messages, now)


_ASKED = (
    select(row.dedupe_key, row.subject, row.channel)
    .where(
        row.collaborative_id == bindparam("collaborative"),
        row.subject >= bindparam("first"),
        row.subject < bindparam("beyond"),
        row.subject == row.dedupe_key,  # the reminder itself, not what was answered before
        row.state.not_in(written_out(State.DROPPED, State.FAILED)),
    )
    .order_by(row.id)
)
