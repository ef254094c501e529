"""Keeps what this release leaves, for the migrations to come: `python -m tests.migrations.snapshot`.

The demo's eight days and the fifteen months of its story are played, then the week after, at whose end
messages of every kind wait. Beside each database stands what this very release says when it goes on.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from slack_sdk import WebClient

from bot import logs
from bot.demo.collaborative import demo_people, demo_plan, month_to_report
from bot.demo.deeds import DatedDeed, Report
from bot.demo.history import demo_history
from bot.demo.marks import mark
from bot.demo.player import Player, never
from bot.demo.reports import DemoReport, demo_reports
from bot.demo.stage import built, load, peopled, waiting
from bot.demo.story import Story, story
from handlers import registry
from models import migrations
from models.database import Database
from models.rules.collaborative.measure import Value
from models.rules.setup.history import MonthCell
from playground.client import Playground
from tests.migrations import release
from tests.migrations.hands import Hands
from tests.migrations.release import DATA, Release
from tests.migrations.waiting import TODAY, Week
from tests.migrations.work import at_work

DAYS_BACK = timedelta(days=8)
REPORTED_AT = time(15, 30)  # UTC
STATES = frozenset({"pending", "sending", "held", "failed"})
Values = Mapping[MonthCell, Value]


def demo() -> tuple[Story, Values]:
    """The demo's eight days, in which five teams report, after the months that came by file."""
    acts = tuple(map(_reported, demo_reports(TODAY.date())))
    return Story(demo_plan(TODAY.date()), TODAY - DAYS_BACK, acts), demo_history(TODAY.date())


def _reported(sent: DemoReport) -> DatedDeed:
    at = datetime.combine(sent.on, REPORTED_AT, tzinfo=UTC)
    return DatedDeed(at, Report(sent, month_to_report(TODAY.date())), f"{sent.team} reports.")


def made(told: Story, earlier: Values) -> Release:
    """Play a story, and the week after it."""
    with _opened(told, earlier) as (slack, player):
        player.play(told, TODAY, never)
        Week(Hands(slack, player)).pass_by()
        return player.momentum.deps.db.read(lambda db: release.taken(db, slack))


def lacking(kept: Release) -> list[str]:
    """What no row stands for: kinds of messages, states, tables."""
    waiting = [row for row in kept.tables["outbox_messages"] if row["state"] in STATES]
    kinds = registry.COMPOSERS.keys() - {row["kind"] for row in waiting}
    states = STATES - {row["state"] for row in waiting}
    return sorted({*kinds, *states, *(name for name, rows in kept.tables.items() if not rows)})


def said_next(kept: Release) -> list[str]:
    """What this release says when it goes on from here."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'kept.db')}"
        migrations.upgrade(url)
        database = Database(url)
        database.write(lambda db: release.lay_down(db, kept))
        database.dispose()
        with at_work(kept, url) as work:
            work.deliver()
            return work.said()


@contextmanager
def _opened(told: Story, earlier: Values) -> Iterator[tuple[Playground, Player]]:
    with peopled(0, told.begins) as (slack, clock, settings):
        client = WebClient(slack.client.app["bot_token"], slack.api_url)
        for person in demo_people():  # a direct message gets its id by the order in which they are opened
            client.conversations_open(users=person.id)
        wait = waiting(slack.client, clock)
        player = Player(slack.client, lambda: built(settings, clock, wait), {one.tz for one in demo_people()})
        deps, workspace = player.momentum.deps, slack.client.app["team_id"]
        try:
            load(deps, workspace, told.plan, earlier)
            if earlier:
                deps.db.write(lambda db: mark(db, workspace, TODAY.date(), told.begins))
            yield slack.client, player
        finally:
            player.end()


def main() -> None:
    logs.set_up("ERROR", "text")
    stories = {"demo": demo(), "story": (story(TODAY.date()), {})}
    kept = {name: made(*played) for name, played in stories.items()}
    if missing := set.intersection(*(set(lacking(each)) for each in kept.values())):
        raise SystemExit(f"Nothing stands for {', '.join(sorted(missing))}: let it happen in waiting.py.")
    for name, each in kept.items():
        file = DATA / f"{each.revision}_{name}.json.xz"
        each.keep(file)
        said = "".join(f"{line}\n" for line in said_next(each))
        file.with_name(f"{each.revision}_{name}.said.txt").write_text(said)
        print(f"{file}: {file.stat().st_size} bytes, {len(each.messages)} messages")  # noqa: T201 - a script's answer


if __name__ == "__main__":
    main()
