"""Learns from Slack who can read the teams' channels: asked now and then, and told who comes and goes."""

from datetime import datetime, timedelta
from functools import partial

import structlog
from slack_bolt import Args

from handlers.context import Deps
from handlers.delivery.asking import ask
from handlers.feature import Feature
from handlers.places import views
from handlers.slack.blocks import Block
from handlers.slack.calls import NotTaken
from models.database import Connection
from models.rules.home import HomeReader
from models.services.collaborative import people
from models.services.delivery import audiences, places

SOON = timedelta(minutes=1)

log = structlog.get_logger(__name__)


def doubt(deps: Deps, args: Args) -> None:
    """Somebody came or left, or a channel is shared with another organization, or no more."""
    team, channel = args.context.team_id or "", str(args.body["event"].get("channel") or "")
    deps.db.write(lambda db: places.doubt(db, team, channel))


def ask_slack(deps: Deps) -> bool:
    """Ask Slack about some of the channels it was not asked about for long; whether there may be more."""
    slack_team = deps.slack_team()
    if deps.slack is None or slack_team is None:
        return False
    if not deps.db.read(lambda db: places.is_any_to_ask(db, slack_team, deps.clock.now())):
        return False
    taken = deps.db.write(lambda db: places.take(db, slack_team, deps.clock.now()))
    for each in taken:
        try:
            place = ask(deps.slack, each.channel, deps.bot_user())
        except NotTaken as fault:
            log.warning("channels could not be asked about", reason=fault.refusal.reason)
            now = deps.clock.now()
            when = now + max(fault.refusal.wait, SOON)
            deps.db.write(partial(places.ask_later, workspace_id=each.workspace_id, when=when, now=now))
            return False
        deps.db.write(partial(places.keep, request=each, place=place, now=deps.clock.now()))
    return len(taken) == places.AT_ONCE


def at_home(db: Connection, who: HomeReader, now: datetime) -> list[Block]:
    """For who runs a collaborative: which teams' channels others can read, and what that means."""
    scopes = {each.acting.collaborative: each.acting.member for each in who.standings}
    run = [scope for scope, member in scopes.items() if member in people.staff(db, scope.id)]
    return views.open_channels([each for scope in run for each in audiences.open_ones(db, scope, now)])


EVENTS = ("member_joined_channel", "member_left_channel", "channel_shared", "channel_unshared")
FEATURE = Feature(
    events=dict.fromkeys(EVENTS, doubt), clock={"places": ask_slack}, home={"channels": at_home}
)
