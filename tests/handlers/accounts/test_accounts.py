"""Slack says where people are and who has left it: reminders follow."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, update

from handlers import registry
from handlers.accounts import listeners as accounts
from handlers.context import Deps
from handlers.registry import CLOCK
from models.rules.collaborative.people import Visitor
from models.services import digest
from models.services.delivery import outbox
from models.tables.outbox import outbox_messages
from models.tables.people import accounts as kept
from models.tables.people import members
from tests.clock import T0
from tests.handlers.reminders.test_reminder import said
from tests.handlers.stage import Stage

THE_DAY_BEFORE = datetime(2026, 7, 9, 10, tzinfo=UTC)  # June is due on Friday the 10th
MORNING = datetime(2026, 7, 9, 13, tzinfo=UTC)  # after eight in New York


def ask(stage: Stage) -> Deps:
    """Have Slack asked about everybody, as the clock does ten at a time."""
    deps = replace(stage.deps, slack=stage.slack_client)
    for _ in range(2):
        accounts.ask(deps, registry.ON_LEFT)
    return deps


def at(stage: Stage, moment: datetime) -> None:
    stage.slack.set_clock(to=moment.timestamp())


def remind_at(stage: Stage, moment: datetime) -> None:
    at(stage, moment)
    CLOCK["reminders"](Deps(stage.db, stage.clock))
    stage.deliver()


def place(stage: Stage, zone: str) -> None:
    for name in stage.cast.slack.values():
        stage.slack.change_person(name, tz=zone)


def test_a_reminder_comes_at_eight_where_slack_says_the_person_is(stage: Stage) -> None:
    """Nearer words win: a person's own zone in the file, then the team's, then Slack's."""
    place(stage, "America/Los_Angeles")
    own = update(members).where(members.c.name == "Dana").values(time_zone="America/Chicago")
    stage.db.write(lambda db: db.execute(own))
    ask(stage)
    came = {}
    for hour in range(10, 20):
        remind_at(stage, THE_DAY_BEFORE.replace(hour=hour, minute=5))
        for name in ("Ana", "Dana"):
            if said(stage, name):
                came.setdefault(name, stage.clock.now().astimezone(ZoneInfo("America/Los_Angeles")).hour)
    assert came == {"Dana": 6, "Ana": 8}


def test_a_digest_comes_at_the_coachs_own_time(stage: Stage) -> None:
    place(stage, "Europe/Berlin")
    ask(stage)
    cora = Visitor(stage.slack.app["team_id"], stage.cast.slack["Cora"])
    (reader,) = stage.db.read(lambda db: digest.readers(db, cora))
    assert reader.zone == "Europe/Berlin"


@pytest.mark.parametrize("known", ["never asked", "there two days ago"])
def test_where_the_reporter_left_slack_the_backup_is_asked_the_same_morning(stage: Stage, known: str) -> None:
    """Slack told nobody, and would take the message: it is asked before it goes, and the host reads of it."""
    stage.slack.change_person(stage.cast.slack["Ana"], deleted=True)
    stage.slack.wait_for(lambda: stage.count(kept, kept.c.lost_at.is_not(None)))
    before = {"lost_at": None, "asked_at": MORNING - timedelta(days=2)}
    as_known = kept.delete() if known == "never asked" else update(kept).values(before)
    stage.db.write(lambda db: db.execute(as_known))
    remind_at(stage, MORNING)
    assert said(stage, "Bo") == []
    remind_at(stage, MORNING + timedelta(minutes=1))
    assert [words[:28] for words in said(stage, "Bo")] == ["Cedar's June report is due o"]
    assert stage.count(outbox_messages, outbox_messages.c.state == "failed") == 1
    assert stage.cast.slack["Ana"] not in [
        each["arguments"]["channel"] for each in stage.slack.journal("api", method="chat.postMessage")
    ]


