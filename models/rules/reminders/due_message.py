"""A message that is wanted while a window is open, whatever it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.rules.collaborative.audience import OnlyFor
from models.rules.collaborative.people import Collaborative
from models.rules.reminders.reminders import Ladder
from models.rules.time.working_time import Window


@dataclass(frozen=True)
class Snapshot:
    """A collaborative at a moment: what every source of reminders starts from."""

    collaborative: Collaborative
    ladder: Ladder
    today: date  # where the collaborative is
    now: datetime


@dataclass(frozen=True)
class DueMessage:
    """What `outbox.say` keeps once its window is open."""

    kind: str  # names the composer, which looks again whether it is still true
    about: str  # makes it one of its kind for ever
    args: Mapping[str, int | str]
    to: str  # a Slack channel or a person's Slack id
    window: Window
    post: str = ""  # the one this makes or edits
    good_until: datetime | None = None  # once begun in its window; None: until that closes
    only_for: OnlyFor | None = None  # who alone may read it in a channel

    def is_wanted(self, now: datetime, looked_at: datetime | None) -> bool:
        """Whether it may go now, or nobody looked while it could: before a first look nothing was missed."""
        was_missed = looked_at is not None and looked_at < self.window.opens and self.window.is_over(now)
        return self.window.holds(now) or was_missed

    def expires(self, now: datetime) -> datetime:
        """Until when it may go, when delivery hears of it now."""
        return self.good_until if self.good_until and self.window.holds(now) else self.window.closes
