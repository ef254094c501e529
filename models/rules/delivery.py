"""How a message is delivered: what Slack's answer means, and how long to wait."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

LEASE = timedelta(seconds=60)  # a row is its sender's for so long
FENCE_S = 45.0  # of the lease, by the boot clock: after it nothing is sent, an HTTP call may take 10 s
SETTLE = timedelta(seconds=30)  # Slack shows by then what it took; a choice, it is documented nowhere
BACK_OFF_MOST_S = 60
RETRY_AFTER_MOST_S = 3600.0
LONGEST_WAIT = timedelta(seconds=120)  # of a row that was tried; one further off means a clock set back
RETRY_AFTER_USUAL_S = 5.0  # where Slack does not say
PICTURE_TRIES = 5  # after which a message goes without its picture
GIVE_UP = timedelta(hours=24)
IN_ORDER = 10  # tries after which a row no longer keeps back the later ones of its channel
CHANNEL_PACE = timedelta(seconds=1)  # Slack: one message a second in a channel
WORKSPACE_PACE = timedelta(seconds=0.2)  # Slack: several hundred messages a minute in a workspace
UPDATE_PACE = timedelta(seconds=1.2)  # Slack: 50 edits a minute in a workspace
TEAM_CHECK = timedelta(seconds=60)  # between two looks whether a workspace takes our calls again

PARENT_FAILED = "the message it answers failed"  # told of with that one, and tried again with it

POST, EDIT, ANY = "chat.postMessage", "chat.update", "*"


class State(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"  # no longer true, or too late
    HELD = "held"  # the workspace takes no call of ours


class Outcome(StrEnum):
    """What became of a call, as far as anybody can know."""

    RATE = "rate limited"  # and so not sent
    NOT_SENT = "not sent"
    UNSURE = "unsure"
    PERMANENT = "permanent"
    WORKSPACE = "workspace"
    GONE = "gone"  # the post to edit is not there any more, or may not be edited


UNSURE_CODES = frozenset(
    {
        "fatal_error",
        "internal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "duplicate_message_not_found",
        "duplicate_channel_not_found",
    }
)
WORKSPACE_CODES = frozenset(
    {
        "token_revoked",
        "token_expired",
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "missing_scope",
        "org_login_required",
        "team_access_not_granted",
        "not_allowed_token_type",
        "ekm_access_denied",
        "access_denied",
    }
)
GONE_CODES = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
RATE_CODES = frozenset({"ratelimited", "rate_limited"})
BLOCK_CODES = frozenset(
    {"invalid_blocks", "invalid_blocks_format"}
)  # a picture just uploaded may not be ready


def outcome_of(code: str, method: str = POST) -> Outcome:
    """Class Slack's error code; those nobody knows yet are permanent, so that a person hears of them."""
    if code in RATE_CODES:
        return Outcome.RATE
    if code in UNSURE_CODES:
        return Outcome.UNSURE
    if code in WORKSPACE_CODES:
        return Outcome.WORKSPACE
    if code in GONE_CODES and method == EDIT:
        return Outcome.GONE
    return Outcome.NOT_SENT if code == "message_limit_exceeded" else Outcome.PERMANENT


def retry_after(header: str | None) -> timedelta:
    """Read Retry-After; at least a second, 5 s where it is missing or no number, an hour at most."""
    try:
        seconds = float(header or "")
    except ValueError:
        seconds = RETRY_AFTER_USUAL_S
    if not 0 <= seconds < float("inf"):
        seconds = RETRY_AFTER_USUAL_S
    return timedelta(seconds=min(max(seconds, 1.0), RETRY_AFTER_MOST_S))


def back_off(attempts: int, jitter: float) -> timedelta:
    """Return 1, 2, 4 … 60 s after the first, second, third try, up to a quarter more by `jitter` (0 to 1)."""
    seconds = min(2 ** min(attempts - 1, 10), BACK_OFF_MOST_S) if attempts > 0 else 1
    return timedelta(seconds=seconds * (1 + jitter / 4))


def look_again(attempts: int) -> timedelta:
    """Return 2, 10, then 30 s: when to look whether Slack took an uncertain message."""
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


Gates = Mapping[tuple[int, str, str], datetime]  # (workspace, method, channel) -> not before


@dataclass(frozen=True)
class Claimed:
    """A row in a sender's hands until its lease ends."""

    id: int
    workspace_id: int
    collaborative_id: int
    kind: str
    args: Mapping[str, Any]
    channel: str
    subject: str | None
    thread_subject: str | None
    nonce: str
    files: Mapping[str, str]
    expires_at: datetime | None
    due_at: datetime
    attempts: int
    unsure_at: datetime | None
    first_try_at: datetime
    look_from: datetime  # Slack cannot have taken it earlier
    owner: str

    def is_settled(self, now: datetime) -> bool:
        """Whether a message Slack may have taken would be visible by now."""
        return self.unsure_at is None or now - self.unsure_at >= SETTLE

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and now >= self.expires_at

    def is_hopeless(self, now: datetime) -> bool:
        return now - self.first_try_at >= GIVE_UP


@dataclass(frozen=True)
class Sent:
    """Slack shows it: in the channel it named (a direct message has its own), with this `ts`."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Later:
    """Not yet: another try from `until` on."""

    until: datetime
    reason: str
    unsure_at: datetime | None = None  # Slack may have taken it as late as this
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


Verdict = Sent | Later | Failed | Dropped | Held


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
    if outcome is Outcome.PERMANENT or row.is_hopeless(now):
        return Failed(reason)
    if outcome is Outcome.RATE:
        return _slower(row, refusal, now)
    if outcome is Outcome.UNSURE and refusal.method == POST:
        return Later(now + look_again(row.attempts), reason, unsure_at=now)
    return Later(now + back_off(row.attempts, jitter), reason)


def before_sending(row: Claimed, refusal: Refusal, now: datetime, jitter: float) -> Verdict:
    """Say the same of a call that shows nobody anything: what was uncertain before stays uncertain."""
    verdict = verdict_of(row, refusal, now, jitter)
    if isinstance(verdict, Later):
        return replace(verdict, unsure_at=row.unsure_at)
    if isinstance(verdict, Failed) and row.unsure_at:
        return Failed(f"{refusal.reason}, and Slack may have shown it")
    return verdict


def _slower(row: Claimed, refusal: Refusal, now: datetime) -> Later:
    shut = gate(refusal.method, row.channel, now + refusal.wait)
    until = now + min(refusal.wait, LONGEST_WAIT)
    return Later(until, refusal.reason, is_counted=False, gates=(shut,))