def test_a_reader_is_asked_about_once_a_morning_however_many_messages_there_are(stage: Stage) -> None:
    """And a Slack that does not say now keeps the message back until it does."""
    ana = stage.cast.slack["Ana"]
    stage.slack.fault("users.info", status=429, retry_after=20, times=1)
    for number in range(3):
        about = f"{number}"
        stage.db.write(partial(say_digest, stage=stage, about=about, to=ana))
    stage.deliver()
    assert len(stage.person("Ana").messages("Momentum")) == 3
    asked = stage.slack.journal("api", method="users.info")
    assert [each["arguments"]["user"] for each in asked] == [ana, ana]
    assert stage.clock.now() >= T0 + timedelta(seconds=20)


def say_digest(db: Connection, stage: Stage, about: str, to: str) -> None:
    """Have a digest sent to a person of our choice."""
    args = {"member_id": stage.cast.members["Cora"]}
    outbox.say(db, stage.cast.collaborative, "digest", about, args, stage.clock.now(), to=to)


def test_who_comes_back_is_asked_again(stage: Stage) -> None:
    """Slack tells of the change, or is asked."""
    stage.slack.change_person(stage.cast.slack["Ana"], deleted=True)
    ask(stage)
    stage.slack.change_person(stage.cast.slack["Ana"], deleted=False)
    stage.slack.wait_for(lambda: stage.count(kept, kept.c.lost_at.is_not(None)) == 0)
    remind_at(stage, MORNING)
    assert len(said(stage, "Ana")) == 1
    assert said(stage, "Bo") == []


def test_the_host_reads_who_could_not_be_reached(stage: Stage) -> None:
    stage.slack.change_person(stage.cast.slack["Ana"], deleted=True)
    ask(stage)
    stage.person("Hana").command(stage.channel, "/momentum digest")
    stage.slack.wait_for(lambda: stage.count(outbox_messages, outbox_messages.c.kind == "digest"))
    stage.deliver()
    [digest_] = [each for each in stage.person("Hana").messages("Momentum") if "Your digest" in each.text]
    assert "*Could not be reached*" in digest_.all_text
    assert "*Ana* has no account in Slack any more." in digest_.all_text


def test_without_the_right_to_ask_nobody_is_taken_for_gone_and_slack_is_asked_hourly(stage: Stage) -> None:
    """The scope users:read may be missing for weeks: one line in the log an hour, and nobody is lost."""
    stage.slack.fault("users.info", error="missing_scope")
    deps = replace(stage.deps, slack=stage.slack_client)
    for _ in range(3):
        accounts.ask(deps, registry.ON_LEFT)
        stage.slack.advance(10)
    assert len(stage.slack.journal("api", method="users.info")) == 1
    assert stage.count(kept, kept.c.lost_at.is_not(None)) == 0
    stage.slack.clear_faults()
    stage.slack.advance(3600)
    accounts.ask(deps, registry.ON_LEFT)
    assert stage.count(kept) == 10


def test_a_failure_is_told_to_who_can_be_reached(stage: Stage) -> None:
    """The host left Slack: the coordinator hears of it."""
    stage.slack.change_person(stage.cast.slack["Hana"], deleted=True)
    stage.slack.change_person(stage.cast.slack["Ana"], deleted=True)
    stage.slack.wait_for(lambda: stage.count(kept, kept.c.lost_at.is_not(None)) == 2)
    found = update(kept).where(kept.c.slack_user == stage.cast.slack["Ana"]).values(lost_at=None)
    stage.db.write(lambda db: db.execute(found))
    remind_at(stage, MORNING)
    assert any("did not get through" in words for words in said(stage, "Ravi"))


@pytest.mark.who_may("accounts")
def test_nothing_is_kept_of_somebody_who_takes_no_part(stage: Stage) -> None:
    """Slack tells the bot of every account of the workspace; it remembers those of the cast alone."""
    stranger = stage.slack.add_person("sam", real_name="Sam")
    stage.slack.change_person(stranger.id, tz="Asia/Tokyo")
    stage.slack.change_person(stage.cast.slack["Ana"], tz="Europe/Berlin")
    stage.slack.wait_for(lambda: stage.count(kept, kept.c.time_zone == "Europe/Berlin"))
    assert stage.count(kept, kept.c.slack_user == stranger.id) == 0
