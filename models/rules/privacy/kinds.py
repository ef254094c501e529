"""The kinds of what could tell of one patient, in the words people read: the one list of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


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
    a patient's where the roster has it.
    """

    kind: IdentifierKind
    pattern: re.Pattern[str]
    fits: Callable[[re.Match[str]], bool] = always
    is_cased: bool = False
