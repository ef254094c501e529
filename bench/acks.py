"""How soon the bot acknowledges while a thousand messages go out, and while Slack takes no call."""

import asyncio
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, func, select

from bench import process, requests
from bench.driver import made_up_slack, session
from bench.quiet import at_rest
from bench.requests import Asked
from bench.slack import Mood, Slack
from bench.table import Row, Section, at_most, ms, show
from bench.volley import Waits
from bench.workspace import SLACK_TEAM, Reporter, reporters
from bot.clock import SystemClock
from models.database import Database
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed
from models.services.collaborative import visitors
from models.services.delivery import notices, outbox
from models.tables.outbox import outbox_messages

CLIENTS = 8
WARM_UP, EACH = 50, 300  # reporters, who each type /report and keep a page
MESSAGES = 1000
P99_GOAL, SLOWEST_FLOOR = 1.5, 3000  # times the quiet one; ms

Trouble = Callable[[Slack, str], None]


def fill(_slack: Slack, url: str) -> None:
    """Put messages in the outbox that the bot can compose, each for a person of its own."""
    now, database = SystemClock().now(), Database(url)

    def unit(db: Connection) -> None:
        whose = visitors.able(db, Visitor(SLACK_TEAM, "U0TEAM0"), Deed.REPORT)[0].collaborative
        row = db.execute(select(func.min(outbox_messages.c.id))).scalar_one()
        for n in range(MESSAGES):
            outbox.say(db, whose, notices.PICTURE_MISSING, f"bench:{n}", {"row": row}, now, to=f"U{n}WAITS")

    database.write(unit)
    database.dispose()


def silence(slack: Slack, _url: str) -> None:
    """Have Slack answer no call."""
    slack.mood = Mood.SILENT


def refuse(slack: Slack, _url: str) -> None:
    """Have Slack refuse every call for half a minute."""
    slack.mood = Mood.STERN


TROUBLES: dict[str, Trouble] = {
    f"while {MESSAGES:,} messages go out": fill,
    "while Slack answers no call": silence,
    "while Slack answers 429 to all": refuse,
}


def rows() -> list[Section]:
    """Measure each trouble beside the quiet before it, in the same process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        return [Section("Acknowledged, p99; quiet", tuple(asyncio.run(_measured(path, at_rest(path)))))]


async def _measured(path: Path, url: str) -> list[Row]:
    everybody, found = reporters(url, SystemClock().now()), []
    async with made_up_slack() as slack:
        for what, trouble in TROUBLES.items():
            copy = path.with_name("bench.db")
            shutil.copy(path, copy)
            quiet, busy = await _pair(slack, f"sqlite:///{copy}", everybody, trouble)
            found.append(_row(what, quiet, busy))
        assert slack.posts, "no message went out meanwhile"
    return found


async def _pair(
    slack: Slack, url: str, everybody: Sequence[Reporter], trouble: Trouble
) -> tuple[Waits, Waits]:
    async with session(slack, process.momentum(slack.url, url, "socket")) as there:
        await there.fire(_asked(everybody[:WARM_UP]), CLIENTS)
        quiet = await there.fire(_asked(everybody[-EACH:]), CLIENTS)
        trouble(slack, url)
        try:
            return quiet, await there.fire(_asked(everybody[-EACH:]), CLIENTS)
        finally:
            slack.mood = Mood.WELL


def _asked(those: Sequence[Reporter]) -> Iterator[Asked]:
    for both in zip(requests.commands(those), requests.first_pages(those), strict=True):
        yield from both


def _row(what: str, quiet: Waits, busy: Waits) -> Row:
    ratio = busy.p99 / quiet.p99
    slowest = at_most(max(busy.acks) * 1000, SLOWEST_FLOOR, "ms")
    return Row(what, ms(busy.p99), ms(quiet.p99), ratio, at_most(ratio, P99_GOAL, "x"), slowest)


def main() -> None:
    """Print the table."""
    show(rows())


if __name__ == "__main__":
    main()
