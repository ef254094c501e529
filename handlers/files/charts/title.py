"""What a chart says, in one line that a nurse reads in three seconds."""

import re

from handlers.files.charts.levels import level_words
from handlers.files.charts.spec import ChartSpec, Reading
from models.rules.charts.phase import Phase
from models.rules.charts.runs import FiredTest, Sign, side_words, times

SHORTER = (
    ("Baseline median", "Median"),
    ("Most months at", "Most at"),
    (": a run chart does not fit", ""),
    (" months in a row", ""),
    (" above it", " above"),
    (" below it", " below"),
    (" of change", ""),
)
_ASIDE = re.compile(r"; too few.*|, crossed only.*|(?<=times) in \d+ months$|(?<=once) in \d+ months$")
_LAST = re.compile(r"last (\d+) months")
_TURNED = re.compile(r"(\d+) months in a row (above|below) it, later ones \w+")


def title(spec: ChartSpec) -> str:
    """Say what the chart says: "Median 62%; 9 months in a row above it"."""
    reading = spec.reading
    phase = reading.present
    if reading.bands:
        return _limits(spec, reading)
    if phase is None or not reading.known:
        return "No values yet"
    if phase.centre is None:
        return "No median yet"
    if len(reading.known) > 1 and len({reading.levels[i - 1] for i in reading.known}) == 1:
        return f"All {len(reading.known)} months at {level_words(spec, phase.centre)}"
    if not phase.fits:
        return f"Most months at {level_words(spec, phase.centre)}: a run chart does not fit"
    return f"{_median_words(spec, reading, phase)}{_verdict(reading, phase)}"


def short_title(spec: ChartSpec) -> str:
    """Say the same in the width of a small chart: "Median 62%; 9 above"."""
    words = _TURNED.sub(r"earlier \1 \2", _LAST.sub(r"last \1", _ASIDE.sub("", title(spec))))
    for long, short in SHORTER:
        words = words.replace(long, short)
    return words


def better_words(spec: ChartSpec) -> str:
    """Say which way is good."""
    return "higher is better" if spec.is_better_higher else "lower is better"


def _limits(spec: ChartSpec, reading: Reading) -> str:
    """Say how many months of the present phase lie outside the control limits."""
    first, level = reading.lines[-1].first, level_words(spec, reading.lines[-1].level or 0)
    many = sum(i >= first for i in reading.outside)
    months = "month" if many in {0, 1} else "months"
    return f"Mean {level}; {many or 'no'} {months} outside the limits"


def _median_words(spec: ChartSpec, reading: Reading, phase: Phase) -> str:
    level = level_words(spec, phase.centre or 0)
    if phase.is_short:
        return f"Median so far {level}"
    return f"{'Baseline median' if reading.chart and reading.chart.freeze else 'Median'} {level}"


def _verdict(reading: Reading, phase: Phase) -> str:
    finding = reading.finding
    if phase.is_provisional:
        return f"; too few months{' off the median' if phase.is_tied else ''} to judge"
    if finding is None:
        return "; no signal of change"
    if finding.sign is Sign.SHIFT:
        later = f", later ones {side_words(-finding.side)}" if reading.is_turned else ""
        return f"; {finding.length} months in a row {side_words(finding.side)} it{later}"
    if finding.sign is Sign.TREND:
        return f"; {finding.length} months in a row {'rising' if finding.side > 0 else 'falling'}"
    return _crossings(reading, phase, finding)


def _crossings(reading: Reading, phase: Phase, finding: FiredTest) -> str:
    """Say first what one sees, where most of the values went, and then how seldom the line was crossed."""
    crossings, run = phase.n_crossings or 0, phase.moved
    if phase.n_crossings_max is not None and crossings > phase.n_crossings_max:
        return f"; crossed {times(crossings)}, unusually often"
    if run is None or finding.sign is Sign.RUNS:
        return f"; crossed only {times(crossings)} in {phase.n_useful} months"
    later = any(reading.levels[i - 1] != phase.centre for i in reading.tested if i > run.last)
    months = f"{run.length} months in a row" if later else f"last {run.length} months"
    return f"; {months} {side_words(run.side)} it, crossed only {times(crossings)}"
