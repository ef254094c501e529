"""How long a report waits for its acknowledgement while charts and digests are made, beside a quiet bot."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bench.charts import team
from bench.requests import Asked, first_pages, last_pages
from bench.table import Row, Section, at_most, ms, show
from bench.workspace import SLACK_TEAM, coaches, lay_down, reporters
from bot.clock import SystemClock
from handlers import registry
from handlers.context import Deps
from handlers.drawing import Drawing
from handlers.files.charts.run_chart import draw
from handlers.files.charts.spec import ChartSpec
from models.database import Database
from models.services import digest

CHARTS = 60
DIGESTS, EACH_HAS = 100, 3  # and charts
DIGESTS_GOAL = 30  # seconds
ROUNDS, EACH, WARM_UP = 4, 25, 40  # reports of each part of a round, and to warm up
IN_PROCESS = 3
MEANWHILE = (
    ("charts drawn in a child, as it is", 1),
    ("digests made, as it is", 2),
    ("charts drawn in the bot's process", IN_PROCESS),
)
SPECS = [team(number, number) for number in range(CHARTS)]

Draw = Callable[[ChartSpec], bytes]
Both = tuple[Asked, Asked]  # the page of numbers, and the page of words that sends the report
Waits = list[float]  # seconds, one for each report of a round
Work = Sequence[Callable[[], object]]


@dataclass(frozen=True)
class Bot:
    """The real listeners on a real database, and the child that draws for them."""

    app: App
    database: Database
    in_child: Draw


def rows() -> list[Section]:
    """Send reports to a quiet bot, while its child draws, and while its own process would, in turns."""
    with TemporaryDirectory() as folder:
        url, now = f"sqlite:///{Path(folder) / 'bench.db'}", SystemClock().now()
        lay_down(url, now)
        people = reporters(url, now)
        asked = zip(first_pages(people), last_pages(people), strict=True)
        with _bot(url) as bot:
            _waits(bot.app, asked, WARM_UP)
            digests = [partial(_digest, bot, coach) for coach in coaches(url)]
            rounds = [_round(bot, asked, digests) for _ in range(ROUNDS)]
            charts, whole = _charts_of_digests(bot.in_child), _whole_digests(digests)
    title = f"A report acknowledged while {CHARTS} charts are drawn, or {len(digests)} digests made"
    return [Section(title, (*_rows(rounds), charts, whole))]


def _digest(bot: Bot, coach: int) -> None:
    """Make a coach's digest as delivery does: its queries, its words and blocks, its charts."""
    compose, now = registry.COMPOSERS[digest.KIND], SystemClock().now()
    made = bot.database.read(lambda db: compose(db, {"member_id": coach}, now))
    assert made is not None, "a coach without a digest"
    for picture in made.pictures:
        bot.in_child(picture.spec)


def _whole_digests(digests: Work) -> Row:
    """Make all the digests one after another, with no report meanwhile."""
    began = time.perf_counter()
    for make in digests:
        make()
    took = time.perf_counter() - began
    what = f"{len(digests)} digests, their queries, words and charts"
    return Row(what, f"{took:.1f} s", goal=at_most(took, DIGESTS_GOAL, "s"))


def _charts_of_digests(drawn: Draw) -> Row:
    """Draw what all the digests of a large host show, one chart after the other as delivery does."""
    count = DIGESTS * EACH_HAS
    specs = [team(number, number) for number in range(CHARTS, CHARTS + count)]
    began = time.perf_counter()
    for spec in specs:
        drawn(spec)
    took = time.perf_counter() - began
    what = f"{count} charts of {DIGESTS} digests, drawn in the child"
    return Row(what, f"{took:.1f} s", goal=at_most(took, DIGESTS_GOAL, "s"))


def _round(bot: Bot, asked: Iterator[Both], digests: Work) -> tuple[Waits, ...]:
    found = [_waits(bot.app, asked, EACH)]
    for work in (_drawn_by(bot.in_child), digests, _drawn_by(draw)):
        with _meanwhile(work):
            found.append(_waits(bot.app, asked, EACH))
    return tuple(found)


def _drawn_by(drawn: Draw) -> Work:
    return [partial(drawn, spec) for spec in SPECS]


def _rows(rounds: Sequence[tuple[Waits, ...]]) -> Iterator[Row]:
    for words, of in (("p50", statistics.median), ("p95", _p95)):
        for what, which in MEANWHILE:
            pairs = [(of(found[which]), of(found[0])) for found in rounds]
            ratio = statistics.median(one / quiet for one, quiet in pairs)
            ours, quiet = (ms(statistics.median(side)) for side in zip(*pairs, strict=True))
            goal = at_most(ratio, 2, "x") if which != IN_PROCESS else None
            yield Row(f"{what}, {words}", ours, f"{quiet} quiet", ratio, goal)


def _p95(waits: Waits) -> float:
    return statistics.quantiles(waits, n=20)[-1]


def _waits(app: App, asked: Iterator[Both], count: int) -> Waits:
    """Hand reports to the app as Socket Mode does, and time the sending, which commits before it answers."""
    found = []
    for numbers, words in islice(asked, count):
        app.dispatch(BoltRequest(body=numbers.payload, mode="socket_mode"))
        request = BoltRequest(body=words.payload, mode="socket_mode")
        began = time.perf_counter()
        answer = app.dispatch(request)
        found.append(time.perf_counter() - began)
        assert "Kept" in str(answer.body), answer.body
    assert len(found) == count, "there are too few reporters"
    return found


@contextmanager
def _meanwhile(work: Work) -> Iterator[None]:
    """Have a thread do this work, over and over, for as long as this lasts."""
    enough = threading.Event()

    def keep_on() -> None:
        for step in cycle(work):
            if enough.is_set():
                return
            step()

    with ThreadPoolExecutor(1) as threads:
        working = threads.submit(keep_on)
        try:
            yield
        finally:
            enough.set()
        working.result()  # what failed there was not measured


@contextmanager
def _bot(url: str) -> Iterator[Bot]:
    database, drawing = Database(url), Drawing()
    me = AuthorizeResult(enterprise_id=None, team_id=SLACK_TEAM, bot_token="xoxb-bench", bot_user_id="U0BOT")
    app = App(
        client=WebClient("xoxb-bench"),
        signing_secret="bench",
        authorize=lambda: me,
        process_before_response=True,
    )
    registry.register(app, Deps(database, SystemClock(), drawing=drawing))

    def in_child(spec: ChartSpec) -> bytes:
        return drawing.draw("handlers.files.charts.run_chart:draw", spec)

    for warm in (in_child, draw):
        warm(SPECS[0])
    try:
        yield Bot(app, database, in_child)
    finally:
        drawing.close()
        database.dispose()


def main() -> None:
    """Print the table."""
    show(rows())


if __name__ == "__main__":
    main()
