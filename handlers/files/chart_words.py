"""What a chart says, in words: its title, its caption, its alt text."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from handlers.files.chart_spec import SMALL_DENOMINATOR, ChartSpec, Reading, read, small_points
from models.rules.exact import Number, exact_number
from models.rules.measure import Unit, UnitKind, with_noun
from models.rules.run_chart import Phase
from models.rules.runs import Finding, Sign, side_words, times

ALT_TEXT_MAX = 1000  # Slack refuses a longer alt_txt: alt_txt_too_large
NAME_MAX = 60
SHORTER = (
    ("Baseline median", "Median"),
    (" months in a row", " in a row"),
    (" above it", " above"),
    (" below it", " below"),
    (", later ones", ", then"),
    (" of change", ""),
    ("; too few months to judge", ""),
    (" crossed only", " crossed"),
)
_CROSSED = re.compile(r"(crossed \w+( times)?) in \d+ months$")
Ranges = Sequence[tuple[Number, Number] | None]  # the lowest and highest team of each month


def title(spec: ChartSpec) -> str:
    """Say what the chart says: "Median 62%; 9 months in a row above it"."""
    reading = read(spec)
    phase = reading.present
    if phase is None or not reading.known:
        return "No values yet"
    if phase.centre is None:
        return "No median yet"
    if len(reading.known) > 1 and len({reading.levels[i - 1] for i in reading.known}) == 1:
        return f"All {len(reading.known)} months at {short_level(phase.centre, spec.unit)}"
    return f"{_median_words(spec, reading)}{_verdict(phase, reading.finding)}"


def short_title(spec: ChartSpec) -> str:
    """Say the same in the width of a small chart: "Median 62%; 9 in a row above"."""
    words = title(spec)
    for long, short in SHORTER:
        words = words.replace(long, short)
    return _CROSSED.sub(r"\1", words)


def caption(spec: ChartSpec, ranges: Ranges = ()) -> str:
    """Say everything the picture says, in full sentences, for the message beside it."""
    return " ".join((*_lead(spec), *_range(spec, ranges), *_rest(spec)))


def alt_text(spec: ChartSpec, ranges: Ranges = ()) -> str:
    """Say the same for who cannot see the picture, in at most 1000 characters; the notes give way first."""
    return _within(("Run chart.", *_lead(spec), *_range(spec, ranges), *_rest(spec)))


def sheet_alt_text(specs: Sequence[ChartSpec], heading: str) -> str:
    """Say what each chart of a sheet says, in at most 1000 characters."""
    lines = (f"{short_name(spec.team, 40)}: {title(spec)}." for spec in specs)
    return _within((f"{_count(len(specs), 'run chart')}. {short_name(heading, 200)}.", *lines))


def short_level(level: Number, unit: Unit) -> str:
    """Say a level beside an axis or a line: "62%", "49.5%", "8.1"."""
    number = number_words(exact_number(level))
    return f"{number}%" if unit.kind is UnitKind.PERCENT else number


def full_level(level: Number, unit: Unit) -> str:
    """Say a level in a sentence: "62%", "8.1 per 10,000 risk days", "14.5 minutes"."""
    level_alone = short_level(level, unit)
    if unit.kind is UnitKind.PERCENT:
        return level_alone
    if unit.kind is UnitKind.RATE:
        return f"{level_alone} {unit_words(unit)}"
    return with_noun(level_alone, unit.noun)


def unit_words(unit: Unit) -> str:
    """Name the unit: "%", "per 10,000 risk days", "minutes"; a bare count has none."""
    if unit.kind is UnitKind.PERCENT:
        return "%"
    return f"per {unit.per:,} {unit.noun}".rstrip() if unit.kind is UnitKind.RATE else unit.noun


def number_words(number: Fraction) -> str:
    """Write a number for people: one decimal at most, two digits that count below 1, none from 1,000 on."""
    size = abs(number)
    if number.denominator == 1 or size >= 1000:  # noqa: PLR2004 - as the docstring says
        return f"{round(number):,}"
    if size >= 1:
        return f"{float(number):.1f}".removesuffix(".0")
    return f"{float(number):.2g}"


def unit_title(unit: Unit) -> str:
    """Name the unit as a heading: "Percent", "Per 10,000 risk days", "Minutes", "Count"."""
    words = "percent" if unit.kind is UnitKind.PERCENT else unit_words(unit) or "count"
    return words[0].upper() + words[1:]


def note_words(spec: ChartSpec) -> list[str]:
    """Return the notes as they stand below the picture: "1 Huddle at noon"."""
    return [f"{note.number} {note.text}" for note in sorted(spec.markers, key=lambda note: note.number)]


def better_words(spec: ChartSpec) -> str:
    """Say which way is good."""
    return "higher is better" if spec.is_better_higher else "lower is better"


def short_name(name: str, limit: int = NAME_MAX) -> str:
    """Shorten a long name at its end."""
    return name if len(name) <= limit else f"{name[: limit - 1].rstrip()}…"


def _median_words(spec: ChartSpec, reading: Reading) -> str:
    phase = reading.present
    if phase is None or phase.centre is None:
        return ""
    level = short_level(phase.centre, spec.unit)
    if phase.is_provisional:
        return f"Median so far {level}"
    return f"{'Baseline median' if reading.chart and reading.chart.freeze else 'Median'} {level}"


def _verdict(phase: Phase, finding: Finding | None) -> str:
    if phase.is_provisional:
        return "; too few months to judge"
    if finding is None:
        return "; no signal of change"
    if finding.sign is Sign.SHIFT:
        later = f", later ones {side_words(-finding.side)}" if finding.side == -phase.heading else ""
        return f"; {finding.length} months in a row {side_words(finding.side)} it{later}"
    if finding.sign is Sign.TREND:
        return f"; {finding.length} months in a row {'rising' if finding.side > 0 else 'falling'}"
    if finding.sign is Sign.CROSSINGS:
        return f", crossed only {times(phase.n_crossings or 0)} in {phase.n_useful} months"
    return f"; {(phase.n_crossings or 0) + 1} runs, an unusual number"


def _within(sentences: Iterable[str]) -> str:
    kept = ""
    for sentence in sentences:
        if len(kept) + 1 + len(sentence) > ALT_TEXT_MAX - len(" …"):
            return f"{kept} …"
        kept = f"{kept} {sentence}".lstrip()
    return kept


def _range(spec: ChartSpec, ranges: Ranges) -> tuple[str, ...]:
    known = [(month, ends) for month, ends in zip(spec.months, ranges, strict=False) if ends]
    if not known:
        return ()
    month, (low, high) = known[-1]
    ends = f"{short_level(low, spec.unit)} to {short_level(high, spec.unit)}"
    return (f"Bars show the range of teams: {ends} in {month}.",)


def _lead(spec: ChartSpec) -> tuple[str, ...]:
    reading = read(spec)
    sentences = [f"{short_name(spec.team)}, {short_name(spec.measure)}: {title(spec)}."]
    if spec.months:
        gaps = len(spec.months) - len(reading.known)
        missing = f", {gaps} without a value" if gaps else ""
        sentences.append(
            f"{spec.months[0]} to {spec.months[-1]}, {_count(len(spec.months), 'month')}{missing}."
        )
    if reading.known:
        sentences += [_latest(spec, reading), _spread(spec, reading)]
    goal = "" if reading.goal is None else f" Goal {short_level(reading.goal, spec.unit)}."
    sentences.append(f"{better_words(spec).capitalize()}.{goal}")
    sentences += _judgement(reading)
    return tuple(sentence for sentence in sentences if sentence)


def _latest(spec: ChartSpec, reading: Reading) -> str:
    last = reading.known[-1]
    level = reading.levels[last - 1]
    return f"Latest, {spec.months[last - 1]}: {full_level(level or 0, spec.unit)}{_counts(spec, last)}."


def _counts(spec: ChartSpec, position: int) -> str:
    above = spec.numerators[position - 1] if spec.numerators else None
    below = spec.denominators[position - 1] if spec.denominators else None
    if above is None or below is None:
        return ""
    return f" ({number_words(exact_number(above))} of {number_words(exact_number(below))})"


def _spread(spec: ChartSpec, reading: Reading) -> str:
    levels = [level for level in reading.levels if level is not None]
    if len(levels) < 2:  # noqa: PLR2004 - one value has no range
        return ""
    return f"Lowest {short_level(min(levels), spec.unit)}, highest {short_level(max(levels), spec.unit)}."


def _judgement(reading: Reading) -> list[str]:
    if reading.present is None or not reading.known:
        return []
    words = [reading.present.words, reading.present.hint]
    if reading.way:
        words.append(
            f"This is the {'better' if reading.way > 0 else 'worse'} direction: worth asking what changed."
        )
    return words


def _rest(spec: ChartSpec) -> tuple[str, ...]:
    reading = read(spec)
    sentences = [_baseline(reading), _crowded(spec, reading)]
    sentences += [f"Phase from {_month(spec, start.position)}: {start.label}." for start in spec.phases]
    small = len(small_points(spec))
    if small:
        sentences.append(f"Hollow points ({small}) rest on fewer than {SMALL_DENOMINATOR} counted.")
    sentences += [
        f"Note {note.number}, {spec.months[note.position - 1]}: {note.text}." for note in spec.markers
    ]
    return tuple(sentence.replace("..", ".") for sentence in sentences if sentence)


def _month(spec: ChartSpec, position: int) -> str:
    return spec.months[position - 1] if 1 <= position <= len(spec.months) else "later"


def _baseline(reading: Reading) -> str:
    if reading.chart is None or reading.chart.freeze is None:
        return ""
    return f"The median is that of the baseline, the first {_count(reading.chart.freeze, 'month')}, extended."


def _crowded(spec: ChartSpec, reading: Reading) -> str:
    """Say so where most months sit at an end of the scale (Healthcare Improvement Scotland guide, 2017)."""
    ends = (0, 100) if spec.unit.kind is UnitKind.PERCENT else (0,)
    for end in ends:
        if 2 * sum(level == end for level in reading.levels) > len(reading.known) > 0:
            return (
                f"More than half of the months sit at {short_level(end, spec.unit)}: "
                "a run chart says little here; consider charting the time between events."
            )
    return ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
