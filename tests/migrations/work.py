"""The bot at work on what a release left: what waited goes out, and people go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select

from bot.app import Momentum, build
from bot.config import Settings
from bot.demo.stage import waiting
from handlers import registry
from models.tables.outbox import outbox_messages
from playground.client import Message, Person, Playground, Screen
from tests.migrations.release import Release, slack_of

BETWEEN_TURNS_S = 1.1
GIVES_UP = timedelta(hours=2)
WAITING = {"pending", "sending", "held"}
POST, EDIT = "chat.postMessage", "chat.update"


@dataclass
class Work:
    """The bot of this release, its own clock jobs and delivery at rest until they are asked."""

    momentum: Momentum
    slack: Playground
    since: int  # the last entry of the playground's journal from before

    def rows(self) -> dict[str, Row[Any]]:
        """The outbox by key."""
        found = self.momentum.deps.db.read(lambda db: db.execute(select(outbox_messages)).all())
        return {row.dedupe_key: row for row in found}

    def deliver(self) -> None:
        """Let what waits go out as time passes."""
        until = self.momentum.deps.clock.now() + GIVES_UP
        while self.is_waiting():
            self.momentum.pump.turn()
            self.slack.advance(BETWEEN_TURNS_S)
            assert self.momentum.deps.clock.now() < until, self.rows()

    def is_waiting(self) -> bool:
        """Whether a message is to go out still."""
        waiting = select(outbox_messages.c.id).where(outbox_messages.c.state.in_(WAITING)).limit(1)
        return self.momentum.deps.db.read(lambda db: db.execute(waiting).first()) is not None

    def look(self) -> None:
        """Have the clock jobs put into the outbox what is due."""
        for job in registry.CLOCK.values():
            job(self.momentum.deps)

    def post(self, who: str, words: str, button: str = "") -> Message:
        """The newest message somebody sees that says these words, and has this button if one is named."""
        screen = Person(self.slack, who, who).screen()
        said = [one for channel in screen.raw["channels"] for one in screen.messages(channel["id"])]
        fits = [one for one in said if words in one.all_text and (not button or button in one.buttons)]
        assert fits, f"{who} sees no message “{words}” with a button “{button}”.\n{screen}"
        return max(fits, key=lambda one: one.ts)

    def press(self, who: str, button: str, words: str) -> Person:
        """Press a button of the newest message that has it and says these words."""
        person = Person(self.slack, who, who)
        assert person.press(button, in_=self.post(who, words, button))
        return person

    def sees(self, person: Person, *words: str) -> None:
        """Wait until somebody reads all these words in the window on top, or in an answer to them alone."""
        self.slack.wait_for(lambda: all(one in _answer(person.screen()) for one in words))

    def calls(self) -> list[dict[str, Any]]:
        """What Slack took of the bot's messages since it is at work, in order."""
        made = self.slack.journal("api", since=self.since, accepted=True)
        return [one for one in made if one["method"] in (POST, EDIT)]

    def said(self) -> list[str]:
        """The same as lines, sorted: what kind of message, where it went or what it edits, its words."""
        kinds = {row.nonce: row.kind for row in self.rows().values()}
        return sorted(f"{kinds[nonce_of(one)]}  {_where(one)}  {_words(one)}" for one in self.calls())


@contextmanager
def at_work(release: Release, database_url: str) -> Iterator[Work]:
    """The bot of this release on a database that is brought up to date, and the Slack it was in."""
    with slack_of(release) as (served, clock):
        app = served.client.app
        settings = Settings(
            slack_bot_token=app["bot_token"],
            slack_app_token=app["app_token"],
            slack_api_url=served.api_url,
            database_url=database_url,
        )
        momentum = build(settings, clock, waiting(served.client, clock))
        momentum.myself.ask()
        momentum.enter()
        try:
            yield Work(momentum, served.client, served.client.journal()[-1]["n"])
        finally:
            momentum.way_in.stop()
            momentum.pump.stop(5)
            momentum.listeners.shutdown()
            momentum.drawing.close()
            momentum.deps.db.dispose()


def _answer(screen: Screen) -> str:
    windows = [f"{one.title}\n{one.all_text}" for one in screen.modals[-1:]]
    said = (one for channel in screen.raw["channels"] for one in screen.messages(channel["id"]))
    return "\n".join([*windows, *(one.all_text for one in said if one.ephemeral)])


def nonce_of(call: dict[str, Any]) -> str:
    return str(call["arguments"]["metadata"]["event_payload"]["nonce"])


def _where(call: dict[str, Any]) -> str:
    said = call["arguments"]
    if call["method"] == EDIT:
        return f"over {said['channel']}/{said['ts']}"
    return f"{said['channel']}/{said['thread_ts']}" if "thread_ts" in said else str(said["channel"])


def _words(call: dict[str, Any]) -> str:
    return " ".join(call["arguments"]["text"].split())
