"""Learns from Slack where members are and who has left it: asked now and then, and told of each change."""

from datetime import timedelta
from functools import partial

import structlog
from slack_bolt import Args

from handlers.context import Deps
from handlers.delivery import reach
from handlers.feature import Feature
from handlers.slack.calls import NotTaken
from models.rules.delivery.outcomes import Outcome
from models.rules.delivery.verdicts import Refusal
from models.services.delivery import accounts
from models.services.delivery.accounts import OnLeft

log = structlog.get_logger(__name__)

SOON, LATER = timedelta(minutes=1), timedelta(hours=1)
_PASSING = frozenset({Outcome.RATE, Outcome.NOT_SENT, Outcome.UNSURE})


def feature(on_left: tuple[OnLeft, ...]) -> Feature:
    """Accounts, with what follows for other features when somebody left Slack."""
    return Feature(
        events={"user_change": partial(change, on_left)}, clock={"accounts": partial(ask, on_left=on_left)}
    )


def change(on_left: tuple[OnLeft, ...], deps: Deps, args: Args) -> None:
    """Keep what changed about somebody who takes part; of anybody else nothing is kept."""
    account, team = reach.account_of(args.body["event"]["user"]), args.context.team_id or ""
    workspace_id = deps.db.read(lambda db: accounts.workspace_of(db, team, account.slack_user))
    if workspace_id is not None:
        deps.db.write(lambda db: accounts.keep(db, workspace_id, account, deps.clock.now(), on_left))


def ask(deps: Deps, on_left: tuple[OnLeft, ...]) -> None:
    """Ask Slack about some of those it was not asked about for long."""
    slack_team = deps.slack_team()
    if deps.slack is None or slack_team is None:
        return
    if not deps.db.read(lambda db: accounts.is_any_to_ask(db, slack_team, deps.clock.now())):
        return
    for each in deps.db.write(lambda db: accounts.take(db, slack_team, deps.clock.now())):
        try:
            account = reach.ask(deps.slack, each.slack_user)
        except NotTaken as fault:
            _ask_later(deps, each.workspace_id, fault.refusal)
            return
        now = deps.clock.now()
        keep = partial(accounts.keep, workspace_id=each.workspace_id, account=account, now=now)
        deps.db.write(partial(keep, on_left=on_left))


def _ask_later(deps: Deps, workspace_id: int, refusal: Refusal) -> None:
    """Ask nothing for a while: soon where it may pass, else in an hour, for a person has to mend it."""
    log.warning("accounts could not be asked about", reason=refusal.reason)
    wait = max(refusal.wait, SOON) if refusal.outcome in _PASSING else LATER
    now = deps.clock.now()
    deps.db.write(lambda db: accounts.ask_later(db, workspace_id, now + wait, now))
