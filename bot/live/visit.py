"""`momentum doctor --live`: tries in a channel what could only be read about, with the host's consent."""

from collections.abc import Generator
from datetime import datetime

from bot import lock
from bot.app import SENDING_PATIENCE, web_client
from bot.config import Settings
from bot.doctor import Checked
from bot.identity import identify
from bot.live.presses import listening
from bot.live.trials import TRIALS, NotTried, Trial
from bot.live.workbench import Host, Otherwise, Workbench
from handlers.slack.calls import NotTaken
from models.errors import DomainError

CONSENT = "I write some messages in {channel}, ask you what you see, and delete them again. May I begin?"
IS_STOPPED = "Is Momentum stopped everywhere? A running one would take the presses meant for me."
NOTHING = "Nothing was written."


def visit(settings: Settings, channel: str, host: Host, now: datetime) -> Generator[Checked, None, None]:
    """Try everything in turn; at the end, however it comes, delete what was written, or say what is left.

    Raises DomainError when a bot runs, the host does not agree, or the channel cannot be written to;
    NotWelcomeError and OutOfReachError like `identify`.
    """
    client = web_client(settings, SENDING_PATIENCE)
    identify(client)
    with lock.alone(settings.database_url, "momentum doctor --live", now):
        _agree(settings, channel, host)
        with listening(settings) as presses:
            bench = Workbench(client, channel, host, presses)
            try:
                _begin(bench)
                for trial in TRIALS:
                    yield _tried(trial, bench)
            finally:
                for left in bench.clean_up():
                    host.hear(left)


def _agree(settings: Settings, channel: str, host: Host) -> None:
    """Ask first; on Postgres, and over HTTP, no lock tells whether a bot runs."""
    knows = settings.database_url.startswith("sqlite") and settings.slack_app_token
    if not knows and not host.agrees(IS_STOPPED):
        raise DomainError(f"{NOTHING} Please stop Momentum first.")
    if not host.agrees(CONSENT.format(channel=channel)):
        raise DomainError(NOTHING)


def _begin(bench: Workbench) -> None:
    try:
        bench.post("Momentum tries a few things here, for some minutes, and takes them away again.")
    except NotTaken as fault:
        raise DomainError(
            f"{bench.channel}: Slack answered {fault.refusal.reason}. Write there: /invite @Momentum "
            "(a private channel is named by its id)."
        ) from fault


def _tried(trial: Trial, bench: Workbench) -> Checked:
    try:
        measured = trial.do(bench)
    except NotTried as why:
        return Checked(trial.subject, str(why), is_known=False)
    except Otherwise as otherwise:
        return Checked(trial.subject, str(otherwise), trial.change)
    except NotTaken as fault:
        return Checked(trial.subject, f"Slack answered {fault.refusal.reason}", trial.change)
    if trial.ask and bench.host.agrees(trial.ask) is not trial.expects:
        return Checked(trial.subject, f"{measured}; people see it otherwise than expected", trial.change)
    return Checked(trial.subject, measured)
