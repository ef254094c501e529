"""What the window says once a test has started or was decided, and what would teach more."""

from enum import Enum, auto

from handlers.pdsa.views.words import planned_days, size_words
from handlers.slack.action_ids import PDSA_OPEN, PDSA_PLAN
from handlers.slack.blocks import Block, View, actions, button, context, modal, section
from handlers.slack.ids import packed
from handlers.slack.words import escape_to_fit, safe_name
from models.rules.pdsa.cycle import DECISIONS, PdsaCycle
from models.rules.pdsa.pages import Page, hints

TEACHES_MORE = "*What would make this test teach more*"


class Became(Enum):
    """What came of a page that ends something."""

    STARTED = auto()
    CHANGED = auto()
    DECIDED = auto()


def done_view(cycle: PdsaCycle, became: Became) -> View:
    """Show the result and what comes next."""
    lines = {
        Became.STARTED: f"*Test {cycle.number} has started.* Its card is on its way to {_channel(cycle)}.",
        Became.CHANGED: f"*Saved.* The card of test {cycle.number} in {_channel(cycle)} says so in a moment.",
        Became.DECIDED: f"*Saved.* {_decision(cycle)}",
    }
    blocks = [section(lines[became]), *_facts(cycle, became)]
    if better := hints(cycle):
        blocks.append(section("\n".join([TEACHES_MORE, *(f"• {each}" for each in better)])))
    return modal("PDSA", [*blocks, *_next(cycle, became)], close="Close")


def _channel(cycle: PdsaCycle) -> str:
    return f"<#{cycle.collaborative.channel}>"


def _decision(cycle: PdsaCycle) -> str:
    decision = cycle.answers.decision
    return f"{DECISIONS[decision]}." if decision else ""


def _facts(cycle: PdsaCycle, became: Became) -> list[Block]:
    answers = cycle.answers
    if became is Became.DECIDED:
        return (
            [section(f"*What comes next* {escape_to_fit(answers.next_step, 500)}")]
            if answers.next_step
            else []
        )
    sees_to_it = f"{safe_name(cycle.owner)} sees to it" if cycle.owner else ""
    facts = filter(None, [sees_to_it, size_words(answers), planned_days(answers)])
    return [context(line)] if (line := " · ".join(facts)) else []


def _next(cycle: PdsaCycle, became: Became) -> list[Block]:
    decision = cycle.answers.decision
    if became is Became.DECIDED and decision and decision.goes_on:
        follow = button("Plan the next test", PDSA_PLAN, packed(cycle.team.id, cycle.id), primary=True)
        return [actions(follow)]
    if became is Became.DECIDED:
        return []
    change = button("Change the plan", PDSA_OPEN, packed(cycle.id, int(Page.CHANGE)))
    return [actions(change)]
