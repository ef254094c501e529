"""Who the bot is, as Slack says at the start."""

from slack_sdk import WebClient

from bot.identity import Myself
from playground.server import Served


def test_the_bot_knows_its_workspace_and_its_organization(served: Served) -> None:
    """People of one organization are the same in all its workspaces."""
    served.client.set_app(enterprise_id="E0OURS")
    known = served.client.app
    myself = Myself(WebClient(known["bot_token"], served.api_url))
    myself.ask()
    assert myself.known
    assert (myself.known.team_id, myself.known.enterprise_id) == (known["team_id"], "E0OURS")
