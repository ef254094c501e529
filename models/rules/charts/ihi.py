"""The run-chart rules taught by the IHI: shift, trend and number of runs (Perla, Provost & Murray 2011)."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise

from models.rules.charts.runs import FiredTest, Run, RunLimits, Sign, shift

SHIFT = 6  # points in a row on one side, those on the median skipped
TREND = 5  # points in a row going one way, of equal neighbours only the first counted


def limits(n_above: int, n_below: int) -> RunLimits:
    """Return the limits for points split so about the centre line, from the exact distribution.

    On an even split they are those of the table in print (Swed & Eisenhart 1943). By convention the table
    holds the numbers of runs already rare at 5 %, and only *fewer* or *more* than those count as a signal.
    """
    lower, upper = _runs_limits(n_above, n_below)
    return RunLimits(SHIFT - 1, max(lower - 1, 0), upper - 1)


def findings(runs: Sequence[Run], bounds: RunLimits) -> tuple[FiredTest, ...]:
    """Say which of shift (every run of six or more) and number of runs fire."""
    fired = [shift(run, bounds) for run in runs if run.length > bounds.longest]
    crossings, most = len(runs) - 1, bounds.most
    if most is not None and not bounds.fewest <= crossings <= most:
        words = f"{len(runs)} runs, {bounds.fewest + 1} to {most + 1} expected."
        fired.append(
            FiredTest(Sign.RUNS, runs[0].first, runs[-1].last, sum(run.length for run in runs), 0, words)
        )
    return tuple(fired)


def trends(points: Sequence[tuple[int, Fraction | None]]) -> tuple[FiredTest, ...]:
    """Find five or more points all rising or all falling; missing points and repeats are skipped."""
    known = [(position, value) for position, value in points if value is not None]
    moves = known[:1] + [here for before, here in pairwise(known) if here[1] != before[1]]
    fired, start = [], 0
    for end in range(1, len(moves)):
        if end + 1 == len(moves) or _rises(moves, end) != _rises(moves, end + 1):
            fired += _trend(moves[start : end + 1])
            start = end
    return tuple(fired)


def _rises(moves: Sequence[tuple[int, Fraction]], end: int) -> bool:
    return moves[end][1] > moves[end - 1][1]


def _trend(stretch: Sequence[tuple[int, Fraction]]) -> list[FiredTest]:
    if len(stretch) < TREND:
        return []
    (first, start), (last, end) = stretch[0], stretch[-1]
    way = "rising" if end > start else "falling"
    words = f"{len(stretch)} points {way} in a row, limit {TREND - 1}."
    return [FiredTest(Sign.TREND, first, last, len(stretch), 1 if end > start else -1, words)]


@lru_cache(maxsize=1024)
def _runs_limits(n_above: int, n_below: int) -> tuple[int, int]:
    """Find the most runs that 5 % or fewer stay within, and the fewest that 5 % or fewer reach."""
    ways = _ways(n_above, n_below)
    total = sum(ways)
    lower = sum(20 * seen <= total for seen in accumulate(ways))
    upper = len(ways) + 1 - sum(20 * seen <= total for seen in accumulate(reversed(ways)))
    return lower, upper


def _ways(n_above: int, n_below: int) -> list[int]:
    """Count the orders with 1, 2, 3 … runs (Swed & Eisenhart 1943), for one point or more."""
    fewer, more = sorted((n_above, n_below))
    if not fewer:
        return [1]
    small, large = [*_binomials(fewer - 1), 0], [*_binomials(more - 1), 0]
    ways = [0]
    for k in range(1, fewer + 1):
        ways += [2 * small[k - 1] * large[k - 1], small[k] * large[k - 1] + small[k - 1] * large[k]]
    return ways


def _binomials(n: int) -> list[int]:
    """Return the n-th row of Pascal's triangle, each entry from the one before: 10,000 points are quick."""
    row = [1]
    for k in range(n):
        row.append(row[-1] * (n - k) // (k + 1))
    return row
