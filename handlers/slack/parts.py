"""What a feature contributes to a digest: a titled part of lines, each with what can be done about it."""

from dataclasses import dataclass

from handlers.slack.blocks import Block, ChartImage, actions, section, sections

PAGE = 40  # lines of a modal; each takes two blocks at most, and Slack takes 100
MOST_LINES = 5  # of one part, the rest is behind a button


@dataclass(frozen=True)
class Line:
    """One thing to know, with what can be done about it; `words` are escaped."""

    words: str
    buttons: tuple[Block, ...] = ()
    chart: ChartImage | None = None

    def blocks(self) -> list[Block]:
        shown = [] if self.chart is None else [_untitled(self.chart)]
        if not self.words:
            return [*shown, actions(*self.buttons)] if self.buttons else shown
        if len(self.buttons) == 1:
            return [section(self.words, self.buttons[0]), *shown]
        below = [actions(*self.buttons)] if self.buttons else []
        return [*sections([self.words]), *shown, *below]


@dataclass(frozen=True)
class Part:
    """One part of a digest, as a feature contributes it."""

    title: str
    summary: str  # as it is said aloud, escaped, without anything a person wrote freely: "2 reports wait"
    lines: tuple[Line, ...]
    is_news: bool = True  # worth a message, where the rest goes without saying
    lead: str = ""  # a small line below the title, escaped
    most: int = MOST_LINES  # lines shown before one has to ask
    foot: tuple[Block, ...] = ()  # buttons below all lines


def _untitled(chart: ChartImage) -> Block:
    """The picture alone: the words above it say whose it is and what it shows."""
    return {name: value for name, value in chart.block().items() if name != "title"}
