"""The run-chart rules agree with qicharts2 in every field, and refuse in words."""

import json
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from models.errors import DomainError
from models.rules.charts import ihi
from models.rules.charts.phase import Phase
from models.rules.charts.run_chart import Rules, RunChart, analyse
from models.rules.charts.runs import Sign, anhoej_limits

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data"
REFERENCE = ("run_chart_reference.json", "ihi_rules_reference.json")
FIELDS = {
    "from": "first",
    "to": "last",
    "n_obs": "n_obs",
    "n_useful": "n_useful",
    "longest_run": "longest_run",
    "longest_run_max": "longest_run_max",
    "n_crossings": "n_crossings",
    "n_crossings_min": "n_crossings_min",
    "runs_signal": "signal",
}
STATISTICS = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min", "signal")
BASELINE = [48, 52, 47, 51, 49, 50]


def read(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        pytest.skip(f"the reference answers {path.name} are not beside the project")
    series: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["series"]
    return series


def exact(number: float | None) -> Fraction | None:
    return None if number is None else Fraction(str(number))


def levels(series: dict[str, Any]) -> list[Fraction | None]:
    """The values in time order, in the units of the answers, as exact as they were written."""
    if "num" in series:
        pairs = zip(map(exact, series["num"]), map(exact, series["den"]), strict=True)
        shares = [None if over is None or not under else over / under for over, under in pairs]
    else:
        shares = [exact(y) for y in series["y"]]
    in_order = sorted(zip(series["x"], shares, strict=True), key=lambda row: row[0])
    return [None if share is None else share * series["multiply"] for _, share in in_order]


def analysed(series: dict[str, Any]) -> RunChart:
    given_line = exact(series["cl"])
    return analyse(
        levels(series),
        freeze=series["freeze"],
        parts=series["part"] or (),
        exclude=series["exclude"] or (),
        centre=None if given_line is None else given_line * series["multiply"],
    )


def statistics(phase: Phase) -> tuple[Any, ...]:
    return tuple(getattr(phase, name) for name in STATISTICS)


@pytest.mark.parametrize(
    ("path", "count"),
    [(HERE / "run_chart_examples.json", 73), (SHARED / "run_chart_reference.json", 137)],
    ids=["made-up series", "real series"],
)
def test_every_field_of_every_phase_agrees_with_the_reference(path: Path, count: int) -> None:
    """Where the reference compares doubles (a point on a frozen median of 0.3), the exact answer counts."""
    all_series = read(path)
    assert len(all_series) == count
    for series in all_series:
        expected = series.get("expected_exact", series["expected"])
        chart = analysed(series)
        ours = [{name: getattr(phase, field) for name, field in FIELDS.items()} for phase in chart.phases]
        assert ours == [{name: phase[name] for name in FIELDS} for phase in expected], series["id"]
        centres = [float(phase.centre) for phase in chart.phases if phase.centre is not None]
        assert centres == pytest.approx([phase["cl"] for phase in expected], rel=1e-9), series["id"]


def test_limits_grow_with_the_points_as_published() -> None:
    """Longest run and fewest crossings that chance explains (Anhøj & Olesen 2014)."""
    published = {10: (6, 2), 12: (7, 3), 15: (7, 4), 20: (7, 6), 22: (7, 7), 23: (8, 7), 24: (8, 8)}
    published |= {30: (8, 10), 36: (8, 13), 45: (8, 17), 46: (9, 17), 48: (9, 18), 60: (9, 23)}
    assert {n: (anhoej_limits(n).longest, anhoej_limits(n).fewest) for n in published} == published


def test_shift_and_trend_agree_with_the_ihi_reference() -> None:
    """Whether there is a shift, which points off the median make it, and each trend from its first point."""
    by_id = {one["id"]: one for one in read(SHARED / REFERENCE[0])}
    by_id |= {one["id"]: one for one in read(HERE / "run_chart_examples.json")}
    answers = read(SHARED / REFERENCE[1])
    assert len(answers) == 117
    for answer in answers:
        values = levels(by_id[answer["id"]])
        centre = Fraction(repr(answer["median"])).limit_denominator(10**9)
        frozen = by_id[answer["id"]]["freeze"]
        (phase,) = analyse(values, freeze=frozen, rules="ihi+trend").phases
        assert float(phase.centre or 0) == pytest.approx(float(centre)), answer["id"]
        shifts = [found for found in phase.findings if found.sign is Sign.SHIFT]
        inside = {i for found in shifts for i in range(found.first, found.last + 1)}
        off_median = {i for i, value in enumerate(values, 1) if value is not None and value != phase.centre}
        assert bool(shifts) == answer["shift_present"], answer["id"]
        assert inside & off_median == set(answer["shift_points"]) & off_median, answer["id"]
        trends = [(found.first, found.last) for found in phase.findings if found.sign is Sign.TREND]
        assert trends == [(min(trend), max(trend)) for trend in answer["trends"]], answer["id"]


def test_the_limits_of_runs_are_those_of_the_printed_table_on_even_splits() -> None:
    """Swed & Eisenhart 1943, all even numbers from 10 to 60; the printed odd rows are interpolated."""
    printed = (
        "3-9 3-11 4-12 5-13 6-14 6-16 7-17 8-18 9-19 10-20 11-21 11-23 12-24 "
        "13-25 14-26 15-27 16-28 17-29 17-31 18-32 19-33 20-34 21-35 22-36 23-37 24-38"
    )
    limits = [ihi.limits(half, half) for half in range(5, 31)]
    assert " ".join(f"{one.fewest + 1}-{(one.most or 0) + 1}" for one in limits) == printed


def test_the_trend_rule_is_asked_for_by_name() -> None:
    """Six rising points are nothing under the rules in use unless a collaborative switched the test on."""
    rising = [5, 3, 6, 2, 7, 1, 2, 3, 4, 5, 6, 7]
    assert not analyse(rising).signal
    assert not analyse(rising, rules="ihi").signal
    assert "7 points rising in a row" in analyse(rising, rules=Rules.IHI_TREND).words


def test_a_signal_is_announced_only_when_the_eighth_month_stands_above_the_frozen_baseline() -> None:
    """Baseline median 49.5; 55 to 61 make a run of 7 (limit 7), 63 one of 8: that is the news."""
    quiet = analyse([*BASELINE, 55, 58, 57, 60, 62, 61], freeze=6)
    assert quiet.current.centre == Decimal("49.5")
    assert (quiet.current.longest_run, quiet.current.longest_run_max, quiet.may_be_announced) == (7, 7, False)
    assert "worth watching" in quiet.current.hint
    loud = analyse([*BASELINE, 55, 58, 57, 60, 62, 61, 63], freeze=6)
    assert loud.may_be_announced
    assert loud.words == "Longest run 8 above the median, limit 7."
    assert loud.current.heading == 1


def test_nine_useful_points_may_signal_but_are_never_announced() -> None:
    """The bare rule fires from few points on; people hear of it from 10 useful points on."""
    nine = analyse([1] * 9, centre=0)
    assert (nine.signal, nine.may_be_announced) == (True, False)
    assert nine.words == "Too few months to judge: 9 of the 10 needed."
    ten = analyse([1] * 10, centre=0)
    assert (ten.signal, ten.may_be_announced) == (True, True)
    assert "Early: only 10 useful months." in ten.words


def test_a_decimal_tie_is_a_tie() -> None:
    """(87.1 + 87.3) / 2 is 87.2, in floats, decimals and fractions alike; floats alone would disagree."""
    floats = [87.1, 87.3, 87.2, 87.2, 88.0]
    assert floats[2] != (87.1 + 87.3) / 2
    for values in (floats, [Decimal(str(x)) for x in floats], [Fraction(str(x)) for x in floats]):
        assert analyse(values, freeze=2).current.n_useful == 3


@pytest.mark.parametrize(
    ("values", "options", "sentence"),
    [
        ([], {}, "no values"),
        ([1, float("nan")], {}, "not a number"),
        ([1, float("inf")], {}, "not a number"),
        ([Decimal("NaN")], {}, "not a number"),
        ([Decimal("sNaN")], {}, "not a number"),
        (["70"], {}, "not a number"),
        ([1, 2, 3], {"parts": [2, 1]}, "one after the other"),
        ([1, 2, 3], {"parts": [0]}, "one after the other"),
        ([1, 2, 3], {"freeze": 0}, "one point or more"),
        ([1, 2, 3], {"rules": "western electric"}, "Choose one of"),
    ],
)
def test_what_cannot_be_charted_is_refused_in_a_sentence(
    values: list[Any], options: dict[str, Any], sentence: str
) -> None:
    """Never a traceback, never a silent wrong answer."""
    with pytest.raises(DomainError, match=sentence):
        analyse(values, **options)


def test_zeros_on_their_own_median_make_no_run_of_the_rest() -> None:
    """Of 33 months 21 without a case: the 12 others are all above the median, which says nothing."""
    values = [0] * 8 + [0, 3] * 12 + [0]
    phase = analyse(values).current
    assert (phase.signal, phase.may_be_announced, phase.fits) == (True, False, False)
    assert "a run chart does not fit" in phase.words
    assert analyse(values, freeze=6).may_be_announced
    few = analyse([5] * 20 + [1, 9]).current
    assert (few.is_tied, few.words) == (True, "Too few months off the median to judge: 2 of the 10 needed.")


def test_odd_but_honest_series_get_a_quiet_answer() -> None:
    """All missing, all equal, one point, a baseline too long or without values, 10,000 points."""
    for values in ([None] * 5, [7] * 24, [3]):
        (phase,) = analyse(values, freeze=12).phases
        assert (phase.n_useful, phase.longest_run, phase.signal, phase.run) == (0, None, False, None)
    assert analyse([1, 2, 3], freeze=12).freeze == 3
    assert analyse([None, 2, 3], freeze=1).current.centre is None
    for rules in Rules:
        assert analyse([i * 7919 % 10007 for i in range(10_000)], rules=rules).current.n_useful == 10_000


def test_twenty_four_points_take_less_than_a_millisecond() -> None:
    """The best of many, so that a busy machine does not fail the test."""
    values = [round(50 + i * 7919 % 23 / 3, 1) for i in range(24)]
    took = []
    for _ in range(200):
        start = time.perf_counter()
        analyse(values, freeze=12)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.001
