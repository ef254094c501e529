"""The Home tab: what is due, who is in, where to press."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.views.home import home_view
from models.rules.home import Standing
from tests.views.samples import BO, CORA, OCTOBER, QUICK, TODAY, actings
from tests.views.slack import assert_no_markup_of_people, assert_view, marked_up, seen

STRANGER = "I could not find you in a team here."
standings = st.lists(
    st.builds(
        Standing,
        actings,
        st.sampled_from([OCTOBER, None]),
        is_in=st.booleans(),
        teams_in=st.integers(0, 8),
        expected=st.just(8),
    ),
    max_size=40,
)


@given(standings)
@settings(max_examples=40, deadline=None, phases=QUICK)
def test_slack_takes_every_home_tab(found: list[Standing]) -> None:
    """However many teams a person has, and whatever they are called."""
    view = home_view(found, TODAY, STRANGER)
    assert_view("home", view)
    assert_no_markup_of_people(*marked_up(view))


def test_what_is_due_comes_first_with_its_button() -> None:
    """Every action can be reached by a button (requirement R24)."""
    view = home_view([Standing(BO, OCTOBER, is_in=False, teams_in=5, expected=8)], TODAY, STRANGER)
    words = seen(view)
    assert "*Your October 2026 report is next.* Due Tuesday 10 November." in words
    assert "5 of 8 teams are in for October" in words
    assert view["blocks"][2]["elements"][0]["value"] == "7"


def test_a_report_that_is_in_is_thanked_for() -> None:
    """It can still be changed."""
    words = seen(home_view([Standing(BO, OCTOBER, is_in=True, teams_in=5, expected=8)], TODAY, STRANGER))
    assert "✔ Your October 2026 report is in, thank you." in words
    assert "Change it" in words


def test_a_coach_sees_how_their_teams_stand() -> None:
    """Who looks after teams sees which are in, in one list."""
    birch = replace(CORA, team=replace(CORA.team, id=8, name="Birch"))
    found = [
        Standing(CORA, OCTOBER, is_in=True, teams_in=1, expected=4),
        Standing(birch, OCTOBER, is_in=False, teams_in=1, expected=4),
    ]
    assert "*Cedar* ✔ in for October\n*Birch* not in yet for October" in seen(
        home_view(found, TODAY, STRANGER)
    )


def test_a_stranger_hears_whom_to_ask() -> None:
    """Nobody meets an empty page."""
    assert STRANGER in seen(home_view([], TODAY, STRANGER))
