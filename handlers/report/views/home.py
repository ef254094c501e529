"""What is due from a person's teams, and how those they look after stand: a part of their Home tab."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.slack.action_ids import ASKED_OPEN, REPORT_OPEN
from handlers.slack.blocks import Block, actions, button, header, section, sections
from handlers.slack.ids import packed
from handlers.slack.words import due_words, escape, month_near, safe_name
from models.rules.collaborative.measure import Measure, main_of, value_words
from models.rules.home import HomeReader, Latest, TeamStanding


def home_part(reader: HomeReader) -> list[Block]:
    """Show each of their own teams, then in a line each the teams they look after."""
    blocks = [block for each in reader.own for block in _own_team(each, each.day_of(reader.now))]
    others = reader.looked_after
    return [*blocks, *_others(others, reader.now)] if others else blocks


def _own_team(standing: TeamStanding, today: date) -> list[Block]:
    name, period = standing.acting.team.name, standing.period
    values = sections([_latest_words(each, today) for each in standing.latest])
    if period is None:
        return [header(name), section("Nothing is due from you now."), *values]
    month = month_near(period.first_day, today)
    value = packed(standing.acting.team.id, period.id)
    if standing.is_in:
        words = f"✔ Your {month} report is in, thank you."
        press = button("Change it", REPORT_OPEN, value)
    else:
        words = f"*Your {month} report is next.* {due_words(period, today)}."
        press = button("Report", REPORT_OPEN, value, primary=True)
    return [header(name), section(words), *values, actions(press, button("What is asked", ASKED_OPEN, value))]


def _latest_words(latest: Latest, today: date) -> str:
    """Say a last value: "Blood pressure control: 76.7% (69/90) in September"."""
    return f"{safe_name(latest.measure.name)}: {_value_words(latest, today)}"


def _value_words(latest: Latest, today: date) -> str:
    value = escape(value_words(latest.value, latest.measure.unit))
    return f"{value} in {month_near(latest.month, today)}"


def _others(standings: Sequence[TeamStanding], now: datetime) -> list[Block]:
    """List the teams of staff, a line each, by month and those not in yet first."""
    groups: dict[tuple[int, str, str], list[TeamStanding]] = {}
    for each in sorted(standings, key=lambda each: each.is_in):
        groups.setdefault((each.acting.collaborative.id, _in_words(each), _main_name(each)), []).append(each)
    blocks = [header("Teams you look after")]
    for (_, words, measure), group in groups.items():
        about = f" · {safe_name(measure)}" if measure else ""
        blocks += sections([f"*{words}*{about}", *(_other_team(each, each.day_of(now)) for each in group)])
    return [*blocks, actions(button("Report for a team", REPORT_OPEN))]


def _other_team(standing: TeamStanding, today: date) -> str:
    name, main = safe_name(standing.acting.team.name), main_of(standing.latest, _measure)
    return f"{name}: {_value_words(main, today)}" if main else name


def _measure(latest: Latest) -> Measure:
    return latest.measure


def _main_name(standing: TeamStanding) -> str:
    main = main_of(standing.latest, _measure)
    return main.measure.name if main else ""


def _in_words(standing: TeamStanding) -> str:
    if standing.period is None:
        return "Nothing is due now"
    month = f"{standing.period.first_day:%B}"
    return f"✔ In for {month}" if standing.is_in else f"Not in yet for {month}"
