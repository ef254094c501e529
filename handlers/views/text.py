"""Words as Slack takes them: text made safe, days and moments said, and the smallest blocks."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

Block = dict[str, Any]
View = dict[str, Any]

SECTION_LIMIT = 3000  # characters of a section's text (Slack: Section block)
SPOKEN_LIMIT = 3700  # characters of a message's text; Slack parts longer ones from about 4,000 on
ALERT_LIMIT = 200  # characters of an alert's text (Slack: Alert block)

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
    whole_words = cut.rsplit(None, 1)[0] if " " in cut[-40:] else cut
    return f"{whole_words.rstrip()}…"


def escape_to_fit(text: str, limit: int) -> str:
    """Escape, and shorten so that the escaped text fits: an entity is never cut in two."""
    room = limit
    escaped = escape(text)
    while len(escaped) > limit:
        room -= len(escaped) - limit
        escaped = escape(clip(text, max(room, 1)))
    return escaped


def spoken(escaped: str) -> str:
    """Shorten a message's text, already escaped, to what Slack takes as one; cut no entity in two."""
    if len(escaped) <= SPOKEN_LIMIT:
        return escaped
    return f"{_CUT_ENTITY.sub('', escaped[: SPOKEN_LIMIT - 1])}…"


def plain(text: str, limit: int = SECTION_LIMIT) -> Block:
    """A plain_text object: Slack reads no markup in it."""
    return {"type": "plain_text", "text": clip(text, limit), "emoji": False}


def mrkdwn(text: str) -> Block:
    """A mrkdwn object of text already escaped; `verbatim` keeps Slack from making links of names and URLs."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Block:
    """A heading; Slack shows it as plain text."""
    return {"type": "header", "text": plain(text, 150)}


def section(text: str, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A section of text already escaped."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    if block_id is not None:
        block["block_id"] = block_id
    return block


def context(text: str) -> Block:
    """A small line of text already escaped."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def alert(text: str, level: str = "warning") -> Block:
    """A remark inside a modal; level is one of default, info, warning, error and success."""
    return {"type": "alert", "text": plain(text, ALERT_LIMIT), "level": level}


def actions(*buttons: Block) -> Block:
    """Buttons side by side."""
    return {"type": "actions", "elements": list(buttons)}


def button(text: str, action_id: str, value: str = "", *, primary: bool = False) -> Block:
    """A button; `value` comes back with the press, as a hint."""
    block: Block = {"type": "button", "text": plain(text, 75), "action_id": action_id}
    if value:
        block["value"] = value
    if primary:
        block["style"] = "primary"
    return block


def option(text: str, value: str) -> Block:
    """One choice of a list."""
    return {"text": plain(text, 75), "value": value}


def sections(lines: Sequence[str]) -> list[Block]:
    """Lay lines of escaped text into as few sections as hold them."""
    return [section(text) for text in _packed(lines)]


def _packed(lines: Sequence[str]) -> Iterator[str]:
    held = ""
    for line in lines:
        if held and len(held) + 1 + len(line) > SECTION_LIMIT:
            yield held
            held = ""
        held = f"{held}\n{line}" if held else line
    if held:
        yield held


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
    said = near_day(of, today)
    return said if said.isalpha() else f"on {said}"


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


def modal(title: str, blocks: list[Block], **parts: Any) -> View:
    """A modal of blocks; `parts` are callback_id, private_metadata, submit and close as Slack names them."""
    view: View = {"type": "modal", "title": plain(title, 24), "blocks": blocks}
    for name in ("submit", "close"):
        if name in parts:
            view[name] = plain(parts.pop(name), 24)
    return view | parts
