"""A run chart as a picture: small, sound, legible anywhere, and one for whatever data there are."""

import pickle
import struct
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import pytest
from PIL import Image

from handlers.files.charts.all_teams import sheets
from handlers.files.charts.run_chart import draw, draw_sheet
from handlers.files.charts.spec import ChartSpec, Marker, PhaseStart
from handlers.files.charts.title import title
from handlers.files.charts.words import alt_text, details
from models.errors import DomainError
from models.rules.collaborative.measure import Direction, Unit, UnitKind
from tests.handlers.files.charts.charted import (
    BAND,
    BLUE,
    ORANGE,
    PERCENT,
    PLAIN,
    PURPLE,
    RISK_DAYS,
    SHIFTED,
    cedar,
    colours,
    months,
)

ODD = {
    "no month": cedar(),
    "no value": cedar(None, None, None),
    "one point": cedar(40),
    "two points": cedar(40, 60),
    "nine points with a gap": cedar(40, 60, 44, None, 52, 48, 50, 47, 55),
    "sixty points": cedar(*(Fraction(i * 7919 % 101) for i in range(60))),
    "ten thousand points": cedar(*(i * 7919 % 101 for i in range(10_000))),
    "always none": cedar(*[0] * 24),
    "always all": cedar(*[100] * 24),
    "one giant": replace(cedar(*[30, 32, 28, 31] * 5, 42_000), unit=Unit(UnitKind.VALUE, 1, "minutes")),
    "below zero": replace(cedar(-3, -1, 2, 0, 4), unit=Unit(UnitKind.VALUE)),
    "tiny": replace(cedar(*[Fraction(i, 10**9) for i in range(12)]), unit=RISK_DAYS),
    "huge": replace(cedar(*[10**15 + i for i in range(12)]), unit=Unit(UnitKind.COUNT)),
    "baseline without values": cedar(None, None, 4, 5, freeze=2),
    "long names": replace(SHIFTED, team="Community Health " * 20, measure="Blood pressure " * 30),
    "letters no font has": replace(SHIFTED, team="心 \N{FIRE} Ωmega", measure="مقياس"),
    "a phase to come": cedar(1, 2, 3, phases=(PhaseStart(1, "Before"), PhaseStart(9, "After"))),
    "many notes": replace(PLAIN, markers=tuple(Marker(1 + i // 2, i, f"Idea {i} " * 9) for i in range(40))),
}


def test_a_chart_without_signal_is_grey_with_its_goal_in_purple() -> None:
    """No colour says "look here" where there is nothing to look at."""
    seen = colours(draw(PLAIN))
    assert PURPLE in seen
    assert not {BLUE, ORANGE} & seen
    assert {BLUE, BAND} < colours(draw(SHIFTED))


def test_small_denominators_are_hollow_and_explained() -> None:
    """Nine patients move a share more than ninety: such a point has a white heart."""
    few = cedar(40, 60, 50, numerators=(4, 6, 5), denominators=(9, 9, 10))
    assert "Hollow points (2) rest on fewer than 10 counted." in details(few)
    assert draw(few) != draw(replace(few, denominators=(90, 90, 10)))


@pytest.mark.parametrize("name", ODD)
def test_odd_data_still_make_a_picture_and_a_sentence(name: str) -> None:
    """Each of them happens to some team; none may end in a traceback."""
    spec = ODD[name]
    image = Image.open(BytesIO(draw(spec)))
    assert image.size == (1600, 900)
    assert title(spec)
    assert len(alt_text(spec)) <= 1000
    assert Image.open(BytesIO(draw_sheet(*sheets([spec, PLAIN], name)))).width == 1600


def test_pictures_are_small() -> None:
    """A clinic's line is slow: 60 KiB for a chart, 100 KiB for a sheet of twelve teams."""
    assert len(draw(SHIFTED)) <= 60 * 1024
    assert len(draw(PLAIN)) <= 60 * 1024
    teams = [
        replace(PLAIN, team=f"Team {i}", values=tuple((v or 0) + i for v in PLAIN.values)) for i in range(12)
    ]
    assert len(draw_sheet(*sheets(teams, "All twelve teams"))) <= 100 * 1024


def test_a_picture_is_a_sound_png() -> None:
    """Every chunk carries its length and its checksum; Slack and browsers are strict."""
    data, chunks = draw(PLAIN), []
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        body = data[at + 4 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length]) == (zlib.crc32(body),)
        chunks.append(body[:4])
        at += 12 + length
    assert chunks == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]


def test_the_same_spec_gives_the_same_bytes_after_a_journey() -> None:
    """A spec waits pickled in a queue; a picture can be made again years later."""
    again = pickle.loads(pickle.dumps(SHIFTED))  # noqa: S301 - our own bytes
    assert again == SHIFTED
    assert draw(again) == draw(SHIFTED)


def test_no_charts_library_is_loaded_before_the_first_chart() -> None:
    """Matplotlib takes half a second: the words and the program start without it."""
    code = (
        "import sys, handlers.files.charts.run_chart as chart;"
        "print([name for name in ('matplotlib', 'numpy', 'PIL') if name in sys.modules])"
    )
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our code
    assert seen.stdout.strip() == "[]"


def test_drawing_never_loads_pyplot() -> None:
    """Pyplot keeps global state: figures of one thread would show up in another's."""
    code = (
        "import sys; from handlers.files.charts.run_chart import draw, draw_sheet; "
        "from handlers.files.charts.all_teams import sheets;"
        "from tests.handlers.files.charts.charted import PLAIN;"
        "draw(PLAIN); draw_sheet(*sheets([PLAIN], 'x')); print('matplotlib.pyplot' in sys.modules)"
    )
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our code
    assert seen.stdout.strip() == "False"


def test_the_months_of_a_chart_must_match_its_values() -> None:
    """A refusal at the door beats a chart with the wrong month under a point."""
    with pytest.raises(DomainError, match="one value, or a gap, for each month"):
        ChartSpec("Cedar", "BP", PERCENT, Direction.HIGHER, months(3), (1, 2))
    with pytest.raises(DomainError, match="outside the months"):
        cedar(1, 2, markers=(Marker(3, 1, "Late"),))
    assert sheets([], "Nobody") == ()
    with pytest.raises(DomainError, match="not a number"):
        draw(cedar(1.0, float("nan")))
    with pytest.raises(DomainError, match="too large"):
        draw(cedar(1.0, 1e300))
    with pytest.raises(DomainError, match="one after the other"):
        draw(cedar(1, 2, 3, phases=(PhaseStart(3, "Late"), PhaseStart(2, "Early"))))


def test_threads_draw_without_treading_on_each_other() -> None:
    """Deliveries run side by side; each must get its own picture, byte for byte."""
    specs = [replace(PLAIN, team=f"Team {i} of many") for i in range(6)]
    alone = [draw(spec) for spec in specs]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, specs * 4)) == alone * 4


def test_notes_of_one_month_share_a_badge() -> None:
    """Twelve numbers on top of one another would run through the plot."""
    one, crowd = (tuple(Marker(8, number, "Idea") for number in range(1, n)) for n in (2, 13))
    bare, spec = draw(replace(PLAIN, markers=one)), replace(PLAIN, markers=crowd)
    assert draw(spec) != bare
    assert "Note 12, Aug 2025: Idea." in details(spec)
