"""Where on a screen something stands: in a message, a modal or the home tab, and the element to act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playground import element_state
from playground.refusal import nothing_there
from playground.views import carried_over

if TYPE_CHECKING:
    from playground.state import State
    from playground.views import View
    from playground.workspace import Channel, Message, Person


@dataclass
class Location:
    """A view, or a message in its channel; `values` is the state of its elements for one person."""

    key: str
    values: dict[str, dict[str, dict[str, Any]]]
    blocks: list[dict[str, Any]]
    view: View | None = None
    message: tuple[Channel, Message] | None = None

    def placed(self) -> tuple[Channel, Message]:
        """The channel and the message.

        Raises:
            NotPossible: this is a view.
        """
        if self.message is None:
            raise nothing_there("message")
        return self.message

    def element(self, action_id: str, block_id: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
        """The block and the element with this action_id.

        Raises:
            NotPossible: nothing_there.
        """
        for block, element in element_state.walk(self.blocks):
            if element["action_id"] == action_id and block_id in (None, block["block_id"]):
                return block, element
        raise nothing_there(f"element {action_id}")

    def input(self, block_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The input block with this block_id and its element.

        Raises:
            NotPossible: nothing_there.
        """
        for block, element in element_state.walk(self.blocks):
            if block["block_id"] == block_id and block["type"] == "input":
                return block, element
        raise nothing_there(f"input {block_id}")


def locate(state: State, person: Person, what: dict[str, Any]) -> Location:
    """The location a gesture names by `view`, `home` or `channel` and `ts`.

    Raises:
        NotPossible: nothing_there when this person does not see it, a covered modal included.
    """
    if what.get("home"):
        return _home(state, person)
    if what.get("view"):
        return _view(state, person, str(what["view"]))
    channel, message = visible_message(state, person, what)
    values = state.message_states.setdefault((person.id, message.ts), {})
    values |= carried_over(message.blocks, values)
    return Location(message.ts, values, message.blocks, message=(channel, message))


def _home(state: State, person: Person) -> Location:
    view = state.views.homes.get(person.id)
    if view is None:
        raise nothing_there("home tab")
    return Location(view.id, view.values, view.blocks, view=view)


def _view(state: State, person: Person, view_id: str) -> Location:
    home = state.views.homes.get(person.id)
    if home is not None and home.id == view_id:
        return _home(state, person)
    view = top(state, person, view_id)
    return Location(view.id, view.values, view.blocks, view=view)


def top(state: State, person: Person, view_id: str) -> View:
    """The modal on top of this person's stack, when it is the one named.

    Raises:
        NotPossible: nothing_there.
    """
    stack = state.views.stack(person.id)
    if not stack or stack[-1].id != view_id:
        raise nothing_there(f"modal {view_id} on top")
    return stack[-1]


def visible_channel(state: State, person: Person, reference: str) -> Channel:
    """A conversation this person can open; a person's id stands for the direct message with them.

    Raises:
        NotPossible: nothing_there.
    """
    if reference in state.workspace.people:
        return state.workspace.open_im(person.id, reference)
    found = state.workspace.find(reference)
    if found is None or found not in state.workspace.visible(person.id):
        raise nothing_there(f"channel {reference}")
    return found


def visible_message(state: State, person: Person, what: dict[str, Any]) -> tuple[Channel, Message]:
    """A message by `channel` and `ts`; an ephemeral one only for its viewer.

    Raises:
        NotPossible: nothing_there.
    """
    channel, ts = visible_channel(state, person, str(what.get("channel", ""))), str(what.get("ts", ""))
    whispered = channel.ephemerals.get(ts)
    found = whispered if whispered is not None and whispered.viewer == person.id else channel.messages.get(ts)
    if found is None:
        raise nothing_there(f"message {ts}")
    return channel, found
