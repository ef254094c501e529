"""The app as installed in the workspace: its ids, tokens and granted scopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playground import workspace


@dataclass
class InstalledApp:
    """The app here; it is reached at `request_url`, or by Socket Mode where there is none."""

    scopes: list[str]
    base_url: str
    app_id: str = "A0PLAYGROUND"
    team_id: str = workspace.TEAM_ID
    team_name: str = workspace.TEAM_NAME
    enterprise_id: str = ""  # of the organization the workspace belongs to, if any
    bot_user_id: str = "U0BOT"
    bot_id: str = "B0BOT"
    bot_token: str = "xoxb-playground"  # noqa: S105 - no secret: the playground makes it up and tells everybody
    app_token: str = "xapp-playground"  # noqa: S105 - the same
    signing_secret: str = "playground-signing-secret"  # noqa: S105 - the same
    request_url: str | None = None
    token_revoked: bool = False
    tells_scopes: bool = True  # with each answer to a bot token, in X-OAuth-Scopes

    @property
    def ids(self) -> dict[str, Any]:
        return {"app_id": self.app_id, "bot_id": self.bot_id, "team_id": self.team_id}
