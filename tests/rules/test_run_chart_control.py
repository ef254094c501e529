"""Control-chart limits agree with qicharts2 on real series, and refuse what cannot be drawn."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from models.errors import DomainError
from models.rules.charts.control_chart import Kind, control_limits, is_offered

SHARED = Path(__file__).parents[3] / "shared" / "data"


def shared(name: str) -> Any:
    """The reference answers, where they are beside the project."""
    if not (SHARED / name).exists():
        pytest.skip(f"the reference answers {name} are not beside the project")
    return json.loads((SHARED / name).read_text("utf-8"))


def exact(numbers: list[Any]) -> list[Fraction | None]:
    return [None if number is None else Fraction(str(number)) for number in numbers]


def in_time_order(series: dict[str, Any]) -> tuple[list[Fraction | None], list[Fraction | None] | None]:
    order = sorted(range(series["n"]), key=lambda i: series["x"][i])
    if "num" not in series:
        return [exact(series["y"])[i] for i in order], None
    return [exact(series["num"])[i] for i in order], [exact(series["den"])[i] for i in order]


def test_limits_agree_with_the_reference_to_nine_digits() -> None:
    """Centre line, three-sigma and two-sigma limits of each point; screened moving ranges are ours."""
    series = {one["id"]: one for one in shared("run_chart_reference.json")["series"]}
    charts = [one for one in shared("control_chart_reference.json")["charts"] if one["screened_mr"]]
    assert len(charts) == 90
    for chart in charts:
        numerators, denominators = in_time_order(series[chart["id"]])
        ours = control_limits(
            Kind(chart["chart"]), numerators, denominators, freeze=chart["freeze"], parts=chart["part"] or ()
        )
        for name, theirs in (
            ("centre", "cl"),
            ("lower", "lcl"),
            ("upper", "ucl"),
            ("lower_two_sigma", "lcl95"),
            ("upper_two_sigma", "ucl95"),
        ):
            scaled = [getattr(one, name) * chart["multiply"] for one in ours]
            assert scaled == pytest.approx(chart[theirs], rel=1e-9, abs=1e-9), (
                chart["id"],
                chart["chart"],
                name,
            )


@pytest.mark.parametrize(("points", "offered"), [(19, False), (20, True)])
def test_a_control_chart_is_offered_from_twenty_points_on(points: int, offered: bool) -> None:  # noqa: FBT001 - a table
    """Missing months do not count."""
    assert is_offered([None, *range(points), None]) is offered


def test_a_case_out_of_nobody_is_refused_and_nobody_at_all_is_a_gap() -> None:
    """0 / 0 is a month without anyone to count; 3 / 0 is a mistake."""
    limits = control_limits(Kind.P, [3, 0, 5], [10, 0, 10])
    assert (limits[1].lower, limits[1].upper) == (None, None)
    assert limits[1].centre == limits[0].centre == pytest.approx(0.4)
    with pytest.raises(DomainError, match="denominator must be above zero"):
        control_limits(Kind.U, [3], [0])


@pytest.mark.parametrize("kind", list(Kind))
def test_a_constant_or_single_value_has_limits_on_its_centre_or_around_it(kind: Kind) -> None:
    """No spread between neighbours is no reason to fail: 0 %, 100 %, one point alone."""
    for numerators in ([0] * 24, [10] * 24, [10]):
        for limit in control_limits(kind, numerators, [10] * len(numerators)):
            assert limit.lower is not None
            assert limit.upper is not None
            assert limit.lower <= limit.centre <= limit.upper


def test_limits_of_nothing_are_refused() -> None:
    """A sentence, never a division by zero."""
    for numerators, denominators in (([None], [None]), ([], [])):
        with pytest.raises(DomainError, match="need values"):
            control_limits(Kind.P, numerators, denominators)
    with pytest.raises(DomainError, match="denominators"):
        control_limits(Kind.P, [1])
    for freeze in (0, -1):
        with pytest.raises(DomainError, match="one point or more"):
            control_limits(Kind.C, [1, 2, 3], freeze=freeze)


def test_more_cases_than_people_are_refused() -> None:
    """A share above 1 has no spread to speak of."""
    with pytest.raises(DomainError, match="between none and all"):
        control_limits(Kind.P, [30, 40], [10, 10])


def test_a_missing_month_is_no_neighbour() -> None:
    """The moving range does not leap over a gap: from 1 to 9 there is none to count."""
    (first, *_) = control_limits(Kind.INDIVIDUALS, [1, 1, None, 9, 9])
    assert first.upper == first.centre == pytest.approx(5)
