"""Changes of a measure's definition: on which day, and of what."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise

from models.rules.collaborative.measure import Definition, Measure, PastDefinition

PARTS = {  # part of a definition -> what people call it
    "conceptual": "what is meant",
    "operational": "what counts",
    "numerator": "the numerator",
    "denominator": "the denominator",
    "sampling": "the sample",
}


@dataclass(frozen=True)
class Redefined:
    """From a day on the measure is another: the names of the parts that changed."""

    on: date
    parts: tuple[str, ...]


def redefined(past: Sequence[PastDefinition], now: Measure) -> tuple[Redefined, ...]:
    """The changes a measure went through; `past` is what it was before each, oldest first."""
    earlier = [_parts(each.definition, each.sampling) for each in past]
    versions = [*earlier, _parts(now.definition, now.sampling)]
    changes = zip(past, pairwise(versions), strict=True)
    return tuple(Redefined(was.until, parts) for was, pair in changes if (parts := _changed(*pair)))


def redefined_words(changes: Iterable[Redefined]) -> str:
    """Say what is another from here on, of several changes together."""
    changed = {part for each in changes for part in each.parts}
    *first, last = [name for part, name in PARTS.items() if part in changed]
    parts = f"{', '.join(first)} and {last}" if first else last
    return f"New definition of {parts}; earlier months are counted the old way"


def _parts(definition: Definition, sampling: str) -> dict[str, str]:
    return {**asdict(definition), "sampling": sampling}


def _changed(old: dict[str, str], new: dict[str, str]) -> tuple[str, ...]:
    return tuple(part for part in PARTS if old[part] != new[part])
