"""What every listener is handed: the database, the clock, the names of the commands, and who is there."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from slack_bolt import Args
from slack_sdk import WebClient

from handlers.drawing import Drawing, Draws
from handlers.people_first import PeopleFirst
from handlers.rate_limit import RateLimit
from handlers.slack.calls import NotTaken, call
from handlers.slack.notice import looks_on, not_found
from models.database import Connection, Database
from models.errors import DomainError
from models.rules.collaborative.people import Visitor
from models.services.collaborative import people, viewers

FROM_ELSEWHERE = (
    "You are here from another Slack workspace, so I cannot tell who you are. "
    "Please ask your coordinator to invite you to this one."
)

NOBODY = "Slack did not say who you are. Please try again."

REFUSED = "refused"  # in Bolt's context of a request: its second half has nothing to do


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        ...


@dataclass(frozen=True)
class CommandNames:
    """Slack lets the app installed last win a command's name, so a workspace may have to choose others."""

    report: str = "/report"
    momentum: str = "/momentum"
    pdsa: str = "/pdsa"


Wait = Callable[[float], object]
"""Lets so many seconds pass."""


def wait_for_real(seconds: float) -> None:
    """Let seconds of the machine pass."""
    threading.Event().wait(seconds)


def nowhere() -> None:
    """Slack did not say yet which workspace our token is of."""


@dataclass(frozen=True)
class Deps:
    db: Database
    clock: Clock
    commands: CommandNames = field(default_factory=CommandNames)
    slack: WebClient | None = None  # for what the clock asks Slack; None: it is not asked
    slack_team: Callable[[], str | None] = nowhere  # the workspace whose token we have
    bot_user: Callable[[], str | None] = nowhere  # who we are among the members of a channel
    drawing: Draws = field(default_factory=Drawing)  # starts its child with the first picture
    rate_limit: RateLimit = field(default_factory=RateLimit)
    people_first: PeopleFirst = field(default_factory=PeopleFirst)
    wait: Wait = wait_for_real  # for the pictures of a window

    def take_turn(self, args: Args) -> None:
        """Count a step of whoever acts. Raises DomainError when they hurry too much."""
        self.rate_limit.take((args.context.team_id, args.context.user_id), self.clock.now())


Act = Callable[[Deps, Args], None]
ClockJob = Callable[[Deps], object]
"""Asks its rows what is due; so it may be run late, early, twice, or by two processes at once.

True has it run again at once: a turn ends within a second, however much there is to do.
"""


def visitor(args: Args) -> Visitor:
    """Who is there, from Slack's verified envelope alone.

    Raises DomainError when Slack names nobody, or a namesake: of another workspace, with an id that is
    another's in ours.
    """
    team, user = args.context.team_id, args.context.user_id
    if not team or not user:
        raise DomainError(NOBODY)
    home = _home(args.body)
    if home not in {"", team} and not _is_known_as_from(home, args):
        raise DomainError(FROM_ELSEWHERE)
    return Visitor(team, user)


def _home(body: Mapping[str, Any]) -> str:
    """The workspace a person belongs to, where the envelope says it."""
    person = body.get("user")
    return str(person.get("team_id") or "") if isinstance(person, dict) else ""


def _is_known_as_from(home: str, args: Args) -> bool:
    """Whether the person our own Slack has by this id is from there, or of our organization: no namesake."""
    try:
        person = call("users.info", args.client.users_info, user=args.context.user_id)["user"]
    except NotTaken as fault:
        raise DomainError(NOBODY) from fault
    organization = (person.get("enterprise_user") or {}).get("enterprise_id")
    ours = args.context.authorize_result
    is_ours = bool(organization and ours and organization == ours.enterprise_id)
    return is_ours or home in {person.get("team_id"), organization}


def stranger(db: Connection, who: Visitor) -> str:
    """What a person hears who acts for no team: whom to ask, by name, or that they look on."""
    roles = {role for each in viewers.viewers(db, who) for role in each.roles}
    if roles:
        return looks_on(roles)
    return not_found(people.whom_to_ask(db, who.slack_team))


def promptly(deps: Deps, act: Act) -> Callable[[Args], None]:
    """A listener that answers with its acknowledgement; its errors go to the one error handler."""

    def listener(args: Args) -> None:
        deps.take_turn(args)
        act(deps, args)

    return listener


def refuse(args: Args, at: dict[str, str]) -> None:
    """Say what is wrong at the fields, by their blocks; nothing follows the acknowledgement."""
    args.context[REFUSED] = True
    args.ack(response_action="errors", errors=at)


def accept(args: Args) -> None:
    """Acknowledge at once; what is asked for follows."""
    args.ack()
