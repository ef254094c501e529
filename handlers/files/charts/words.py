"""What a picture shows, in full sentences: as a caption beside it, and as its alt text."""

from collections.abc import Iterable

from handlers.files.charts.baseline import baseline, shaded, tests_began
from handlers.files.charts.levels import full_level, level_words, number_words, short_level
from handlers.files.charts.spec import SMALL_DENOMINATOR, ChartSpec, Reading, small_points
from handlers.files.charts.title import better_words, title
from models.rules.charts.control_chart import NAMES
from models.rules.charts.run_chart import Rules
from models.rules.numbers import exact_number

ALT_TEXT_MAX = 1000  # Slack refuses a longer alt_txt: alt_txt_too_large
NAME_MAX = 60
FEW = 6  # so many months are named, more are counted
RULES = {Rules.IHI: "Judged by the IHI rules.", Rules.IHI_TREND: "Judged by the IHI rules, with trend."}


def headline(spec: ChartSpec) -> str:
    """Say whose chart of what it is, and what it shows."""
    return f"{short_name(spec.team)}, {short_name(spec.measure)}: {title(spec)}."


def details(spec: ChartSpec) -> str:
    """Say everything else the picture says, for the words below the headline."""
    return " ".join((*_lead(spec)[1:], *_rest(spec)))


def alt_text(spec: ChartSpec) -> str:
    """Say the same for who cannot see the picture, in at most 1000 characters; the notes give way first."""
    return within((_kind(spec), *_lead(spec), *_rest(spec)))


def note_words(spec: ChartSpec) -> list[str]:
    """Return the notes as they stand below the picture: "1 Huddle at noon"."""
    return [f"{note.number} {note.text}" for note in sorted(spec.markers, key=lambda note: note.number)]


def short_name(name: str, limit: int = NAME_MAX) -> str:
    """Shorten a long name in its middle: names that begin alike differ at their ends."""
    name, half = name.strip(), limit // 2
    return name if len(name) <= limit else f"{name[: limit - half - 1].rstrip()}…{name[-half:].strip()}"


def _kind(spec: ChartSpec) -> str:
    return "Control chart." if spec.limits else "Run chart."


def within(sentences: Iterable[str]) -> str:
    """Join sentences up to the limit of an alt text; the last ones give way."""
    kept = ""
    for sentence in sentences:
        if len(kept) + 1 + len(sentence) > ALT_TEXT_MAX - len(" …"):
            return f"{kept} …"
        kept = f"{kept} {sentence}".lstrip()
    return kept


def _lead(spec: ChartSpec) -> tuple[str, ...]:
    reading = spec.reading
    sentences = [headline(spec)]
    if spec.months:
        gaps = len(spec.months) - len(reading.known)
        missing = f", {gaps} without a value" if gaps else ""
        sentences.append(
            f"{spec.months[0]} to {spec.months[-1]}, {count_words(len(spec.months), 'month')}{missing}."
        )
    if reading.known:
        sentences += [latest_words(spec, reading), _spread(spec, reading)]
    goal = "" if reading.goal is None else f" Goal {level_words(spec, reading.goal)}."
    sentences.append(f"{better_words(spec).capitalize()}.{goal}")
    sentences += [*_judgement(spec, reading), *_teams(spec)]
    return tuple(sentence for sentence in sentences if sentence)


def latest_words(spec: ChartSpec, reading: Reading) -> str:
    """Say the latest value, with its month and what it was counted from."""
    last = reading.known[-1]
    level = full_level(reading.levels[last - 1] or 0, spec.unit, reading.decimals)
    of = f", {teams_words(spec, last)}" if spec.together else ""
    since = "" if last == len(spec.months) else " No value since."
    return f"Latest, {spec.months[last - 1]}: {level}{_counts(spec, last)}{of}.{since}"


def teams_words(spec: ChartSpec, position: int) -> str:
    """Say of how many teams a month is: "3 of 4 teams"; nothing on a chart of one team."""
    return f"{spec.together.counts[position - 1]} of {spec.together.teams} teams" if spec.together else ""


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
    return f"Lowest {level_words(spec, min(levels))}, highest {level_words(spec, max(levels))}."


def _judgement(spec: ChartSpec, reading: Reading) -> list[str]:
    """What the rules say, with their numbers, and which months the picture marks for it."""
    if reading.present is None or not reading.known:
        return []
    if spec.limits:
        return _limits(spec, reading, NAMES[spec.limits])
    words = [_crowded(spec, reading) or reading.present.words, RULES.get(spec.rules, "")]
    words += [reading.present.words] if words[0] != reading.present.words and reading.present.fits else []
    marked = sorted(reading.signal_points)
    if marked:
        words.append(f"Marked: {month_words(spec, marked[0])} to {month_words(spec, marked[-1])}.")
    words.append(reading.present.hint)
    if reading.way:
        words.append(
            f"This is the {'better' if reading.way > 0 else 'worse'} direction: worth asking what changed."
        )
    return words


