"""Drafts are kept by the kind of form, by what it is filled in for, and by person."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from models.database import Database
from models.rules.setup.plan import Calendar
from models.services import drafts
from models.services.collaborative import calendar_months
from models.services.drafts import DraftKey
from models.tables.draft import drafts as table
from tests.cast import Cast, lay_down
from tests.clock import T0
from tests.services.sending import TODAY


def test_each_person_has_one_draft_of_each_form_and_thing(database: Database, cast: Cast) -> None:
    """Saved again it is replaced; dropped, all others stay."""
    other = database.write(lambda db: lay_down(db, "T0OTHER", "C0OTHER"))
    bos = DraftKey(cast.collaborative.id, "report", "7:10", cast.members["Bo"])
    apart = [
        replace(bos, about="7:11"),
        replace(bos, kind="survey"),
        replace(bos, member_id=cast.members["Ana"]),
        replace(bos, collaborative_id=other.collaborative.id, member_id=other.members["Bo"]),
    ]

    def unit(db: Connection) -> None:
        for number, key in enumerate((bos, *apart)):
            drafts.save(db, key, {"number": number}, T0)
        drafts.save(db, bos, {"number": 9}, T0 + timedelta(hours=1))
        found = drafts.find(db, bos)
        assert found
        assert (found.answers, found.saved_at) == ({"number": 9}, T0 + timedelta(hours=1))
        drafts.drop(db, bos)
        assert drafts.find(db, bos) is None
        others = [drafts.find(db, key) for key in apart]
        assert [row.answers["number"] for row in others if row] == [1, 2, 3, 4]
        assert drafts.is_begun(db, bos.collaborative_id, "report", "7:10")  # by Ana
        assert not drafts.is_begun(db, bos.collaborative_id, "survey", "7:11")

    database.write(unit)


def test_a_month_that_leaves_the_calendar_takes_its_drafts_along(database: Database, cast: Cast) -> None:
    """Those of all teams for that month, and of no other."""
    first, last = cast.periods["June 2026"], cast.periods["August 2027"]
    bo = cast.members["Bo"]

    def unit(db: Connection) -> list[str]:
        for about in (f"7:{first}", f"7:{last}", f"8:{last}", f"7:{last}0"):
            drafts.save(db, DraftKey(cast.collaborative.id, "report", about, bo), {}, T0)
        calendar_months.keep(db, cast.collaborative.id, Calendar(date(2026, 6, 1), 14, 10, 30), TODAY)
        return list(db.scalars(table.select().with_only_columns(table.c.about).order_by(table.c.about)))

    assert database.write(unit) == sorted([f"7:{first}", f"7:{last}0"])
