"""What the app hears of: messages of every subtype, mentions, metadata, comings and goings (rule 16)."""

import pytest
from slack_sdk import WebClient

from playground.client import NotThere, Person, Playground
from tests.playground.conftest import Connect


def test_the_apps_own_messages_come_back_as_events(
    web: WebClient, slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    """Rule 16: posts, changes, deletions and broadcast replies, each with its subtype."""
    seen = connect()
    sent = web.chat_postMessage(channel=channel, text="one")
    web.chat_update(channel=channel, ts=sent["ts"], text="two")
    more = {"thread_ts": sent["ts"], "reply_broadcast": True}
    reply = web.chat_postMessage(channel=channel, text="reply", **more)["ts"]
    web.chat_delete(channel=channel, ts=reply)
    slack.wait_for(lambda: len(seen.events("message")) == 4)
    by_subtype = {event.get("subtype"): event for event in seen.events("message")}
    assert set(by_subtype) == {None, "message_changed", "thread_broadcast", "message_deleted"}
    assert by_subtype[None]["bot_id"] == slack.app["bot_id"]
    assert by_subtype["message_changed"]["message"]["text"] == "two"
    assert by_subtype["message_changed"]["previous_message"]["text"] == "one"
    assert by_subtype["message_deleted"]["deleted_ts"] == reply


def test_the_app_hears_only_what_it_subscribes_may_and_is_there_for(
    slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    seen = connect()
    elsewhere = slack.add_channel("elsewhere", [ana.id], bot=False)
    ana.say(elsewhere, "not for the app")
    slack.set_app(scopes=[one for one in slack.app["scopes"] if one != "channels:history"])
    ana.say("#team", "<@U0BOT> no right to read, but a mention")
    slack.wait_for(lambda: seen.events("app_mention"))
    ana.say("Tester", "a direct word")
    slack.wait_for(lambda: seen.events("message"))
    assert [(event["text"], event["channel_type"]) for event in seen.events("message")] == [
        ("a direct word", "im")
    ]


def test_metadata_is_told_to_who_subscribes_its_type(
    web: WebClient, slack: Playground, channel: str, connect: Connect
) -> None:
    seen = connect()
    for kind in ("other", "nonce"):
        web.chat_postMessage(
            channel=channel, text="x", metadata={"event_type": kind, "event_payload": {"id": "1"}}
        )
    slack.wait_for(lambda: seen.events("message_metadata_posted"))
    (told,) = seen.events("message_metadata_posted")
    assert told["metadata"] == {"event_type": "nonce", "event_payload": {"id": "1"}}


def test_people_who_come_and_go_are_announced(
    slack: Playground, ana: Person, bo: Person, channel: str, connect: Connect
) -> None:
    seen = connect()
    bo.leave("#team")
    bo.join("#team")
    slack.wait_for(lambda: seen.events("member_joined_channel"))
    assert [event["user"] for event in seen.events("member_left_channel")] == [bo.id]
    assert seen.events("member_joined_channel")[0]["channel"] == channel


def test_who_can_read_a_channel_is_told_to_who_may_know_and_made_public_only_among_messages(
    web: WebClient, slack: Playground, ana: Person, bo: Person, connect: Connect
) -> None:
    """An app that takes no messages would not hear of it; of a private one only who may read groups hears."""
    seen = connect()
    own = slack.add_channel("own", [ana.id], private=True)
    slack.change_channel(own, shared_with="T0CLINIC")
    assert web.conversations_info(channel=own)["channel"]["is_ext_shared"]
    slack.change_channel(own, shared_with="")
    slack.wait_for(lambda: seen.events("channel_unshared"))
    (shared,), (unshared,) = seen.events("channel_shared"), seen.events("channel_unshared")
    assert (shared["connected_team_id"], shared["channel"]) == ("T0CLINIC", own)
    assert (unshared["previously_connected_team_id"], unshared["is_ext_shared"]) == ("T0CLINIC", False)
    slack.set_app(scopes=[one for one in slack.app["scopes"] if one != "groups:read"])
    slack.change_channel(own, members=[ana.id, bo.id])
    with pytest.raises(NotThere):
        slack.add_person("sam").join(own)
    slack.change_channel(own, private=False)
    slack.wait_for(lambda: seen.events("message"))
    assert [event["subtype"] for event in seen.events("message")] == ["channel_convert_to_public"]
    assert seen.events("member_joined_channel") == []
    assert not web.conversations_info(channel=own)["channel"]["is_private"]


def test_what_people_type_arrives_escaped_and_with_ids(
    slack: Playground, ana: Person, bo: Person, channel: str, connect: Connect
) -> None:
    seen = connect(lambda app: app.command("/ask")(lambda ack: ack()))
    ana.say("#team", "@Bo 1 < 2 & #team")
    assert ana.messages("#team")[-1].text == f"<@{bo.id}> 1 &lt; 2 &amp; <#{channel}|team>"
    ana.command("#team", "/ask @Bo")
    assert seen.bodies[-1]["text"] == f"<@{bo.id}|bo>"
