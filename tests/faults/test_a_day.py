"""A day of hourly refreshes: what stands is edited in place, what is due comes once, and nothing grows."""

from collections import Counter
from functools import partial

from sqlalchemy import Connection

from bot.scheduler import prune
from handlers.context import Deps
from models.rules.delivery.outcomes import EDIT, POST
from models.services import digest, roll_call
from models.tables.outbox import inbox, outbox_messages, pace
from tests.faults.test_nth_write import send
from tests.handlers.stage import Stage

HOURS, CLOCKS = 24, 3  # of processes that share the database
HOUR_S = 3600
MOST_GATES = 10  # places written to of late, and Slack's methods


def test_a_day_of_hourly_refreshes_edits_what_stands_and_adds_nothing(stage: Stage) -> None:
    """From Monday afternoon on; three teams are reminded on Tuesday that June is due on Friday."""
    send(stage, "Cedar", "June 2026")
    cora = stage.person("Cora")
    assert cora.command(stage.channel, "/momentum digest")
    _pass_hour(stage)
    first, kept = len(_posts(stage)), stage.count(outbox_messages)
    for hour in range(HOURS):
        stage.db.write(partial(_refresh, stage=stage, hour=hour))
        cora.open_home()
        _pass_hour(stage)

    reminded = Counter(person for person, _ in _posts(stage)[first:])
    assert reminded == {stage.cast.slack[name]: 1 for name in ("Chidi", "Dana", "Eve")}
    edits = stage.slack.journal("api", method=EDIT, accepted=True)
    assert Counter(call["arguments"]["ts"] for call in edits) == {
        stage.post(cora, "1 of 4 teams is in").ts: HOURS,
        stage.post(cora, "Your digest, 7 Jul", "Momentum").ts: HOURS,
    }
    assert stage.count(outbox_messages) == kept + 2 * HOURS + len(reminded)
    assert stage.count(inbox) == 0
    assert stage.count(pace) <= MOST_GATES


def _refresh(db: Connection, stage: Stage, hour: int) -> None:
    """Have the roll call and the coach's digest say what is true now."""
    now, june = stage.clock.now(), stage.cast.periods["June 2026"]
    digest.renew(db, stage.cast.members["Cora"], f"hour {hour}", now)
    roll_call.redraw(db, stage.cast.collaborative, june, f"hour {hour}", now)


def _pass_hour(stage: Stage) -> None:
    for _ in range(CLOCKS):
        stage.tick()
    stage.deliver()
    prune(Deps(stage.db, stage.clock))
    stage.slack.advance(HOUR_S)


def _posts(stage: Stage) -> list[tuple[str, str]]:
    """Where and what: all that was posted so far."""
    calls = stage.slack.journal("api", method=POST, accepted=True)
    return [(call["arguments"]["channel"], call["arguments"]["text"]) for call in calls]
