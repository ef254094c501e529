"""Words as Slack takes them: text made safe, days and moments said, and the smallest blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.slack.words import clip

Block = dict[str, Any]
View = dict[str, Any]
TextAndBlocks = tuple[str, list[Block]]  # a message: what a screen reader says, and what is seen

SECTION_LIMIT = 3000  # characters of a section's text (Slack: Section block)
MOST_OPTIONS = 100  # in a list, or in each group of one (Slack: Select menu element)
ALERT_LIMIT = 200  # characters of an alert's text (Slack: Alert block)
MOST_BLOCKS = 50  # of a message (Slack: chat.postMessage)
MOST_IN_MODAL = 100
MESSAGE_ROOM = 10_000  # of a message's blocks together: Slack refuses from about 12,000 on (bolt-js#2509)
BLOCK_ROOM = 125  # what a block takes of it beside its words, as people measured it there


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


def select(action_id: str, options: Sequence[Block], chosen: str = "", placeholder: str = "") -> Block:
    """A list to choose from, in groups where it is long; `chosen` is the value it begins with."""
    is_long = len(options) > MOST_OPTIONS
    initial = [each for each in options if each["value"] == chosen]
    return {
        "type": "static_select",
        "action_id": action_id,
        **({"option_groups": grouped(options)} if is_long else {"options": list(options)}),
        **({"placeholder": plain(placeholder)} if placeholder else {}),
        **({"initial_option": initial[0]} if initial else {}),
    }


def sections(lines: Sequence[str]) -> list[Block]:
    """Lay lines of escaped text into as few sections as hold them."""
    return [section(text) for text in _packed(lines)]


def _packed(lines: Sequence[str]) -> Iterator[str]:
    block = ""
    for line in lines:
        if block and len(block) + 1 + len(line) > SECTION_LIMIT:
            yield block
            block = ""
        block = f"{block}\n{line}" if block else line
    if block:
        yield block


def room_of(blocks: Iterable[Block]) -> int:
    """How much of a message's room blocks take: all words that are seen or read out, and what holds them."""
    return sum(BLOCK_ROOM + _characters(block) for block in blocks)


def _characters(part: object, name: str = "") -> int:
    if isinstance(part, str):
        return len(part) if name in {"text", "alt_text"} else 0
    if isinstance(part, dict):
        return sum(_characters(inner, key) for key, inner in part.items())
    return sum(map(_characters, part)) if isinstance(part, list) else 0


def modal(title: str, blocks: list[Block], **parts: Any) -> View:
    """A modal of blocks; `parts` are callback_id, private_metadata, submit and close as Slack names them."""
    view: View = {"type": "modal", "title": plain(title, 24), "blocks": blocks}
    for name in ("submit", "close"):
        if name in parts:
            view[name] = plain(parts.pop(name), 24)
    return view | parts


@dataclass(frozen=True)
class ChartImage:
    """A chart's place in a message or window, filled in when it is drawn: what it shows, for all readers.

    Without a title where the words beside it say the same: in a window it may not show.
    """

    block_id: str
    title: str
    alt_text: str

    def block(self) -> Block:
        """The image block, without its file yet."""
        title = {"title": plain(self.title, 2000)} if self.title else {}
        return {"type": "image", "block_id": self.block_id, **title, "alt_text": self.alt_text}


def grouped(options: Sequence[Block]) -> list[Block]:
    """Part a list of options that is too long for Slack into groups, named by the first of each."""
    starts = range(0, len(options), MOST_OPTIONS)
    return [
        {
            "label": plain(f"Teams from {options[at]['text']['text']}", 75),
            "options": options[at : at + MOST_OPTIONS],
        }
        for at in starts
    ]
