"""A person in the client: acts by what is written on the screen, reads the screen back."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from playground import element_state
from playground.screen_reading import Home, Message, Modal, NotThere, Screen, ShownBlocks

if TYPE_CHECKING:
    from playground.control_calls import ControlCalls

JSON = dict[str, Any]


class Person:
    """Someone in the workspace; `id` as in Slack."""

    def __init__(self, slack: ControlCalls, person_id: str, name: str) -> None:
        self._slack = slack
        self.id = person_id
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name} {self.id}>"

    def screen(self) -> Screen:
        """All this person sees now."""
        return Screen(self._slack.screen_of(self.id))

    @property
    def modal(self) -> Modal:
        """The modal on top.

        Raises:
            NotThere: none is open.
        """
        screen = self.screen()
        if not screen.modals:
            raise NotThere(f"No modal is open.\n{screen}")
        return screen.modals[-1]

    @property
    def modals(self) -> list[Modal]:
        """The open modals, bottom first."""
        return self.screen().modals

    @property
    def home(self) -> Home:
        """The app's home tab.

        Raises:
            NotThere: the app published none.
        """
        screen = self.screen()
        if screen.home is None:
            raise NotThere(f"The app published no home tab.\n{screen}")
        return screen.home

    @property
    def notices(self) -> list[str]:
        """What Slack itself told this person."""
        return self.screen().notices

    def messages(self, channel: str) -> list[Message]:
        """What is to be read in a channel (or the direct message with a person by name), ephemerals too."""
        screen = self.screen()
        found = screen.channel_id(channel)
        return screen.messages(found) if found is not None else []

    def ephemerals(self, channel: str) -> list[Message]:
        """What only this person sees there."""
        return [one for one in self.messages(channel) if one.ephemeral]

    def command(self, channel: str, text: str) -> bool:
        """Type a slash command; was it acknowledged?"""
        answer = self._do("command", channel=self._channel(channel), text=text)
        return bool(answer["acknowledged"])

    def say(self, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Say something in a channel or to somebody; the message's ts."""
        more = {} if thread_ts is None else {"thread_ts": thread_ts}
        return str(self._do("message", channel=self._channel(channel), text=text, **more)["ts"])

    def press(self, button: str, in_: ShownBlocks | None = None, value: str | None = None) -> bool:
        """Press a button by what is written on it (or its action_id); was it acknowledged?"""
        shown, (block, element) = self._find(button, in_)
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        more = {} if value is None else {"value": _value(element, value)}
        return bool(self._do("press", **shown.place, **ids, **more)["acknowledged"])

    def choose(self, name: str, *wanted: Any, in_: ShownBlocks | None = None) -> bool:
        """Choose options by their text (or value), people by name, channels by #name, dates as YYYY-MM-DD."""
        shown, (block, element) = self._find(name, in_)
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        offered = self._offered(shown, ids, element, wanted)
        values = [self._chosen(element, offered, one) for one in wanted]
        value = values if element["type"] in element_state.MANY else next(iter(values), None)
        return bool(self._do("select", **shown.place, **ids, value=value)["acknowledged"])

    def fill(self, name: str, value: Any, in_: ShownBlocks | None = None) -> None:
        """Write into an input by its label; for a file input a list of (name, bytes)."""
        shown, (block, element) = self._find(name, in_)
        if element["type"] not in element_state.TYPED | {"file_input"}:
            self.choose(name, *(value if isinstance(value, list | tuple) else [value]), in_=shown)
            return
        if element["type"] == "file_input":
            value = [{"name": n, "content_base64": base64.b64encode(c).decode()} for n, c in value]
        elif value is not None and not isinstance(value, dict):
            value = str(value)
        self._do("fill", **shown.place, block_id=block["block_id"], value=value)

    def submit(self) -> JSON:
        """Submit the modal on top: `acknowledged`, `closed`, `errors` by block_id."""
        return self._do("submit", view=self.modal.id)

    def close(self, *, everything: bool = False) -> None:
        """Close the modal on top, or everything by the cross."""
        self._do("close", view=self.modal.id, all=everything)

    def shortcut(self, name: str, message: Message | None = None) -> bool:
        """Use a shortcut by its name or callback_id, on a message or globally; was it acknowledged?"""
        screen = self.screen()
        named = [one for one in screen.raw["shortcuts"] if name in (one["name"], one["callback_id"])]
        if not named:
            raise NotThere(f"There is no shortcut {name}.")
        place = {} if message is None else message.place
        return bool(self._do("shortcut", callback_id=named[0]["callback_id"], **place)["acknowledged"])

    def open_home(self) -> None:
        """Look at the app's home tab."""
        self._do("open_home")

    def join(self, channel: str) -> None:
        self._do("join", channel=self._channel(channel))

    def leave(self, channel: str) -> None:
        self._do("leave", channel=self._channel(channel))

    def read(self, channel: str) -> None:
        self._do("read", channel=self._channel(channel))

    def react(self, message: Message, name: str) -> None:
        """Add or take back a reaction."""
        self._do("react", **message.place, name=name)

    def reload(self) -> None:
        """Reload Slack: ephemeral messages vanish."""
        self._do("reload")

    def _do(self, do: str, **what: Any) -> JSON:
        return self._slack.gesture(self.id, do, **what)

    def _channel(self, name: str) -> str:
        screen = self.screen()
        people = [p["id"] for p in screen.raw["people"] if name in (p["id"], p["name"], p["real_name"])]
        found = screen.channel_id(name) or next(iter(people), None)
        if found is None:
            raise NotThere(f"There is no channel {name}.\n{screen}")
        return found

    def _find(self, name: str, in_: ShownBlocks | None) -> tuple[ShownBlocks, tuple[JSON, JSON]]:
        """Where nothing is said: the modal on top, else the newest message that has it, else the home tab."""
        screen = self.screen()
        for shown in [in_] if in_ is not None else _places(screen):
            found = shown.find(name)
            if found is not None:
                return shown, found
        raise NotThere(f"There is no {name!r} to act on.\n{screen}")

    def _offered(self, shown: ShownBlocks, ids: JSON, element: JSON, wanted: tuple[Any, ...]) -> list[JSON]:
        if not element["type"].endswith("external_select"):
            return element_state.options(element)
        answer = self._do("suggest", **shown.place, **ids, value=str(next(iter(wanted), "")))
        return element_state.options(answer)

    def _chosen(self, element: JSON, offered: list[JSON], wanted: Any) -> Any:
        kind = element["type"].removeprefix("multi_")
        if element["type"] in element_state.WITH_OPTIONS or kind == "overflow":
            return _value({"options": offered}, wanted)
        if kind == "users_select":
            return self.screen().person(str(wanted))["id"]
        if kind in {"conversations_select", "channels_select"}:
            return self._channel(str(wanted))
        return wanted


def _places(screen: Screen) -> list[ShownBlocks]:
    if screen.modals:
        return [screen.modals[-1]]
    channels = [screen.messages(one["id"]) for one in screen.raw["channels"]]
    flat = [each for said in channels for one in said for each in (one, *one.thread)]
    newest = sorted(flat, key=lambda one: one.ts, reverse=True)
    return [*newest, *([screen.home] if screen.home is not None else [])]


def _value(element: JSON, wanted: Any) -> Any:
    for option in element_state.options(element):
        if wanted in (option["text"]["text"], option.get("value")):
            return option.get("value")
    return wanted
