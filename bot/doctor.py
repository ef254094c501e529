"""Looks at settings, database, token, scopes and channels, and says of each how to mend it."""

import sqlite3
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from slack_sdk import WebClient

from bot import lock, open_channels, reach, schema
from bot.config import Settings
from bot.identity import Identity, identify
from bot.manifest import bot_scopes
from bot.reach import NotWelcomeError, OutOfReachError
from handlers.slack.calls import NotTaken, call
from models import engines
from models.database import Database
from models.database_file import GONE, REPLACED, damage, identity, no_room
from models.errors import DomainError
from models.rules.collaborative.audience import Readers, openness
from models.rules.setup.plan import GIVE_SIZE
from models.services import trial
from models.services.collaborative import channels as records
from models.services.collaborative import sample_sizes
from models.services.collaborative.channels import NamedChannel
from models.services.delivery import audiences

CHECK_NETWORK = "Check the network and SLACK_API_URL."


@dataclass(frozen=True)
class Checked:
    """One thing looked at: what was found, and how to mend it when it is not well."""

    subject: str
    state: str
    mend: str = ""  # empty: all is well
    is_known: bool = True  # else `mend` says how to find out
    is_remark: bool = False  # all works; `mend` says what would be better

    @property
    def mark(self) -> str:
        """How it is marked on screen."""
        if not self.is_known:
            return "?"
        if self.is_remark:
            return "note"
        return "MEND" if self.mend else "ok"


def examine(settings: Settings, client: WebClient, now: datetime) -> Iterator[Checked]:
    """Look at everything in the order in which one thing needs the other."""
    database_is_up = yield from _database(settings.database_url, now)
    identity = yield from _token(client)
    yield from _way_in(settings)
    if identity:
        yield from _scopes(identity)
        if database_is_up:
            yield from _channels(settings, client, identity)
            yield from _sample_sizes(settings.database_url, identity)


def _database(url: str, now: datetime) -> Generator[Checked, None, bool]:
    """Yield what was found; return whether the tables can be used."""
    file = engines.file_of(engines.named(url))
    if file and (ailment := next(_of_file(file), None)):
        yield ailment
        return False
    try:
        obstacle = schema.obstacle(url)
    except DomainError as refused:
        yield Checked("Database", "cannot be reached", str(refused))
        return False
    if obstacle:
        yield Checked("Database", obstacle.state, obstacle.way_out)
        return False
    yield _written(url, now)
    if file and (names := _open_to_others(file)):
        yield Checked("Database", f"others may read {', '.join(names)}", f"Run: chmod go= {file}*")
    return True


def _of_file(file: Path) -> Iterator[Checked]:
    """What is wrong with the file of an SQLite database, whatever is in its tables; the worst first."""
    working = lock.holder(file)
    if working and working[1] != identity(file):
        state = f"{REPLACED if file.exists() else GONE}, while {working[0]} works on it: {file}"
        yield Checked("Database", state, "Stop the bot, put the right file in place, and start it")
    if not file.exists():
        return
    if names := lock.two_names(file):
        yield Checked("Database", names, lock.keep_one(file))
    try:
        verdict = damage(file)
    except sqlite3.OperationalError as fault:
        yield Checked("Database", f"{file} cannot be read: {fault}", "See whether Momentum may read it")
    else:
        if verdict:
            yield Checked("Database", f"{file} is damaged: {verdict}", schema.PUT_BACK)
    if full := no_room(file):
        yield Checked("Database", full, f"Make room on the disk of {file.parent}")


def _open_to_others(file: Path) -> list[str]:
    """The database, what SQLite and we keep beside it, and what a restore left: records of patients' care."""
    return sorted(each.name for each in file.parent.glob(f"{file.name}*") if each.stat().st_mode & 0o077)


def _written(url: str, now: datetime) -> Checked:
    database = Database(url)
    try:
        database.write(lambda db: trial.write(db, now))
    except DomainError as refused:
        state = f"nothing can be written: {engines.reason(refused.__cause__ or refused)}"
        return Checked("Database", state, "See to its disk, and whether Momentum may write there")
    finally:
        database.dispose()
    return Checked("Database", "reached, its tables are up to date")


def _token(client: WebClient) -> Generator[Checked, None, Identity | None]:
    """Yield one finding; return who we are, or None."""
    try:
        identity = identify(client)
    except NotWelcomeError as refused:
        mend = "Install the app again and set SLACK_BOT_TOKEN to the token shown (xoxb-...)."
        yield Checked("Bot token", f"Slack answered {refused.code}", mend)
        return None
    except OutOfReachError as away:
        yield Checked("Bot token", f"Slack is out of reach ({away.reason})", CHECK_NETWORK)
        return None
    yield Checked("Bot token", f"accepted in workspace {identity.slack_team}")
    return identity


