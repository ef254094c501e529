"""People: one, all, and the conversations someone is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.methods.conversations import ANY_READ, kinds, listed
from playground.methods.registry import method, page
from playground.refusal import Refused
from playground.rendering import person_json

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call
    from playground.workspace import Person

READ = ("users:read",)


@method("users.info", tier=4, scopes=READ, needs="user", takes="include_locale:bool", missing="no locale")
def info(call: Call) -> Answer:
    """One person, the deactivated and those of other workspaces included."""
    return {"user": person_json(call.slack, call.person(call.get("user")))}


@method(
    "users.list",
    tier=2,
    scopes=READ,
    takes="cursor include_locale:bool limit:int",
    missing="no locale",
)
def list_(call: Call) -> Answer:
    """Everybody of this workspace, the deactivated and the bot included; nobody of another."""
    people = _own(call)
    shown, cursor = page(call, people, usual=len(people))
    written = [person_json(call.slack, one) for one in shown]
    return {
        "members": written,
        "cache_ts": call.slack.workspace.seconds(),
        "response_metadata": {"next_cursor": cursor},
    }


@method("users.lookupByEmail", tier=3, scopes=("users:read.email",), needs="email")
def lookup_by_email(call: Call) -> Answer:
    """The person with this address."""
    email = call.get("email")
    found = next((one for one in _own(call) if one.email == email and not one.deleted), None)
    if found is None:
        raise Refused("users_not_found")
    return {"user": person_json(call.slack, found)}


def _own(call: Call) -> list[Person]:
    people = call.slack.workspace.people.values()
    return [one for one in people if one.team_id == call.slack.app.team_id]


@method(
    "users.conversations",
    tier=2,
    scopes=ANY_READ,
    takes="cursor exclude_archived:bool limit:int types:list user",
)
def conversations(call: Call) -> Answer:
    """The conversations a person (or the app) is in, of those the app can see."""
    wanted, bot = kinds(call), call.slack.app.bot_user_id
    person = call.person(call.get("user") or bot)
    visible = call.slack.workspace.visible(bot)
    return listed(call, [one for one in visible if one.kind in wanted and person.id in one.members])
