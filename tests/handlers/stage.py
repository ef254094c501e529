"""A stage for stories: the listeners, a database, a playground and a pump, on one frozen clock.

Whatever the story: what people typed on it is in no line of the log, and what goes to a team's own channel is
for that team alone.
"""

import io
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy import Connection, Table, func, select

from bot.web import WebServer
from handlers import registry
from handlers.context import Deps
from handlers.delivery.pump import TIMEOUT_S, Pump, boot_seconds
from handlers.drawing import Draws
from models.database import Database
from models.tables.collaborative import collaboratives
from models.tables.outbox import outbox_messages
from models.tables.people import teams
from playground.client import Message, Modal, Person, Playground
from playground.clock import Clock
from playground.server import running
from tests.cast import PEOPLE, TIME_ZONE, Cast, lay_down
from tests.clock import T0
from tests.drawing import DRAWING
from tests.overheard import overheard

MANIFEST = Path(__file__).parent.parent.parent / "manifest.yml"
UNSETTLED = ("pending", "sending")
WORDS = 6  # letters at least: a number may well be in a time


@dataclass
class Stage:
    """What a story holds: people who act, time that passes, and what everybody sees."""

    db: Database
    clock: Clock
    slack: Playground
    cast: Cast
    channel: str
    app: App
    deps: Deps
    pump: Pump
    slack_client: WebClient  # delivery's own
    log: io.StringIO  # all lines of it

    def person(self, name: str) -> Person:
        """One of the cast, or anybody else by name."""
        return self.slack.person(self.cast.slack.get(name, name))

    def modal(self, person: Person, *words: str) -> Modal:
        """The modal on top, once all these words stand in it."""
        found = self.slack.wait_for(lambda: _holding(person.modal, words))
        assert found is not None
        return found

    def open_report(self, person: Person, *words: str) -> Modal:
        """Type /report in the shared channel."""
        assert person.command(self.channel, "/report")
        return self.modal(person, *words)

    def deliver(self, seconds: int = 60) -> None:
        """Let what waits in the outbox go out as time passes."""
        until = self.clock.now() + timedelta(seconds=seconds)
        self.pump.turn()
        while (
            self.count(outbox_messages, outbox_messages.c.state.in_(UNSETTLED)) and self.clock.now() < until
        ):
            self.slack.advance(1)
            self.pump.turn()

    def tick(self) -> None:
        """Have the clock jobs ask their rows what is due, as they do every ten seconds."""
        for job in registry.CLOCK.values():
            job(self.deps)
        self.know_channels()

    def know_channels(self) -> None:
        """Have Slack asked about the teams' channels it was not asked about for ten minutes."""
        asking = replace(self.deps, slack=self.slack_client)
        while registry.CLOCK["places"](asking):
            pass

    def post(self, person: Person, words: str, channel: str = "") -> Message:
        """The one message in a channel that holds these words."""
        found = [each for each in person.messages(channel or self.channel) if words in each.all_text]
        assert len(found) == 1, person.screen()
        return found[0]

    def count(self, table: Table, *where: Any) -> int:
        """How many rows a table holds."""
        found: int = self.db.read(
            lambda db: db.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        )
        return found

    def last_payload(self, kind: str) -> dict[str, Any]:
        """What Slack sent the app last, of one type."""
        payloads = [each["payload"] for each in self.slack.journal("payload")]
        return next(each for each in reversed(payloads) if each.get("type") == kind)

    def send(self, payload: Mapping[str, Any]) -> BoltResponse:
        """Hand the listeners a payload as it came, again or changed."""
        return self.app.dispatch(BoltRequest(body=dict(payload), mode="socket_mode"))


@contextmanager
def staged(
    database: Database, organization: str = "", listeners: Executor | None = None, drawing: Draws = DRAWING
) -> Iterator[Stage]:
    """Open a stage on a migrated, empty database; everybody with Slack is in the channel."""
    clock = Clock(T0, running=False)
    with overheard() as log, running(MANIFEST, clock=clock) as served:
        slack = served.client
        slack.set_app(enterprise_id=organization)
        wanted = [name for name, user in PEOPLE.items() if user]
        ids = {name: slack.add_person(name.lower(), real_name=name, tz=TIME_ZONE).id for name in wanted}
        channel = slack.add_channel("lc-all", list(ids.values()))
        cast = database.write(lambda db: lay_down(db, slack.app["team_id"], channel, ids))
        team = slack.app["team_id"]
        bot = slack.app["bot_user_id"]
        deps = Deps(
            database,
            clock,
            slack_team=lambda: team,
            bot_user=lambda: bot,
            drawing=drawing,
            wait=slack.advance,
        )
        listeners = listeners or ThreadPoolExecutor(8)
        app = _bolt(deps, slack, served.api_url, listeners)
        token = slack.app["bot_token"]
        delivery = WebClient(token, served.api_url, timeout=TIMEOUT_S, retry_handlers=[])
        pump = Pump(deps, delivery, registry.COMPOSERS, drawing, hooks=registry.HOOKS, jitter=lambda: 0.0)
        server = WebServer(app, "127.0.0.1", 0, steady=_hurried)
        server.start()
        slack.set_app(request_url=server.address)
        try:
            yield Stage(database, clock, slack, cast, channel, app, deps, pump, delivery, log)
        finally:
            server.stop()
            listeners.shutdown()
            pump.stop(5)
        assert database.read(_for_anybody) == []
        written = log.getvalue()
        assert [words for words in _typed(slack) if json.dumps(words).strip('"') in written] == []


def _for_anybody(db: Connection) -> list[str]:
    """What was addressed to a team's own channel and does not say that it is for that team alone."""
    row, ours = outbox_messages.c, collaboratives.c
    own = (teams.c.collaborative_id == row.collaborative_id) & (teams.c.channel == row.channel)
    query = select(row.dedupe_key).join(teams, own).join(collaboratives, ours.id == row.collaborative_id)
    return list(db.scalars(query.where(teams.c.channel != ours.channel, row.only_for.is_(None))))


def _typed(slack: Playground) -> set[str]:
    """All that people wrote, in fields, in messages and as commands."""
    gestures = [each["gesture"] for each in slack.journal("gesture")]
    typed = {str(each.get("value") or each.get("text") or "") for each in gestures}
    return {words for words in typed if len(words) >= WORDS and " " in words}


def _bolt(deps: Deps, slack: Playground, api_url: str, listeners: Executor) -> App:
    known = slack.app
    client = WebClient(known["bot_token"], api_url, timeout=3, retry_handlers=[])
    me = AuthorizeResult(
        enterprise_id=known["enterprise_id"] or None,
        team_id=known["team_id"],
        bot_id=known["bot_id"],
        bot_user_id=known["bot_user_id"],
        bot_token=known["bot_token"],
    )
    app = App(
        client=client,
        signing_secret=known["signing_secret"],
        authorize=lambda: me,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        listener_executor=listeners,
    )
    registry.register(app, deps)
    return app


def _hurried() -> float:
    """Ten seconds for one: a stop waits for who still types, and when a story ends nobody does."""
    return 10 * boot_seconds()


def _holding(modal: Modal, words: tuple[str, ...]) -> Modal | None:
    written = f"{modal.title}\n{modal.all_text}"
    return modal if all(word in written for word in words) else None
