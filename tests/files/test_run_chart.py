"""A run chart in picture and words: small, legible anywhere, and both say the same."""

import csv
import pickle
import struct
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from handlers.files.chart_levels import tick_words
from handlers.files.chart_margins import end_labels
from handlers.files.chart_scale import axis_for
from handlers.files.run_chart import (
    ChartSpec,
    Marker,
    PhaseStart,
    Together,
    alt_text,
    caption,
    draw,
    draw_sheet,
    sheet_alt_text,
    sheet_caption,
    sheets,
    title,
)
from handlers.files.sheet_words import sheet_names
from models.errors import DomainError
from models.rules.control_chart import Kind
from models.rules.measure import Direction, Unit, UnitKind
from models.rules.run_chart import Rules

INFECTIONS = Path(__file__).parents[3] / "shared" / "data" / "hospital_infections.csv"
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


def colours(png: bytes) -> set[tuple[int, ...]]:
    image = Image.open(BytesIO(png)).convert("RGB")
    return {colour for count, colour in image.getcolors(1 << 20) or () if count > 60}


def test_the_title_says_what_the_chart_says() -> None:
    """Median first, then what is unusual about the months."""
    assert title(SHIFTED) == "Baseline median 49.5%; 8 months in a row above it"
    assert title(PLAIN) == "Median 60.5%; no signal of change"
    assert title(cedar(40, 60, 50)) == "Median so far 50%; too few months to judge"
    assert title(cedar(*[100] * 24)) == "All 24 months at 100%"
    assert title(cedar(None)) == "No values yet"
    assert title(cedar(*range(40, 64))) == "Median 51.5%; 12 months in a row above it"
    assert title(cedar(*[40] * 9, *[70, 70, 70, 50] * 3, *[70] * 3)).endswith("below it, later ones above")
    rising = cedar(5, 3, 6, 2, 7, 1, 2, 3, 4, 5, 6, 7, rules=Rules.IHI_TREND)
    assert title(rising) == "Median 4.5%; 7 months in a row rising"


def test_crossings_alone_are_named_with_their_number() -> None:
    """Long runs, none of them over the limit, and too few of them."""
    spec = cedar(*[60] * 6, *[40] * 6, *[60] * 6, *[40] * 6)
    assert title(spec) == "Median 50%; last 6 months below it, crossed only 3 times"
    assert "Median crossed 3 times, at least 8 expected." in caption(spec)


def test_caption_and_alt_text_say_what_the_picture_shows() -> None:
    """Team, measure, period, latest value, goal, the test with its numbers, direction, baseline and notes."""
    for words in (caption(SHIFTED), alt_text(SHIFTED)):
        for part in (
            "Cedar, BP under control",
            "Jan 2025 to Jan 2026, 13 months",
            "Latest, Jan 2026: 63%",
            "Higher is better. Goal 70%",
            "Longest run 8 above the median, limit 7. Marked: Jun 2025 to Jan 2026.",
            "better direction",
            "baseline, Jan 2025 to Jun 2025, extended",
            "Note 2, Oct 2025: Huddle at noon",
        ):
            assert part in words


def test_a_rate_is_said_with_its_unit_and_its_counts() -> None:
    """8.1 per 10,000 risk days, from 14 of 17,234."""
    spec = ChartSpec(
        *("AHH", "Infections", RISK_DAYS, Direction.LOWER, ("Jan 2025",)),
        values=(Fraction(14 * 10_000, 17_234),),
        numerators=(14,),
        denominators=(17_234,),
    )
    assert "8.1 per 10,000 risk days (14 of 17,234)" in caption(spec)


def test_falling_complaints_are_the_better_direction_and_rising_ones_the_worse() -> None:
    """The words and the inks follow what is good for the measure."""
    falling = replace(
        SHIFTED, values=tuple(100 - v for v in SHIFTED.values if v), direction=Direction.LOWER, goal=20
    )
    rising = replace(SHIFTED, direction=Direction.LOWER)
    assert "better direction" in caption(falling)
    assert "worse direction" in caption(rising)
    assert BLUE in colours(draw(falling))
    assert ORANGE not in colours(draw(falling))
    assert ORANGE in colours(draw(rising))


def test_a_chart_without_signal_is_grey_with_its_goal_in_purple() -> None:
    """No colour says "look here" where there is nothing to look at."""
    seen = colours(draw(PLAIN))
    assert PURPLE in seen
    assert not {BLUE, ORANGE} & seen
    assert {BLUE, BAND} < colours(draw(SHIFTED))


def test_small_denominators_are_hollow_and_explained() -> None:
    """Nine patients move a share more than ninety: such a point has a white heart."""
    few = cedar(40, 60, 50, numerators=(4, 6, 5), denominators=(9, 9, 10))
    assert "Hollow points (2) rest on fewer than 10 counted." in caption(few)
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
        "import sys, handlers.files.run_chart as chart;"
        "print([name for name in ('matplotlib', 'numpy', 'PIL') if name in sys.modules])"
    )
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our code
    assert seen.stdout.strip() == "[]"


