"""`momentum check-words`: rows of before are listed by table, id, field and kind, never with their words."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import JSON, String, Table, insert, update

from models.database import Database
from models.services.stored_words import TYPED, about_patients
from models.tables.base import metadata
from models.tables.collaborative import collaboratives
from models.tables.draft import drafts
from tests.bot.place import Place
from tests.cast import Cast

AT = datetime(2026, 7, 7, tzinfo=UTC)
OURS = {  # words that nobody types in a window
    "drafts": "kind about",
    "chart_marks": "kind",
    "collaboratives": "key name topic time_zone channel moved rules",
    "corrections": "role",
    "dismissals": "episode words",
    "expectations": "said",
    "feedbacks": "answer",
    "pdsa_cycles": "begun_in unit decision",
    "talks": "about words outcome",
    "words_taken_out": "field",
}
NONE_TYPED = (  # set up by a file, told by Slack, or composed by us
    *("accounts", "channel_members", "channels", "inbox", "ladders", "measures", "members", "milestones"),
    *("outbox_messages", "pace", "past_definitions", "posts", "roles", "signals", "teams", "workspaces"),
)


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: str(table.name))
def test_each_column_of_words_is_looked_at_or_nobody_types_into_it(table: Table) -> None:
    """A new column is one or the other."""
    named = {column.name for column in table.columns if isinstance(column.type, String | JSON)}
    looked_at = set(TYPED.get(table, ()))
    assert looked_at <= named
    if table.name not in NONE_TYPED:
        assert named - looked_at == set(OURS.get(table.name, "").split())


def test_rows_are_named_by_kind_and_the_roster_is_known(database: Database, cast: Cast) -> None:
    """A draft's words stand deep inside its answers."""
    draft = {
        "collaborative_id": cast.collaborative.id,
        "kind": "report",
        "about": "1:1",
        "member_id": cast.members["Bo"],
        "saved_at": AT,
        "answers": {"narrative": {"barriers": "Mrs Zebra, MRN 12345678", "tested": "Mrs Cora helped"}},
    }
    database.write(lambda db: db.execute(insert(drafts).values(draft)))
    (stored,) = database.read(lambda db: tuple(about_patients(db)))
    assert (stored.table, stored.field) == ("drafts", "answers")
    assert [kind.name for kind in stored.kinds] == ["RECORD", "NAME"]


def test_the_command_shows_no_word(place: Place) -> None:
    """And ends with 0, whether there is something or not."""
    database = Database(place.url)
    try:
        assert place.command("check-words").out == "Nothing that people typed looks like a patient.\n"
        aim = update(collaboratives).values(aim={"goal": "MRN 12345678 Zebra-Canary"})
        database.write(lambda db: db.execute(aim))
    finally:
        database.dispose()
    done = place.command("check-words")
    number = "a medical record, member or health number"
    assert done.out == f"collaboratives 1 aim: {number}\n1 to look at, each by its id. It may be a mistake.\n"
    assert (done.code, done.err) == (0, "")
