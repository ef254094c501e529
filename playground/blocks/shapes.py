"""Objects and lists of Block Kit: a schema of keys, a choice among typed ones, a list with bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypedDict, Unpack

from playground.blocks.kinds import Choice, Flag, Keys, Kind, String
from playground.blocks.problems import Problem, below, wrong_type

Rule = Callable[[Mapping[str, Any], str], Iterable[Problem]]

NAMED = 4  # a sentence names so many alternatives; the constraint lists them all


@dataclass(frozen=True)
class Schema:
    """What one object may hold.

    `needs` and `may` map keys to kinds. Of `any_of` at least one key must stand, of each pair in `not_both`
    at most one. `rules` look at an object whose keys are all sound and compare them with one another.
    """

    name: str
    needs: Keys
    may: Keys
    any_of: tuple[str, ...] = ()
    not_both: tuple[tuple[str, str], ...] = ()
    rules: tuple[Rule, ...] = ()

    @cached_property
    def keys(self) -> dict[str, Kind]:
        return {**self.needs, **self.may}

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, dict):
            out.append(wrong_type(at, "object"))
            return
        before = len(out)
        keys = self.keys
        for key, inner in value.items():
            kind = keys.get(key)
            if kind is not None:
                kind.check(inner, f"{at}/{key}", out)
            else:
                out.append(self._unknown(key, at))
        out.extend(self._lacking(key, at) for key in self.needs if key not in value)
        self._check_groups(value, at, out)
        if len(out) == before:
            for rule in self.rules:
                out.extend(rule(value, at))

    def _check_groups(self, value: Mapping[str, Any], at: str, out: list[Problem]) -> None:
        if self.any_of and not any(key in value for key in self.any_of):
            sentence = f"Add {' or '.join(self.any_of)}; {self.name} needs one."
            out.append(Problem(at, "missing", sentence, {"any_of": list(self.any_of)}))
        for one, other in self.not_both:
            if one in value and other in value:
                sentence = f"Keep {one} or {other}, not both."
                out.append(Problem(at, "conflict", sentence, {"not_both": [one, other]}))

    def _unknown(self, key: object, at: str) -> Problem:
        return Problem(below(at, key), "unknown_key", f"Remove this key; {self.name} does not know it.")

    def _lacking(self, key: str, at: str) -> Problem:
        return Problem(at, "missing", f"Add {key}; {self.name} needs it.", {"required": key})


class Between(TypedDict, total=False):
    """What a schema asks between its keys; see Schema."""

    any_of: tuple[str, ...]
    not_both: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]


def typed(name: str, needs: Keys, may: Keys, **between: Unpack[Between]) -> Schema:
    """Give the schema of an object that says its `type`, which is the schema's name."""
    return Schema(name, needs, {**may, "type": Choice((name,))}, **between)


@dataclass(frozen=True)
class OneOf:
    """An object whose `type` picks its schema among `known`; `here` are the types that may stand there."""

    known: Mapping[str, Schema]
    here: frozenset[str]

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, dict):
            out.append(wrong_type(at, "object"))
            return
        name = value.get("type")
        if "type" not in value:
            out.append(Problem(at, "missing", "Add type; this object needs it.", {"required": "type"}))
        elif not isinstance(name, str):
            out.append(wrong_type(f"{at}/type", "string"))
        elif name not in self.known:
            out.append(self._refusal("unknown_type", f"Slack knows no {name} here", at))
        elif name not in self.here:
            out.append(self._refusal("not_allowed_here", f"{name} cannot stand here", at))
        else:
            self.known[name].check(value, at, out)

    def _refusal(self, code: str, reason: str, at: str) -> Problem:
        allowed = sorted(self.here)
        instead = " or ".join(allowed) if len(allowed) <= NAMED else "another type"
        return Problem(f"{at}/type", code, f"Use {instead}; {reason}.", {"allowed": allowed})


def one_of(known: Mapping[str, Schema], *here: str) -> OneOf:
    """A choice among typed schemas: those named, or all that are known."""
    return OneOf(known, frozenset(here or known))


@dataclass(frozen=True)
class Items:
    """A JSON list of `least` to `most` values of one kind; `gaps` lets an item be null."""

    of: Kind
    least: int = 1
    most: int | None = None
    gaps: bool = False

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, list):
            out.append(wrong_type(at, "array"))
            return
        if self.most is not None and len(value) > self.most:
            sentence = f"Keep {self.most} of these at most; there are {len(value)}."
            out.append(Problem(at, "too_many", sentence, {"max_items": self.most}))
        elif len(value) < self.least:
            sentence = f"Give at least {self.least} here."
            out.append(Problem(at, "too_few", sentence, {"min_items": self.least}))
        for index, item in enumerate(value):
            if item is not None or not self.gaps:
                self.of.check(item, f"{at}/{index}", out)


def text(most: int, *types: str) -> OneOf:
    """A text object of 1 to `most` characters: plain_text or mrkdwn, or only the types named."""
    known = {
        "plain_text": typed("plain_text", {"text": String(1, most)}, {"emoji": Flag()}),
        "mrkdwn": typed("mrkdwn", {"text": String(1, most)}, {"verbatim": Flag()}),
    }
    return one_of(known, *types)


def plain(most: int) -> OneOf:
    """A plain_text object of 1 to `most` characters."""
    return text(most, "plain_text")
