"""A person goes everywhere, also with other people's buttons and windows; what they see is kept by place."""

import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any
from urllib.request import urlopen

from handlers.slack.action_ids import CHART_WINDOW
from playground.client import Person
from playground.control_calls import Refusal
from playground.element_state import walk as elements_of
from tests.handlers.stage import Stage

JSON = dict[str, Any]
PLACES = ("card", "thread", "direct message", "answer", "window", "Home", "digest", "export")
WORDS = (
    "",
    "report",
    "pdsa",
    "chart",
    "chart cedar",
    "chart elm",
    "chart all",
    "form",
    "aim",
    "timeline",
    "help",
)
OF_A_CALL = {
    "views.publish": "Home",
    "views.open": "window",
    "views.push": "window",
    "views.update": "window",
}
AT_ONCE = 40  # blocks of a message that holds other people's buttons


class Settling(ThreadPoolExecutor):
    """Bolt's listeners, which can be waited for."""

    def __init__(self) -> None:
        super().__init__(8)
        self._begun: list[Future[Any]] = []

    def submit(self, *args: Any, **more: Any) -> Future[Any]:
        self._begun.append(super().submit(*args, **more))
        return self._begun[-1]

    def settle(self) -> None:
        while self._begun:
            wait([self._begun.pop()])


class NoPicture:
    """Draws one white dot: pictures are judged by their words, and hundreds of them would take minutes."""

    def draw(self, function: str, spec: object) -> bytes:  # noqa: ARG002 - as who draws is called
        return DOT


DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100181bd9cc0000000049454e44ae426082"
)


