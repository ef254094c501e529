"""The card of a test in the shared channel, edited at each step, and its decision in the thread."""

from collections.abc import Iterator, Sequence

from handlers.pdsa.views.words import planned_days, size_words, stands
from handlers.slack.action_ids import PDSA_CHANGE, PDSA_OPEN
from handlers.slack.blocks import (
    Block,
    TextAndBlocks,
    actions,
    button,
    context,
    header,
    section,
)
from handlers.slack.buttons import open_button
from handlers.slack.ids import packed
from handlers.slack.words import clip, escape_to_fit, moment, safe_name, spoken
from models.rules.charts.choice import ChartChoice
from models.rules.pdsa.cycle import DECISIONS, PdsaCycle, Step
from models.rules.pdsa.pages import Page

_TEXT = 500
MOST_FACTS = 3


def card_message(ramp: Sequence[PdsaCycle]) -> TextAndBlocks:
    """Build the card of the last cycle of a ramp."""
    cycle = ramp[-1]
    headline = f"{cycle.team.name}: test {cycle.number}, {stands(cycle)}"
    change = escape_to_fit(cycle.answers.change, _TEXT)
    facts = list(_facts(ramp))[:MOST_FACTS]
    text = spoken(". ".join([safe_name(headline), change, *facts]))
    blocks: list[Block] = [header(headline), section(f"*{change}*")]
    if facts:
        blocks.append(section("\n".join(facts)))
    return text, [*blocks, context(_signed(cycle)), _buttons(cycle)]


def decision_message(cycle: PdsaCycle) -> TextAndBlocks:
    """Say what the team decided, in the card's thread."""
    answers = cycle.answers
    decision = DECISIONS[answers.decision] if answers.decision else "no decision"
    text = f"{safe_name(cycle.decided_by)}: {decision}."
    if answers.next_step:
        text = f"{text} Next: {escape_to_fit(answers.next_step, _TEXT)}"
    return spoken(text), [section(text)]


def _facts(ramp: Sequence[PdsaCycle]) -> Iterator[str]:
    """What matters most by now: what was learned beside what was predicted, else what is planned."""
    cycle, answers = ramp[-1], ramp[-1].answers
    if answers.learned:
        yield f"*Learned* {escape_to_fit(answers.learned, _TEXT)}"
    for _, prediction, result in answers.questions:
        parts = [f"*Predicted* {escape_to_fit(prediction, _TEXT)}"] if prediction else []
        parts += [f"*Found* {escape_to_fit(result, _TEXT)}"] if result else []
        if parts:
            yield "\n".join(parts)
    if cycle.step is Step.STUDY and answers.happened:
        yield f"*What happened* {escape_to_fit(answers.happened, _TEXT)}"
    plan = [
        size_words(answers),
        planned_days(answers),
        safe_name(cycle.owner),
        escape_to_fit(answers.place, 120),
    ]
    if len(ramp) > 1:
        sizes = [size_words(each.answers) or "?" for each in ramp]
        yield f"*Test {len(ramp)} of this change* {' → '.join(sizes)}"
    if any(plan):
        yield " · ".join(filter(None, plan))


def _signed(cycle: PdsaCycle) -> str:
    measure = f"Should move: {safe_name(cycle.measure)} · " if cycle.measure else ""
    started = moment(cycle.started_at) if cycle.started_at else ""
    return f"{measure}Planned by {safe_name(cycle.planned_by)}, started {started}"


def _buttons(cycle: PdsaCycle) -> Block:
    is_open = cycle.step is not Step.DECIDED
    go_on = "How did it go?" if is_open else "Correct"
    buttons = [button(go_on, PDSA_OPEN, str(cycle.id))]
    if cycle.answers.measure_id:
        choice = ChartChoice(cycle.collaborative.id, cycle.team.id, cycle.answers.measure_id)
        buttons.append(open_button(choice))
    if is_open:
        buttons.append(button("Change the plan", PDSA_CHANGE, packed(cycle.id, int(Page.CHANGE))))
    return actions(*buttons)


def name_of(cycle: PdsaCycle) -> str:
    """A cycle in a line of a list: "Test 3: second reading in one room"."""
    number = f"Test {cycle.number}: " if cycle.number else ""
    return f"{number}{clip(cycle.answers.change, 120)}"
