"""Buttons that lead into another feature, and what their values say: ids, always hints."""

from handlers.slack import action_ids
from handlers.slack.action_ids import FEEDBACK_GIVE, FLAGS_ASIDE, PARTICIPATION_OPEN, TALK_NOTE
from handlers.slack.blocks import Block, button
from handlers.slack.ids import packed, unpacked
from models.rules.charts.choice import ChartChoice
from models.rules.charts.control_chart import Kind


def as_value(choice: ChartChoice, *more: object) -> str:
    """A choice, with its limits or with something else behind it, as private_metadata or a button's value."""
    behind = more or ([choice.limits] if choice.limits else [])
    return packed(choice.collaborative_id, choice.team_id, choice.measure_id, *behind)


def choice_of(value: str) -> ChartChoice:
    """A choice read back: a hint, to be checked against what the person may see."""
    return ChartChoice(*unpacked(value, int, int, int, lambda limits: Kind(limits) if limits else None))


def choice_and(value: str) -> tuple[ChartChoice, str]:
    """A choice, and what is packed behind it."""
    collaborative_id, team_id, measure_id, rest = unpacked(value, int, int, int, str)
    return ChartChoice(collaborative_id, team_id, measure_id), rest


def open_button(choice: ChartChoice, words: str = "Chart") -> Block:
    """The button that shows a chart, for any message."""
    return button(words, action_ids.CHART_OPEN, as_value(choice))


def give_button(report_id: int) -> Block:
    """The button that opens the three fields, for any message."""
    return button("Give feedback", FEEDBACK_GIVE, str(report_id))


def talk_button(team_id: int, about: str) -> Block:
    """The button beside a flag or a missing report."""
    return button("I talked to them", TALK_NOTE, packed(team_id, about))


def participation_button(collaborative_id: int) -> Block:
    """The button below the reports in a digest."""
    return button("Taking part", PARTICIPATION_OPEN, str(collaborative_id))


def aside_button(collaborative_id: int, words: str = "Show those seen to") -> Block:
    """The button that shows what was put aside, or talked about, before."""
    return button(words, FLAGS_ASIDE, str(collaborative_id))
