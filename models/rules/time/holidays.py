"""The public holidays of a country or one of its parts, named "US" or "US-NY"."""

from collections.abc import Container
from datetime import date
from functools import cache

NONE: Container[date] = frozenset()


def free_days(place: str) -> Container[date]:
    """The holidays of a place, substitute days included; none for "". Raises KeyError for one not known."""
    return _free_days(place) if place else NONE


def is_place(place: str) -> bool:
    """Whether the holidays of a place are known."""
    country, _, part = place.partition("-")
    known = places()
    return country in known and (not part or part in known[country])


@cache
def places() -> dict[str, list[str]]:
    """The countries whose holidays are known, each with its parts, by their ISO 3166 codes."""
    import holidays  # noqa: PLC0415 - only a collaborative that names a country needs it: the bot starts without

    return holidays.list_supported_countries()


@cache
def _free_days(place: str) -> Container[date]:
    import holidays  # noqa: PLC0415 - see places

    if not is_place(place):
        raise KeyError(place)
    country, _, part = place.partition("-")
    return holidays.country_holidays(country, subdiv=part or None)
