"""What a feature brings: its listeners, words, messages, clock jobs, and its parts of what others show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from slack_bolt import App

from handlers.context import Act, ClockJob, Deps
from handlers.delivery.outgoing import Compose, Picture
from handlers.slack.blocks import Block
from handlers.slack.parts import Part
from models.database import Connection
from models.rules.coaching.digest import Reader
from models.rules.home import HomeReader
from models.services.delivery.accounts import OnLeft
from models.services.delivery.results import WhenFailed
from models.services.due import DueSource


@dataclass(frozen=True)
class Word:
    """A word after `/momentum`: what it does, in a sentence, and the listener that does it."""

    does: str
    act: Act


@dataclass(frozen=True)
class DigestSection:
    part: Part
    pictures: tuple[Picture, ...] = ()  # for the charts among the part's lines


Register = Callable[[App, Deps], None]
Section = Callable[[Connection, Reader, datetime], DigestSection | None]
"""(db, who reads, now) -> the section, or None when there is nothing to say to this reader."""
HomePart = Callable[[Connection, HomeReader, datetime], list[Block]]
"""(db, who looks, now) -> blocks of their Home tab; none when there is nothing to show them."""


def listens_to_no_more(_app: App, _deps: Deps) -> None:
    """No command of its own."""


@dataclass(frozen=True, kw_only=True)
class Feature:
    """All of a feature that others ask for; the registry is a list of these and nothing else.

    `presses` go by action id and `events` by their type: acknowledged at once, then done. `sends` go by the
    callback id of a form, which they acknowledge themselves; what takes longer than Slack waits follows in
    `follow_ups`, and after those `at_home` the Home tab is built anew. `register` listens to what else there
    is. `composers` and `when_failed` go by the kind of an outbox row, `words` by the word typed, `sections`
    and `home` by the name that the registry orders them by; `on_left` follows when somebody left Slack.
    """

    presses: Mapping[str, Act] = field(default_factory=dict)
    events: Mapping[str, Act] = field(default_factory=dict)
    sends: Mapping[str, Act] = field(default_factory=dict)
    follow_ups: Mapping[str, Act] = field(default_factory=dict)
    register: Register = listens_to_no_more
    words: Mapping[str, Word] = field(default_factory=dict)
    composers: Mapping[str, Compose] = field(default_factory=dict)
    clock: Mapping[str, ClockJob] = field(default_factory=dict)
    sections: Mapping[str, Section] = field(default_factory=dict)
    home: Mapping[str, HomePart] = field(default_factory=dict)
    at_home: Mapping[str, Act] = field(default_factory=dict)
    due: tuple[DueSource, ...] = ()
    when_failed: Mapping[str, WhenFailed] = field(default_factory=dict)
    on_left: tuple[OnLeft, ...] = ()
