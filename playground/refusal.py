"""A call the Web API refuses, and a gesture or control call the playground refuses."""

from __future__ import annotations

from typing import Any


class Refused(Exception):  # noqa: N818 - a refusal, in the words of the glossary
    """The Web API answers `{"ok": false, "error": code}`; `more` is added to the answer."""

    status = 200

    def __init__(self, error: str, *messages: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more
        if messages:
            self.more["response_metadata"] = {"messages": list(messages)}

    def as_json(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.more}


class BadRequest(Refused):
    """Refused by an address that is no method of the Web API: HTTP tells."""

    status = 400


class RateLimited(Refused):
    """HTTP 429; `retry_after` in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class NotPossible(Exception):  # noqa: N818 - a refusal, in the words of the glossary
    """A gesture or control call that cannot be done, with a sentence for the person who tried."""

    def __init__(self, error: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.error = error
        self.message = message
        self.status = status


def nothing_there(what: str) -> NotPossible:
    """The refusal of a gesture aimed at what is not on the person's screen."""
    return NotPossible("nothing_there", f"There is no {what} on this screen.", 404)
