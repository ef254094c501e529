"""Story W5: the reminder ladder climbs through a DST week, knows promises, follows a moved deadline."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select, update

from handlers.context import Deps
from handlers.registry import CLOCK
from models.database import Database
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed
from models.rules.report.report import Narrative
from models.services.collaborative import visitors
from models.services.report.form import form_for
from models.services.report.submit import submit
from models.services.setup import apply as collaborative
from models.services.setup import stored_plan
from models.tables.outbox import outbox_messages
from models.tables.people import members, teams
from tests.handlers.stage import Stage, staged
from tests.services.sending import entries

NEW_YORK, CHICAGO = ZoneInfo("America/New_York"), ZoneInfo("America/Chicago")
EVE_OF_ALL = datetime(2027, 3, 1, 12, tzinfo=UTC)  # a Monday; February is due on Wednesday the 10th
FEBRUARY = "February 2027"


class Story:
    """Lets the days pass hour by hour, each with a tick of the clock and a turn of delivery."""

    def __init__(self, stage: Stage, url: str) -> None:
        self.stage = stage
        self.databases = [stage.db, Database(url)]  # two processes on one database
        friday = update(members).values(digest="Friday 7:00")  # no step of the ladder falls on that
        stage.db.write(lambda db: db.execute(friday))
        stage.slack.advance((EVE_OF_ALL - stage.clock.now()).total_seconds())

    def until(self, moment: datetime) -> None:
        """Pass the time up to a moment; who ticks changes every hour, as after a restart."""
        while self.stage.clock.now() < moment:
            for database in self.databases:
                CLOCK["reminders"](Deps(database, self.stage.clock))
            self.databases.reverse()
            self.stage.deliver()
            now = self.stage.clock.now()
            step = 3600 if 11 <= now.hour < 18 else 7200
            left = (moment - now).total_seconds()
            self.stage.slack.advance(min(left, step - now.timestamp() % 3600))

    def close(self) -> None:
        for database in self.databases:
            if database is not self.stage.db:
                database.dispose()

    def heard(self, name: str) -> list[str]:
        """The texts a person got in private, without those of a signal or a coach's note."""
        return [words for _, words in self.heard_at(name)]

    def heard_at(self, name: str) -> list[tuple[datetime, str]]:
        screen = self.stage.slack.screen_of(self.stage.cast.slack[name])
        ims = [one["id"] for one in screen["channels"] if one["kind"] == "im"]
        found = [message for im in ims for message in screen["messages"].get(im, [])]
        return [(datetime.fromtimestamp(float(one["ts"]), UTC), one["text"]) for one in found]

    def sent(self, kind: str) -> int:
        return self.stage.count(
            outbox_messages, outbox_messages.c.kind == kind, outbox_messages.c.state == "sent"
        )

    def report(self, name: str, team: str) -> None:
        """Send a team's February report, as the form does."""
        stage, cast, now = self.stage, self.stage.cast, self.stage.clock.now()
        who = Visitor(stage.slack.app["team_id"], cast.slack[name])
        said = entries(cast, M1="42/60", M2="18/20")

        def unit(db: Connection) -> None:
            acting = visitors.insist(db, who, Deed.REPORT, cast.teams[team])
            form = form_for(db, acting, now, cast.periods[FEBRUARY])
            submit(db, form, said, Narrative(), now)

        stage.db.write(unit)


@pytest.fixture
def story(database: Database, database_url: str) -> Iterator[Story]:
    with staged(database) as stage:
        database.write(
            lambda db: db.execute(
                update(teams).where(teams.c.name == "Birch").values(time_zone="America/Chicago")
            )
        )
        told = Story(stage, database_url)
        yield told
        told.close()


def at(day: int, hour: int = 20) -> datetime:
    """An hour of a March day in New York."""
    return datetime(2027, 3, day, hour, tzinfo=NEW_YORK).astimezone(UTC)


def move_due_day(stage: Stage, due_day: int) -> None:
    """Load the file with another due day, as `momentum load` does."""

    def unit(db: Connection) -> None:
        stored = stored_plan.find(db, stage.slack.app["team_id"], "bp")
        assert stored
        calendar = replace(stored.plan.calendar, due_day=due_day)
        wanted = replace(stored.plan, calendar=calendar)
        collaborative.apply(db, stage.slack.app["team_id"], wanted, stage.clock.now(), shown=stored.plan)

    stage.db.write(unit)


