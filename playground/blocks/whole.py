"""Rules over a whole payload: what must be unique, what may stand once, what a modal with inputs needs."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from playground.blocks.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from playground.blocks.outline import PlacedBlock
    from playground.blocks.surfaces import Surface

    Problems = Iterator[Problem]
    Payload = Mapping[str, Any]
    WholeRule = Callable[[Surface, Payload, Sequence[PlacedBlock]], Problems]

MARKDOWN_CHARACTERS = 12_000
CHARTS = 2
VIEW_BYTES = 250_000
ONE_TABLE = "only_one_table_allowed"
_TABLES = ("table", "data_table")
_ANSWERS_BY_URL = ("conversations_select", "channels_select")


def block_ids_differ(_: Surface, __: Payload, blocks: Sequence[PlacedBlock]) -> Problems:
    """A block_id stands once in a message or view, attachments and containers included."""
    seen: set[str] = set()
    for block in blocks:
        name = block.value.get("block_id")
        if isinstance(name, str):
            if name in seen:
                sentence = f"Give each block its own block_id; {name} is taken."
                yield Problem(f"{block.at}/block_id", "duplicate_block_id", sentence)
            seen.add(name)


def action_ids_differ(_: Surface, __: Payload, blocks: Sequence[PlacedBlock]) -> Problems:
    """An action_id stands once in its block."""
    for block in blocks:
        seen: set[str] = set()
        for at, element in block.elements:
            name = element.get("action_id")
            if isinstance(name, str):
                if name in seen:
                    sentence = f"Give each element of a block its own action_id; {name} is taken."
                    yield Problem(f"{at}/action_id", "duplicate_action_id", sentence)
                seen.add(name)


def inputs_need_submit(surface: Surface, payload: Payload, blocks: Sequence[PlacedBlock]) -> Problems:
    """A modal with an input block has a submit button."""
    if surface == "modal" and "submit" not in payload and any(b.value.get("type") == "input" for b in blocks):
        yield Problem("", "missing", "Add submit; a modal with an input needs it.", {"required": "submit"})


def focus_once(_: Surface, __: Payload, blocks: Sequence[PlacedBlock]) -> Problems:
    """One element at most takes the focus when the view opens."""
    focused = [
        at for block in blocks for at, element in block.elements if element.get("focus_on_load") is True
    ]
    for at in focused[1:]:
        yield Problem(
            f"{at}/focus_on_load", "focus_twice", "Let one element only take the focus.", {"max_items": 1}
        )


def files_in_modals(surface: Surface, _: Payload, blocks: Sequence[PlacedBlock]) -> Problems:
    """A file_input works in a modal only; its schema keeps it inside an input block."""
    for block in blocks:
        for at, element in block.elements:
            if element.get("type") == "file_input" and surface != "modal":
                sentence = "Move file_input to a modal; it works nowhere else."
                yield Problem(f"{at}/type", "not_allowed_here", sentence, {"surfaces": ["modal"]})


def response_url_in_modal_inputs(surface: Surface, _: Payload, blocks: Sequence[PlacedBlock]) -> Problems:
    """A select earns a response_url only inside an input block of a modal."""
    for block in blocks:
        sound = surface == "modal" and block.value.get("type") == "input"
        for at, element in block.elements:
            if element.get("type") in _ANSWERS_BY_URL and "response_url_enabled" in element and not sound:
                sentence = "Use response_url_enabled in an input block of a modal only."
                yield Problem(
                    f"{at}/response_url_enabled", "not_allowed_here", sentence, {"surfaces": ["modal"]}
                )


def one_table(_: Surface, __: Payload, blocks: Sequence[PlacedBlock]) -> Problems:
    """One table or data_table per payload (`only_one_table_allowed`)."""
    tables = [block.at for block in blocks if block.value.get("type") in _TABLES]
    for at in tables[1:]:
        yield Problem(at, ONE_TABLE, "Keep one table; send the other on its own.", {"max_items": 1})


def two_charts(_: Surface, __: Payload, blocks: Sequence[PlacedBlock]) -> Problems:
    """Two data_visualization blocks per payload."""
    charts = [block.at for block in blocks if block.value.get("type") == "data_visualization"]
    for at in charts[CHARTS:]:
        yield Problem(at, "too_many", f"Keep {CHARTS} charts at most.", {"max_items": CHARTS})


def markdown_fits(_: Surface, __: Payload, blocks: Sequence[PlacedBlock]) -> Problems:
    """All markdown blocks of a payload share 12,000 characters; the block that goes over is named."""
    sizes: Counter[str] = Counter()
    for block in blocks:
        words = block.value.get("text")
        if block.value.get("type") == "markdown" and isinstance(words, str):
            before = sizes.total()
            sizes[block.at] = len(words)
            # A single block over the limit is already named by its own schema.
            if before <= MARKDOWN_CHARACTERS < sizes.total() and len(words) <= MARKDOWN_CHARACTERS:
                sentence = f"Shorten the markdown blocks to {MARKDOWN_CHARACTERS} characters in all."
                yield Problem(f"{block.at}/text", "too_long", sentence, {"max_length": MARKDOWN_CHARACTERS})


ON_ANY_PAYLOAD: tuple[WholeRule, ...] = (
    block_ids_differ,
    action_ids_differ,
    inputs_need_submit,
    focus_once,
    files_in_modals,
    response_url_in_modal_inputs,
    one_table,
    two_charts,
    markdown_fits,
)


def view_fits(payload: Payload) -> Problems:
    """A view is at most 250 KB of JSON (`view_too_large`); only a view that is sound so far is measured."""
    written = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    size = len(written.encode("utf-8", "surrogatepass"))
    if size > VIEW_BYTES:
        sentence = f"Make this view smaller; it has {size} bytes of {VIEW_BYTES}."
        yield Problem("", "view_too_large", sentence, {"max_bytes": VIEW_BYTES})
