"""How a message is delivered: what becomes of a row after each try, and how long to wait."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from models.rules.delivery.outcomes import POST, Outcome

LEASE = timedelta(seconds=60)  # a row is its sender's for so long
FENCE_S = 45.0  # of the lease, by the boot clock: after it nothing is sent, an HTTP call may take 10 s
SETTLE = timedelta(seconds=30)  # Slack shows by then what it took; a choice, it is documented nowhere
BACK_OFF_MOST_S = 60
LONGEST_WAIT = timedelta(seconds=120)  # of a row that was tried; one further off means a clock set back
PICTURE_TRIES = 5  # after which a message goes without its picture
GIVE_UP, GIVE_UP_TRIES = timedelta(hours=24), 10
IN_THE_WAY = timedelta(hours=1)  # and so many tries: such a row goes behind the others of its channel
IN_THE_WAY_TRIES = 10
LOOK_AGAIN = timedelta(seconds=10)  # after a first look that found nothing
CHANNEL_PACE = timedelta(seconds=1)  # Slack: one message a second in a channel
WORKSPACE_PACE = timedelta(seconds=0.12)  # Slack: several hundred messages a minute in a workspace
UPDATE_PACE = timedelta(seconds=1.2)  # Slack: 50 edits a minute in a workspace
TEAM_CHECK = timedelta(seconds=60)  # between two looks whether a workspace takes our calls again

UNREADABLE = "nobody can read its row"
MAY_BE_SHOWN = ", and Slack may have shown it"
OPEN_TO_OTHERS = "open_to_others"  # the channel, and the message is not for all
PARENT_FAILED = "the message it answers failed"  # told of with that one, and tried again with it

ANY = "*"  # in place of a method: all of them


class State(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"  # no longer true, or too late
    HELD = "held"  # the workspace takes no call of ours


def back_off(attempts: int, jitter: float) -> timedelta:
    """Return 1, 2, 4 … 60 s after the first, second, third try, up to a quarter more by `jitter` (0 to 1)."""
    seconds = min(2 ** min(attempts - 1, 10), BACK_OFF_MOST_S) if attempts > 0 else 1
    return timedelta(seconds=seconds * (1 + jitter / 4))


def look_again(attempts: int) -> timedelta:
    """Return 2, 10, then 30 s: when to look first whether Slack took a message."""
    return timedelta(seconds=(2, 10, 30)[min(max(attempts, 1), 3) - 1])


@dataclass(frozen=True)
class Gate:
    """Until when a method (or "*" for all) is not called, in one channel or ("") in the whole workspace."""

    method: str
    channel: str
    not_before: datetime


def gate(method: str, channel: str, not_before: datetime) -> Gate:
    """Slack counts posts by channel and every other method by workspace."""
    return Gate(method, channel if method == POST else "", not_before)


Gates = Mapping[str, datetime]  # shut for a whole workspace: method -> not before


@dataclass(frozen=True)
class Claimed:
    """A row in a sender's hands until its lease ends."""

    id: int
    workspace_id: int
    collaborative_id: int
    kind: str
    args: Mapping[str, Any] | None  # None: nobody can read them
    channel: str
    subject: str | None
    thread_subject: str | None
    nonce: str
    files: Mapping[str, str]
    expires_at: datetime | None
    due_at: datetime
    attempts: int
    unsure_at: datetime | None
    missed_at: datetime | None
    first_try_at: datetime
    look_from: datetime  # Slack cannot have taken it earlier
    shown_before: str | None  # a message's `ts`, by Slack's own clock: ours may be wrong
    owner: str
    only_for: str | None = None  # who alone may read it in a channel, as written; None: whoever is there

    def is_settled(self, now: datetime) -> bool:
        """Whether a message Slack may have taken would be visible by now.

        Two looks tell, so far apart: the clock alone may have been set forward since the message went.
        """
        return self.missed_at is not None and SETTLE <= now - self.missed_at <= LONGEST_WAIT

    def is_in_the_way(self, now: datetime) -> bool:
        """Whether it kept back the later ones of its channel for long enough."""
        return self.attempts >= IN_THE_WAY_TRIES and now - self.first_try_at >= IN_THE_WAY

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and now >= self.expires_at

    def is_hopeless(self, now: datetime) -> bool:
        """Whether it was tried for long enough; a machine that slept meanwhile tried nothing."""
        return self.attempts >= GIVE_UP_TRIES and now - self.first_try_at >= GIVE_UP


@dataclass(frozen=True)
class Sent:
    """Slack shows it: in the channel it named (a direct message has its own), with this `ts`."""

    channel: str
    ts: str
    files: Mapping[str, str] | None = None  # of its pictures (rules/delivery/pictures.py); None: it has none
    follows: bool = False  # a picture, in the thread
    overtaken: tuple[str, ...] = ()  # posts below it whose pictures are no longer true


