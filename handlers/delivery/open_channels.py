"""Looks, right before a message that is not for all is sent, whether its channel is its readers' alone."""

from functools import partial

import structlog
from slack_sdk import WebClient

from handlers.context import Deps
from handlers.delivery.asking import ask
from handlers.delivery.reach import PERSON
from handlers.slack.calls import NotTaken
from models.database import Connection
from models.rules.collaborative.audience import OnlyFor, Openness, Place
from models.rules.delivery.outcomes import Outcome
from models.rules.delivery.verdicts import (
    LONGEST_WAIT,
    OPEN_TO_OTHERS,
    Claimed,
    Dropped,
    Elsewhere,
    Failed,
    Later,
    Verdict,
    as_unsure_as,
)
from models.services.delivery import audiences, places

ASK_TRIES = 3  # while Slack is away or has us wait; then the channel counts as open

log = structlog.get_logger(__name__)


def too_open(deps: Deps, client: WebClient, row: Claimed, *, is_reply: bool) -> Verdict | None:
    """What becomes of a message whose channel is open to others; None where it may go there.

    Raises NotTaken while Slack is away, or takes no call of ours at all.
    """
    if row.only_for is None or row.channel.startswith(PERSON):
        return None
    try:
        only_for, place = OnlyFor.read(row.only_for), _place(deps, client, row)
    except NotTaken as fault:
        if fault.refusal.outcome is not Outcome.RATE:
            raise
        until = deps.clock.now() + min(fault.refusal.wait, LONGEST_WAIT)
        return as_unsure_as(row, Later(until, fault.refusal.reason))  # counted: it does not wait for ever
    why, to = deps.db.read(lambda db: _looked_at(db, only_for, place))
    if why is None:
        return None
    log.info("a channel is open to others", row=row.id, kind=row.kind, why=why.value)
    if is_reply:  # a picture below words that were there before
        return Dropped(OPEN_TO_OTHERS)
    return Elsewhere(to) if to else Failed(OPEN_TO_OTHERS)


def _looked_at(
    db: Connection, only_for: OnlyFor, place: Place | None
) -> tuple[Openness | None, tuple[str, ...]]:
    return audiences.why_open(db, only_for, place), audiences.in_person(db, only_for)


def _place(deps: Deps, client: WebClient, row: Claimed) -> Place | None:
    """The channel as it is now, for what was asked a minute ago may be so no more; None: Slack does not say.

    Raises NotTaken where it may say so soon.
    """
    request = deps.db.read(lambda db: places.to_ask(db, row.workspace_id, row.channel))
    try:
        place = ask(client, row.channel, deps.bot_user())
    except NotTaken as fault:
        outcome = fault.refusal.outcome
        if outcome is Outcome.WORKSPACE or (outcome is not Outcome.PERMANENT and row.attempts < ASK_TRIES):
            raise
        return None
    now = deps.clock.now()
    is_so = deps.db.write(partial(places.keep, request=request, place=place, now=now))
    return place if is_so else None
