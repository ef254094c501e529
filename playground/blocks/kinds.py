"""The plain values a Block Kit key can take: strings, numbers, words of a list; each checks its bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from playground.blocks.problems import Problem, wrong_type


class Kind(Protocol):
    """Anything that can look at a JSON value and tell what is wrong with it."""

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        """Append to `out` what is wrong with `value`, which stands at the pointer `at`."""


Keys = Mapping[str, Kind]


@dataclass(frozen=True)
class String:
    """A JSON string of `least` to `most` characters, counted as code points; None means no upper bound."""

    least: int = 1
    most: int | None = None

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, str):
            out.append(wrong_type(at, "string"))
        elif self.most is not None and len(value) > self.most:
            sentence = f"Shorten this to {self.most} characters; it has {len(value)}."
            out.append(Problem(at, "too_long", sentence, {"max_length": self.most}))
        elif len(value) < self.least:
            sentence = f"Write at least {self.least} character here."
            out.append(Problem(at, "too_short", sentence, {"min_length": self.least}))


@dataclass(frozen=True)
class Format:
    """A JSON string in one notation: `reads` tells it, `like` shows one, `most` bounds its length."""

    reads: Callable[[str], object]
    like: str
    most: int | None = None

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        before = len(out)
        String(1, self.most).check(value, at, out)
        if len(out) == before and not self.reads(value):
            out.append(Problem(at, "bad_format", f"Write this like {self.like}.", {"format": self.like}))


@dataclass(frozen=True)
class Whole:
    """A JSON integer from `least` to `most`, both included; None means no upper bound."""

    least: int = 0
    most: int | None = None

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            out.append(wrong_type(at, "integer"))
        elif value < self.least:
            sentence = f"Use {self.least} or more."
            out.append(Problem(at, "too_small", sentence, {"minimum": self.least}))
        elif self.most is not None and value > self.most:
            sentence = f"Use {self.most} or less."
            out.append(Problem(at, "too_large", sentence, {"maximum": self.most}))


@dataclass(frozen=True)
class Number:
    """A JSON number, whole or not; with `above` set it must be greater than that."""

    above: int | None = None

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, int | float) or isinstance(value, bool) or value - value != 0:
            out.append(wrong_type(at, "number"))
        elif self.above is not None and value <= self.above:
            sentence = f"Use a number greater than {self.above}."
            out.append(Problem(at, "too_small", sentence, {"exclusive_minimum": self.above}))


@dataclass(frozen=True)
class Flag:
    """A JSON true or false."""

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, bool):
            out.append(wrong_type(at, "boolean"))


@dataclass(frozen=True)
class Anything:
    """Any JSON: somebody else looks at it."""

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        """Find nothing wrong."""


@dataclass(frozen=True)
class Null:
    """A JSON null, or another kind."""

    instead: Kind

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        if value is not None:
            self.instead.check(value, at, out)


@dataclass(frozen=True)
class Choice:
    """One of a fixed list of words."""

    words: tuple[str, ...]

    def check(self, value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, str):
            out.append(wrong_type(at, "string"))
        elif value not in self.words:
            sentence = f"Use one of: {', '.join(self.words)}."
            out.append(Problem(at, "not_a_choice", sentence, {"allowed": list(self.words)}))


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def link(most: int | None = None) -> Format:
    """An absolute address of at most `most` characters."""
    return Format(re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+").fullmatch, "https://example.com/page", most)


DATE = Format(_is_date, "2026-11-23")
TIME = Format(re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]").fullmatch, "08:30")
DECIMAL = Format(re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?").fullmatch, "-12.5")
COLOR = Format(re.compile(r"#?[0-9A-Fa-f]{6}|good|warning|danger").fullmatch, "#36a64f")
# Slack's own words: "input must match regex pattern" (python-slack-sdk#1521, java-slack-sdk's samples).
FILE_ID = Format(re.compile(r"F[A-Z0-9]{8,}").fullmatch, "F0123456789")
USER_ID = Format(re.compile(r"[UW][A-Z0-9]{2,}").fullmatch, "U0123456789")
CHANNEL_ID = Format(re.compile(r"[CGDZ][A-Z0-9]{2,}").fullmatch, "C0123456789")
TEN_DIGITS = Whole(1_000_000_000, 9_999_999_999)
