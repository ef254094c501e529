"""Messages for later: schedule, list, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground import content, posting
from playground.methods.chat import LOOKS, TEXT, WRITE, target
from playground.methods.history import EARLIEST, LATEST, micro, moment
from playground.methods.registry import method, page

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call
    from playground.scheduled import Pending
    from playground.slack import Slack


@method(
    "chat.scheduleMessage",
    tier=3,
    scopes=WRITE,
    needs="channel post_at:int",
    takes=f"{TEXT} {LOOKS} thread_ts reply_broadcast:bool",
    missing="link previews, reply_broadcast; with metadata it is never posted, as on Slack",
)
def schedule_message(call: Call) -> Answer:
    """Post a message when the clock reaches `post_at`."""
    channel, read = target(call), content.read(call.slack, call.arguments)
    thread = content.thread(channel, call.get("thread_ts"))
    said = {**read, "thread_ts": thread}
    made = call.slack.scheduled.add(channel, call.get("post_at"), said, lambda due: _post(call.slack, due))
    written = {"text": read["text"], "bot_id": call.slack.app.bot_id, "type": "delayed_message"}
    return {
        "channel": channel.id,
        "scheduled_message_id": made.id,
        "post_at": made.post_at,
        "message": written,
    }


def _post(slack: Slack, due: Pending) -> None:
    """Slack's page warns that a message with metadata is never posted; so it is here."""
    channel = slack.workspace.channels[due.channel]
    public = channel.kind == "channel" and "chat:write.public" in slack.app.scopes
    able = (public or slack.app.bot_user_id in channel.members) and not channel.archived
    if due.content.get("metadata") is None and able and not slack.app.token_revoked:
        posting.post_as_app(slack, channel, **due.content)


@method(
    "chat.deleteScheduledMessage",
    tier=3,
    scopes=WRITE,
    needs="channel scheduled_message_id",
    takes="as_user:bool",
)
def delete_scheduled_message(call: Call) -> Answer:
    """Take back a message that was not posted yet."""
    call.slack.scheduled.remove(call.get("scheduled_message_id"), call.channel())
    return {}


@method(
    "chat.scheduledMessages.list",
    tier=3,
    scopes=WRITE,
    takes="channel cursor latest oldest limit:int",
)
def scheduled_messages_list(call: Call) -> Answer:
    """What waits to be posted, soonest first."""
    pending = sorted(call.slack.scheduled.pending.values(), key=lambda one: one.post_at)
    earliest, latest = micro(moment(call, "oldest", EARLIEST)), micro(moment(call, "latest", LATEST))
    wanted = [
        one
        for one in pending
        if call.get("channel") in (None, one.channel) and earliest <= micro(str(one.post_at)) <= latest
    ]
    shown, cursor = page(call, wanted)
    return {
        "scheduled_messages": [_written(one) for one in shown],
        "response_metadata": {"next_cursor": cursor},
    }


def _written(one: Pending) -> dict[str, Any]:
    return {
        "id": one.id,
        "channel_id": one.channel,
        "post_at": one.post_at,
        "date_created": one.created,
        "text": one.content["text"],
    }
