"""Calls Slack once and says what is certain afterwards: done, surely not done, or nobody knows."""

import json
import re
import socket
import ssl
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from models.rules.delivery.outcomes import Outcome, outcome_of, retry_after
from models.rules.delivery.verdicts import Refusal

# Raised while connecting, before a byte of the request is written. A timeout may come later too.
BEFORE_WRITING = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)


CODE = re.compile(r"[a-z0-9_]{1,100}")


class NotTaken(Exception):  # noqa: N818 - an answer of Slack's, no error of ours
    """Slack did not acknowledge a call."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def call(method: str, send: Callable[..., Any], **arguments: Any) -> Mapping[str, Any]:
    """Call a method of a WebClient that repeats nothing by itself, and return Slack's answer.

    Raises NotTaken, with all that is known about why.
    """
    try:
        answer: Mapping[str, Any] = send(**arguments).data
    except SlackApiError as fault:
        raise NotTaken(_of_answer(method, *_parts(fault.response))) from fault
    except HTTPError as fault:  # of the address pictures are uploaded to
        raise NotTaken(_of_answer(method, fault.code, dict(fault.headers), {})) from fault
    except (SlackClientError, OSError, HTTPException) as fault:
        raise NotTaken(Refusal(method, _of_broken(fault), type(fault).__name__)) from fault
    return answer


def code_in(answer: Any) -> str:
    """Slack's code in an answer; "" for none: the SDK has all of an answer that is no JSON in its place."""
    code = str(answer.get("error") or "")
    return code if CODE.fullmatch(code) else ""


def _parts(response: Any) -> tuple[int, Mapping[str, Any], Mapping[str, Any]]:
    """Take an answer apart; the SDK hands on a plain dict where the body is no JSON."""
    if isinstance(response, dict):
        return response["status"], response["headers"], _body(response.get("body"))
    data = response.data if isinstance(response.data, dict) else {}
    return response.status_code, response.headers, data


def _body(text: object) -> Mapping[str, Any]:
    try:
        body = json.loads(str(text))
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _of_answer(method: str, status: int, headers: Mapping[str, Any], data: Mapping[str, Any]) -> Refusal:
    code = code_in(data)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = {name.lower(): value for name, value in headers.items()}.get("retry-after")
        return Refusal(method, Outcome.RATE, code or "ratelimited", retry_after(wait))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or not code:
        return Refusal(method, Outcome.UNSURE, f"HTTP {status}, no answer of Slack's")
    return Refusal(method, outcome_of(code, method), code, retry_after(None))


def _of_broken(fault: Exception) -> Outcome:
    cause = fault.reason if isinstance(fault, URLError) else fault
    return Outcome.NOT_SENT if isinstance(cause, BEFORE_WRITING) else Outcome.UNSURE
