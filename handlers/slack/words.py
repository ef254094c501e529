"""Words made safe for Slack, and numbers, days, moments and lists said aloud."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from models.rules.collaborative.period import ReportingPeriod

_BARS = 20  # squares; more are hard to take in
LONGEST_NAME, SHORT_NAME, MOST_NAMES = 200, 60, 20
SPOKEN_LIMIT = 3700  # characters of a message's text; Slack parts longer ones from about 4,000 on
_CUT_ENTITY = re.compile(r"&[a-z]*$")


def escape(text: str) -> str:
    """Make what people wrote plain text to Slack: no mention, no link, no date can come of it.

    Source: Slack, "Formatting message text": &, < and > are the only characters to escape.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """Shorten at a word's end so that no more than `limit` characters are left, the ellipsis counted."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    whole_words = cut.rpartition(" ")[0] if " " in cut[-40:] else cut
    return f"{whole_words.rstrip()}…"


def escape_to_fit(text: str, limit: int) -> str:
    """Escape, and shorten so that the escaped text fits: an entity is never cut in two."""
    room = limit
    escaped = escape(text)
    while len(escaped) > limit:
        room -= len(escaped) - limit
        escaped = escape(clip(text, max(room, 1)))
    return escaped


def safe_name(name: str) -> str:
    """A name a person wrote, escaped: whole as the collaborative's file takes it, unless it is all signs."""
    return escape_to_fit(name, LONGEST_NAME)


def short_name(name: str) -> str:
    """A name among many."""
    return escape_to_fit(name, SHORT_NAME)


def short_names(names: Iterable[str]) -> str:
    """Names among many, and how many more there are: "Birch, Cedar and 3 more"."""
    return first_ones([short_name(name) for name in names])


def first_ones(words: Sequence[str]) -> str:
    """The first of many and how many more there are; nothing is escaped here."""
    more = len(words) - MOST_NAMES
    return listed([*words[:MOST_NAMES], *([f"{more} more"] if more > 0 else [])])


def spoken(escaped: str) -> str:
    """Shorten a message's text, already escaped, to what Slack takes as one; cut no entity in two."""
    if len(escaped) <= SPOKEN_LIMIT:
        return escaped
    return f"{_CUT_ENTITY.sub('', escaped[: SPOKEN_LIMIT - 1])}…"


def day(of: date) -> str:
    """Say a day: "Tuesday 10 November"."""
    return f"{of:%A} {of.day} {of:%B}"


def short_day(of: date) -> str:
    """Say a day in a line of text: "3 Nov"."""
    return f"{of.day} {of:%b}"


def near_day(of: date, today: date) -> str:
    """Say a day not long gone: "today", "yesterday", "3 Nov"."""
    return {0: "today", 1: "yesterday"}.get((today - of).days, short_day(of))


def on_day(of: date, today: date) -> str:
    """Say when something was: "today", "yesterday", "on 3 Nov"."""
    words = near_day(of, today)
    return words if words.isalpha() else f"on {words}"


def month_near(of: date, than: date) -> str:
    """Say a month, with its year where that is another than at the moment: "September", "December 2025"."""
    return f"{of:%B}" if of.year == than.year else f"{of:%B %Y}"


def moment(at: datetime, form: str = "{date_short_pretty} at {time}") -> str:
    """A moment each reader sees in their own time zone; in words where Slack cannot show it.

    Slack makes "yesterday at 10:30" or "Nov 3, 2026 at 10:30" of it: no "on" goes before it.
    """
    return f"<!date^{int(at.timestamp())}^{form}|{short_day(at)} {at:%Y, %H:%M} UTC>"


def counted(number: int, noun: str) -> str:
    """Say how many: "1 team", "3 teams"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: Sequence[str]) -> str:
    """Say a list: "Birch, Cedar and Elm"."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def due_words(period: ReportingPeriod, today: date) -> str:
    """Say when a report is due, or was."""
    if not period.is_late(today):
        return f"Due {day(period.due_on)}"
    if period.is_locked(today):
        return f"Was due {day(period.due_on)}; closed on {day(period.locks_on)}"
    return f"Was due {day(period.due_on)}; late reports are welcome until {day(period.locks_on)}"


def headline(here: int, expected: int, period: ReportingPeriod) -> str:
    """Say how many are in: "5 of 8 teams are in for October"."""
    month = f"{period.first_day:%B}"
    if expected and here >= expected:
        return f"Every team is in for {month} ({here} of {expected}), thank you"
    verb = "is" if here == 1 else "are"
    return f"{here} of {counted(expected, 'team')} {verb} in for {month}"


def progress(done: int, of: int) -> str:
    """Draw how far along the month is, one square a team while there are few."""
    squares = min(of, _BARS)
    full = done * squares // of if of else 0
    return "■" * full + "□" * (squares - full)
