"""A playground with the made-up collaborative's people in it, and the real bot beside it."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import Momentum, build
from bot.config import Settings
from bot.demo.collaborative import demo_channels, demo_day, demo_people, demo_plan, month_to_report
from bot.demo.history import demo_history
from bot.demo.marks import mark
from bot.demo.reports import demo_reports
from bot.demo.submitting import submit
from bot.manifest import MANIFEST
from handlers.context import Deps, Wait, wait_for_real
from models import migrations
from models.database import Connection
from models.rules.collaborative.measure import Value
from models.rules.delivery.fair_queue import QueueState
from models.rules.setup.history import Giver, MonthCell
from models.rules.setup.plan import CollaborativePlan
from models.rules.time.days import day_of
from models.services.charts import history
from models.services.delivery.claims import look
from models.services.setup import apply as collaborative
from playground.client import Playground
from playground.clock import Clock
from playground.server import Served, running

WORKSPACE = "Eight Clinics"
DAYS_BACK = timedelta(days=8)  # where the story begins
AT = time(15, 30)  # UTC, when the teams send
IDLE = QueueState.IDLE
SECONDS_BETWEEN_MESSAGES = 1.1  # Slack takes one a second in a channel


@contextmanager
def staged(port: int, now: datetime) -> Iterator[Served]:
    """A playground with the collaborative in it, five teams' reports posted, and the bot at work."""
    today = demo_day(now)
    with peopled(port, now - DAYS_BACK) as (slack, clock, settings):
        momentum, team = built(settings, clock), slack.client.app["team_id"]
        load(momentum.deps, team, demo_plan(today), demo_history(today))
        momentum.deps.db.write(partial(mark, slack_team=team, today=today, now=now - DAYS_BACK))
        _look_back(momentum, slack.client, now)
        momentum.start()
        try:
            yield slack
        finally:
            momentum.stop()


@contextmanager
def peopled(
    port: int, begins: datetime, database_url: str | None = None
) -> Iterator[tuple[Served, Clock, Settings]]:
    """A playground with people and channels, its clock standing still, and settings for a bot beside it."""
    clock = Clock(begins, running=False)
    with (
        TemporaryDirectory(prefix="momentum-demo-") as folder,
        running(MANIFEST, port=_free(port), clock=clock) as slack,
    ):
        _invite(slack.client)
        yield slack, clock, _settings(slack, database_url or f"sqlite:///{Path(folder, 'demo.db')}")


def built(settings: Settings, clock: Clock, wait: Wait = wait_for_real) -> Momentum:
    """The bot, on a database that is brought up to date; it knows already who it is."""
    migrations.upgrade(settings.database_url)
    momentum = build(settings, clock, wait)
    momentum.myself.ask()
    return momentum


def waiting(slack: Playground, clock: Clock) -> Wait:
    """Let seconds pass on a clock that others move, also while it stands still."""
    return lambda seconds: wait_for_real(seconds) if clock.running else slack.advance(seconds)


def load(deps: Deps, slack_team: str, plan: CollaborativePlan, values: Mapping[MonthCell, Value]) -> None:
    """Load a plan and earlier values as of the day the clock shows: everybody is there by then."""
    now = deps.clock.now()

    def unit(db: Connection) -> None:
        kept = collaborative.apply(db, slack_team, plan, now, shown=None)
        history.write(db, kept, values, Giver(day_of(now, plan.time_zone), now))

    deps.db.write(unit)


def to_the_present(slack: Playground, now: datetime) -> None:
    """Bring the clock to this moment and let it run."""
    slack.set_clock(to=now.timestamp())
    slack.set_clock(running=True)


def _free(port: int) -> int:
    """The port, or 0 (any) when something listens there already."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return 0
    return port


def _settings(slack: Served, database_url: str) -> Settings:
    app = slack.client.app
    return Settings(
        slack_bot_token=app["bot_token"],
        slack_app_token=app["app_token"],
        slack_api_url=slack.api_url,
        database_url=database_url,
    )


def _invite(slack: Playground) -> None:
    slack.set_app(team_name=WORKSPACE)
    for person in demo_people():
        slack.add_person(person.name, id=person.id, real_name=person.real_name, tz=person.tz)
    for channel in demo_channels():
        slack.add_channel(
            channel.name,
            list(channel.members),
            id=channel.id,
            topic=channel.topic,
            private=channel.private,
        )


def _look_back(momentum: Momentum, slack: Playground, now: datetime) -> None:
    """Let the teams that are in send their reports on their days, then bring the clock to this moment."""
    team, today = slack.app["team_id"], demo_day(now)
    month = month_to_report(today)
    for sent in demo_reports(today):
        moment = datetime.combine(sent.on, AT, tzinfo=UTC)
        slack.set_clock(to=min(moment, now - timedelta(minutes=5)).timestamp())
        at = momentum.deps.clock.now()
        momentum.deps.db.write(partial(submit, sent=sent, slack_team=team, now=at, month=month))
        while momentum.deps.db.read(lambda db: look(db, team, momentum.deps.clock.now())).state != IDLE:
            momentum.pump.turn()
            slack.advance(SECONDS_BETWEEN_MESSAGES)
    to_the_present(slack, now)
