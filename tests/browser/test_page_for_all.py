"""The page by screen reader and by keys: axe finds nothing serious in any view, and no focus is lost."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Place
from tests.browser.look import Window, box, messages

pytestmark = pytest.mark.xdist_group("browser")
SERIOUS = {"serious", "critical"}


def trouble(page: Page) -> list[str]:
    """What axe finds that keeps somebody from using the page, where, and why."""
    found = Axe().run(page).response["violations"]
    nodes = [node for one in found if one["impact"] in SERIOUS for node in one["nodes"]]
    return [f"{node['html']} {node['failureSummary']}" for node in nodes]


def count(page: Page, number: str) -> None:
    """By way of the small app's form."""
    form = open_form(page)
    form.get_by_label("How many?").fill(number)
    form.get_by_label("What was seen?").fill("seven owls")
    form.get_by_role("radio", name="Heard").check()
    form.get_by_role("button", name="Send count").click()
    expect(messages(page).get_by_role("heading", name=f"{number} counted")).to_be_visible()


def open_form(page: Page) -> Locator:
    box(page).fill("/count ")
    box(page).press("Enter")
    return page.get_by_role("dialog", name="Count")


def test_no_view_has_a_serious_violation(place: Place, window: Window) -> None:
    """Conversation, thread, traffic, menus, completion, form with errors, Home and its messages."""
    page = window(place.ana)
    count(page, "7")
    messages(page).get_by_role("button", name="Thank them").click()
    messages(page).get_by_role("button", name="1 reply").click()
    page.get_by_role("button", name="Traffic").click()
    expect(page.get_by_role("textbox", name="Reply in thread")).to_be_visible()
    assert trouble(page) == []
    page.get_by_role("button", name="Traffic", exact=True).click()
    page.get_by_role("button", name="Acting as Ana Cruz").click()
    expect(page.get_by_role("menu", name="Act as")).to_be_visible()
    assert trouble(page) == []
    page.keyboard.press("Escape")
    box(page).press_sequentially("/co")
    expect(page.get_by_role("option", name="/count")).to_be_visible()
    assert trouble(page) == []
    form = open_form(page)
    form.get_by_role("button", name="Send count").click()
    expect(form.locator(".input-error:visible")).to_have_count(3)
    assert trouble(page) == []
    page.keyboard.press("Escape")
    for place_of_app in ("home", "messages"):
        page.get_by_role("navigation").get_by_text("Tally", exact=True).click()
        if place_of_app == "messages":
            page.get_by_role("tab", name="Messages").click()
        assert trouble(page) == []


def test_a_conversation_can_be_read_beside_its_thread_and_the_traffic(place: Place, window: Window) -> None:
    """On a laptop's screen; it was a strip of a word or two."""
    page = window(place.ana)
    count(page, "7")
    messages(page).get_by_role("button", name="Thank them").click()
    messages(page).get_by_role("button", name="1 reply").click()
    page.get_by_role("button", name="Traffic").click()
    expect(page.get_by_role("heading", name="Traffic")).to_be_visible()
    assert page.get_by_role("main").evaluate("main => main.clientWidth") > 370


def test_one_may_type_at_once(place: Place, window: Window) -> None:
    """The message box has the focus when the page comes, and when one goes to another conversation."""
    page = window(place.ana)
    expect(box(page)).to_be_focused()
    place.slack.add_channel("owls", members=[place.ana.id])
    page.get_by_role("link", name="owls").click()
    expect(page.get_by_role("textbox", name="Message #owls")).to_be_focused()


def test_focus_returns_to_the_message_box_where_what_had_it_is_gone(place: Place, window: Window) -> None:
    """A form was open when the page was loaded anew: nothing on it had opened the form."""
    page = window(place.ana)
    form = open_form(page)
    expect(form).to_be_visible()
    page.reload()
    expect(form).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(box(page)).to_be_focused()


def test_where_there_is_no_message_box_none_is_offered_to_skip_to(place: Place, window: Window) -> None:
    """In the app's Home a first Tab leads to the conversation."""
    page = window(place.ana)
    skips = page.locator("a.skip")
    expect(skips.and_(page.locator(":not([hidden])"))).to_have_count(2)
    page.get_by_role("navigation").get_by_text("Tally", exact=True).click()
    expect(skips.and_(page.locator(":not([hidden])"))).to_have_text(["Skip to the conversation"])
