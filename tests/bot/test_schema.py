"""Tables of a later version, of something else, or in parts: words and a way out, nothing changed."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from bot import schema
from models import engines, migrations
from models.errors import DomainError
from tests.bot.place import Place

STRANGER = "CREATE TABLE blog_posts (id INTEGER PRIMARY KEY)"
LATER = "UPDATE alembic_version SET version_num = '0099'"


def on(url: str, *sentences: str) -> None:
    """Do something to a database that the program would not."""
    engine = create_engine(engines.named(url))
    with engine.begin() as db:
        for sentence in sentences:
            db.execute(text(sentence))
    engine.dispose()


def held_by(url: str) -> dict[str, list[str]]:
    """Its tables and their columns."""
    engine = create_engine(engines.named(url))
    columns = inspect(engine).get_multi_columns()
    engine.dispose()
    return {str(table): [column["name"] for column in each] for (_, table), each in columns.items()}


STATES = {
    LATER: "is of a later version of Momentum (tables 0099, this one knows",
    "UPDATE alembic_version SET version_num = 'a1b2c3'": "and does not say of which version. Put back a copy",
    "DELETE FROM alembic_version": "a part of Momentum's tables, and does not say of which version. Put back",
    "DROP TABLE alembic_version": "a part of Momentum's tables, and does not say of which version. Put back",
    "DROP TABLE pace": "lacks a part of its tables (pace.channel, pace.method, pace.not_before and 2 more)",
    "ALTER TABLE restores DROP COLUMN restored_at": "lacks a part of its tables (restores.restored_at). Put",
}


@pytest.mark.parametrize("harm", STATES)
def test_tables_that_are_not_ours_to_change_are_refused_in_words(database_url: str, harm: str) -> None:
    """By `migrate`, and by all that work on them."""
    on(database_url, harm)
    before = held_by(database_url)
    for refuses in (schema.upgrade, schema.insist_on_the_newest):
        with pytest.raises(DomainError) as refused:
            refuses(database_url)
        assert STATES[harm] in str(refused.value)
    assert held_by(database_url) == before


@pytest.mark.parametrize("harm", [(STRANGER,), (STRANGER, "CREATE TABLE alembic_version (version_num TEXT)")])
def test_tables_of_something_else_are_left_alone(empty_url: str, harm: tuple[str, ...]) -> None:
    """To look at them leaves no trace, either."""
    on(empty_url, *harm)
    file = engines.file_of(engines.named(empty_url))
    before = file.read_bytes() if file else held_by(empty_url)
    for refuses in (schema.upgrade, schema.insist_on_the_newest):
        with pytest.raises(
            DomainError, match=r"tables of something else \(blog_posts\). Give Momentum a datab"
        ):
            refuses(empty_url)
    assert (file.read_bytes() if file else held_by(empty_url)) == before


def test_a_migration_that_was_half_applied_by_hand_changes_nothing(database_url: str) -> None:
    """The database says 0001, and has tables of 0002: its own words say which thing is there already."""
    on(database_url, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(DomainError, match=r"has tables that are out of date\. Run: momentum migrate"):
        schema.insist_on_the_newest(database_url)
    with pytest.raises(
        DomainError, match=r"The tables stay as they were: .*kind.*\. Mend that, and run this"
    ):
        schema.upgrade(database_url)
    assert migrations.look(database_url).revisions == ("0001",)


@pytest.mark.parametrize("words", [["run"], ["migrate"], ["outbox"], ["load", "--workspace", "T1"]])
def test_each_command_says_it_in_one_line(each_place: Place, words: list[str]) -> None:
    on(each_place.url, LATER)
    if words[0] == "load":
        words = [*words, str(Path("examples/hospital-infections.yaml").absolute())]
    refused = each_place.command(*words)
    assert refused.code == 1
    (sentence,) = refused.err.splitlines()
    assert sentence.startswith("The database is of a later version of Momentum (tables 0099")


def test_a_database_that_was_lost_is_not_begun_anew_in_silence(sqlite_url: str) -> None:
    """A bot worked on it, as its lock says: a start that makes an empty one would look well."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.with_name("momentum.db-lock").touch()
    file.unlink()
    for refuses in (schema.upgrade, schema.insist_on_the_newest):
        with pytest.raises(DomainError, match="Put it back, or a copy: momentum restore COPY"):
            refuses(sqlite_url)
    assert not file.exists()
