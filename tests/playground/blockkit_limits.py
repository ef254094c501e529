"""Walks the schemas and gives, for every bound in them, a payload at the bound and one beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playground.blocks.kinds import Choice, Flag, Format, Kind, Number, String, Whole
from playground.blocks.shapes import Items, OneOf, Schema
from playground.blocks.surfaces import HOME, MESSAGE, MODAL
from tests.playground.blockkit import plain

if TYPE_CHECKING:
    from playground.blocks.surfaces import Surface

Frame = Callable[[Any], Any]
WIDE = "🏥"  # one code point, two UTF-16 units, four bytes: only a count of code points comes out right


@dataclass(frozen=True)
class Bound:
    """A value in its payload, and the code it must earn: None where the value stands at the bound."""

    surface: Surface
    at: str
    value: Any
    code: str | None
    frame: Frame

    @property
    def payload(self) -> Any:
        return self.frame(self.value)

    @property
    def name(self) -> str:
        return f"{self.surface} {self.at} {self.code or 'at the bound'}"


def example(kind: Kind) -> Any:
    """Give the smallest sound value of a kind."""
    value: Any
    match kind:
        case String():
            value = "x" * max(kind.least, 1)
        case Format():
            value = kind.like
        case Whole():
            value = kind.least
        case Choice():
            value = kind.words[0]
        case Items():
            value = [example(kind.of) for _ in range(max(kind.least, 1))]
        case OneOf():
            value = _typed(kind, "divider" if "divider" in kind.here else min(kind.here))
        case Schema():
            value = _smallest(kind)
        case _:
            value = {Number: 1, Flag: True}[type(kind)]
    return value


def _typed(kind: OneOf, name: str) -> dict[str, Any]:
    return {"type": name, **_smallest(kind.known[name])}


def _smallest(schema: Schema) -> dict[str, Any]:
    keys = [*schema.needs, *schema.any_of[:1]]
    return {key: example(schema.keys[key]) for key in keys}


def bounds() -> Iterator[Bound]:
    """Give every bound of every schema once, views first: all inputs may stand in a modal."""
    seen: set[int] = set()
    yield from _Walk("modal", seen).into(MODAL, "", _with_submit)
    yield from _Walk("home", seen).into(HOME, "", _as_it_is)
    yield from _Walk("message", seen).into(MESSAGE, "", _as_it_is)


def _with_submit(view: Any) -> Any:
    return {"submit": plain("Send"), **view}


def _as_it_is(payload: Any) -> Any:
    return payload


@dataclass(frozen=True)
class _Walk:
    """A way down the schemas of one surface; `seen` are the schemas whose bounds were given before."""

    surface: Surface
    seen: set[int]

    def into(self, kind: Kind, at: str, frame: Frame) -> Iterator[Bound]:
        for value, code in _edges(kind):
            yield Bound(self.surface, at, value, code, frame)
        match kind:
            case Items():
                yield from self.into(kind.of, f"{at}/0", _in_a_list(frame, kind))
            case OneOf():
                for name in sorted(kind.here):
                    yield from self._keys(kind.known[name], {"type": name}, at, frame)
            case Schema():
                yield from self._keys(kind, {}, at, frame)

    def _keys(self, schema: Schema, said: dict[str, Any], at: str, frame: Frame) -> Iterator[Bound]:
        if id(schema) in self.seen:
            return
        self.seen.add(id(schema))
        for key, kind in schema.keys.items():
            if key not in said:
                rivals = {other for pair in schema.not_both if key in pair for other in pair}
                base = {**said, **{k: v for k, v in _smallest(schema).items() if k not in rivals}}
                yield from self.into(kind, f"{at}/{key}", _at_key(frame, base, key))


def _in_a_list(frame: Frame, kind: Items) -> Frame:
    return lambda value: frame([value] * max(kind.least, 1))


def _at_key(frame: Frame, base: dict[str, Any], key: str) -> Frame:
    return lambda value: frame({**base, key: value})


def _edges(kind: Kind) -> Iterator[tuple[Any, str | None]]:
    match kind:
        case String():
            yield from _string_edges(kind, lambda size: WIDE * size)
        case Format():
            yield "not so", "bad_format"
            yield "", "too_short"
            if kind.most is not None:
                yield from _string_edges(String(0, kind.most), lambda size: kind.like.ljust(size, "a"))
        case Whole():
            yield from _number_edges(kind)
        case Number(above=0):
            yield 0, "too_small"
        case Choice():
            yield from ((word, None) for word in kind.words)
            yield "none of them", "not_a_choice"
        case Items():
            yield from _item_edges(kind)


def _string_edges(kind: String, write: Callable[[int], str]) -> Iterator[tuple[Any, str | None]]:
    if kind.least:
        yield write(kind.least - 1), "too_short"
    if kind.most is not None:
        yield write(kind.most), None
        yield write(kind.most + 1), "too_long"


def _number_edges(kind: Whole) -> Iterator[tuple[Any, str | None]]:
    yield kind.least, None
    yield kind.least - 1, "too_small"
    if kind.most is not None:
        yield kind.most, None
        yield kind.most + 1, "too_large"


def _item_edges(kind: Items) -> Iterator[tuple[Any, str | None]]:
    item = example(kind.of)
    if kind.least:
        yield [item] * (kind.least - 1), "too_few"
    if kind.most is not None:
        yield [item] * kind.most, None
        yield [item] * (kind.most + 1), "too_many"
