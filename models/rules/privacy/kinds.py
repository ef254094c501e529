"""The kinds of what could tell of one patient, in the words people read: the one list of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from models.rules.privacy.writing import Pattern


class IdentifierKind(StrEnum):
    """What stands in a text. A new kind gets a line here and a tuple of ways in a module beside this."""

    SOCIAL_SECURITY = "a social security number"
    RECORD = "a medical record, member or health number"
    NUMBER = "a number that leads to one person"
    BIRTH = "a date of birth"
    PHONE = "a phone number"
    MAIL = "a mail address"
    ADDRESS = "a postal address"
    AGE = "an age over 89"
    NAME = "a name of a patient"
    SERVICE = "a date on which one patient was seen"
    LINK = "an address that leads to a patient's record"

    @property
    def is_hard(self) -> bool:
        """Whether nobody can say that it is something else."""
        return self in {IdentifierKind.SOCIAL_SECURITY, IdentifierKind.RECORD}


@dataclass(frozen=True)
class Identifier:
    """One identifier, and where: characters `start` to `end` of the text."""

    kind: IdentifierKind
    start: int
    end: int

    @property
    def is_hard(self) -> bool:
        return self.kind.is_hard


def always(_match: re.Match[str]) -> bool:
    """Say yes: this writing needs no look around."""
    return True


class Shape:
    """A text in small letters, each digit as 0, and what the ways share: where hints stand in it."""

    def __init__(self, small: str) -> None:
        self.text = small.translate(_DIGITS)
        self.parts: dict[tuple[str, tuple[int, int]], list[tuple[int, int]]] = {}
        self._absent: set[str] = set()
        threes = {self.text[at : at + BEGINNING] for at in range(len(self.text))}
        self.beginnings = threes.union({each[:2] for each in threes}, self.text)  # of all that stands in it

    def places(self, hints: list[str], step: int) -> list[int]:
        """Where a hint stands, in the order of the text; of two of one hint within a step, the first."""
        text, absent = self.text, self._absent
        places = []
        for hint in hints:
            if hint in absent:
                continue
            place = text.find(hint)
            if place < 0:
                absent.add(hint)
            while place >= 0:
                places.append(place)
                place = text.find(hint, place + step)
        places.sort()
        return places


BEGINNING = 3  # letters of a hint, or all of a shorter one
_DIGITS = {ord(digit): "0" for digit in "123456789"}


@dataclass(frozen=True)
class Way:
    """One way people write a kind: a pattern, and a look around the match where the pattern can't tell.

    Patterns read the text in small letters, those of names (`is_cased`) as typed. A group `name` is not
    a patient's where the roster has it. `hints` are bits parted by blanks, `_` for a blank and 0 for any
    digit, one of which stands in all that matches, at most `reach` letters after its start and before
    its end: the pattern is tried near them alone, which is fast.
    """

    kind: IdentifierKind
    text: str
    fits: Callable[[re.Match[str]], bool] = always
    hints: str = "0"
    reach: tuple[int, int] = (20, 180)
    is_cased: bool = False

    @cached_property
    def pattern(self) -> Pattern:
        return Pattern(self.text)

    @cached_property
    def _hints(self) -> list[str]:
        return [hint.replace("_", " ") for hint in self.hints.split()]

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Of its hints: where none of them stands in a text, most often, none of them need be sought."""
        return frozenset(hint[:BEGINNING] for hint in self._hints)

    def matches(self, text: str, shape: Shape) -> Iterator[re.Match[str]]:
        """Yield all that fits."""
        key = (self.hints, self.reach)
        parts = shape.parts.get(key)
        if parts is None:
            parts = shape.parts[key] = list(self._parts(shape))
        for start, end in parts:
            yield from filter(self.fits, self.pattern.finditer(text, start, end))

    def _parts(self, shape: Shape) -> Iterator[tuple[int, int]]:
        """Cut out the parts of the text that are near a hint."""
        before, after = self.reach
        start = end = 0
        for place in shape.places(self._hints, after // 3):
            if place - before > end:
                if end:
                    yield start, end
                start = place - before
            end = place + after
        if end:
            yield max(0, start), min(len(shape.text), end)
