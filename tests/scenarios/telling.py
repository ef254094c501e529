"""The demo's story, told once on each kind of database, and what was to be seen of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, literal, select

from bot.demo.deeds import Report, Restart
from bot.demo.player import never
from bot.demo.show import on_stage, written
from bot.demo.story import Story
from handlers import registry
from models.database import Connection, Database
from models.tables.chart import signals
from models.tables.collaborative import collaboratives
from models.tables.feedback import talks
from models.tables.outbox import outbox_messages
from models.tables.people import members, teams
from playground.client import Message, Screen
from playground.server import Served
from tests.copies import copy
from tests.scenarios.statements import scans, watched

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
OTHERS = 50
TO_ALL, BEN, CORA, HANA = "C0ALL", "U0BEN", "U0CORA", "U0HANA"
ASKED = re.compile(
    r"(\w+)'s (\w+) report(?: is due| was due|, due on)|Today is the day you expected (\w+)'s (\w+) report"
)
Month = tuple[str, date]  # a team's name and a month's first day


@dataclass(frozen=True)
class Post:
    """One message as Slack took it."""

    at: datetime
    channel: str  # or a person
    text: str
    said: str  # blocks and all
    nonce: str

    @property
    def day(self) -> date:
        return self.at.astimezone(NEW_YORK).date()


@dataclass(frozen=True)
class Told:
    """What was to be seen when the story had been told."""

    story: Story
    journal: list[dict[str, Any]]
    bot: Screen  # it is everywhere
    screens: Mapping[str, str]  # all a person could read, by Slack id
    outbox: list[Any]
    signals: list[Any]
    transcript: str
    restarted_at: datetime
    scans: Sequence[str] = ()  # statements that read all of a table that grows, see statements.py

    @property
    def posts(self) -> list[Post]:
        calls = [one for one in self.journal if one.get("method") == "chat.postMessage" and one["accepted"]]
        return [_post(one["at"], one["arguments"]) for one in calls]

    @property
    def reports(self) -> dict[Month, datetime]:
        """When each team sent its report of a month: as the story says, and Cedar's second one by hand."""
        names = {team.key: team.name for team in self.story.plan.teams}
        sent: dict[Month, datetime] = {}
        for act in self.story.acts:
            if isinstance(act.deed, Report):
                sent.setdefault((names[act.deed.sent.team], act.deed.month), act.at)
        by_hand = next(act for act in self.story.acts if "types /report" in act.remark)
        return sent | {("Cedar", self.story.plan.calendar.periods()[1].first_day): by_hand.at}

    def month(self, name: str, at: datetime) -> date:
        """The month somebody was asked for at a moment, by its name."""
        periods = self.story.plan.calendar.periods()
        near = [one for one in periods if abs(one.due_on - at.date()) < timedelta(days=40)]
        return next(one.first_day for one in near if f"{one.first_day:%B}" == name)

    def due(self, month: date) -> date:
        return next(one.due_on for one in self.story.plan.calendar.periods() if one.first_day == month)

    def asked(self) -> Iterator[tuple[Month, Post]]:
        """All reminders of reports."""
        for post in self.posts:
            if found := ASKED.match(post.text):
                yield (found[1] or found[3], self.month(found[2] or found[4], post.at)), post

    def cards(self) -> dict[tuple[str, str], Message]:
        """The cards in the shared channel, by team and month in words."""
        said = [(one, re.match(r"(\w+) reported (\w+ \d+)", one.text)) for one in self.bot.messages(TO_ALL)]
        cards = {(found[1], found[2]): one for one, found in said if found}
        assert len(cards) == sum(found is not None for _, found in said), "a report has one card"
        return cards


def tell(database_url: str | None) -> Told:
    """Play it with the real bot, its pictures drawn; in a file of its own where no database is named.

    What is long out is let go only afterwards: the tests look at all that was said.
    """
    with on_stage(0, NOW, database_url) as (slack, story, player), watched() as statements:
        with patch.dict(registry.CLOCK, letting_go=lambda _: False):
            player.play(story, NOW, never)
        restarted_at = next(act.at for act in story.acts if isinstance(act.deed, Restart))
        transcript, deps = written(slack.client, story, player), player.momentum.deps
        asked = dict(statements)
        seen = _seen(slack, story, deps.db, transcript, restarted_at)
        statements.clear()
        registry.LETTING_GO.turn(deps)
        asked |= statements
        deps.db.write(_among_others)
        return replace(seen, scans=deps.db.read(partial(scans, statements=asked)))


def _among_others(db: Connection) -> None:
    """Copy it fifty times, with a talk in each, which the story lacks: an empty table has no plan."""
    original = db.execute(select(collaboratives.c.id)).scalar_one()
    member = select(func.min(members.c.id)).scalar_subquery()
    talk = {"about": "silent:2026-01", "words": "", "outcome": "agreed", "agreed": ""}
    columns = [teams.c.collaborative_id, teams.c.id, member, *(literal(words) for words in talk.values())]
    names = ["collaborative_id", "team_id", "member_id", *talk, "at"]
    db.execute(insert(talks).from_select(names, select(*columns, literal(0))))
    copy(db, original, range(1, OTHERS + 1))


def _seen(slack: Served, story: Story, database: Database, transcript: str, restarted_at: datetime) -> Told:
    people = [one.slack_user for one in story.plan.people if one.slack_user]
    episodes = select(signals, teams.c.name.label("team")).join(teams, teams.c.id == signals.c.team_id)
    return Told(
        story,
        slack.client.journal(),
        Screen(slack.client.screen_of(slack.client.app["bot_user_id"])),
        {one: str(slack.client.screen_of(one)["messages"]) for one in people},
        database.read(lambda db: db.execute(select(outbox_messages)).all()),
        database.read(lambda db: db.execute(episodes).all()),
        transcript,
        restarted_at,
    )


def _post(at: float, said: Mapping[str, Any]) -> Post:
    nonce = said["metadata"]["event_payload"]["nonce"]
    return Post(datetime.fromtimestamp(at, UTC), said["channel"], said["text"], str(said), nonce)