def _limits(spec: ChartSpec, reading: Reading, name: str) -> list[str]:
    """What the control limits are, and which months lie outside."""
    words = [f"{name}: the dashed limits lie three sigma from the mean."]
    limited = [(i, band) for i, band in enumerate(reading.bands, 1) if band.upper is not None]
    for i, band in limited[-1:]:
        low, high = level_words(spec, band.lower or 0), level_words(spec, band.upper or 0)
        words.append(f"In {month_words(spec, i)} they are {low} and {high}.")
    if reading.outside:
        words.append(f"Triangles{_which(spec, reading.outside)} are outside: what was different?")
    return words


def _crowded(spec: ChartSpec, reading: Reading) -> str:
    """Say so where most months sit at an end of the scale (Healthcare Improvement Scotland guide, 2017)."""
    if reading.crowded is None:
        return ""
    sit = short_level(reading.crowded, spec.unit)
    time = "the time from one case to the next may say more"
    return f"More than half of the months sit at {sit}: a run chart does not fit well, {time}."


def _teams(spec: ChartSpec) -> list[str]:
    """Say how far the teams lie apart, and which months do not count because some are missing."""
    if spec.together is None:
        return []
    ranges = zip(spec.months, spec.together.ranges, strict=True)
    known = [(month, ends) for month, ends in ranges if ends]
    words = []
    if known:
        month, (low, high) = known[-1]
        ends = f"{level_words(spec, low)} to {level_words(spec, high)}"
        words.append(f"Bars show the range of teams: {ends} in {month}.")
    if spec.partial:
        why = "the median and the rules leave them out"
        words.append(f"Crosses{_which(spec, spec.partial)} are months without some teams: {why}.")
    return words


def _which(spec: ChartSpec, positions: Iterable[int]) -> str:
    """Name a few months, count many: " (Jan 2026, Mar 2026)", " (14)"."""
    at = sorted(positions)
    return f" ({', '.join(month_words(spec, i) for i in at)})" if len(at) <= FEW else f" ({len(at)})"


def _rest(spec: ChartSpec) -> tuple[str, ...]:
    reading = spec.reading
    sentences = [_baseline(spec, reading), *_phases(spec, reading)]
    small = len(small_points(spec))
    if small:
        sentences.append(f"Hollow points ({small}) rest on fewer than {SMALL_DENOMINATOR} counted.")
    if spec.estimates:
        sentences.append(f"Points in a ring{_which(spec, spec.estimates)} are estimates.")
    sentences += marked_words(spec)
    return tuple(sentence.replace("..", ".") for sentence in sentences if sentence)


def marked_words(spec: ChartSpec) -> list[str]:
    """Say what the numbers or triangles on the chart stand for: "Cycle 1, Mar 2026: a second reading."."""
    return [
        f"{one.kind} {one.number}, {month_words(spec, one.position)}: {one.text}." for one in spec.markers
    ]


def month_words(spec: ChartSpec, position: int) -> str:
    """Name the month at a position; one past the end is yet to come."""
    return spec.months[position - 1] if 1 <= position <= len(spec.months) else "later"


def _baseline(spec: ChartSpec, reading: Reading) -> str:
    months = baseline(spec)
    if months is None:
        return ""
    first, last = (month_words(spec, position) for position in months)
    return f"The {reading.centre} is that of the baseline, {first} to {last}, extended.{_tested(spec)}"


def _tested(spec: ChartSpec) -> str:
    """Say why the shading ends before the baseline does."""
    began = tests_began(spec)
    if began is None or shaded(spec) == baseline(spec):
        return ""
    return f" A test began in {month_words(spec, began)}: shaded is what was before."


def _phases(spec: ChartSpec, reading: Reading) -> list[str]:
    """Each phase with its months, its name and its centre line."""
    labels = {start.position: start.label for start in spec.phases}
    words = []
    for line in reading.lines if len(reading.lines) > 1 else ():
        span = f"{month_words(spec, line.first)} to {month_words(spec, line.last)}"
        level = f"{reading.centre} {'none' if line.level is None else level_words(spec, line.level)}"
        words.append(f"{span}: {', '.join(part for part in (labels.get(line.first, ''), level) if part)}.")
    return words


def count_words(number: int, noun: str) -> str:
    """Say how many: "1 month", "3 months"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
