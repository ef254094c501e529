"""What a person reads on a screen: messages, modals and the home tab, found by what is written on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playground import element_state

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON = dict[str, Any]
_WRITTEN = (
    "text", "title", "subtitle", "body", "label", "fields", "hint", "description", "caption", "elements",
    "accessory", "element", "actions", "child_blocks", "rows", "options", "option_groups",
    "author_name", "value",
)  # fmt: skip
_TEXTS = {"plain_text", "mrkdwn", "raw_text", "raw_number", "text", "markdown"}


class NotThere(AssertionError):  # noqa: N818 - a failed expectation
    """What a test wants to use or read is not on the screen; the message shows the screen."""


def words(value: Any) -> Iterator[str]:
    """Every visible text in blocks, in reading order; alt texts are not visible."""
    if isinstance(value, list):
        for one in value:
            yield from words(one)
    elif isinstance(value, dict):
        for key in _WRITTEN:
            inner = value.get(key)
            if isinstance(inner, str) and (key not in ("value", "text") or value.get("type") in _TEXTS):
                yield inner
            elif isinstance(inner, int | float) and value.get("type") == "raw_number":
                yield str(inner)
            elif isinstance(inner, list | dict):
                yield from words(inner)


def label(block: JSON, element: JSON) -> str:
    """What a person calls an element: its label, its own text, its placeholder, or the text beside it."""
    for source in (block.get("label"), element.get("text"), element.get("placeholder"), block.get("text")):
        if isinstance(source, dict):
            return str(source["text"])
    return str(element["action_id"])


class ShownBlocks:
    """Blocks on a screen, and how a gesture names where they stand."""

    def __init__(self, raw: JSON, place: JSON) -> None:
        self.raw = raw
        self.place = place

    @property
    def blocks(self) -> list[JSON]:
        blocks: list[JSON] = self.raw["blocks"]
        return blocks

    @property
    def all_text(self) -> str:
        """Every visible text in the blocks, a line each."""
        return "\n".join(words(self.blocks))

    @property
    def images(self) -> list[JSON]:
        """The image blocks and elements: alt_text, and image_url, or in not_shown why it cannot be seen."""
        return list(_images(self.blocks))

    @property
    def buttons(self) -> list[str]:
        """What is written on the buttons."""
        return [label(b, e) for b, e in element_state.walk(self.blocks) if e["type"] == "button"]

    def find(self, name: str) -> tuple[JSON, JSON] | None:
        """The block and element called `name`: by label, text, action_id or block_id."""
        found = list(element_state.walk(self.blocks))
        for block, element in found:
            if name in (label(block, element), element["action_id"], block["block_id"]):
                return block, element
        return next((one for one in found if _beside(one[0], one[1], name)), None)


def _beside(block: JSON, element: JSON, name: str) -> bool:
    said = [*words(block.get("text") or {}), *words(element.get("text") or {})]
    return any(name in one for one in said) or any(name == one for one in words(element.get("options") or []))


def _images(value: Any) -> Iterator[JSON]:
    if isinstance(value, list):
        for one in value:
            yield from _images(one)
    elif isinstance(value, dict):
        if value.get("type") == "image" and "alt_text" in value:
            yield value
        for one in value.values():
            yield from _images(one)


class Message(ShownBlocks):
    """One message on a person's screen."""

    def __init__(self, raw: JSON, channel: str, replies: list[Message] | None = None) -> None:
        super().__init__(raw, {"channel": channel, "ts": raw["ts"]})
        self.channel = channel
        self.ts: str = raw["ts"]
        self.user: str = raw["user"]
        self.text: str = raw["text"]
        self.ephemeral: bool = raw["ephemeral"]
        self.edited: bool = raw["edited"]
        self.files: list[JSON] = raw["files"]
        self.thread: list[Message] = replies or []

    @property
    def all_text(self) -> str:
        """Every visible text: the blocks, or the plain text when there are none."""
        return "\n".join(words(self.blocks)) if self.blocks else self.text

    def __str__(self) -> str:
        head = f"    {self.raw['username']}{' (only you)' if self.ephemeral else ''}: "
        lines = self.all_text.splitlines() or [""]
        return "\n".join(
            [head + lines[0], *(f"      {line}" for line in lines[1:]), *map(_indented, self.thread)]
        )


def _indented(message: Message) -> str:
    return "\n".join(f"    {line}" for line in str(message).splitlines())


@dataclass(frozen=True)
class Input:
    """An input of a form: what it holds, and whether it may stay empty."""

    label: str
    value: Any
    optional: bool
    hint: str
    element: JSON


