"""Reads the names of time zones, and tells them from other words."""

import zoneinfo

from handlers.files.plan.fields import LONGEST_NAME, Fields
from models.rules.quoting import clipped, suggestion

LIKE = "a place like America/New_York"


def read_time_zone(part: Fields, *, needed: bool = False) -> str:
    """The time zone of a part of the file; "" when it is not given."""
    text = part.text("time zone", LIKE if needed else "", LONGEST_NAME)
    if text and not is_time_zone(text):
        near = suggestion(text.replace(" ", "_"), zoneinfo.available_timezones()) or f" Expected {LIKE}."
        part.refuse("time zone", f"Found {clipped(text)}.{near}")
    return text


def is_time_zone(name: str) -> bool:
    """Whether a name like America/New_York is one the machine knows."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # the last two: names that are paths
        return False
    return True
