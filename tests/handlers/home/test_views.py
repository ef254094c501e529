"""The Home tab: what is due, who is in, where to press."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.home.views import home_view, welcome
from handlers.report.views.home import home_part as due
from handlers.roll_call.views import home_part as roll_call
from handlers.slack.blocks import View
from models.rules.collaborative.measure import Value
from models.rules.home import HomeReader, Latest, TeamStanding
from tests.handlers.samples import AT, BO, COMPLAINTS, CONTROL, CORA, OCTOBER, QUICK, TODAY, actings, values
from tests.handlers.slack_views import assert_no_markup_of_people, assert_view, marked_up, seen

standings = st.lists(
    st.builds(
        TeamStanding,
        actings,
        st.sampled_from([OCTOBER, None]),
        is_in=st.booleans(),
        teams_in=st.integers(0, 8),
        expected=st.just(8),
        latest=st.lists(
            st.builds(Latest, st.sampled_from([CONTROL, COMPLAINTS]), values, st.just(TODAY))
        ).map(tuple),
    ),
    max_size=40,
)


def tab(*found: TeamStanding) -> View:
    """The tab of who acts for these teams, or for none."""
    reader = HomeReader(found, (), AT)
    first = [] if found else [welcome("No.")]
    return home_view([*first, due(reader), roll_call(reader)])


@given(standings)
@settings(max_examples=40, deadline=None, phases=QUICK)
def test_slack_takes_every_home_tab(found: list[TeamStanding]) -> None:
    """However many teams a person has, and whatever they are called."""
    view = tab(*found)
    assert_view("home", view)
    assert_no_markup_of_people(*marked_up(view))


def test_what_is_due_comes_first_with_its_button() -> None:
    """Every action can be reached by a button (requirement R24)."""
    view = tab(TeamStanding(BO, OCTOBER, is_in=False, teams_in=5, expected=8))
    words = seen(view)
    assert "*Your October report is next.* Due Tuesday 10 November." in words
    assert "5 of 8 teams are in for October" in words
    assert view["blocks"][2]["elements"][0]["value"] == "7:10"


def test_a_report_that_is_in_is_thanked_for() -> None:
    """It can still be changed."""
    words = seen(tab(TeamStanding(BO, OCTOBER, is_in=True, teams_in=5, expected=8)))
    assert "✔ Your October report is in, thank you." in words
    assert "Change it" in words


def test_the_last_values_stand_in_words() -> None:
    """Each measure with its value and the month it is of; the year only where it is another."""
    latest = (
        Latest(CONTROL, Value(Decimal(69), Decimal(90)), date(2026, 9, 1)),
        Latest(COMPLAINTS, Value(Decimal(1)), date(2025, 12, 1)),
    )
    found = [TeamStanding(BO, OCTOBER, is_in=False, teams_in=5, expected=8, latest=latest)]
    assert (
        "Blood pressure control: 76.7% (69/90) in September\nVisit length complaints: 1 in December 2025"
        in seen(tab(*found))
    )


def test_staff_see_how_their_teams_stand() -> None:
    """One line a team, those not in yet first, each with its last value of the first outcome."""
    names = ("Cedar", "Birch", "Elm")
    latest = (Latest(CONTROL, Value(Decimal(42), Decimal(60)), date(2026, 9, 1)),)
    found = [
        TeamStanding(
            replace(CORA, team=replace(CORA.team, id=at, name=name)), OCTOBER, name == "Cedar", 1, 4, latest
        )
        for at, name in enumerate(names)
    ]
    words = seen(tab(*found))
    first, second = (
        "*Not in yet for October* · Blood pressure control\nBirch: 70.0% (42/60)",
        "*✔ In for October*",
    )
    assert words.index(first) < words.index("Elm: 70.0%") < words.index(second) < words.index("Cedar: 70.0%")


def test_a_host_of_a_hundred_teams_can_still_read_it() -> None:
    """Slack takes 100 blocks in a Home tab."""
    found = [
        TeamStanding(
            replace(CORA, team=replace(CORA.team, id=at, name=f"Clinic {at}")), OCTOBER, at % 2 == 0, 50, 100
        )
        for at in range(100)
    ]
    assert len(tab(*found)["blocks"]) <= 12
