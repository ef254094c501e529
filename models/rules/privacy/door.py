"""What is said of a typed text before it is kept: it is too long, or what it looks like, by kind alone."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from models.rules.privacy.identifiers import IdentifierKind, find_identifiers
from models.rules.quoting import clipped

NO_WORD = "Please take it out: Momentum keeps no word about a patient."
OR_TICK = "Please take it out, or tick the box below."
UNREPEATED = "“…”"
_MOST_KINDS = 2  # named: a remark below a field holds 200 letters
_SHORTEST = 5  # letters: "MRN 1" tells of nobody


@dataclass(frozen=True)
class Remark:
    """What keeps a text at the door, said without a letter of it."""

    sentence: str
    may_pass: bool = False  # whoever wrote it may say that it is not about a patient


def remark_on(text: str, most: int, known_names: Callable[[], Collection[str]]) -> Remark | None:
    """What is to be said of a text; None lets it in. The roster is asked for where a name stands alone."""
    if len(text) > most:
        return Remark(f"This is {len(text):,} letters long, and {most:,} fit here. Please shorten it.")
    kinds = kinds_in(text, known_names)
    if not kinds:
        return None
    seems = f"This looks like {' and '.join(kinds[:_MOST_KINDS])}."
    if any(kind.is_hard for kind in kinds):
        return Remark(f"{seems} {NO_WORD}")
    return Remark(f"{seems} {OR_TICK}", may_pass=True)


def kinds_in(text: str, known_names: Callable[[], Collection[str]]) -> tuple[IdentifierKind, ...]:
    """The kinds that seem to stand in a text, each once, those first that nobody may say are none."""
    identifiers = find_identifiers(text)
    if any(each.kind is IdentifierKind.NAME for each in identifiers):
        identifiers = find_identifiers(text, known_names())
    kinds = dict.fromkeys(each.kind for each in identifiers)
    return tuple(sorted(kinds, key=lambda kind: not kind.is_hard))


def echoed(text: str, length: int = 60) -> str:
    """Quote to a person what they typed, unless it could tell of a patient."""
    is_short = len(text) < _SHORTEST
    return clipped(text, length) if is_short or not find_identifiers(text) else UNREPEATED
