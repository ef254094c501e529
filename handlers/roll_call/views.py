"""The roll call: who is in this month, by name; the missing are counted, or named where the host chose so."""

from datetime import date

from handlers.slack.action_ids import REPORT_OPEN
from handlers.slack.blocks import TextAndBlocks, actions, button, context, header, section, sections
from handlers.slack.team_month import ANY_TEAM, team_month
from handlers.slack.words import counted, due_words, escape, escape_to_fit, listed, spoken
from models.rules.collaborative.period import ReportingPeriod
from models.rules.report.report import RollCall

_NAMES = 1500  # characters
_BARS = 20  # more squares than this are hard to take in


def roll_call_message(call: RollCall, today: date) -> TextAndBlocks:
    """Build the roll call as its text and its blocks."""
    here, period = len(call.teams_in), call.period
    first = headline(here, call.expected, period)
    blocks = [header(f"Roll call: {period.name}"), section(f"*{first}*\n{progress(here, call.expected)}")]
    blocks += sections([f"{escape(name)} ✔" for name in call.teams_in])
    blocks.append(context(_closing(call, today)))
    if not period.is_locked(today):
        value = team_month(ANY_TEAM, period.id)
        blocks.append(actions(button("Report for your team", REPORT_OPEN, value, primary=True)))
    names = f" In so far: {escape(listed(call.teams_in))}." if call.teams_in else ""
    return spoken(f"{first}.{names} {_closing(call, today)}"), blocks


def headline(here: int, expected: int, period: ReportingPeriod) -> str:
    """Say how many are in: "5 of 8 teams are in for October"."""
    month = f"{period.first_day:%B}"
    if expected and here >= expected:
        return f"Every team is in for {month} ({here} of {expected}), thank you"
    verb = "is" if here == 1 else "are"
    return f"{here} of {counted(expected, 'team')} {verb} in for {month}"


def progress(done: int, of: int) -> str:
    """Draw how far along the month is, one square a team while there are few."""
    squares = min(of, _BARS)
    full = done * squares // of if of else 0
    return "■" * full + "□" * (squares - full)


def _closing(call: RollCall, today: date) -> str:
    missing = call.expected - len(call.teams_in) - call.cannot
    cannot = f"{counted(call.cannot, 'team')} cannot report this month. " if call.cannot else ""
    if missing <= 0:
        return f"{cannot}Nothing more is due."
    names = f": {escape_to_fit(listed(call.missing), _NAMES)}" if call.missing else ""
    return f"{cannot}{counted(missing, 'team')} still to come{names}. {due_words(call.period, today)}."
