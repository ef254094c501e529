"""What people see of the outbox when Slack answers badly or not at all. The observer is Slack's journal."""

import json

import pytest

from tests.cast import lay_down
from tests.office import Office

POST, LOOK = "chat.postMessage", "conversations.history"


@pytest.mark.parametrize(("header", "seconds"), [(1, 1), (30, 30), (0, 1), (None, 5), ("soon", 5)], ids=str)
def test_slack_sets_the_pace_of_one_channel_and_the_others_go_on(
    office: Office, header: int | str | None, seconds: int
) -> None:
    """After a 429 nothing is sent to that channel before its time; the try does not count."""
    other = office.slack.add_channel("cedar", [office.cast.slack["Ana"]])
    office.slack.fault(POST, status=429, retry_after=header, channel=office.channel, times=1)
    for text in ("one", "two"):
        office.say(text)
    pump = office.pump()
    pump.turn()
    office.say("for Cedar", other)
    office.slack.advance(0.5)
    pump.turn()
    assert office.seen(other) == ["for Cedar"]
    office.deliver(pump)

    assert office.seen() == ["one", "two"]
    first, again, *_ = (call for call in office.calls() if call["arguments"]["channel"] == office.channel)
    assert again["at"] - first["at"] >= seconds
    assert office.rows()["one"].attempts == 1


def test_slack_that_is_down_for_long_is_asked_ever_more_rarely_and_nothing_is_lost(
    office: Office,
) -> None:
    fault = {"status": 503, "body": "<html>Unavailable</html>"}
    office.slack.fault("*", **fault)
    for text in ("one", "two", "three"):
        office.say(text)
    pump = office.pump()
    office.deliver(pump, seconds=600)
    assert len(office.slack.journal("api")) <= 60
    office.slack.clear_faults()
    office.deliver(pump, seconds=300)
    assert sorted(office.taken()) == ["one", "three", "two"]


@pytest.mark.parametrize("how", ["archived", "kicked", "gone"])
def test_a_dead_channel_stops_only_its_own_messages(office: Office, how: str) -> None:
    """The host hears of it once, however many messages are for that channel."""
    dead = office.slack.add_channel("cedar", [office.cast.slack["Ana"]])
    change = {"archived": {"archived": True}, "kicked": {"bot": False}, "gone": {}}[how]
    office.slack.change_channel(dead, **change)
    for text in ("a", "b", "c"):
        office.say(text, "C0NOWHERE" if how == "gone" else dead)
    office.say("for all")
    pump = office.pump()
    office.deliver(pump)

    assert office.seen() == ["for all"]
    assert [office.states()[key] for key in "abc"] == ["failed"] * 3
    (notice,) = office.direct("Hana")
    assert {"archived": "is archived", "kicked": "not in that channel", "gone": "cannot see"}[how] in notice


def test_a_deactivated_person_fails_with_a_reason(office: Office) -> None:
    ana = office.cast.slack["Ana"]
    office.slack.change_person(ana, deleted=True)
    office.say("hello", ana)
    office.deliver(office.pump())
    assert (office.rows()["hello"].state, office.rows()["hello"].last_error) == ("failed", "user_disabled")
    assert "deactivated" in office.direct("Hana")[0]


def test_a_notice_that_fails_brings_no_further_notice(office: Office) -> None:
    office.slack.change_person(office.cast.slack["Hana"], deleted=True)
    office.say("lost", "C0NOWHERE")
    office.deliver(office.pump())
    assert sorted(office.states().values()) == ["failed", "failed"]


@pytest.mark.parametrize("code", ["token_revoked", "missing_scope", "account_inactive"])
def test_a_workspace_that_refuses_us_is_held_and_asked_once_a_minute_until_it_works(
    office: Office, code: str
) -> None:
    office.slack.fault("*", error=code)
    for number in range(5):
        office.say(str(number))
    pump = office.pump()
    for _ in range(180):
        pump.turn()
        office.slack.advance(1)
    assert set(office.states().values()) == {"held"}
    assert len(office.slack.journal("api")) <= 4

    office.slack.clear_faults()
    office.say("new")
    for _ in range(90):
        pump.turn()
        office.slack.advance(1)
    assert office.seen() == ["0", "1", "2", "3", "4", "new"]
    (notice,) = office.direct("Hana")
    assert f"Slack took no message of mine (it answered “{code}”). It does again" in notice


