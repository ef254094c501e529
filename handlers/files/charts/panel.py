"""One plot on a canvas: baseline, grid, goal, median of each phase, and the points themselves."""

from collections.abc import Iterable
from itertools import groupby

from handlers.files.charts import style
from handlers.files.charts.baseline import shaded
from handlers.files.charts.canvas import Canvas, text_width
from handlers.files.charts.levels import level_words, tick_words
from handlers.files.charts.scale import Scale, giants
from handlers.files.charts.spec import ChartSpec, Reading, small_points
from models.rules.numbers import exact_number

CROWDED = 40  # points; from here on dots shrink
PACKED = 150  # points; from here on ordinary dots are left to the line
RING = 1.8  # across the ring of an estimate, in dots


def draw_ground(canvas: Canvas, spec: ChartSpec, scale: Scale) -> None:
    """Shade the frozen baseline and draw the grid."""
    frame = scale.frame
    if span := shaded(spec):
        first, last = span
        canvas.box((scale.x(first - 0.5), frame.top), (scale.x(last + 0.5), frame.bottom), style.BAND)
    for tick in scale.axis.ticks:
        y = scale.y(tick)
        canvas.line([(frame.left, y), (frame.right, y)], style.GRID, style.HAIR)


def draw_levels(canvas: Canvas, spec: ChartSpec, scale: Scale, font: style.Font) -> None:
    """Name the levels of the grid, left of it."""
    ticks = scale.axis.ticks
    for tick, words in zip(ticks, tick_words(ticks, spec.unit), strict=True):
        canvas.text((scale.frame.left - 16, scale.y(tick)), words, font, style.QUIET, 1)


def draw_ranges(canvas: Canvas, spec: ChartSpec, scale: Scale) -> None:
    """Draw a bar from the lowest to the highest team of each month."""
    half = (scale.x(2) - scale.x(1)) / 5
    for i, ends in enumerate(spec.together.ranges if spec.together else (), 1):
        if ends:
            low, high = (scale.y(exact_number(end)) for end in ends)
            canvas.box((scale.x(i) - half, high - 2), (scale.x(i) + half, low + 2), style.RANGE)


def draw_lines(canvas: Canvas, spec: ChartSpec, scale: Scale, width: float) -> None:
    """Draw the goal and the median of each phase; a provisional median is dashed."""
    reading, frame = spec.reading, scale.frame
    centres = {line: scale.y(line.level) for line in reading.lines if line.level is not None}
    if reading.goal is not None:
        y = _clear_of(scale.y(reading.goal), centres.values(), width)
        canvas.line([(frame.left, y), (frame.right, y)], style.GOAL, width, style.GOAL_DASHES)
    for line, y in centres.items():
        dashes = style.PROVISIONAL if line.is_short else ()
        ends = (scale.x(line.first - 0.5), scale.x(line.last + 0.5))
        canvas.line([(ends[0], y), (ends[1], y)], style.MEDIAN, width, dashes)
    for line in reading.lines[1:]:
        x = scale.x(line.first - 0.5)
        canvas.line([(x, frame.top), (x, frame.bottom)], style.QUIET, style.HAIR, style.PHASE_DASHES)


def draw_limits(canvas: Canvas, spec: ChartSpec, scale: Scale) -> None:
    """Draw the control limits as steps: each month has its own, as wide as its numbers are small."""
    for stretch in _limited(spec.reading):
        for side in ("lower", "upper"):
            steps = []
            for i in stretch:
                y = scale.y(getattr(spec.reading.bands[i - 1], side))
                steps += [(scale.x(i - 0.5), y), (scale.x(i + 0.5), y)]
            canvas.line(steps, style.QUIET, style.LINE_SMALL, style.LIMIT_DASHES)


def _limited(reading: Reading) -> list[list[int]]:
    """Cut the months with limits where one has none."""
    known = [i for i, band in enumerate(reading.bands, 1) if band.upper is not None]
    return [[i for _, i in group] for _, group in groupby(enumerate(known), lambda pair: pair[1] - pair[0])]


def draw_giants(canvas: Canvas, spec: ChartSpec, scale: Scale, font: style.Font) -> None:
    """Write their values beside the points that are off the scale, below one another."""
    levels = spec.reading.levels
    off = [i for i in sorted(giants(spec)) if (levels[i - 1] or 0) > scale.axis.high]
    for row, i in enumerate(off):
        words = f"{level_words(spec, levels[i - 1] or 0)}, off the scale"
        is_late = 2 * i > len(levels)
        x, y = scale.x(i) + (-24 if is_late else 24), scale.frame.top + row * font.size * 1.2
        left = x - is_late * text_width(words, font)
        canvas.box(
            (left - 4, y - font.size / 2),
            (left + text_width(words, font) + 4, y + font.size / 2),
            style.PAPER,
        )
        canvas.text((x, y), words, font, style.TEXT, float(is_late))


def draw_points(canvas: Canvas, spec: ChartSpec, scale: Scale, dot: float) -> None:
    """Join neighbouring months, leave gaps open, and give each kind of point its own shape and ink."""
    reading = spec.reading
    places = {
        i: (scale.x(i), scale.y(level)) for i, level in enumerate(reading.levels, 1) if level is not None
    }
    for stretch in _unbroken(spec, reading):
        canvas.line([places[i] for i in stretch], style.POINT, style.LINE * dot / style.DOT)
    crowd = len(reading.levels)
    dot *= 1 if crowd <= CROWDED else 0.6
    for (shape, ink, hollow), points in _kinds(spec, reading).items():
        if crowd <= PACKED or ink != style.POINT:
            grow = 1.0 if ink == style.POINT else 1.15
            canvas.dots([places[i] for i in points], shape, dot * grow, (ink, style.PAPER if hollow else ink))
    ringed = [places[i] for i in sorted(spec.estimates) if i in places]
    canvas.dots(ringed, "circle", dot * RING, (style.POINT, ""))


def signal_look(reading: Reading) -> tuple[str, str]:
    """Return shape and ink of the points that make a signal."""
    if reading.is_turned or reading.bands:
        return "triangle", style.MEDIAN
    if reading.way > 0:
        return "diamond", style.BETTER
    return ("square", style.WORSE) if reading.way < 0 else ("triangle", style.MEDIAN)


def _clear_of(y: float, taken: Iterable[float], width: float) -> float:
    """Move a line down beside another that would lie on it: their dashes must not mix."""
    near = [each for each in taken if abs(each - y) < width]
    return max(near) + width + 1 if near else y


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


def _kinds(spec: ChartSpec, reading: Reading) -> dict[tuple[str, str, bool], list[int]]:
    """Sort the points by how they look: shape, ink, hollow or not."""
    kinds: dict[tuple[str, str, bool], list[int]] = {}
    loud, small, partial = signal_look(reading), small_points(spec), spec.partial
    for i in reading.known:
        shape, ink = loud if i in reading.signal_points else ("circle", style.POINT)
        shape = "cross" if i in partial else shape
        kinds.setdefault((shape, ink, i in small), []).append(i)
    return kinds
