"""Takes the pictures of the docs anew: the demo, played in the playground and photographed in Chromium."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from bot import logs
from bot.clock import SystemClock
from bot.demo.stage import staged
from playground.client import Person, Playground
from tests.browser.conftest import QUIET
from tests.chromium import chromium_path

HERE = Path(__file__).parent / "pictures"
SHARED = "#lc-all"
WIDTH, HEIGHT = 1200, 900
APART = 600  # seconds; messages that follow each other sooner share one head
SHARPNESS = 1.5  # pixels of a picture to one of the page
COLORS = 256  # all a screen of text needs, at a third of the size
CONTROLLED = "Patients whose last reading of the month is below 140/90 (numerator)"
SEEN = "Patients with high blood pressure who had a visit this month (denominator)"
NUMBERS: Mapping[str, str] = {
    CONTROLLED: "74",
    SEEN: "92",
    "Visits with a second reading in the same visit (numerator)": "47",
    "Visits with a first reading of 140/90 or more (denominator)": "54",
    "Complaints about waiting or the length of a visit (how many)": "2",
}
WORDS: Mapping[str, str] = {
    "What did you test?": "The second reading by the medical assistant, in all rooms.",
    "What got better?": "Nobody leaves with one high reading any more.",
    "What is in the way?": "One cuff in the large size for four rooms.",
}


def main() -> None:
    """Write every picture into docs/pictures."""
    HERE.mkdir(exist_ok=True)
    logs.set_up("WARNING", "text")
    with staged(0, SystemClock().now()) as slack, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        page = chromium.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=SHARPNESS,
            reduced_motion="reduce",
        )
        page.goto(f"{slack.url}/#/U0ANA/C0ALL")
        ana = slack.client.person("Ana Lima")
        _home(page, ana)
        _form(page, ana)
        _errors(page)
        _card(page, slack.client)
        _digest(page, slack.client)
        chromium.close()


def _home(page: Page, ana: Person) -> None:
    ana.open_home()
    page.get_by_role("link", name="Momentum").first.click()
    page.get_by_role("button", name="Report").wait_for()
    page.set_viewport_size({"width": WIDTH, "height": 660})
    _take(page, "home")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.get_by_role("link", name="lc-all").click()


def _form(page: Page, ana: Person) -> None:
    ana.command(SHARED, "/report")
    form = page.get_by_role("dialog")
    form.get_by_label(CONTROLLED).focus()
    _take(form, "report-form")


def _errors(page: Page) -> None:
    form = page.get_by_role("dialog")
    _fill(form, {**NUMBERS, SEEN: "9"})
    form.get_by_role("button", name="Next").click()
    form.get_by_text("74 is more than 9").wait_for()
    _take(form, "report-errors")


def _card(page: Page, slack: Playground) -> None:
    form = page.get_by_role("dialog")
    _fill(form, NUMBERS)
    form.get_by_role("button", name="Next").click()
    _fill(form, WORDS)
    slack.advance(APART)
    form.get_by_role("button", name="Send report").click()
    form.get_by_text("Kept.").wait_for()
    page.keyboard.press("Escape")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Cedar reported"))
    card.get_by_role("img", name="Run chart.").evaluate("picture => picture.decode()")
    card.get_by_role("button", name="1 reply").wait_for()
    too_low = card.evaluate(
        "message => message.offsetHeight + 24 - message.closest('.messages').clientHeight"
    )
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT + too_low})
    card.evaluate("message => message.scrollIntoView({ block: 'start' })")
    page.mouse.move(0, 0)
    _take(page, "report-card")


def _digest(page: Page, slack: Playground) -> None:
    cora = slack.person("Cora Diaz")
    cora.command(SHARED, "/momentum digest")
    slack.wait_for(lambda: any("Your digest" in each.text for each in cora.messages("Momentum")), 60)
    cora.read("Momentum")
    page.goto(f"{slack.url}/#/{cora.id}")
    page.reload()
    page.get_by_role("link", name="Momentum").first.click()
    page.get_by_role("tab", name="Messages").click()
    digest = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Your digest"))
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    for picture in digest.get_by_role("img", name="Run chart.").all():
        picture.evaluate("picture => picture.decode()")
    digest.evaluate("message => message.scrollIntoView({ block: 'start' })")
    page.mouse.move(0, 0)
    _take(page, "digest")


def _fill(form: Locator, answers: Mapping[str, str]) -> None:
    for label, answer in answers.items():
        form.get_by_label(label).fill(answer)


def _take(what: Page | Locator, name: str) -> None:
    """Photograph a page or a part of it, with no more colors than it needs."""
    with Image.open(BytesIO(what.screenshot())) as picture:
        picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(
            HERE / f"{name}.png", optimize=True
        )


if __name__ == "__main__":
    main()
