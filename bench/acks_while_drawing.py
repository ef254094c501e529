"""How long a report waits for its acknowledgement while sixty charts are drawn, beside a quiet bot."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bench.charts import team
from bench.requests import Asked, first_pages, last_pages
from bench.table import Row, Section, at_most, ms, show
from bench.workspace import SLACK_TEAM, lay_down, reporters
from bot.clock import SystemClock
from handlers import registry
from handlers.context import Deps
from handlers.drawing import Drawing
from handlers.files.chart_spec import ChartSpec
from handlers.files.run_chart import draw
from models.database import Database

CHARTS = 60
DIGESTS, EACH_HAS = 100, 3  # and charts
DIGESTS_GOAL = 30  # seconds
ROUNDS, EACH, WARM_UP = 5, 25, 40  # reports of a round, and to warm up
SPECS = [team(number, number) for number in range(CHARTS)]

Draw = Callable[[ChartSpec], bytes]
Both = tuple[Asked, Asked]  # the page of numbers, and the page of words that sends the report
Waits = list[float]  # seconds, one for each report of a round


def rows() -> list[Section]:
    """Send reports to a quiet bot, while its child draws, and while its own process would, in turns."""
    with TemporaryDirectory() as folder:
        url, now = f"sqlite:///{Path(folder) / 'bench.db'}", SystemClock().now()
        lay_down(url, now)
        people = reporters(url, now)
        asked = zip(first_pages(people), last_pages(people), strict=True)
        with _bot(url) as (app, in_child):
            _waits(app, asked, WARM_UP)
            rounds = [_round(app, asked, in_child) for _ in range(ROUNDS)]
            digests = _digests(in_child)
    title = f"A report acknowledged while {CHARTS} charts are drawn"
    return [Section(title, (*_rows(rounds), digests))]


def _digests(drawn: Draw) -> Row:
    """Draw what all the digests of a large host show, one chart after the other as delivery does."""
    count = DIGESTS * EACH_HAS
    specs = [team(number, number) for number in range(CHARTS, CHARTS + count)]
    began = time.perf_counter()
    for spec in specs:
        drawn(spec)
    took = time.perf_counter() - began
    what = f"{count} charts of {DIGESTS} digests, drawn in the child"
    return Row(what, f"{took:.1f} s", goal=at_most(took, DIGESTS_GOAL, "s"))


def _round(app: App, asked: Iterator[Both], in_child: Draw) -> tuple[Waits, Waits, Waits]:
    quiet = _waits(app, asked, EACH)
    with _meanwhile(in_child):
        child = _waits(app, asked, EACH)
    with _meanwhile(draw):
        return quiet, child, _waits(app, asked, EACH)


def _rows(rounds: Sequence[tuple[Waits, Waits, Waits]]) -> Iterator[Row]:
    for words, of in (("p50", statistics.median), ("p95", _p95)):
        for what, which in (("drawn in a child, as it is", 1), ("drawn in the bot's process", 2)):
            pairs = [(of(found[which]), of(found[0])) for found in rounds]
            ratio = statistics.median(one / quiet for one, quiet in pairs)
            ours, quiet = (ms(statistics.median(side)) for side in zip(*pairs, strict=True))
            goal = at_most(ratio, 2, "x") if which == 1 else None
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
def _meanwhile(drawn: Draw) -> Iterator[None]:
    """Have charts drawn by a thread, sixty after sixty, for as long as this lasts."""
    enough = threading.Event()

    def work() -> None:
        while not enough.is_set():
            for spec in SPECS:
                drawn(spec)
                if enough.is_set():
                    return

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


@contextmanager
def _bot(url: str) -> Iterator[tuple[App, Draw]]:
    """The real listeners on a real database, and a way to have a chart drawn in the child."""
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
        return drawing.draw("handlers.files.run_chart:draw", spec)

    for warm in (in_child, draw):
        warm(SPECS[0])
    try:
        yield app, in_child
    finally:
        drawing.close()
        database.dispose()


def main() -> None:
    """Print the table."""
    show(rows())


if __name__ == "__main__":
    main()