def test_the_ladder_climbs_knows_promises_and_follows_a_moved_deadline(story: Story) -> None:
    """Each rung once, in local working hours, only to those not in; two processes all along."""
    before_the_day_moves(story)
    the_day_moves(story)
    answers_come(story)
    all_is_quiet(story)


def before_the_day_moves(story: Story) -> None:
    story.until(at(3))
    for name, team in (("Ana", "Cedar"), ("Chidi", "Birch"), ("Dana", "Dogwood"), ("Eve", "Elm")):
        (words,) = story.heard(name)
        assert words == (
            f"{team}'s February report is due on Wednesday 10 March. "
            "To fill in: BP control and Repeat BP taken. 0 of 4 teams are in for February."
        )
    assert story.heard("Bo") == []
    assert story.heard_at("Ana")[0][0].astimezone(NEW_YORK).hour == 8
    assert story.heard_at("Chidi")[0][0].astimezone(CHICAGO).hour == 8


def the_day_moves(story: Story) -> None:
    story.until(at(4))
    move_due_day(story.stage, 15)
    story.until(at(5))
    moved = "report is now due on Monday 15 March, instead of Wednesday 10 March. Later months move too."
    for name in ("Ana", "Chidi", "Dana", "Eve"):
        assert [words for words in story.heard(name) if moved in words] == story.heard(name)[1:]
        assert len(story.heard(name)) == 2
    story.report("Ana", "Cedar")

    story.until(at(11))
    assert [len(story.heard(name)) for name in ("Chidi", "Dana", "Eve")] == [2, 2, 2], (
        "the old rungs are gone"
    )
    story.until(at(12))
    assert "is due on Monday 15 March" in story.heard("Chidi")[2]


def answers_come(story: Story) -> None:
    stage = story.stage
    chidi = stage.person("Chidi")
    chidi.press("Expect it on …")
    stage.modal(chidi, "When can we expect the February report?")
    chidi.fill("Or another day", "2027-03-18")
    chidi.submit()
    stage.modal(chidi, "Thank you. I do not ask again before Thursday 18 March.")
    chidi.close()

    story.until(at(15))
    assert len(story.heard("Chidi")) == 3, "no nudge until Thursday"
    assert "Dogwood's February report is due today." in story.heard("Dana")[3]
    sent_at = story.heard_at("Dana")[3][0]
    assert sent_at.astimezone(NEW_YORK).hour == 8, "after the clocks went forward too"
    assert sent_at.hour == 12
    story.report("Dana", "Dogwood")

    story.until(at(16))
    thanks = [m.text for m in chidi.messages(stage.channel) if m.text.startswith("Thank you")]
    assert thanks == ["Thank you, Cedar and Dogwood, for your February numbers on time."]
    assert "Elm's February report was due on Monday 15 March." in story.heard("Eve")[4]

    eve = stage.person("Eve")
    eve.press("Cannot this month")
    stage.modal(eve, "Why is there no February report?")
    eve.fill("Why is there no February report?", "Our export <!channel> is broken")
    eve.submit()
    stage.modal(eve, "Your coach knows")
    eve.close()


def all_is_quiet(story: Story) -> None:
    stage, chidi = story.stage, story.stage.person("Chidi")
    story.until(at(18))
    assert story.heard("Chidi")[3].startswith("Today is the day you expected Birch's February report.")
    story.until(at(31))
    assert len(story.heard("Eve")) == 5, "who cannot is not asked again"
    assert len(story.heard("Dana")) == 4
    assert len(story.heard("Ana")) == 2, "reported: never asked again"
    assert "Elm cannot report February 2027, says Eve." in "".join(story.heard("Ravi"))
    (coach,) = [words for words in story.heard("Cora") if "Birch" in words]
    assert coach == (
        "Birch's February report, due on Monday 15 March, is not in yet, and the team was reminded. "
        "A word from you may help. 2 of 4 teams are in for February."
    )
    call = stage.post(chidi, "Roll call: February 2027")
    assert "1 team cannot report this month. 1 team still to come." in call.all_text
    lost = stage.db.read(lambda db: db.execute(select(outbox_messages.c.state, outbox_messages.c.kind)).all())
    assert {state for state, _ in lost} == {"sent"}
