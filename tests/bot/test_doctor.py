"""`momentum doctor`: each ailment has a line that says what is found, and one that says how to mend it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.demo.collaborative import FILE
from tests.bot.place import Ended, Place
from tests.plans import changed

SHARED, CEDARS = "C0ALL", "Cedar"


def findings(ended: Ended) -> tuple[list[str], list[str]]:
    """What is well, and what is to be mended, each with how."""
    lines = ended.out.splitlines()
    well = [line.removeprefix("ok    ") for line in lines if line.startswith("ok ")]
    sick = [
        f"{line.removeprefix('MEND  ')} -> {lines[at + 1].strip()}"
        for at, line in enumerate(lines)
        if line.startswith("MEND")
    ]
    return well, sick


def test_a_healthy_bot_is_told_so(place: Place) -> None:
    """Settings, database, token, way in, scopes, the shared channel and each team's own."""
    ended = place.command("doctor")
    well, sick = findings(ended)
    assert (ended.code, sick, ended.err) == (0, [], "")
    assert ended.out.splitlines()[-1] == "All is well."
    assert [line.split(":")[0] for line in well[:4]] == ["Database", "Bot token", "Way in", "Scopes"]
    assert "Channel of Cedar: Momentum is in #cedar" in well


def notes(ended: Ended) -> list[str]:
    """What could be better, each with how."""
    lines = ended.out.splitlines()
    return [
        f"{line.removeprefix('note  ')} -> {lines[at + 1].strip()}"
        for at, line in enumerate(lines)
        if line.startswith("note")
    ]


MEANS = "Until then what is for Cedar alone goes to its people by direct message."
OPEN: dict[str, tuple[dict[str, object], str]] = {
    "public": (
        {"private": False},
        "#cedar is public: everybody in the workspace can read it -> Make it private in its settings.",
    ),
    "shared": (
        {"shared_with": "T0CLINIC"},
        "#cedar is shared with another organization -> Name a channel in the file that is not shared.",
    ),
    "others": (
        {"members": ["U0ANA", "U0GIL"]},
        "#cedar has others in it than the team, its coaches and the hosts -> Take them out of it.",
    ),
}


@pytest.mark.parametrize("how", OPEN)
def test_a_team_channel_others_can_read_is_told_and_is_no_ailment(place: Place, how: str) -> None:
    """Before and after the file is loaded: everything works, by another way."""
    change, words = OPEN[how]
    place.slack.change_channel("C0CEDAR", **change)
    ended = place.command("doctor")
    assert (ended.code, findings(ended)[1]) == (0, [])
    assert notes(ended) == [f"Channel of Cedar: {words} {MEANS}"]
    assert ended.out.splitlines()[-1] == "All else is well."
    file = place.folder / "plan.yaml"
    file.write_bytes(FILE.read_bytes())
    loaded = place.command("load", str(file), "--yes", **without_collaborative(place))
    assert loaded.code == 0
    assert f"Cedar: {words.replace(' -> ', '. ')} {MEANS}" in loaded.out
    assert "Birch: #birch" not in loaded.out


def revoked(place: Place) -> dict[str, str]:
    place.slack.set_app(token_revoked=True)
    return {}


def without_a_scope(place: Place) -> dict[str, str]:
    scopes = place.slack.app["scopes"]
    place.slack.set_app(scopes=[scope for scope in scopes if scope != "files:write"])
    return {}


def sent_out(place: Place) -> dict[str, str]:
    place.slack.change_channel(SHARED, bot=False)
    return {}


def archived(place: Place) -> dict[str, str]:
    place.slack.change_channel(SHARED, archived=True)
    return {}


def without_collaborative(place: Place) -> dict[str, str]:
    url = f"sqlite:///{place.folder / 'empty.db'}"
    assert place.command("migrate", DATABASE_URL=url).code == 0
    return {"DATABASE_URL": url}


def unknown_channel(place: Place) -> dict[str, str]:
    place.slack.fault("conversations.info", channel=SHARED, error="channel_not_found")
    return {}


def slack_away(place: Place) -> dict[str, str]:
    place.slack.fault("auth.test", status=503)
    return {}


def sockets_away(place: Place) -> dict[str, str]:
    place.slack.fault("apps.connections.open", status=503)
    return {}


def no_database(place: Place) -> dict[str, str]:
    file = place.folder / "letter.db"
    file.write_text("Dear Hana, " * 1000, encoding="utf-8")
    return {"DATABASE_URL": f"sqlite:///{file}"}


def without_tables(place: Place) -> dict[str, str]:
    sqlite3.connect(place.folder / "new.db").close()
    return {"DATABASE_URL": f"sqlite:///{place.folder / 'new.db'}"}


def open_to_others(place: Place) -> dict[str, str]:
    (place.folder / "momentum.db").chmod(0o640)
    return {}


def with_two_names(place: Place) -> dict[str, str]:
    (place.folder / "second.db").hardlink_to(place.folder / "momentum.db")
    return {}


