"""`momentum load`: shows what a collaborative's file would change, asks, and changes it in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import typer
from rich.console import Console
from slack_sdk import WebClient

from bot import schema
from bot.guests import refuse_second_channels
from bot.identity import identify
from bot.open_channels import open_in
from handlers.files import history as history_file
from handlers.files import table
from handlers.files.plan import collaborative as collaborative_file
from handlers.files.plan import plain_yaml
from handlers.files.plan.problems import UnreadableFileError
from models.database import Connection, Database
from models.errors import DomainError
from models.rules.charts.frozen import MedianMove
from models.rules.collaborative.measure import Value
from models.rules.collaborative.period import moves
from models.rules.quoting import shortened
from models.rules.setup.history import (
    Giver,
    HistoryChange,
    HistoryDifference,
    MonthCell,
    change_words,
    check,
    compare,
)
from models.rules.setup.plan import CollaborativePlan, warnings
from models.rules.setup.plan_changes import changes
from models.rules.time.days import day_of
from models.services.charts import frozen, history
from models.services.setup import apply as collaborative
from models.services.setup import stored_plan

UNCHANGED = "Nothing to change: everything is as the file says."
MOST_SHOWN = 20  # lines of one kind; the rest is counted


@dataclass(frozen=True)
class FilesWanted:
    """What the files ask for."""

    plan: CollaborativePlan
    values: Mapping[MonthCell, Value]
    today: date  # where the collaborative is
    left_empty: int  # rows of the history without a value


@dataclass(frozen=True)
class Found:
    """What is stored, and what the files would change."""

    stored: CollaborativePlan | None
    others: tuple[str, ...]  # names of the workspace's other collaboratives
    lines: tuple[str, ...]
    values: HistoryDifference
    medians: tuple[MedianMove, ...] = ()  # frozen ones that move

    @property
    def is_nothing(self) -> bool:
        return not (self.lines or self.values.added or self.values.changed)


def load(  # noqa: PLR0913 - what the command line knows, each by its name
    file: Path,
    *,
    data: Path | None,
    yes: bool,
    database_url: str,
    slack_team: str,
    now: datetime,
    console: Console,
    slack: WebClient | None = None,
) -> None:
    """Load a collaborative's file, and its history when `data` is given, into the workspace `slack_team`.

    Shows the changes and asks before making them, unless `yes`; writes everything in one transaction.
    `slack` is asked about guests and who can read the teams' channels; without it nobody is.
    Raises typer.Exit with 1 after all problems of the files were named, typer.Abort when the host said no,
    and DomainError when the database is not ready, or changed since it was shown.
    """
    files = _read(file, data, now, console)
    remarks: tuple[str, ...] = ()
    if slack:
        refuse_second_channels(files.plan, slack)
        remarks = tuple(open_in(files.plan, slack, identify(slack).bot_user))
    schema.insist_on_the_newest(database_url)
    database = Database(database_url)
    try:
        differences = database.read(lambda db: _find(db, slack_team, files))
        _show(differences, files, remarks, console)
        if differences.is_nothing:
            console.print("Nothing to change." if differences.values.conflicts else UNCHANGED)
            return
        if not yes:
            typer.confirm("Make these changes?", abort=True)
        with console.status("Writing ..."):
            database.write(lambda db: _write(db, slack_team, files, differences, now))
    finally:
        database.dispose()
    console.print(f"Done: {files.plan.name} is as the file says.", markup=False, highlight=False)


def _read(file: Path, data: Path | None, now: datetime, console: Console) -> FilesWanted:
    try:
        plan = collaborative_file.read(_bytes(file, plain_yaml.LARGEST))
    except UnreadableFileError as unreadable:
        _refuse(console, file, [problem.words() for problem in unreadable.problems])
    today = day_of(now, plan.time_zone)
    if data is None:
        return FilesWanted(plan, {}, today, 0)
    with console.status(f"Reading {data.name} ..."):
        read = history_file.read(_bytes(data, table.LARGEST))
        values, problems = check(read.rows, plan, today)
    if read.problems or problems:
        _refuse(console, data, [problem.words() for problem in sorted([*read.problems, *problems])])
    return FilesWanted(plan, values, today, read.left_empty)


def _bytes(file: Path, largest: int) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(largest + 1)  # one more than is taken: the reader refuses it
    except OSError as trouble:
        raise DomainError(f"{file} cannot be read: {trouble.strerror}.") from None


def _refuse(console: Console, file: Path, problems: list[str]) -> None:
    count = "1 thing" if len(problems) == 1 else f"{len(problems)} things"
    refusal = f"{file}: {count} to mend. Nothing was changed."
    console.print(refusal, style="bold", markup=False, highlight=False, soft_wrap=True)
    _list(console, problems)
    raise typer.Exit(1)


def _find(db: Connection, slack_team: str, files: FilesWanted) -> Found:
    stored = stored_plan.find(db, slack_team, files.plan.key)
    names = stored_plan.names(db, slack_team)
    others = tuple(name for key, name in names.items() if key != files.plan.key)
    if stored is None:
        return Found(None, others, changes(None, files.plan), compare({}, files.values))
    values = history.difference(db, stored.collaborative_id, files.values)
    calendar = moves(stored.periods, files.plan.calendar.periods(), files.today)
    lines = changes(stored.plan, files.plan, calendar)
    medians = frozen.moves(db, stored.collaborative_id, values.written)
    return Found(stored.plan, others, lines, values, medians)


def _write(db: Connection, slack_team: str, files: FilesWanted, differences: Found, now: datetime) -> None:
    scope = collaborative.apply(db, slack_team, files.plan, now, shown=differences.stored)
    medians = frozen.moves(db, scope, history.difference(db, scope, files.values).written)
    became = history.write(db, scope, files.values, Giver(files.today, now))
    is_shown = {m.place for m in medians} <= {m.place for m in differences.medians}
    if not (is_shown and set(became.changed) <= set(differences.values.changed)):
        raise DomainError(collaborative.OVERTAKEN)  # nothing is replaced, or moves, that was not shown


def _show(differences: Found, files: FilesWanted, remarks: Sequence[str], console: Console) -> None:
    """Show the changes; `remarks` are about the teams' channels."""
    if differences.lines:
        _title(console, "Changes")
        _list(console, differences.lines)
    if differences.others and differences.stored is None:
        names = ", ".join(differences.others)
        note = f"This workspace has {names} already. A new name for it? Give the file its key: “key: …”."
        _list(console, [note])
    _show_values(differences.values, differences.medians, files, console)
    thoughts = (*warnings(files.plan), *remarks)
    if thoughts:
        _title(console, "Worth a thought")
        _list(console, thoughts)


