"""Who we are in Slack: asked once at the start, so that no request waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot import reach
from handlers.slack.calls import NotTaken, call


@dataclass(frozen=True)
class Identity:
    slack_team: str
    organization: str | None  # the Enterprise organization the workspace belongs to
    bot_id: str
    bot_user: str
    scopes: frozenset[str] | None  # granted to the token; None where Slack does not say


class Myself:
    """Who this bot is, from when Slack has said so."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self.known: AuthorizeResult | None = None  # as Bolt wants it, the same for every request

    @property
    def slack_team(self) -> str | None:
        """The workspace our token is of; None until Slack has said so."""
        return self.known.team_id if self.known else None

    def ask(self) -> None:
        """Ask Slack, once.

        Raises NotWelcomeError when the token is wrong, revoked, or belongs to a closed account,
        and OutOfReachError when Slack did not answer.
        """
        if self.known:
            return
        identity = identify(self._client)
        self.known = AuthorizeResult(
            enterprise_id=identity.organization,
            team_id=identity.slack_team,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user,
            bot_token=self._client.token,
        )


def identify(client: WebClient) -> Identity:
    """Ask Slack once who the token belongs to.

    Raises NotWelcomeError when the token is wrong, revoked, or belongs to a closed account,
    and OutOfReachError when Slack did not answer.
    """
    headers: dict[str, str] = {}

    def auth_test() -> SlackResponse:
        response = client.auth_test()
        headers.update(response.headers)
        return response

    try:
        answer = call("auth.test", auth_test)
    except NotTaken as fault:
        raise reach.of(fault, "SLACK_BOT_TOKEN") from fault
    return Identity(
        slack_team=answer["team_id"],
        organization=answer.get("enterprise_id"),
        bot_id=answer["bot_id"],
        bot_user=answer["user_id"],
        scopes=_granted(headers),
    )


def _granted(headers: Mapping[str, str]) -> frozenset[str] | None:
    listed = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    return None if listed is None else frozenset(filter(None, map(str.strip, listed.split(","))))
