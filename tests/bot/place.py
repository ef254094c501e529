"""The bot as its hosts run it: a process of its own, at a playground that goes by the machine's clock."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sqlalchemy import Connection

from bot.clock import SystemClock
from bot.demo.collaborative import demo_channels, demo_people, demo_plan
from models.database import Database
from models.services.setup import apply as collaborative
from playground.client import Message, Person, Playground
from playground.server import Served

MANIFEST = Path(__file__).parent.parent.parent / "manifest.yml"
BOT = (sys.executable, "-m", "bot")
UP = "Momentum is up"


@dataclass(frozen=True)
class Ended:
    """What was left when a process had ended."""

    code: int
    out: str
    err: str
    seconds: float  # from the signal, or the start, to the end


@dataclass
class Running:
    """A process that is up."""

    process: subprocess.Popen[str]
    err: Path
    said: list[str] = field(default_factory=list)

    @property
    def log(self) -> str:
        return self.err.read_text(encoding="utf-8")

    def wait_for(self, words: str) -> str:
        """The first line it says that holds the words."""
        for line in _of(self.process):
            self.said.append(line)
            if words in line:
                return line
        raise AssertionError(f"It ended before it said {words!r}.\n{''.join(self.said)}\n{self.log}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> Ended:
        """Send a signal, to its children too as a terminal does with Ctrl-C, and wait for the end."""
        began = time.monotonic()
        os.killpg(self.process.pid, number) if number is signal.SIGINT else self.process.send_signal(number)
        out, _ = self.process.communicate(timeout=30)
        return Ended(self.process.returncode, "".join(self.said) + out, self.log, time.monotonic() - began)


@dataclass(frozen=True)
class Place:
    """A playground, a database and a folder for a bot to run in."""

    served: Served
    url: str
    folder: Path

    @property
    def slack(self) -> Playground:
        return self.served.client

    def environment(self, **other: str) -> dict[str, str]:
        """The settings for Socket Mode, with others in their place; an empty one is not set."""
        app = self.slack.app
        usual = {
            "SLACK_BOT_TOKEN": app["bot_token"],
            "SLACK_APP_TOKEN": app["app_token"],
            "SLACK_API_URL": self.served.api_url,
            "DATABASE_URL": self.url,
        }
        return {name: value for name, value in {**usual, **other}.items() if value}

    def over_http(self, **other: str) -> dict[str, str]:
        """The settings for signed HTTP on a free port."""
        secret = self.slack.app["signing_secret"]
        http = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": secret, "HOST": "127.0.0.1", "PORT": "0"}
        return self.environment(**http, **other)

    def command(self, *words: str, **other: str) -> Ended:
        """Run one command to its end."""
        return command(self.folder, self.environment(**other), *words)

    @contextmanager
    def running(self, environment: Mapping[str, str] | None = None, *words: str) -> Iterator[Running]:
        """Run the bot (or what `words` say) until the block ends."""
        err = self.folder / "stderr"
        with (
            err.open("w", encoding="utf-8") as log,
            subprocess.Popen(  # noqa: S603 - our own program
                [*BOT, *(words or ["run"])],
                cwd=self.folder,
                env=environment or self.environment(),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            ) as process,
        ):
            try:
                yield Running(process, err)
            finally:
                process.kill()

    @contextmanager
    def up(self, environment: Mapping[str, str] | None = None) -> Iterator[Running]:
        """Run the bot until the block ends; it is up, and Slack knows where."""
        with self.running(environment) as bot:
            where = bot.wait_for(UP)
            if "http" in where:
                self.slack.set_app(request_url=where.split()[-1])
            yield bot


def command(folder: Path, environment: Mapping[str, str], *words: str) -> Ended:
    """Run one command to its end in a folder with nothing but these settings."""
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own program
        [*BOT, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    return Ended(done.returncode, done.stdout, done.stderr, time.monotonic() - began)


def settle_in(slack: Playground, url: str) -> None:
    """Bring the demo's people and channels into a playground, and its collaborative into a database.

    The clock there is the real one: a file is ready at once, and nobody waits for it.
    """
    slack.call("POST", "/control/limits", {"file_ready": 0})
    for person in demo_people():
        slack.add_person(person.name, id=person.id, real_name=person.real_name, tz=person.tz)
    for channel in demo_channels():
        members = list(channel.members)
        slack.add_channel(channel.name, members, id=channel.id, private=channel.private)
    now, team = SystemClock().now(), slack.app["team_id"]

    def load(db: Connection) -> None:
        collaborative.apply(db, team, demo_plan(now.date()), now, shown=None)

    database = Database(url)
    database.write(load)
    database.dispose()


def writers(slack: Playground) -> list[Person]:
    """All who have a message box in the shared channel."""
    return [slack.person(member) for member in demo_channels()[0].members]


def fill_in(slack: Playground, person: Person, command: str = "/report") -> None:
    """Open Cedar's report from the shared channel and fill in the numbers."""
    assert person.command("#lc-all", command)
    slack.wait_for(lambda: "Blood pressure control" in person.modal.all_text)
    for label, one in person.modal.inputs.items():
        if label.endswith("(numerator)"):
            person.fill(label, 42)
        elif label.endswith("(denominator)"):
            person.fill(label, 60)
        elif not one.optional:
            person.fill(label, 1)


def send_in(slack: Playground, person: Person, **words: str) -> None:
    """Send both pages of the report, with words by their labels on the second."""
    person.submit()
    slack.wait_for(lambda: "Step 2 of 2" in person.modal.all_text)
    for label, text in words.items():
        person.fill(label, text)
    person.submit()
    slack.wait_for(lambda: "Kept." in person.modal.all_text)
    person.close(everything=True)


def card_of(slack: Playground, reader: Person, words: str = "Cedar reported") -> Message:
    """The card in the shared channel, once it is there and its picture is on it or in its thread."""

    def found() -> Message | None:
        cards = [one for one in reader.messages("#lc-all") if words in one.all_text]
        shown = [image for card in cards for one in (card, *card.thread) for image in one.images]
        return cards[0] if any("image_url" in image for image in shown) else None

    card = slack.wait_for(found, timeout=30)
    assert card is not None
    return card


def _of(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout
