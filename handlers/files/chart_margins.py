"""The words around a plot: heading, months, labels at the line ends, numbered notes, and the key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from handlers.files import chart_style as style
from handlers.files.chart_canvas import Canvas, Point, fit, text_width, widest
from handlers.files.chart_panel import signal_look
from handlers.files.chart_scale import Frame, Scale, months_to_name
from handlers.files.chart_spec import SMALL_DENOMINATOR, ChartSpec, Reading, read, small_points
from handlers.files.chart_words import better_words, note_words, short_level, title, unit_title

ROW = 44  # from one line of small words to the next
FOOT_ROWS = 3  # lines of notes; the rest stands in the caption
BADGE = 40  # across the circle around the number of a note


SIGNAL_WORDS = {"diamond": "signal: the better way", "square": "signal: the worse way"}


@dataclass(frozen=True)
class Key:
    """One sign of the key below a chart."""

    shape: str
    ink: str
    fill: str
    words: str


@dataclass(frozen=True)
class EndLabel:
    """Words at the right end of a line, level with it."""

    words: str
    y: float
    ink: str


def draw_head(canvas: Canvas, spec: ChartSpec) -> None:
    """Write whose chart it is, what it says, and in which unit."""
    wide = canvas.width - 2 * style.EDGE
    team = fit(spec.team, wide / 2, style.LABEL)  # a long name leaves room for what is measured
    canvas.text(
        (style.EDGE, 46), fit(f"{team} · {spec.measure}", wide, style.LABEL), style.LABEL, style.QUIET
    )
    words = title(spec)
    font = next((font for font in style.TITLES if text_width(words, font) <= wide), style.TITLES[-1])
    canvas.text((style.EDGE, 108), fit(words, wide, font), font, style.TEXT)
    unit = f"{unit_title(spec.unit)}, {better_words(spec)}"
    canvas.text((style.EDGE, 170), fit(unit, wide, style.SMALL), style.SMALL, style.QUIET)


def draw_foot(canvas: Canvas, spec: ChartSpec, *, has_range: bool = False) -> float:
    """Write the key and the notes at the bottom; returns the y above which there is room."""
    y = canvas.height - style.EDGE + ROW / 4
    if draw_keys(canvas, [spec], (style.EDGE, y), has_range=has_range):
        y -= ROW
    for line in reversed(_note_lines(spec, canvas.width - 2 * style.EDGE)):
        canvas.text((style.EDGE, y), line, style.SMALL, style.TEXT)
        y -= ROW
    return y + ROW / 2


def draw_keys(canvas: Canvas, specs: Sequence[ChartSpec], at: Point, *, has_range: bool = False) -> bool:
    """Explain the signs in use from a point on; returns whether there are any."""
    keys = _keys(specs)
    if has_range:
        keys.append(Key("square", style.RANGE, style.RANGE, "from the lowest to the highest team"))
    x, y = at
    for key in keys:
        canvas.dots([(x + 12, y)], key.shape, style.DOT, (key.ink, key.fill))
        x += 36 + canvas.text((x + 36, y), key.words, style.SMALL, style.QUIET) + 40
    return bool(keys)


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
    return [words for words, *_ in _ends(spec, read(spec))]


def draw_end_labels(canvas: Canvas, spec: ChartSpec, scale: Scale) -> None:
    """Label goal, present median and latest value beside their lines, moved apart where they would touch."""
    labels = [EndLabel(words, scale.y(level), ink) for words, level, ink in _ends(spec, read(spec))]
    for label in _apart(labels, scale.frame):
        canvas.text((scale.frame.right + 16, label.y), label.words, style.LABEL_BOLD, label.ink)


def draw_stretches(canvas: Canvas, spec: ChartSpec, scale: Scale, y: float) -> None:
    """Name the baseline, and each phase with its median, above the months they span."""
    chart = read(spec).chart
    if chart and chart.freeze:
        _stretch(canvas, scale, "Baseline", (1, chart.freeze), y)
    labels = {start.position: start.label for start in spec.phases}
    for phase in chart.phases if chart and len(chart.phases) > 1 else ():
        level = "" if phase.centre is None else f"median {short_level(phase.centre, spec.unit)}"
        words = ", ".join(part for part in (labels.get(phase.first, ""), level) if part)
        _stretch(canvas, scale, words, (phase.first, phase.last), y)


def draw_notes(canvas: Canvas, spec: ChartSpec, scale: Scale, y: float) -> None:
    """Number the notes above the plot, each with a thin line down its month; crowded ones step down."""
    ends: list[float] = []
    for note in sorted(spec.markers, key=lambda note: (note.position, note.number)):
        x = scale.x(note.position)
        row = next((i for i, end in enumerate(ends) if x - end > BADGE + 4), len(ends))
        ends[row : row + 1] = [x]
        at = (x, y + row * (BADGE + 4))
        canvas.line([(x, at[1]), (x, scale.frame.bottom)], style.QUIET, style.HAIR, style.NOTE_DASHES)
        canvas.dots([at], "circle", BADGE, (style.QUIET, style.PAPER))
        canvas.text(at, str(note.number), style.BADGE, style.TEXT, 0.5)


def _stretch(canvas: Canvas, scale: Scale, words: str, span: tuple[int, int], y: float) -> None:
    left, right = scale.x(span[0] - 0.5), scale.x(span[1] + 0.5)
    if text_width("MM", style.SMALL) < right - left:
        canvas.text((left + 6, y), fit(words, right - left - 12, style.SMALL), style.SMALL, style.QUIET)


def _ends(spec: ChartSpec, reading: Reading) -> list[tuple[str, Fraction, str]]:
    ends = []
    if reading.goal is not None:
        ends.append((f"Goal {short_level(reading.goal, spec.unit)}", reading.goal, style.GOAL))
    if reading.present and reading.present.centre is not None:
        words = f"Median {short_level(reading.present.centre, spec.unit)}"
        ends.append((words, reading.present.centre, style.MEDIAN))
        if reading.present.is_provisional:
            ends.append(("provisional", reading.present.centre, style.MEDIAN))
    if reading.known and reading.known[-1] == len(spec.months) > 1:
        level = reading.levels[-1] or Fraction(0)
        ink = signal_look(reading)[1] if len(spec.months) in reading.signal_points else style.POINT
        ends.append((f"Latest {short_level(level, spec.unit)}", level, ink))
    return ends


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


def _keys(specs: Sequence[ChartSpec]) -> list[Key]:
    """Return the signs in use, each once."""
    keys: dict[str, Key] = {}
    for reading in (read(spec) for spec in specs):
        if reading.signal_points:
            shape, ink = signal_look(reading)
            keys[shape] = Key(shape, ink, ink, SIGNAL_WORDS.get(shape, "signal: run too long for chance"))
    if any(small_points(spec) for spec in specs):
        keys["small"] = Key("circle", style.POINT, style.PAPER, f"fewer than {SMALL_DENOMINATOR} counted")
    return list(keys.values())


def _note_lines(spec: ChartSpec, width: float) -> list[str]:
    lines: list[str] = []
    for words in note_words(spec):
        joined = f"{lines[-1]}   {words}" if lines else words
        if lines and text_width(joined, style.SMALL) <= width:
            lines[-1] = joined
        else:
            lines.append(fit(words, width, style.SMALL))
    if len(lines) <= FOOT_ROWS:
        return lines
    return [*lines[: FOOT_ROWS - 1], "More notes stand in the text."]
