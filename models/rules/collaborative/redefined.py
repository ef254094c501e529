"""Changes of a measure's definition: on which day, and of what."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise

from models.rules.collaborative.measure import Measure, PastDefinition

PARTS = {  # part of a definition -> what people call it
    "conceptual": "what is meant",
    "operational": "what counts",
    "numerator": "the numerator",
    "denominator": "the denominator",
    "sampling": "the sample",
    "sample_size": "the size of the sample",
}


@dataclass(frozen=True)
class Redefined:
    """From a day on the measure is another: the names of the parts that changed."""

    on: date
    parts: tuple[str, ...]


def redefined(past: Sequence[PastDefinition], now: Measure) -> tuple[Redefined, ...]:
    """The changes a measure went through; `past` is what it was before each, oldest first."""
    versions = [*map(_parts, past), _parts(now)]
    changes = zip(past, pairwise(versions), strict=True)
    return tuple(Redefined(was.until, parts) for was, pair in changes if (parts := _changed(*pair)))


def redefined_words(changes: Iterable[Redefined]) -> str:
    """Say what is another from here on, of several changes together."""
    changed = {part for each in changes for part in each.parts}
    *first, last = [name for part, name in PARTS.items() if part in changed]
    parts = f"{', '.join(first)} and {last}" if first else last
    return f"New definition of {parts}; earlier months are counted the old way"


def differs(part: str, old: object, new: object) -> bool:
    """Whether a part of a definition is another; a size given where nobody had said one is none."""
    return old != new and not (part == "sample_size" and None in {old, new})


def _parts(of: Measure | PastDefinition) -> dict[str, object]:
    return {**asdict(of.definition), "sampling": of.sampling, "sample_size": of.sample_size}


def _changed(old: dict[str, object], new: dict[str, object]) -> tuple[str, ...]:
    return tuple(part for part in PARTS if differs(part, old[part], new[part]))
