"""The page stays whole: against markup, unknown blocks, narrow windows and long channels."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from tests.browser.conftest import Place
from tests.browser.look import Window, box, messages

pytestmark = pytest.mark.xdist_group("browser")


def test_markup_in_names_and_messages_is_inert(place: Place, window: Window) -> None:
    """What people and apps write is words, whatever it looks like."""
    evil = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'
    place.slack.add_person("mallory", real_name=evil)
    place.slack.change_channel(place.general, topic=evil)
    page = window(place.ana)
    place.app.chat_postMessage(channel=place.general, text=f"raw {evil} <javascript:window.hurt=1|click me>")
    place.app.chat_postMessage(
        channel=place.general,
        text="blocks",
        username=evil,
        blocks=[
            {"type": "section", "text": {"type": "mrkdwn", "text": f"*{evil}*"}},
            {"type": "markdown", "text": f"**{evil}** [go](javascript:window.hurt=1)"},
        ],
    )
    box(page).fill(evil)
    box(page).press("Enter")
    expect(messages(page).get_by_role("listitem", name=re.compile("^Ana Cruz"))).to_contain_text(evil)
    expect(messages(page)).to_contain_text("raw <img src=x onerror=")
    assert page.evaluate("window.hurt") is None
    assert page.locator("main img, main script").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0


def test_an_unknown_block_is_loud(place: Place, window: Window) -> None:
    """A block or element the page can't draw names its type in a box nobody overlooks."""
    place.app.chat_postMessage(channel=place.general, text="from the future")

    def from_the_future(route: Route) -> None:
        answer = route.fetch()
        screen = answer.json()
        screen["messages"][place.general][-1]["blocks"] = [
            {"type": "hologram"},
            {"type": "actions", "block_id": "a", "elements": [{"type": "lever", "action_id": "pull"}]},
        ]
        route.fulfill(response=answer, json=screen)

    page = window(place.bo)
    page.route("**/control/screen*", from_the_future)
    page.reload()
    expect(page.get_by_role("alert").filter(has_text='block type "hologram"')).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text='element type "lever"')).to_be_visible()


def test_the_page_fits_a_phone(place: Place, window: Window) -> None:
    """At 390 pixels nothing scrolls sideways and the channels are behind a button."""
    place.app.chat_postMessage(channel=place.general, text="word " * 80)
    page = window(place.ana, width=390, height=844)
    expect(page.get_by_role("link", name="general")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Show channels").click()
    page.get_by_role("link", name="Tally").click()
    expect(page.get_by_role("heading", name="Your counts")).to_be_visible()
    expect(page.get_by_role("link", name="general")).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(1280, 860), (390, 844)])
def test_a_picture_of_the_page_looks_like_slack(
    place: Place, window: Window, width: int, height: int
) -> None:
    """Aubergine frame, white conversation, words: a page without its style or script has none of them."""
    page = window(place.ana, width, height)
    with Image.open(BytesIO(page.screenshot())) as picture:
        pixels = picture.convert("RGB")
    assert pixels.size == (width, height)
    assert pixels.getpixel((width - 2, 2)) == (53, 13, 54)
    assert pixels.getpixel((width // 2, height // 3)) == (255, 255, 255)
    assert len(pixels.getcolors(width * height) or []) > 50


def test_a_long_channel_stays_at_its_end_as_messages_come(place: Place, window: Window) -> None:
    """Who reads the newest keeps reading the newest; who scrolled up is left alone."""
    page = window(place.bo)
    for number in range(30):
        place.ana.say("#general", f"line {number}")
    expect(messages(page).get_by_text("line 29")).to_be_in_viewport()
    messages(page).hover()
    page.mouse.wheel(0, -900)
    expect(messages(page).get_by_text("line 29")).not_to_be_in_viewport()
    place.ana.say("#general", "one more")
    expect(messages(page).get_by_text("one more")).to_be_attached()
    expect(messages(page).get_by_text("one more")).not_to_be_in_viewport()
