"""Lists, members, direct messages, joining, reactions and pins, as the app sees them."""

from typing import Any

import pytest
from slack_sdk import WebClient

from playground.client import Person, Playground, Refusal
from tests.playground.conftest import Connect
from tests.playground.refusals import refused


def test_lists_show_what_the_app_may_see(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    """Public channels, private ones from inside only, archived ones unless excluded; a page at a time."""
    slack.add_channel("secret", [ana.id], private=True, bot=False)
    inside = slack.add_channel("inside", [ana.id], private=True)
    old = slack.add_channel("old", [ana.id], archived=True)
    everything = web.conversations_list(types="public_channel,private_channel", limit=2)
    names = [one["name"] for page in everything for one in page["channels"]]
    assert names == ["team", "inside", "old"]
    kept = web.conversations_list(exclude_archived=True)["channels"]
    assert [(one["id"], one["is_member"]) for one in kept] == [(channel, True)]
    assert web.conversations_info(channel=old)["channel"]["is_archived"]
    mine = web.users_conversations(user=ana.id, types="private_channel")["channels"]
    assert [one["id"] for one in mine] == [inside]
    assert refused(lambda: web.conversations_list(types="public_channel,mpim")) == "missing_scope"
    assert refused(lambda: web.conversations_list(types="cupboard")) == "invalid_types"


def test_people_are_listed_with_the_deactivated_and_the_bot(
    web: WebClient, slack: Playground, ana: Person, bo: Person, channel: str
) -> None:
    slack.change_person(ana.id, tz="Europe/Berlin")
    slack.change_person(bo.id, deleted=True)
    members = {one["name"]: one for one in web.users_list()["members"]}
    assert set(members) == {"tester", "ana", "bo"}
    assert (members["bo"]["deleted"], members["ana"]["tz_offset"]) == (True, 3600)
    assert members["tester"]["is_bot"]
    assert web.users_info(user=ana.id)["user"]["real_name"] == "Ana"
    assert refused(lambda: web.users_info(user="U0")) == "user_not_found"
    assert set(web.conversations_members(channel=channel)["members"]) == {
        ana.id,
        bo.id,
        slack.app["bot_user_id"],
    }


def test_a_direct_message_is_opened_once(web: WebClient, ana: Person) -> None:
    first = web.conversations_open(users=[ana.id])
    again = web.conversations_open(users=[ana.id], return_im=True)
    assert again["already_open"]
    assert (again["channel"]["id"], again["channel"]["user"]) == (first["channel"]["id"], ana.id)
    assert refused(lambda: web.conversations_open(users=["U0"])) == "user_not_found"


def test_the_app_joins_public_channels_itself(web: WebClient, slack: Playground, ana: Person) -> None:
    away = slack.add_channel("away", [ana.id], bot=False)
    assert web.conversations_join(channel=away)["channel"]["is_member"]
    web.chat_postMessage(channel=away, text="here now")


def test_reactions_and_pins(
    web: WebClient, slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    seen = connect()
    ts = ana.say("#team", "done")
    place: dict[str, Any] = {"channel": channel, "timestamp": ts}
    web.reactions_add(name="tada", **place)
    assert refused(lambda: web.reactions_add(name="tada", **place)) == "already_reacted"
    ana.react(ana.messages("#team")[0], "tada")
    slack.wait_for(lambda: len(seen.events("reaction_added")) == 2)
    (shown,) = web.reactions_get(**place)["message"]["reactions"]
    assert (shown["name"], shown["count"]) == ("tada", 2)
    web.reactions_remove(name="tada", **place)
    assert refused(lambda: web.reactions_remove(name="tada", **place)) == "no_reaction"
    web.pins_add(**place)
    assert refused(lambda: web.pins_add(**place)) == "already_pinned"


def test_blocks_validate_tells_every_problem(web: WebClient) -> None:
    good = {"type": "section", "text": {"type": "mrkdwn", "text": "fine"}}
    bad = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    assert web.api_call("blocks.validate", json={"blocks": [good]})["ok"]
    answer = web.api_call
    assert refused(lambda: answer("blocks.validate", json={"blocks": [good, bad]})) == "invalid_blocks"
    assert refused(lambda: answer("blocks.validate", json={})) == "invalid_arguments"


@pytest.mark.parametrize("name", ["Team", "two words", "x" * 81, "#team"])
def test_a_channel_is_named_as_slack_would_have_it(name: str, slack: Playground, channel: str) -> None:
    """In lower case, without spaces, within 80 characters, and like no other; when renamed, too."""
    other = slack.add_channel("other")
    with pytest.raises(Refusal, match=r"invalid_name|name_taken"):
        slack.add_channel(name)
    with pytest.raises(Refusal, match=r"invalid_name|name_taken"):
        slack.change_channel(other, name=name)


def test_nobody_uses_a_command_where_they_cannot_write(slack: Playground, ana: Person, channel: str) -> None:
    """Slack shows no message box there."""
    slack.add_channel("elsewhere")
    with pytest.raises(Refusal, match="cannot_write_here"):
        ana.command("#elsewhere", "/ask")
    slack.change_channel(channel, archived=True)
    with pytest.raises(Refusal, match="cannot_write_here"):
        ana.command("#team", "/ask")
