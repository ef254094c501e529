"""Takes the pictures of the docs anew: the demo, played in the playground and photographed in Chromium."""

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bot.demo import staged
from playground.client import Playground
from tests.browser.look import FLAGS
from tests.chromium import chromium_path

HERE = Path(__file__).parent / "pictures"
ANA = "Ana Lima"
FIRST_PAGE: Mapping[str, str] = {
    "Blood pressure control: numerator": "74",
    "Blood pressure control: denominator": "92",
    "Repeat blood pressure taken: numerator": "47",
    "Repeat blood pressure taken: denominator": "54",
    "Complaints about visit length: how many": "2",
}
WORDS: Mapping[str, str] = {
    "What did you test?": "The second reading by the medical assistant, in all rooms.",
    "What got better?": "Nobody leaves with one high reading any more.",
    "What is in the way?": "One cuff in the large size for four rooms.",
}


def main() -> None:
    """Write every picture into docs/pictures."""
    HERE.mkdir(exist_ok=True)
    with staged(0) as slack, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = chromium.new_page(viewport={"width": 1200, "height": 900}, device_scale_factor=1.5)
        page.goto(f"{slack.url}/#/U0ANA/C0ALL")
        _form(page, slack.client)
        _errors(page, slack.client)
        _card(page, slack.client)
        _home(page, slack)
        chromium.close()


def _form(page: Page, slack: Playground) -> None:
    slack.person(ANA).command("#lc-all", "/report")
    page.get_by_role("dialog").wait_for()
    page.get_by_role("dialog").screenshot(path=HERE / "report-form.png")


def _errors(page: Page, slack: Playground) -> None:
    ana = slack.person(ANA)
    for label, value in {**FIRST_PAGE, "Blood pressure control: denominator": "9"}.items():
        ana.fill(label, value)
    ana.submit()
    page.get_by_text("more than").first.wait_for()
    page.get_by_role("dialog").screenshot(path=HERE / "report-errors.png")


def _card(page: Page, slack: Playground) -> None:
    ana = slack.person(ANA)
    ana.fill("Blood pressure control: denominator", FIRST_PAGE["Blood pressure control: denominator"])
    ana.submit()
    for label, words in WORDS.items():
        ana.fill(label, words)
    ana.submit()
    slack.wait_for(lambda: any("Cedar reported" in message.text for message in ana.messages("#lc-all")))
    while ana.modal:
        ana.close()
    page.reload()
    page.get_by_text("Cedar reported").last.scroll_into_view_if_needed()
    page.get_by_role("img", name="Run chart. Cedar, Blood pressure control").wait_for()
    page.screenshot(path=HERE / "report-card.png")


def _home(page: Page, slack: object) -> None:
    page.get_by_role("link", name="Momentum").first.click()
    page.get_by_role("button", name="Report").first.wait_for()
    page.screenshot(path=HERE / "home.png")


if __name__ == "__main__":
    main()