def test_a_workspace_that_refuses_us_stops_no_other(office: Office) -> None:
    """Two workspaces in one database, a process each: one's messages go on, the other's go out in the end.

    Its token passes the check each minute and fails at the next post: the host is told once all the same.
    """
    other = office.slack.add_channel("others", [office.cast.slack["Ana"]])
    theirs = office.db.write(lambda db: lay_down(db, "T0OTHER", other)).collaborative
    office.slack.fault(POST, error="token_revoked", channel=office.channel)
    pump, other_pump = office.pump(), office.pump(slack_team="T0OTHER")
    for number in range(180):
        office.say(f"first {number}")
        office.say(f"second {number}", other, collaborative=theirs)
        pump.turn()
        other_pump.turn()
        office.slack.advance(1)
    assert len(office.seen(other)) >= 178
    assert not office.seen()
    refused = [call for call in office.calls() if call["arguments"]["channel"] == office.channel]
    assert len(refused) <= 4
    office.slack.clear_faults()
    office.deliver(pump, seconds=600)
    assert office.seen() == [f"first {number}" for number in range(180)]
    assert len(office.direct("Hana")) == 1


def test_edits_are_simply_repeated(office: Office) -> None:
    office.say("1 of 4", post="roll_call:1")
    pump = office.pump()
    office.deliver(pump)
    office.slack.fault("chat.update", drop="after", times=2)
    office.say("2 of 4", post="roll_call:1")
    office.deliver(pump)
    assert office.seen() == ["2 of 4"]
    assert not office.calls(LOOK)
    assert len(office.calls("chat.update")) == 3


def test_an_upload_that_fails_is_tried_again_and_not_repeated_once_it_worked(office: Office) -> None:
    """The words do not wait for it: it is in the thread."""
    office.slack.fault("files.completeUploadExternal", status=500, body="", times=2)
    office.slack.fault(POST, status=429, retry_after=3, times=1)
    office.say("chart", args={"picture": "fine"})
    office.deliver(office.pump())
    message, picture = office.messages()
    assert picture["thread_ts"] == message["ts"]
    assert picture["blocks"][0]["image_url"]
    uploads = office.calls("files.completeUploadExternal", accepted=True)
    assert len([call for call in uploads if call["response"]["ok"]]) == 1


@pytest.mark.parametrize("code", ["storage_limit_reached", "missing_scope"])
def test_an_upload_that_will_never_work_leaves_the_words(office: Office, code: str) -> None:
    office.slack.fault("files.getUploadURLExternal", error=code)
    office.say("chart", args={"picture": "fine"})
    office.deliver(office.pump())
    assert [len(message["blocks"]) for message in office.messages()] == [1]
    assert "without its chart" in office.direct("Hana")[0]


def test_a_picture_slack_never_finishes_is_left_out_at_last(office: Office) -> None:
    """Slack says that a picture is ready, and refuses it: the words wait three seconds, and no longer."""
    office.slack.call("POST", "/control/limits", {"file_ready": 3600})
    ready = json.dumps({"ok": True, "file": {"mimetype": "image/png"}})
    office.slack.fault("files.info", status=200, body=ready)
    office.say("chart", args={"picture": "fine"})
    pump = office.pump()
    office.deliver(pump, seconds=4)
    (message,) = office.messages()
    assert [block["type"] for block in message["blocks"]] == ["section", "context"]

    office.slack.call("POST", "/control/limits", {"file_ready": 0})
    office.deliver(pump)
    _, picture = office.messages()
    assert picture["blocks"][0]["image_url"], "uploaded anew"
