"""When nobody knows whether Slack took a message, it is looked for. The observer is Slack's journal."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from models.services.delivery import waiting
from tests.office import OffClock, Office, patient_client

POST, EDIT, LOOK = "chat.postMessage", "chat.update", "conversations.history"


UNSURE: list[dict[str, Any]] = [
    {"status": 500, "body": "<html>Server Error</html>"},
    {"status": 503, "body": ""},
    {"status": 200, "body": '{"ok": true, "ts": "17'},
    {"error": "fatal_error"},
    {"error": "internal_error"},
    {"drop": "before"},
    {"hang": True},  # the sender waits, gives up, and lives
]


@pytest.mark.parametrize("effect", ["taken", "not taken"])
@pytest.mark.parametrize("fault", UNSURE, ids=lambda fault: "-".join(map(str, fault.values()))[:20])
def test_a_message_slack_may_have_taken_is_looked_for_before_it_is_sent_again(
    office: Office, fault: dict[str, Any], effect: str
) -> None:
    """Taken or not, people see it exactly once: it is sent again only when it cannot be seen after 30 s."""
    was_taken = effect == "taken"
    how = {"drop": "after"} if was_taken and "drop" in fault else {**fault, "accept": was_taken}
    office.slack.fault(POST, **how, times=1)
    office.say("once")
    office.say("next")
    client = patient_client(office, WebClient)
    client.timeout = 1
    office.deliver(office.pump(client))

    assert office.seen() == ["once", "next"]
    assert office.taken().count("once") == 1
    tries = [call for call in office.calls() if call["arguments"]["text"] == "once"]
    assert len(tries) == (1 if was_taken else 2)
    assert was_taken or tries[1]["at"] - tries[0]["at"] >= 30
    assert set(office.states().values()) == {"sent"}


@pytest.mark.parametrize(("drop", "kept"), [("after", 1), ("before", 0)])
def test_a_post_that_failed_but_may_be_shown_is_edited_where_it_is(
    office: Office, drop: str, kept: int
) -> None:
    """We were put out of the channel before we could look; back in it, what is said later is said there."""
    pump = office.pump()
    office.slack.fault(POST, drop=drop, times=1)
    office.say("June 60%", post="report:1")
    pump.turn()
    office.slack.change_channel(office.channel, bot=False)
    office.deliver(pump)
    assert office.states()["June 60%"] == "failed"
    office.say("June 61%", post="report:1")
    office.deliver(pump)
    assert office.states()["June 61%"] == "failed"
    office.slack.change_channel(office.channel, bot=True)
    office.say("June 62%", post="report:1")
    office.say("June 63%", post="report:1")
    office.deliver(pump)
    assert office.seen() == ["June 63%"]
    assert len(office.calls(EDIT, accepted=True)) == kept + 1
    assert office.states() | {"June 62%": "sent", "June 63%": "sent"} == office.states()


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=3), timedelta(hours=-1)], ids=str)
@pytest.mark.parametrize("looks_before", [0, 1])
def test_a_clock_that_is_set_while_slack_is_slow_to_show_doubles_nothing(
    office: Office, jump: timedelta, looks_before: int
) -> None:
    """Slack took it, the connection broke, and its history lags: only two looks far enough apart tell."""
    clock = OffClock(office.clock)
    pump = office.pump(clock=clock)
    office.slack.fault(POST, drop="after", times=1)
    office.slack.fault(LOOK, lag=5)
    office.say("once")
    pump.turn()
    for _ in range(looks_before):
        office.slack.advance(3)
        pump.turn()
    assert len(office.calls(LOOK)) == looks_before
    clock.off = jump
    office.deliver(pump, seconds=200)
    assert (office.taken(), office.states()) == (["once"], {"once": "sent"})


@pytest.mark.parametrize("lag", [1, 5, 20, 29])
def test_a_message_is_found_however_late_slack_shows_it(office: Office, lag: int) -> None:
    """Up to SETTLE; one that never comes up is sent again after that, and not long after."""
    office.slack.fault(POST, drop="after", times=1)
    office.slack.fault(LOOK, lag=lag)
    office.say("once")
    office.deliver(office.pump(), seconds=200)
    assert (office.taken(), office.states()) == (["once"], {"once": "sent"})


def test_the_control_a_slack_slower_than_we_wait_shows_the_message_twice(office: Office) -> None:
    """The stated window: what Slack shows only after SETTLE is sent again."""
    office.slack.fault(POST, drop="after", times=1)
    office.slack.fault(LOOK, lag=3600)
    office.say("twice")
    office.deliver(office.pump(), seconds=200)
    assert office.taken() == ["twice", "twice"]


@pytest.mark.parametrize("where", ["thread", "person"])
def test_a_reply_and_a_direct_message_are_found_where_they_are(office: Office, where: str) -> None:
    pump = office.pump()
    office.say("card", post="report:1")
    office.deliver(pump)
    office.slack.fault(POST, drop="after", times=1)
    if where == "thread":
        office.say("reply", below="report:1")
    else:
        office.say("reply", office.cast.slack["Ana"])
    office.deliver(pump)
    assert office.taken() == ["card", "reply"]
    assert office.states()["reply"] == "sent"


def test_a_message_is_found_behind_many_others(office: Office) -> None:
    """The look goes on to further pages: people may have talked meanwhile."""
    office.slack.fault(POST, drop="after", times=1)
    office.say("once")
    pump = office.pump()
    pump.turn()
    for number in range(40):
        office.slack.gesture(office.cast.slack["Ana"], "message", channel=office.channel, text=str(number))
    office.deliver(pump)
    assert office.taken() == ["once"]
    assert office.states()["once"] == "sent"


@pytest.mark.parametrize("effect", ["taken", "not taken"])
@pytest.mark.parametrize("later", [20, 40])
def test_a_look_that_has_one_page_a_minute_comes_to_its_end(office: Office, effect: str, later: int) -> None:
    """So much Slack gives an app sold outside its Marketplace: a look goes on where it was told to wait."""
    office.slack.set_limits(history_per_minute=1, history_most=15)
    office.slack.fault(POST, drop="after" if effect == "taken" else "before", times=1)
    office.say("once")
    pump = office.pump()
    pump.turn()
    for number in range(later):
        office.slack.gesture(office.cast.slack["Ana"], "message", channel=office.channel, text=str(number))
    office.deliver(pump, seconds=900, step=5)
    assert (office.taken(), office.states()) == (["once"], {"once": "sent"})


def test_a_look_whose_place_slack_does_not_know_any_more_begins_anew(office: Office) -> None:
    office.slack.fault(POST, drop="after", times=1)
    office.say("once")
    pump = office.pump()
    pump.turn()
    for number in range(20):
        office.slack.gesture(office.cast.slack["Ana"], "message", channel=office.channel, text=str(number))
    office.slack.set_limits(history_per_minute=1, history_most=15)
    office.deliver(pump, seconds=30)
    office.slack.fault(LOOK, error="invalid_cursor", times=1)
    office.deliver(pump, seconds=900, step=5)
    assert (office.taken(), office.states()) == (["once"], {"once": "sent"})


@pytest.mark.parametrize(
    "fault",
    [{"status": 429, "retry_after": 7}, {"status": 500, "body": "<html>"}, {"drop": "before"}],
    ids=["429", "500", "cut"],
)
def test_a_look_that_fails_is_repeated_and_nothing_is_sent_blindly(
    office: Office, fault: dict[str, Any]
) -> None:
    office.slack.fault(POST, drop="after", times=1)
    office.slack.fault(LOOK, **fault, times=3)
    office.say("once")
    office.deliver(office.pump(), seconds=300)
    assert office.taken() == ["once"]
    assert len(office.calls(LOOK)) == 4


@pytest.mark.parametrize("code", ["not_in_channel", "missing_scope"])
def test_without_the_right_to_look_an_uncertain_message_is_given_to_the_host(
    office: Office, code: str
) -> None:
    """Nobody may look, nobody sends again: a person decides, and can. Other messages go on."""
    office.slack.fault(POST, drop="after", times=1)
    office.slack.fault(LOOK, error=code, times=1)
    office.say("once")
    pump = office.pump()
    office.deliver(pump)
    row = office.rows()["once"]
    assert (row.state, office.taken().count("once")) == ("failed", 1)
    assert "may have shown it" in row.last_error
    (notice,) = office.direct("Hana")
    assert f"does not let me look there ({code}). Please look yourself" in notice
    office.say("next")
    office.deliver(pump)
    assert office.states()["next"] == "sent"

    assert office.db.write(lambda db: waiting.retry(db, row.id))
    office.deliver(pump)
    assert office.taken().count("once") == 2
