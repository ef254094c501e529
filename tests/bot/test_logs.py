"""Logs tell what happened to which row, a JSON object a line, and neither a token nor what people wrote."""

import json
import logging
import sqlite3

import pytest
import structlog

from bot import logs
from tests.bot.place import Place, card_of, fill_in, send_in

CANARY = "canary-7f3a"
SAID = "What did you test?"
CONTROLLED = "Patients whose last reading of the month is below 140/90 (numerator)"
TO_THE_COACH = "A note for your coach"


def test_neither_tokens_nor_words_of_people_are_in_the_log(place: Place) -> None:
    """A whole story at the most talkative level, with faults in it; what was written is where it belongs."""
    slack, ana = place.slack, place.slack.person("Ana Lima")
    facts = slack.app
    with place.up(place.environment(LOG_LEVEL="DEBUG")) as bot:
        fill_in(slack, ana)
        ana.fill(CONTROLLED, 7_654_321)
        ana.submit()  # more than there are: refused
        ana.fill(CONTROLLED, 42)
        slack.fault("chat.postMessage", retry_after=1, times=1)
        slack.fault("views.open", error="fatal_error", times=1)
        send_in(slack, ana, **{SAID: CANARY, TO_THE_COACH: f"{CANARY} tired"})
        ana.command("#lc-all", f"/momentum {CANARY}")
        ana.command("#lc-all", "/report")
        card = card_of(slack, ana)
        log = bot.end().err
    assert CANARY in card.all_text
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"delivery", "unexpected error"} <= {line["event"] for line in lines}
    secrets = [facts["bot_token"], facts["app_token"], facts["signing_secret"], "trigger", "/response/"]
    assert [word for word in [CANARY, "7654321", *secrets] if word in log] == []


def test_no_token_reaches_the_database(place: Place) -> None:
    """A copy of the file gives nobody a way into Slack; people's words are in it once, where they belong."""
    slack, ana = place.slack, place.slack.person("Ana Lima")
    with place.up() as bot:
        fill_in(slack, ana)
        send_in(slack, ana, **{SAID: CANARY})
        card_of(slack, ana)
        bot.end()
    with sqlite3.connect(place.url.removeprefix("sqlite:///")) as database:
        dump = "\n".join(database.iterdump())
    database.close()
    facts = slack.app
    assert [dump.count(facts[name]) for name in ("bot_token", "app_token", "signing_secret")] == [0, 0, 0]
    holders = {line.split()[2].strip('"') for line in dump.splitlines() if CANARY in line}
    assert holders == {"reports"}


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1234-abcd",
        "xapp-1-A0-99-ff",
        "https://hooks.slack.com/commands/T0/1/abc",
        "postgresql://momentum:pa55word@db/lc",
    ],
)
@pytest.mark.parametrize("form", ["json", "text"])
def test_what_looks_like_a_secret_is_blanked_wherever_it_stands(
    capsys: pytest.CaptureFixture[str], secret: str, form: str
) -> None:
    """In a value, deep inside one, in a library's own words, in the message of an error."""
    known = structlog.get_config(), logging.getLogger().handlers[:], logging.getLogger().level
    logs.set_up("INFO", "json" if form == "json" else "text")
    try:
        structlog.get_logger().info("said", value=secret, deep={"list": [secret]})
        logging.getLogger("library").warning("it was %s", secret)
        try:
            raises(secret)
        except ValueError:
            structlog.get_logger().exception("failed")
    finally:
        structlog.configure(**known[0])
        logging.basicConfig(handlers=known[1], level=known[2], force=True)
    written = capsys.readouterr().err
    assert [word for word in ("abcd", "A0-99", "commands/T0", "pa55word") if word in written] == []
    assert written.count("[secret]") == 3  # of an error the log has the kind and the way alone
    if form == "json":
        events = [json.loads(line)["event"] for line in written.splitlines()]
        assert (events[0], events[1][:7], events[2]) == ("said", "it was ", "failed")


def raises(words: str) -> None:
    raise ValueError(words)
