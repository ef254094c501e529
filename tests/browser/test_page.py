"""What a person sees and does in the playground's page, against the real server and a real app."""

import re
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from playground.server import running
from tests.browser.conftest import MANIFEST, Place
from tests.browser.look import Window, box, messages

pytestmark = pytest.mark.xdist_group("browser")


def test_a_count_from_slash_command_to_thread_appears_without_reload(place: Place, window: Window) -> None:
    """Completion, errors in place that keep what was typed, picture, button, thread, ephemeral for one."""
    ana, bo = window(place.ana), window(place.bo)
    box(ana).press_sequentially("/co")
    expect(ana.get_by_role("option", name="/count")).to_contain_text("Count something")
    box(ana).press("Tab")
    expect(box(ana)).to_have_value("/count ")
    box(ana).press("Enter")

    form = ana.get_by_role("dialog", name="Count")
    number, words = form.get_by_label("How many?"), form.get_by_label("What was seen?")
    expect(number).to_be_focused()
    number.fill("200")
    words.fill("owl")
    form.get_by_role("combobox", name="Where?").press_sequentially("li")
    form.get_by_role("option", name="Lima").click()
    form.get_by_role("radio", name="Heard").check()
    form.get_by_role("button", name="Send count").click()
    expect(number).to_have_accessible_description("Please give at most 100. At most 100")
    expect(words).to_have_accessible_description("Please say a little more.")
    expect(number).to_be_focused()
    expect(number).to_have_value("200")
    expect(words).to_have_value("owl")
    expect(form.get_by_role("combobox", name="Where?")).to_have_value("Lima")

    number.fill("12")
    words.fill("twelve owls")
    form.get_by_role("button", name="Send count").click()
    expect(form).to_have_count(0)
    expect(box(ana)).to_be_focused()

    for page in (ana, bo):
        expect(messages(page).get_by_role("heading", name="12 counted")).to_be_visible()
        picture = messages(page).get_by_role("img", name="A red square")
        expect(picture).to_have_js_property("naturalWidth", 40)
    messages(bo).get_by_role("button", name="Thank them").click()
    expect(messages(bo).get_by_text("Only visible to you")).to_be_visible()
    messages(ana).get_by_role("button", name="1 reply").click()
    thread = ana.get_by_role("complementary", name="Thread")
    expect(thread).to_contain_text("@Bo Lind says thank you")
    expect(ana.get_by_text("Only visible to you")).to_have_count(0)

    thread.get_by_role("textbox", name="Reply in thread").fill("You are welcome <3")
    thread.get_by_role("textbox", name="Reply in thread").press("Enter")
    expect(thread).to_contain_text("You are welcome <3")
    expect(messages(bo).get_by_role("button", name="2 replies")).to_be_visible()


def test_slack_s_own_checks_show_all_at_once_below_their_fields(place: Place, window: Window) -> None:
    """Nothing is sent to the app while a required field is empty; typing takes the field's error away."""
    page = window(place.ana)
    box(page).fill("/count")
    box(page).press("Enter")
    form = page.get_by_role("dialog", name="Count")
    form.get_by_role("button", name="Send count").click()
    expect(form.locator(".input-error:visible")).to_have_count(3)
    expect(form.get_by_label("How many?")).to_be_focused()
    form.get_by_label("How many?").press_sequentially("41")
    expect(form.locator(".input-error:visible")).to_have_count(2)
    expect(form.get_by_label("How many?")).to_have_value("41")
    assert place.slack.journal("payload", type="view_submission") == []


def test_all_of_a_count_works_without_a_mouse(place: Place, window: Window) -> None:
    """Skip link, completion, focus in the form, arrows in menus, Escape, focus returned."""
    page = window(place.ana)
    keys = page.keyboard
    page.get_by_role("link", name="Skip to the message box").focus()
    keys.press("Enter")
    expect(box(page)).to_be_focused()
    keys.type("/count owls")
    keys.press("Enter")
    form = page.get_by_role("dialog", name="Count")
    expect(form.get_by_label("How many?")).to_be_focused()
    keys.type("7")
    keys.press("Enter")  # in a one-line field it must not send the form
    keys.press("Tab")
    keys.type("seven")
    keys.press("Enter")
    keys.type("owls")
    keys.press("Tab")
    keys.type("lo")
    expect(form.get_by_role("option", name="London")).to_be_visible()
    keys.press("Enter")
    expect(form.get_by_role("combobox", name="Where?")).to_have_value("London")
    keys.press("Tab")
    keys.press("ArrowDown")
    expect(form.get_by_role("radio", name="Heard")).to_be_checked()
    keys.press("Tab")
    keys.press("Tab")
    expect(form.get_by_role("button", name="Send count")).to_be_focused()
    keys.press("Enter")
    expect(form).to_have_count(0)
    expect(box(page)).to_be_focused()
    expect(messages(page)).to_contain_text("7 counted")
    expect(page.get_by_role("log", name="New messages")).to_contain_text("Tally: 7 counted")

    keys.type("/count ")
    keys.press("Enter")
    expect(form).to_be_visible()
    keys.press("Escape")
    expect(form).to_have_count(0)
    expect(box(page)).to_be_focused()


