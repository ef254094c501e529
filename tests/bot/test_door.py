"""The door for signed HTTP: what is not Slack's is turned away with nothing written, and never breaks it."""

import copy
import functools
import json
import operator
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.web import LARGEST_BODY, PATH, unpacked
from models.database import Database
from models.tables.base import metadata
from models.tables.report import corrections, reports
from playground import signed_http
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, REPEAT
from tests.handlers.stage import Stage, staged

FORM = "application/x-www-form-urlencoded"
LATE_S = 60 * 5 + 5  # seconds: Slack's own advice is to refuse what is five minutes old


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """The listeners behind the door, and a report on its way."""
    database = Database(sqlite_url)
    with staged(database) as opened:
        yield opened
    database.dispose()


@dataclass(frozen=True)
class Sent:
    """A request as it goes over the wire."""

    address: str
    body: bytes
    secret: str
    timestamp: str
    method: str = "POST"
    path: str = PATH
    other: dict[str, str] = field(default_factory=dict)  # headers in place of the usual; "" leaves one out

    def answer(self) -> tuple[int, str]:
        """The status and the body."""
        usual = {
            "Content-Type": FORM,
            "X-Slack-Request-Timestamp": self.timestamp,
            "X-Slack-Signature": signed_http.signature(self.secret, self.timestamp, self.body),
        }
        headers = {name: value for name, value in {**usual, **self.other}.items() if value}
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=10)
        connection.request(self.method, self.path, self.body, headers)
        answer = connection.getresponse()
        status, text = answer.status, answer.read().decode()
        connection.close()
        return status, text


def submission(stage: Stage) -> Sent:
    """The second page of Cedar's report, as Slack would send it, not yet sent."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    for label, number in ((NUMERATOR, 42), (DENOMINATOR, 60), (REPEAT, 18), (HIGH, 20)):
        bo.fill(label, number)
    bo.submit()
    stage.modal(bo, "Step 2 of 2")
    address = stage.slack.app["request_url"]
    stage.slack.set_app(request_url=None)  # it is typed, but Slack keeps it to itself
    bo.submit()
    form = {"payload": json.dumps(stage.last_payload("view_submission"))}
    return Sent(address, signed_http.as_form(form).body, stage.slack.app["signing_secret"], now())


def now(seconds: int = 0) -> str:
    """A timestamp of the machine's own clock, which signatures go by."""
    return str(int(time.clock_gettime(time.CLOCK_REALTIME)) + seconds)


def rows(stage: Stage) -> int:
    """How many there are in all tables."""
    return sum(stage.count(table) for table in metadata.sorted_tables)


MUTANTS: dict[str, tuple[int, Callable[[Sent], Sent]]] = {
    "five minutes old": (401, lambda sent: replace(sent, timestamp=now(-LATE_S))),
    "from the future": (401, lambda sent: replace(sent, timestamp=now(LATE_S))),
    "a timestamp of letters": (401, lambda sent: replace(sent, timestamp="abc")),
    "a timestamp of other digits": (401, lambda sent: with_header(sent, "Request-Timestamp", "\u00b2\u00b3")),
    "a timestamp without end": (401, lambda sent: replace(sent, timestamp="9" * 5000)),
    "a signature that is not ASCII": (
        401,
        lambda sent: with_header(sent, "Signature", "v0=\u00e9" + "0" * 63),
    ),
    "no signature": (401, lambda sent: with_header(sent, "Signature", "")),
    "no timestamp": (401, lambda sent: with_header(sent, "Request-Timestamp", "")),
    "one byte changed": (401, lambda sent: forged(sent, sent.body.replace(b"submission", b"submissiom", 1))),
    "another secret": (401, lambda sent: replace(sent, secret="0" * 32)),
    "too large": (413, lambda sent: replace(sent, body=b"x" * (LARGEST_BODY + 1))),
    "another path": (404, lambda sent: replace(sent, path="/slack/install")),
    "a GET": (404, lambda sent: replace(sent, method="GET")),
    "no length that is a number": (400, lambda sent: replace(sent, other={"Content-Length": "abc"})),
}


def with_header(sent: Sent, name: str, value: str) -> Sent:
    return replace(sent, other={f"X-Slack-{name}": value})


def forged(sent: Sent, body: bytes) -> Sent:
    """The signature of one body on another."""
    assert body != sent.body
    signature = signed_http.signature(sent.secret, sent.timestamp, sent.body)
    return replace(sent, body=body, other={"X-Slack-Signature": signature})


