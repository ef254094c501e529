"""A reminder whose question is answered says so where it stands, to all who were asked."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from handlers.context import Deps
from handlers.registry import CLOCK
from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.reminders.expectation import Said
from models.rules.report.report import Narrative
from models.services.collaborative import visitors
from models.services.reminders import expectations
from models.services.report.form import form_for
from models.services.report.submit import submit
from playground.client import Message, Person
from tests.handlers.stage import Stage
from tests.services.sending import entries

JUNE = "June 2026"
ASKED = ["Report now", "Expect it on …", "Cannot this month", "I need help"]


@pytest.fixture
def thursday(stage: Stage) -> Stage:
    """Thursday morning, the day before June is due; what reminds Ana waits to be sent."""
    stage.slack.advance(timedelta(days=2, hours=22).total_seconds())
    CLOCK["reminders"](Deps(stage.db, stage.clock))
    return stage


def told(stage: Stage, name: str) -> list[Message]:
    """What a person has from the bot in private of Cedar."""
    person = stage.person(name)
    ims = [one["id"] for one in person.screen().raw["channels"] if one["kind"] == "im"]
    return [each for im in ims for each in person.messages(im) if "Cedar" in each.text]


def bo(stage: Stage, db: Connection) -> Acting:
    """Bo, as he acts for Cedar."""
    who = Visitor(stage.slack.app["team_id"], stage.cast.slack["Bo"])
    return visitors.insist(db, who, Deed.REPORT, stage.cast.teams["Cedar"])


def report_june(stage: Stage) -> None:
    """Bo sends Cedar's report."""
    now, said = stage.clock.now(), entries(stage.cast, M1="42/60", M2="18/20")

    def unit(db: Connection) -> None:
        form = form_for(db, bo(stage, db), now, stage.cast.periods[JUNE])
        submit(db, form, said, Narrative(), now)

    stage.db.write(unit)
    stage.deliver()


def promise(person: Person, stage: Stage, button: str, day: str) -> None:
    person.press(button)
    stage.modal(person, "When can we expect the June report?")
    person.fill("Or another day", day)
    person.submit()
    stage.modal(person, "Thank you.")
    person.close()
    stage.deliver()


def cannot(person: Person, stage: Stage) -> None:
    person.press("Cannot this month")
    stage.modal(person, "Why is there no June report?")
    person.fill("Why is there no June report?", "short of staff")
    person.submit()
    stage.modal(person, "Thank you for telling us.")
    person.close()
    stage.deliver()


def test_a_promise_stands_where_the_question_stood_and_a_report_ends_it(thursday: Stage) -> None:
    """The same message is edited: what was answered, by whom, and only what still makes sense."""
    thursday.deliver()
    ana = thursday.person("Ana")
    assert [each.buttons for each in told(thursday, "Ana")] == [ASKED]
    promise(ana, thursday, "Expect it on …", "2026-07-16")
    (shown,) = told(thursday, "Ana")
    assert shown.text == (
        "Ana expects Cedar's June report on Thursday 16 July. I do not ask before that day."
    )
    assert shown.buttons == ["Report now", "Change the day"]
    promise(ana, thursday, "Change the day", "2026-07-17")
    assert "on Friday 17 July" in told(thursday, "Ana")[0].all_text
    report_june(thursday)
    (shown,) = told(thursday, "Ana")
    assert shown.text == "Thank you, Cedar's June report is in. Sent by Bo."
    assert shown.buttons == []


def test_all_who_were_asked_see_the_answer_in_every_message(thursday: Stage) -> None:
    """The backup answers when the coach has heard too: whoever else was asked need not."""
    for hours in (24, 72, 48):  # the due day, three days after, and five
        thursday.deliver()
        thursday.slack.advance(timedelta(hours=hours).total_seconds())
        CLOCK["reminders"](Deps(thursday.db, thursday.clock))
    thursday.deliver()
    assert [len(told(thursday, name)) for name in ("Ana", "Bo", "Cora")] == [3, 1, 1]
    cannot(thursday.person("Bo"), thursday)
    for name in ("Ana", "Bo", "Cora"):
        for each in told(thursday, name):
            if "says Bo" not in each.text:  # what the coach is told
                assert each.text == (
                    "Bo said that Cedar cannot report June. "
                    "The coach knows why. I do not ask for this month again."
                )
                assert each.buttons == ["Report after all"]
                assert "short of staff" not in each.all_text
    ana = thursday.person("Ana")
    ana.press("Report after all")
    thursday.modal(ana, JUNE)


def test_help_that_was_asked_for_stands_there_too(thursday: Stage) -> None:
    thursday.deliver()
    ana = thursday.person("Ana")
    ana.press("I need help")
    thursday.modal(ana, "What would help?")
    ana.submit()
    thursday.modal(ana, "Your coach knows.")
    ana.close()
    thursday.deliver()
    (shown,) = told(thursday, "Ana")
    assert shown.text == (
        "Ana asked the coach for help with Cedar's June report. I do not ask again before Sunday 12 July."
    )
    assert shown.buttons == ["Report now", "Expect it on …"]


def test_a_reminder_not_yet_sent_is_dropped_and_nothing_comes_in_its_place(thursday: Stage) -> None:
    """The answer came by another way while the reminder waited: an edit of nothing is nothing."""
    now = thursday.clock.now()

    def unit(db: Connection) -> None:
        june, until = thursday.cast.periods[JUNE], now.date() + timedelta(days=7)
        expectations.say(db, bo(thursday, db), june, Said.LATER, until=until, now=now)

    thursday.db.write(unit)
    thursday.deliver()
    assert told(thursday, "Ana") == []
