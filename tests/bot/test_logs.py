"""Logs tell what happened to which row, a JSON object a line, and neither a token nor what people wrote."""

import json
import logging
import sqlite3
import subprocess
import sys
from functools import partial

import httpx
import pytest
import structlog
from slack_sdk import WebClient

from playground import signed_http
from playground.client import Person
from tests.bot.place import MANIFEST, Place, Running, card_of, fill_in, send_in
from tests.overheard import overheard

CANARY = "canary-7f3a"
SAID = "What did you test?"
CONTROLLED = "Patients whose last reading of the month is below 140/90 (numerator)"
TO_THE_COACH = "A note for your coach"
ECHOES = (  # what may stand before Slack, and Slack itself, answering with what was sent
    {"body": f"<p>{CANARY}</p>"},
    {"body": f"<p>{CANARY}</p>", "status": 429},
    {"body": f"<p>{CANARY}</p>", "status": 502},
    {"body": json.dumps({"ok": False, "error": CANARY})},
    {"body": json.dumps({"ok": False, "error": "fatal_error", "response_metadata": {"messages": [CANARY]}})},
)
NONSENSE = (
    signed_http.as_form({"payload": CANARY}),
    signed_http.as_form({"payload": json.dumps({"type": "view_submission", "view": CANARY})}),
    signed_http.as_form({"text": CANARY}),
    signed_http.as_json({"type": "event_callback", "event": {"type": "message", "text": CANARY}}),
    signed_http.Parcel(CANARY.encode() + b"\xff", "text/plain"),
)


@pytest.mark.parametrize("way", ["socket", "http"])
def test_neither_tokens_nor_words_of_people_are_in_the_log(place: Place, way: str) -> None:
    """A story at the most talkative level, with faults and nonsense; what was written is where it belongs."""
    slack, ana, facts = place.slack, place.slack.person("Ana Lima"), place.slack.app
    talkative = {"LOG_LEVEL": "DEBUG"}
    with place.up(place.environment(**talkative) if way == "socket" else place.over_http(**talkative)) as bot:
        fill_in(slack, ana)
        ana.fill(CONTROLLED, 7_654_321)
        ana.submit()  # more than there are: refused
        ana.fill(CONTROLLED, 42)
        slack.fault("chat.postMessage", body=f"<p>{CANARY}</p>", status=429, times=1)
        slack.fault("views.open", error="fatal_error", times=1)
        send_in(slack, ana, **{SAID: CANARY, TO_THE_COACH: f"{CANARY} tired"})
        ana.command("#lc-all", f"/momentum {CANARY}")
        ana.command("#lc-all", "/report")
        card = card_of(slack, ana)
        says_what_nobody_listens_to(place, ana)
        meets_echoes(place, bot, ana)
        slack.wait_for(lambda: "nobody listens" in bot.log)
        log = bot.end().err
    assert CANARY in card.all_text
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"delivery", "unexpected error"} <= {line["event"] for line in lines}
    secrets = [facts["bot_token"], facts["app_token"], facts["signing_secret"], "trigger", "/response/"]
    assert [word for word in [CANARY, "7654321", *secrets] if word in log] == []


def says_what_nobody_listens_to(place: Place, person: Person) -> None:
    """A message in the channel, another name, a button of another version, and signed nonsense."""
    slack = place.slack
    person.say("#lc-all", CANARY)
    slack.change_person(person.id, real_name=f"Ana Lima {CANARY}")
    stale = {"type": "button", "action_id": "nobodys", "value": CANARY, "text": plain(CANARY)}
    WebClient(slack.app["bot_token"], place.served.api_url).chat_postMessage(
        channel="C0ALL", text=CANARY, blocks=[{"type": "actions", "elements": [stale]}]
    )
    person.press(CANARY)
    if url := slack.app["request_url"]:
        for parcel in NONSENSE:
            signed = signed_http.headers(parcel, slack.app["signing_secret"])
            assert httpx.post(url, content=parcel.body, headers=signed).status_code in {400, 404}


def plain(words: str) -> dict[str, str]:
    return {"type": "plain_text", "text": words}


def meets_echoes(place: Place, bot: Running, person: Person) -> None:
    """Every call of Slack's is answered with the canary: of the form, of the chart, of the Home tab."""
    for echo in ECHOES:
        known = bot.log.count("unexpected error")
        place.slack.fault("*", **echo)
        person.command("#lc-all", "/report")
        person.command("#lc-all", "/momentum chart")
        person.open_home()
        place.slack.wait_for(partial(has_broken, bot, known + 3))
        place.slack.clear_faults()


def has_broken(bot: Running, times: int) -> bool:
    return bot.log.count("unexpected error") >= times


PROGRAM = """
import gc, logging, threading, warnings
import structlog
from bot import logs

logs.set_up("DEBUG", "{form}")
for name in ("slack_sdk.web.base_client", "slack_bolt.App", "momentum", "psycopg.pool", "somebody"):
    library = logging.getLogger(name)
    library.setLevel("DEBUG")
    library.debug("{canary}")
    library.warning("it was %s", "{canary}", stack_info=True)
    library.error("%d", "{canary}")
    library.error("it broke", exc_info=ValueError("{canary}"))


class Left:
    def __del__(self):
        raise ValueError("{canary}")


def breaks():
    raise ValueError("{canary}")


warnings.warn("{canary}")
Left()
gc.collect()
thread = threading.Thread(target=breaks)
thread.start()
thread.join()
try:
    breaks()
except ValueError:
    structlog.get_logger("bot.somewhere").exception("caught")
breaks()
"""


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_word_reaches_the_log_whoever_says_it(form: str) -> None:
    """Libraries at any level, warnings, what nobody caught in a thread or anywhere: who, and where."""
    program = PROGRAM.format(form=form, canary=CANARY)
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", program], cwd=MANIFEST.parent, capture_output=True, text=True, check=False
    )
    assert (done.returncode, CANARY in done.stdout + done.stderr) == (1, False)
    assert [done.stderr.count(word) for word in ("a library spoke", "nobody caught", "caught")] == [16, 3, 4]
    if form == "json":
        events = [json.loads(line) for line in done.stderr.splitlines()]
        places = {event["at"].partition(":")[0] for event in events if "library" in event}
        assert places == {"<string>", "warnings.py"}


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
def test_what_looks_like_a_secret_is_blanked_wherever_it_stands(secret: str, form: str) -> None:
    """In a value, deep inside one, in words of ours, in the message of an error."""
    with overheard(form) as log:
        structlog.get_logger("bot.test").info("said", value=secret, deep={"list": [secret]})
        logging.getLogger("models.test").warning("it was %s", secret)
        try:
            raises(secret)
        except ValueError:
            structlog.get_logger("bot.test").exception("failed")
    written = log.getvalue()
    assert [word for word in ("abcd", "A0-99", "commands/T0", "pa55word") if word in written] == []
    assert written.count("[secret]") == 3  # of an error the log has the kind and the way alone
    if form == "json":
        events = [json.loads(line)["event"] for line in written.splitlines()]
        assert (events[0], events[1][:7], events[2]) == ("said", "it was ", "failed")


def raises(words: str) -> None:
    raise ValueError(words)
