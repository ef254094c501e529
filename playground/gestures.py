"""What a person does in Slack: commands, messages, shortcuts, coming and going, and acts on elements."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from playground import answers, content, control_schema, events, interaction, modals, payloads, posting
from playground.blocks.kinds import Anything, Choice, Flag, Keys, String
from playground.blocks.shapes import Schema
from playground.escaping import escaped, mentions
from playground.locations import Location, visible_channel, visible_message
from playground.refusal import NotPossible, Refused, nothing_there
from playground.views import as_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.reply import Reply
    from playground.slack import Slack
    from playground.workspace import Channel, Person

JSON = dict[str, Any]
TEXT = String()


async def perform(slack: Slack, gesture: JSON) -> JSON:
    """Do what `gesture` says and answer when the app has acknowledged it, or Slack would have given up.

    Raises:
        NotPossible: this person cannot do that.
    """
    person = slack.workspace.people.get(str(gesture.get("person")))
    if person is None or person.deleted or person.is_bot:
        raise NotPossible("no_such_person", "Nobody by this id can act here.", 404)
    act = GESTURES.get(str(gesture.get("do")))
    if act is None:
        raise NotPossible("unknown_gesture", f"People can: {', '.join(sorted(GESTURES))}.")
    control_schema.check(act.schema, gesture)
    entry = slack.journal.add("gesture", gesture=dict(gesture))
    done = act.do(slack, person, gesture)
    answer: JSON = await done if inspect.isawaitable(done) else done
    entry["answer"] = answer
    slack.changed()
    return answer


async def command(slack: Slack, person: Person, what: JSON) -> JSON:
    """Type a slash command; its answer shows to this person alone unless it says in_channel."""
    channel = _written_in(slack, person, what["channel"])
    name, _, text = what["text"].strip().partition(" ")
    found = next((one for one in slack.manifest.commands if one.command == name), None)
    if found is None or not person.is_full_member:
        raise nothing_there(f"command {name}")
    typed = escaped(text.strip())
    typed = mentions(slack, typed, named=True) if found.should_escape else typed
    reply = await slack.delivery.interact(
        "slash_commands", payloads.command(slack, person, channel, name, typed)
    )
    if reply.ok:
        _answered(slack, person, channel, what["text"], reply)
    else:
        error = "operation_timeout" if reply.reason == "http_timeout" else "dispatch_failed"
        slack.notify(person.id, f'{name} failed with the error "{error}"')
    return {"acknowledged": reply.ok}


def _answered(slack: Slack, person: Person, channel: Channel, typed: str, reply: Reply) -> None:
    body, name = reply.body or {}, typed.split(maxsplit=1)[0]
    try:
        content.check(answers.ACKNOWLEDGEMENT, body, "")
        if body.get("response_type") == "in_channel":
            posting.post(slack, channel, person.id, text=typed)
        if body.get("text") or body.get("blocks") or body.get("attachments"):
            answers.show(slack, channel, person.id, body)
    except Refused as refused:
        slack.journal.add("ack", of=name, refused=refused.as_json(), payload=body)
        slack.notify(person.id, f'{name} failed with the error "dispatch_failed"')


def _written_in(slack: Slack, person: Person, reference: str) -> Channel:
    """A conversation that shows this person a message box."""
    channel = visible_channel(slack, person, reference)
    if person.id not in channel.members or channel.archived:
        raise NotPossible("cannot_write_here", "Only members can write here, and not in an archived channel.")
    return channel


def message(slack: Slack, person: Person, what: JSON) -> JSON:
    """Say something in a channel the person is in, or to somebody."""
    channel = _written_in(slack, person, what["channel"])
    bot = slack.app.bot_user_id
    if channel.kind == "im" and bot in channel.members and not slack.manifest.takes_messages:
        raise NotPossible("cannot_write_here", "Sending messages to this app has been turned off.")
    thread = what.get("thread_ts")
    if thread is not None and thread not in channel.messages:
        raise nothing_there(f"message {thread}")
    sent = posting.post(
        slack, channel, person.id, text=mentions(slack, escaped(what["text"])), thread_ts=thread
    )
    return {"ts": sent.ts, "channel": channel.id}


async def shortcut(slack: Slack, person: Person, what: JSON) -> JSON:
    """Use a shortcut: from the composer, or from a message's menu when `ts` is given."""
    kind = "message" if what.get("ts") else "global"
    known = {one.callback_id for one in slack.manifest.shortcuts if one.type == kind}
    if what["callback_id"] not in known or not person.is_full_member:
        raise nothing_there(f"{kind} shortcut {what['callback_id']}")
    if kind == "message":
        location = Location(what["ts"], {}, [], message=visible_message(slack, person, what))
        payload = payloads.message_shortcut(slack, person, what["callback_id"], location)
    else:
        payload = payloads.shortcut(slack, person, what["callback_id"])
    reply = await slack.delivery.interact("interactive", payload)
    if not reply.ok:
        slack.notify(person.id, interaction.TROUBLE)
    return {"acknowledged": reply.ok}


