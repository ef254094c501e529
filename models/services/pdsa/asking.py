"""Asks who sees to a test how it went, the day after its last day, in their working hours."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from models.rules.pdsa.cycle import PdsaCycle
from models.rules.reminders.due_message import DueMessage, Snapshot
from models.rules.reminders.reminders import LATE, Reachable
from models.services import due
from models.services.delivery import outbox, posts
from models.services.pdsa import cycles
from models.services.reminders import cases
from models.services.reminders.cases import Places

KIND, ANSWERED = "pdsa_question", "pdsa_answered"
_THE_DAY_AFTER = timedelta(days=1)


def due_questions(db: Connection, snapshot: Snapshot) -> Iterable[DueMessage]:
    """The question of each test that ran and has no word of how it went; nobody is asked twice of one day."""
    running = cycles.running(db, snapshot.collaborative.id)
    waited_for = [each for each in running if not each.answers.happened]
    places = cases.people(db, snapshot) if waited_for else {}
    for cycle in waited_for:
        if (last := cycle.answers.last_day) and (person := _owner(places, cycle)):
            work = snapshot.ladder.working_time(person.time_zone)
            window = work.window(work.on_or_after(last + _THE_DAY_AFTER), LATE)
            about, to = f"{cycle.id}:{last}:{person.slack_user}", person.slack_user
            scope = snapshot.collaborative.id
            args: dict[str, int | str] = {"collaborative_id": scope, "cycle_id": cycle.id, "to": to}
            yield DueMessage(KIND, about, args, to, window, post=f"{KIND}:{about}")


def still_waits(db: Connection, args: Mapping[str, Any], now: datetime) -> PdsaCycle | None:
    """The test a question is about; None when it is not to be asked any more."""
    return cycles.find(db, args["cycle_id"]) if due.still(db, due_questions, args, now) else None


def answered(db: Connection, args: Mapping[str, Any]) -> PdsaCycle | None:
    """The test whose question was answered since; None where it was never asked."""
    if posts.find(db, args["collaborative_id"], args["post"], args["to"]) is None:
        return None
    return cycles.find(db, args["cycle_id"])


def answer(db: Connection, cycle: PdsaCycle, now: datetime) -> None:
    """Have the questions of a test say that it was answered, and how it stands."""
    whose, beginning = cycle.collaborative, f"{KIND}:{cycle.id}:"
    outbox.edit_all(db, whose, beginning, ANSWERED, {"cycle_id": cycle.id}, str(cycle.revision), now)


def _owner(places: Places, cycle: PdsaCycle) -> Reachable | None:
    """Who sees to it, if they can be reached; else who answers for the team's report."""
    ours = [each for (team, _), people in places.items() if team == cycle.team.id for each in people]
    owner = next((each for each in ours if each.member_id == cycle.answers.owner_id), None)
    return owner or next(iter(cases.answering(places, cycle.team.id)), None)
