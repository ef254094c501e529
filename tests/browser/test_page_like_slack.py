"""What somebody who knows Slack looks for: names, the way to what is new, readable traffic."""

from contextlib import closing
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

from playground.server import running
from tests.browser.conftest import MANIFEST, Place
from tests.browser.look import Window, box, messages

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


def test_traffic_names_events_and_what_an_acknowledgement_is_for(place: Place, window: Window) -> None:
    page = window(place.ana)
    box(page).fill("hello")
    box(page).press("Enter")
    page.get_by_role("button", name="Traffic").click()
    rows = page.get_by_role("list", name="Traffic, newest first").get_by_role("listitem")
    for kind in ("event", "ack"):
        expect(rows.filter(has_text=kind).filter(has_text="message").first).to_be_visible()
