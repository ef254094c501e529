"""Asks Slack about a person before a message goes to them: it takes one for who is not there, too."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_sdk import WebClient

from handlers.context import Deps
from handlers.files.plan.time_zones import is_time_zone
from handlers.slack.calls import NotTaken, call
from models.rules.collaborative.people import Account
from models.rules.delivery.outcomes import MISSING_SCOPE, Outcome
from models.rules.delivery.verdicts import Claimed, Failed
from models.services.delivery import accounts

PERSON = ("U", "W")  # what the id of a person begins with, in place of a channel's


def out_of_reach(deps: Deps, client: WebClient, row: Claimed) -> Failed | None:
    """Fail a message whose reader left Slack; None where it may go. Asked once a morning of each reader.

    Raises NotTaken when Slack does not say now.
    """
    if not row.channel.startswith(PERSON):
        return None
    now = deps.clock.now()
    there = deps.db.read(lambda db: accounts.is_there(db, row.workspace_id, row.channel, now))
    if there is None:
        there = _is_there(deps, client, row)
    return None if there else Failed("user_disabled")


def ask(client: WebClient, slack_user: str) -> Account:
    """What Slack says of an account. Raises NotTaken when it says nothing of it."""
    try:
        return account_of(call(accounts.METHOD, client.users_info, user=slack_user)["user"])
    except NotTaken as fault:
        if fault.refusal.outcome is not Outcome.PERMANENT or fault.refusal.reason == MISSING_SCOPE:
            raise
        return Account(slack_user, "", is_active=False)


def account_of(user: Mapping[str, Any]) -> Account:
    """Read an account as Slack writes it."""
    zone = str(user.get("tz") or "")
    is_active = not (user.get("deleted") or user.get("is_bot"))
    return Account(str(user["id"]), zone if is_time_zone(zone) else "", is_active=is_active)


def _is_there(deps: Deps, client: WebClient, row: Claimed) -> bool:
    """Ask, and keep the answer of who is there; what follows where nobody is, follows from the failure."""
    try:
        account = ask(client, row.channel)
    except NotTaken as fault:
        if fault.refusal.reason == MISSING_SCOPE:
            return True  # nobody can know: the message goes, as it did before there was the right to ask
        raise
    if account.is_active:
        keep = partial(accounts.keep, account=account, now=deps.clock.now(), on_left=())
        deps.db.write(partial(keep, workspace_id=row.workspace_id))
    return account.is_active
