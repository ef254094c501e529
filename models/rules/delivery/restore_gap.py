"""What a database that was put back from a copy cannot know: whether messages due meanwhile are out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Gap:
    """From the moment a copy was taken until the moment it was put back."""

    taken_at: datetime
    restored_at: datetime


def gap_of(due_at: datetime, gaps: Iterable[Gap]) -> Gap | None:
    """Return the time in which a message due at `due_at` may have gone out unknown to us, None for none.

    Also one due before the copy was taken, that still waited then, may have gone out since.
    """
    unknown = [gap for gap in gaps if due_at <= gap.restored_at]
    if not unknown:
        return None
    return Gap(min(gap.taken_at for gap in unknown), max(gap.restored_at for gap in unknown))
