"""The ways in: commands, buttons, the Home tab; and what people hear who have no way in."""

import json
import re
from collections.abc import MutableMapping
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any

import pytest
from structlog.testing import capture_logs

from handlers import errors
from handlers.slack import action_ids
from handlers.slack.modals import THREE_OPEN
from playground.client import Person
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, PEOPLE, REPEAT, TEAMS, leave, withdraw
from tests.handlers.stage import Stage

NUMBERS = (
    (NUMERATOR, 42),
    (DENOMINATOR, 60),
    (REPEAT, 18),
    (HIGH, 20),
)
NOT_OF_TEAM = "I could not find that team among yours."
STRANGER = "I could not find you in a team here. Ask Ravi, your coordinator, to add you."


@pytest.mark.who_may("home")
def test_a_stranger_is_told_whom_to_ask(stage: Stage) -> None:
    """Nobody is left before a form that cannot be theirs."""
    sam = stage.slack.add_person("sam", real_name="Sam")
    stage.slack.call("POST", "/control/gestures", {"person": sam.id, "do": "join", "channel": stage.channel})
    with capture_logs() as logs:
        sam.command(stage.channel, "/report")
        stage.slack.wait_for(lambda: sam.ephemerals(stage.channel))
    refused = next(each for each in logs if each["event"] == "refused")
    assert (refused["at"], refused["kind"], refused["person"]) == ("/report", "DomainError", sam.id)
    assert STRANGER in sam.ephemerals(stage.channel)[0].text
    sam.open_home()
    stage.slack.wait_for(lambda: STRANGER in sam.home.all_text)


def test_faculty_hear_that_they_look_on(stage: Stage) -> None:
    """They are known, and have all charts and the roll call to look at, only no report to fill in."""
    fay = stage.person("Fay")
    fay.command(stage.channel, "/report")
    stage.slack.wait_for(lambda: fay.ephemerals(stage.channel))
    assert "You take part as faculty, without a team of your own" in fay.ephemerals(stage.channel)[0].text
    fay.open_home()
    stage.slack.wait_for(lambda: "0 of 4 teams are in for June" in fay.home.all_text)
    fay.press("Chart", in_=fay.home)
    stage.slack.wait_for(lambda: fay.modals)


def test_momentum_alone_says_what_it_can_do(stage: Stage) -> None:
    """One command to learn, and a button beside it."""
    bo = stage.person("Bo")
    bo.command(stage.channel, "/momentum")
    helped = bo.ephemerals(stage.channel)[0]
    assert "*/report* opens your team's monthly report." in helped.all_text
    bo.press("Report")
    stage.modal(bo, "BP control")


@pytest.mark.who_may("help")
def test_help_is_for_anybody_and_names_nobody(stage: Stage) -> None:
    """A stranger reads what can be typed, and nothing of any team, person or number."""
    sam = stage.slack.add_person("sam", real_name="Sam")
    stage.slack.call("POST", "/control/gestures", {"person": sam.id, "do": "join", "channel": stage.channel})
    sam.command(stage.channel, "/momentum help")
    stage.slack.wait_for(lambda: sam.ephemerals(stage.channel))
    shown = sam.ephemerals(stage.channel)[0].all_text
    assert "Here is what I can do:" in shown
    assert [name for name in (*TEAMS, *PEOPLE) if re.search(rf"\b{name}\b", shown)] == []


def test_an_unknown_word_is_answered_with_what_there_is(stage: Stage) -> None:
    """A slip of the finger is no dead end; what was typed is no markup."""
    bo = stage.person("Bo")
    bo.command(stage.channel, "/momentum reprot <!channel>")
    assert "I do not know “reprot” yet." in bo.ephemerals(stage.channel)[0].all_text
    bo.command(stage.channel, f"/momentum {'q&a' * 1000}")
    assert "I do not know “q&amp;aq&amp;a" in bo.ephemerals(stage.channel)[1].all_text


def test_the_home_tab_says_what_is_due_and_opens_the_form(stage: Stage) -> None:
    """Every action can be reached by a button (requirement R24)."""
    bo = stage.person("Bo")
    bo.open_home()
    home = stage.slack.wait_for(lambda: bo.home)
    assert "*Your June report is next.* Due Friday 10 July." in home.all_text
    assert "0 of 4 teams are in for June" in home.all_text
    bo.press("Report")
    stage.modal(bo, "BP control")
    bo.close()
    bo.press("What can I do here?", in_=bo.home)
    stage.modal(bo, "*/momentum help* shows this list.")


def test_a_report_sent_from_the_home_tab_is_in_when_the_form_closes(stage: Stage) -> None:
    """The tab stands behind the form: it must not ask for what was just sent."""
    bo = stage.person("Bo")
    bo.open_home()
    stage.slack.wait_for(lambda: bo.home)
    bo.press("Report")
    stage.modal(bo, "BP control")
    for label, number in NUMBERS:
        bo.fill(label, number)
    bo.submit()
    bo.submit()
    stage.modal(bo, "Kept.")
    stage.slack.wait_for(lambda: "✔ Your June report is in, thank you." in bo.home.all_text)


