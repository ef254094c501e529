"""Buttons that lead into another feature, and what their values say: ids, always hints."""

from handlers.slack import action_ids
from handlers.slack.action_ids import FEEDBACK_GIVE, FLAGS_ASIDE, PARTICIPATION_OPEN, TALK_NOTE
from handlers.slack.blocks import Block, button
from models.rules.charts.choice import ChartChoice
from models.rules.charts.control_chart import Kind


def as_value(choice: ChartChoice) -> str:
    """A choice as private_metadata, or as the value of a button."""
    limits = f":{choice.limits}" if choice.limits else ""
    return f"{choice.collaborative_id}:{choice.team_id}:{choice.measure_id}{limits}"


def choice_of(words: str) -> ChartChoice:
    """A choice read back: a hint, to be checked against what the person may see."""
    collaborative, team, measure, *more = words.split(":")
    limits = Kind(more[0]) if more and more[0] in set(Kind) else None
    return ChartChoice(int(collaborative), int(team), int(measure), limits)


def open_button(choice: ChartChoice, words: str = "Chart") -> Block:
    """The button that shows a chart, for any message."""
    return button(words, action_ids.CHART_OPEN, as_value(choice))


def give_button(report_id: int) -> Block:
    """The button that opens the three fields, for any message."""
    return button("Give feedback", FEEDBACK_GIVE, str(report_id))


def talk_button(team_id: int, about: str) -> Block:
    """The button beside a flag or a missing report."""
    return button("I talked to them", TALK_NOTE, f"{team_id}:{about}")


def participation_button(collaborative_id: int) -> Block:
    """The button below the reports in a digest."""
    return button("Taking part", PARTICIPATION_OPEN, str(collaborative_id))


def aside_button(collaborative_id: int, words: str = "Show those seen to") -> Block:
    """The button that shows what was put aside, or talked about, before."""
    return button(words, FLAGS_ASIDE, str(collaborative_id))