def test_the_bare_address_shows_the_first_person_where_most_people_are(browser: Browser) -> None:
    """And says so while nobody is there."""
    with running(MANIFEST) as served, closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(served.url)
        expect(page.get_by_role("main")).to_contain_text("Nobody is here yet.")
        ana, bo = served.client.add_person("Ana", real_name="Ana Cruz"), served.client.add_person("Bo")
        expect(page.get_by_role("button", name="Acting as Ana Cruz")).to_be_visible()
        served.client.add_channel("few", [ana.id])
        served.client.add_channel("many", [ana.id, bo.id])
        page.goto("about:blank")
        page.goto(served.url)
        expect(page.get_by_role("heading", name="many", level=1)).to_be_visible()


def test_acting_as_another_person_moves_the_whole_page(place: Place, window: Window) -> None:
    """Who one is, is in the address: a reload or a link returns to the same person and place."""
    secret = place.slack.add_channel("cedar", members=[place.bo.id], private=True)
    page = window(place.ana)
    expect(page.get_by_role("link", name="cedar")).to_have_count(0)
    page.get_by_role("button", name="Acting as Ana Cruz").click()
    page.get_by_role("menuitem", name="Bo Lind").click()
    expect(page.get_by_role("button", name="Acting as Bo Lind")).to_be_visible()
    place.app.chat_postMessage(channel=secret, text="for Cedar only")
    expect(page.get_by_role("link", name="cedar, 1 unread")).to_be_visible()
    page.get_by_role("link", name="cedar").click()
    expect(page).to_have_url(re.compile(f"#/{place.bo.id}/{secret}$"))
    page.reload()
    expect(page.get_by_text("for Cedar only")).to_be_visible()
    expect(page.get_by_role("link", name="cedar", exact=True)).to_have_attribute("aria-current", "page")


def test_shortcuts_reactions_and_home_are_where_slack_has_them(place: Place, window: Window) -> None:
    """Global shortcuts behind the plus, message shortcuts on the message, the app's Home tab at the app."""
    page = window(place.ana)
    box(page).fill("hello @bo & all")
    box(page).press("Enter")
    said = messages(page).get_by_role("listitem", name=re.compile("^Ana Cruz"))
    expect(said).to_contain_text("hello @Bo Lind & all")
    said.get_by_role("button", name="Add reaction").click()
    page.get_by_role("menuitem", name="tada").click()
    expect(said.locator(".reaction")).to_contain_text("1")
    said.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Count this").click()
    expect(messages(page)).to_contain_text("Counted: hello")
    page.get_by_role("button", name="Shortcuts and commands").click()
    page.get_by_role("menuitem", name="Count anew").click()
    expect(page.get_by_role("dialog", name="Count")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_role("link", name="Tally").click()
    expect(page.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("heading", name="Your counts")).to_be_visible()
    page.get_by_role("tab", name="Messages").click()
    expect(page.get_by_role("textbox", name="Message Tally")).to_be_visible()


def test_what_goes_wrong_is_said_and_can_be_looked_into(place: Place, window: Window) -> None:
    """A command nobody answers becomes a notice; traffic and faults are to be read; the clock moves."""
    page = window(place.ana)
    box(page).fill("/silent")
    box(page).press("Enter")
    place.slack.wait_for(lambda: place.slack.journal("payload"))
    place.slack.advance(4)
    notice = page.get_by_role("status", name="Notices")
    expect(notice).to_contain_text("/silent failed")
    notice.get_by_role("button", name="Dismiss notice").click()
    expect(notice).not_to_contain_text("/silent failed")

    place.slack.fault("chat.postMessage", error="ratelimited", times=3)
    page.get_by_role("button", name="Traffic").click()
    traffic = page.get_by_role("complementary", name="Traffic inspector")
    expect(traffic).to_contain_text("1 fault is injected")
    traffic.get_by_role("button", name="payload").click()
    entry = traffic.get_by_role("listitem").filter(has_text="/silent").first
    expect(entry).to_contain_text("/silent")
    entry.locator("summary").click()
    expect(entry.locator("pre")).to_contain_text('"command": "/silent"')
    traffic.get_by_role("button", name="Clear all faults").click()
    expect(traffic).not_to_contain_text("fault is injected")

    before = place.slack.now
    page.get_by_role("button", name="Clock").click()
    page.get_by_role("button", name="+1 day").click()
    place.slack.wait_for(lambda: place.slack.now >= before + 86_400)
    page.get_by_role("button", name="Freeze").click()
    expect(page.get_by_role("button", name="Clock")).to_contain_text("frozen")
