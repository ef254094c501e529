"""`momentum demo`: opens the page and stays until told to stop; `--story` plays fifteen months first."""

import os
import platform
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot import logs
from bot.clock import SystemClock
from bot.demo.collaborative import demo_day, demo_people
from bot.demo.pace import Pace, paced
from bot.demo.player import Pause, Player, Stopped
from bot.demo.stage import built, load, peopled, staged, to_the_present, waiting
from bot.demo.story import Story, story
from bot.demo.transcript import transcript
from bot.running import Stopping
from playground.client import Playground, Screen
from playground.server import Served

WELCOME = """
Momentum's playground is up: [bold]{url}[/bold]

Try this first, as Ana Lima, who reports for Cedar:
  1. In #lc-all, type [bold]/report[/bold] and press Enter.
  2. Fill in the numbers. Try 42 of 20, too, and see what it says.
  3. Send it: Cedar's card comes with its run chart, and the roll call,
     further up, counts six of eight.
  4. Act as Cora Diaz, top right: on the card, press Give feedback.
Then open Momentum's Home, type /momentum, or look into the traffic.

Everything in it is made up. Ctrl-C stops it.
"""
STORY = """
Momentum's playground is up: [bold]{url}[/bold]

Fifteen months of eight made-up clinics begin. At full speed they take a
minute or two. What to watch:
  - #lc-all: reports and their charts, the roll call, thanks, signals.
  - As Mei Tan: reminders, while her clinic goes quiet from month five on.
  - As Cora Diaz, a coach: her digest each Monday. #cedar has her feedback.
On top of the page you read who does what, and choose whom you act as and
how fast it goes. Enter changes the pace here, too.

Everything in it is made up. Ctrl-C stops it.
"""
TOLD = """
That is the story so far; from here it is yours. Cedar's report is still to
come: as Ana Lima, type [bold]/report[/bold] in #lc-all.
"""
STOPPED = "Stopped. Nothing was kept."


def show(port: int, *, open_browser: bool, console: Console) -> None:
    """Serve the page on `port`, or on a free one if it is taken, until told to stop."""
    stopping = Stopping()
    logs.set_up("WARNING", "text")
    with ExitStack() as stage:
        with console.status("Eight clinics come in, and five send their reports ..."):
            slack = stage.enter_context(staged(port, SystemClock().now()))
        console.print(WELCOME.format(url=slack.url), highlight=False)
        if open_browser and has_desktop():
            webbrowser.open(slack.url)
        stopping.wait()
    console.print(STOPPED)


def tell(port: int, pace: Pace, file: Path | None, *, open_browser: bool, console: Console) -> None:
    """Play the story up to this moment at a pace, write its transcript when asked to, and stay.

    The page, or Enter, changes the pace on the way.
    """
    stopping = Stopping()
    logs.set_up("WARNING", "text")
    now = SystemClock().now()
    with on_stage(port, now) as (slack, plot, player):
        console.print(STORY.format(url=slack.url), highlight=False)
        if open_browser and has_desktop():
            webbrowser.open(slack.url)
        with (
            paced(slack.client, pace, stopping.wait, console) as pause,
            _progress(player, plot.begins, now, console) as shown,
        ):
            is_told = _played(player, plot, now, lambda: shown(pause))
        if file:
            file.write_text(written(slack.client, plot, player), encoding="utf-8")
            console.print(f"What was said is in {file}.", markup=False, highlight=False)
        if is_told:
            player.live()
            to_the_present(slack.client, SystemClock().now())
            console.print(TOLD, highlight=False)
            stopping.wait()
    console.print(STOPPED)


def has_desktop() -> bool:
    """Is there a desktop? Without one, Linux would open a browser in this very terminal."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return platform.system() != "Linux" or any(map(os.environ.get, screens))  # noqa: TID251 - no setting of ours


@contextmanager
def on_stage(
    port: int, now: datetime, database_url: str | None = None
) -> Iterator[tuple[Served, Story, Player]]:
    """All that the story up to `now` needs, at its beginning; on a database of its own if none is named."""
    plot, zones = story(demo_day(now)), {person.tz for person in demo_people()}
    with peopled(port, plot.begins, database_url) as (slack, clock, settings):
        wait = waiting(slack.client, clock)
        player = Player(slack.client, lambda: built(settings, clock, wait), zones)
        try:
            load(player.momentum.deps, slack.client.app["team_id"], plot.plan, {})
            yield slack, plot, player
        finally:
            player.end()


@contextmanager
def _progress(
    player: Player, begins: datetime, now: datetime, console: Console
) -> Iterator[Callable[[Pause], bool]]:
    """Show in the terminal which month it is in the story, each time there is a pause."""
    with Progress(TextColumn("{task.description}"), BarColumn(), console=console, transient=True) as bar:
        months = bar.add_task(f"{begins:%B %Y}", total=(now - begins).days)

        def shown(pause: Pause) -> bool:
            bar.update(months, description=f"{player.now:%B %Y}", completed=(player.now - begins).days)
            return pause()

        yield shown


def written(slack: Playground, plot: Story, player: Player) -> str:
    """The transcript of what was said so far, as the bot sees it: it is everywhere."""
    screen = Screen(slack.screen_of(slack.app["bot_user_id"]))
    return transcript(slack.journal(), screen, player.remarks, plot.plan.time_zone)


def _played(player: Player, plot: Story, now: datetime, pause: Pause) -> bool:
    try:
        player.play(plot, now, pause)
    except Stopped:
        return False
    return True
