"""A sheet to draw on: lines, boxes, dots and words in pixels from the top left corner, straight onto Agg.

Axes, ticks and layout engines take most of the time of a chart; this canvas has none of them, and keeps the
bitmaps of words it has set before. It is imported with the first chart: matplotlib takes half a second.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import get_data_path
from matplotlib.backends import backend_agg
from matplotlib.font_manager import get_font
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from handlers.files.charts import style
from handlers.files.charts.png import encode
from handlers.files.charts.words import short_name

RENDERER: Any = backend_agg.RendererAgg  # comes without types
Spot = tuple[float, float]
SHAPES = {
    "circle": Outline.unit_circle(),
    "cross": Outline([(-0.9, -0.9), (0.9, 0.9), (-0.9, 0.9), (0.9, -0.9)], [1, 2, 1, 2]),  # move, line
    "diamond": Outline.unit_regular_polygon(4).transformed(Affine2D().scale(1.3)),
    "square": Outline.unit_regular_polygon(4).transformed(Affine2D().rotate_deg(45).scale(1.25)),
    "triangle": Outline.unit_regular_polygon(3).transformed(Affine2D().scale(1.35)),
}
FONTS = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}  # they come with matplotlib
MISSING_GLYPH = "\N{WHITE SQUARE}"
LATIN_ENDS, MARKS = "\N{LATIN SMALL LETTER TURNED A}", "…·“”"
DOTS_PER_INCH = 72  # one point is one pixel


class Canvas:
    """White pixels, width by height; y grows downwards."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._agg = RENDERER(width, height, DOTS_PER_INCH)
        self._flip = Affine2D().scale(1, -1).translate(0, height)
        self._pixels()[:] = 255

    def line(self, points: Sequence[Spot], ink: str, width: float, dashes: Sequence[float] = ()) -> None:
        """Draw a line through the points; dashes are lengths on and off in pixels."""
        if len(points) > 1:
            self._agg.draw_path(self._pen(ink, width, dashes), Outline(points), self._flip)

    def box(self, left_top: Spot, right_bottom: Spot, ink: str) -> None:
        """Fill a rectangle."""
        (left, top), (right, bottom) = left_top, right_bottom
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        self._agg.draw_path(self._pen(ink, 0), Outline(corners), self._flip, _rgba(ink))

    def dots(self, points: Sequence[Spot], shape: str, size: float, inks: tuple[str, str]) -> None:
        """Draw one shape at each point, `size` pixels across: edge in the first ink, inside in the second.

        An inside of "" lets what is there shine through.
        """
        if points:
            edge, inside = inks
            pen = self._pen(edge, min(size / 5, style.RULE))
            grow = Affine2D().scale(size / 2, size / 2)
            self._agg.draw_markers(
                pen, SHAPES[shape], grow, Outline(points), self._flip, _rgba(inside) if inside else None
            )

    def text(self, at: Spot, words: str, font: style.Font, ink: str, align: float = 0.0) -> float:
        """Write words with their middle line at y; align 0 starts at x, 0.5 centres, 1 ends there.

        Returns the width. Words that would leave the sheet are moved back onto it.
        """
        if not words:
            return 0.0
        image, rise = _image(words, font, ink)
        width = image.shape[1]
        left = round(min(max(at[0] - align * width, 0), max(self.width - width, 0)))
        bottom = round(self.height - at[1] - rise)
        self._agg.draw_image(self._agg.new_gc(), left, bottom, image)
        return float(width)

    def png(self) -> bytes:
        """Return the sheet as PNG."""
        return encode(self._pixels(), style.PALETTE)

    def _pixels(self) -> NDArray[np.uint8]:
        return np.asarray(self._agg.buffer_rgba())

    def _pen(self, ink: str, width: float, dashes: Sequence[float] = ()) -> Any:
        pen = self._agg.new_gc()
        pen.set_foreground(_rgba(ink), isRGBA=True)
        pen.set_linewidth(width)
        pen.set_joinstyle("round")
        if dashes:
            pen.set_dashes(0, dashes)
        return pen


