"""What a composer hands to delivery: words, blocks and the pictures still to be drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.database import Connection

TEXT_LIMIT = 3_800  # Slack splits a longer text into several messages


@dataclass(frozen=True)
class Picture:
    """A picture for the image block with this `block_id`; delivery draws, uploads and fills it in.

    `draw` names the function "package.module:function" that makes PNG bytes of `spec` in a child process, so
    `spec` must be picklable. If it cannot be drawn or uploaded, the block is taken out and the words go.
    """

    block_id: str
    spec: object
    draw: str
    filename: str
    alt_text: str  # at most 1,000 characters


@dataclass(frozen=True)
class Outgoing:
    """A message as people will see it: `text` is what a notification and a screen reader say.

    An edit shows only pictures its post shows already: others follow in the thread, unless nobody needs them.
    Urgent words, which somebody waits for, go without a picture that takes long, and it follows, too.
    """

    text: str
    blocks: list[dict[str, Any]]
    pictures: tuple[Picture, ...] = ()
    new_ones_follow: bool = True
    is_urgent: bool = True


RowArgs = Mapping[str, Any]
"""The ids a row names what it speaks of by, as JSON keeps them."""

Compose = Callable[[Connection, RowArgs, datetime], Outgoing | None]
"""(db, the row's args, now) -> the message, or None when it is no longer true and must not go out."""
