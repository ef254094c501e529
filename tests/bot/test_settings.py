"""Settings: whoever starts the bot hears at once all that is missing or wrong, and never a secret."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import GivenSettings, read_settings
from tests.bot.place import command

RIGHT = {"SLACK_BOT_TOKEN": "xoxb-canary", "SLACK_APP_TOKEN": "xapp-canary"}
WRONG = {
    "SLACK_BOT_TOKEN": "canary-bot",
    "SLACK_APP_TOKEN": "xoxb-canary",
    "SLACK_API_URL": "slack.com/canary",
    "DATABASE_URL": "mysql://momentum:canary@db/lc",
    "PORT": "70000",
    "REPORT_COMMAND": "report now",
    "LOG_LEVEL": "LOUD",
    "LOG_FORMAT": "xml",
}


def complaints(folder: Path, environment: dict[str, str], word: str = "run") -> list[str]:
    """What it says when it cannot start, a line each, after the first."""
    refused = command(folder, environment, word)
    assert (refused.code, refused.out) == (2, "")
    head, *lines = refused.err.splitlines()
    assert head == "Momentum needs a few settings first."
    return lines


def test_nothing_set_is_answered_with_all_that_is_needed(tmp_path: Path) -> None:
    """Both the token and a way in, so that nobody starts it five times to learn five things."""
    assert complaints(tmp_path, {}) == [
        "SLACK_BOT_TOKEN is not set. The bot token (xoxb-...), from OAuth & Permissions on the app's page.",
        (
            "SLACK_SIGNING_SECRET: set this one (HTTP) or SLACK_APP_TOKEN (Socket Mode). "
            "The signing secret, from Basic Information. Needed when Slack calls over HTTP."
        ),
    ]


@pytest.mark.parametrize("word", ["run", "doctor", "outbox", "migrate"])
def test_every_wrong_setting_has_a_line_with_its_name_and_what_to_do(tmp_path: Path, word: str) -> None:
    """One error for all of them, whatever the command; what stood there is not repeated."""
    lines = complaints(tmp_path, WRONG, word)
    assert [line.split(":")[0] for line in lines] == list(WRONG)
    assert all(len(line.split()) > 6 for line in lines)
    assert "canary" not in "".join(lines)
    assert "REPORT_COMMAND: must be a slash and up to 31 of a-z, 0-9, - and _." in "".join(lines)


def test_two_commands_of_one_name_are_refused(tmp_path: Path) -> None:
    (line,) = complaints(tmp_path, {**RIGHT, "REPORT_COMMAND": "/lc", "MOMENTUM_COMMAND": "/lc"})
    assert line.startswith("MOMENTUM_COMMAND: must differ from REPORT_COMMAND.")


def test_a_file_named_env_is_read_and_the_environment_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in docs/operations.md; an empty variable counts as not set."""
    (tmp_path / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-file\nSLACK_APP_TOKEN=xapp-file\nPORT=4000\nREPORT_COMMAND=/lc-report\nOTHER=1\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", "5000")
    monkeypatch.setenv("REPORT_COMMAND", "")
    settings = read_settings()
    assert settings.slack_bot_token.get_secret_value() == "xoxb-file"
    assert (settings.port, settings.report_command) == (5000, "/lc-report")


def test_settings_do_not_show_their_secrets() -> None:
    """Neither a print nor a traceback that holds them tells a token or a password."""
    shown = GivenSettings(
        slack_bot_token=SecretStr("xoxb-canary"),
        slack_app_token=SecretStr("xapp-canary"),
        slack_signing_secret=SecretStr("canary"),
        database_url="postgresql://momentum:canary@db/lc",
    )
    assert "canary" not in f"{shown!r} {shown}"


def test_settings_handed_in_ignore_the_environment_of_another_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo and a real bot may live in one shell."""
    monkeypatch.setenv("REPORT_COMMAND", "/theirs")
    monkeypatch.setenv("LOG_LEVEL", "nonsense")
    given = GivenSettings(slack_bot_token=SecretStr("xoxb-1"), slack_app_token=SecretStr("xapp-1"))
    assert given.report_command == "/report"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://momentum:canary@127.0.0.1:1/lc", "connection failed"),
        ("sqlite:////no/such/folder/canary.db", "unable to open database file"),
    ],
)
@pytest.mark.parametrize("word", [["run"], ["migrate"], ["outbox"]])
def test_a_database_that_is_not_there_is_a_sentence(
    tmp_path: Path, url: str, words: str, word: list[str]
) -> None:
    """With its reason and the variable to look at; no password, no traceback."""
    refused = command(tmp_path, {**RIGHT, "DATABASE_URL": url}, *word)
    assert refused.code == 1
    assert refused.err.startswith(f"The database cannot be reached: {words}")
    assert refused.err.endswith("Check DATABASE_URL.\n")
    assert refused.err.count("\n") == 1
    assert "canary" not in refused.err
