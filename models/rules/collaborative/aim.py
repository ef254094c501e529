"""What a collaborative wants to reach, in four parts, and what its aim still lacks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Protocol

from models.rules.collaborative.measure import Measure
from models.rules.collaborative.people import Collaborative


@dataclass(frozen=True)
class Aim:
    """Four short answers; what is not said yet is ""."""

    population: str = ""
    time_frame: str = ""
    goal: str = ""
    measure: str = ""  # the key of the measure that shows it; that one's goal is the line on its chart


LABELS = {  # field of Aim -> what people read beside it, and write in the file; in this order
    "population": "For whom",
    "time_frame": "By when",
    "goal": "How much",
    "measure": "Measured by",
}


class Counted(Protocol):
    """A measure, as it is stored or as a file has it."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def goal(self) -> Decimal | None: ...


@dataclass(frozen=True)
class StatedAim:
    """The aim of one collaborative, for one reader."""

    collaborative: Collaborative
    aim: Aim
    measures: tuple[Measure, ...]  # in use, in order
    may_change: bool


def told(aim: Aim, measures: Iterable[Counted]) -> dict[str, str]:
    """What the aim says, by label; "" where it says nothing yet. The measure is told by its name."""
    names = {each.key: each.name for each in measures}
    parts = {**asdict(aim), "measure": names.get(aim.measure, "")}
    return {LABELS[part.name]: parts[part.name] for part in fields(aim)}


def lacks(aim: Aim, measures: Sequence[Counted]) -> tuple[str, ...]:
    """Name kindly what is missing; a word without a number is no measure of time or of how much."""
    return (
        *(["For whom? Say which people it is about."] if not aim.population else []),
        *(["By when? Give a month and a year."] if not _has_number(aim.time_frame) else []),
        *(["How much? Give a number to reach."] if not _has_number(aim.goal) else []),
        *_unmeasured(aim, measures),
    )


def _unmeasured(aim: Aim, measures: Sequence[Counted]) -> Iterable[str]:
    """Teams that count nothing are not asked for a measure."""
    measure = next((each for each in measures if each.key == aim.measure), None)
    if measure is None and measures:
        yield "Measured by? Choose the measure that will show it."
    if measure and measure.goal is None:
        yield f"{measure.name} has no goal yet, so its chart shows no line to reach."


def _has_number(words: str) -> bool:
    return re.search(r"\d", words) is not None
