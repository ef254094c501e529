"""The buttons of a reminder: help reaches the coach, stale buttons say so, and nobody answers for others."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from handlers import registry
from handlers.context import Deps
from handlers.delivery.due import due_job
from handlers.registry import CLOCK
from models.services import digest
from models.tables.people import members
from models.tables.reminder import expectations
from playground.client import Person
from tests.handlers.stage import Stage


@pytest.fixture
def ana(stage: Stage) -> Person:
    """Ana, reminded of June on Thursday morning, the day before it is due."""
    stage.slack.advance(timedelta(days=2, hours=22).total_seconds())
    CLOCK["reminders"](Deps(stage.db, stage.clock))
    stage.deliver()
    return stage.person("Ana")


def said(stage: Stage, name: str) -> list[str]:
    """All texts a person has from the bot in private."""
    person = stage.person(name)
    ims = [one["id"] for one in person.screen().raw["channels"] if one["kind"] == "im"]
    return [each.text for im in ims for each in person.messages(im)]


def test_help_with_a_measure_reaches_the_coach_and_nobody_else(stage: Stage, ana: Person) -> None:
    """The team is not asked for that number for three days, and both sides know it."""
    ana.press("I need help")
    stage.modal(ana, "What would help?")
    ana.fill("What is it about?", "Repeat BP taken")
    ana.fill("What would help?", "Our <!channel> export stops")
    ana.submit()
    kept = "Your coach knows. I do not ask for it before Sunday 12 July. I still ask for BP control."
    stage.modal(ana, kept)
    ana.close()
    stage.deliver()
    (words,) = said(stage, "Cora")
    assert words == (
        "Cedar would like your help with Repeat BP taken (June 2026), says Ana. "
        f"Write to <@{ana.id}>. "
        "I do not ask the team for this number again before Sunday 12 July. Other teams do not see this."
    )
    assert [each for name in ("Ben", "Chidi", "Hana") for each in said(stage, name) if "help" in each] == []
    payload = stage.last_payload("view_submission")
    stage.send(payload)
    assert stage.count(expectations) == 1, "the same envelope twice is one answer"


def test_a_day_that_cannot_be_is_refused_in_words(stage: Stage, ana: Person) -> None:
    ana.press("Expect it on …")
    stage.modal(ana, "When can we expect the June report?", "Friday 10 July")
    ana.fill("Or another day", "2027-01-01")
    ana.submit()
    stage.modal(ana, "Please choose a day after today, until 9 August 2026, when the month closes.")
    assert stage.count(expectations) == 0


@pytest.mark.who_may("reminders")
def test_the_buttons_act_for_the_team_of_who_presses(stage: Stage, ana: Person) -> None:
    """A value changed on the way is a hint that does not help: another team's month is refused."""
    birch = stage.cast.teams["Birch"]
    ana.press("Cannot this month")
    stage.modal(ana, "Why is there no June report?")
    ana.fill("Why is there no June report?", "short of staff")
    ana.submit()
    payload = stage.last_payload("view_submission")
    june = stage.cast.periods["June 2026"]
    payload["view"] = {**payload["view"], "id": "V0OTHER", "private_metadata": f"{birch}:{june}"}
    answer = stage.send(payload)
    assert "I could not find that team among yours." in answer.body
    assert stage.count(expectations) == 1


def test_the_form_is_that_of_the_month_the_words_name(stage: Stage, ana: Person) -> None:
    """June is late and still open when July is asked for: each button opens its own month."""
    stage.slack.advance(timedelta(days=25).total_seconds())
    CLOCK["reminders"](Deps(stage.db, stage.clock))
    stage.deliver()
    assert said(stage, "Ana")[-1].startswith("Cedar's July report is due on Monday 10 August.")
    ana.press("Report now")
    stage.modal(ana, "July 2026")


def test_a_month_that_cannot_be_reported_is_not_asked_for_elsewhere(stage: Stage, ana: Person) -> None:
    """July is asked for in its place."""
    ana.press("Cannot this month")
    stage.modal(ana, "Why is there no June report?")
    ana.fill("Why is there no June report?", "short of staff")
    ana.submit()
    stage.modal(ana, "Thank you for telling us.")
    ana.close()
    stage.open_report(ana, "July 2026")