def test_a_coach_sees_their_teams_on_the_home_tab(stage: Stage) -> None:
    """Their teams, not those of other coaches; a team that left is not asked for."""
    stage.db.write(lambda db: withdraw(db, stage.cast, "Birch", date(2026, 7, 1)))
    cora = stage.person("Cora")
    cora.open_home()
    home = stage.slack.wait_for(lambda: cora.home)
    assert "*Not in yet for June*\nCedar\n" in home.all_text
    assert "Birch" not in home.all_text
    assert "Dogwood" not in home.all_text


def test_a_form_that_opened_too_late_is_explained(stage: Stage) -> None:
    """Slack gives three seconds; who waited in vain hears what to do."""
    bo = stage.person("Bo")
    stage.slack.fault("views.open", error="expired_trigger_id", times=1)
    assert bo.command(stage.channel, "/report")
    stage.slack.wait_for(lambda: bo.ephemerals(stage.channel))
    assert bo.ephemerals(stage.channel)[0].text == errors.TOO_SLOW


def test_an_acknowledgement_never_waits_for_slack(stage: Stage) -> None:
    """With Slack's API hanging, a command is acknowledged all the same."""
    bo = stage.person("Bo")
    stage.slack.fault("views.open", drop="before", times=1)
    assert bo.command(stage.channel, "/report")


def test_what_nobody_foresaw_is_an_apology_with_a_reference_that_is_in_the_log(stage: Stage) -> None:
    """The log has the way to the error, and nothing a person wrote."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    bo.fill(NUMERATOR, 4242)
    bo.submit()
    payload = stage.last_payload("view_submission")
    broken = {**payload, "view": {**payload["view"], "state": "Mrs Smith"}}
    with capture_logs() as logs:
        answer = json.loads(stage.send(broken).body)
    said = json.dumps(answer)
    assert answer["response_action"] == "push"
    assert "I am sorry, something went wrong on my side" in said
    entry = next(each for each in logs if each["event"] == "unexpected error")
    assert entry["reference"] in said
    assert entry["at"] == "report_form"
    assert "Mrs Smith" not in str(logs)
    assert "4242" not in str(logs)


def three_open(stage: Stage, person: Person) -> None:
    """Open the form three times over, as many windows as Slack opens."""
    for number in range(1, 4):
        assert person.command(stage.channel, "/report")
        stage.slack.wait_for(lambda number=number: len(person.modals) == number or None)
    stage.modal(person, "BP control")


def test_a_fourth_window_is_refused_in_words(stage: Stage) -> None:
    """Slack opens three at most, and the person hears what to do."""
    bo = stage.person("Bo")
    three_open(stage, bo)
    assert bo.command(stage.channel, "/report")
    stage.slack.wait_for(lambda: bo.ephemerals(stage.channel))
    assert bo.ephemerals(stage.channel)[0].text == THREE_OPEN


@pytest.mark.parametrize("way", ["Save for later", "submit"])
def test_a_refusal_where_three_windows_are_open_stands_on_top_of_what_was_typed(
    stage: Stage, way: str
) -> None:
    """No fourth window would open; the sentence comes into the third, once, and the numbers stay."""
    bo = stage.person("Bo")
    three_open(stage, bo)
    bo.fill(NUMERATOR, 42)
    stage.db.write(lambda db: leave(db, stage.cast, "Bo", date(2026, 7, 1)))
    for _ in range(2):
        with capture_logs() as logs:
            if way == "submit":
                bo.submit()
            else:
                bo.press(way)
            stage.slack.wait_for(lambda logs=logs: [each for each in logs if each["event"] == "refused"])
        window = stage.modal(bo, NOT_OF_TEAM)
        assert window.all_text.count(NOT_OF_TEAM) == 1
    assert len(bo.modals) == 3
    assert bo.modal.inputs[NUMERATOR].value == "42"
    assert bo.modal.all_text.splitlines()[0] == NOT_OF_TEAM


OF_NOTHING = {
    action_ids.MOMENTUM_HELP,
    action_ids.TIMELINE_SEND,
    action_ids.PDSA_LIST,
}  # what they name is all one's own
NAMES = {name for key, name in vars(action_ids).items() if key.isupper()} - OF_NOTHING
WITH_MORE = {f"{action_ids.CHART_MARK}:note", f"{action_ids.DIGEST_MORE}:on"}


def test_what_nobody_can_read_any_more_is_refused_in_words_wherever_it_is_pressed(stage: Stage) -> None:
    """Every button and every window there is: no apology with a reference, and never silence."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    bo.press("Save for later")
    stage.modal(bo, "Saved.")
    press = stage.last_payload("block_actions")
    heard = set()
    with capture_logs() as logs:
        for name in sorted(NAMES | WITH_MORE):
            stage.slack.advance(5)  # nobody is told to wait
            view = {
                **press["view"],
                "callback_id": name,
                "private_metadata": "Mrs:7",
                "state": {"values": {}},
            }
            action = {**press["actions"][0], "action_id": name, "value": "Smith:7"}
            sent = {**press, "view": view, "actions": [action]}
            window = {**sent, "type": "view_submission"}
            if HTTPStatus.OK in {stage.send(each).status for each in (sent, window)}:
                stage.slack.wait_for(partial(_is_refused, logs, name))
                heard.add(name)
    assert len(heard) > 40
    assert not [each for each in logs if each["event"] == "unexpected error"]


def _is_refused(logs: list[MutableMapping[str, Any]], name: str) -> bool:
    return any(each["event"] == "refused" and each["at"] == name for each in logs)
