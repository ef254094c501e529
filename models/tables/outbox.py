"""Messages to deliver, the posts they became, how fast Slack lets us go, and what already came in."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from models.tables.base import Instant, belongs_to, key_column, metadata

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
    Column("subject", String(120)),  # the post this creates, or edits when it stands
    Column("thread_subject", String(120)),  # the post it answers to
    Column("nonce", String(36), nullable=False),
    Column("files", JSON, nullable=False),  # pictures uploaded already, "" for one to go without
    Column("state", String(10), nullable=False),  # pending sending sent failed dropped held
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("next_try_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("unsure_at", Instant),  # Slack may have taken it as late as this: look before sending again
    Column("first_try_at", Instant),
    Column("lease_owner", String(64)),
    Column("lease_until", Instant),
    Column("slack_ts", String(32)),
    Column("last_error", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    UniqueConstraint("collaborative_id", "dedupe_key"),
    Index("ix_outbox_messages_state_due_at", "state", "due_at"),
    Index("ix_outbox_messages_collaborative_id_subject", "collaborative_id", "subject"),
)

posts = Table(
    "posts",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
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