def on_the_coachs_day(stage: Stage) -> None:
    """Wednesday at 8:00 in New York: five days after June was due, and when Cora chose to have her digest."""
    stage.db.write(
        lambda db: db.execute(update(members).where(members.c.name == "Cora").values(digest="Wednesday 8:00"))
    )
    wanted = datetime(2026, 7, 15, 12, tzinfo=UTC)
    stage.slack.advance((wanted - stage.clock.now()).total_seconds())


def test_a_coach_whose_digest_names_the_late_team_is_not_told_again_that_morning(stage: Stage) -> None:
    """The last step of the ladder waits for the digest of the same day, and is left out when that went."""
    on_the_coachs_day(stage)
    for _ in range(4):
        stage.tick()
        stage.deliver()
        stage.slack.advance(timedelta(minutes=10).total_seconds())
    heard = [each for each in said(stage, "Cora") if "June" in each]
    assert len(heard) == 1
    assert "0 of 2 teams are in for June." in heard[0]
    cora = stage.person("Cora")
    assert "*Cedar*, June: 5 days past its due day" in "".join(
        each.all_text for each in cora.messages("momentum")
    )


def test_a_coach_whose_digest_did_not_go_hears_by_the_ladder(stage: Stage) -> None:
    """A quarter of an hour is waited for the digest, no longer."""
    without_digests = due_job([each for each in registry.DUE if each is not digest.due_weekly])
    on_the_coachs_day(stage)
    for _ in range(2):
        without_digests(stage.deps)
        stage.deliver()
        assert said(stage, "Cora") == []
        stage.slack.advance(timedelta(minutes=7, seconds=30).total_seconds())
    without_digests(stage.deps)
    stage.deliver()
    assert [words.split(",")[0] for words in said(stage, "Cora")] == [
        "Cedar's June report",
        "Birch's June report",
    ]


def ask_about(stage: Stage, ana: Person, measure: str) -> None:
    ana.press("I need help")
    stage.modal(ana, "What would help?")
    ana.fill("What is it about?", measure)
    ana.submit()
    stage.modal(ana, "Your coach knows.")
    ana.close()


def next_morning(stage: Stage, days: int = 1) -> list[str]:
    """What Ana was told of June some days later."""
    before = len(said(stage, "Ana"))
    stage.slack.advance(timedelta(days=days).total_seconds())
    CLOCK["reminders"](Deps(stage.db, stage.clock))
    stage.deliver()
    return said(stage, "Ana")[before:]


def test_a_question_about_a_measure_keeps_the_reminder_for_the_others(stage: Stage, ana: Person) -> None:
    """The message says so at once, and the next reminder asks only for what is not in question."""
    ask_about(stage, ana, "Repeat BP taken")
    stage.deliver()
    (words,) = said(stage, "Ana")
    assert words == (
        "Ana asked the coach for help with Repeat BP taken in Cedar's June report. "
        "I do not ask for it before Sunday 12 July. Still to fill in: BP control."
    )
    (words,) = next_morning(stage)
    assert words.startswith(
        "Cedar's June report is due today. To fill in: BP control. Repeat BP taken can wait for your coach."
    )


def test_questions_about_all_that_is_needed_pause_it_all(stage: Stage, ana: Person) -> None:
    """Nothing else is open, so nothing is asked on the due day; it is once the three days are over."""
    ask_about(stage, ana, "Repeat BP taken")
    ask_about(stage, ana, "BP control")
    stage.deliver()
    (words,) = said(stage, "Ana")
    assert words == (
        "Ana asked the coach for help with BP control and Repeat BP taken in Cedar's June report. "
        "I do not ask again before Sunday 12 July."
    )
    assert next_morning(stage) == []
    (words,) = next_morning(stage, 3)
    assert "To fill in: BP control and Repeat BP taken." in words
