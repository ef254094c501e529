"""Modals and home tabs: a stack of three per person, hashes, external ids, and what was typed so far."""

from __future__ import annotations

import itertools
import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playground import element_state
from playground.blocks.outline import outline
from playground.refusal import Refused

if TYPE_CHECKING:
    from playground.clock import Clock
    from playground.element_state import JSON

STACK = 3
_FIRST_IDS = 1_000_000_000  # one of them begins: a database may know the windows of another run still
_KEPT = ("type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "external_id")
_SWITCHES = ("clear_on_close", "notify_on_close", "submit_disabled")
_EMPTY_TEXT = ("private_metadata", "callback_id", "external_id")


@dataclass
class View:
    """One view as one person sees it; `values` is what `state.values` would say now."""

    id: str
    person: str
    raw: JSON
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, dict[str, JSON]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    busy: bool = False
    trouble: str | None = None

    @property
    def blocks(self) -> list[JSON]:
        blocks: list[JSON] = self.raw["blocks"]
        return blocks


class Views:
    """The stacks of modals and the homes of all people."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = itertools.count(secrets.randbelow(_FIRST_IDS))
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def stack(self, person: str) -> list[View]:
        """This person's open modals, bottom first."""
        return self.stacks.setdefault(person, [])

    def find(self, view_id: str) -> View | None:
        """An open modal or a published home by its id."""
        return next((one for one in self._all() if one.id == view_id), None)

    def find_external(self, external_id: str) -> View | None:
        return next((one for one in self._all() if one.raw.get("external_id") == external_id), None)

    def push(self, person: str, raw: JSON) -> View:
        """Put a modal on top of what is open.

        Raises:
            Refused: push_limit_reached or duplicate_external_id.
        """
        stack = self.stack(person)
        if len(stack) >= STACK:
            raise Refused("push_limit_reached")
        view = self._new(person, raw)
        if stack:
            view.previous_id, view.root_id = stack[-1].id, stack[0].id
        stack.append(view)
        return view

    def publish(self, person: str, raw: JSON, expected: str | None) -> View:
        """Set a person's home; what they had typed stays where block and action are the same."""
        view = self.homes.get(person)
        if view is not None:
            self.update(view, raw, expected)
            return view
        view = self.homes[person] = self._new(person, raw)
        return view

    def update(self, view: View, raw: JSON, expected: str | None) -> None:
        """Replace what a view shows.

        Raises:
            Refused: hash_conflict when `expected` is stale, or duplicate_external_id.
        """
        if expected is not None and expected != view.hash:
            raise Refused("hash_conflict")
        self._check(raw, view)
        view.raw, view.hash = prepared(raw), self._hash()
        view.values = carried_over(view.blocks, view.values)
        view.errors, view.trouble = {}, None

    def close(self, view: View) -> None:
        """Take one modal off its stack."""
        self.stacks[view.person] = [one for one in self.stack(view.person) if one.id != view.id]

    def clear(self, person: str) -> None:
        self.stacks[person] = []

    def _all(self) -> itertools.chain[View]:
        return itertools.chain(*self.stacks.values(), self.homes.values())

    def _new(self, person: str, raw: JSON) -> View:
        self._check(raw, None)
        made = f"V{next(self._count):010d}"
        view = View(made, person, prepared(raw), self._hash(), made)
        view.values = carried_over(view.blocks, {})
        return view

    def _check(self, raw: JSON, itself: View | None) -> None:
        external = raw.get("external_id")
        if external and self.find_external(external) not in (None, itself):
            raise Refused("duplicate_external_id")

    def _hash(self) -> str:
        return f"{int(self._clock.epoch())}.{next(self._count):06d}"


def carried_over(blocks: list[JSON], before: dict[str, dict[str, JSON]]) -> dict[str, dict[str, JSON]]:
    """State values: kept where block_id, action_id and type are unchanged, else the initial ones."""
    values: dict[str, dict[str, JSON]] = {}
    for block, element in element_state.walk(blocks):
        if element["type"] in element_state.STATEFUL:
            old = before.get(block["block_id"], {}).get(element["action_id"])
            kept = (
                old if old is not None and old["type"] == element["type"] else element_state.initial(element)
            )
            values.setdefault(block["block_id"], {})[element["action_id"]] = kept
    return values


def prepared(raw: JSON) -> JSON:
    """A view as Slack keeps it: every key there, every block and element with an id."""
    view = {key: raw.get(key, "" if key in _EMPTY_TEXT else None) for key in _KEPT}
    return view | {key: bool(raw.get(key, False)) for key in _SWITCHES} | {"blocks": with_ids(raw["blocks"])}


_ids = itertools.count(1)


def with_ids(blocks: list[JSON]) -> list[JSON]:
    """A copy of the blocks with a block_id and action_id wherever there was none, as Slack adds them."""
    copied: list[JSON] = json.loads(json.dumps(blocks))
    for placed in outline({"blocks": copied}):
        placed.value.setdefault("block_id", f"b{next(_ids):04d}")
    for _, element in element_state.walk(copied):
        element.setdefault("action_id", f"a{next(_ids):04d}")
    return copied


def as_json(view: View, app: dict[str, Any]) -> JSON:
    """A view as it stands in payloads and answers; `app` carries app_id, bot_id and team_id."""
    return {
        "id": view.id,
        "team_id": app["team_id"],
        **view.raw,
        "state": {"values": view.values},
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": app["app_id"],
        "app_installed_team_id": app["team_id"],
        "bot_id": app["bot_id"],
    }
