"""Charts for tests: a team called Cedar, with and without a signal."""

from dataclasses import replace
from io import BytesIO
from typing import Any

from PIL import Image

from handlers.files.charts.spec import ChartSpec, Marker
from models.rules.collaborative.measure import Direction, Unit, UnitKind

PERCENT = Unit(UnitKind.PERCENT)
RISK_DAYS = Unit(UnitKind.RATE, 10_000, "risk days")
NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
BLUE, ORANGE, PURPLE, BAND = (0, 94, 184), (212, 95, 0), (111, 44, 145), (232, 237, 238)


def months(n: int) -> tuple[str, ...]:
    return tuple(f"{NAMES[i % 12]} {2025 + i // 12}" for i in range(n))


def cedar(*values: Any, **options: Any) -> ChartSpec:
    start = ChartSpec("Cedar", "BP under control", PERCENT, Direction.HIGHER, months(len(values)), values)
    return replace(start, **options)


SHIFTED = cedar(
    *(48, 52, 47, 51, 49, 50, 55, 58, 57, 60, 62, 61, 63),
    goal=70,
    freeze=6,
    markers=(Marker(7, 1, "Recheck in the room"), Marker(10, 2, "Huddle at noon")),
)
PLAIN = cedar(*(50 + i * 7919 % 23 for i in range(24)), goal=80)


def colours(png: bytes) -> set[tuple[int, ...]]:
    image = Image.open(BytesIO(png)).convert("RGB")
    return {colour for count, colour in image.getcolors(1 << 20) or () if count > 60}
