"""A run chart in words: title, caption and alt text say what the picture shows."""

from dataclasses import replace
from fractions import Fraction

from handlers.files.charts.baseline import shaded
from handlers.files.charts.levels import tick_words
from handlers.files.charts.margins import end_labels
from handlers.files.charts.run_chart import draw
from handlers.files.charts.scale import axis_for
from handlers.files.charts.spec import ChartSpec, Marker, PhaseStart, Together
from handlers.files.charts.title import title
from handlers.files.charts.words import alt_text, details, headline
from models.rules.charts.control_chart import Kind
from models.rules.charts.run_chart import Rules
from models.rules.collaborative.measure import Direction, Unit, UnitKind
from tests.handlers.files.charts.charted import (
    BLUE,
    ORANGE,
    PLAIN,
    RISK_DAYS,
    SHIFTED,
    cedar,
    colours,
    months,
)


def caption(spec: ChartSpec) -> str:
    """All words that stand beside the picture in a window."""
    return f"{headline(spec)} {details(spec)}"


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


def test_a_baseline_is_shaded_from_its_first_month_up_to_the_first_test() -> None:
    """The median is that of all its months; where a test began within them, the words say what is shaded."""
    values = (90, 91, *SHIFTED.values)
    later = replace(SHIFTED, months=months(15), values=values, freeze=8, freeze_from=3, markers=())
    assert (title(later).split(";")[0], shaded(later)) == ("Baseline median 49.5%", (3, 8))
    assert "baseline, Mar 2025 to Aug 2025, extended." in alt_text(later)
    for began, span in ((9, (3, 8)), (6, (3, 5)), (3, None)):
        tested = replace(later, markers=(Marker(began, 1, "Huddle", "Cycle"),))
        assert (title(tested), shaded(tested)) == (title(later), span)
        assert (f"A test began in {tested.months[began - 1]}" in alt_text(tested)) is (span != (3, 8))


def test_a_silent_team_does_not_look_current() -> None:
    """The latest value is said with its month, and that nothing came since."""
    spec = cedar(50, 52, 55, None, None)
    assert "Latest, Mar 2025: 55%. No value since." in caption(spec)
    assert "in Mar 2025" in end_labels(spec)


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