def test_what_is_not_slacks_is_turned_away_and_the_real_one_is_taken_once(stage: Stage) -> None:
    """Mutants of a request are refused before anything is written; its own bytes, twice, are one report."""
    sent = submission(stage)
    before = rows(stage)
    statuses = {name: mutate(sent).answer()[0] for name, (_, mutate) in MUTANTS.items()}
    assert statuses == {name: status for name, (status, _) in MUTANTS.items()}
    assert rows(stage) == before
    assert stage.count(reports) == 0

    first, again = sent.answer(), sent.answer()
    assert first == again
    assert first[0] == 200
    assert "Kept." in first[1]
    assert (stage.count(reports), stage.count(corrections)) == (1, 0)


def as_payload(text: str) -> bytes:
    return urlencode({"payload": text}).encode()


DEEP = 100_000
NONSENSE = {
    "nothing": b"",
    "no form": b"\x00\x01 lorem ipsum",
    "another form": b"text=lorem",
    "no text": b"payload=\xff\xfe",
    "a command of nobody": b"command=%2Freport",
    "no JSON": b"payload=%7Bnot",
    "JSON half way": b'{"type": "event_callback", "event": {',
    **{f"a payload that is {text}": as_payload(text) for text in ("", "[]", "5", "null", '"text"', "{}")},
    **{f"JSON that is {text}": text.encode() for text in ("[]", "5", "null", '"text"', "{}", '{"type": 5}')},
    "deep": b'{"type": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "deep in a form": as_payload('{"type":' * DEEP + "1" + "}" * DEEP)[: LARGEST_BODY - 1],
    "a view that is none": as_payload('{"type": "view_submission", "view": []}'),
    "a view that says nothing": as_payload(
        '{"type": "view_submission", "view": {"callback_id": "report_form"}}'
    ),
    "no press": as_payload('{"type": "block_actions", "user": {"id": "U1"}, "actions": []}'),
    "an event that is none": b'{"type": "event_callback", "event": "app_home_opened"}',
}


@pytest.mark.parametrize("kind", [FORM, "application/json"])
def test_nonsense_with_a_good_signature_is_answered_400_with_one_line_in_the_log(
    stage: Stage, kind: str
) -> None:
    """Nothing is written, no error is one of ours, and the line does not quote what was sent."""
    stage_of = {"address": stage.slack.app["request_url"], "secret": stage.slack.app["signing_secret"]}
    before = rows(stage)
    answers, lines = {}, {}
    for name, body in NONSENSE.items():
        with capture_logs() as log:
            sent = Sent(**stage_of, body=body, timestamp=now(), other={"Content-Type": kind})
            answers[name], _ = sent.answer()
            lines[name] = [line["event"] for line in log]
    assert answers == dict.fromkeys(NONSENSE, 400)
    assert lines == {name: ["a request that is none of Slack's"] for name in NONSENSE}
    assert rows(stage) == before


ODD: tuple[Any, ...] = (5, "x", [], {}, None)


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each part of a payload; what a view shows is ours and comes back as it went."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        if key != "blocks":
            yield (*at, key)
            yield from places(part, (*at, key))


def with_part(payload: Any, at: tuple[Any, ...], part: Any) -> Any:
    """The payload with another part in one place."""
    changed = copy.deepcopy(payload)
    holder = functools.reduce(operator.getitem, at[:-1], changed)
    holder[at[-1]] = part
    return changed


def test_no_part_of_a_request_that_is_of_another_kind_is_an_error_of_ours(stage: Stage) -> None:
    """A form sent and a button pressed, well signed, with each part in turn what it cannot be."""
    ana = stage.person("Ana")
    ana.command(stage.channel, "/momentum help")
    ana.press("Report")
    sent = submission(stage)
    payloads = [stage.last_payload(kind) for kind in ("view_submission", "block_actions")]
    answers: set[int] = set()
    changed = [with_part(each, at, odd) for each in payloads for at in places(each) for odd in ODD]
    with capture_logs() as log:
        for each in changed:
            stage.slack.advance(1)  # nobody hurries
            form = signed_http.as_form({"payload": json.dumps(each)}).body
            answers.add(replace(sent, body=form, timestamp=now()).answer()[0])
    assert answers <= {200, 400, 404}
    assert [line for line in log if line["event"] == "unexpected error"] == []


@given(st.text())
def test_a_form_is_read_as_everybody_reads_it(text: str) -> None:
    """Whatever people type; a body that is not one field named payload is left to Bolt."""
    assert unpacked(urlencode({"payload": text})) == text
    for other in (urlencode({"text": text}), urlencode({"payload": text, "ssl_check": "1"})):
        assert unpacked(other) == other
