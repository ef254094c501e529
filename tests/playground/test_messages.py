"""Who may post where, what an update does, ephemerals, what is scheduled (rules 3, 7, 10, 11, 12)."""

import json
from collections.abc import Callable
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from slack_sdk import WebClient

from playground.client import Person, Playground, Refusal
from playground.server import Served, running
from tests.playground.conftest import MANIFEST, T0
from tests.playground.forms import actions, button, section
from tests.playground.refusals import answered, refused

Prepare = Callable[[Playground, str], object]
DAY = 24 * 3600


def archive(slack: Playground, channel: str) -> None:
    slack.change_channel(channel, archived=True)


def kick_out(slack: Playground, channel: str) -> None:
    slack.change_channel(channel, bot=False)


def hide(slack: Playground, channel: str) -> None:
    slack.change_channel(channel, private=True, bot=False)


def revoke(slack: Playground, _channel: str) -> None:
    slack.set_app(token_revoked=True)


def narrow(slack: Playground, _channel: str) -> None:
    slack.set_app(scopes=["commands"])


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (archive, "is_archived"),
        (kick_out, "not_in_channel"),
        (hide, "channel_not_found"),
        (revoke, "token_revoked"),
        (narrow, "missing_scope"),
    ],
)
def test_a_post_is_refused_when(
    prepare: Prepare, error: str, web: WebClient, slack: Playground, channel: str
) -> None:
    """Membership, archive, privacy, token and scopes, each in Slack's word; the journal sees no effect."""
    prepare(slack, channel)
    assert refused(lambda: web.chat_postMessage(channel=channel, text="hello")) == error
    assert [one["accepted"] for one in slack.journal("api", method="chat.postMessage")] == [False]


def test_a_missing_scope_is_named(web: WebClient, slack: Playground, channel: str) -> None:
    slack.set_app(scopes=["commands", "users:read"])
    answer = answered(lambda: web.chat_postMessage(channel=channel, text="hello"))
    assert (answer["needed"], answer["provided"]) == ("chat:write", "commands,users:read")


def test_tokens_are_told_apart(web: WebClient, slack: Playground) -> None:
    wrong = WebClient(token="xoxb-other", base_url=web.base_url)
    app_level = WebClient(token=slack.app["app_token"], base_url=web.base_url)
    nobody = WebClient(base_url=web.base_url)
    assert refused(wrong.auth_test) == "invalid_auth"
    assert refused(app_level.users_list) == "not_allowed_token_type"
    assert refused(nobody.auth_test) == "not_authed"
    assert refused(lambda: web.apps_connections_open(app_token=str(web.token))) == "not_allowed_token_type"


@pytest.mark.parametrize("body", [b"", b"{}"])
def test_a_json_body_may_be_empty(web: WebClient, served: Served, body: bytes) -> None:
    """slack_sdk sends one so where a method takes nothing."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {web.token}"}
    connection = HTTPConnection(urlsplit(served.url).netloc, timeout=5)
    connection.request("POST", "/api/auth.test", body, headers)
    assert json.loads(connection.getresponse().read())["ok"] is True
    connection.close()


def test_no_direct_message_reaches_where_they_are_switched_off(tmp_path: Path) -> None:
    """Neither from the app, nor to it."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    manifest["features"]["app_home"]["messages_tab_enabled"] = False
    (tmp_path / "manifest.yml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    with running(tmp_path / "manifest.yml") as served:
        ana, app = served.client.add_person("Ana"), served.client.app
        web = WebClient(token=app["bot_token"], base_url=served.api_url)
        assert refused(lambda: web.chat_postMessage(channel=ana.id, text="x")) == "messages_tab_disabled"
        with pytest.raises(Refusal, match="Sending messages to this app has been turned off"):
            ana.say(app["bot_user_id"], "x")


def test_unknown_methods_and_arguments_are_refused(web: WebClient, channel: str) -> None:
    assert refused(lambda: web.api_call("chat.shout")) == "unknown_method"
    answer = answered(
        lambda: web.api_call("chat.postMessage", json={"channel": channel, "text": "x", "txet": "y"})
    )
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] unknown argument: txet"]
    answer = answered(lambda: web.api_call("views.open", json={}))
    assert "[ERROR] missing required field: view" in answer["response_metadata"]["messages"]


