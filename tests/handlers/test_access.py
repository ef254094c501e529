"""Who may do what: ids in payloads are hints, checked against who is there each time."""

import json
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from handlers.report.views.pages import FormPlace
from handlers.slack import action_ids
from handlers.slack.ids import MONTH_ASKED_FOR, packed
from models.database import Database
from models.tables.draft import drafts
from models.tables.outbox import outbox_messages
from models.tables.report import reports
from playground.client import Person
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, REPEAT, lay_down, leave
from tests.handlers.stage import Stage, staged

NUMBERS = (
    (NUMERATOR, 42),
    (DENOMINATOR, 60),
    (REPEAT, 18),
    (HIGH, 20),
)
NOT_YOURS = "I could not find that team among yours."


def payload_of(stage: Stage, name: str) -> dict[str, Any]:
    """The payload of a person's last page, as Slack sent it; nothing came of it yet."""
    person = stage.person(name)
    stage.open_report(person, "BP control")
    for label, number in NUMBERS:
        person.fill(label, number)
    person.submit()
    return stage.last_payload("view_submission")


def pointed_at(payload: dict[str, Any], **elsewhere: int) -> dict[str, Any]:
    """The same payload with other ids in what the view carries."""
    place = replace(FormPlace.of_value(payload["view"]["private_metadata"]), **elsewhere)
    view = {**payload["view"], "private_metadata": place.as_value()}
    return {**payload, "view": view}


@pytest.mark.who_may("report")
@pytest.mark.parametrize("team", ["Birch", "another collaborative's", "none at all"])
def test_a_form_pointed_at_another_team_is_refused_in_the_same_words(stage: Stage, team: str) -> None:
    """Nobody learns whether a team exists by trying ids; nothing is written."""
    other = stage.db.write(lambda db: lay_down(db, "T0OTHER", "C0OTHER"))
    ids = {"Birch": stage.cast.teams["Birch"], "another collaborative's": other.teams["Cedar"]}
    sent = payload_of(stage, "Bo")
    kept = stage.count(drafts)
    answer = json.loads(stage.send(pointed_at(sent, team_id=ids.get(team, 10**6))).body)
    assert answer["response_action"] == "push"
    assert NOT_YOURS in json.dumps(answer)
    assert stage.count(drafts) == kept
    assert stage.count(reports) == stage.count(outbox_messages) == 0


def test_a_form_pointed_at_another_collaboratives_month_is_refused(stage: Stage) -> None:
    """A month belongs to its collaborative."""
    other = stage.db.write(lambda db: lay_down(db, "T0OTHER", "C0OTHER"))
    sent = pointed_at(payload_of(stage, "Bo"), period_id=other.periods["June 2026"])
    assert "I could not find that month" in stage.send(sent).body
    assert stage.count(reports) == 0


def test_the_same_person_id_in_another_workspace_is_somebody_else(stage: Stage) -> None:
    """Who somebody is comes from Slack's envelope alone."""
    sent = payload_of(stage, "Bo")
    view = {**sent["view"], "team_id": "T0OTHER", "app_installed_team_id": "T0OTHER"}
    user = {**sent["user"], "team_id": "T0OTHER"}
    elsewhere = {**sent, "team": {"id": "T0OTHER"}, "user": user, "view": view}
    assert NOT_YOURS in stage.send(elsewhere).body


OURS, THEIRS = "the channel's workspace", "their workspace"


@pytest.mark.parametrize("team", [OURS, THEIRS])
def test_a_person_of_another_workspace_is_nobody_here_whatever_their_id(stage: Stage, team: str) -> None:
    """In a channel shared between workspaces people of both press; Slack names the other one in two ways."""
    sent = payload_of(stage, "Bo")
    kept = stage.count(drafts)
    elsewhere = {**sent, "user": {**sent["user"], "team_id": "T0OTHER"}}
    if team == THEIRS:
        view = {**sent["view"], "app_installed_team_id": sent["team"]["id"]}
        elsewhere |= {"team": {"id": "T0OTHER"}, "view": view}
    answer = json.loads(stage.send(elsewhere).body)
    assert answer["response_action"] == "push"
    assert "You are here from another Slack workspace" in json.dumps(answer)
    assert stage.count(drafts) == kept
    assert stage.count(reports) == stage.count(outbox_messages) == 0


@pytest.mark.parametrize(("whose", "answered"), [("E0OURS", "update"), ("E0OTHER", "push"), ("", "push")])
def test_in_an_organization_a_person_is_the_same_in_all_its_workspaces(
    database: Database, whose: str, answered: str
) -> None:
    """There an id is one person's, and Slack may name a workspace of theirs that is not ours.

    From outside is who has another team and another organization: a namesake there is refused.
    """
    with staged(database, "E0OURS") as stage:
        sent = payload_of(stage, "Bo")
        stage.slack.change_person(stage.cast.slack["Bo"], enterprise_id=whose)
        next_door = {**sent, "user": {**sent["user"], "team_id": "T0NEXTDOOR"}}
        assert json.loads(stage.send(next_door).body)["response_action"] == answered


