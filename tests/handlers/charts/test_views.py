"""The chart modal, its forms and the signal's message keep Slack's limits and show no markup of people's."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from handlers.charts.views import earlier_months
from handlers.charts.views import marks as chart_marks
from handlers.charts.views import page as chart_views
from handlers.charts.views.page import Page, Rights, ShownChart
from handlers.signals import views as signal_views
from handlers.signals.views import SignalWords
from handlers.slack.blocks import ChartImage
from models.rules.charts.charts import Ended, Mark, MarkKind, TeamChart, Wish
from models.rules.charts.choice import ChartChoice
from models.rules.charts.frozen import MedianMove
from models.rules.charts.signals import signal_of
from models.rules.collaborative.measure import Value
from models.rules.collaborative.participant import Participant
from models.rules.collaborative.people import Collaborative, Member, Role, Team
from models.rules.collaborative.policy import RoleHeld
from models.rules.collaborative.viewers import Viewer
from models.rules.setup.history import Agreed, HistoryChange, HistoryProblem, Sorted
from tests.handlers.slack_views import assert_message, assert_no_markup_of_people, assert_view, marked_up
from tests.plans import plan
from tests.rules.test_signals import MEASURE, STORY, frozen, month
from tests.rules.test_signals import chart as plain_chart

RUDE = "<!channel> <@U1> <https://a.example|b> & _*~`" * 60
AT = datetime(2026, 7, 6, 15, tzinfo=UTC)
IMAGE = ChartImage("chart", RUDE, "x" * 1000)
SHOWN = ShownChart(RUDE, RUDE * 3, replace(IMAGE, title=""))
ALL_RIGHTS = Rights(adds=True, steers=True)


def marks(count: int) -> tuple[Mark, ...]:
    words = RUDE[:300]
    ended = Ended(RUDE[:200], AT, words)
    kinds = list(MarkKind)
    return tuple(
        Mark(at, kinds[at % len(kinds)], month(1 + at % 12), words, RUDE[:200], AT, ended if at % 2 else None)
        for at in range(count)
    )


def chart(months: int = 13, history: int = 0) -> TeamChart:
    """A long chart of a team and a measure with rude names."""
    levels = [Decimal(STORY[at % 12]) for at in range(months)]
    made = frozen(*levels)
    series = replace(
        made.series,
        team=Team(1, "cedar", RUDE[:200], None),
        measure=replace(MEASURE, name=RUDE[:200], unit=MEASURE.unit),
    )
    return TeamChart(series, marks(history))


def viewer(teams: int, measures: int) -> Viewer:
    return Viewer(
        Participant(
            Member(1, "Hana", "U1"),
            Collaborative(1, 1, "bp", RUDE[:200], "UTC", "C1"),
            (RoleHeld(Role.HOST, None),),
        ),
        tuple(Team(at, f"t{at}", f"{at} {RUDE[:190]}", None) for at in range(1, teams + 1)),
        tuple(replace(MEASURE, id=at, key=f"m{at}") for at in range(1, measures + 1)),
    )


@pytest.mark.parametrize("teams", [1, 99, 100, 250])
@pytest.mark.parametrize("history", [0, 60])
def test_slack_takes_the_chart_of_any_collaborative(teams: int, history: int) -> None:
    """Many teams, long names, a long history: within the limits, and without markup of people's."""
    seen = viewer(teams, 12)
    shown = Page(
        ChartChoice(1, 1, 1),
        [seen, seen],
        seen,
        [SHOWN],
        chart(history=history),
        ALL_RIGHTS,
        suggests_phase=True,
    )
    view = chart_views.chart_view(shown)
    view["blocks"] = [
        {**block, "slack_file": {"id": "F0123456789"}} if block["type"] == "image" else block
        for block in view["blocks"]
    ]
    assert_view("modal", view)
    assert_no_markup_of_people(*marked_up(view))


@pytest.mark.parametrize("months", [0, 1, 60, 400])
def test_slack_takes_the_numbers_of_any_chart(months: int) -> None:
    one = chart(months) if months else replace(chart(1), series=replace(chart(1).series, points=()))
    for charts in ([], [one], [one] * 150):
        view = chart_views.numbers_view(charts)
        assert_view("modal", view)
        assert_no_markup_of_people(*marked_up(view))


