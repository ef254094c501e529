"""Many teams' charts on one sheet, in picture and words."""

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from handlers.files.charts.all_teams import sheets
from handlers.files.charts.run_chart import draw, draw_sheet
from handlers.files.charts.sheet_words import sheet_alt_text, sheet_caption, sheet_names
from handlers.files.charts.spec import ChartSpec, Marker, Together
from handlers.files.charts.words import alt_text
from models.rules.collaborative.measure import Direction
from tests.handlers.files.charts.charted import PLAIN, RISK_DAYS, cedar, months

INFECTIONS = Path(__file__).parents[5] / "shared" / "data" / "hospital_infections.csv"


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
