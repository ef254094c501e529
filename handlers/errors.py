"""What people hear when something cannot be: a refusal in its own words, or an apology with a reference."""

import secrets
import traceback
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt import App, Args, BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from handlers.context import REFUSED, Act, Deps
from handlers.slack.calls import code_in
from handlers.slack.modals import THREE_OPEN, is_full, tell
from handlers.slack.notice import notice, noticed
from handlers.slack.words import escape
from models.errors import DomainError

log = structlog.get_logger()

TOO_SLOW = "That took a moment too long for Slack. Please try again."
_SAID = {
    **dict.fromkeys(("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"), TOO_SLOW),
    "push_limit_reached": THREE_OPEN,
}
_MOVED_ON = frozenset(
    {"hash_conflict", "not_found"}
)  # the person went on or closed the form: nothing to tell
_TIMEOUT = 3  # seconds


def register(app: App) -> None:
    """Make every error of a listener an answer to the person who waits."""
    app.error(answer)


def answer(error: Exception, body: dict[str, Any], context: BoltContext) -> BoltResponse:
    """Answer with the acknowledgement itself: no call to Slack stands between the person and the words."""
    context[REFUSED] = True
    if isinstance(error, BoltUnhandledRequestError):
        return _unheard(body)
    sentence = words_for(error, body)
    if body.get("type") == "view_submission":
        shown = body["view"]
        if is_full(shown):
            return context.ack(response_action="update", view=noticed(shown, sentence))
        return context.ack(response_action="push", view=notice(sentence))
    if "command" in body:
        return context.ack(text=escape(sentence))
    return context.ack()


def lazily(deps: Deps, act: Act) -> Callable[[Args], None]:
    """Run a listener after its acknowledgement, unless that refused; where it fails, tell the person."""

    def listener(args: Args) -> None:
        if args.context.get(REFUSED):
            return
        try:
            deps.take_turn(args)
            act(deps, args)
        except Exception as error:  # noqa: BLE001 - the last line before silence: whatever it is, the person hears
            explain(error, args)

    return listener


def explain(error: Exception, args: Args) -> None:
    """Tell the person wherever they are; when Slack will not have it either, the log has both."""
    if _code(error) in _MOVED_ON:
        return
    sentence = words_for(error, args.body)
    try:
        _tell(args, sentence)
    except (SlackApiError, OSError) as untold:
        log.warning("not told", error=type(untold).__name__, code=_code(untold))


def words_for(error: Exception, body: Mapping[str, Any]) -> str:
    """Find the words for an error; one nobody foresaw is logged under the reference the person is given.

    A refusal is logged with its place and whom it met: many of one person are worth a look.

    The log holds the kind of error and the way to it, never its message: that may quote what people wrote.
    """
    if isinstance(error, DomainError):
        log.info("refused", at=_place(body), kind=type(error).__name__, person=_person(body))
        return str(error)
    if (code := _code(error)) in _SAID:
        return _SAID[code]
    reference = secrets.token_hex(3).upper()
    log.error(
        "unexpected error",
        reference=reference,
        at=_place(body),
        error=type(error).__name__,
        code=code,
        trace=_way(error),
    )
    return (
        "I am sorry, something went wrong on my side, and your last step was not kept. Please try again. "
        f"If it happens again, give your coordinator this reference: {reference}."
    )


def say(response_url: str, sentence: str) -> None:
    """Tell one person, where they pressed or typed; seen by nobody else."""
    hook = WebhookClient(response_url, timeout=_TIMEOUT, retry_handlers=[])
    hook.send(text=escape(sentence), response_type="ephemeral", replace_original=False)


def _unheard(body: Mapping[str, Any]) -> BoltResponse:
    if not body:
        log.warning("a request that is none of Slack's")
        return BoltResponse(status=HTTPStatus.BAD_REQUEST)
    log.warning("nobody listens", at=_place(body))
    return BoltResponse(status=HTTPStatus.NOT_FOUND)


def _tell(args: Args, sentence: str) -> None:
    if args.context.response_url:
        say(args.context.response_url, sentence)
    elif args.body.get("trigger_id"):
        tell(args, sentence)


def _code(error: Exception) -> str:
    return code_in(error.response) if isinstance(error, SlackApiError) else ""


def _place(body: Mapping[str, Any]) -> str:
    """Name the listener by what reached it: a command, an action, a form, an event."""
    actions = body.get("actions") or [{}]
    view = body.get("view") or {}
    event = body.get("event") or {}
    names = (body.get("command"), actions[0].get("action_id"), view.get("callback_id"), event.get("type"))
    return next((str(name) for name in names if name), "unknown")


def _person(body: Mapping[str, Any]) -> str:
    """The Slack id of who is refused, wherever this kind of payload has it."""
    user, event = body.get("user") or {}, body.get("event") or {}
    return str(body.get("user_id") or user.get("id") or event.get("user") or "")


def _way(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames)
