"""Slack says where people are and who has left it: reminders follow."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from handlers import registry
from handlers.accounts import listeners as accounts
from handlers.context import Deps
from handlers.registry import CLOCK
from models.rules.collaborative.people import Visitor
from models.services import digest
from models.tables.outbox import outbox_messages
from models.tables.people import accounts as kept
from models.tables.people import members
from tests.handlers.reminders.test_reminder import said
from tests.handlers.stage import Stage

THE_DAY_BEFORE = datetime(2026, 7, 9, 10, tzinfo=UTC)  # June is due on Friday the 10th
MORNING = datetime(2026, 7, 9, 13, tzinfo=UTC)  # after eight in New York


def ask(stage: Stage) -> Deps:
    """Have Slack asked about everybody, as the clock does ten at a time."""
    deps = Deps(stage.db, stage.clock, slack=stage.slack_client)
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


def test_where_the_reporter_left_slack_the_backup_is_asked_the_same_morning(stage: Stage) -> None:
    """Nobody told us before: the message that finds nobody says so, and the host reads of it."""
    stage.slack.change_person(stage.cast.slack["Ana"], deleted=True)
    forget(stage)
    remind_at(stage, MORNING)
    assert said(stage, "Bo") == []
    remind_at(stage, MORNING + timedelta(minutes=1))
    assert [words[:28] for words in said(stage, "Bo")] == ["Cedar's June report is due o"]
    assert stage.count(outbox_messages, outbox_messages.c.state == "failed") == 1


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


def forget(stage: Stage) -> None:
    stage.slack.wait_for(lambda: stage.count(kept))
    stage.db.write(lambda db: db.execute(kept.delete()))


def test_without_the_right_to_ask_nobody_is_taken_for_gone_and_slack_is_asked_hourly(stage: Stage) -> None:
    """The scope users:read may be missing for weeks: one line in the log an hour, and nobody is lost."""
    stage.slack.fault("users.info", error="missing_scope")
    deps = Deps(stage.db, stage.clock, slack=stage.slack_client)
    for _ in range(3):
        accounts.ask(deps, registry.ON_LEFT)
        stage.slack.advance(10)
    assert len(stage.slack.journal("api", method="users.info")) == 1
    assert stage.count(kept) == 0
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
