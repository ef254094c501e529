"""A collaborative's file (YAML bytes) becomes a plan, or a list of all that is to be mended in it."""

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date

from handlers.files.plan.fields import Fields
from handlers.files.plan.measures import read_measures, with_exceptions
from handlers.files.plan.plain_yaml import Mapping, read_tree
from handlers.files.plan.problems import FileProblem, UnreadableFileError
from handlers.files.plan.reminders import read_milestones, read_reminders
from handlers.files.plan.roster import Roster, named, read_staff, read_teams
from handlers.files.plan.time_zones import read_time_zone
from models.rules.charts.run_chart import Rules
from models.rules.collaborative.aim import LABELS, Aim
from models.rules.collaborative.period import next_month
from models.rules.setup.plan import Calendar, CollaborativePlan, MeasurePlan

ABOUT = (
    "name",
    "key",
    "topic",
    "aim",
    "time zone",
    "channel",
    "rules",
    "signals",
    "roll call",
    "periods",
    "reminders",
)
PEOPLE = ("coordinator", "host", "faculty", "coaches", "teams", "measures", "milestones")
LOCK_DAYS = 14  # when the file names none
LONGEST_RUN = 120  # months
RULES = {"anhoej": Rules.ANHOEJ, "ihi": Rules.IHI, "ihi with trend": Rules.IHI_TREND}
SIGNALS = {"at once": False, "coach first": True}
ROLL_CALL = {"counts": False, "names": True}  # of the teams still to come
HOW_TO_FIND = "the id of the shared Slack channel, not its #name: C0123ABCD (channel details, at the bottom)"


def read(data: bytes) -> CollaborativePlan:
    """Read a collaborative's file; docs/collaborative-file.md describes it.

    Raises UnreadableFileError with every problem, each with its line and path.
    """
    tree = read_tree(data)
    if not isinstance(tree, Mapping):
        raise UnreadableFileError(
            [FileProblem(tree.line, "", "Expected keys like “name: …” at the left margin.")]
        )
    problems: list[FileProblem] = []
    plan = _plan(Fields(tree, (), problems).only(*ABOUT, *PEOPLE))
    if problems:
        raise UnreadableFileError(problems)
    return plan


def _plan(top: Fields) -> CollaborativePlan:
    key, name = top.name()
    roster = Roster()
    teams = read_teams(top, roster)
    read_staff(top, roster, teams)
    measures = read_measures(top)
    if not top.has("channel"):
        top.missing("channel", HOW_TO_FIND)
    return CollaborativePlan(
        key=key,
        name=name,
        topic=top.text("topic"),
        aim=_aim(top, measures),
        time_zone=read_time_zone(top, needed=True),
        channel=top.slack_id("channel") or "",
        calendar=_calendar(top),
        people=tuple(roster.people.values()),
        teams=with_exceptions(top, teams, measures),
        roles=frozenset(roster.roles),
        measures=measures,
        rules=top.choice("rules", RULES, otherwise=Rules.ANHOEJ, needed=False),
        coach_first=top.choice("signals", SIGNALS, otherwise=False, needed=False),
        names_missing=top.choice("roll call", ROLL_CALL, otherwise=False, needed=False),
        reminders=read_reminders(top),
        milestones=read_milestones(top, roster, teams),
    )


def _aim(top: Fields, measures: Iterable[MeasurePlan]) -> Aim:
    """The four parts under the words people read beside them; each may be missing."""
    if not top.has("aim"):
        return Aim()
    keys = {name: label.lower() for name, label in LABELS.items()}
    below = top.part("aim", "four parts: for whom, by when, how much, measured by")
    below.only(*keys.values())
    parts = {name: below.text(key) for name, key in keys.items()}
    known = {word: measure.key for measure in measures for word in (measure.name, measure.key)}
    if parts["measure"]:
        parts["measure"] = named(below, keys["measure"], parts["measure"], known)
    return Aim(**parts)


def _calendar(top: Fields) -> Calendar:
    below = top.part("periods", "first month, months and due day")
    below.only("first month", "months", "due day", "lock days", "moved")
    usual = Calendar(
        first_month=below.month("first month"),
        months=below.whole("months", 1, LONGEST_RUN),
        due_day=below.whole("due day", 1, 31),
        lock_days=below.whole("lock days", 0, 365, LOCK_DAYS),
    )
    months = {period.first_day for period in usual.periods()}
    moved = [_moved(part, months) for part in below.parts("moved")]
    return replace(usual, moved=tuple(sorted(dict(moved).items())))


def _moved(part: Fields, months: Container[date]) -> tuple[date, date]:
    """A month with a due day of its own."""
    part.only("month", "due")
    month, due = part.month("month"), part.day("due")
    if part.has("month") and month not in months:
        part.refuse("month", "This month is not one of the collaborative's.")
    elif part.has("due") and due < next_month(month):
        part.refuse("due", "A report is due after its month has ended.")
    return month, due
