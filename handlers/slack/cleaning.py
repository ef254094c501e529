"""Everything Slack hands on passes here first: what people typed loses the signs nobody sees."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltRequest

from models.rules.typed_text import cleaned


def register(app: App) -> None:
    """Clean each payload before any listener looks at it, or is chosen by what stands in it."""
    app.use(_clean)


def _clean(req: BoltRequest, next_: Callable[[], object]) -> None:
    req.body = without_unseen(req.body)
    req.mode = "socket_mode"  # so that Bolt hands its lazy halves this body; over HTTP it would read it anew
    next_()


def without_unseen(payload: Any) -> Any:
    """The payload with every text in it cleaned; its keys are Slack's and ours."""
    if isinstance(payload, str):
        return cleaned(payload)
    if isinstance(payload, dict):
        return {key: without_unseen(inner) for key, inner in payload.items()}
    if isinstance(payload, list):
        return [without_unseen(inner) for inner in payload]
    return payload
