"""The tests of one's teams: those that run or are planned, each with its button, and where to start one."""

from collections.abc import Sequence

from handlers.pdsa.views.card import name_of
from handlers.pdsa.views.words import size_words, stands
from handlers.slack.action_ids import PDSA_LIST, PDSA_OPEN, PDSA_PLAN
from handlers.slack.blocks import (
    MOST_IN_MODAL,
    Block,
    View,
    actions,
    button,
    header,
    modal,
    section,
)
from handlers.slack.ids import packed
from handlers.slack.words import escape_to_fit, safe_name
from models.rules.collaborative.people import Acting
from models.rules.pdsa.cycle import PdsaCycle, Step

WHAT = "A PDSA is one small test: plan it and predict, do it, study what came, and decide what to do next."
MOST_AT_HOME = 3
_MOST_OF_TEAM = 8


def overview(teams: Sequence[tuple[Acting, Sequence[PdsaCycle]]]) -> View:
    """List each team's tests, the open ones first."""
    blocks: list[Block] = [section(WHAT)]
    for acting, cycles in teams:
        start = button("Start a PDSA", PDSA_PLAN, packed(acting.team.id, 0))
        blocks.append(section(f"*{safe_name(acting.team.name)}*", start))
        blocks += [_line(each) for each in ordered(cycles)[:_MOST_OF_TEAM]]
    return modal("PDSA", blocks[:MOST_IN_MODAL], close="Close")


def home_blocks(teams: Sequence[tuple[Acting, Sequence[PdsaCycle]]]) -> list[Block]:
    """The open tests of one's own teams, and the button that starts one."""
    blocks: list[Block] = [header("PDSA")]
    for acting, cycles in teams:
        is_one = len(teams) == 1
        blocks += [_line(each, "" if is_one else acting.team.name) for each in _open(cycles)[:MOST_AT_HOME]]
    if len(blocks) == 1:
        blocks.append(section("No test is running."))
    first = teams[0][0].team.id
    start = button("Start a PDSA", PDSA_PLAN, packed(first, 0)) if len(teams) == 1 else None
    show = button("All tests" if start else "Tests of your teams", PDSA_LIST)
    return [*blocks, actions(*filter(None, [start, show]))]


def ordered(cycles: Sequence[PdsaCycle]) -> list[PdsaCycle]:
    """The open ones first, the newest of each first."""
    return sorted(cycles, key=lambda each: each.step is Step.DECIDED)


def _open(cycles: Sequence[PdsaCycle]) -> list[PdsaCycle]:
    return [each for each in cycles if each.step is not Step.DECIDED]


def _line(cycle: PdsaCycle, team: str = "") -> Block:
    of = f"{safe_name(team)}: " if team else ""
    about = " · ".join(filter(None, [stands(cycle), size_words(cycle.answers)]))
    words = {Step.PLAN: "Go on", Step.DECIDED: "Look"}.get(cycle.step, "How did it go?")
    name = escape_to_fit(name_of(cycle), 300)
    return section(f"{of}{name}\n_{about}_", button(words, PDSA_OPEN, str(cycle.id)))
