"""The key of a picture: each sign in use, once, with its meaning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.files.charts import style
from handlers.files.charts.baseline import shaded
from handlers.files.charts.canvas import Canvas, Spot, text_width
from handlers.files.charts.panel import RING, signal_look
from handlers.files.charts.sheet_words import common_goal
from handlers.files.charts.spec import SMALL_DENOMINATOR, ChartSpec, small_points

ROW = 44  # from one line of small words to the next
SIGN, GAP = 36, 40  # pixels for a sign, and between one key and the next
LINE_SIGN = 94
SIGNAL_WORDS = {"diamond": "signal: the better way", "square": "signal: the worse way"}


@dataclass(frozen=True)
class Key:
    """One sign: a shape of the canvas, a "line", an "upright" line, a "band", a "bar" or a "ring"."""

    shape: str
    words: str
    ink: str = style.POINT
    fill: str = style.POINT
    dashes: tuple[int, ...] = ()

    @property
    def room(self) -> int:
        return LINE_SIGN if self.shape == "line" else SIGN

    @property
    def width(self) -> int:
        return self.room + text_width(self.words, style.SMALL)


def point_keys(specs: Sequence[ChartSpec]) -> list[Key]:
    """The signs of points, each once."""
    keys = dict.fromkeys(key for spec in specs for key in _signals(spec))
    kinds = (
        (small_points, Key("circle", f"fewer than {SMALL_DENOMINATOR} counted", fill=style.PAPER)),
        (lambda spec: spec.estimates, Key("ring", "estimate")),
        (lambda spec: spec.partial, Key("cross", "some teams missing: does not count")),
        (lambda spec: spec.together, Key("bar", "lowest to highest team", style.RANGE)),
    )
    return [*keys, *(key for is_used, key in kinds if any(map(is_used, specs)))]


def line_keys(specs: Sequence[ChartSpec]) -> list[Key]:
    """The lines and stretches of small charts, where none is labelled on the spot."""
    readings = [spec.reading for spec in specs]
    medians = [phase for reading in readings if (phase := reading.present) and phase.centre is not None]
    kinds = (
        (any(not m.is_short for m in medians), Key("line", "median", style.MEDIAN)),
        (
            any(m.is_short for m in medians),
            Key("line", "provisional median", style.MEDIAN, dashes=style.PROVISIONAL),
        ),
        (
            any(r.goal is not None for r in readings),
            Key("line", common_goal(specs) or "goal", style.GOAL, dashes=style.GOAL_DASHES),
        ),
        (any(map(shaded, specs)), Key("band", "baseline", style.BAND)),
        (any(spec.phases for spec in specs), Key("upright", "new phase", dashes=style.PHASE_DASHES)),
        (any(spec.markers for spec in specs), Key("triangle", "a cycle, a note, or a changed definition")),
    )
    return [key for is_used, key in kinds if is_used]


def key_rows(keys: Iterable[Key], width: float) -> list[list[Key]]:
    """Lay keys out in rows."""
    rows: list[list[Key]] = []
    used = 0.0
    for key in keys:
        if not rows or used + key.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(key)
        used += key.width + GAP
    return rows


def draw_keys(canvas: Canvas, rows: Iterable[Iterable[Key]], at: Spot) -> None:
    """Draw rows of keys, the first with its middle at a point."""
    for row, keys in enumerate(rows):
        x, y = at[0], at[1] + row * ROW
        for key in keys:
            _draw_sign(canvas, key, x, y)
            canvas.text((x + key.room, y), key.words, style.SMALL, style.QUIET)
            x += key.width + GAP


def _draw_sign(canvas: Canvas, key: Key, x: float, y: float) -> None:
    middle = x + style.DOT / 2 + 1
    if key.shape == "line":
        canvas.line([(x, y), (x + LINE_SIGN - 14, y)], key.ink, style.RULE, key.dashes)
    elif key.shape == "upright":
        canvas.line([(middle, y - 16), (middle, y + 16)], key.ink, style.RULE, key.dashes)
    elif key.shape == "band":
        canvas.box((x - 2, y - 14), (x + 26, y + 14), key.ink)
    elif key.shape == "bar":
        canvas.box((middle - 7, y - 16), (middle + 7, y + 16), key.ink)
    elif key.shape == "ring":
        canvas.dots([(middle, y)], "circle", style.DOT * 0.75, (key.ink, key.fill))
        canvas.dots([(middle, y)], "circle", style.DOT * 0.75 * RING, (key.ink, ""))
    else:
        canvas.dots([(middle, y)], key.shape, style.DOT, (key.ink, key.fill))


def _signals(spec: ChartSpec) -> list[Key]:
    if not spec.reading.signal_points:
        return []
    shape, ink = signal_look(spec.reading)
    if spec.limits:
        return [Key(shape, "outside the limits", ink, ink)]
    return [Key(shape, SIGNAL_WORDS.get(shape, "signal: too long for chance"), ink, ink)]
