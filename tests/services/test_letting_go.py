"""What nobody needs any more goes, in turns; what somebody may still read, correct or answer stays."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, insert, select, text, update

from bot.scheduler import prune
from handlers.context import Deps
from handlers.registry import LETTING_GO
from models.database import Database
from models.rules.collaborative.people import Account
from models.services import letting_go
from models.services.delivery import accounts, outbox, posts
from models.tables.draft import drafts
from models.tables.outbox import outbox_messages
from models.tables.outbox import posts as kept_posts
from models.tables.people import accounts as kept_accounts
from tests.cast import SLACK_TEAM, Cast, lay_down, leave
from tests.clock import FrozenClock

NOW = datetime(2027, 8, 15, 15, tzinfo=UTC)  # July and August are open, of those before the last three count
OLD = datetime(2027, 3, 20, 15, tzinfo=UTC)
NEEDED = datetime(2027, 4, 2, 15, tzinfo=UTC)


def said(db: Connection, cast: Cast, about: str, at: datetime, state: str) -> None:
    """A message said then, and what became of it; what it is about is the post it makes."""
    outbox.say(db, cast.collaborative, "word", about, {}, at, post=about)
    row = outbox_messages.c
    same = (row.collaborative_id == cast.collaborative.id, row.dedupe_key == f"word:{about}")
    db.execute(update(outbox_messages).where(*same).values(state=state))


def posted(db: Connection, cast: Cast, subjects: Iterable[str], at: datetime) -> None:
    for subject in subjects:
        posts.keep(db, cast.collaborative.id, subject, "C1", posts.Post("C1", f"{at.timestamp():.6f}"))


def drafted(db: Connection, cast: Cast, about: str, at: datetime) -> None:
    whose = {"collaborative_id": cast.collaborative.id, "member_id": cast.members["Bo"]}
    db.execute(insert(drafts).values(kind="report", about=about, saved_at=at, answers={}, **whose))


def left(database: Database, cast: Cast) -> set[str]:
    """What stands of the collaborative: messages, posts, drafts."""

    def unit(db: Connection) -> set[str]:
        columns = (outbox_messages.c.dedupe_key, kept_posts.c.subject, drafts.c.about)
        scope = cast.collaborative.id
        queries = (select(column).where(column.table.c.collaborative_id == scope) for column in columns)
        return {name for query in queries for name in db.scalars(query)}

    return database.read(unit)


def let_go(database: Database, now: datetime = NOW) -> int:
    """Turn until nothing is left to do; how many turns that took."""
    deps, turns = Deps(database, FrozenClock(now)), 0
    while database.read(lambda db: letting_go.is_any(db, now)):
        LETTING_GO.turn(deps)
        turns += 1
    return turns


def test_what_is_older_than_any_month_still_reported_goes(database: Database, cast: Cast) -> None:
    def unit(db: Connection) -> None:
        for state in ("sent", "dropped", "failed", "pending", "held"):
            said(db, cast, f"old {state}", OLD, state)
        said(db, cast, "needed", NEEDED, "sent")
        said(db, cast, "roll_call:1", NEEDED, "sent")
        posted(db, cast, ("roll_call:1", "roll_call:2", "report:1", "feedback:1", "reminder:1"), OLD)
        posted(db, cast, ("reminder:2",), NEEDED)
        drafted(db, cast, "1:1", OLD)
        drafted(db, cast, "1:2", NEEDED)

    database.write(unit)
    let_go(database)
    assert left(database, cast) == {
        *("word:old pending", "word:old held", "word:needed", "word:roll_call:1"),
        *("roll_call:1", "report:1", "feedback:1", "reminder:2"),
        "1:2",
    }


def test_it_goes_little_by_little_once_a_week_and_nothing_of_others_with_it(
    database: Database, cast: Cast
) -> None:
    """Another collaborative, which began later, keeps what is as old."""
    count = 2 * letting_go.AT_ONCE + 50
    other = database.write(lambda db: lay_down(db, "T0OTHER", "C0OTHER"))
    closing = "UPDATE reporting_periods SET locks_on = '2028-01-01' WHERE collaborative_id = :other"
    database.write(lambda db: db.execute(text(closing), {"other": other.collaborative.id}) and None)
    for whose in (cast, other):
        database.write(
            lambda db, whose=whose: [said(db, whose, f"{at}", OLD, "sent") for at in range(count)] and None
        )
    assert let_go(database) == 3
    assert left(database, cast) == set()
    assert len(left(database, other)) == count
    assert let_go(database, NOW + timedelta(days=6)) == 0
    assert let_go(database, NOW + timedelta(days=7)) == 1


def test_the_account_of_somebody_gone_is_forgotten_and_asked_about_when_they_are_back(
    database: Database, cast: Cast
) -> None:
    """Once its time has come to be asked about: until then they may well be back."""
    scope, bo = cast.collaborative, cast.slack["Bo"]
    there = Account(bo, "America/New_York", is_active=True)
    database.write(lambda db: accounts.keep(db, scope.workspace_id, there, NOW, ()))
    database.write(lambda db: leave(db, cast, "Bo", NOW.date()))

    def known(after: timedelta) -> bool:
        prune(Deps(database, FrozenClock(NOW + after)))
        query = select(kept_accounts.c.slack_user).where(kept_accounts.c.slack_user == bo)
        return database.read(lambda db: db.execute(query).first()) is not None

    assert [known(timedelta(days=days)) for days in (6, 8)] == [True, False]
    database.write(lambda db: accounts.expect(db, scope.id))
    back = "UPDATE roles SET left_on = NULL"
    database.write(lambda db: db.execute(text(back)) and None)
    asked = database.write(lambda db: accounts.take(db, SLACK_TEAM, NOW + timedelta(days=9)))
    assert bo in {each.slack_user for each in asked}


def test_what_plans_go_by_is_counted_every_hour(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    cast = database.write(lay_down)
    database.write(lambda db: [said(db, cast, f"{at}", OLD, "sent") for at in range(200)] and None)
    prune(Deps(database, FrozenClock(NOW)))
    counted = "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'outbox_messages'"
    assert database.read(lambda db: db.execute(text(counted)).scalar_one()) > 0
    assert database.read(
        lambda db: db.execute(select(func.count()).select_from(outbox_messages)).scalar_one()
    )
    database.dispose()
