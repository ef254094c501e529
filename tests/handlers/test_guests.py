"""Who has no slash command: guests and people of other workspaces do all that is asked of them by buttons."""

from datetime import timedelta
from typing import Any

import pytest

from models.tables.base import EPOCH
from models.tables.people import accounts
from models.tables.report import reports
from playground.client import Person, Refusal
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, REPEAT
from tests.handlers.stage import Stage

NUMBERS = ((NUMERATOR, 42), (DENOMINATOR, 60), (REPEAT, 18), (HIGH, 20))
KINDS: dict[str, dict[str, Any]] = {
    "of another workspace": {"team_id": "T0CLINIC"},
    "of another organization": {"team_id": "T0CLINIC", "enterprise_id": "E0CLINICS"},
    "guest": {"is_restricted": True},
    "single-channel guest": {"is_restricted": True, "is_ultra_restricted": True},
}
STRANGER = "I could not find you in a team here. Ask Ravi, your coordinator, to add you."


def changed(stage: Stage, name: str, **how: Any) -> None:
    """Somebody's account is another from now on, and the bot has been told."""
    user = stage.cast.slack[name]
    stage.slack.change_person(user, **how)
    told = (accounts.c.slack_user == user, accounts.c.asked_at > EPOCH)
    stage.slack.wait_for(lambda: stage.count(accounts, *told))


def reminded(stage: Stage, name: str) -> Person:
    """Somebody on Thursday morning, the day before June is due."""
    stage.slack.advance(timedelta(days=2, hours=22).total_seconds())
    stage.tick()
    stage.deliver()
    return stage.person(name)


def fill_and_send(stage: Stage, person: Person) -> None:
    """Send the report whose form is open."""
    stage.modal(person, "BP control")
    for label, number in NUMBERS:
        person.fill(label, number)
    person.submit()
    stage.modal(person, "Step 2 of 2")
    person.submit()
    stage.modal(person, "Kept.")
    person.close(everything=True)
    stage.deliver()


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_asked_for_and_sent_without_a_command(stage: Stage, kind: str) -> None:
    """From the reminder's button to the card all read, with Slack's own names for who comes from where."""
    changed(stage, "Ana", **KINDS[kind])
    stage.slack.wait_for(
        lambda: stage.count(accounts, accounts.c.asked_at > EPOCH)
    )  # it was told of the change
    ana = reminded(stage, "Ana")
    with pytest.raises(Refusal, match="nothing_there"):
        ana.command(stage.channel, "/report")
    ana.press("Report now")
    fill_and_send(stage, ana)
    assert stage.count(reports) == 1
    ana.press("Correct", in_=stage.post(stage.person("Chidi"), "Cedar reported June 2026"))
    stage.modal(ana, "Change what you need.")


ANSWERS = {
    "Expect it on …": "When can we expect the June report?",
    "Cannot this month": "Why is there no June report?",
    "I need help": "What would help?",
}


@pytest.mark.parametrize("button", ANSWERS)
def test_each_answer_to_a_reminder_opens_for_who_comes_from_elsewhere(stage: Stage, button: str) -> None:
    changed(stage, "Ana", team_id="T0CLINIC")
    ana = reminded(stage, "Ana")
    ana.press(button)
    assert stage.modal(ana, ANSWERS[button])


def test_who_comes_from_elsewhere_and_is_in_no_team_is_a_stranger(stage: Stage) -> None:
    """They see the roll call and press it; they hear whom to ask, and nothing opens."""
    sam = stage.slack.add_person("sam", real_name="Sam", team_id="T0CLINIC")
    stage.slack.change_channel(stage.channel, members=[*stage.cast.slack.values(), sam.id])
    stage.open_report(stage.person("Ana"))
    fill_and_send(stage, stage.person("Ana"))
    sam.press("Report for your team")
    stage.slack.wait_for(lambda: sam.ephemerals(stage.channel))
    assert STRANGER in sam.ephemerals(stage.channel)[0].text
    assert sam.modals == []


def test_where_slack_cannot_be_asked_who_somebody_from_elsewhere_is_they_are_asked_to_try_again(
    stage: Stage,
) -> None:
    """Nobody is taken for somebody on the strength of an id alone."""
    changed(stage, "Ana", team_id="T0CLINIC")
    ana = reminded(stage, "Ana")
    stage.slack.fault("users.info", status=503, times=1)
    ana.press("Report now")
    stage.slack.wait_for(lambda: "Slack did not say who you are." in ana.messages("Momentum")[-1].text)
    assert ana.modals == []
    ana.press("Report now")
    stage.modal(ana, "BP control")
