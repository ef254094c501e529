"""The timetable: one private message with a calendar file; who sees to a milestone says when it is done."""

from datetime import date, timedelta
from urllib.request import urlopen

import pytest
from icalendar import Calendar
from sqlalchemy import update

from handlers.context import Deps
from handlers.registry import CLOCK
from models.rules.setup.plan import MilestonePlan
from models.services.reminders import milestones
from models.tables.reminder import milestones as table
from playground.client import Message, Person
from tests.handlers.stage import Stage

PLAN = (
    MilestonePlan("agenda", date(2026, 7, 3), "Agenda for session 2", person="fay"),
    MilestonePlan("storyboard", date(2026, 7, 14), "Storyboard", team="cedar"),
    MilestonePlan("session", date(2026, 7, 21), "Learning session 2"),
)


@pytest.fixture
def monday(stage: Stage) -> Stage:
    """Monday 6 July: the agenda was due on Friday, the storyboard is due in eight days."""
    cast = {"members": stage.cast.members, "teams": stage.cast.teams}
    owners = {kind: {name.lower(): each for name, each in found.items()} for kind, found in cast.items()}
    scope, today = stage.cast.collaborative.id, date(2026, 7, 6)
    stage.db.write(lambda db: milestones.keep(db, scope, PLAN, owners, today))
    return stage


def ask(stage: Stage, name: str) -> tuple[Message, Message]:
    """Type the word: the message in private with its file, and the answer only they see."""
    person = stage.person(name)
    person.command(stage.channel, "/momentum timeline")
    private = stage.slack.wait_for(lambda: [each for each in person.messages("Momentum") if each.files][-1:])
    answers = stage.slack.wait_for(lambda: person.ephemerals(stage.channel)[-1:])
    return private[0], answers[0]


def entries(message: Message) -> dict[str, tuple[date, str]]:
    """What a calendar makes of the file: the day and the note of each entry."""
    (file,) = message.files
    assert file["name"] == "bp-timetable.ics"
    with urlopen(file["url"]) as answer:  # noqa: S310 - the playground's own
        calendar = Calendar.from_ical(answer.read())
    return {
        str(each["summary"]): (each["dtstart"].dt, str(each["description"]))
        for each in calendar.walk("VEVENT")
    }


def test_the_timetable_comes_in_one_private_message_with_a_calendar_file(monday: Stage) -> None:
    """Months with their due days, milestones with who sees to them; of others not that they are behind."""
    private, answer = ask(monday, "Chidi")
    lines = private.text.splitlines()
    assert lines[:3] == [
        f"*{monday.cast.collaborative.name}: the timetable*, as of Monday 6 July 2026",
        "*Reports*",
        "June 2026: due Friday 10 July 2026",
    ]
    assert lines[17:] == [
        "*Milestones*",
        "· Past: Agenda for session 2, Friday 3 July 2026",
        "○ Open: Storyboard, Tuesday 14 July 2026 (Cedar)",
        "○ Open: Learning session 2, Tuesday 21 July 2026 (for all)",
    ]
    found = entries(private)
    assert len(found) == 18
    assert found["June 2026 reports are due"] == (
        date(2026, 7, 10),
        "Taken, and corrected, until 9 August 2026.",
    )
    assert found["Storyboard"] == (date(2026, 7, 14), "Cedar sees to it.")
    assert answer.buttons == [], "nothing of it is Chidi's to mark"
    assert monday.person("Hana").messages("Momentum") == []


def test_months_that_are_closed_take_one_line(monday: Stage) -> None:
    """What lies ahead is what people look for."""
    monday.slack.advance(timedelta(days=100).total_seconds())
    private, _ = ask(monday, "Chidi")
    assert private.text.splitlines()[2:5] == [
        "June 2026 to August 2026: closed",
        "September 2026: due Saturday 10 October 2026",
        "October 2026: due Tuesday 10 November 2026",
    ]


def test_who_sees_to_a_milestone_marks_it_on_its_reminder_and_is_not_reminded_again(monday: Stage) -> None:
    """A word more takes it back, and the next reminder comes."""
    ana = monday.person("Ana")

    def next_morning(days: int) -> list[str]:
        monday.slack.advance(timedelta(days=days).total_seconds())
        CLOCK["reminders"](Deps(monday.db, monday.clock))
        monday.deliver()
        return [each.text for each in ana.messages("Momentum") if "Storyboard" in each.text]

    (words,) = next_morning(1)
    assert words == "In 7 days, Tuesday 14 July: Storyboard. Cedar sees to it."
    ana.press("Done")
    assert_marked(monday, ana, "✔ Done: Storyboard, Tuesday 14 July 2026 (Cedar), marked by Ana")
    ana.press("Not done yet")
    assert_marked(monday, ana, "○ Open: Storyboard, Tuesday 14 July 2026 (Cedar)")
    ana.press("Done")
    assert_marked(monday, ana, "✔ Done: Storyboard, Tuesday 14 July 2026 (Cedar), marked by Ana")
    assert len(next_morning(6)) == 1, "the day before nothing is said of it"