def _way_in(settings: Settings) -> Iterator[Checked]:
    if not settings.slack_app_token:
        yield Checked("Way in", f"signed HTTP on port {settings.port}; the request URL ends in /slack/events")
        return
    client = WebClient(base_url=settings.slack_api_url, retry_handlers=[], timeout=10)
    token = settings.slack_app_token.get_secret_value()
    try:
        call("apps.connections.open", client.apps_connections_open, app_token=token)
    except NotTaken as fault:
        yield _no_socket(reach.of(fault, "SLACK_APP_TOKEN"))
    else:
        yield Checked("Way in", "Socket Mode, the app token is accepted")


def _no_socket(trouble: NotWelcomeError | OutOfReachError) -> Checked:
    if isinstance(trouble, OutOfReachError):
        return Checked("Way in", f"Socket Mode: Slack is out of reach ({trouble.reason})", CHECK_NETWORK)
    mend = "Make an app-level token with connections:write, set SLACK_APP_TOKEN, switch Socket Mode on."
    return Checked("Way in", f"Socket Mode: Slack answered {trouble.code}", mend)


def _scopes(identity: Identity) -> Iterator[Checked]:
    if identity.scopes is None:
        compare = "Compare OAuth & Permissions with manifest.yml yourself."
        yield Checked("Scopes", "Slack does not say which were granted", compare, is_known=False)
        return
    missing = sorted(bot_scopes() - identity.scopes)
    if missing:
        mend = "Add them under OAuth & Permissions (or paste manifest.yml again) and install the app again."
        yield Checked("Scopes", f"missing: {', '.join(missing)}", mend)
    else:
        yield Checked("Scopes", "all that manifest.yml asks for")


def _channels(settings: Settings, client: WebClient, identity: Identity) -> Iterator[Checked]:
    database = Database(settings.database_url)
    try:
        channels = database.read(lambda db: records.channels(db, identity.slack_team))
        own = [each.team_id for each in channels if each.team_id is not None]
        readers = database.read(lambda db: audiences.may_read(db, Readers.TEAM, own))
    finally:
        database.dispose()
    if not channels:
        mend = "Load one: momentum load FILE.yaml"
        yield Checked("Collaborative", "none in this workspace yet", mend)
    for each in channels:
        there = _channel(client, each)
        yield there
        if each.team_id is not None and not there.mend:
            yield from _openness(client, each, readers[each.team_id], identity)


def _sample_sizes(url: str, identity: Identity) -> Iterator[Checked]:
    """Ask for those nobody gave: without them, small numbers are shown as if all teams knew them."""
    database = Database(url)
    try:
        without = database.read(lambda db: sample_sizes.lacking(db, identity.slack_team))
    finally:
        database.dispose()
    for name, measures in without:
        state = f"not given for {'; '.join(measures)}"
        mend = f"In its file, below each measure: {GIVE_SIZE} Then: momentum load FILE.yaml"
        yield Checked(f"Sample size in {name}", state, mend, is_known=False)


def _openness(
    client: WebClient, of: NamedChannel, readers: Collection[str], identity: Identity
) -> Iterator[Checked]:
    """A remark, no ailment: messages take another way then."""
    place = open_channels.look(client, of.channel, identity.bot_user)
    if why := openness(place, readers):
        state, mend = open_channels.words(f"#{place.name}", why, of.owner)
        yield Checked(f"Channel of {of.owner}", state, mend, is_remark=True)


def _channel(client: WebClient, of: NamedChannel) -> Checked:
    subject, channel = f"Channel of {of.owner}", of.channel
    try:
        info = call("conversations.info", client.conversations_info, channel=channel)["channel"]
    except NotTaken as fault:
        mend = f"Check the id {channel} in the collaborative's file; invite Momentum there: /invite @Momentum"
        return Checked(subject, f"{channel}: Slack answered {fault.refusal.reason}", mend)
    if info.get("is_archived"):
        return Checked(subject, f"#{info['name']} is archived", "Unarchive it, or name another in the file.")
    if not info.get("is_member"):
        return Checked(
            subject, f"Momentum is not in #{info['name']}", "Write in that channel: /invite @Momentum"
        )
    return Checked(subject, f"Momentum is in #{info['name']}")