def test_public_channels_answer_to_their_name_and_people_to_their_id(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    """A message to a person lands in their direct message with the app; also to who left.

    Only posting takes names, and no ts is a number.
    """
    sent = web.chat_postMessage(channel="#team", text="hello all")
    assert sent["channel"] == channel
    assert refused(lambda: web.conversations_info(channel="#team")) == "channel_not_found"
    assert refused(lambda: web.chat_update(channel="#team", ts=sent["ts"], text="x")) == "channel_not_found"
    numeric = {"channel": channel, "ts": float(sent["ts"]), "text": "x"}
    assert refused(lambda: web.api_call("chat.update", json=numeric)) == "invalid_arguments"
    direct = web.chat_postMessage(channel=ana.id, text="hello Ana")
    assert direct["channel"].startswith("D")
    assert [one.text for one in ana.messages("Tester")] == ["hello Ana"]
    slack.change_person(ana.id, deleted=True)
    for there in (ana.id, direct["channel"]):
        assert web.chat_postMessage(channel=there, text="x")["channel"] == direct["channel"]
    assert web.users_info(user=ana.id)["user"]["deleted"] is True
    assert refused(lambda: web.conversations_open(users=[ana.id])) == "user_disabled"


def test_text_is_cut_on_posting_and_refused_on_updating(web: WebClient, ana: Person, channel: str) -> None:
    """40,000 characters for chat.postMessage without an error, 4,000 for chat.update."""
    sent = web.chat_postMessage(channel=channel, text="x" * 40_001)
    assert len(sent["message"]["text"]) == 40_000
    assert (
        refused(lambda: web.chat_update(channel=channel, ts=sent["ts"], text="x" * 4_001)) == "msg_too_long"
    )
    assert refused(lambda: web.api_call("chat.postMessage", json={"channel": channel})) == "no_text"


def test_blocks_slack_would_refuse_are_refused_with_their_pointers(web: WebClient, channel: str) -> None:
    answer = answered(lambda: web.chat_postMessage(channel=channel, text="x", blocks=[section("x" * 3001)]))
    assert answer["error"] == "invalid_blocks"
    assert "/blocks/0/text" in answer["response_metadata"]["messages"][0]
    broken = {"channel": channel, "text": "x", "blocks": "[{"}
    assert refused(lambda: web.api_call("chat.postMessage", json=broken)) == "invalid_blocks_format"


@pytest.mark.parametrize(
    ("lengths", "is_taken"),
    [([3000] * 4, True), ([3000] * 4 + [1], False), ([225] * 48, False), ([100] * 50, True)],
    ids=["12,000 characters", "one more", "in many blocks", "many short blocks"],
)
def test_all_blocks_of_a_message_share_what_they_may_say(
    web: WebClient, ana: Person, channel: str, lengths: list[int], *, is_taken: bool
) -> None:
    """12,000 characters, and each block counts beside its words: posted, edited, planned, for one alone."""
    blocks = [section("x" * length) for length in lengths]
    ts = web.chat_postMessage(channel=channel, text="x")["ts"]
    ways: list[Callable[[], object]] = [
        lambda: web.chat_postMessage(channel=channel, text="x", blocks=blocks),
        lambda: web.chat_update(channel=channel, ts=ts, text="x", blocks=blocks),
        lambda: web.chat_postEphemeral(channel=channel, user=ana.id, text="x", blocks=blocks),
        lambda: web.chat_scheduleMessage(
            channel=channel, post_at=int(T0.timestamp()) + DAY, text="x", blocks=blocks
        ),
    ]
    for way in ways:
        if is_taken:
            way()
        else:
            assert refused(way) == "msg_blocks_too_long"


def test_an_update_with_text_alone_removes_the_blocks(web: WebClient, ana: Person, channel: str) -> None:
    """With blocks nothing says "edited"; without, it does."""
    sent = web.chat_postMessage(
        channel=channel, text="poll", blocks=[section("Vote!"), actions(button("Yes", "y"))]
    )
    web.chat_update(channel=channel, ts=sent["ts"], text="poll", blocks=[section("Vote now!")])
    (seen,) = ana.messages("#team")
    assert (seen.all_text, seen.edited) == ("Vote now!", False)
    web.chat_update(channel=channel, ts=sent["ts"], text="closed")
    (seen,) = ana.messages("#team")
    assert (seen.all_text, seen.blocks, seen.edited) == ("closed", [], True)


def test_only_own_messages_can_be_changed(web: WebClient, ana: Person, channel: str) -> None:
    ts = ana.say("#team", "mine")
    assert refused(lambda: web.chat_update(channel=channel, ts=ts, text="yours")) == "cant_update_message"
    assert refused(lambda: web.chat_delete(channel=channel, ts=ts)) == "cant_delete_message"
    assert refused(lambda: web.chat_update(channel=channel, ts="1.000000", text="x")) == "message_not_found"


def test_an_ephemeral_is_for_one_pair_of_eyes_until_they_reload(
    web: WebClient, slack: Playground, ana: Person, bo: Person, channel: str
) -> None:
    ts = web.chat_postEphemeral(channel=channel, user=ana.id, text="only you")["message_ts"]
    assert [one.text for one in ana.ephemerals("#team")] == ["only you"]
    assert bo.messages("#team") == []
    assert refused(lambda: web.chat_update(channel=channel, ts=ts, text="x")) == "message_not_found"
    assert web.conversations_history(channel=channel)["messages"] == []
    ana.reload()
    assert ana.messages("#team") == []


def test_ephemerals_reach_members_who_are_there(
    web: WebClient, slack: Playground, bo: Person, channel: str
) -> None:
    """user_not_in_channel for others; to who is away it is lost without a word."""
    chidi = slack.add_person("Chidi")
    outsider: dict[str, Any] = {"channel": channel, "user": chidi.id, "text": "x"}
    assert refused(lambda: web.chat_postEphemeral(**outsider)) == "user_not_in_channel"
    slack.change_person(bo.id, active=False)
    web.chat_postEphemeral(channel=channel, user=bo.id, text="x")
    assert bo.messages("#team") == []


def test_a_scheduled_message_appears_when_the_clock_is_there(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    due = int((T0 + timedelta(hours=1)).timestamp())
    made = web.chat_scheduleMessage(channel=channel, post_at=due, text="later")
    assert [one["id"] for one in web.chat_scheduledMessages_list()["scheduled_messages"]] == [
        made["scheduled_message_id"]
    ]
    slack.advance(3599)
    assert ana.messages("#team") == []
    slack.advance(1)
    assert [(one.text, one.ts) for one in ana.messages("#team")] == [("later", f"{due}.000000")]
    again = {"channel": channel, "scheduled_message_id": made["scheduled_message_id"]}
    assert refused(lambda: web.chat_deleteScheduledMessage(**again)) == "invalid_scheduled_message_id"


def test_who_may_post_where_the_app_is_not_may_schedule_there(
    web: WebClient, slack: Playground, ana: Person
) -> None:
    away = slack.add_channel("away", [ana.id], bot=False)
    due = int((T0 + timedelta(hours=1)).timestamp())
    assert refused(lambda: web.chat_scheduleMessage(channel=away, post_at=due, text="x")) == "not_in_channel"
    slack.set_app(scopes=["chat:write", "chat:write.public"])
    web.chat_scheduleMessage(channel=away, post_at=due, text="for all")
    slack.advance(3600)
    assert [one.text for one in ana.messages("#away")] == ["for all"]


def test_scheduling_has_its_limits(web: WebClient, slack: Playground, ana: Person, channel: str) -> None:
    """Not in the past, 120 days ahead at most, 30 in five minutes; with metadata it is never posted."""
    now = int(T0.timestamp())

    def schedule(post_at: int, **more: Any) -> Callable[[], object]:
        return lambda: web.chat_scheduleMessage(channel=channel, post_at=post_at, text="x", **more)

    assert refused(schedule(now)) == "time_in_past"
    assert refused(schedule(now + 120 * DAY + 1)) == "time_too_far"
    schedule(now + 60, metadata={"event_type": "nonce", "event_payload": {}})()
    for _ in range(30):
        schedule(now + DAY)()
    assert refused(schedule(now + DAY + 299)) == "restricted_too_many"
    schedule(now + DAY + 300)()
    slack.advance(61)
    assert ana.messages("#team") == []