def _show_values(
    values: HistoryDifference, medians: Iterable[MedianMove], files: FilesWanted, console: Console
) -> None:
    if not files.values:
        return
    _title(console, "History")
    empty = f", {files.left_empty} rows without a value left out" if files.left_empty else ""
    counts = (
        f"{len(values.added)} new values, {len(values.changed)} changed, {values.same} already there{empty}"
    )
    _list(console, [counts, *_value_lines(values.changed, files.plan)])
    if medians:
        _title(console, "Frozen medians that this moves")
        _list(console, (f"{shortened(m.team.name)}, {shortened(m.measure.name)}: {m.way}" for m in medians))
    if values.conflicts:
        _title(console, "Reported by the teams, so kept as they are")
        _list(console, [*_value_lines(values.conflicts, files.plan)])


def _value_lines(changes: Iterable[HistoryChange], plan: CollaborativePlan) -> Iterable[str]:
    return (change_words(change, plan) for change in changes)


def _title(console: Console, words: str) -> None:
    console.print(f"\n{words}", style="bold")


def _list(console: Console, lines: Iterable[str]) -> None:
    every = list(lines)
    for line in every[:MOST_SHOWN]:
        console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
    if len(every) > MOST_SHOWN:
        console.print(f"  and {len(every) - MOST_SHOWN} more", highlight=False)
