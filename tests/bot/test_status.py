"""`/healthz`, `/readyz` and `/metrics`: they tell the truth, of nobody, in both ways into Slack."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text

from bot.health import Health
from bot.scheduler import Scheduler
from handlers.context import Deps
from models import engines
from models.database import Database
from tests.bot.place import MANIFEST, Place, card_of, fill_in, send_in
from tests.bot.watching import watch
from tests.office import Office, open_office

CANARY = "Lamplighter rounds at noon"


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    database = Database(sqlite_url)
    with open_office(database) as opened:
        yield opened
    database.dispose()


@pytest.mark.parametrize("way", ["socket", "http"])
def test_a_bot_at_work_is_well_and_counts_what_it_does(each_place: Place, way: str) -> None:
    """All three in both modes."""
    slack, place = each_place.slack, each_place
    apart = {"HEALTH_PORT": "0"}
    with place.up(place.environment(**apart) if way == "socket" else place.over_http(**apart)) as bot:
        fill_in(slack, slack.person("Ana Lima"))
        send_in(slack, slack.person("Ana Lima"), **{"What did you test?": CANARY})
        card_of(slack, slack.person("Chidi Okafor"))
        asked = watch(bot)
        slack.wait_for(lambda: asked.value('momentum_outbox_messages{state="pending"}') == 0)
        for path in ("/healthz", "/readyz"):
            code, told = asked.asks(path)
            assert (code, told["well"], told["trouble"]) == (200, True, [])
        assert set(told["loops"]) >= {"delivery", "database", "prune"}
        assert asked.value('momentum_deliveries_total{outcome="sent"}') >= 2
        assert asked.value('momentum_ack_seconds_count{asked="view_submission"}') == 2
        assert asked.value('momentum_ack_seconds_bucket{asked="command",le="3.0"}') == 1
        for told in (asked.metrics(), bot.log):
            assert CANARY not in told
            assert "Ana" not in told
            assert not re.search(r"\b[UCT]0[A-Z0-9]{3,}", told), "no ids of people, channels or workspaces"


@pytest.mark.parametrize("apart", [{}, {"HEALTH_PORT": "0"}])
def test_the_public_port_says_whether_the_process_lives_and_no_more(
    place: Place, apart: dict[str, str]
) -> None:
    """What asks the database, or tells of the work, is asked for inside: 401 like all that is not signed."""
    with place.up(place.over_http(**apart)):
        public = place.slack.app["request_url"].removesuffix("/slack/events")
        answers = {path: httpx.get(f"{public}/{path}") for path in ("healthz", "readyz", "metrics")}
    codes = {path: answer.status_code for path, answer in answers.items()}
    assert codes == {"healthz": 200, "readyz": 401, "metrics": 401}
    assert answers["healthz"].json() == {"well": True, "trouble": []}


def test_a_connection_that_is_gone_shows_until_it_is_back(place: Place) -> None:
    """Not ready at once; a person is called only when it lasts."""
    with place.up(place.environment(HEALTH_PORT="0")) as bot:
        asked = watch(bot)
        place.slack.fault("apps.connections.open", status=500)
        place.slack.sockets("abort")
        place.slack.wait_for(lambda: asked.asks("/readyz")[0] == 503, timeout=20)
        assert "Slack: not connected" in asked.asks("/readyz")[1]["trouble"]
        assert asked.value("momentum_slack_connected") == 0
        place.slack.clear_faults()
        place.slack.wait_for(lambda: asked.asks("/readyz")[0] == 200, timeout=30)


@pytest.mark.parametrize("way", ["socket", "http"])
def test_with_slack_away_at_the_start_it_says_so(place: Place, way: str) -> None:
    """Alive, not ready, and nobody is let in; all by itself ready once Slack is there."""
    slack, apart = place.slack, {"HEALTH_PORT": "0"}
    slack.fault("auth.test", status=503)
    with place.running(place.environment(**apart) if way == "socket" else place.over_http(**apart)) as bot:
        slack.wait_for(lambda: "slack_is_away" in bot.log, timeout=20)
        asked = watch(bot)
        assert asked.asks("/healthz") == (200, {"well": True, "trouble": []})
        code, told = asked.asks("/readyz")
        assert (code, told["trouble"]) == (503, ["Slack: not connected"])
        assert "momentum_slack_connected 0.0" in asked.metrics()
        slack.clear_faults()
        bot.wait_for("Momentum is up")
        slack.wait_for(lambda: asked.asks("/readyz")[0] == 200, timeout=20)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_database_that_is_away_shows_until_it_is_back(each_place: Place) -> None:
    """The three addresses answer all the same, and the bot is its old self afterwards."""
    slack = each_place.slack
    with each_place.up(each_place.environment(HEALTH_PORT="0")) as bot:
        asked = watch(bot)
        with closed(each_place.url):
            slack.wait_for(lambda: asked.asks("/readyz")[0] == 503, timeout=20)
            assert asked.asks("/readyz")[1]["trouble"] == ["database: no answer"]
            assert asked.asks("/healthz")[0] == 200, "a restart would not mend it"
            assert asked.value("momentum_database_up") == 0
        slack.wait_for(lambda: asked.asks("/readyz")[0] == 200, timeout=20)
        fill_in(slack, slack.person("Ana Lima"))


@contextmanager
def closed(url: str) -> Iterator[None]:
    """A Postgres that lets nobody into this database for the length of the block."""
    named = engines.named(url)
    admin = create_engine(named.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {named.database} ALLOW_CONNECTIONS false"))
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        connection.execute(text(cut), {"name": named.database})
        try:
            yield
        finally:
            connection.execute(text(f"ALTER DATABASE {named.database} ALLOW_CONNECTIONS true"))
    admin.dispose()


def test_health_names_what_has_been_wrong_for_long(office: Office) -> None:
    """A loop without a good turn for thirty seconds, a silent Slack: in words, and only then."""
    seconds = [0.0]
    deps = Deps(office.db, office.clock)
    ticking = Scheduler(deps, office.pump(), steady=lambda: seconds[0])
    ticking._good = {"delivery": 0.0, "prune": 0.0}
    ticking._turned = {"delivery": 20.0, "prune": 0.0}
    health = Health(deps, ticking, lambda: (True, seconds[0]), steady=lambda: seconds[0])
    office.say("waits")
    assert (health.look().trouble(), health.look().obstacles()) == ([], [])
    seconds[0] = 31.0
    office.slack.advance(31)
    found = health.look()
    assert found.trouble() == [
        "delivery: no good turn for 31 s",
        "Slack: no sign of life for 31 s",
    ]
    assert found.told()["outbox"]["pending"] == 1
    assert found.told()["oldest_due_s"] == 31.0
    office.slack.fault("chat.postMessage", error="token_revoked")
    office.pump().turn()
    seconds[0] = 33.0
    assert "Slack: takes no message in 1 of our workspaces (token_revoked)" in health.look().obstacles()
    assert health.stuck() == [], "it turns, though nothing comes of it: a restart would not mend that"
    seconds[0] = 50.0
    assert health.stuck() == ["delivery: hangs, or has ended"]
    health.stopping()
    assert "stopping" in health.look().obstacles()


@pytest.mark.parametrize("form", ["json", "text"])
def test_an_error_is_logged_without_its_message(form: str, tmp_path: Path) -> None:
    """The message of an error may quote a report: its kind, its code and the way to it are enough."""
    program = f"""
import structlog
from bot import logs
logs.set_up("INFO", "{form}")
def compose():
    raise ValueError("{CANARY}")
try:
    try:
        compose()
    except ValueError as wrong:
        raise OSError(28, "{CANARY}") from wrong
except OSError:
    structlog.get_logger().exception("a row could not be sent", row=7)
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=MANIFEST.parent, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert "OSError 28 <- ValueError" in done.stderr
    assert "compose" not in done.stderr.split("Traceback")[0]
    assert CANARY not in done.stderr
