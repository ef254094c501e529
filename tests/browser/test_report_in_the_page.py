"""Story W4 in the demo's page: a nurse reports with mouse and keyboard, and everybody sees it come in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.clock import SystemClock
from bot.demo.collaborative import demo_day, month_to_report
from bot.demo.stage import staged
from playground.server import Served

pytestmark = pytest.mark.xdist_group("browser")
CONTROLLED = "Patients whose last reading of the month is below 140/90 (numerator)"
SEEN = "Patients with high blood pressure who had a visit this month (denominator)"
REPEATED = "Visits with a second reading in the same visit (numerator)"
HIGH = "Visits with a first reading of 140/90 or more (denominator)"


@pytest.fixture
def demo() -> Iterator[Served]:
    """The demo: the real bot in a playground, five of eight teams in."""
    with staged(0, SystemClock().now()) as served:
        yield served


@pytest.fixture
def page(browser: Browser, demo: Served) -> Iterator[Page]:
    """The address `make demo` prints, which is Ana's window; any error of its script fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
    opened, wrong = context.new_page(), list[str]()
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(demo.url)
    expect(opened).to_have_url(f"{demo.url}/#/U0ANA/C0ALL")
    yield opened
    context.close()
    assert wrong == []


def test_ana_reports_for_cedar_in_the_page(page: Page, demo: Served) -> None:
    """Completion, an error at its field, its mend, the next page, "Kept"; then all of it without a reload."""
    month = month_to_report(demo_day(datetime.fromtimestamp(demo.client.now, UTC)))
    form = open_report(page)
    expect(form).to_contain_text("The numbers, or the reason why not.")
    expect(form).to_contain_text(": 76.7% (69/90)")
    page.keyboard.press("Tab")  # from the month to how blood pressure was counted
    page.keyboard.press("Tab")
    expect(form.get_by_label(CONTROLLED)).to_be_focused()
    page.keyboard.type("74")
    page.keyboard.press("Tab")
    page.keyboard.type("9")
    fill(form, {REPEATED: 47, HIGH: 54})
    form.get_by_role("button", name="Next").click()
    wrong = form.get_by_label(CONTROLLED)
    expect(wrong).to_have_accessible_description(re.compile("74 is more than 9: it can be 9 at most."))
    expect(wrong).to_be_focused()
    expect(form.get_by_label(HIGH)).to_have_value("54")

    fill(form, {SEEN: 92})
    form.get_by_role("button", name="Next").click()
    expect(form).to_contain_text("Step 2 of 2")
    expect(form.get_by_label("What did you test?")).to_be_focused()
    expect(form.get_by_text("Step 2 of 2")).to_be_in_viewport()
    form.get_by_label("What did you test?").fill("A second reading in all rooms.")
    form.get_by_role("button", name="Send report").click()
    thanks = page.get_by_role("dialog", name="Thank you")
    expect(thanks).to_contain_text(f"Kept. Cedar's {month:%B} report is on its way to #lc-all.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert_all_see_it(page)

    act_as(page, "Chidi Okafor")
    assert_all_see_it(page)
    card(page).get_by_role("button", name="Correct").click()
    heard = messages(page).get_by_role("listitem").filter(has_text="Only visible to you")
    expect(heard).to_contain_text("A report is corrected by the team's own people, their coach or the hosts.")
    expect(page.get_by_role("dialog")).to_have_count(0)


def open_report(page: Page) -> Locator:
    """Type the beginning of the command, and let it be completed."""
    box = page.get_by_role("textbox", name="Message #lc-all")
    box.press_sequentially("/re")
    expect(page.get_by_role("option", name="/report")).to_be_visible()
    box.press("Tab")
    box.press("Enter")
    form = page.get_by_role("dialog", name="Monthly report")
    expect(form).to_contain_text("Step 1 of 2")
    return form


def fill(form: Locator, numbers: dict[str, int]) -> None:
    for label, number in numbers.items():
        form.get_by_label(label).fill(str(number))


def card(page: Page) -> Locator:
    """Cedar's card in the channel."""
    heading = page.get_by_role("heading", name="Cedar reported")
    return messages(page).get_by_role("listitem").filter(has=heading)


def messages(page: Page) -> Locator:
    return page.get_by_role("list", name="Messages in #lc-all")


def assert_all_see_it(page: Page) -> None:
    """The card with its picture, and the roll call one further."""
    expect(card(page)).to_contain_text("80.4% (74/92), up 3.8 points since")
    expect(card(page)).to_contain_text("A second reading in all rooms.")
    picture = card(page).get_by_role("img", name=re.compile("^Run chart. Cedar, Blood pressure control"))
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 400
    expect(messages(page)).to_contain_text("6 of 8 teams are in")


def act_as(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile("^Acting as")).click()
    page.get_by_role("menuitem", name=name).click()
