"""A playground with a small app, and browser windows in which people look at it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from playground.client import Person, Playground
from playground.limits import Rates
from playground.server import running
from tests.browser import small_app
from tests.chromium import chromium_path

MANIFEST = Path(__file__).parent / "app.yml"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
expect.set_options(timeout=15_000)


@dataclass
class Place:
    """A workspace with Ana and Bo in #general, and the app's own client."""

    slack: Playground
    app: WebClient
    ana: Person
    bo: Person
    general: str


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; each window is a profile of its own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def place() -> Iterator[Place]:
    """The workspace, with the small app connected."""
    with running(MANIFEST, rates=Rates(file_ready=0)) as served:  # the small app does not wait
        slack = served.client
        tokens = slack.app
        ana, bo = slack.add_person("Ana", real_name="Ana Cruz"), slack.add_person("Bo", real_name="Bo Lind")
        general = slack.add_channel("general", members=[ana.id, bo.id], topic="All things counted")
        client = WebClient(token=tokens["bot_token"], base_url=served.api_url)
        handler = SocketModeHandler(
            small_app.build(client),
            app_token=tokens["app_token"],
            web_client=_of_app(served.api_url, tokens["app_token"]),
        )
        handler.connect()
        slack.wait_for(lambda: slack.app["sockets"] == 1)
        yield Place(slack, client, ana, bo, general)
        handler.close()


def _of_app(api_url: str, token: str) -> WebClient:
    return WebClient(token=token, base_url=api_url)


@pytest.fixture
def window(browser: Browser, place: Place) -> Iterator[Callable[..., Page]]:
    """Opens a window in which a person looks at #general; any error of its script fails the test."""
    opened, wrong = [], list[str]()

    def open_window(person: Person, width: int = 1280, height: int = 860) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{place.slack.url}/#/{person.id}/{place.general}")
        expect(page.get_by_role("heading", name="general", level=1)).to_be_visible()
        return page

    yield open_window
    for context in opened:
        context.close()
    assert wrong == []
