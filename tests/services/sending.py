"""Sending a report as one of the cast, in as few words as a story has."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, select

from models.database import Database
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Acting
from models.rules.collaborative.policy import Deed
from models.rules.report.report import Entry, Narrative, Receipt
from models.services.collaborative import visitors
from models.services.report.form import form_for
from models.services.report.submit import submit
from models.tables.outbox import outbox_messages
from tests.cast import Cast
from tests.clock import T0

TODAY = date(2026, 7, 6)
NO_WORDS = Narrative()


def value(text: str) -> Value | None:
    """Read "42/60", "12", "~12" for an estimate, "" for nothing."""
    numerator, _, denominator = text.removeprefix("~").partition("/")
    if not numerator:
        return None
    return Value(
        Decimal(numerator), Decimal(denominator) if denominator else None, is_estimate=text.startswith("~")
    )


def entries(cast: Cast, **said: str) -> tuple[Entry, ...]:
    """M1="42/60" is a value, M3="export broken" a reason why there is none, M3="" left empty."""
    return tuple(
        Entry(cast.measures[key], None, text)
        if text.replace(" ", "").isalpha()
        else Entry(cast.measures[key], value(text))
        for key, text in said.items()
    )


def as_team(db: Connection, cast: Cast, name: str, team: str = "Cedar") -> Acting:
    return visitors.insist(db, cast.visitor(name), Deed.REPORT, cast.teams[team])


def send(  # noqa: PLR0913 - who, for whom, when and what: each by name
    database: Database,
    cast: Cast,
    name: str,
    *,
    team: str = "Cedar",
    month: str = "June 2026",
    words: Narrative = NO_WORDS,
    now: datetime = T0,
    **said: str,
) -> Receipt:
    """Send a team's report in one transaction, the way a handler does."""

    def unit(db: Connection) -> Receipt:
        acting = as_team(db, cast, name, team)
        form = form_for(db, acting, now, cast.periods[month])
        return submit(db, form, entries(cast, **said), words, now)

    return database.write(unit)


def enqueued(database: Database) -> list[tuple[str, str, str | None, str | None, str]]:
    """What waits to be said: kind, channel, subject, thread subject, key, in order."""
    columns = outbox_messages.c
    wanted = (columns.kind, columns.channel, columns.subject, columns.thread_subject, columns.dedupe_key)
    rows = database.read(lambda db: db.execute(select(*wanted).order_by(columns.id)).all())
    return [tuple(row) for row in rows]