def open_home(slack: Slack, person: Person, what: JSON) -> JSON:
    """Look at the app's home tab, or with `tab: "messages"` at its messages."""
    tab = what.get("tab", "home")
    direct = slack.workspace.open_im(person.id, slack.app.bot_user_id)
    view = slack.views.homes.get(person.id)
    shown = as_json(view, slack.app.ids) if view is not None and tab == "home" else None
    events.home_opened(slack, person.id, tab, direct.id, shown)
    return {}


def join(slack: Slack, person: Person, what: JSON) -> JSON:
    """Join a public channel."""
    channel = visible_channel(slack, person, what["channel"])
    if channel.archived:
        raise NotPossible("is_archived", "This channel is archived.")
    posting.join(slack, channel, person.id)
    return {}


def leave(slack: Slack, person: Person, what: JSON) -> JSON:
    """Leave a channel."""
    posting.leave(slack, visible_channel(slack, person, what["channel"]), person.id)
    return {}


def read(slack: Slack, person: Person, what: JSON) -> JSON:
    """See all that is in a channel."""
    channel = visible_channel(slack, person, what["channel"])
    channel.read[person.id] = max(channel.messages, default="0")
    return {}


def dismiss(slack: Slack, person: Person, what: JSON) -> JSON:
    """Put a notice away."""
    slack.notices = [n for n in slack.notices if not (n.id == what["notice"] and n.person == person.id)]
    return {}


def reload(slack: Slack, person: Person, _what: JSON) -> JSON:
    """Reload Slack: ephemeral messages are gone."""
    for channel in slack.workspace.channels.values():
        channel.ephemerals = {ts: one for ts, one in channel.ephemerals.items() if one.viewer != person.id}
    return {}


def react(slack: Slack, person: Person, what: JSON) -> JSON:
    """Add a reaction to a message, or take it back."""
    channel, found = visible_message(slack, person, what)
    people = found.reactions.setdefault(what["name"], [])
    verb = "removed" if person.id in people else "added"
    (people.remove if verb == "removed" else people.append)(person.id)
    if not people:
        del found.reactions[what["name"]]
    events.reaction(slack, (channel, found), what["name"], person.id, verb)
    return {}


class Gesture:
    """What to do, the fields without which it cannot be done, and those it may have."""

    def __init__(self, do: Callable[[Slack, Person, JSON], Any], needs: Keys, may: Keys) -> None:
        self.do = do
        self.schema = Schema("gesture", {"person": TEXT, "do": TEXT, **needs}, may)


CHANNEL: Keys = {"channel": TEXT}
MESSAGE: Keys = {"channel": TEXT, "ts": TEXT}
VIEW: Keys = {"view": TEXT}
ELEMENT: Keys = {"action_id": TEXT}
SURFACE: Keys = {**MESSAGE, **VIEW, "home": Flag(), "block_id": TEXT}
ANY_VALUE: Keys = {"value": Anything()}

GESTURES = {
    "command": Gesture(command, {**CHANNEL, "text": TEXT}, {}),
    "message": Gesture(message, {**CHANNEL, "text": TEXT}, {"thread_ts": TEXT}),
    "press": Gesture(interaction.press, ELEMENT, {**SURFACE, **ANY_VALUE}),
    "select": Gesture(interaction.select, ELEMENT, {**SURFACE, **ANY_VALUE}),
    "fill": Gesture(interaction.fill, {"block_id": TEXT}, {**SURFACE, **ANY_VALUE}),
    "suggest": Gesture(interaction.suggest, ELEMENT, {**SURFACE, "value": String(0)}),
    "submit": Gesture(modals.submit, VIEW, {}),
    "close": Gesture(modals.close, VIEW, {"all": Flag()}),
    "shortcut": Gesture(shortcut, {"callback_id": TEXT}, MESSAGE),
    "open_home": Gesture(open_home, {}, {"tab": Choice(("home", "messages"))}),
    "join": Gesture(join, CHANNEL, {}),
    "leave": Gesture(leave, CHANNEL, {}),
    "read": Gesture(read, CHANNEL, {}),
    "dismiss": Gesture(dismiss, {"notice": TEXT}, {}),
    "reload": Gesture(reload, {}, {}),
    "react": Gesture(react, {**MESSAGE, "name": TEXT}, {}),
}
