"""What somebody who knows Slack looks for: names, the way to what is new, readable traffic."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, expect

from playground.server import running
from tests.browser.conftest import MANIFEST, Place
from tests.browser.look import Window, box, messages
from tests.browser.small_app import plain

pytestmark = pytest.mark.xdist_group("browser")


def test_a_channel_opened_at_its_end_points_up_to_what_is_new(place: Place, window: Window) -> None:
    """Until it has been seen; the window is named after the channel and the workspace."""
    for number in range(30):
        place.ana.say("#general", f"line {number}")
    page = window(place.bo)
    expect(page).to_have_title("#general - Practice Workspace")
    expect(messages(page).get_by_text("line 29")).to_be_in_viewport()
    page.get_by_role("button", name="30 new messages").click()
    expect(messages(page).get_by_text("New", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("button", name="30 new messages")).to_have_count(0)


def test_an_app_that_takes_no_messages_says_so(browser: Browser, tmp_path: Path) -> None:
    """In the words of Slack, where the message box would be."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    manifest["features"]["app_home"]["messages_tab_read_only_enabled"] = True
    (tmp_path / "app.yml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    with running(tmp_path / "app.yml") as served, closing(browser.new_context()) as context:
        served.client.add_person("Ana")
        page = context.new_page()
        page.goto(served.url)
        page.get_by_role("tab", name="Messages").click()
        expect(page.get_by_role("main")).to_contain_text("Sending messages to this app has been turned off.")
        expect(page.get_by_role("textbox")).to_have_count(0)


def test_a_button_that_changes_while_it_is_held_down_is_pressed_all_the_same(
    place: Place, window: Window
) -> None:
    """What came meanwhile is shown once it is let go."""
    said = place.app.chat_postMessage(channel=place.general, text="2 counted", blocks=_thankable("2 counted"))
    page = window(place.ana)
    messages(page).get_by_role("button", name="Thank them").hover()
    page.mouse.down()
    with page.expect_response(lambda it: "/control/screen" in it.url and "3 counted" in it.text()):
        place.app.chat_update(channel=place.general, ts=said["ts"], text="3", blocks=_thankable("3 counted"))
    page.mouse.up()
    expect(messages(page)).to_contain_text("1 reply")
    expect(messages(page)).to_contain_text("3 counted")


def test_traffic_names_events_and_what_an_acknowledgement_is_for(place: Place, window: Window) -> None:
    page = window(place.ana)
    box(page).fill("hello")
    box(page).press("Enter")
    page.get_by_role("button", name="Traffic").click()
    rows = page.get_by_role("list", name="Traffic, newest first").get_by_role("listitem")
    for kind in ("event", "ack"):
        expect(rows.filter(has_text=kind).filter(has_text="message").first).to_be_visible()


def test_an_address_that_leads_nowhere_leaves_the_page_where_it_is(place: Place, window: Window) -> None:
    """Neither a private channel of others nor somebody who is not there stops a page that is looked at."""
    page = window(place.ana)
    page.evaluate(
        """() => {
            const ask = window.fetch;
            window.fetch = (...what) => {
                document.dispatchEvent(new Event("visibilitychange"));
                return ask(...what);
            };
        }"""
    )
    secret = place.slack.add_channel("secret", [place.bo.id], private=True)
    here = page.url
    for address in (f"#/{place.ana.id}/{secret}", "#/U9/C9"):
        page.evaluate("address => { location.hash = address }", address)
        expect(page).to_have_url(here)
    page.get_by_label("Message #general").fill("still here")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("still here")


def test_what_is_typed_in_a_message_goes_with_its_button(place: Place, window: Window) -> None:
    """An input there waits for a button, as in a form for its submit."""
    page, words = window(place.ana), {"type": "plain_text_input", "action_id": "words"}
    note = {"type": "input", "block_id": "note", "label": plain("Note"), "element": words}
    button = {"type": "button", "action_id": "thank", "text": plain("Pass it on")}
    blocks = [note, {"type": "actions", "elements": [button]}]
    place.app.chat_postMessage(channel=place.general, text="Anything to add?", blocks=blocks)
    page.get_by_label("Note").fill("well done")
    page.get_by_role("button", name="Pass it on").click()
    (pressed,) = place.slack.wait_for(lambda: place.slack.journal("payload", type="block_actions"))
    assert pressed["payload"]["state"]["values"]["note"]["words"]["value"] == "well done"


def _thankable(words: str) -> list[dict[str, Any]]:
    button = {"type": "button", "action_id": "thank", "text": plain("Thank them")}
    return [
        {"type": "section", "text": plain(words)},
        {"type": "actions", "block_id": "thanks", "elements": [button]},
    ]