def test_drawing_never_loads_pyplot() -> None:
    """Pyplot keeps global state: figures of one thread would show up in another's."""
    code = (
        "import sys; from tests.files.test_run_chart import PLAIN, draw, draw_sheet, sheets;"
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


def real(team: str, measure: str) -> ChartSpec:
    if not INFECTIONS.exists():
        pytest.skip("the hospital figures are not beside the project")
    with INFECTIONS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if (row["team"], row["measure"]) == (team, measure)]
    over, under = (tuple(int(row[name]) for row in rows) for name in ("numerator", "denominator"))
    values = tuple(Fraction(10_000 * a, b) for a, b in zip(over, under, strict=True))
    return ChartSpec(team, measure, RISK_DAYS, Direction.LOWER, months(24), values, over, under)


def test_six_real_hospitals_share_a_sheet_and_an_aggregate() -> None:
    """Eighteen real series draw, one sheet holds six, and the whole says how far the hospitals lie apart."""
    hospitals = ("AHH", "BFH", "BOH", "HGH", "NOH", "RGH")
    for measure in ("BAC", "CDI", "UTI"):
        specs = [replace(real(team, measure), freeze=12) for team in hospitals]
        assert len(draw_sheet(*sheets(specs, measure))) <= 100 * 1024
        assert all(f"{team}: Baseline median" in sheet_alt_text(specs, measure) for team in hospitals)
        by_month = zip(*(spec.values for spec in specs), strict=True)
        ranges = tuple((min(v or 0 for v in values), max(v or 0 for v in values)) for values in by_month)
        whole = replace(specs[0], team="All six", together=Together(6, (6,) * 24, ranges))
        assert draw(whole) != draw(specs[0])
        assert "Bars show the range of teams" in alt_text(whole)


def test_the_levels_of_an_axis_never_read_alike() -> None:
    """Their decimals come from the step between them, whatever the values are."""
    minutes = Unit(UnitKind.VALUE, 1, "minutes")
    for low, high in ((801, 809), (300_300, 300_500), (30_030_000, 30_030_010), (1, 2), (0, 10_000)):
        ticks = axis_for([Fraction(low, 100), Fraction(high, 100)], minutes).ticks
        assert len(set(tick_words(ticks, minutes))) == len(ticks)
    assert tick_words(axis_for([Fraction(801, 100), Fraction(809, 100)], minutes).ticks, minutes)[1] == "8.02"
    narrow = replace(cedar(*(Fraction(801 + i * 7 % 9, 100) for i in range(12))), unit=minutes)
    assert title(narrow) == "Median 8.055; no signal of change"


def test_few_crossings_are_marked_where_the_values_went() -> None:
    """Seven months on either side, one crossing: the later ones are diamonds, in title, key and caption."""
    spec = cedar(*[40, 41, 43, 42, 39, 44, 45], *[60, 61, 63, 62, 59, 64, 58])
    assert title(spec) == "Median 51.5%; last 7 months above it, crossed only once"
    assert spec.reading.signal_points == set(range(8, 15))
    assert BLUE in colours(draw(spec))
    assert "Marked: Aug 2025 to Feb 2026." in caption(spec)


def test_a_missing_team_never_makes_a_signal() -> None:
    """Without its lowest team the whole looks better: such months are crosses and count for nothing."""
    values = [60, 62, 58, 61, 59, 62, 60, 58, 61, 59, 62, 60, *[70] * 9]
    apart = tuple((value - 10, value + 10) for value in values)
    spec = cedar(*values, together=Together(4, (4,) * 12 + (3,) * 9, apart))
    assert "9 months in a row above it" in title(cedar(*values))
    assert title(spec) == "Median 60%; too few months off the median to judge"
    assert "Latest, Sep 2026: 70%, 3 of 4 teams." in caption(spec)
    assert "Crosses (9) are months without some teams" in alt_text(spec)
    assert not {BLUE, ORANGE} & colours(draw(spec))


def test_months_that_tie_with_the_median_are_not_called_too_few() -> None:
    """There are months enough; the median does not move any more, but nothing can be told from it."""
    tied = cedar(*[5] * 20, 1, 9)
    assert title(tied) == "Median 5%; too few months off the median to judge"
    assert "provisional" not in end_labels(tied)
    zeros = cedar(*[0] * 8, *[0, 3] * 12, 0)
    assert title(zeros) == "Most months at 0%: a run chart does not fit"
    assert "More than half of the months sit at 0%" in caption(zeros)


def test_each_phase_has_its_median_in_the_words_and_estimates_have_a_ring() -> None:
    """Who cannot see the picture knows as much."""
    spec = cedar(*[40, 42] * 5, *[60, 62] * 5, phases=(PhaseStart(11, "Huddle"),), estimates=frozenset({3}))
    for words in (caption(spec), alt_text(spec)):
        assert "Jan 2025 to Oct 2025: median 41%. Nov 2025 to Aug 2026: Huddle, median 61%." in words
        assert "Points in a ring (Mar 2025) are estimates." in words
    assert draw(spec) != draw(replace(spec, estimates=frozenset()))


