"""`momentum doctor --live`: what could only be read about is tried, told and taken away again."""

import signal
import subprocess
from collections.abc import Callable, Mapping

import pytest

from bot.clock import SystemClock
from bot.config import Settings
from bot.demo.collaborative import demo_channels
from bot.doctor import Checked
from bot.live import trials
from bot.live.visit import CONSENT, IS_STOPPED, visit
from bot.live.workbench import Host
from models.errors import DomainError
from playground.client import Person
from tests.bot.place import BOT, Place

SUBJECTS = [each.subject for each in trials.TRIALS]
Answer = bool | Callable[[], bool]
AS_EXPECTED: dict[str, Answer] = {each.ask: each.expects for each in trials.TRIALS if each.ask}
SECRETS = ("xoxb-", "xapp-", "playground-signing-secret")
PRESSES = ("A picture in a window", "A guest's press")


class Terminal:
    """The host at the terminal, by a script: who presses what, and which question has which answer."""

    def __init__(self, answers: Mapping[str, Answer], *pressing: Person) -> None:
        self._answers = answers
        self._pressing = dict(zip(("Open a window", "Press me"), pressing, strict=False))
        self.heard: list[str] = []
        self.asked: list[str] = []

    def hear(self, words: str) -> None:
        self.heard.append(words)
        for button, person in self._pressing.items():
            if button in words:
                if person.modals:
                    person.close()
                person.press(button)

    def agrees(self, question: str) -> bool:
        self.asked.append(question)
        answer = self._answers.get(question, True)
        return answer() if callable(answer) else answer

    @property
    def host(self) -> Host:
        return Host(self.hear, self.agrees)


@pytest.fixture(autouse=True)
def unhurried(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host takes longer than a second for each answer; this one does not, and presses at once or never."""
    place.slack.set_limits(posting_burst=50)
    monkeypatch.setattr(trials, "PRESS_S", 0)


def settings(place: Place, **other: str) -> Settings:
    """Those of the place, with others in their place."""
    given = {name.lower(): value for name, value in place.environment(**other).items()}
    return Settings.model_validate(given)


def found(place: Place, terminal: Terminal, **other: str) -> dict[str, Checked]:
    """What is found in #lc-all, by subject."""
    findings = visit(settings(place, **other), "lc-all", terminal.host, SystemClock().now())
    return {each.subject: each for each in findings}


def guest(place: Place) -> Person:
    """Gil, a guest in #lc-all."""
    came = place.slack.add_person("Gil", is_restricted=True)
    place.slack.change_channel("C0ALL", members=[*demo_channels()[0].members, came.id])
    return came


def question_of(subject: str) -> str:
    """What the host is asked about it."""
    return next(each.ask for each in trials.TRIALS if each.subject == subject)


def left(place: Place) -> list[str]:
    """What stands in #lc-all."""
    return [each.all_text for each in place.slack.person("Ana Lima").messages("#lc-all")]


def test_all_is_tried_and_nothing_of_it_is_left(place: Place) -> None:
    """Slack's own answers, what the host sees, a guest's press, a window; and no secret on screen."""
    hana = place.slack.person("Hana Novak")

    def sees_the_window() -> bool:
        return "A picture in a window" in hana.modal.all_text

    answers = AS_EXPECTED | {question_of("A picture in a window"): sees_the_window}
    terminal = Terminal(answers, hana, guest(place))
    findings = found(place, terminal)
    assert list(findings) == SUBJECTS
    assert {each.mark for each in findings.values()} == {"ok"}, findings
    assert findings["A message"].state.startswith("read back after ")
    assert findings["A guest's press"].state == "it came from a multi-channel guest"
    assert left(place) == []
    uploaded = place.slack.journal("api", method="files.completeUploadExternal", accepted=True)
    assert len(place.slack.journal("api", method="files.delete", accepted=True)) == len(uploaded) == 3
    said = f"{terminal.heard} {terminal.asked} {findings}"
    assert [secret for secret in SECRETS if secret in said] == []


def test_what_people_see_otherwise_is_told_with_what_to_change(place: Place) -> None:
    hana = place.slack.person("Hana Novak")
    findings = found(place, Terminal({ask: not answer for ask, answer in AS_EXPECTED.items()}, hana, hana))
    otherwise = {each.subject: each.mend for each in findings.values() if each.mark == "MEND"}
    assert otherwise == {each.subject: each.change for each in trials.TRIALS if each.ask}
    assert findings["A guest's press"] == Checked(
        "A guest's press", "a full member pressed it, no guest", is_known=False
    )


def test_somebody_of_another_workspace_presses_and_their_ids_are_told(place: Place) -> None:
    gil = guest(place)
    place.slack.change_person(gil.id, is_restricted=False, team_id="T0CLINIC")
    findings = found(place, Terminal(AS_EXPECTED, place.slack.person("Hana Novak"), gil))
    ours = place.slack.app["team_id"]
    assert findings["A guest's press"].state == (
        f"it came from another workspace: user.team_id T0CLINIC, team.id {ours}"
    )


def test_what_slack_refuses_and_what_nobody_presses_is_told(place: Place) -> None:
    """A refusal is a finding like any other, and so is a press that does not arrive."""
    terminal = Terminal(AS_EXPECTED | {"No press came. Was the button pressed?": True})
    place.slack.fault("chat.update", error="cant_update_message")
    findings = found(place, terminal)
    edited = findings["A picture brought by an edit"]
    assert (edited.mark, edited.state) == ("MEND", "Slack answered cant_update_message")
    assert {findings[each].state for each in PRESSES} == {"it was pressed, and Slack brought no press"}


def test_over_http_it_asks_whether_a_bot_runs_and_hears_no_presses(place: Place) -> None:
    http = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "shh"}
    with pytest.raises(DomainError, match="Please stop Momentum first"):
        found(place, Terminal({IS_STOPPED: False}), **http)
    terminal = Terminal(AS_EXPECTED)
    findings = found(place, terminal, **http)
    assert terminal.asked[0] == IS_STOPPED
    assert {findings[each].mark for each in PRESSES} == {"?"}
    assert all("SLACK_APP_TOKEN" in findings[each].state for each in PRESSES)
    assert {findings[each].mark for each in SUBJECTS if each not in PRESSES} == {"ok"}


