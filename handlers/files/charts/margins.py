"""The words around a plot: heading, months, labels at the line ends, numbered notes, and the foot."""

from dataclasses import dataclass, replace
from fractions import Fraction

from handlers.files.charts import style
from handlers.files.charts.baseline import shaded
from handlers.files.charts.canvas import Canvas, fit, fit_name, text_width, widest
from handlers.files.charts.keys import ROW, draw_keys, key_rows, point_keys
from handlers.files.charts.levels import level_words, unit_title
from handlers.files.charts.panel import signal_look
from handlers.files.charts.scale import Frame, Scale, months_to_name
from handlers.files.charts.spec import ChartSpec, Marker, Reading
from handlers.files.charts.title import better_words, title
from handlers.files.charts.words import note_words, teams_words

FOOT_ROWS = 3  # lines of notes; the rest stands in the caption
BADGE = 40  # across the circle around the number of a note


@dataclass(frozen=True)
class EndLabel:
    """Words at the right end of a line, level with it."""

    words: str
    y: float
    ink: str


def draw_head(canvas: Canvas, spec: ChartSpec) -> None:
    """Write whose chart it is, what it says, which way is good, and in which unit."""
    wide = canvas.width - 2 * style.EDGE
    font = style.LABEL if text_width(f"{spec.team} · {spec.measure}", style.LABEL) <= wide else style.FINE
    team = fit_name(spec.team, wide / 2, font)  # a long name leaves room for what is measured
    measure = fit_name(spec.measure, wide - text_width(f"{team} · ", font), font)
    canvas.text((style.EDGE, 46), f"{team} · {measure}", font, style.QUIET)
    words = title(spec)
    font = next((font for font in style.TITLES if text_width(words, font) <= wide), style.TITLES[-1])
    canvas.text((style.EDGE, 108), fit(words, wide, font), font, style.TEXT)
    unit = f"{better_words(spec).capitalize()}. {unit_title(spec.unit)}."
    canvas.text((style.EDGE, 170), fit(unit, wide, style.SMALL), style.SMALL, style.QUIET)


def draw_foot(canvas: Canvas, spec: ChartSpec) -> float:
    """Write the key and the notes at the bottom; returns the y above which there is room."""
    wide = canvas.width - 2 * style.EDGE
    rows = key_rows(point_keys([spec]), wide)
    y = canvas.height - style.EDGE + ROW / 4 - len(rows) * ROW
    draw_keys(canvas, rows, (style.EDGE, y + ROW))
    for line in reversed(_note_lines(spec, wide)):
        canvas.text((style.EDGE, y), line, style.SMALL, style.TEXT)
        y -= ROW
    return y + ROW / 2


