"""The posts that stand for something in a channel: made once, edited in place afterwards."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from models.services.upsert import Upsert
from models.tables.outbox import posts

_PUT = Upsert(posts, keys=("collaborative_id", "subject", "channel"), replace=("slack_channel", "ts"))


@dataclass(frozen=True)
class Post:
    """Where Slack shows it: the channel it answered (a direct message has its own) and the message's `ts`."""

    channel: str
    ts: str


def find(db: Connection, collaborative_id: int, subject: str, channel: str) -> Post | None:
    """Return the post that stands for `subject` in a channel or with a person, None while there is none."""
    row = db.execute(
        select(posts.c.slack_channel, posts.c.ts).filter_by(
            collaborative_id=collaborative_id, subject=subject, channel=channel
        )
    ).first()
    return Post(*row) if row else None


def keep(db: Connection, collaborative_id: int, subject: str, channel: str, post: Post) -> None:
    """Remember where the post of a subject is."""
    row = {"collaborative_id": collaborative_id, "subject": subject, "channel": channel}
    db.execute(_PUT.on(db), {**row, "slack_channel": post.channel, "ts": post.ts})


def forget(db: Connection, collaborative_id: int, subject: str, channel: str) -> None:
    """Let a subject be posted anew: its post is not there any more."""
    row = {"collaborative_id": collaborative_id, "subject": subject, "channel": channel}
    db.execute(delete(posts).filter_by(**row))
