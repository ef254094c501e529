"""Messages to deliver, the posts they became, how fast Slack lets us go, and what already came in."""

from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from models.tables.base import Instant, belongs_to, key_column, metadata, of_collaborative, written_out

BY_BYTES = String(120).with_variant(String(120, collation="C"), "postgresql")  # so an index finds a beginning

outbox_messages = Table(
    "outbox_messages",
    metadata,
    key_column(),
    belongs_to("workspaces"),
    belongs_to("collaboratives"),
    Column("dedupe_key", String(200), nullable=False),
    Column("kind", String(40), nullable=False),  # names the composer
    Column("args", JSON, nullable=False),  # ids the composer starts from
    Column("channel", String(80), nullable=False),  # a channel, or a person for a direct message
    Column("only_for", String(40)),  # who alone may read it, in a channel too
    Column("subject", BY_BYTES),  # the post this creates, or edits when it stands
    Column("thread_subject", String(120)),  # the post it answers to
    Column("nonce", String(36), nullable=False),
    # Pictures uploaded already, "" for one to go without.
    Column("files", JSON, nullable=False, server_default="{}"),
    # pending sending sent failed dropped held
    Column("state", String(10), nullable=False, server_default="pending"),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("next_try_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("unsure_at", Instant),  # Slack may have taken it as late as this: look before sending again
    Column("missed_at", Instant),  # the first look since then that did not find it
    Column("first_try_at", Instant),
    Column("shown_before", String(32)),  # the newest `ts` known when it was first tried
    Column("lease_owner", String(64)),
    Column("lease_until", Instant),
    Column("slack_ts", String(32)),
    Column("last_error", Text, nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    UniqueConstraint("collaborative_id", "dedupe_key"),
    Index("ix_outbox_messages_workspace_id_slack_ts", "workspace_id", "slack_ts"),
    Index("ix_outbox_messages_collaborative_id_subject", "collaborative_id", "subject"),
)


def is_unsettled(table: FromClause = outbox_messages) -> ColumnElement[bool]:
    """Still to go, or in a sender's hands."""
    return table.c.state.in_(written_out("pending", "sending"))


def is_open(table: FromClause = outbox_messages) -> ColumnElement[bool]:
    """Not out, and a person may care: say so wherever rows are sought by such a state."""
    return table.c.state.in_(written_out("pending", "sending", "held", "failed"))


_row = outbox_messages.c
# On Postgres, too: models/migrations/env.py says so there. Here it would load a dialect SQLite never needs.
_UNSETTLED: Any = {"sqlite_where": is_unsettled()}
_OPEN: Any = {"sqlite_where": is_open()}
Index("ix_outbox_messages_oldest", _row.workspace_id, _row.due_at, _row.id, **_UNSETTLED)
Index("ix_outbox_messages_lines", _row.workspace_id, _row.channel, _row.due_at, _row.id, **_UNSETTLED)
Index("ix_outbox_messages_open", _row.workspace_id, _row.state, _row.due_at, **_OPEN)

posts = of_collaborative(
    "posts",
    Column("subject", String(120), nullable=False),
    Column("channel", String(80), nullable=False),  # as the message was addressed: a channel or a person
    Column("slack_channel", String(80), nullable=False),  # as Slack answered: a direct message has its own
    Column("ts", String(32), nullable=False),
    UniqueConstraint("collaborative_id", "subject", "channel"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(200), primary_key=True),  # of the envelope: event, trigger or view
    Column("at", Instant, nullable=False, index=True),
)

pace = Table(
    "pace",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id"), primary_key=True),
    Column("method", String(64), primary_key=True),  # of the Web API; "*" holds the whole workspace
    Column("channel", String(80), primary_key=True),  # "" where Slack counts the whole workspace
    Column("not_before", Instant, nullable=False),
    Column("set_at", Instant, nullable=False),  # later than now only when the clock was set back
)
