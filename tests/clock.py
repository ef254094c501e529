"""A clock that stands still until it is told."""

from datetime import UTC, date, datetime, timedelta

T0 = datetime(2026, 7, 6, 15, 0, tzinfo=UTC)  # a Monday; the June reports are due on Friday


def on(day: date) -> datetime:
    """That hour of another day."""
    return datetime.combine(day, T0.timetz())


class FrozenClock:
    def __init__(self, moment: datetime = T0) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, **step: float) -> datetime:
        """Move on by a timedelta's arguments: days=1, hours=2."""
        self.moment += timedelta(**step)
        return self.moment
