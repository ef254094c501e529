"""A playground with a frozen clock, two people, a channel, slack_sdk's client and real Bolt apps."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground.client import Person, Playground
from playground.clock import Clock
from playground.server import Served, running
from tests.playground.asking import Ask
from tests.playground.small_app import Seen, socket_app

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MANIFEST = Path(__file__).with_name("manifest.yml")
Register = Callable[[App], object]
Connect = Callable[..., Seen]


@pytest.fixture
def served() -> Iterator[Served]:
    """A playground at 9 o'clock on Monday 2 March 2026, where time stands still."""
    with running(MANIFEST, clock=Clock(T0, running=False)) as made:
        yield made


@pytest.fixture
def slack(served: Served) -> Playground:
    return served.client


@pytest.fixture
def ana(slack: Playground) -> Person:
    return slack.add_person("Ana")


@pytest.fixture
def bo(slack: Playground) -> Person:
    return slack.add_person("Bo")


@pytest.fixture
def channel(slack: Playground, ana: Person, bo: Person) -> str:
    """#team: Ana, Bo and the app are in it."""
    return slack.add_channel("team", [ana.id, bo.id])


@pytest.fixture
def web(served: Served) -> WebClient:
    """slack_sdk's client with the bot's token, which repeats nothing by itself."""
    return WebClient(
        token=served.client.app["bot_token"], base_url=served.api_url, retry_handlers=[], timeout=5
    )


@pytest.fixture
def connect(served: Served) -> Iterator[Connect]:
    """Connect a Bolt app by Socket Mode; `connect(register)` returns what it has seen."""
    with ExitStack() as open_apps:
        yield lambda register=None: open_apps.enter_context(socket_app(served, register))


@pytest.fixture
def ask(ana: Person, channel: str, connect: Connect) -> Ask:
    """An app that acknowledges all; `ask()` gives a fresh trigger id."""

    def register(app: App) -> None:
        app.command("/ask")(lambda ack: ack())
        app.action("push")(lambda ack: ack())
        app.view("form")(lambda ack: ack())
        app.view_closed("form")(lambda ack: ack())

    return Ask(connect(register), ana)
