"""The question "which team?", asked of people who act for more than one, and its answer read back."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.report.views.pages import FormPlace
from handlers.slack.action_ids import REPORT_TEAM
from handlers.slack.blocks import Block, View, modal, option, plain
from handlers.slack.ids import unpacked
from handlers.slack.inputs import Question, chosen
from models.rules.home import TeamStanding


def team_choice(choices: Sequence[TeamStanding], place: FormPlace) -> View:
    """Ask which team the report is for; own teams come first, then those not in yet; the first is chosen.

    `place` is where the form will open, but for the team.
    """
    several = len({each.acting.collaborative.id for each in choices}) > 1
    ordered = sorted(choices, key=lambda each: (each.acting.is_on_behalf, each.is_in))
    options = [_team_option(each, several=several) for each in ordered]
    question = Question("team", "Which team is this for?").select(options, options[0]["value"])
    parts = {"callback_id": REPORT_TEAM, "private_metadata": place.as_value()}
    return modal("Monthly report", [question], submit="Next", close="Close", **parts)


def chosen_team(view: View) -> FormPlace:
    """Where the form opens for the team that was chosen: a hint, to be checked against the person's teams."""
    team_id = unpacked(chosen(view, "team"), int)
    return replace(FormPlace.of_value(view["private_metadata"]), team_id=team_id)


def _team_option(standing: TeamStanding, *, several: bool) -> Block:
    acting = standing.acting
    about = f"as {acting.role.value}" if acting.is_on_behalf else ""
    parts = (_in_words(standing), about, acting.collaborative.name if several else "")
    described = ", ".join(words for words in parts if words)
    made = option(acting.team.name, str(acting.team.id))
    return made | ({"description": plain(described, 75)} if described else {})


def _in_words(standing: TeamStanding) -> str:
    if standing.period is None:
        return ""
    return f"{'In' if standing.is_in else 'Not in yet'} for {standing.period.first_day:%B}"
