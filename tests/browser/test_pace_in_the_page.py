"""Whoever watches a show chooses its pace in the page, by mouse or keys."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Place
from tests.browser.look import Window

pytestmark = pytest.mark.xdist_group("browser")


def test_the_pace_of_a_show_is_chosen_on_top_of_the_page(place: Place, window: Window) -> None:
    """The buttons come with the show, say which one is pressed, keep the focus, and go with the show."""
    page = window(place.ana)
    paces = page.get_by_role("group", name="Pace")
    expect(paces).to_have_count(0)
    expect(page.get_by_role("button", name="Clock")).to_contain_text("running")
    place.slack.set_pace(choices=["pause", "slow", "fast"], chosen="fast")
    expect(paces.get_by_role("button", name="fast", pressed=True)).to_be_visible()
    expect(page.get_by_role("button", name="Clock")).not_to_contain_text("running")
    paces.get_by_role("button", name="pause").click()
    expect(paces.get_by_role("button", name="pause", pressed=True)).to_be_focused()
    assert place.slack.pace == "pause"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(paces.get_by_role("button", name="slow", pressed=True)).to_be_focused()
    assert place.slack.pace == "slow"
    place.slack.set_pace(choices=[])
    expect(paces).to_have_count(0)


def test_a_line_says_what_happens_in_a_show(place: Place, window: Window) -> None:
    """It comes and goes with the show, and no button is made anew under the pointer when it changes."""
    page = window(place.ana)
    line = page.locator("#saying")
    expect(line).to_be_hidden()
    place.slack.set_pace(choices=["pause", "fast"])
    place.slack.set_pace(saying="Bo Chen sends Cedar's August report.")
    expect(line).to_have_text("Bo Chen sends Cedar's August report.")
    button = page.get_by_role("button", name="fast").element_handle()
    place.slack.set_pace(saying="Days pass.")
    expect(line).to_have_text("Days pass.")
    assert button.is_visible()
    place.slack.set_pace(choices=[])
    expect(line).to_be_hidden()


def test_there_is_room_for_the_pace_in_a_narrow_window(place: Place, window: Window) -> None:
    """All three and the clock's words can be seen, and nothing sticks out."""
    place.slack.set_pace(choices=["pause", "slow", "fast"])
    page = window(place.ana, width=390)
    for name in ("pause", "slow", "fast"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Clock")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