def draw_months(canvas: Canvas, spec: ChartSpec, scale: Scale, font: style.Font) -> None:
    """Name as many months below the plot as fit, with a tick at each named one."""
    room = widest(spec.months[:24], font) + font.size  # two years hold every name of a month
    most = int((scale.frame.right - scale.frame.left) // room)
    for position in months_to_name(len(spec.months), max(most, 1)):
        x, y = scale.x(position), scale.frame.bottom
        canvas.line([(x, y), (x, y + 10)], style.QUIET, style.HAIR)
        canvas.text((x, y + 26 + font.size / 2), spec.months[position - 1], font, style.QUIET, 0.5)


def end_labels(spec: ChartSpec) -> list[str]:
    """Return what stands right of the plot, so that room can be kept for it."""
    return [words for words, *_ in _ends(spec, spec.reading)]


def draw_end_labels(canvas: Canvas, spec: ChartSpec, scale: Scale) -> None:
    """Label goal, present median and latest value beside their lines, moved apart where they would touch."""
    labels = [EndLabel(words, scale.y(level), ink) for words, level, ink in _ends(spec, spec.reading)]
    for label in _apart(labels, scale.frame):
        canvas.text((scale.frame.right + 16, label.y), label.words, style.LABEL_BOLD, label.ink)


def draw_stretches(canvas: Canvas, spec: ChartSpec, scale: Scale, y: float) -> None:
    """Name the baseline, and each phase after its median, above the months they span."""
    reading = spec.reading
    if span := shaded(spec):
        _stretch(canvas, scale, ("Baseline", ""), span, y)
    labels = {start.position: start.label for start in spec.phases}
    for line in reading.lines if len(reading.lines) > 1 else ():
        level = "" if line.level is None else f"{reading.centre.capitalize()} {level_words(spec, line.level)}"
        _stretch(canvas, scale, (level, labels.get(line.first, "")), (line.first, line.last), y)


def draw_notes(canvas: Canvas, spec: ChartSpec, scale: Scale, y: float) -> None:
    """Number the notes above the plot, a thin line down their months; those too close share a badge."""
    for badge in _badges(spec, scale):
        for x in set(badge.places):
            canvas.line([(x, y), (x, scale.frame.bottom)], style.QUIET, style.HAIR, style.NOTE_DASHES)
        _draw_badge(canvas, badge, y)


@dataclass(frozen=True)
class _Badge:
    """Notes that share a badge, and where they stand."""

    notes: tuple[Marker, ...]
    places: tuple[float, ...]

    @property
    def words(self) -> str:
        """Cycles have the first numbers, notes the next ones, definitions the last: "3", "3-5", "2, 6-8"."""
        kinds = ("Cycle", "Note", "Definition")
        by_kind = [[n.number for n in self.notes if n.kind == kind] for kind in kinds]
        return ", ".join(_span(numbers) for numbers in by_kind if numbers)

    @property
    def x(self) -> float:
        return (self.places[0] + self.places[-1]) / 2

    @property
    def half(self) -> float:
        return max(text_width(self.words, style.BADGE) + 16, BADGE) / 2

    def touches(self, other: "_Badge") -> bool:
        return other.x - self.x < self.half + other.half + 4


def _span(numbers: list[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def _badges(spec: ChartSpec, scale: Scale) -> list[_Badge]:
    """Put notes together whose badges would touch."""
    badges: list[_Badge] = []
    for note in sorted(spec.markers, key=lambda note: (note.position, note.number)):
        badge = _Badge((note,), (scale.x(note.position),))
        while badges and badges[-1].touches(badge):
            before = badges.pop()
            badge = _Badge(before.notes + badge.notes, before.places + badge.places)
        badges.append(badge)
    return badges


def _draw_badge(canvas: Canvas, badge: _Badge, y: float) -> None:
    """Circle a number; several stand in a box."""
    x, half = badge.x, badge.half
    if half <= BADGE / 2:
        canvas.dots([(x, y)], "circle", BADGE, (style.QUIET, style.PAPER))
    else:
        for inset, ink in ((0, style.QUIET), (3, style.PAPER)):
            left_top = (x - half + inset, y - BADGE / 2 + inset)
            canvas.box(left_top, (x + half - inset, y + BADGE / 2 - inset), ink)
    canvas.text((x, y), badge.words, style.BADGE, style.TEXT, 0.5)


def _stretch(canvas: Canvas, scale: Scale, words: tuple[str, str], span: tuple[int, int], y: float) -> None:
    """Write over a stretch its first words, whole or not at all, and as much of the others as fits."""
    left, right = scale.x(span[0] - 0.5) + 6, scale.x(span[1] + 0.5) - 6
    first = words[0]
    if text_width(first, style.SMALL) <= right - left:
        both = fit(", ".join(part for part in words if part), right - left, style.SMALL)
        canvas.text((left, y), both if len(both) > len(first) + 4 else first, style.SMALL, style.QUIET)


def _ends(spec: ChartSpec, reading: Reading) -> list[tuple[str, Fraction, str]]:
    ends = []
    if reading.goal is not None:
        ends.append((f"Goal {level_words(spec, reading.goal)}", reading.goal, style.GOAL))
    for line in reading.lines[-1:]:
        if line.level is not None:
            named = f"{reading.centre.capitalize()} {level_words(spec, line.level)}"
            words = [named, *(["provisional"] if line.is_short else [])]
            ends += [(each, line.level, style.MEDIAN) for each in words]
    ends += _limits(spec, reading)
    return ends + (_latest(spec, reading) if len(spec.months) > 1 else [])


def _limits(spec: ChartSpec, reading: Reading) -> list[tuple[str, Fraction, str]]:
    """The limits of the latest month that has some."""
    for band in reversed(reading.bands):
        if band.lower is not None and band.upper is not None:
            levels = (("Lower limit", band.lower), ("Upper limit", band.upper))
            return [(f"{name} {level_words(spec, level)}", level, style.QUIET) for name, level in levels]
    return []


def _latest(spec: ChartSpec, reading: Reading) -> list[tuple[str, Fraction, str]]:
    """The latest value; below it of when, where months without one followed, or of how many teams."""
    if not reading.known:
        return []
    last = reading.known[-1]
    level = reading.levels[last - 1] or Fraction(0)
    ink = signal_look(reading)[1] if last in reading.signal_points else style.POINT
    since = f"in {spec.months[last - 1]}" if last < len(spec.months) else ""
    words = (f"Latest {level_words(spec, level)}", since, teams_words(spec, last))
    return [(each, level, ink) for each in words if each]


def _apart(labels: list[EndLabel], frame: Frame) -> list[EndLabel]:
    """Push labels down where they touch, then back up where the last left the plot."""
    step = style.LABEL.size + 6.0
    ordered = sorted(labels, key=lambda label: label.y)
    for i, label in enumerate(ordered):
        above = ordered[i - 1].y + step if i else frame.top
        ordered[i] = replace(label, y=max(label.y, above))
    for i in reversed(range(len(ordered))):
        below = ordered[i + 1].y - step if i + 1 < len(ordered) else frame.bottom
        ordered[i] = replace(ordered[i], y=min(ordered[i].y, below))
    return ordered


def _note_lines(spec: ChartSpec, width: float) -> list[str]:
    lines: list[str] = []
    for words in note_words(spec):
        joined = f"{lines[-1]} · {words}" if lines else words
        if lines and text_width(joined, style.SMALL) <= width:
            lines[-1] = joined
        else:
            lines.append(fit(words, width, style.SMALL))
    if len(lines) <= FOOT_ROWS:
        return lines
    return [*lines[: FOOT_ROWS - 1], "More notes stand in the text."]
