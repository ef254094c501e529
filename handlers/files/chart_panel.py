"""One plot on a canvas: baseline, grid, goal, median of each phase, notes, and the points themselves."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby

from handlers.files import chart_style as style
from handlers.files.chart_canvas import Canvas
from handlers.files.chart_scale import Scale, far_off
from handlers.files.chart_spec import ChartSpec, Reading, read, small_points
from handlers.files.chart_words import Ranges, short_level
from models.rules.exact import exact_number

Bars = Mapping[int, tuple[Fraction, Fraction]]  # position -> lowest and highest team
CROWDED = 40  # points; from here on dots shrink
PACKED = 150  # points; from here on ordinary dots are left to the line


def draw_ground(canvas: Canvas, spec: ChartSpec, scale: Scale) -> None:
    """Shade the frozen baseline and draw the grid with the levels on the left."""
    frame, chart = scale.frame, read(spec).chart
    if chart and chart.freeze:
        canvas.box((scale.x(0.5), frame.top), (scale.x(chart.freeze + 0.5), frame.bottom), style.BAND)
    for tick in scale.axis.ticks:
        y = scale.y(tick)
        canvas.line([(frame.left, y), (frame.right, y)], style.GRID, style.HAIR)


def draw_levels(canvas: Canvas, spec: ChartSpec, scale: Scale, font: style.Font) -> None:
    """Name the levels of the grid, left of it."""
    for tick in scale.axis.ticks:
        canvas.text(
            (scale.frame.left - 16, scale.y(tick)), short_level(tick, spec.unit), font, style.QUIET, 1
        )


def exact_ranges(ranges: Ranges) -> Bars:
    """Return the ranges by position, exact; months without one are left out."""
    known = ((i, ends) for i, ends in enumerate(ranges, 1) if ends is not None)
    return {i: (exact_number(low), exact_number(high)) for i, (low, high) in known}


def draw_ranges(canvas: Canvas, scale: Scale, bars: Bars) -> None:
    """Draw a bar from the lowest to the highest team of each month."""
    half = (scale.x(2) - scale.x(1)) / 5
    for i, (low, high) in bars.items():
        canvas.box((scale.x(i) - half, scale.y(high) - 2), (scale.x(i) + half, scale.y(low) + 2), style.RANGE)


def draw_lines(canvas: Canvas, spec: ChartSpec, scale: Scale, width: float) -> None:
    """Draw the goal and the median of each phase; a provisional median is dashed."""
    reading = read(spec)
    if reading.goal is not None:
        y = scale.y(reading.goal)
        canvas.line([(scale.frame.left, y), (scale.frame.right, y)], style.GOAL, width, style.GOAL_DASHES)
    for phase in reading.chart.phases if reading.chart else ():
        if phase.centre is not None:
            y = scale.y(phase.centre)
            dashes = style.PROVISIONAL if phase.is_provisional else ()
            canvas.line(
                [(scale.x(phase.first - 0.5), y), (scale.x(phase.last + 0.5), y)], style.MEDIAN, width, dashes
            )
        if phase.first > 1:
            x = scale.x(phase.first - 0.5)
            canvas.line(
                [(x, scale.frame.top), (x, scale.frame.bottom)], style.QUIET, style.HAIR, style.PHASE_DASHES
            )


def draw_giant(canvas: Canvas, spec: ChartSpec, scale: Scale, font: style.Font) -> None:
    """Write its value beside a point that is off the scale."""
    reading = read(spec)
    giant = far_off(reading.levels, spec.unit)
    for i in reading.known:
        if giant is not None and reading.levels[i - 1] == giant > scale.axis.high:
            words = f"{short_level(giant, spec.unit)}, off the scale"
            is_late = 2 * i > len(reading.levels)
            canvas.text(
                (scale.x(i) + (-24 if is_late else 24), scale.frame.top),
                words,
                font,
                style.TEXT,
                float(is_late),
            )


def draw_points(canvas: Canvas, spec: ChartSpec, scale: Scale, dot: float) -> None:
    """Join neighbouring months, leave gaps open, and give each kind of point its own shape and ink."""
    reading = read(spec)
    places = {
        i: (scale.x(i), scale.y(level)) for i, level in enumerate(reading.levels, 1) if level is not None
    }
    for stretch in _unbroken(spec, reading):
        canvas.line([places[i] for i in stretch], style.POINT, style.LINE * dot / style.DOT)
    small, crowd = small_points(spec), len(reading.levels)
    dot *= 1 if crowd <= CROWDED else 0.6
    for (shape, ink, hollow), points in _kinds(reading, small).items():
        if crowd <= PACKED or ink != style.POINT:
            grow = 1.0 if ink == style.POINT else 1.15
            canvas.dots([places[i] for i in points], shape, dot * grow, (ink, style.PAPER if hollow else ink))


def signal_look(reading: Reading) -> tuple[str, str]:
    """Return shape and ink of the points that make a signal."""
    if reading.is_turned:
        return "triangle", style.MEDIAN
    if reading.way > 0:
        return "diamond", style.BETTER
    return ("square", style.WORSE) if reading.way < 0 else ("triangle", style.MEDIAN)


def levels_to_hold(spec: ChartSpec) -> list[Fraction]:
    """Return every level the picture must hold: values but a giant one, medians and goal."""
    reading = read(spec)
    giant = far_off(reading.levels, spec.unit)
    levels = [level for level in reading.levels if level is not None and level != giant]
    medians = [
        phase.centre for phase in (reading.chart.phases if reading.chart else ()) if phase.centre is not None
    ]
    return levels + medians + ([] if reading.goal is None else [reading.goal])


def _unbroken(spec: ChartSpec, reading: Reading) -> list[list[int]]:
    """Cut the known positions where a month is missing and where a phase begins."""
    starts = {phase.position for phase in spec.phases}
    stretches: list[list[int]] = []
    for known, group in groupby(
        range(1, len(reading.levels) + 1), lambda i: reading.levels[i - 1] is not None
    ):
        for i in group if known else ():
            if not stretches or stretches[-1][-1] != i - 1 or i in starts:
                stretches.append([])
            stretches[-1].append(i)
    return stretches


def _kinds(reading: Reading, small: frozenset[int]) -> dict[tuple[str, str, bool], list[int]]:
    kinds: dict[tuple[str, str, bool], list[int]] = {}
    loud = reading.signal_points
    for i in reading.known:
        shape, ink = signal_look(reading) if i in loud else ("circle", style.POINT)
        kinds.setdefault((shape, ink, i in small), []).append(i)
    return kinds
