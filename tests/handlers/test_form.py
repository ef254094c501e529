"""A form is kept at its first press alone, whatever its window is used for next."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import App, Args, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from handlers import errors
from handlers.context import Act, Deps, promptly, refuse
from handlers.errors import lazily
from models.database import Database
from models.errors import DomainError
from models.tables.chart import chart_marks
from models.tables.collaborative import collaboratives
from playground.client import Person
from tests.clock import FrozenClock
from tests.handlers.stage import Stage
from tests.scenarios.charting import lay_months, open_chart

WHEN, WHAT = "By when", "What should people know?"


def change_aim(stage: Stage, hana: Person, when: str) -> None:
    """Change one part in the window that shows the aim, and read it there."""
    hana.press("Change the aim")
    stage.modal(hana, "Its goal is the line")
    hana.fill(WHEN, when)
    hana.submit()
    stage.modal(hana, f"*{WHEN}*: {when}")


def aim_of(stage: Stage) -> str:
    """By when, as it is stored."""
    found = stage.db.read(lambda db: db.execute(collaboratives.select()).mappings().one())
    return str(found["aim"]["time_frame"])


def test_a_press_that_comes_again_undoes_nothing_that_was_kept_since(stage: Stage) -> None:
    """The same window takes a second change; the first one, sent once more, hears how things stand."""
    hana = stage.person("Hana")
    assert hana.command(stage.channel, "/momentum aim")
    stage.modal(hana, "Our aim")
    change_aim(stage, hana, "May 2028")
    first = stage.last_payload("view_submission")
    change_aim(stage, hana, "June 2029")
    answer = json.loads(stage.send(first).body)
    assert answer["response_action"] == "update"
    assert f"*{WHEN}*: June 2029" in str(answer)
    assert aim_of(stage) == "June 2029"


def note(stage: Stage, bo: Person, words: str) -> None:
    """Add a note to the chart on screen, as far as its preview."""
    bo.press("Add a note")
    stage.modal(bo, WHAT)
    bo.choose("Month", "January 2026")
    bo.fill(WHAT, words)
    bo.submit()
    stage.modal(bo, "This is how the chart would look.")


def test_two_marks_are_taken_back_in_one_window_each_of_them_once(stage: Stage) -> None:
    """A second press is answered as the first was."""
    lay_months(stage)
    bo = stage.person("Bo")
    open_chart(stage, bo, "Cedar")
    for words in ("New cuffs", "New room"):
        note(stage, bo, words)
        bo.submit()
        stage.modal(bo, f"“{words}”")
    for words in ("New cuffs", "New room"):
        bo.press("Take back")
        stage.modal(bo, "What should go?")
        bo.choose("What should go?", f"Note on Jan 2026: {words}")
        bo.fill("Why?", "Another month")
        bo.submit()
        stage.modal(bo, f"~Note on January 2026, by Bo: “{words}”")
        again = stage.send(stage.last_payload("view_submission"))
        assert json.loads(again.body)["response_action"] == "update"
    assert stage.count(chart_marks, chart_marks.c.ended_at.is_not(None)) == 2


def refuse_one(_deps: Deps, args: Args) -> None:
    """Refuse at a field."""
    refuse(args, {"why": "Please say why."})


def refuse_all(_deps: Deps, _args: Args) -> None:
    """Refuse in words above the window."""
    raise DomainError("That is not yours.")


def take(_deps: Deps, args: Args) -> None:
    """Take what was sent."""
    args.ack()


@pytest.mark.parametrize(("act", "follows"), [(take, True), (refuse_one, False), (refuse_all, False)])
def test_what_comes_after_the_acknowledgement_does_not_come_after_a_refusal(
    sqlite_url: str, clock: FrozenClock, act: Act, *, follows: bool
) -> None:
    """The first half of a listener decides, and the second does not decide again."""
    database, halves, followed = Database(sqlite_url), ThreadPoolExecutor(1), []
    deps = Deps(database, clock)
    known = AuthorizeResult(enterprise_id=None, team_id="T0", bot_id="B0", bot_user_id="U0", bot_token="x")
    app = App(
        signing_secret="made up",
        authorize=lambda **_: known,
        process_before_response=True,
        listener_executor=halves,
    )
    errors.register(app)
    app.view("form")(ack=promptly(deps, act), lazy=[lazily(deps, lambda *_: followed.append(act))])
    view = {"type": "modal", "id": "V1", "callback_id": "form"}
    sent = {"type": "view_submission", "team": {"id": "T0"}, "user": {"id": "U1"}, "view": view}
    app.dispatch(BoltRequest(body=sent, mode="socket_mode"))
    halves.shutdown(wait=True)
    database.dispose()
    assert bool(followed) is follows