def test_a_silent_team_does_not_look_current() -> None:
    """The latest value is said with its month, and that nothing came since."""
    spec = cedar(50, 52, 55, None, None)
    assert "Latest, Mar 2025: 55%. No value since." in caption(spec)
    assert "in Mar 2025" in end_labels(spec)


def test_many_teams_stand_on_several_sheets_with_one_axis() -> None:
    """Thirty charts are three sheets of ten, each small enough for a clinic's line."""
    teams = [replace(PLAIN, team=f"North Valley Community Clinic {i}") for i in range(29)]
    teams.append(replace(PLAIN, team="North Valley Community Clinic 29", values=(3,) * 24))
    drawn = sheets(teams, "All teams")
    assert [len(sheet.specs) for sheet in drawn] == [10, 10, 10]
    assert {sheet.axis.low for sheet in drawn} == {0}
    assert drawn[1].heading == "All teams (2 of 3)"
    assert all(len(draw_sheet(sheet)) <= 100 * 1024 for sheet in drawn)
    assert sheet_names(teams)[:2] == ["…0", "…1"]
    shared, first, *_ = sheet_caption(teams).splitlines()
    assert shared == "Higher is better. Goal 80%."
    assert "Latest, Dec 2026: 50%." in first


def test_a_sheet_says_in_words_what_its_triangles_stand_for() -> None:
    """The caption and a short alt text in full; of a dozen teams the alt text says how many there are."""
    marked = replace(PLAIN, markers=(Marker(3, 1, "Second reading", "Cycle"), Marker(8, 2, "New nurse")))
    words = "Cycle 1, Mar 2025: Second reading. Note 2, Aug 2025: New nurse."
    assert words in sheet_caption([marked, PLAIN])
    assert words in sheet_alt_text([marked, PLAIN], "All teams")
    assert "; 2 marks." in sheet_alt_text([marked] * 12, "All teams")


def test_a_full_sheet_leaves_no_team_out_of_its_alt_text() -> None:
    """Of a dozen teams each is said in short; names that begin and end alike can still be told apart."""
    names = [f"Community Health Center of the Greater {side} Valley" for side in ("Northern", "Southern")]
    names += [f"Clinic number {i} of the River" for i in range(9)] + ["Cedar"]
    counts = {"numerators": (1234,) * 24, "denominators": (23456,) * 24}
    teams = [replace(PLAIN, team=name, **counts) for name in names]
    assert sheet_names(teams)[:3] == ["…Northern Valley", "…Southern Valley", "…0 of the River"]
    assert sheet_names(teams)[-1] == "Cedar"
    said = sheet_alt_text(teams, "All teams: BP under control")
    assert len(said) <= 1000
    assert all(f"{name}: Median 60.5%; no signal; latest 50%." in said for name in sheet_names(teams))
    assert "Higher is better. Goal 80%." in said
    turned = cedar(*[41] * 4, 52, *[41] * 4, 60, 61, 40, 62, 63, 64, *[60] * 5)
    assert "Cedar: Median 56%; earlier 9 below; latest 60%." in sheet_alt_text([*teams, turned], "All")
    both = [
        replace(PLAIN, team=f"{clinic} {side}")
        for clinic in ("Alder Clinic Valley", "Birch Clinic Valley")
        for side in ("North", "South")
    ]
    assert sheet_names(both) == [spec.team for spec in both]


def test_notes_of_one_month_share_a_badge() -> None:
    """Twelve numbers on top of one another would run through the plot."""
    one, crowd = (tuple(Marker(8, number, "Idea") for number in range(1, n)) for n in (2, 13))
    bare, spec = draw(replace(PLAIN, markers=one)), replace(PLAIN, markers=crowd)
    assert draw(spec) != bare
    assert "Note 12, Aug 2025: Idea." in caption(spec)


def test_control_limits_are_steps_and_name_the_months_outside() -> None:
    """A mean in place of the median; each month has its own limits; picture, title and words agree."""
    counts = tuple(40 + i * 37 % 90 for i in range(24))
    cases = tuple(n * 6 // 10 - (22 if i == 15 else 0) for i, n in enumerate(counts))
    values = tuple(Fraction(100 * a, b) for a, b in zip(cases, counts, strict=True))
    plain = cedar(*values, numerators=cases, denominators=counts, goal=80)
    spec = replace(plain, limits=Kind.P)
    assert title(spec) == "Mean 58.4%; 1 month outside the limits"
    for words in (caption(spec), alt_text(spec)):
        assert "P chart: the dashed limits lie three sigma from the mean." in words
        assert "Triangles (Apr 2026) are outside" in words
        assert "median" not in words.casefold()
    assert any(label.startswith("Upper limit") for label in end_labels(spec))
    assert draw(spec) != draw(plain)
    gap = replace(
        spec, values=(None, *values[1:]), numerators=(None, *cases[1:]), denominators=(None, *counts[1:])
    )
    assert draw(gap)
    for kind in (Kind.P_PRIME, Kind.INDIVIDUALS):
        assert title(replace(spec, limits=kind)).startswith("Mean ")
