"""Settings: whoever starts the bot hears at once all that is missing or wrong, and never a secret."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import cli, schema
from bot.config import Settings, read_settings
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
    assert head == "Momentum needs a few settings first, in the environment or in the file .env."
    return lines


def test_nothing_set_is_answered_with_all_that_is_needed(tmp_path: Path) -> None:
    """The file, the token and a way in, so that nobody starts it five times to learn five things."""
    assert complaints(tmp_path, {}) == [
        f"There is no file {tmp_path}/.env.",
        "SLACK_BOT_TOKEN is not set. The bot token (xoxb-...), from OAuth & Permissions on the app's page.",
        (
            "SLACK_SIGNING_SECRET: set SLACK_APP_TOKEN (Socket Mode) or this one (HTTP). "
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


def test_who_chose_a_way_hears_of_no_other(tmp_path: Path) -> None:
    """With the file there and Socket Mode chosen, one thing is missing; a blank is not there."""
    (tmp_path / ".env").write_text("SLACK_APP_TOKEN=xapp-canary\nSLACK_BOT_TOKEN=' '\n", encoding="utf-8")
    (line,) = complaints(tmp_path, {})
    assert line.startswith("SLACK_BOT_TOKEN is not set. ")


def test_a_file_named_env_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=xoxb-canary\xff\n")
    assert complaints(tmp_path, RIGHT) == [f"{tmp_path}/.env cannot be read: it must be text, in UTF-8."]


@pytest.mark.parametrize(
    "words", [["load", "none.yaml"], ["load", "here", "--data", "none.csv"], ["restore", "none.db"]]
)
def test_a_file_that_is_missing_is_told_before_a_setting_that_is(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "here").touch()
    refused = command(tmp_path, {}, *words)
    assert (refused.code, refused.err) == (1, f"There is no file {words[-1]}.\n")


def test_an_error_nobody_foresaw_is_told_without_its_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """They may hold a token: urllib, say, quotes a header it does not like."""

    def fails(_url: str) -> None:
        raise ValueError("Invalid header value b'Bearer xoxb-canary'")

    monkeypatch.chdir(tmp_path)
    for name, text in RIGHT.items():
        monkeypatch.setenv(name, text)
    monkeypatch.setattr(schema, "upgrade", fails)
    monkeypatch.setattr("sys.argv", ["momentum", "migrate"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    written = capsys.readouterr()
    assert (end.value.code, "canary" in written.out + written.err) == (1, False)
    assert written.err.startswith("Momentum met a fault of its own, please tell us: ValueError ")
    assert "test_settings.py:" in written.err


def test_settings_do_not_show_their_secrets() -> None:
    """Neither a print nor a traceback that holds them tells a token or a password."""
    shown = Settings(
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
    given = Settings(slack_bot_token=SecretStr("xoxb-1"), slack_app_token=SecretStr("xapp-1"))
    assert given.report_command == "/report"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://momentum:canary@127.0.0.1:1/lc", "connection failed"),
        ("postgresql://momentum:canary@127.0.0.1:1/lc?colour=blue", 'invalid connection option "colour"'),
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


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("run", "The database is not there: no file /no/such/folder/lc.db. Run: momentum migrate\n"),
        ("outbox", "The database is not there: no file /no/such/folder/lc.db. Run: momentum migrate\n"),
        (
            "migrate",
            "The tables stay as they were: unable to open database file. Mend that, and run this again.\n",
        ),
    ],
)
def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path, word: str, words: str) -> None:
    refused = command(tmp_path, {**RIGHT, "DATABASE_URL": "sqlite:////no/such/folder/lc.db"}, word)
    assert (refused.code, refused.err) == (1, words)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://momentum:p@canary@127.0.0.1:1/lc",
        "postgresql://momentum:p@s:canary@127.0.0.1:1/lc",
        "postgresql://momentum:p@s/canary@127.0.0.1:1/lc",
        "postgresql://mo/mentum:canary@127.0.0.1:1/lc",
        "postgresql://momentum:canary%00@127.0.0.1:1/lc",
        "sqlite://momentum:canary@db/lc",
        "sqlite:///canary.db?mode=ro",
    ],
)
def test_a_password_that_spills_over_into_an_address_is_in_no_error(tmp_path: Path, url: str) -> None:
    """Half of it would be taken for the name of a machine, and be told as one that is not found."""
    (line,) = complaints(tmp_path, {**RIGHT, "DATABASE_URL": url}, "migrate")
    assert line.startswith("DATABASE_URL: cannot be read; in a password write @ as %40, ")
    assert "canary" not in line