AILMENTS: list[tuple[Callable[[Place], dict[str, str]], str]] = [
    (
        lambda _: {"DATABASE_URL": "postgresql://momentum:canary@127.0.0.1:1/lc"},
        "Database: cannot be reached -> The database cannot be reached: connection failed",
    ),
    (
        lambda place: {"DATABASE_URL": f"sqlite:///{place.folder / 'lost.db'}"},
        "lost.db -> Run: momentum migrate",
    ),
    (without_tables, "Database: has no tables yet -> Run: momentum migrate"),
    (open_to_others, "Database: others may read momentum.db -> Run: chmod go= /"),
    (with_two_names, "momentum.db has another name, a hard link, and what is kept under one is missing"),
    (
        revoked,
        "Bot token: Slack answered token_revoked -> Install the app again and set SLACK_BOT_TOKEN",
    ),
    (
        slack_away,
        "Bot token: Slack is out of reach (HTTP 503, no answer of Slack's) -> Check the network",
    ),
    (
        sockets_away,
        "Way in: Socket Mode: Slack is out of reach (HTTP 503, no answer of Slack's) -> Check the network",
    ),
    (
        no_database,
        "letter.db is damaged: file is not a database -> Put back a copy from before",
    ),
    (
        without_a_scope,
        "Scopes: missing: files:write -> Add them under OAuth & Permissions",
    ),
    (
        lambda _: {"SLACK_APP_TOKEN": "xapp-canary"},
        "Way in: Socket Mode: Slack answered invalid_auth -> Make an app-level token with connections:write",
    ),
    (sent_out, "Momentum is not in #lc-all -> Write in that channel: /invite @Momentum"),
    (archived, "#lc-all is archived -> Unarchive it, or name another in the file."),
    (
        unknown_channel,
        "C0ALL: Slack answered channel_not_found -> Check the id C0ALL in the collaborative's file",
    ),
    (
        without_collaborative,
        "Collaborative: none in this workspace yet -> Load one: momentum load FILE.yaml",
    ),
]


@pytest.mark.parametrize(("fall_ill", "words"), AILMENTS, ids=[words for _, words in AILMENTS])
def test_each_ailment_is_found_with_its_cure(
    place: Place, fall_ill: Callable[[Place], dict[str, str]], words: str
) -> None:
    """It names that one and no other, ends with 1, and tells no secret."""
    ended = place.command("doctor", **fall_ill(place))
    _, sick = findings(ended)
    assert ended.code == 1
    (found,) = sick
    assert words in found
    assert "canary" not in ended.out + ended.err


def test_where_slack_does_not_say_which_scopes_were_granted_it_says_so(place: Place) -> None:
    """Nothing is called missing that may be there; nor is it called well."""
    place.slack.set_app(tells_scopes=False)
    ended = place.command("doctor")
    lines = ended.out.splitlines()
    at = lines.index("?     Scopes: Slack does not say which were granted")
    assert lines[at + 1].strip() == "Compare OAuth & Permissions with manifest.yml yourself."
    assert (ended.code, lines[-1]) == (0, "All else is well.")


def test_a_load_without_slack_says_so_at_once(place: Place, tmp_path: Path) -> None:
    """In a sentence, with no line of a log and no half minute of waiting."""
    file = tmp_path / "plan.yaml"
    file.write_text("name: X\n", encoding="utf-8")
    refused = place.command("load", str(file), SLACK_API_URL="http://127.0.0.1:9/api/")
    assert refused.code == 1
    (said,) = refused.err.splitlines()
    assert said.startswith("Slack is out of reach (")


def test_measures_without_a_sample_size_are_asked_for(place: Place) -> None:
    """As after the migration; it is nothing to mend before one can go on."""
    file = place.folder / "plan.yaml"
    file.write_text(changed(("    sample size: 20\n", "")), encoding="utf-8")
    empty = without_collaborative(place)
    assert place.command("load", str(file), "--yes", **empty).code == 0
    ended = place.command("doctor", **empty)
    asked = "?     Sample size in Blood pressure control: not given for Blood pressure control"
    assert asked in ended.out.splitlines()
    assert "Write “sample size: 20”, or “sample size: all” where everybody is counted" in ended.out


def test_a_single_channel_guest_in_a_team_with_its_own_channel_is_refused_with_the_way_out(
    place: Place,
) -> None:
    """They cannot be in that channel and in the shared one; as a multi-channel guest they can."""
    file = place.folder / "plan.yaml"
    file.write_text(changed(("U0123ANA", "U0ANA")), encoding="utf-8")
    place.slack.change_channel("C0CEDAR", members=[])
    place.slack.change_person("U0ANA", is_restricted=True, is_ultra_restricted=True)
    empty = without_collaborative(place)
    refused = place.command("load", str(file), "--yes", **empty)
    assert refused.code == 1
    assert refused.err.startswith("Ana Lima: as a single-channel guest of Slack one is in one channel")
    place.slack.change_person("U0ANA", is_ultra_restricted=False)
    assert place.command("load", str(file), "--yes", **empty).code == 0
