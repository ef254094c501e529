"""One chart, 1600 by 900: heading, plot, and the key and notes below."""

from handlers.files.charts import style
from handlers.files.charts.baseline import shaded
from handlers.files.charts.canvas import Canvas, widest
from handlers.files.charts.levels import tick_words
from handlers.files.charts.margins import (
    draw_end_labels,
    draw_foot,
    draw_head,
    draw_months,
    draw_notes,
    draw_stretches,
    end_labels,
)
from handlers.files.charts.panel import (
    draw_giants,
    draw_ground,
    draw_levels,
    draw_limits,
    draw_lines,
    draw_points,
    draw_ranges,
)
from handlers.files.charts.scale import Frame, Scale, axis_for, levels_to_hold
from handlers.files.charts.spec import ChartSpec

TOP = 222  # where the heading ends
LANE = 46  # height of a lane above the plot, for the names of stretches or for notes


def draw(spec: ChartSpec) -> bytes:
    """Draw one chart as PNG, with a bar from the lowest to the highest team where it is of all teams."""
    canvas = Canvas(style.WIDTH, style.HEIGHT)
    draw_head(canvas, spec)
    scale = _scale(canvas, spec, draw_foot(canvas, spec))
    draw_ground(canvas, spec, scale)
    draw_ranges(canvas, spec, scale)
    draw_levels(canvas, spec, scale, style.LABEL)
    draw_stretches(canvas, spec, scale, TOP)
    draw_notes(canvas, spec, scale, scale.frame.top - LANE / 2)
    draw_lines(canvas, spec, scale, style.RULE)
    draw_limits(canvas, spec, scale)
    draw_points(canvas, spec, scale, style.DOT)
    draw_giants(canvas, spec, scale, style.SMALL)
    draw_months(canvas, spec, scale, style.LABEL)
    draw_end_labels(canvas, spec, scale)
    return canvas.png()


def _scale(canvas: Canvas, spec: ChartSpec, foot: float) -> Scale:
    axis = axis_for(levels_to_hold(spec), spec.unit)
    left = widest(tick_words(axis.ticks, spec.unit), style.LABEL)
    right = widest(end_labels(spec), style.LABEL_BOLD)
    lanes = bool(spec.markers) + bool(shaded(spec) or spec.phases)
    top = TOP + LANE * lanes
    frame = Frame(style.EDGE + left + 16, top, canvas.width - style.EDGE - right - 16, foot - 78)
    return Scale(frame, len(spec.months), axis)
