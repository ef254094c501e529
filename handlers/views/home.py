"""The Home tab: what is due from a person's teams, how those they look after stand, and the roll call."""

from collections.abc import Sequence
from datetime import date

from handlers.views.names import MOMENTUM_HELP, REPORT_OPEN
from handlers.views.report import due_words
from handlers.views.roll_call import headline, progress
from handlers.views.text import Block, View, actions, button, escape, header, section, sections
from models.rules.home import Standing

_MOST_OWN = 10  # teams with a part of their own; Slack takes 100 blocks in a Home tab


def home_view(standings: Sequence[Standing], today: date, stranger: str) -> View:
    """Build the tab; `stranger` is what a person hears who is in no team."""
    if not standings:
        blocks = [header("Welcome"), section(escape(stranger))]
        return {"type": "home", "blocks": blocks}
    own = [each for each in standings if not each.acting.is_on_behalf][:_MOST_OWN]
    others = [each for each in standings if each not in own]
    blocks = [block for each in own for block in _own_team(each, today)]
    if others:
        blocks += _others(others)
    for each in _one_per_collaborative(standings):
        blocks += _roll_call(each)
    return {"type": "home", "blocks": [*blocks, actions(button("What can I do here?", MOMENTUM_HELP))]}


def _own_team(standing: Standing, today: date) -> list[Block]:
    name, period = standing.acting.team.name, standing.period
    if period is None:
        return [header(name), section("Nothing is due from you now.")]
    month = period.name
    value = str(standing.acting.team.id)
    if standing.is_in:
        words = f"✔ Your {month} report is in, thank you."
        press = button("Change it", REPORT_OPEN, value)
    else:
        words = f"*Your {month} report is next.* {due_words(period, today)}."
        press = button("Report", REPORT_OPEN, value, primary=True)
    return [header(name), section(words), actions(press)]


def _others(standings: Sequence[Standing]) -> list[Block]:
    lines = [f"*{escape(each.acting.team.name)}* {_in_words(each)}" for each in standings]
    report = actions(button("Report for a team", REPORT_OPEN))
    return [header("Teams you look after"), *sections(lines), report]


def _in_words(standing: Standing) -> str:
    if standing.period is None:
        return "nothing is due now"
    month = f"{standing.period.first_day:%B}"
    return f"✔ in for {month}" if standing.is_in else f"not in yet for {month}"


def _one_per_collaborative(standings: Sequence[Standing]) -> list[Standing]:
    first: dict[int, Standing] = {}
    for each in standings:
        if each.period is not None:
            first.setdefault(each.acting.collaborative.id, each)
    return list(first.values())


def _roll_call(standing: Standing) -> list[Block]:
    if standing.period is None:
        return []
    words = headline(standing.teams_in, standing.expected, standing.period)
    bar = progress(standing.teams_in, standing.expected)
    return [header(standing.acting.collaborative.name), section(f"{words}\n{bar}")]
