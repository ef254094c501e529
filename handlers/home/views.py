"""The Home tab: what is due from a person's teams, how those they look after stand, and the roll call."""

from collections.abc import Sequence
from datetime import date

from handlers.roll_call.views import headline, progress
from handlers.slack.action_ids import ASKED_OPEN, MOMENTUM_HELP, REPORT_OPEN
from handlers.slack.blocks import SECTION_LIMIT, Block, View, actions, button, header, section, sections
from handlers.slack.buttons import open_button
from handlers.slack.team_month import team_month
from handlers.slack.words import due_words, escape, escape_to_fit, month_near
from models.rules.charts.choice import ALL_TEAMS, ChartChoice
from models.rules.collaborative.measure import MeasureKind, value_words
from models.rules.collaborative.period import ReportingPeriod
from models.rules.collaborative.viewers import Viewer
from models.rules.home import Latest, TeamStanding
from models.rules.report.report import RollCall

_NAME = 150  # characters of a team's or a measure's name
_MOST_OWN = 10  # teams with a part of their own; Slack takes 100 blocks in a Home tab


def welcome(sentence: str, looks_on: Sequence[tuple[Viewer, RollCall | None]] = ()) -> View:
    """Build the tab of who is in no team: whom to ask, or what there is to look at."""
    blocks = [header("Welcome"), section(escape_to_fit(sentence, SECTION_LIMIT))]
    for viewer, call in looks_on:
        blocks.append(header(viewer.collaborative.name))
        if call:
            blocks.append(_called(len(call.teams_in), call.expected, call.period))
        if viewer.teams and viewer.measures:
            blocks.append(actions(open_button(_all_or_first(viewer))))
    if looks_on:
        blocks.append(actions(button("What can I do here?", MOMENTUM_HELP)))
    return {"type": "home", "blocks": blocks}


def _all_or_first(viewer: Viewer) -> ChartChoice:
    team = ALL_TEAMS if viewer.sees_all_at_once else viewer.teams[0].id
    return ChartChoice(viewer.collaborative.id, team, viewer.measures[0].id)


def home_view(standings: Sequence[TeamStanding], today: date) -> View:
    """Build the tab of who acts for a team, or for many."""
    own = [each for each in standings if not each.acting.is_on_behalf][:_MOST_OWN]
    others = [each for each in standings if each not in own]
    blocks = [block for each in own for block in _own_team(each, today)]
    if others:
        blocks += _others(others, today)
    called = _one_per_collaborative(standings)
    for each in called:
        blocks += _roll_call(each, several=len(called) > 1)
    return {"type": "home", "blocks": [*blocks, actions(button("What can I do here?", MOMENTUM_HELP))]}


def _own_team(standing: TeamStanding, today: date) -> list[Block]:
    name, period = standing.acting.team.name, standing.period
    values = sections([_latest_words(each, today) for each in standing.latest])
    if period is None:
        return [header(name), section("Nothing is due from you now."), *values]
    month = month_near(period.first_day, today)
    value = team_month(standing.acting.team.id, period.id)
    if standing.is_in:
        words = f"✔ Your {month} report is in, thank you."
        press = button("Change it", REPORT_OPEN, value)
    else:
        words = f"*Your {month} report is next.* {due_words(period, today)}."
        press = button("Report", REPORT_OPEN, value, primary=True)
    return [header(name), section(words), *values, actions(press, button("What is asked", ASKED_OPEN, value))]


def _latest_words(latest: Latest, today: date) -> str:
    """Say a last value: "Blood pressure control: 76.7% (69/90) in September"."""
    return f"{escape_to_fit(latest.measure.name, _NAME)}: {_value_words(latest, today)}"


def _value_words(latest: Latest, today: date) -> str:
    value = escape(value_words(latest.value, latest.measure.unit))
    return f"{value} in {month_near(latest.month, today)}"


def _others(standings: Sequence[TeamStanding], today: date) -> list[Block]:
    """List the teams of staff, a line each, by month and those not in yet first."""
    groups: dict[tuple[int, str, str], list[TeamStanding]] = {}
    for each in sorted(standings, key=lambda each: each.is_in):
        groups.setdefault((each.acting.collaborative.id, _in_words(each), _main_name(each)), []).append(each)
    blocks = [header("Teams you look after")]
    for (_, words, measure), found in groups.items():
        about = f" · {escape_to_fit(measure, _NAME)}" if measure else ""
        blocks += sections([f"*{words}*{about}", *(_other_team(each, today) for each in found)])
    return [*blocks, actions(button("Report for a team", REPORT_OPEN))]


def _other_team(standing: TeamStanding, today: date) -> str:
    name, main = escape_to_fit(standing.acting.team.name, _NAME), _main(standing)
    return f"{name}: {_value_words(main, today)}" if main else name


def _main(standing: TeamStanding) -> Latest | None:
    outcomes = [each for each in standing.latest if each.measure.kind is MeasureKind.OUTCOME]
    return next(iter([*outcomes, *standing.latest]), None)


def _main_name(standing: TeamStanding) -> str:
    main = _main(standing)
    return main.measure.name if main else ""


def _in_words(standing: TeamStanding) -> str:
    if standing.period is None:
        return "Nothing is due now"
    month = f"{standing.period.first_day:%B}"
    return f"✔ In for {month}" if standing.is_in else f"Not in yet for {month}"


def _one_per_collaborative(standings: Sequence[TeamStanding]) -> list[TeamStanding]:
    first: dict[int, TeamStanding] = {}
    for each in standings:
        if each.period is not None:
            first.setdefault(each.acting.collaborative.id, each)
    return list(first.values())


def _roll_call(standing: TeamStanding, *, several: bool) -> list[Block]:
    if standing.period is None:
        return []
    title = f"Roll call: {standing.acting.collaborative.name}" if several else "Roll call"
    return [header(title), _called(standing.teams_in, standing.expected, standing.period)]


def _called(here: int, expected: int, period: ReportingPeriod) -> Block:
    return section(f"{headline(here, expected, period)}\n{progress(here, expected)}")
