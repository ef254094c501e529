"""The one place that asks the machine what time it is."""

from datetime import UTC, datetime


class SystemClock:
    """The clock of the running program; tests and the demo hand in their own."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        return datetime.now(tz=UTC)
