"""Runs: useful points in a row on one side of the centre line, and what chance alone explains (Anhøj)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise

from models.errors import DomainError


@dataclass(frozen=True)
class Run:
    """Useful points in a row on one side: 1-based positions, how many count, +1 above or -1 below."""

    first: int
    last: int
    length: int
    side: int


class Sign(StrEnum):
    """The test that fired."""

    SHIFT = "shift"
    CROSSINGS = "crossings"
    RUNS = "runs"
    TREND = "trend"


@dataclass(frozen=True)
class FiredTest:
    """A test that fired: its points, how many count, +1 above or rising, -1 below or falling, 0 neither."""

    sign: Sign
    first: int
    last: int
    length: int
    side: int
    words: str


@dataclass(frozen=True)
class RunLimits:
    """What chance explains: up to `longest` in a row, and `fewest` to `most` crossings (None: no end)."""

    longest: int
    fewest: int
    most: int | None = None


def refuse_misplaced(frozen: tuple[int, int | None], parts: Sequence[int]) -> None:
    """Raise DomainError for a baseline (its first and last) without a point, and for phases out of order."""
    first, last = frozen
    if first < 1 or (last is not None and last < first):
        raise DomainError("A baseline needs one point or more.")
    if any(later <= earlier for earlier, later in pairwise([0, *parts])):
        raise DomainError("Phases must end one after the other, each with one point or more.")


def side_words(side: int) -> str:
    """Say on which side: "above", "below"."""
    return "above" if side > 0 else "below"


def times(number: int) -> str:
    """Say how often: "once", "7 times"."""
    return "once" if number == 1 else f"{number} times"


def find_runs(useful: Sequence[tuple[int, int]]) -> list[Run]:
    """Cut (position, side) pairs into runs; sides are +1 or -1."""
    stretches = [
        (side, [p for p, _ in points]) for side, points in groupby(useful, key=lambda point: point[1])
    ]
    return [Run(at[0], at[-1], len(at), side) for side, at in stretches]


def longest_of(runs: Sequence[Run]) -> Run:
    """Return the longest run; of several the latest."""
    return max(runs, key=lambda run: (run.length, run.last))


def longest_on(runs: Sequence[Run], side: int) -> Run | None:
    """Return the longest run on one side; of several the latest, None where there is none."""
    return max(
        (run for run in runs if run.side == side), key=lambda run: (run.length, run.last), default=None
    )


def heading(useful: Sequence[tuple[int, int]]) -> int:
    """Tell where the process went: +1 if the points above come later, on average, than those below."""
    above = [position for position, side in useful if side > 0]
    below = [position for position, side in useful if side < 0]
    if not above or not below:
        return useful[0][1] if useful else 0
    difference = sum(above) * len(below) - sum(below) * len(above)
    return (difference > 0) - (difference < 0)


def anhoej_limits(n_useful: int) -> RunLimits:
    """Return the limits of Anhøj & Olesen 2014, doi 10.1371/journal.pone.0113825, from 1 useful point on."""
    return RunLimits(_longest(n_useful), _fewest(n_useful))


def anhoej_findings(runs: Sequence[Run], limits: RunLimits) -> tuple[FiredTest, ...]:
    """Say which of the two tests fire: an unusually long run, unusually few crossings."""
    fired = []
    longest, crossings = longest_of(runs), len(runs) - 1
    if longest.length > limits.longest:
        fired.append(shift(longest, limits))
    if crossings < limits.fewest:
        words = f"Median crossed {times(crossings)}, at least {limits.fewest} expected."
        fired.append(
            FiredTest(Sign.CROSSINGS, runs[0].first, runs[-1].last, sum(run.length for run in runs), 0, words)
        )
    return tuple(fired)


def shift(run: Run, limits: RunLimits) -> FiredTest:
    """Say that a run is too long for chance."""
    words = f"Longest run {run.length} {side_words(run.side)} the median, limit {limits.longest}."
    return FiredTest(Sign.SHIFT, run.first, run.last, run.length, run.side, words)


def _longest(n_useful: int) -> int:
    """Round log2(n) + 3 (Schilling 2012) in whole numbers: log2(n) passes k - 1/2 once n² > 2^(2k - 1)."""
    return (n_useful * n_useful).bit_length() // 2 + 3


@lru_cache(maxsize=1024)
def _fewest(n_useful: int) -> int:
    """Find the 5 % point of Bin(n - 1, 1/2) (Chen 2010): the first count 1 in 20 or more stay within."""
    tosses = n_useful - 1
    crossings, ways, total = 0, 1, 1
    while total * 20 < 2**tosses:
        ways = ways * (tosses - crossings) // (crossings + 1)
        total += ways
        crossings += 1
    return crossings
