"""Which day it is: the one place that makes a day of a moment, for a day is always some zone's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_of(moment: datetime, time_zone: str) -> date:
    """The day a calendar on the wall shows at an aware moment, in a zone by its IANA name."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