class Modal(ShownBlocks):
    """A modal, or the home tab."""

    def __init__(self, raw: JSON, place: JSON | None = None) -> None:
        super().__init__(raw, place or {"view": raw["id"]})
        self.id: str = raw["id"]
        self.busy: bool = raw["busy"]
        self.trouble: str | None = raw["trouble"]
        self.title: str = (raw["title"] or {}).get("text", "")
        self.submit: str | None = (raw["submit"] or {}).get("text")

    @property
    def inputs(self) -> dict[str, Input]:
        """The inputs by label; `value` is text, the text of the option chosen, an id, a list, or None."""
        return {one.label: one for one in map(self._input, self._input_blocks())}

    @property
    def errors(self) -> dict[str, str]:
        """The sentences below inputs, by label."""
        names = {block["block_id"]: block["label"]["text"] for block in self._input_blocks()}
        return {names.get(block_id, block_id): text for block_id, text in self.raw["errors"].items()}

    def _input_blocks(self) -> list[JSON]:
        return [block for block in self.blocks if block["type"] == "input"]

    def _input(self, block: JSON) -> Input:
        element, optional = block["element"], bool(block.get("optional"))
        state = self.raw["values"][block["block_id"]][element["action_id"]]
        hint = (block.get("hint") or {}).get("text", "")
        return Input(block["label"]["text"], _readable(element_state.content(state)), optional, hint, element)

    def __str__(self) -> str:
        filled = [f"      {name}: {one.value!r}" for name, one in self.inputs.items()]
        wrong = [f"      ! {name}: {text}" for name, text in self.errors.items()]
        said = [f"      {line}" for line in self.all_text.splitlines()]
        trouble = [f"      ! {self.trouble}"] if self.trouble else []
        return "\n".join([f"    [{self.title or 'Home'}]", *said, *filled, *wrong, *trouble])


class Home(Modal):
    """The home tab of the app."""

    def __init__(self, raw: JSON) -> None:
        super().__init__(raw, {"home": True})


def _readable(held: Any) -> Any:
    if isinstance(held, list):
        return [_readable(one) for one in held]
    return held["text"]["text"] if isinstance(held, dict) and "text" in held else held


class Screen:
    """A whole screen; `str()` of it tells a failing test what there was to see."""

    def __init__(self, raw: JSON) -> None:
        self.raw = raw
        self.modals = [Modal(one) for one in raw["views"]]
        self.home = None if raw["home"] is None else Home(raw["home"])
        self.notices: list[str] = [one["text"] for one in raw["notices"]]

    def person(self, who: str) -> JSON:
        """Somebody by name, real name or id.

        Raises:
            NotThere: nobody is called so.
        """
        people: list[JSON] = self.raw["people"]
        for one in people:
            if who in (one["id"], one["name"], one["real_name"]) or who.lower() == one["name"]:
                return one
        raise NotThere(f"Nobody here is called {who}.")

    def channel_id(self, name: str) -> str | None:
        """The id of a channel by #name or id, or of the direct message with a person by name or id."""
        people = {
            one["id"] for one in self.raw["people"] if name in (one["id"], one["name"], one["real_name"])
        }
        for one in self.raw["channels"]:
            if name == one["id"] or (one["kind"] != "im" and name.removeprefix("#") == one["name"]):
                return str(one["id"])
            if one.get("person") in people:
                return str(one["id"])
        return None

    def messages(self, channel_id: str) -> list[Message]:
        """The channel's messages, threads below their parents, oldest first."""
        raw = self.raw["messages"].get(channel_id, [])
        threads: dict[str, list[Message]] = {}
        parents = {one["ts"] for one in raw}
        for one in raw:
            if one["thread_ts"] in parents - {one["ts"]}:
                threads.setdefault(one["thread_ts"], []).append(Message(one, channel_id))
        replies = {each.ts for thread in threads.values() for each in thread if each.raw["subtype"] is None}
        return [Message(one, channel_id, threads.get(one["ts"])) for one in raw if one["ts"] not in replies]

    def __str__(self) -> str:
        parts = [f"The screen of {self.raw['person']['real_name']}"]
        for one in self.raw["channels"]:
            said = self.messages(one["id"])
            if said:
                parts += [f"  #{one['name'] or one.get('person')}", *map(str, said)]
        parts += ["  open modals", *map(str, self.modals)] if self.modals else []
        parts += [f"  notice: {text}" for text in self.notices]
        return "\n".join([*parts, *(["  home tab", str(self.home)] if self.home else [])])
