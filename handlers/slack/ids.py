"""Ids in the value of a button, an option or a window: packed as "7:10", and read back as hints."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar, overload

from models.errors import DomainError

FROM_BEFORE = (
    "That is from before my last update, so I cannot read it any more. Please start again from my Home tab."
)
ANY_TEAM = 0  # in place of a team's id: whichever the person acts for
MONTH_ASKED_FOR = 0  # in place of a period's id: whichever month the team is asked for by then
_LARGEST = 2**63 - 1  # what a column of ids holds

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
R: TypeAlias = Callable[[str], T]
"""Reads one part of a value: int, str, an enumeration; ValueError where the text is none of it."""


def packed(*parts: object) -> str:
    """Write ids, and what else tells one thing from another, as one value; only the last may hold a colon."""
    *firsts, last = map(str, parts)
    if any(":" in each for each in firsts):
        raise ValueError("A text with a colon can stand last only.")
    return ":".join([*firsts, last])


@overload
def unpacked(value: str, a: R[A], /) -> A: ...
@overload
def unpacked(value: str, a: R[A], b: R[B], /) -> tuple[A, B]: ...
@overload
def unpacked(value: str, a: R[A], b: R[B], c: R[C], /) -> tuple[A, B, C]: ...
@overload
def unpacked(value: str, a: R[A], b: R[B], c: R[C], d: R[D], /) -> tuple[A, B, C, D]: ...
def unpacked(value: str, *readers: R[Any]) -> Any:
    """Read what `packed` wrote, with a reader for each part; a part that is not there is an empty text.

    What comes back are hints, to be checked against what the person may see.
    Raises DomainError where the value is none of ours: made up, or from before it changed.
    """
    texts = value.split(":", len(readers) - 1)
    texts += [""] * (len(readers) - len(texts))
    try:
        read = [reader(text) for reader, text in zip(readers, texts, strict=True)]
    except (ValueError, ArithmeticError):
        raise DomainError(FROM_BEFORE) from None
    if any(isinstance(part, int) and not 0 <= part <= _LARGEST for part in read):
        raise DomainError(FROM_BEFORE)
    return tuple(read) if len(read) > 1 else read[0]


def pressed(body: Mapping[str, Any]) -> str:
    """What the button that was pressed carries, or the option that was chosen; "" for nothing."""
    action = (body.get("actions") or [{}])[0]
    return str((action.get("selected_option") or action).get("value") or "")
