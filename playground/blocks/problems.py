"""What is wrong with a payload is told as a list of problems, each with the place, a code and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Problem:
    """One thing Slack would refuse, in the shape `blocks.validate` answers.

    `pointer` is an RFC 6901 JSON pointer to the offending value; for a missing key, to the object without it.
    `constraint` names the rule with its bound, such as `{"max_length": 3000}`; None where there is no bound.
    """

    pointer: str
    code: str
    message: str
    constraint: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the entry of `errors[]` that `blocks.validate` would give."""
        entry: dict[str, Any] = {"pointer": self.pointer, "code": self.code, "message": self.message}
        if self.constraint is not None:
            entry["constraint"] = dict(self.constraint)
        return entry


def below(pointer: str, key: object) -> str:
    """Give the pointer one step further down, escaped as RFC 6901 asks."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def wrong_type(pointer: str, wanted: str) -> Problem:
    """Say which JSON type is wanted."""
    article = "an" if wanted[0] in "aio" else "a"
    return Problem(pointer, "wrong_type", f"Give {article} {wanted} here.", {"type": wanted})
