"""What a message that somebody looks at was made of, found by where Slack says they see it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from models.errors import DomainError
from models.rules.collaborative.people import Visitor
from models.rules.delivery.verdicts import State
from models.tables.collaborative import workspaces
from models.tables.outbox import outbox_messages

GONE = "I cannot find that message in my records any more. My Home tab shows how things stand."

row = outbox_messages.c


def find(db: Connection, visitor: Visitor, channel: str, ts: str) -> tuple[str, Mapping[str, Any]]:
    """The kind and the args of the words that stand in a message: of its last edit, where it was edited.

    `channel` and `ts` are those of Slack's envelope; a message to one person is known by that person alone.
    Raises DomainError where it is not ours, or not theirs.
    """
    place = {"team": visitor.slack_team, "person": visitor.slack_user, "channel": channel, "ts": ts}
    made_of = db.execute(_SHOWN, place).first()
    if made_of is None:
        raise DomainError(GONE)
    return made_of.kind, made_of.args


_SHOWN = (
    select(row.kind, row.args)
    .join(workspaces, workspaces.c.id == row.workspace_id)
    .where(
        workspaces.c.slack_team == bindparam("team"),
        row.slack_ts == bindparam("ts"),
        row.channel.in_((bindparam("channel"), bindparam("person"))),
        row.state == State.SENT,
    )
    .order_by(row.id.desc())
    .limit(1)
)
