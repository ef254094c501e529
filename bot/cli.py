"""The command line: momentum run, demo, load, migrate, doctor, outbox."""

import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

if TYPE_CHECKING:
    from bot.config import Settings

app = typer.Typer(
    name="momentum",
    help="Keeps a learning collaborative moving between its meetings.",
    no_args_is_help=True,
    add_completion=False,
)
console = Console()
PLAIN: Any = {"highlight": False, "markup": False, "soft_wrap": True}

# The heavy imports stand inside the commands, so that --help and refusals answer at once.


def main() -> None:
    """Run the command line; a refusal is a few words, never a traceback."""
    from bot.config import SettingsError
    from bot.identity import NotWelcomeError
    from models.errors import DomainError

    try:
        app()
    except SettingsError as wrong:
        _stop(f"Momentum needs a few settings first.\n{wrong}", 2)
    except NotWelcomeError as refused:
        _stop(f"Slack did not accept the bot token ({refused}). Run: momentum doctor", 1)
    except DomainError as refused:
        _stop(str(refused), 1)


@app.command()
def run() -> None:
    """Start the bot with the settings of the environment."""
    from bot import logs
    from bot.app import PATIENCE, build, web_client
    from bot.clock import SystemClock
    from bot.identity import identify

    settings = _settings()
    logs.set_up(settings.log_level, settings.log_format)
    _insist_on_the_newest_schema(settings)
    told_to_stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told_to_stop.set())
    identity = identify(web_client(settings, PATIENCE), told_to_stop.wait)
    momentum = build(settings, SystemClock(), identity)
    momentum.start()
    console.print(f"Momentum is up: {momentum.way_in.address}", highlight=False)
    told_to_stop.wait()
    momentum.stop()


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from models import migrations

    migrations.upgrade(_settings().database_url)
    console.print("The database is up to date.")


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="The collaborative's file (YAML).")],
    data: Annotated[Path | None, typer.Option(help="History: CSV or XLSX.")] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Make the changes without asking.")] = False,
    workspace: Annotated[str | None, typer.Option(help="The workspace's Slack id, else the token's.")] = None,
) -> None:
    """Load a collaborative from its file: shows what would change, asks, and changes it."""
    from bot.app import PATIENCE, web_client
    from bot.clock import SystemClock
    from bot.identity import identify
    from bot.load import load as load_files

    settings = _settings()
    if workspace is None:
        client = web_client(settings, PATIENCE)
        workspace = identify(client, pause=threading.Event().wait).slack_team
    load_files(
        file,
        data=data,
        yes=yes,
        database_url=settings.database_url,
        slack_team=workspace,
        now=SystemClock().now(),
        console=console,
    )


@app.command()
def doctor() -> None:
    """Look at everything Momentum needs and say how to mend what is not well."""
    from bot.app import PATIENCE, web_client
    from bot.doctor import examine

    settings = _settings()
    sick = 0
    for finding in examine(settings, web_client(settings, PATIENCE)):
        mark = "ok  " if finding.is_well else "MEND"
        console.print(f"{mark}  {finding.subject}: {finding.found}", **PLAIN)
        if not finding.is_well:
            sick += 1
            console.print(f"      {finding.mend}", **PLAIN)
    if sick:
        raise typer.Exit(1)
    console.print("All is well.")


@app.command()
def outbox(
    retry: Annotated[int | None, typer.Option(help="Try this message again.")] = None,
) -> None:
    """List the messages that wait or failed, or try one again."""
    from bot.outbox import listing, try_again
    from models.database import Database

    database = Database(_settings().database_url)
    try:
        if retry is not None:
            console.print(try_again(database, retry), **PLAIN)
        else:
            console.print(listing(database))
    finally:
        database.dispose()


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The port of the page.")] = 4480,
    *,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Start a Slack you can open in a browser, with a made-up collaborative and the real bot."""
    from bot.demo import play

    play(port, open_browser=browser, console=console)


def _settings() -> "Settings":
    from bot.config import read_settings

    return read_settings()


def _insist_on_the_newest_schema(settings: "Settings") -> None:
    from models import migrations
    from models.errors import DomainError

    if not migrations.is_up_to_date(settings.database_url):
        raise DomainError("The database's tables are out of date. First run: momentum migrate")


def _stop(words: str, code: int) -> None:
    Console(stderr=True).print(words, **PLAIN)
    raise SystemExit(code)
