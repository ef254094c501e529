"""The command line: momentum run, demo, load, migrate, doctor, outbox, check-words, backup, restore."""

import logging
import os
import signal
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from bot.demo.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.config import Settings
    from bot.doctor import Checked

app = typer.Typer(
    name="momentum",
    help="Keeps a learning collaborative moving between its meetings.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they can show the values of variables, and tokens are among them
)
console = Console()
WIDE = 120  # columns of a table, also where a pipe says nothing of its width
PLAIN: Any = {"highlight": False, "markup": False, "soft_wrap": True}

# The heavy imports stand inside the commands, so that --help and refusals answer at once.


def main() -> None:
    """Run the command line; a refusal is a few words, never a traceback."""
    os.umask(0o077)  # databases, their copies and locks are the owner's alone
    from bot import logs
    from bot.config import SettingsError
    from bot.reach import NotWelcomeError, OutOfReachError
    from models.errors import DomainError

    try:
        app()
    except SettingsError as wrong:
        _stop(f"Momentum needs a few settings first, in the environment or in the file .env.\n{wrong}", 2)
    except (NotWelcomeError, OutOfReachError, DomainError) as refused:
        _stop(str(refused), 1)
    except Exception as fault:  # noqa: BLE001 - its message may hold a token: the kind and the way to it are told
        _stop(f"Momentum met a fault of its own, please tell us: {logs.told(fault)}", 1)


def _there(file: Path | None) -> Path | None:
    """Refuse a file that is not there before a setting is asked for."""
    from models.errors import DomainError

    if file and not file.exists():
        raise DomainError(f"There is no file {file}.")
    return file


@app.command()
def run() -> None:
    """Start the bot with the settings of the environment."""
    from bot import logs, schema
    from bot.config import read_settings
    from bot.running import until_told_to_stop

    settings = read_settings()
    logs.set_up(settings.log_level, settings.log_format)
    schema.insist_on_the_newest(settings.database_url)
    until_told_to_stop(settings, lambda where: console.print(f"Momentum is up: {where}", highlight=False))


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from bot import schema

    url = _settings().database_url
    with console.status("Bringing the tables up to date ..."):
        schema.upgrade(url)
    console.print("The database is up to date.")


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="The collaborative's file (YAML).", callback=_there)],
    data: Annotated[Path | None, typer.Option(help="History: CSV or XLSX.", callback=_there)] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Make the changes without asking.")] = False,
    workspace: Annotated[str | None, typer.Option(help="The workspace's Slack id, else the token's.")] = None,
) -> None:
    """Load a collaborative from its file: shows what would change, asks, and changes it."""
    from bot.app import PATIENCE, web_client
    from bot.clock import SystemClock
    from bot.identity import identify
    from bot.load import load as load_files
    from models import engines

    settings, slack = _settings(), None
    if workspace is None:
        slack = web_client(settings, PATIENCE)
        with console.status("Asking Slack which workspace this is ..."):
            workspace = identify(slack).slack_team
    with engines.in_words():
        load_files(
            file,
            data=data,
            yes=yes,
            database_url=settings.database_url,
            slack_team=workspace,
            now=SystemClock().now(),
            console=console,
            slack=slack,
        )


@app.command()
def doctor(
    channel: Annotated[str, typer.Option(help="With --live: its name, or the id of a private one.")] = "",
    *,
    live: Annotated[bool, typer.Option("--live", help="Try in a channel how Slack behaves.")] = False,
) -> None:
    """Look at everything Momentum needs and say how to mend what is not well."""
    from bot.app import PATIENCE, web_client
    from bot.clock import SystemClock
    from bot.doctor import examine
    from bot.live.visit import visit
    from bot.live.workbench import Host

    if live is not bool(channel):
        raise typer.BadParameter("--live and --channel NAME go together")
    settings = _settings()
    if not live:
        _tell(examine(settings, web_client(settings, PATIENCE), SystemClock().now()))
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # however it ends, it cleans up
    host = Host(lambda words: console.print(words, **PLAIN), lambda ask: typer.confirm(ask, default=None))
    with closing(visit(settings, channel, host, SystemClock().now())) as findings:
        _tell(findings)


@app.command()
def outbox(
    retry: Annotated[int | None, typer.Option(help="Try this message again.")] = None,
) -> None:
    """List the messages that wait or failed, or try one again."""
    from bot import schema
    from bot.outbox import listing, try_again

    with schema.opened(_settings().database_url) as database:
        if retry is not None:
            console.print(try_again(database, retry), **PLAIN)
        else:
            Console(width=max(console.width, WIDE)).print(listing(database))


@app.command(name="check-words")
def check_words() -> None:
    """List what people typed before that looks like a patient, by row and kind alone."""
    from bot import schema
    from bot.words import lines

    with schema.opened(_settings().database_url) as database:
        for line in lines(database):
            console.print(line, **PLAIN)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The copy to write.")]) -> None:
    """Copy the SQLite database while the bot works."""
    from bot.backup import back_up
    from bot.clock import SystemClock

    url = _settings().database_url
    with console.status("Copying the records ..."):
        back_up(url, file, SystemClock().now())
    console.print(f"The records are in {file}.", **PLAIN)


@app.command()
def restore(
    file: Annotated[Path | None, typer.Argument(help="The copy, for SQLite.", callback=_there)] = None,
    taken: Annotated[str | None, typer.Option(help="When it was taken: 2026-11-23T14:00Z.")] = None,
) -> None:
    """Put a copy back; what may have gone out since is looked for before it is sent."""
    from bot import backup as copies
    from bot.clock import SystemClock

    when = copies.moment(taken) if taken else None
    url = _settings().database_url
    with console.status("Putting the records back ..."):
        kept = copies.restore(url, file, when, SystemClock().now())
    if kept:
        console.print(f"What was there is kept in {kept}.", **PLAIN)
    console.print("The records are back. Messages due meanwhile are looked for before they are sent.")


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The port of the page.")] = 4480,
    *,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    story: Annotated[bool, typer.Option("--story", help="Play fifteen months first.")] = False,
    pace: Annotated[Pace, typer.Option(help="Of the story; the page or Enter changes it.")] = Pace.FAST,
    transcript: Annotated[Path | None, typer.Option(help="Write what the story said.")] = None,
) -> None:
    """Start a Slack you can open in a browser, with a made-up collaborative and the real bot."""
    from bot.demo.show import show, tell

    if story:
        tell(port, pace, transcript, open_browser=browser, console=console)
    else:
        show(port, open_browser=browser, console=console)


def _tell(findings: "Iterable[Checked]") -> None:
    """Print each finding with its mend, then the sum. Raises typer.Exit with 1 when one is to be mended."""
    marks = set()
    for finding in findings:
        marks.add(finding.mark)
        console.print(f"{finding.mark:4}  {finding.subject}: {finding.state}", **PLAIN)
        if finding.mend:
            console.print(f"      {finding.mend}", **PLAIN)
    if "MEND" in marks:
        raise typer.Exit(1)
    console.print("All is well." if marks == {"ok"} else "All else is well.")


def _settings() -> "Settings":
    """Read the settings, for a command that speaks to a person: what is logged is for them, too."""
    from bot import logs
    from bot.config import read_settings

    settings = read_settings()
    logs.set_up("WARNING", "text")
    for away in ("slack_sdk", "models"):  # a Slack or a database that is away is told in a sentence
        logging.getLogger(away).setLevel(logging.CRITICAL)
    return settings


def _stop(words: str, code: int) -> None:
    Console(stderr=True).print(words, **PLAIN)
    raise SystemExit(code)