@dataclass(frozen=True)
class Later:
    """Not yet: another try from `until` on."""

    until: datetime
    reason: str
    unsure_at: datetime | None = None  # Slack may have taken it as late as this
    missed_at: datetime | None = None  # the first look since then that found nothing
    is_counted: bool = True  # as one of the row's tries
    gates: tuple[Gate, ...] = ()
    due_at: datetime | None = None  # moves the row back in its channel's order
    forgets_post: bool = False  # what was to be edited is not there any more


@dataclass(frozen=True)
class Failed:
    """Never, for a reason a person must know of."""

    reason: str


@dataclass(frozen=True)
class Dropped:
    """No longer true, or too late: nobody needs it any more."""

    reason: str


@dataclass(frozen=True)
class Held:
    """The whole workspace takes no call of ours until somebody mends it."""

    reason: str


@dataclass(frozen=True)
class Elsewhere:
    """Not there, for the channel is open to others: in person, to each of these (Slack ids)."""

    to: tuple[str, ...]


Verdict = Sent | Later | Failed | Dropped | Held | Elsewhere


@dataclass(frozen=True)
class Refusal:
    """A call that did not bring what it should."""

    method: str
    outcome: Outcome
    reason: str  # Slack's code, an HTTP status, or how the connection broke
    wait: timedelta = timedelta()  # Slack's Retry-After


def verdict_of(row: Claimed, refusal: Refusal, now: datetime, jitter: float) -> Verdict:
    """Say what becomes of a row whose message Slack did not acknowledge; `jitter` is from 0 to 1."""
    outcome, reason = refusal.outcome, refusal.reason
    if outcome is Outcome.WORKSPACE:
        return Held(reason)
    if outcome is Outcome.GONE:
        return Later(now, reason, forgets_post=True)
    may_be_shown = outcome is Outcome.UNSURE and refusal.method == POST  # never given up without a look
    if outcome is Outcome.PERMANENT or (row.is_hopeless(now) and not may_be_shown):
        return Failed(reason)
    if outcome is Outcome.RATE:
        return _slower(row, refusal, now)
    later = Later(now + back_off(row.attempts, jitter), reason)
    if may_be_shown:
        later = Later(now + look_again(row.attempts), reason, unsure_at=now)
    return replace(later, due_at=now) if row.is_in_the_way(now) else later


@dataclass(frozen=True)
class PerhapsShown:
    """Messages of a post that failed where Slack may have shown them."""

    nonces: frozenset[str]
    unsure_at: datetime  # Slack may have taken the last as late as this
    look_from: datetime  # and none of them earlier
    shown_before: str | None  # a message's `ts`


def unsure_too(row: Claimed, earlier: PerhapsShown) -> Claimed:
    """Let a row that makes a post be as uncertain as what failed to: there may be that post already."""
    return replace(
        row,
        unsure_at=row.unsure_at or earlier.unsure_at,
        look_from=min(row.look_from, earlier.look_from),
        shown_before=earlier.shown_before,
    )


def before_sending(row: Claimed, refusal: Refusal, now: datetime, jitter: float) -> Verdict:
    """Say the same of a call that shows nobody anything: what was uncertain before stays uncertain."""
    verdict = verdict_of(row, refusal, now, jitter)
    if isinstance(verdict, Later):
        return as_unsure_as(row, verdict)
    if isinstance(verdict, Failed) and row.unsure_at:
        return Failed(f"{refusal.reason}{MAY_BE_SHOWN}")
    return verdict


def as_unsure_as(row: Claimed, later: Later) -> Later:
    """Let what was uncertain of a row stay so."""
    return replace(later, unsure_at=row.unsure_at, missed_at=row.missed_at)


def not_seen(row: Claimed, began: datetime, now: datetime) -> Later:
    """Put off a row that a look begun then did not find by now.

    A first look too long ago, or in the future, is not counted.
    """
    reason = "not to be seen so far"
    if row.missed_at and timedelta() <= began - row.missed_at < SETTLE:
        return as_unsure_as(row, Later(row.missed_at + SETTLE, reason, is_counted=False))
    return Later(now + LOOK_AGAIN, reason, row.unsure_at, missed_at=now, is_counted=False)


def _slower(row: Claimed, refusal: Refusal, now: datetime) -> Later:
    shut = gate(refusal.method, row.channel, now + refusal.wait)
    until = now + min(refusal.wait, LONGEST_WAIT)
    return Later(until, refusal.reason, is_counted=False, gates=(shut,))