def test_nothing_is_written_unless_the_host_agrees(place: Place) -> None:
    terminal = Terminal({CONSENT.format(channel="lc-all"): False})
    with pytest.raises(DomainError, match="Nothing was written"):
        found(place, terminal)
    assert place.slack.journal("api", method="chat.postMessage") == []
    assert terminal.asked == [CONSENT.format(channel="lc-all")]


def test_a_channel_it_cannot_write_to_is_named_with_the_mend(place: Place) -> None:
    place.slack.change_channel("C0ALL", bot=False)
    with pytest.raises(DomainError, match=r"lc-all: Slack answered not_in_channel.*/invite @Momentum"):
        found(place, Terminal({}))


def interrupt() -> bool:
    raise KeyboardInterrupt


def test_interrupted_it_cleans_up_and_says_what_it_could_not_delete(place: Place) -> None:
    """Here the newest message, at the first try."""
    place.slack.fault("chat.delete", error="internal_error", times=1)
    terminal = Terminal(AS_EXPECTED | {question_of("A picture"): interrupt})
    with pytest.raises(KeyboardInterrupt):
        found(place, terminal)
    (words,) = terminal.heard
    assert words.endswith("is not deleted (Slack answered internal_error): please do so yourself.")
    (stands,) = left(place)
    assert stands.startswith("A picture")


def test_a_message_nobody_knows_of_is_named_at_the_end(place: Place) -> None:
    """The connection broke when Slack had taken it: its id never came."""

    def then_break() -> bool:
        place.slack.fault("chat.postMessage", drop="after", times=1)
        return True

    terminal = Terminal(AS_EXPECTED | {question_of("A long message"): then_break})
    found(place, terminal)
    (words,) = [each for each in terminal.heard if "may stand in the channel" in each]
    assert words.startswith("“A folded container” may")
    (stands,) = left(place)
    assert "Folded" in stands


def test_while_the_bot_runs_it_is_refused(place: Place) -> None:
    """The lock is the one of `momentum run`."""
    with place.up() as bot:
        refused = place.command("doctor", "--live", "--channel", "lc-all")
        assert refused.code == 1
        assert f"process {bot.process.pid} on " in refused.err
    assert place.command("doctor", "--live").code == 2, "it needs to know where"
    assert place.slack.journal("api", method="chat.postMessage") == []


def test_told_to_stop_it_cleans_up_as_well(place: Place) -> None:
    """As a process of its own, with a person at its terminal."""
    with subprocess.Popen(  # noqa: S603 - our own program
        [*BOT, "doctor", "--live", "--channel", "lc-all"],
        cwd=place.folder,
        env=place.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("y\n")
        process.stdin.flush()
        out = ""
        while question_of("A long message") not in out and (read := process.stdout.read(1)):
            out += read
        assert len(left(place)) == 3
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=30)
    assert left(place) == []
    assert (process.returncode, "Traceback" in rest) == (1, False), rest
    assert "ok    A message: read back after" in out
