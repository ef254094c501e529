"""Each setting in each wrong way, with each command: refused by its name, no traceback, no secret."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.config import Settings
from tests.bot.forked import Answer, Forks, forks
from tests.bot.place import Place
from tests.plans import guide_text

MEGABYTE = 2**20
Form = Callable[[str], str]
TAKEN: list[Form] = [
    lambda _: "",
    lambda _: " \t ",
    lambda right: f" {right}\r\n",
]
REFUSED: dict[str, Form] = {
    "broken in two": lambda right: f"{right}\n{right}",
    "with something unseen": lambda right: f"{right}\u200b{right}",
    "quoted": lambda right: f'"{right}"',
    "quoted at its end": lambda right: f"{right}'",
    "of another kind": lambda _: "neither this, nor that",
    "a megabyte": lambda right: right * (MEGABYTE // len(right)),
}
COMMANDS = {
    "run": [],
    "doctor": [],
    "load": ["plan.yaml", "--workspace", "T0LC", "--yes"],
    "migrate": [],
    "backup": ["copy.db"],
}


@pytest.fixture
def right(place: Place) -> dict[str, str]:
    """A right value for each setting, its default where there is one; Slack takes no call of ours."""
    place.slack.set_app(token_revoked=True)
    fields = Settings.model_fields
    usual = {name.upper(): str(field.default) for name, field in fields.items() if not field.is_required()}
    of_slack = {"SLACK_APP_TOKEN": place.slack.app["app_token"], "HEALTH_PORT": "0"}
    return {**usual, **place.over_http(), **of_slack}


@pytest.fixture
def forked(tmp_path: Path) -> Iterator[Forks]:
    (tmp_path / "plan.yaml").write_text(guide_text(), encoding="utf-8")
    with forks(tmp_path) as started:
        yield started


@pytest.mark.parametrize("command", COMMANDS)
def test_every_wrong_setting_is_refused_by_its_name(
    forked: Forks, right: dict[str, str], tmp_path: Path, command: str
) -> None:
    """A blank one is not set, so the file's is taken; blanks and line ends around one are no part."""
    secrets = [right[name] for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")]
    in_file = {name: text for name, text in right.items() if name != "SLACK_APP_TOKEN"}
    lines = (f"{name}={text}\n" for name, text in in_file.items())
    (tmp_path / ".env").write_text("".join(lines), encoding="utf-8")

    def answer(**environment: str) -> Answer:
        (tmp_path / "copy.db").unlink(missing_ok=True)
        ended = forked.command(environment, command, *COMMANDS[command])
        place = f"{command} {environment.keys()}: {ended.words[:400]}"
        assert not any(line.startswith("Traceback") for line in ended.words.splitlines()), place
        assert "fault of its own" not in ended.words, place
        assert [secret for secret in secrets if secret in ended.words] == [], place
        return ended

    answer()  # what it does once it does no more afterwards
    usual = answer().code
    assert set(right) == {name.upper() for name in Settings.model_fields}
    for form in TAKEN:
        for given in (in_file, right):  # HTTP, then Socket Mode
            assert answer(**{name: form(text) for name, text in given.items()}).code == usual
    for name, text in right.items():
        for kind, form in REFUSED.items():
            refused = answer(**{name: form(text)})
            lines = refused.words.splitlines()
            assert (refused.code, len(lines)) == (2, 2), f"{name} {kind}"
            assert lines[1].startswith(f"{name}: "), f"{name} {kind}: {refused.words}"
