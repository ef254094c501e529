"""Who am I, does it answer at all, and an address for Socket Mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.methods.registry import method
from playground.refusal import Refused

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call


@method("auth.test", tier=0, token="any")  # noqa: S106 - a kind of token
def auth_test(call: Call) -> Answer:
    """Whose token this is."""
    app = call.slack.app
    organization = {"enterprise_id": app.enterprise_id} if app.enterprise_id else {}
    return organization | {
        "url": f"{app.base_url}/",
        "team": app.team_name,
        "user": call.slack.workspace.people[app.bot_user_id].name,
        "team_id": app.team_id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "app_id": app.app_id,
        "is_enterprise_install": False,
    }


@method("api.test", tier=4, token="none", takes="error foo")  # noqa: S106 - a kind of token
def api_test(call: Call) -> Answer:
    """Echo the arguments, or fail as asked."""
    if call.get("error"):
        raise Refused(call.get("error"), args=call.arguments)
    return {"args": call.arguments}


@method("apps.connections.open", tier=3, token="app")  # noqa: S106 - a kind of token
def connections_open(call: Call) -> Answer:
    """A one-time address for a Socket Mode connection."""
    return {"url": call.slack.sockets.address()}
