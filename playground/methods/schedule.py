"""Messages for later: schedule, list, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground import content
from playground.methods.chat import LOOKS, TEXT, WRITE, target
from playground.methods.history import EARLIEST, LATEST, micro, moment
from playground.methods.registry import method, page

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call
    from playground.scheduled import Pending


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
    made = call.slack.scheduled.add(channel, call.get("post_at"), {**read, "thread_ts": thread})
    written = {"text": read["text"], "bot_id": call.slack.app.bot_id, "type": "delayed_message"}
    return {
        "channel": channel.id,
        "scheduled_message_id": made.id,
        "post_at": made.post_at,
        "message": written,
    }


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
