"""Whatever comes over the wire is refused in words; nothing of it breaks the playground."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from playground import control_schema
from playground.clock import Clock
from playground.gestures import GESTURES
from playground.limits import Rates
from playground.methods import REGISTRY
from playground.server import Served, running
from tests.playground.conftest import MANIFEST, T0
from tests.playground.forms import actions, button, entry, home, modal, text_input

ANA, TEAM = "U0ANA", "C0TEAM"
HALF_A_CHARACTER = "\ud83d"
TABLES = (
    control_schema.APP,
    control_schema.PERSON,
    control_schema.CHANNEL,
    control_schema.CLOCK,
    control_schema.FAULT,
    control_schema.LIMITS,
    control_schema.PACE,
    control_schema.SOCKETS,
)
PATHS = ("app", "people", "channels", "clock", "faults", "limits", "pace", "sockets")
KEYS = sorted({key for table in TABLES for key in table.keys})
WORDS = (
    ANA,
    TEAM,
    "#team",
    "1.0",
    "*",
    "chat.postMessage",
    "disconnect",
    "before",
    "push",
    "b",
    "modal",
    "[]",
)
BLOCKS = [actions(button("Go", "push"), block_id="b"), entry("Words", text_input())]
VIEWS = (home(*BLOCKS), modal("Form", *BLOCKS))

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(WORDS)
junk = st.recursive(
    plain | st.just(HALF_A_CHARACTER) | st.just(BLOCKS) | st.sampled_from(VIEWS),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(("id", "title", "type", "text", "blocks")) | st.text(), inside, max_size=3
        )
    ),
    max_leaves=6,
)
# One playground bears all the junk of a test, as it would in life.
thorough = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def busy() -> Iterator[Served]:
    """A playground without an app, patient with how often it is asked."""
    rates = Rates(dict.fromkeys(range(5), 100_000), posting_burst=100_000, posting_per_minute=100_000)
    with running(MANIFEST, clock=Clock(T0, running=False), rates=rates) as served:
        ana = served.client.add_person("Ana", id=ANA)
        served.client.add_channel("team", [ana.id], id=TEAM)
        web = WebClient(token=served.client.app["bot_token"], base_url=served.api_url)
        web.views_publish(user_id=ana.id, view=VIEWS[0])
        yield served


def answer(served: Served, path: str, body: Any) -> tuple[int, Any]:
    """The status, and what is written in the answer."""
    token = served.client.app["bot_token"]
    connection = HTTPConnection(urlsplit(served.url).netloc, timeout=5)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    connection.request("POST", path, json.dumps(body), headers)
    response = connection.getresponse()
    status, written = response.status, response.read()
    connection.close()
    assert status < 500, (path, body, written)
    return status, json.loads(written)


@thorough
@given(st.data())
def test_every_method_answers_any_json(busy: Served, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(REGISTRY.methods)))
    arguments = data.draw(
        st.dictionaries(st.sampled_from([*REGISTRY.methods[name].takes, "other"]), junk) | junk,
        label="arguments",
    )
    status, said = answer(busy, f"/api/{name}", arguments)
    assert (status, type(said["ok"])) == (200, bool)


@thorough
@given(path=st.sampled_from(PATHS), body=st.dictionaries(st.sampled_from(KEYS), junk, max_size=4) | junk)
def test_every_call_of_the_control_api_answers_any_json(busy: Served, path: str, body: Any) -> None:
    status, said = answer(busy, f"/control/{path}", body)
    assert said["ok"] is (status == 200)
    busy.client.clear_faults()
    assert busy.client.journal() != []


@thorough
@given(st.data())
def test_every_gesture_answers_any_json(busy: Served, data: st.DataObject) -> None:
    """On a channel and a home that are there, too."""
    do = data.draw(st.sampled_from(sorted(GESTURES)))
    schema = GESTURES[do].schema
    needed = st.fixed_dictionaries({key: junk for key in schema.needs if key not in ("person", "do")})
    more = data.draw(st.dictionaries(st.sampled_from([*schema.keys, "other"]), junk))
    person = {"person": ANA, "do": do}
    status, said = answer(busy, "/control/gestures", {**more, **data.draw(needed), **person})
    assert said["ok"] is (status == 200)
    assert busy.client.screen_of(ANA)["person"]["id"] == ANA


@pytest.mark.parametrize(
    "body", ['{"now": NaN}', '{"to": 1e999}', "[" * 100_000, '"\\ud83d"', "{", "[]", "\xff"]
)
def test_what_is_no_json_or_cannot_be_written_again_is_refused(busy: Served, body: str) -> None:
    connection = HTTPConnection(urlsplit(busy.url).netloc, timeout=5)
    for path, status, error in (("/control/clock", 400, "invalid"), ("/api/api.test", 200, "invalid_json")):
        connection.request("POST", path, body.encode("latin-1"), {"Content-Type": "application/json"})
        response = connection.getresponse()
        assert (response.status, json.loads(response.read())["error"]) == (status, error)
    connection.close()


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("channels", {"name": "new", "members": ["U0NOBODY"]}, "no_such_person"),
        ("channels", {"members": [ANA]}, "incomplete"),
        ("faults", {"method": "chat.postMesage"}, "no_such_method"),
        ("faults", {"method": "*", "times": 0}, "invalid"),
        ("faults", {"method": "*", "delay": -1}, "invalid"),
        ("gestures", {"person": ANA, "do": "reload", "loudly": True}, "invalid"),
        ("gestures", {"person": ANA, "do": "message", "channel": TEAM, "text": 5}, "invalid"),
        ("people", {"name": "Zed", "tz": "Mars/Olympus"}, "invalid"),
        ("clock", {"advance": "x"}, "invalid"),
        ("clock", {"to": 1e300}, "out_of_time"),
        ("limits", {"tiers": {"7": 1}}, "invalid"),
    ],
)
def test_a_slip_in_the_control_api_is_refused(busy: Served, path: str, body: Any, error: str) -> None:
    status, said = answer(busy, f"/control/{path}", body)
    assert (status // 100, said["error"]) == (4, error)


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMessage", {"channel": [TEAM], "text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": TEAM, "text": "x", "attachments": 5}, "invalid_arguments"),
        ("blocks.validate", {"view": ["home"]}, "invalid_blocks"),
        ("blocks.validate", {"view": "home"}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": 5}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": {"id": "F1"}}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": ["F1"]}, "invalid_arguments"),
        ("conversations.members", {"channel": TEAM, "limit": -1}, "invalid_limit"),
        ("conversations.members", {"channel": TEAM, "limit": 0}, "invalid_limit"),
        ("conversations.list", {"limit": 1000}, "invalid_limit"),
        ("chat.scheduledMessages.list", {"oldest": "soon"}, "invalid_ts_oldest"),
    ],
)
def test_a_slip_in_a_call_is_refused(busy: Served, method: str, arguments: Any, error: str) -> None:
    assert answer(busy, f"/api/{method}", arguments)[1]["error"] == error