@dataclass
class Walk:
    """All that anybody was shown so far, and the buttons and windows in it."""

    stage: Stage
    listeners: Settling
    seen: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(str)))
    buttons: dict[str, JSON] = field(default_factory=dict)
    windows: dict[str, JSON] = field(default_factory=dict)
    elsewhere: str = ""  # a channel that all are in
    steps: int = 0
    read_until: int = 0
    trigger: str = ""

    def everywhere(self, names: Iterable[str]) -> None:
        """Each person types and opens what there is; then each tries what any of them was offered."""
        names = tuple(names)
        self.elsewhere = self.stage.slack.add_channel("all", [self.stage.cast.slack[name] for name in names])
        self._news()
        for name in names:
            self._own_way(name)
        self._deliver()
        for name in names:
            self._screen(name)
        tried: dict[str, set[str]] = defaultdict(set)
        while any(tried[name] < {*self.buttons, *self.windows} for name in names):
            for name in names:
                self._others_way(name, tried[name])
        self._deliver()
        for name in names:
            self._screen(name)
            self._files(name)

    def _own_way(self, name: str) -> None:
        person = self.stage.person(name)
        for words in WORDS:
            self._do(person, "command", channel=self.elsewhere, text=f"/momentum {words}")
        self._do(person, "open_home")
        for words in ("digest", "export"):
            before = self._direct(person)
            self._do(person, "command", channel=self.elsewhere, text=f"/momentum {words}")
            self._deliver()
            self.seen[name][words] += self._direct(person).removeprefix(before)

    def _others_way(self, name: str, tried: set[str]) -> None:
        person = self.stage.person(name)
        new = {key: button for key, button in self.buttons.items() if key not in tried}
        windows = {key: window for key, window in self.windows.items() if key not in tried}
        tried |= {*new, *windows}
        everything = list(new.values())
        for first in range(0, len(everything), AT_ONCE):
            self._press_all(person, everything[first : first + AT_ONCE])
        for window in windows.values():
            self._use(person, window)

    def _press_all(self, person: Person, buttons: list[JSON]) -> None:
        """Press other people's buttons, in a message of our own to the person."""
        numbered = [(f"b{at}", one) for at, one in enumerate(buttons)]
        rows = [{"type": "actions", "block_id": at, "elements": [one]} for at, one in numbered]
        posted = self.stage.slack_client.chat_postMessage(channel=person.id, text="all", blocks=rows)
        for at, one in numbered:
            place = {"channel": posted["channel"], "ts": posted["ts"], "block_id": at}
            windows = len(self.seen[person.name]["window"])
            self._do(person, "press", **place, action_id=one["action_id"])
            if len(self.seen[person.name]["window"]) > windows:
                self._close(person)

    def _use(self, person: Person, window: JSON) -> None:
        """Send other people's window, or press what is in it, opened for the person."""
        if "submit" in window:
            self._do(person, "submit", view=self._opened(person, window)["id"])
            self._close(person)
            return
        for at, (_, element) in enumerate(elements_of(window["blocks"])):
            if element["type"] == "button":
                view = self._opened(person, window)
                block, _ = list(elements_of(view["blocks"]))[at]
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                self._do(person, "press", view=view["id"], **ids)
                self._close(person)

    def _opened(self, person: Person, window: JSON) -> JSON:
        self._do(person, "command", channel=self.elsewhere, text="/momentum help")
        opened = self.stage.slack_client.views_open(trigger_id=self.trigger, view=window)
        self._news()  # it was us who opened it
        view: JSON = opened["view"]
        return view

    def _close(self, person: Person) -> None:
        while modals := person.modals:
            self.stage.slack.gesture(person.id, "close", view=modals[-1].id, all=True)

    def _do(self, person: Person, what: str, **more: Any) -> None:
        """Do it, and keep what the app answered."""
        self.steps += 1
        if self.steps % AT_ONCE == 0:
            self.stage.slack.advance(2 * AT_ONCE)  # nobody hurries
        try:
            self.stage.slack.gesture(person.id, what, **more)
        except Refusal:  # it went away with the step before
            return
        self.listeners.settle()
        for entry in self._news():
            if entry["kind"] == "api":
                shown = entry["arguments"]
                place = OF_A_CALL.get(entry["method"], "answer")
                self._keep(person.name, place, shown)
            elif entry["kind"] == "ack":
                self._keep(person.name, "answer", entry)

    def _deliver(self) -> None:
        """Have all messages go out; nobody in particular sees that they do."""
        self.stage.deliver()
        self._news()

    def _news(self) -> list[JSON]:
        """What came and went since the last step."""
        news = self.stage.slack.journal(since=self.read_until)
        self.read_until = news[-1]["n"] if news else self.read_until
        payloads = (entry.get("payload") or {} for entry in news)
        triggers = [each["trigger_id"] for each in payloads if "trigger_id" in each]
        self.trigger = next(iter(triggers), self.trigger)
        return news

    def _screen(self, name: str) -> None:
        """What stands in the channels a person is in, and in their direct messages."""
        person = self.stage.person(name)
        for message in person.messages(self.stage.channel):
            self._keep(name, "answer" if message.ephemeral else "card", message.raw)
            for reply in message.thread:
                self._keep(name, "thread", reply.raw)
        for message in person.messages(self.elsewhere):
            self._keep(name, "answer", message.raw)
        self.seen[name]["direct message"] += self._direct(person)
        for message in person.messages("Momentum"):
            self._harvest(message.raw)

    def _direct(self, person: Person) -> str:
        return "".join(json.dumps(one.raw) for one in person.messages("Momentum"))

    def _files(self, name: str) -> None:
        """What the files hold that came in direct messages."""
        for message in self.stage.person(name).messages("Momentum"):
            for file in message.files:
                with urlopen(file["url"]) as answer:  # noqa: S310 - the playground's own address
                    content = answer.read()
                self.seen[name]["export"] += "".join(_texts(content))

    def _keep(self, name: str, place: str, shown: JSON) -> None:
        self.seen[name][place] += json.dumps(shown)
        self._harvest(shown)

    def _harvest(self, shown: JSON) -> None:
        """Keep each button and window once, whoever it was meant for."""
        view = shown.get("view") or (shown.get("payload") or {}).get("view")
        view = json.loads(view) if isinstance(view, str) else view
        if view and view["type"] == "modal" and view.get("callback_id") != CHART_WINDOW:
            kept = {key: view[key] for key in WINDOW if view.get(key)}
            kept["blocks"] = [block for block in kept["blocks"] if block["type"] != "image"]  # another's file
            self.windows.setdefault(_key(kept), _blank(kept))
        blocks = (view or shown).get("blocks") or []
        blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
        for _, element in elements_of(blocks):
            if element["type"] == "button" and "url" not in element:
                self.buttons.setdefault(_key(element), _blank(element))


WINDOW = ("type", "title", "blocks", "submit", "close", "callback_id", "private_metadata")


def _key(kept: JSON) -> str:
    """By what it does and of which object, not by how it reads."""
    if "blocks" not in kept:
        return f"{kept['action_id']} {kept.get('value')}"
    offers = sorted({element["action_id"] for _, element in elements_of(kept["blocks"])})
    return f"{kept.get('title')} {kept.get('callback_id')} {kept.get('private_metadata')} {offers}"


def _blank(kept: JSON) -> JSON:
    """Without the words by which we know who saw what."""
    blank: JSON = json.loads(re.sub(r"zq\w+", "words", json.dumps(kept)))
    return blank


def _texts(content: bytes) -> Iterator[str]:
    """The text of a file: of a workbook, of all its parts."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            yield from (parts.read(name).decode(errors="replace") for name in parts.namelist())
    else:
        yield content.decode(errors="replace")


Seen = Mapping[str, Mapping[str, str]]
