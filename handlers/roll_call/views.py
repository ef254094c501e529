"""The roll call: who is in this month, by name; the missing are counted, or named where the host chose so."""

from collections.abc import Sequence
from datetime import date

from handlers.slack.action_ids import REPORT_OPEN
from handlers.slack.blocks import Block, TextAndBlocks, actions, button, context, header, section, sections
from handlers.slack.ids import ANY_TEAM, packed
from handlers.slack.words import counted, due_words, escape, escape_to_fit, headline, listed, progress, spoken
from models.rules.collaborative.period import ReportingPeriod
from models.rules.home import HomeReader, TeamStanding
from models.rules.report.report import RollCall

_NAMES = 1500  # characters


def roll_call_message(call: RollCall, today: date) -> TextAndBlocks:
    """Build the roll call as its text and its blocks."""
    here, period = len(call.teams_in), call.period
    first = headline(here, call.expected, period)
    blocks = [header(f"Roll call: {period.name}"), section(f"*{first}*\n{progress(here, call.expected)}")]
    blocks += sections([f"{escape(name)} ✔" for name in call.teams_in])
    blocks.append(context(_closing(call, today)))
    if not period.is_locked(today):
        value = packed(ANY_TEAM, period.id)
        blocks.append(actions(button("Report for your team", REPORT_OPEN, value, primary=True)))
    names = f" In so far: {escape(listed(call.teams_in))}." if call.teams_in else ""
    return spoken(f"{first}.{names} {_closing(call, today)}"), blocks


def home_part(reader: HomeReader) -> list[Block]:
    """Say how many are in: for each collaborative of who acts in it, or of who looks on."""
    called = _one_per_collaborative(reader.standings)
    several = len(called) > 1
    blocks = [block for each in called for block in _called(each, several=several)]
    for each in reader.looks_on:
        blocks.append(header(each.viewer.collaborative.name))
        if each.call:
            blocks.append(_at_a_glance(len(each.call.teams_in), each.call.expected, each.call.period))
    return blocks


def _called(standing: TeamStanding, *, several: bool) -> list[Block]:
    if standing.period is None:
        return []
    title = f"Roll call: {standing.acting.collaborative.name}" if several else "Roll call"
    return [header(title), _at_a_glance(standing.teams_in, standing.expected, standing.period)]


def _one_per_collaborative(standings: Sequence[TeamStanding]) -> list[TeamStanding]:
    first: dict[int, TeamStanding] = {}
    for each in standings:
        if each.period is not None:
            first.setdefault(each.acting.collaborative.id, each)
    return list(first.values())


def _at_a_glance(here: int, expected: int, period: ReportingPeriod) -> Block:
    return section(f"{headline(here, expected, period)}\n{progress(here, expected)}")


def _closing(call: RollCall, today: date) -> str:
    missing = call.expected - len(call.teams_in) - call.cannot
    cannot = f"{counted(call.cannot, 'team')} cannot report this month. " if call.cannot else ""
    if missing <= 0:
        return f"{cannot}Nothing more is due."
    names = f": {escape_to_fit(listed(call.missing), _NAMES)}" if call.missing else ""
    return f"{cannot}{counted(missing, 'team')} still to come{names}. {due_words(call.period, today)}."
