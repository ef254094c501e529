"""Asks a person who presses without pause, or a script that does it for them, to wait: others come first."""

from datetime import datetime, timedelta

from models.errors import DomainError

EACH, AT_ONCE = timedelta(seconds=1), timedelta(seconds=60)  # a step a second, and sixty of them at once
MOST_PEOPLE = 10_000  # remembered, until those who paused are forgotten
HURRIED = "That was a lot at once. Please wait a minute, then go on. What you sent before is kept."

Presser = tuple[str | None, str | None]  # the Slack ids of the workspace and of the person in it


class RateLimit:
    """How far ahead of a step a second each person is: a token bucket, kept as the time when it is full."""

    def __init__(self) -> None:
        self._full_at: dict[Presser, datetime] = {}

    def take(self, who: Presser, now: datetime) -> None:
        """Count a step. Raises DomainError, in words, when the person is too far ahead."""
        ahead = self._full_at.get(who, now) - now
        if not timedelta() <= ahead <= AT_ONCE:
            ahead = timedelta()  # they paused, or the clock was set back
        if ahead + EACH > AT_ONCE:
            raise DomainError(HURRIED)
        self._full_at[who] = now + ahead + EACH
        if len(self._full_at) > MOST_PEOPLE:
            self._full_at = {one: full_at for one, full_at in self._full_at.copy().items() if full_at > now}
