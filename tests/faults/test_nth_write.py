"""A disk that is full from one write after the other of a report on: nothing is lost, nothing doubled."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import Protocol

from sqlalchemy import Connection, text
from structlog.testing import capture_logs

from handlers import registry
from handlers.delivery.pump import Pump
from models import engines
from models.database import Database
from models.errors import DomainError
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed
from models.rules.report.report import Narrative
from models.services.collaborative import visitors
from models.services.report.form import form_for
from models.services.report.submit import submit
from tests.drawing import DRAWING
from tests.faults.failing_disk import failing_disk
from tests.handlers.stage import Stage
from tests.services.sending import entries

WORDS = Narrative(tested="Cuffs in every room", coach_note="We are tired")
SENDERS = {"Cedar": "Ana", "Birch": "Chidi", "Elm": "Eve"}
MONTH_S = 30.5 * 24 * 3600
STEPS = {"sqlite": 9, "postgresql": 3}  # of some 130 pages SQLite writes, of some 30 statements


class Writes(Protocol):
    """What a database writes to."""

    def fail_from(self, number: int) -> None: ...

    def mend(self) -> bool:
        """Have room again; whether it failed since."""
        ...


FULL = """
CREATE SEQUENCE writes;
CREATE TABLE full_from (number bigint);
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('writes') >= (SELECT number FROM full_from) THEN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
    END IF;
    RETURN NULL;
END $$;
"""
WATCHED = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'full_from' LOOP
        EXECUTE format(
            'CREATE TRIGGER fail BEFORE INSERT OR UPDATE OR DELETE ON %I EXECUTE FUNCTION fail()', name
        );
    END LOOP;
END $$;
"""


@dataclass
class FullPostgres:
    """Postgres says itself that its disk is full, from the statement of a number on."""

    database: Database

    def fail_from(self, number: int) -> None:
        self._say("ALTER SEQUENCE writes RESTART")
        self._say("INSERT INTO full_from VALUES (:number)", number=number)

    def mend(self) -> bool:
        failed = "SELECT last_value >= (SELECT number FROM full_from) FROM writes"
        found = self.database.read(lambda db: bool(db.execute(text(failed)).scalar_one()))
        self._say("DELETE FROM full_from")
        return found

    def _say(self, words: str, **more: int) -> None:
        self.database.write(lambda db: db.execute(text(words), more) and None)


@contextmanager
def failing(url: str) -> Iterator[Writes]:
    """Yield what this database writes to, to be made to fail."""
    if engines.is_sqlite(engines.named(url)):
        with failing_disk() as disk:
            yield disk
        return
    database = Database(url)
    database.write(lambda db: db.execute(text(FULL + WATCHED)) and None)
    yield FullPostgres(database)
    database.dispose()


def send(stage: Stage, team: str, month: str) -> None:
    """Send a team's report as a handler does; Raises DomainError when it was not kept."""
    now, reporter = stage.clock.now(), stage.cast.slack[SENDERS[team]]

    def unit(db: Connection) -> object:
        visitor = Visitor(stage.slack.app["team_id"], reporter)
        acting = visitors.insist(db, visitor, Deed.REPORT, stage.cast.teams[team])
        form = form_for(db, acting, now, stage.cast.periods[month])
        values = entries(stage.cast, M1="42/60", M2="18/20", M3="3")
        return submit(db, form, values, WORDS, now)

    stage.db.write(unit)


def test_a_disk_that_is_full_from_any_write_on_loses_and_doubles_nothing_of_a_report(
    stage: Stage, database_url: str
) -> None:
    """Row 11: until the process ends. Who was refused in words sends again; the next start does the rest."""
    step = STEPS[engines.named(database_url).get_backend_name()]
    with failing(database_url) as writes, capture_logs(), ExitStack() as after:
        after.callback(_end, stage)
        for number, (month, team) in zip(count(1, step), _reports(stage), strict=False):
            _start_anew(stage, database_url)
            writes.fail_from(number)
            is_refused = _is_refused(stage, team, month)
            _turn_on(stage, 5, apart_s=1)
            has_failed = writes.mend()
            _start_anew(stage, database_url)
            if is_refused:
                send(stage, team, month)
            _turn_on(stage, 25, apart_s=6)  # a picture may follow its words
            assert _told(stage, team, month) == (1, [1, 1, 1], 1), (number, team, month)
            if not has_failed:
                return
    raise AssertionError("too few reports to reach the last write")


def _reports(stage: Stage) -> Iterator[tuple[str, str]]:
    """Each team's report of each month, while the clock moves on."""
    for month in stage.cast.periods:
        for team in SENDERS:
            yield month, team
        stage.slack.advance(MONTH_S)


def _end(stage: Stage) -> None:
    stage.pump.stop(5)
    stage.db.dispose()


def _start_anew(stage: Stage, url: str) -> None:
    """A process that knows nothing but what the database kept."""
    _end(stage)
    stage.db = Database(url)
    deps = replace(stage.deps, db=stage.db)
    stage.pump = Pump(
        deps,
        stage.slack_client,
        registry.COMPOSERS,
        DRAWING,
        hooks=registry.HOOKS,
        jitter=lambda: 0.0,
    )


def _is_refused(stage: Stage, team: str, month: str) -> bool:
    try:
        send(stage, team, month)
    except DomainError:
        return True
    return False


def _turn_on(stage: Stage, turns: int, *, apart_s: float) -> None:
    for _ in range(turns):
        with suppress(DomainError):
            stage.pump.turn()
        stage.slack.advance(apart_s)


def _told(stage: Stage, team: str, month: str) -> tuple[int, list[int], int]:
    """How often people see it: cards in the channel, each chart on them or below, notes to the host."""
    hana = stage.person("Hana")
    cards = [one for one in hana.messages(stage.channel) if f"{team} reported {month}" in one.all_text]
    shown = [image["alt_text"] for card in cards for one in (card, *card.thread) for image in one.images]
    about = f"{team} wrote its coach a note with its {month} report"
    notes = [one for one in hana.messages("Momentum") if about in one.all_text]
    return len(cards), list(Counter(shown).values()), len(notes)