def text_width(words: str, font: style.Font) -> int:
    """Return how many pixels words take."""
    return int(_set(words, font)[0].shape[1]) if words else 0


def widest(all_words: Iterable[str], font: style.Font) -> int:
    """Return the width of the widest words, 0 for none."""
    return max((text_width(words, font) for words in all_words), default=0)


def fit_name(name: str, width: float, font: style.Font) -> str:
    """Shorten a name in its middle until it fits: names that begin alike differ at their ends."""
    keep = len(name)
    while keep > 1 and text_width(short_name(name, keep), font) > width:
        keep = min(keep - 1, int(keep * width / text_width(short_name(name, keep), font)) + 1)
    return short_name(name, keep)


def fit(words: str, width: float, font: style.Font) -> str:
    """Shorten words at their end until they fit into a width."""
    full = text_width(words, font)
    if full <= width:
        return words
    keep = max(int(len(words) * width / full), 1)
    while keep > 1 and text_width(f"{words[:keep].rstrip()}…", font) > width:
        keep -= 1
    return f"{words[:keep].rstrip()}…"


@lru_cache(maxsize=1024)
def _set(words: str, font: style.Font) -> tuple[NDArray[np.uint8], float]:
    """Set words once: their coverage, 0 to 255, and how far it reaches below the middle of a capital.

    New words are mostly known ones in a new order, and setting one takes long. Scripts in which words change
    beside one another, or run to the left, are set as a whole.
    """
    parts = words.split() if all(c < LATIN_ENDS or c in MARKS for c in words) else [words]
    if len(parts) < 2:  # noqa: PLR2004 - nothing to join
        return _set_word(words, font)
    covers, reaches = zip(*(_set_word(part, font) for part in parts), strict=True)
    below = max(reaches)
    drops = [round(below - reach) for reach in reaches]  # pixels each word ends above the lowest
    height = max(cover.shape[0] + drop for cover, drop in zip(covers, drops, strict=True))
    space = round(font.size * style.SPACE)
    joined = np.zeros((height, sum(cover.shape[1] + space for cover in covers) - space), np.uint8)
    left = 0
    for cover, drop in zip(covers, drops, strict=True):
        bottom = height - drop
        joined[bottom - cover.shape[0] : bottom, left : left + cover.shape[1]] = cover
        left += cover.shape[1] + space
    return joined, below


@lru_cache(maxsize=1024)
def _set_word(words: str, font: style.Font) -> tuple[NDArray[np.uint8], float]:
    face = get_font(Path(get_data_path(), "fonts/ttf", FONTS[font.bold]))
    face.set_size(font.size, DOTS_PER_INCH)
    face.set_text("".join(c if face.get_char_index(ord(c)) else MISSING_GLYPH for c in words), 0.0)
    face.draw_glyphs_to_bitmap(antialiased=True)
    return np.array(face.get_image()), math.ceil(face.get_descent() / 64) + font.size * style.CAPITAL / 2


@lru_cache(maxsize=256)  # some 12 MB: the words of a dozen charts, and those that all charts share
def _image(words: str, font: style.Font, ink: str) -> tuple[NDArray[np.uint8], float]:
    """Ink words once: RGBA pixels from the lowest row up, as Agg wants them, and their reach as in `_set`."""
    cover, reach = _set(words, font)
    image = np.empty((*cover.shape, 4), np.uint8)
    image[:, :, :3], image[:, :, 3] = tuple(bytes.fromhex(ink.removeprefix("#"))), cover[::-1]
    return image, reach


@lru_cache(maxsize=32)
def _rgba(ink: str) -> tuple[float, float, float, float]:
    red, green, blue = bytes.fromhex(ink.removeprefix("#"))
    return red / 255, green / 255, blue / 255, 1.0
