"""Signed HTTP delivery: challenge, signature, forms and JSON, retry headers (rules 1 and 9)."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App, BoltResponse
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from playground import signed_http
from playground.client import Person, Playground, Refusal
from playground.server import Served
from tests.playground.forms import entry, modal, text_input
from tests.playground.small_app import Seen, http_app


def register(app: App) -> None:
    @app.command("/ask")
    def ask(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack(f"You asked {body['text']}")
        form = modal("Form", entry("Name", text_input()), callback_id="form")
        client.views_open(trigger_id=body["trigger_id"], view=form)

    app.view("form")(lambda ack: ack(response_action="errors", errors={"Name": "No."}))


@pytest.fixture
def seen(served: Served) -> Iterator[Seen]:
    """A Bolt app behind a Request URL, which checks every signature itself."""
    with http_app(served, register) as (seen, url):
        served.client.set_app(request_url=url)
        yield seen


def test_commands_and_interactions_travel_as_signed_forms(ana: Person, channel: str, seen: Seen) -> None:
    assert ana.command("#team", "/ask why & how?")
    assert [one.text for one in ana.ephemerals("#team")] == ["You asked why &amp; how?"]
    ana.fill("Name", "x")
    ana.submit()
    assert ana.modal.errors == {"Name": "No."}
    types = [one["content-type"] for one in seen.headers]
    assert types == ["application/x-www-form-urlencoded"] * 2


def test_events_travel_as_json(slack: Playground, ana: Person, channel: str, seen: Seen) -> None:
    ana.say("#team", "hello")
    slack.wait_for(lambda: seen.events("message"))
    assert seen.headers[-1]["content-type"] == "application/json"


def test_an_address_that_fails_the_challenge_is_not_taken(slack: Playground) -> None:
    with pytest.raises(Refusal, match="url_not_verified"):
        slack.set_app(request_url=slack.url)
    assert slack.app["request_url"] is None


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize(("headers", "times"), [({}, 4), ({"x-slack-no-retry": "1"}, 1)])
def test_a_failing_app_gets_the_event_again_with_the_reason(
    headers: dict[str, Any], times: int, slack: Playground, ana: Person, served: Served
) -> None:
    """x-slack-retry-num counts from 1, x-slack-retry-reason is http_error; x-slack-no-retry ends it."""

    def failing(app: App) -> None:
        app.event("message")(lambda: BoltResponse(status=500, headers=headers))

    with http_app(served, failing) as (seen, url):
        slack.set_app(request_url=url)
        ana.say("#team", "hello")
        slack.wait_for(lambda: seen.bodies)
        slack.advance(3600)
    retries = [(one.get("x-slack-retry-num"), one.get("x-slack-retry-reason")) for one in seen.headers]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")][:times]
    assert len({body["event_id"] for body in seen.bodies}) == 1


def test_an_app_that_went_away_fails_a_command(
    slack: Playground, ana: Person, channel: str, served: Served
) -> None:
    with http_app(served, register) as (_, url):
        slack.set_app(request_url=url)
    assert not ana.command("#team", "/ask")
    assert ana.notices == ['/ask failed with the error "dispatch_failed"']


def test_signatures_are_those_slack_sdk_verifies() -> None:
    """And those of a body changed by one byte are not."""
    parcel = signed_http.as_json({"type": "event_callback"})
    headers = signed_http.headers(parcel, "secret")
    verifier = SignatureVerifier("secret")
    assert verifier.is_valid_request(parcel.body, headers)
    assert not verifier.is_valid_request(parcel.body + b" ", headers)
