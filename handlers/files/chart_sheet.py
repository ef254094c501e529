"""All teams on one sheet: small charts with one y axis, in the order given: to learn from, not to rank."""

from collections.abc import Sequence

from handlers.files import chart_style as style
from handlers.files.chart_canvas import Canvas, fit, widest
from handlers.files.chart_margins import draw_keys
from handlers.files.chart_panel import (
    draw_giant,
    draw_ground,
    draw_levels,
    draw_lines,
    draw_points,
    levels_to_hold,
    signal_look,
)
from handlers.files.chart_scale import Axis, Frame, Scale, axis_for
from handlers.files.chart_spec import ChartSpec, read
from handlers.files.chart_words import better_words, short_level, short_title, unit_title
from models.errors import DomainError

HEAD = 190
ROOM = 340  # height of one small chart with its words
NAME, FOOT = 92, 56  # heights of the words above and below the plot
GAP = 36
PAIR = 4  # up to so many charts stand two in a row; a fourth column could not be read on a phone


def draw_sheet(specs: Sequence[ChartSpec], title: str) -> bytes:
    """Draw one small chart per spec on a PNG 1600 wide. Raises DomainError where there is none."""
    if not specs:
        raise DomainError("There are no teams to draw yet.")
    columns = 2 if len(specs) <= PAIR else 3
    rows = -(-len(specs) // columns)
    canvas = Canvas(style.WIDTH, HEAD + rows * ROOM + style.EDGE)
    _draw_head(canvas, specs, title)
    axis = axis_for((level for spec in specs for level in levels_to_hold(spec)), specs[0].unit)
    for i, spec in enumerate(specs):
        scale = Scale(_frame(axis, specs, i, columns), len(spec.months), axis)
        _draw_small(canvas, spec, scale)
        if i % columns == 0:
            draw_levels(canvas, spec, scale, style.SMALL)
    return canvas.png()


def _frame(axis: Axis, specs: Sequence[ChartSpec], i: int, columns: int) -> Frame:
    row, column = divmod(i, columns)
    left = style.EDGE + 16 + widest((short_level(tick, specs[0].unit) for tick in axis.ticks), style.SMALL)
    wide = (style.WIDTH - style.EDGE - left + GAP) / columns
    top = HEAD + row * ROOM
    return Frame(left + column * wide, top + NAME, left + (column + 1) * wide - GAP, top + ROOM - FOOT)


def _draw_head(canvas: Canvas, specs: Sequence[ChartSpec], title: str) -> None:
    wide = style.WIDTH - 2 * style.EDGE
    canvas.text((style.EDGE, 52), fit(title, wide, style.TITLES[0]), style.TITLES[0], style.TEXT)
    unit = f"{specs[0].measure}. {unit_title(specs[0].unit)}, {better_words(specs[0])}."
    canvas.text((style.EDGE, 112), fit(unit, wide, style.SMALL), style.SMALL, style.QUIET)
    readings = [read(spec) for spec in specs]
    medians = [phase for reading in readings if (phase := reading.present) and phase.centre is not None]
    lines = (
        ("median", style.MEDIAN, (), any(not phase.is_provisional for phase in medians)),
        ("provisional median", style.MEDIAN, style.PROVISIONAL, any(p.is_provisional for p in medians)),
        ("goal", style.GOAL, style.GOAL_DASHES, any(reading.goal is not None for reading in readings)),
    )
    x = float(style.EDGE)
    for words, ink, dashes, is_used in lines:
        if is_used:
            canvas.line([(x, 160), (x + 80, 160)], ink, style.RULE, dashes)
            x += 94 + canvas.text((x + 94, 160), words, style.SMALL, style.QUIET) + 40
    draw_keys(canvas, specs, (x, 160))


def _draw_small(canvas: Canvas, spec: ChartSpec, scale: Scale) -> None:
    frame, reading = scale.frame, read(spec)
    wide = frame.right - frame.left
    name, verdict = fit(spec.team, wide, style.SMALL_BOLD), fit(short_title(spec), wide, style.FINE)
    ink = signal_look(reading)[1] if reading.signal_points else style.QUIET
    canvas.text((frame.left, frame.top - 70), name, style.SMALL_BOLD, style.TEXT)
    canvas.text((frame.left, frame.top - 30), verdict, style.FINE, ink)
    draw_ground(canvas, spec, scale)
    draw_lines(canvas, spec, scale, style.LINE_SMALL)
    draw_points(canvas, spec, scale, style.DOT_SMALL)
    draw_giant(canvas, spec, scale, style.FINE)
    _draw_ends(canvas, spec, frame)


def _draw_ends(canvas: Canvas, spec: ChartSpec, frame: Frame) -> None:
    """Name the first and the last month below a small plot."""
    half, y = (frame.right - frame.left) / 2, frame.bottom + 28
    for month, x, align in zip(
        spec.months[:1] + spec.months[1:][-1:], (frame.left, frame.right), (0, 1), strict=False
    ):
        canvas.text((x, y), fit(month, half, style.FINE), style.FINE, style.QUIET, align)
