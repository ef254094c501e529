"""Calls of the control API over HTTP, each a request of its own; what it refuses is raised."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

LONGEST_ANSWER = 60.0


class Refusal(Exception):  # noqa: N818 - a refusal, in the words of the glossary
    """The control API refused; `error` is its code."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(f"{error}: {message}")
        self.error = error


class ControlCalls:
    """The control API at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.address = urlsplit(self.url).netloc

    def call(self, verb: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One request of the control API.

        Raises:
            Refusal: it answered 4xx.
        """
        connection = HTTPConnection(self.address, timeout=LONGEST_ANSWER)
        try:
            content = None if body is None else json.dumps(body)
            connection.request(verb, path, content, {"Content-Type": "application/json"})
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if not answer.pop("ok"):
            raise Refusal(answer["error"], answer["message"])
        return answer

    def screen_of(self, person_id: str) -> dict[str, Any]:
        """What this person sees, as the control API tells it."""
        return self.call("GET", f"/control/screen?person={person_id}")

    def gesture(self, person_id: str, do: str, **what: Any) -> dict[str, Any]:
        """Do something as a person."""
        return self.call("POST", "/control/gestures", {"person": person_id, "do": do, **what})