@pytest.mark.parametrize("kind", MarkKind)
@pytest.mark.parametrize("months", [1, 12, 400])
def test_slack_takes_the_forms_and_they_read_back_what_was_chosen(kind: MarkKind, months: int) -> None:
    """A form, its preview, and the form to take back."""
    choice, wish = (
        ChartChoice(1, 2, 3),
        Wish(
            kind,
            date(2024, 3, 1),
            RUDE[:300],
            on_all=not kind.moves_median,
            first=date(2023, 9, 1) if kind is MarkKind.BASELINE else None,
        ),
    )
    assert_view("modal", chart_marks.mark_form(chart(months), choice, kind))
    preview = chart_marks.preview(chart_views.chart_blocks(SHOWN), choice, wish)
    preview["blocks"][2]["slack_file"] = {"id": "F0123456789"}
    assert_view("modal", preview)
    assert chart_marks.read_preview(preview) == (choice, wish)
    taken = chart_marks.take_back_form(marks(150), choice)
    assert_view("modal", taken)
    for view in (preview, taken):
        assert_no_markup_of_people(*marked_up(view))


def test_the_good_rows_travel_with_the_view_and_come_back() -> None:
    """What is kept at a press is what was shown; too much for a view is not offered."""
    team, choice = Team(1, "cedar", "Cedar", None), ChartChoice(1, 1, 1)
    good = {("cedar", "M1", month(at)): Value(Decimal(at), Decimal("60.5")) for at in range(1, 13)}
    problems = [HistoryProblem(line, "month", RUDE[:100]) for line in range(1, 200)]
    (first, second), old = list(good)[:2], Value(Decimal(9), Decimal("60.5"))
    replaced = tuple(HistoryChange(cell, old, good[cell]) for cell in (first, second))
    moves = (MedianMove(frozen(*STORY), Fraction(99, 2), Fraction(101, 2)),)
    found = Sorted(good, tuple(problems), replaced, plan(), moves)
    view = earlier_months.sorted_out(found, 2, choice)
    assert_view("modal", view)
    assert_no_markup_of_people(*marked_up(view))
    rows, agreed = earlier_months.read_rows(view["private_metadata"], team)
    assert agreed == Agreed({first: old, second: old}, "cedar M1 99/2 101/2")
    assert {(row.team, row.measure, row.first_day): row.value for row in rows} == good
    many = {("cedar", "M1", month(at)): Value(Decimal(at)) for at in range(1, 300)}
    for lines in (tuple(problems), ()):
        assert "private_metadata" not in earlier_months.sorted_out(
            replace(found, good=many, problems=lines), 0, choice
        )
    assert_view("modal", earlier_months.months_form(replace(team, name=RUDE[:200]), MEASURE, choice))


def test_a_signals_message_is_whole_without_its_picture() -> None:
    """The text says it all for a screen reader: what was seen, with its numbers, and the question."""
    made = frozen(*STORY, 63)
    found, analysed = signal_of(made), made.analysed()
    assert found is not None
    assert analysed is not None
    named = TeamChart(chart(13).series, (*made.history, *marks(9)))
    said = SignalWords(named, IMAGE, 1, found.finding, analysed.current, "49.5", RUDE[:50])
    told = signal_views.TeamSignals(
        [said, replace(said, image=replace(IMAGE, block_id="second"))], "C0ALL", (RUDE[:200],)
    )
    for tell in (
        signal_views.to_all,
        signal_views.to_coach_first,
        signal_views.to_team,
        signal_views.to_coach,
    ):
        text, blocks = tell(told)
        assert_message(text, blocks)
        assert_no_markup_of_people(text, *marked_up(blocks))
        assert "8 months in a row above the baseline median of 49.5, since June 2024." in text
        assert "?" in text
        assert "rank" not in text


def test_a_run_that_lies_behind_and_few_crossings_say_where_the_values_are_now() -> None:
    """The direction that is called better or not is the one people read."""
    behind = _headline(plain_chart(*range(60, 72), *range(40, 49)))
    assert "10 months in a row above the median of 49.5, from March 2024 to December 2024;" in behind
    assert "the later ones lie below it." in behind
    few = _headline(plain_chart(40, 41, 42, 43, 44, 40, 60, 61, 62, 63, 64, 60, 61, 39, 62, 63))
    assert "the numbers went up. The earlier months lie mostly below the median of 49.5" in few


def test_the_months_of_a_baseline_that_have_a_value_are_counted() -> None:
    """A baseline over a gap rests on no more months than were given."""
    said = _headline(frozen(48, None, *STORY[1:], 63, months=7))
    assert "The median is frozen on 6 months with a value, Jan 2024 to Jul 2024." in said


def _headline(made: TeamChart) -> str:
    found, analysed = signal_of(made), made.analysed()
    assert found is not None
    assert analysed is not None
    said = SignalWords(made, IMAGE, 1, found.finding, analysed.current, "49.5")
    return signal_views.to_all(signal_views.TeamSignals([said], "C0ALL"))[0]