def assert_marked(stage: Stage, person: Person, words: str) -> None:
    """The listener is done, the reminder edited in place."""
    stage.slack.wait_for(
        lambda: stage.count(table, table.c.done_on.is_not(None)) == int(words.startswith("✔")) or None
    )
    stage.deliver()
    assert [each.text for each in person.messages("Momentum") if "Storyboard" in each.text] == [words]


def test_the_host_marks_what_is_overdue_in_the_list_and_posts_the_timetable(monday: Stage) -> None:
    """The list changes in place; the post in the shared channel says what and when, not who."""
    _, answer = ask(monday, "Hana")
    hana = monday.person("Hana")
    assert "! Overdue: Agenda for session 2, Friday 3 July 2026 (Fay)" in answer.all_text
    assert answer.buttons == ["Done", "Done", "Post the timetable"]
    hana.press("Done", answer)
    done = "✔ Done: Agenda for session 2, Friday 3 July 2026 (Fay), marked by Hana"
    monday.slack.wait_for(lambda: done in hana.ephemerals(monday.channel)[-1].all_text or None)
    hana.press("Post the timetable", hana.ephemerals(monday.channel)[-1])
    monday.slack.wait_for(lambda: len(hana.ephemerals(monday.channel)) > 1 or None)
    monday.deliver()
    shown = monday.post(monday.person("Chidi"), "the timetable")
    assert "✔ Done: Agenda for session 2, Friday 3 July 2026" in shown.all_text
    assert "○ Open: Storyboard, Tuesday 14 July 2026" in shown.all_text
    assert [name for name in ("Fay", "Hana", "Cedar") if name in shown.all_text] == []
    assert "June 2026: due Friday 10 July 2026" in shown.all_text
    assert shown.buttons == ["Send it to me"]


def test_who_has_no_command_gets_the_calendar_file_by_the_button_below_the_timetable(monday: Stage) -> None:
    """As a guest in the channel."""
    hana, chidi = monday.person("Hana"), monday.person("Chidi")
    monday.slack.change_person(chidi.id, is_restricted=True)
    ask(monday, "Hana")
    hana.press("Post the timetable")
    monday.slack.wait_for(lambda: len(hana.ephemerals(monday.channel)) > 1 or None)
    monday.deliver()
    chidi.press("Send it to me")
    sent = monday.slack.wait_for(lambda: [each for each in chidi.messages("Momentum") if each.files])
    assert len(entries(sent[-1])) == 18


def test_a_long_list_shows_what_is_not_done_and_says_that_there_is_more(stage: Stage) -> None:
    """A host with sixty milestones: as many as Slack takes in one message, the open ones first."""
    plan = tuple(
        MilestonePlan(
            f"m{number}", date(2026, 7, 1) + timedelta(number), f"Step {number} {'x' * 180}", team="cedar"
        )
        for number in range(60)
    )
    owners = {"members": {}, "teams": {"cedar": stage.cast.teams["Cedar"]}}
    scope, today = stage.cast.collaborative.id, date(2026, 7, 6)
    stage.db.write(lambda db: milestones.keep(db, scope, plan, owners, today))
    soonest = table.c.key.in_([f"m{number}" for number in range(5)])
    stage.db.write(lambda db: db.execute(update(table).where(soonest).values(done_on=today)))
    _, answer = ask(stage, "Hana")
    assert answer.buttons[-1] == "Post the timetable"
    assert set(answer.buttons[:-1]) == {"Done"}
    assert "There are 60 in all; the others come up here once these are done." in answer.all_text


@pytest.mark.who_may("timeline")
def test_nobody_marks_or_posts_for_others(monday: Stage) -> None:
    """A value changed on the way is a hint that does not help; an outsider is told whom to ask."""
    ana = monday.person("Ana")
    _, answer = ask(monday, "Ana")
    assert answer.buttons == ["Done"]
    ana.press("Done", answer)
    monday.slack.wait_for(lambda: "marked by Ana" in ana.ephemerals(monday.channel)[-1].all_text or None)
    monday.db.write(lambda db: db.execute(update(table).values(done_on=None)))
    payload = monday.last_payload("block_actions")
    agenda = monday.db.read(lambda db: db.execute(table.select().where(table.c.key == "agenda")).one().id)
    for action, value in (("milestone_done", agenda), ("timeline_post", monday.cast.collaborative.id)):
        payload["actions"] = [{**payload["actions"][0], "action_id": action, "value": str(value)}]
        monday.send(payload)
    monday.slack.wait_for(
        lambda: len([each for each in ana.ephemerals(monday.channel) if "Only " in each.text]) == 2 or None
    )
    assert monday.count(table, table.c.done_on.is_not(None)) == 0
    monday.deliver()
    assert [each for each in ana.messages(monday.channel) if "as of" in each.text] == []
