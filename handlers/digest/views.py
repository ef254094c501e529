"""The digest's message and the modal with all of one part: what Slack takes, and a button to the rest."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.slack.action_ids import DIGEST_MORE
from handlers.slack.blocks import (
    MESSAGE_ROOM,
    MOST_BLOCKS,
    MOST_IN_MODAL,
    SECTION_LIMIT,
    Block,
    TextAndBlocks,
    View,
    actions,
    button,
    context,
    header,
    modal,
    room_of,
    section,
    sections,
)
from handlers.slack.ids import packed
from handlers.slack.parts import MOST_LINES, PAGE, Line, Part
from handlers.slack.words import escape, safe_name, short_day, spoken

MOST_NEWS = 600  # characters of what stands above all parts
NOTHING_DUE = "Nothing is waiting for you this week."


@dataclass(frozen=True)
class Digest:
    """All parts in order, each under the name its button carries."""

    collaborative_id: int
    name: str  # of the collaborative
    on: date
    parts: tuple[tuple[str, Part], ...]


def digest_message(digest: Digest) -> TextAndBlocks:
    """Build the digest as its text and its blocks; in a quiet week one line, and a button to the rest."""
    parts = [part for _, part in digest.parts]
    if not any(part.is_news for part in parts):
        text = spoken(" ".join([NOTHING_DUE, *(part.summary for part in parts)]))
        everything = button("Show all", f"{DIGEST_MORE}:all", _place(digest, "", 0))
        return text, [section(text[:SECTION_LIMIT]), *([actions(everything)] if parts else [])]
    headline = f"Your digest, {short_day(digest.on)}"
    summaries = " ".join(part.summary for part in parts)
    top = [header(headline), context(safe_name(digest.name)), *sections([_news(parts)])]
    return spoken(f"{headline}. {summaries}"), [
        *top,
        *_fitting(digest, MOST_BLOCKS - len(top), MESSAGE_ROOM - room_of(top)),
    ]


def whole_view(digest: Digest) -> View:
    """Build the modal with all parts: what the one line of a quiet week leaves out."""
    plain = [(key, replace(part, lines=_without_charts(part.lines))) for key, part in digest.parts]
    return modal("Digest", _fitting(replace(digest, parts=tuple(plain)), MOST_IN_MODAL), close="Close")


def part_view(digest: Digest, start: int) -> View:
    """Build the modal with the lines of the digest's one part, a page of them."""
    key, part = digest.parts[0]
    blocks = _lines(_without_charts(part.lines[start : start + PAGE]))
    turns = [
        button(words, f"{DIGEST_MORE}:{way}", _place(digest, key, at))
        for way, words, at in (("back", "Earlier ones", start - PAGE), ("on", "More", start + PAGE))
        if 0 <= at < len(part.lines)
    ]
    blocks += [actions(*turns)] if turns else []
    return modal("Digest", [section(f"*{escape(part.title)}*"), *blocks], close="Close")


def _news(parts: Sequence[Part]) -> str:
    """What matters, in the first line: the news of several parts, as many as stay short."""
    news = [part.summary for part in parts if part.is_news]
    news_line = ""
    for summary in news if len(news) > 1 else []:
        if len(news_line) + len(summary) < MOST_NEWS:
            news_line = f"{news_line} {summary}".strip()
    return news_line


def _fitting(digest: Digest, most_blocks: int, room: float = math.inf) -> list[Block]:
    """The parts with as many lines each as there is room for; the last parts go when none would do."""
    for most in range(MOST_LINES, -1, -1):
        blocks = [block for key, part in digest.parts for block in _part(digest, key, part, most)]
        if len(blocks) <= most_blocks and room_of(blocks) <= room:
            return blocks
    left_out = context("There is more than a message holds: the buttons show the rest.")
    while len(blocks) >= most_blocks or room_of([*blocks, left_out]) > room:
        blocks.pop()
    return [*blocks, left_out]


def _part(digest: Digest, key: str, part: Part, most: int) -> list[Block]:
    shown = part.lines[: min(most, part.most)]
    hidden = len(part.lines) - len(shown)
    lead = [context(part.lead)] if part.lead else []
    blocks = [{"type": "divider"}, section(f"*{escape(part.title)}*"), *lead, *_lines(shown)]
    foot = list(part.foot)
    if hidden:
        words = f"and {hidden} more" if shown else ("Show it" if hidden == 1 else f"Show all {hidden}")
        foot.insert(0, button(words, f"{DIGEST_MORE}:on", _place(digest, key, 0)))
    return [*blocks, actions(*foot)] if foot else blocks


def _lines(lines: Sequence[Line]) -> list[Block]:
    """Lines with nothing to press share a section; each other has its own."""
    blocks: list[Block] = []
    words: list[str] = []
    for line in lines:
        if line.buttons or line.chart:
            blocks += [*sections(words), *line.blocks()]
            words = []
        else:
            words.append(line.words)
    return [*blocks, *sections(words)]


def _without_charts(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(replace(line, chart=None) for line in lines)


def _place(digest: Digest, key: str, start: int) -> str:
    """The button for more carries the collaborative, the part ("": all), and the line to start from."""
    return packed(digest.collaborative_id, key, start)
