"""Teams on one sheet: small charts with the same axes, in the order given: to learn from, not to rank."""

from handlers.files.charts import style
from handlers.files.charts.all_teams import ChartSheet
from handlers.files.charts.canvas import Canvas, fit, fit_name, text_width, widest
from handlers.files.charts.keys import ROW, draw_keys, key_rows, line_keys, point_keys
from handlers.files.charts.levels import level_words, tick_words, unit_title
from handlers.files.charts.panel import (
    draw_giants,
    draw_ground,
    draw_levels,
    draw_lines,
    draw_points,
    signal_look,
)
from handlers.files.charts.scale import Axis, Frame, Scale
from handlers.files.charts.sheet_words import sheet_names
from handlers.files.charts.spec import ChartSpec
from handlers.files.charts.title import better_words, short_title

HEAD = 138  # above the key
ROOM = 340  # height of one small chart with its words
NAME, FOOT = 92, 56  # heights of the words above and below the plot
GAP = 36
PAIR = 4  # up to so many charts stand two in a row; a fourth column could not be read on a phone
NOTE = 14  # across the mark of a note


def draw_sheet(sheet: ChartSheet) -> bytes:
    """Draw one small chart per spec on a PNG 1600 wide."""
    specs, columns = sheet.specs, 2 if len(sheet.specs) <= PAIR else 3
    keys = key_rows([*line_keys(specs), *point_keys(specs)], style.WIDTH - 2 * style.EDGE)
    top = HEAD + len(keys) * ROW + 10
    canvas = Canvas(style.WIDTH, top + -(-len(specs) // columns) * ROOM + style.EDGE)
    _draw_head(canvas, sheet)
    draw_keys(canvas, keys, (style.EDGE, HEAD + ROW / 2))
    for i, (spec, name) in enumerate(zip(specs, sheet_names(specs), strict=True)):
        scale = Scale(_frame(sheet.axis, specs[0], i, columns, top), len(spec.months), sheet.axis)
        _draw_small(canvas, spec, scale)
        _draw_words(canvas, spec, scale.frame, name)
        if i % columns == 0:
            draw_levels(canvas, spec, scale, style.SMALL)
    return canvas.png()


def _frame(axis: Axis, spec: ChartSpec, i: int, columns: int, head: float) -> Frame:
    row, column = divmod(i, columns)
    left = style.EDGE + 16 + widest(tick_words(axis.ticks, spec.unit), style.SMALL)
    wide = (style.WIDTH - style.EDGE - left + GAP) / columns
    top = head + row * ROOM
    return Frame(left + column * wide, top + NAME, left + (column + 1) * wide - GAP, top + ROOM - FOOT)


def _draw_head(canvas: Canvas, sheet: ChartSheet) -> None:
    spec, wide = sheet.specs[0], style.WIDTH - 2 * style.EDGE
    canvas.text((style.EDGE, 52), fit(sheet.heading, wide, style.TITLES[0]), style.TITLES[0], style.TEXT)
    unit = f"{better_words(spec).capitalize()}. {unit_title(spec.unit)}."
    canvas.text((style.EDGE, 112), fit(unit, wide, style.SMALL), style.SMALL, style.QUIET)


def _draw_small(canvas: Canvas, spec: ChartSpec, scale: Scale) -> None:
    draw_ground(canvas, spec, scale)
    draw_lines(canvas, spec, scale, style.LINE_SMALL)
    draw_points(canvas, spec, scale, style.DOT_SMALL)
    draw_giants(canvas, spec, scale, style.FINE)
    notes = [(scale.x(note.position), scale.frame.bottom - NOTE / 2) for note in spec.markers]
    canvas.dots(notes, "triangle", NOTE, (style.POINT, style.POINT))


def _draw_words(canvas: Canvas, spec: ChartSpec, frame: Frame, name: str) -> None:
    """Write team, latest value and what the chart says above the plot, the first and last month below."""
    reading, wide = spec.reading, frame.right - frame.left
    latest = level_words(spec, reading.levels[reading.known[-1] - 1] or 0) if reading.known else ""
    ink = signal_look(reading)[1] if reading.signal_points else style.QUIET
    name = fit_name(name, wide - text_width(latest, style.SMALL_BOLD) - 20, style.SMALL_BOLD)
    canvas.text((frame.left, frame.top - 70), name, style.SMALL_BOLD, style.TEXT)
    canvas.text((frame.right, frame.top - 70), latest, style.SMALL_BOLD, style.POINT, 1)
    canvas.text((frame.left, frame.top - 30), fit(short_title(spec), wide, style.FINE), style.FINE, ink)
    ends = zip(spec.months[:1] + spec.months[1:][-1:], (frame.left, frame.right), (0, 1), strict=False)
    for month, x, align in ends:
        words = fit(month, wide / 2, style.FINE)
        canvas.text((x, frame.bottom + 28), words, style.FINE, style.QUIET, align)
