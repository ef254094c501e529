"""Requests as Slack sends them, written and signed beforehand so that sending one costs next to nothing."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode

from bench.slack import SECRET, frame
from bench.workspace import SLACK_TEAM, Reporter

NUMBERS = count(1)  # of triggers and views: no two requests are the same


@dataclass(frozen=True)
class Request:
    key: str
    wire: bytes
    opens_form: bool = False


@dataclass(frozen=True)
class Asked:
    """One thing a person does, before it is written for HTTP or for Socket Mode."""

    key: str
    payload: dict[str, Any]

    @property
    def is_command(self) -> bool:
        return "command" in self.payload


def commands(reporters: Iterable[Reporter]) -> Iterator[Asked]:
    """Each types /report."""
    for one in reporters:
        key = f"{next(NUMBERS)}.bench"
        form = {
            "command": "/report",
            "text": "",
            "trigger_id": key,
            "channel_id": "C0LC",
            "channel_name": "lc",
        }
        yield Asked(key, {**form, "team_id": SLACK_TEAM, "user_id": one.slack_user, "api_app_id": "A0BENCH"})


def first_pages(reporters: Iterable[Reporter]) -> Iterator[Asked]:
    """Each presses Next below the numbers."""
    return (_submission(one.slack_user, one.measures) for one in reporters)


def last_pages(reporters: Iterable[Reporter]) -> Iterator[Asked]:
    """Each sends the report."""
    return (_submission(one.slack_user, one.words) for one in reporters)


def over_http(asked: Iterable[Asked], now: float, *, opens_form: bool) -> list[Request]:
    """Write and sign them for HTTP; `now` is the time of signing, which holds for five minutes."""
    return [Request(one.key, _signed(one, int(now)), opens_form and one.is_command) for one in asked]


def over_socket(asked: Iterable[Asked], *, opens_form: bool) -> list[Request]:
    """Write them as Socket Mode envelopes, whose ids are the keys."""
    return [Request(one.key, frame(_envelope(one)), opens_form and one.is_command) for one in asked]


def _submission(user: str, view: dict[str, Any]) -> Asked:
    number = next(NUMBERS)
    payload = {
        "type": "view_submission",
        "team": {"id": SLACK_TEAM, "domain": "bench"},
        "user": {"id": user, "name": user.lower(), "team_id": SLACK_TEAM},
        "api_app_id": "A0BENCH",
        "trigger_id": f"{number}.bench",
        "view": {**view, "id": f"V{number}", "team_id": SLACK_TEAM, "hash": "1.a", "app_id": "A0BENCH"},
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }
    return Asked(f"{number}.bench", payload)


def _signed(asked: Asked, now: int) -> bytes:
    body = urlencode(asked.payload if asked.is_command else {"payload": json.dumps(asked.payload)}).encode()
    signature = hmac.new(SECRET.encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: v0={signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _envelope(asked: Asked) -> bytes:
    kind = "slash_commands" if asked.is_command else "interactive"
    envelope = {
        "envelope_id": asked.key,
        "type": kind,
        "accepts_response_payload": True,
        "payload": asked.payload,
    }
    return json.dumps(envelope).encode()
