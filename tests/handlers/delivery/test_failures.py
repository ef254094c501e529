"""The notice of a failed message: what mends it, and a button for who runs the collaborative."""

import pytest

from models.services.delivery import outbox
from models.tables.outbox import outbox_messages
from playground.client import Message, Person
from tests.handlers.stage import Stage

NOTICE = "did not get through"
FAILED = outbox_messages.c.state == "failed"


@pytest.fixture
def dead(stage: Stage) -> str:
    """A channel that was archived while a message for it waited; the host has been told."""
    channel = stage.slack.add_channel("cedar", [stage.cast.slack["Ana"]])
    stage.slack.change_channel(channel, archived=True)
    send(stage, channel)
    return channel


def send(stage: Stage, channel: str) -> None:
    """Have a digest sent to a place of our choice."""
    now = stage.clock.now()
    whose, args = stage.cast.collaborative, {"member_id": stage.cast.members["Cora"]}
    stage.db.write(lambda db: outbox.say(db, whose, "digest", f"for {channel}", args, now, to=channel))
    stage.deliver()


def notices(person: Person) -> list[Message]:
    return [each for each in person.messages("Momentum") if NOTICE in each.all_text]


def press(stage: Stage, person: Person, words: str) -> None:
    """Press the button of a notice and read what comes back."""
    seen = len(person.ephemerals("Momentum"))
    person.press("Try again", in_=notices(person)[-1])
    stage.slack.wait_for(lambda: len(person.ephemerals("Momentum")) > seen)
    assert person.ephemerals("Momentum")[-1].text == words
    stage.deliver()


def test_the_host_has_a_failed_message_tried_again(stage: Stage, dead: str) -> None:
    """The notice says what mends it; pressed, it says who had it tried again, and the button is gone."""
    hana = stage.person("Hana")
    [told] = notices(hana)
    assert f"<#{dead}> did not get through: that channel is archived. Unarchive it; then press" in told.text
    assert "momentum outbox" not in told.all_text
    stage.slack.change_channel(dead, archived=False)
    press(stage, hana, "I try it again now.")
    assert len(stage.person("Ana").messages("#cedar")) == 1
    [told] = notices(hana)
    assert "Hana had it tried again." in told.text
    assert told.buttons == []


def test_pressed_twice_it_is_tried_once(stage: Stage, dead: str) -> None:
    """Two presses before the notice changed are one try; the second is told so."""
    hana = stage.person("Hana")
    stage.slack.change_channel(dead, archived=False)
    hana.press("Try again")
    stage.slack.wait_for(lambda: hana.ephemerals("Momentum"))
    hana.press("Try again")
    stage.slack.wait_for(lambda: len(hana.ephemerals("Momentum")) == 2)
    assert [each.text for each in hana.ephemerals("Momentum")] == [
        "I try it again now.",
        "That is not needed any more: it was tried again already.",
    ]
    stage.deliver()
    assert len(stage.person("Ana").messages("#cedar")) == 1


def test_what_fails_again_is_told_again(stage: Stage, dead: str) -> None:
    """Nobody mended it: the host who asked hears that it did not help."""
    hana = stage.person("Hana")
    press(stage, hana, "I try it again now.")
    assert [bool(each.buttons) for each in notices(hana)] == [False, True]
    assert stage.count(outbox_messages, FAILED) == 1


@pytest.mark.who_may("delivery")
@pytest.mark.parametrize("name", ["Ana", "Cora", "Fay", "an outsider"])
def test_only_who_runs_the_collaborative_may(stage: Stage, dead: str, name: str) -> None:
    """A payload made up by anybody else has no effect, and its maker is told why."""
    hana = stage.person("Hana")
    hana.press("Try again")
    stage.slack.wait_for(lambda: stage.count(outbox_messages, FAILED) == 0)
    stage.deliver()
    payload = stage.last_payload("block_actions")
    payload["user"] = {**payload["user"], "id": stage.cast.slack.get(name, "U0OUTSIDER")}
    payload["actions"][0]["action_ts"] = "9.9"
    stage.send(payload)
    refused = "Only a host or a coordinator of the collaborative can have a message tried again."
    stage.slack.wait_for(lambda: any(each.text == refused for each in hana.ephemerals("Momentum")))
    assert stage.count(outbox_messages, FAILED) == 1


def test_for_somebody_who_is_gone_the_file_is_what_to_change(stage: Stage) -> None:
    """The same again would find nobody: no button."""
    ana = stage.cast.slack["Ana"]
    stage.slack.change_person(ana, deleted=True)
    send(stage, ana)
    [told] = notices(stage.person("Hana"))
    assert "Name somebody else in the collaborative's file and load it again" in told.text
    assert told.buttons == []