def test_a_role_that_ended_while_the_form_was_open_counts(stage: Stage) -> None:
    """Rights are checked when something is sent, not only when the form opens."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    for label, number in NUMBERS:
        bo.fill(label, number)
    stage.db.write(lambda db: leave(db, stage.cast, "Bo", date(2026, 7, 6)))
    bo.submit()
    assert NOT_YOURS in stage.modal(bo, NOT_YOURS).all_text
    bo.close()
    assert bo.modal.inputs[NUMERATOR].value == "42"
    assert stage.count(drafts) == stage.count(reports) == 0


def test_a_refused_press_in_the_form_leaves_the_form_as_it_was(stage: Stage) -> None:
    """The words come on top; below them nothing that was typed is lost."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    bo.fill(NUMERATOR, 42)
    stage.db.write(lambda db: leave(db, stage.cast, "Bo", date(2026, 7, 6)))
    bo.press("Save for later")
    stage.modal(bo, NOT_YOURS)
    bo.close()
    assert bo.modal.inputs[NUMERATOR].value == "42"
    assert stage.count(drafts) == 0


def test_a_button_pointed_at_another_team_opens_nothing(stage: Stage) -> None:
    """The value of a button is a hint too."""
    bo = stage.person("Bo")
    bo.open_home()
    stage.slack.wait_for(lambda: bo.home)
    bo.press("Report")
    stage.modal(bo, "BP control")
    bo.close()
    pressed = stage.last_payload("block_actions")
    action = {**pressed["actions"][0], "value": packed(stage.cast.teams["Birch"], MONTH_ASKED_FOR)}
    before = len(stage.slack.journal("api", method="views.open", accepted=True))
    assert stage.send({**pressed, "actions": [action]}).status == 200
    stage.slack.wait_for(lambda: len(stage.slack.journal("api", method="views.open")) > before)
    assert bo.modals == []


PRESSES = (action_ids.REPORT_HOW, action_ids.REPORT_MONTH, action_ids.REPORT_BACK, action_ids.REPORT_SAVE)


@pytest.mark.parametrize("action_id", PRESSES)
def test_a_press_in_a_form_pointed_at_another_team_is_refused(stage: Stage, action_id: str) -> None:
    """Every action with every team that is not theirs: the same words, no row, no page."""
    other = stage.db.write(lambda db: lay_down(db, "T0OTHER", "C0OTHER"))
    bo = stage.person("Bo")
    for team in (stage.cast.teams["Birch"], other.teams["Cedar"], 10**6):
        stage.open_report(bo, "BP control")
        bo.press("Save for later")
        stage.modal(bo, "Saved.")
        pressed = stage.last_payload("block_actions")
        june = {"value": str(stage.cast.periods["June 2026"])}
        action = {**pressed["actions"][0], "action_id": action_id, "selected_option": june}
        sent = pointed_at({**pressed, "actions": [action]}, team_id=team, page=1)
        assert stage.send(sent).status == 200
        stage.modal(bo, NOT_YOURS)
        assert len(bo.modals) == 2
        assert stage.count(drafts) == stage.count(reports) == 0
        bo.close(everything=True)


def test_correct_pointed_at_another_team_is_refused(stage: Stage) -> None:
    """The button on a card carries ids, and they count for nothing by themselves."""
    other = stage.db.write(lambda db: lay_down(db, "T0OTHER", "C0OTHER"))
    chidi = stage.person("Chidi")
    chidi.command(stage.channel, "/momentum")
    chidi.press("Report")
    stage.modal(chidi, "BP control")
    chidi.close()
    pressed = stage.last_payload("block_actions")
    for team in (stage.cast.teams["Cedar"], other.teams["Cedar"], 10**6):
        action = {
            **pressed["actions"][0],
            "action_id": action_ids.REPORT_CORRECT,
            "value": f"{team}:{stage.cast.periods['June 2026']}",
        }
        heard = len(chidi.ephemerals(stage.channel))
        stage.send({**pressed, "actions": [action]})
        said = stage.slack.wait_for(partial(_said_after, chidi, stage.channel, heard))
        assert "A report is corrected by the team's own people" in said[0]
    assert chidi.modals == []


def _said_after(person: Person, channel: str, heard: int) -> list[str]:
    return [message.text for message in person.ephemerals(channel)[heard:]]
