"""`momentum demo`: a Slack on this machine, a made-up collaborative in it, and the real bot."""

import signal
import socket
import threading
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from sqlalchemy.orm import Session

from bot import logs
from bot.app import PATIENCE, Momentum, build, web_client
from bot.clock import SystemClock
from bot.config import Settings
from bot.demo_collaborative import demo_channels, demo_people, demo_plan
from bot.demo_history import demo_history
from bot.demo_reports import DemoReport, demo_reports
from bot.identity import identify
from bot.manifest import MANIFEST
from handlers.context import Deps
from models import migrations
from models.rules.history import Cell
from models.rules.measure import Value
from models.rules.people import Visitor
from models.rules.plan import CollaborativePlan
from models.rules.report import Entry
from models.rules.turns import Outlook
from models.services import collaborative, history, people, report
from models.services.claims import outlook
from playground.client import Playground
from playground.clock import Clock
from playground.server import Served, running

WELCOME = """
Momentum's playground is up: [bold]{url}[/bold]

Try this first, as Ana Lima, who reports for Cedar:
  1. In #lc-all, type [bold]/report[/bold] and press Enter.
  2. Fill in the numbers. Try 42 of 20, too, and see what it says.
  3. Send it, and watch Cedar's card, its run chart and the roll call.
Then act as somebody else, open Momentum's Home, or look into the traffic.

Everything in it is made up. Ctrl-C stops it.
"""
DAYS_BACK = timedelta(days=8)  # where the story begins
AT = time(15, 30)  # UTC, when the teams send
SECONDS_BETWEEN_MESSAGES = 1.1  # Slack takes one a second in a channel


def play(port: int, *, open_browser: bool, console: Console) -> None:
    """Serve the page on `port`, or on a free one if it is taken, until told to stop."""
    told_to_stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told_to_stop.set())
    logs.set_up("WARNING", "text")
    with staged(port) as slack:
        console.print(WELCOME.format(url=slack.url), highlight=False)
        if open_browser:
            webbrowser.open(slack.url)
        told_to_stop.wait()
    console.print("Stopped. Nothing was kept.")


@contextmanager
def staged(port: int) -> Iterator[Served]:
    """A playground with the collaborative in it, five teams' reports posted, and the bot at work."""
    now = SystemClock().now()
    clock = Clock(now - DAYS_BACK, running=False)
    with (
        TemporaryDirectory(prefix="momentum-demo-") as folder,
        running(MANIFEST, port=_free(port), clock=clock) as slack,
    ):
        _invite(slack.client)
        momentum = _built(_settings(slack, Path(folder)), clock)
        _load(momentum.deps, slack.client.app["team_id"], demo_plan(now.date()), demo_history(now.date()))
        _look_back(momentum, slack.client, now)
        momentum.start()
        try:
            yield slack
        finally:
            momentum.stop()


def _free(port: int) -> int:
    """The port, or 0 (any) when something listens there already."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return 0
    return port


def _settings(slack: Served, folder: Path) -> Settings:
    app = slack.client.app
    values = {
        "slack_bot_token": app["bot_token"],
        "slack_app_token": app["app_token"],
        "slack_api_url": slack.api_url,
        "database_url": f"sqlite:///{folder / 'demo.db'}",
    }
    return Settings.model_validate(values)  # as they stand: the environment is another bot's


def _invite(slack: Playground) -> None:
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


def _built(settings: Settings, clock: Clock) -> Momentum:
    migrations.upgrade(settings.database_url)
    identity = identify(web_client(settings, PATIENCE), pause=threading.Event().wait)
    return build(settings, clock, identity)


def _load(deps: Deps, slack_team: str, plan: CollaborativePlan, values: Mapping[Cell, Value]) -> None:
    """Load it as of the day the story begins: everybody is there by then."""
    first_day = deps.clock.now().date()

    def unit(db: Session) -> None:
        kept = collaborative.apply(db, slack_team, plan, first_day, shown=None)
        history.write(db, kept, values, first_day)

    deps.db.write(unit)


def _look_back(momentum: Momentum, slack: Playground, now: datetime) -> None:
    """Let the teams that are in send their reports on their days, then bring the clock to this moment."""
    team = slack.app["team_id"]
    for sent in demo_reports(now.date()):
        moment = datetime.combine(sent.on, AT, tzinfo=UTC)
        slack.set_clock(to=min(moment, now - timedelta(minutes=5)).timestamp())
        momentum.deps.db.write(partial(_submit, sent=sent, slack_team=team, now=momentum.deps.clock.now()))
        while momentum.deps.db.read(partial(outlook, now=momentum.deps.clock.now())) is not Outlook.IDLE:
            momentum.pump.turn()
            slack.advance(SECONDS_BETWEEN_MESSAGES)
    slack.set_clock(to=SystemClock().now().timestamp())
    slack.set_clock(running=True)


def _submit(db: Session, sent: DemoReport, slack_team: str, now: datetime) -> None:
    mine = people.acting(db, Visitor(slack_team, sent.slack_user), sent.on)
    acting = next(each for each in mine if each.team.key == sent.team)
    form = report.blank_form(db, acting, sent.on)
    entries = [
        _entry(field.measure.id, sent.values[field.measure.key])
        for field in form.fields
        if field.measure.key in sent.values
    ]
    report.submit(db, acting, form.period.id, entries, sent.narrative, today=sent.on, now=now)


def _entry(measure_id: int, given: Value | str) -> Entry:
    return Entry(measure_id, None, given) if isinstance(given, str) else Entry(measure_id, given)
