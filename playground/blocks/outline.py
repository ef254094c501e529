"""The blocks and elements of a payload with their pointers, however broken the rest of it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Placed = tuple[str, dict[str, Any]]

_SINGLE = ("accessory", "element")
_SEVERAL = ("elements", "actions")


@dataclass(frozen=True)
class PlacedBlock:
    """A block, its pointer, and the elements that stand directly in it."""

    at: str
    value: dict[str, Any]
    elements: tuple[Placed, ...]


def outline(payload: Mapping[str, Any]) -> list[PlacedBlock]:
    """List every block in reading order: top level, attachments, then inside containers and carousels."""
    lists = [("/blocks", payload.get("blocks"))]
    for at, attachment in _objects(payload.get("attachments"), "/attachments"):
        lists.append((f"{at}/blocks", attachment.get("blocks")))
    return [
        PlacedBlock(at, block, tuple(_elements(at, block)))
        for pointer, blocks in lists
        for at, block in _blocks(blocks, pointer)
    ]


def _blocks(blocks: Any, pointer: str) -> Iterator[Placed]:
    for at, block in _objects(blocks, pointer):
        yield at, block
        if block.get("type") == "container":
            yield from _objects(block.get("child_blocks"), f"{at}/child_blocks")
        if block.get("type") == "carousel":
            yield from _objects(block.get("elements"), f"{at}/elements")


def _elements(at: str, block: dict[str, Any]) -> Iterator[Placed]:
    for key in _SINGLE:
        if isinstance(block.get(key), dict):
            yield f"{at}/{key}", block[key]
    # A carousel's elements are cards, and a rich text's are text: neither is an element one acts on.
    if block.get("type") not in ("carousel", "rich_text"):
        for key in _SEVERAL:
            yield from _objects(block.get(key), f"{at}/{key}")


def _objects(values: Any, pointer: str) -> Iterator[Placed]:
    if isinstance(values, list):
        for index, value in enumerate(values):
            if isinstance(value, dict):
                yield f"{pointer}/{index}", value
