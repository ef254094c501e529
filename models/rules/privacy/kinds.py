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

    def matches(self, text: str, shape: str) -> Iterator[re.Match[str]]:
        """Yield all that fits; `shape` is the text in small letters, each digit as 0."""
        for start, end in self._parts(shape):
            yield from filter(self.fits, self.pattern.finditer(text, start, end))

    def _parts(self, shape: str) -> Iterator[tuple[int, int]]:
        """Cut out the parts of the text that are near a hint."""
        before, after = self.reach
        hints = [hint for hint in self._hints if hint in shape]
        places = sorted(place for hint in hints for place in _places(hint, shape, after // 3))
        start = end = 0
        for place in places:
            if place - before > end:
                if end:
                    yield start, end
                start = place - before
            end = place + after
        if end:
            yield max(0, start), min(len(shape), end)


def _places(hint: str, shape: str, step: int) -> Iterator[int]:
    place = shape.find(hint)
    while place >= 0:
        yield place
        place = shape.find(hint, place + step)
