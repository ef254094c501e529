"""What an answer of Slack's means: which code says what, and how long it asks us to wait."""

from datetime import timedelta
from enum import StrEnum

RETRY_AFTER_MOST_S = 3600.0
RETRY_AFTER_USUAL_S = 5.0  # where Slack does not say

POST, EDIT = "chat.postMessage", "chat.update"


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
MISSING_SCOPE = "missing_scope"
WORKSPACE_CODES = frozenset(
    {
        "token_revoked",
        "token_expired",
        "invalid_auth",
        "not_authed",
        "account_inactive",
        MISSING_SCOPE,
        "org_login_required",
        "team_access_not_granted",
        "not_allowed_token_type",
        "ekm_access_denied",
        "access_denied",
    }
)
GONE_CODES = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
NOBODY_CODES = frozenset({"user_disabled", "user_not_found", "cannot_dm_bot"})  # of a message for nobody
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
    if code == MISSING_SCOPE and method not in (POST, EDIT):
        return Outcome.PERMANENT  # without that right other messages still get through
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
