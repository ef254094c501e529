"""Where a message goes: the post it edits, the thread it belongs to, a channel; and what may be there."""

from dataclasses import dataclass, field
from datetime import datetime

from models.database import Connection
from models.rules.delivery.pictures import Shown
from models.rules.delivery.verdicts import Claimed, PerhapsShown, Verdict
from models.services.delivery import following, posts
from models.services.delivery.posts import Post
from models.services.delivery.related_rows import behind_earlier, perhaps_shown, without_parent


@dataclass(frozen=True)
class Target:
    """Where a row goes: over the post it edits, below the one it answers, or neither."""

    edits: Post | None
    thread: Post | None
    shown: Shown = field(default_factory=dict)  # of what it edits, and below that
    perhaps: PerhapsShown | None = None  # in place of what it would make


def place_of(db: Connection, row: Claimed, now: datetime) -> Target | Verdict:
    """Return where a row goes, or what becomes of it while others are in its way."""
    if row.subject and (waits := behind_earlier(db, row, now)):
        return waits
    edits = posts.find(db, row.collaborative_id, row.subject, row.channel) if row.subject else None
    if edits:
        return Target(edits, None, following.shown(db, row))
    perhaps = perhaps_shown(db, row) if row.subject else None
    if not row.thread_subject:
        return Target(None, None, perhaps=perhaps)
    thread = posts.find(db, row.collaborative_id, row.thread_subject, row.channel)
    return Target(None, thread, perhaps=perhaps) if thread else without_parent(db, row, now)
