"""`momentum run`: a report from command to card by both ways in; a start that says what it lacks."""

import socket
from pathlib import Path

import pytest

from playground.server import running
from tests.bot.place import MANIFEST, Place, card_of, fill_in, send_in, settle_in


@pytest.mark.parametrize("way", ["socket", "http"])
def test_a_nurse_reports_and_the_card_is_in_the_channel(each_place: Place, way: str) -> None:
    """The whole program, from `/report` to the card with its chart, on each kind of database."""
    slack = each_place.slack
    environment = each_place.environment() if way == "socket" else each_place.over_http()
    with each_place.up(environment) as bot:
        ana, chidi = slack.person("Ana Lima"), slack.person("Chidi Okafor")
        fill_in(slack, ana)
        send_in(slack, ana)
        card = card_of(slack, chidi)
        assert "70.0% (42/60)" in card.all_text
        slack.wait_for(lambda: [one for one in chidi.messages("#lc-all") if "1 of 8 teams" in one.all_text])
        ended = bot.end()
    assert (ended.code, ended.err.count("Traceback")) == (0, 0)


def test_commands_with_other_names_are_the_ones_it_listens_to(sqlite_url: str, tmp_path: Path) -> None:
    """Another app may own /report: the settings and the manifest say how ours is called."""
    manifest = tmp_path / "manifest.yml"
    renamed = MANIFEST.read_text().replace("/report", "/lc-report").replace("/momentum", "/lc")
    manifest.write_text(renamed, encoding="utf-8")
    with running(manifest) as served:
        settle_in(served.client, sqlite_url)
        place = Place(served, sqlite_url, tmp_path)
        with place.up(place.environment(REPORT_COMMAND="/lc-report", MOMENTUM_COMMAND="/lc")):
            ana = served.client.person("Ana Lima")
            fill_in(served.client, ana, "/lc-report")
            ana.close(everything=True)
            ana.command("#lc-all", "/lc help")
            (help_,) = ana.ephemerals("#lc-all")
            assert "*/lc-report* opens your team's monthly report." in help_.all_text
            fay = served.client.person("Fay Brooks")
            fay.command("#lc-all", "/lc export")
            served.client.wait_for(lambda: "any team's chart: /lc chart." in str(fay.screen()))
            ravi = served.client.person("Ravi Shah")
            ravi.command("#lc-all", "/lc timeline")
            served.client.wait_for(lambda: "Post the timetable" in str(ravi.screen()))
            ravi.press("Post the timetable")
            served.client.wait_for(lambda: "`/lc timeline` sends it to you" in str(ana.screen()))


def test_slack_may_be_away_at_the_start(place: Place) -> None:
    """It waits and tries again; once Slack is there it works, and nobody has to start it anew."""
    place.slack.fault("auth.test", drop="before", times=1)
    place.slack.fault("apps.connections.open", status=503, times=1)
    with place.up() as bot:
        fill_in(place.slack, place.slack.person("Ana Lima"))
        away = [line for line in bot.log.splitlines() if "slack_is_away" in line]
        assert len(away) == 2


def test_with_nobody_at_slacks_address_it_waits_until_it_is_told_to_stop(place: Place) -> None:
    """A connection refused is no reason to give up, and waiting is no reason not to go."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with place.running(place.environment(SLACK_API_URL=f"http://127.0.0.1:{port}/api/")) as bot:
        place.slack.wait_for(lambda: "slack_is_away" in bot.log, timeout=20)
        ended = bot.end()
    assert (ended.code, ended.err.count("Traceback")) == (0, 0)
    assert ended.seconds < 3


def test_tables_that_are_out_of_date_are_refused_with_the_way_out(place: Place, empty_url: str) -> None:
    """Nothing is sent without the tables of this version; `momentum migrate` may be run twice."""
    refused = place.command("run", DATABASE_URL=empty_url)
    assert refused.code == 1
    assert refused.err.startswith("The database ")
    assert refused.err.endswith(". Run: momentum migrate\n")
    for _ in range(2):
        migrated = place.command("migrate", DATABASE_URL=empty_url)
        assert (migrated.code, migrated.out) == (0, "The database is up to date.\n")
    with place.up(place.environment(DATABASE_URL=empty_url)):
        pass


@pytest.mark.parametrize("setting", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_token_slack_does_not_know_is_named_in_a_sentence(place: Place, setting: str) -> None:
    """Trying again would not help; which of the two it is does."""
    prefix = place.environment()[setting].split("-", maxsplit=1)[0]
    refused = place.command("run", **{setting: f"{prefix}-canary-no-such-token"})
    assert refused.code == 1
    assert refused.err.splitlines()[-1] == (
        f"Slack did not accept {setting} (invalid_auth). Run: momentum doctor"
    )
    assert "Traceback" not in refused.err
    assert "canary" not in refused.err


def test_a_port_somebody_has_is_named_in_a_sentence(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as theirs:
        port = str(theirs.getsockname()[1])
        refused = place.command("run", **{**place.over_http(), "PORT": port, "SLACK_APP_TOKEN": ""})
    assert refused.code == 2
    assert refused.err.splitlines()[-1] == (
        f"HOST, PORT: cannot listen on 127.0.0.1:{port} (Address already in use)"
    )


HEAVY = {"matplotlib", "numpy", "openpyxl", "yaml", "aiohttp"}


@pytest.mark.parametrize(
    ("word", "unwanted"),
    [("run", HEAVY), ("--help", HEAVY | {"sqlalchemy", "slack_bolt", "apscheduler", "alembic"})],
)
def test_nothing_is_imported_that_is_not_needed_yet(place: Place, word: str, unwanted: set[str]) -> None:
    """A start is quick and small: charts, sheets and files are loaded where they are first used."""
    environment = place.environment(PYTHONPROFILEIMPORTTIME="1")
    with place.running(environment, word) as bot:
        bot.wait_for("Momentum is up" if word == "run" else "demo")
        log = bot.end().err
    imported = {line.split("|")[-1].strip() for line in log.splitlines() if line.startswith("import time:")}
    assert len(imported) > 100
    assert imported & unwanted == set()
