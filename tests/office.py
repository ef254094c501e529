"""A post office for tests: a database, a playground and a pump that share one frozen clock."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from slack_sdk import WebClient
from sqlalchemy import Connection, select

from handlers.context import Deps
from handlers.delivery import failures
from handlers.delivery.outgoing import Compose, Outgoing, Picture
from handlers.delivery.pump import TIMEOUT_S, Pump
from models.database import Database
from models.services.delivery import outbox
from models.services.delivery.results import Hooks
from models.tables.outbox import outbox_messages
from playground.client import Playground
from playground.clock import Clock
from playground.server import running
from tests.cast import Cast, lay_down
from tests.clock import T0
from tests.drawing import DRAWING

C = TypeVar("C", bound=WebClient)
MANIFEST = Path(__file__).parent.parent / "manifest.yml"
STAFF = {"Hana": "Hana Host", "Ana": "Ana"}
UNSETTLED = {"pending", "sending"}


def word(_db: Connection, args: Mapping[str, Any], _now: datetime) -> Outgoing | None:
    """Compose the text in the args; "" is no longer true. `picture` names one of tests.faults.pictures.

    With "is_urgent": False nobody waits for it.
    """
    text = args["text"].strip()
    if not text:
        return None
    blocks: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": text[:3000]}}]
    if "picture" not in args:
        return Outgoing(text, blocks)
    blocks.append({"type": "image", "block_id": "chart", "alt_text": "a chart"})
    draw = f"tests.faults.pictures:{args['picture']}"
    chart = Picture("chart", text, draw, "chart.png", "Blood pressure rises.")
    return Outgoing(text, blocks, (chart,), is_urgent=args.get("is_urgent", True))


COMPOSERS: Mapping[str, Compose] = {"word": word, **failures.COMPOSERS}


def patient_client(office: "Office", make: Callable[..., C]) -> C:
    """A client as delivery wants it: one call each, 10 s."""
    return make(token=office.token, base_url=office.api_url, timeout=TIMEOUT_S, retry_handlers=[])


@dataclass
class OffClock:
    """A bot's clock that is set now and then; Slack has its own."""

    right: Clock
    off: timedelta = timedelta()

    def now(self) -> datetime:
        return self.right.now() + self.off


@dataclass
class Office:
    """What a test holds: it puts words in the outbox, lets time pass, and looks at what people see."""

    db: Database
    clock: Clock
    slack: Playground
    api_url: str
    cast: Cast
    channel: str

    @property
    def token(self) -> str:
        return str(self.slack.app["bot_token"])

    def slack_team(self) -> str:
        return str(self.slack.app["team_id"])

    def pump(self, client: WebClient | None = None, **more: Any) -> Pump:
        """A pump on this database, as a process of its own would have it."""
        client = client or patient_client(self, WebClient)
        whose = more.pop("slack_team", self.slack_team())
        deps = Deps(more.pop("db", self.db), more.pop("clock", self.clock), slack_team=lambda: whose)
        return Pump(deps, client, COMPOSERS, DRAWING, hooks=Hooks(), jitter=lambda: 0.0, **more)

    def say(self, text: str, channel: str = "", **more: Any) -> bool:
        """Put a message in the outbox, due now; it is known by its text unless that is given as `about`."""
        whose = more.pop("collaborative", self.cast.collaborative)
        usual = {"kind": "word", "about": text, "now": self.clock.now()}
        what = {
            **usual,
            **more,
            "args": {"text": text, **more.get("args", {})},
            "to": channel or self.channel,
        }
        return self.db.write(lambda db: outbox.say(db, whose, **what))

    def rows(self) -> dict[str, Any]:
        """All rows by what they are about; without what may be unreadable."""
        columns = [column for column in outbox_messages.c if column.name not in ("args", "files")]
        found = self.db.read(lambda db: db.execute(select(*columns)).all())
        return {row.dedupe_key.removeprefix(f"{row.kind}:"): row for row in found}

    def states(self) -> dict[str, str]:
        return {key: row.state for key, row in self.rows().items()}

    def deliver(self, pump: Pump, seconds: int = 120, step: float = 1.0) -> None:
        """Let the pump turn as time passes until nothing waits, for at most so many seconds."""
        until = self.clock.now() + timedelta(seconds=seconds)
        pump.turn()
        while UNSETTLED & set(self.states().values()) and self.clock.now() < until:
            self.slack.advance(step)
            pump.turn()

    def calls(self, method: str = "chat.postMessage", **matching: Any) -> list[dict[str, Any]]:
        """All calls of a method, accepted or not, in order."""
        return self.slack.journal("api", method=method, **matching)

    def taken(self) -> list[str]:
        """The texts of all messages Slack took, in order: what we say of them does not count."""
        return [call["arguments"]["text"] for call in self.calls(accepted=True)]

    def seen(self, channel: str = "") -> list[str]:
        """The texts a member sees in a channel now, threads among them."""
        return [message["text"] for message in self.messages(channel)]

    def messages(self, channel: str = "", person: str = "Ana") -> list[dict[str, Any]]:
        screen = self.slack.screen_of(self.cast.slack[person])
        found: list[dict[str, Any]] = screen["messages"].get(channel or self.channel, [])
        return found

    def client_delete(self, ts: str) -> None:
        """Have somebody delete a message of ours."""
        WebClient(self.token, self.api_url).chat_delete(channel=self.channel, ts=ts)

    def direct(self, person: str) -> list[str]:
        """The texts a person sees in the direct message with the bot."""
        screen = self.slack.screen_of(self.cast.slack[person])
        ims = [one["id"] for one in screen["channels"] if one["kind"] == "im"]
        return [message["text"] for im in ims for message in screen["messages"].get(im, [])]


@contextmanager
def open_office(database: Database) -> Iterator[Office]:
    """Open an office on a migrated, empty database. Ana and Hana are in the channel."""
    clock = Clock(T0, running=False)
    with running(MANIFEST, clock=clock) as served:
        slack = served.client
        ids = {name: slack.add_person(name.lower(), real_name=real).id for name, real in STAFF.items()}
        channel = slack.add_channel("learning", list(ids.values()))
        team = slack.app["team_id"]
        cast = database.write(lambda db: lay_down(db, team, channel, ids))
        yield Office(database, clock, slack, served.api_url, cast, channel)
