"""One measure of the report form as blocks, and the same blocks read back as what was typed."""

import re
from collections.abc import Iterator

from handlers.slack.action_ids import REPORT_HOW
from handlers.slack.blocks import Block, View, context, option, section, select
from handlers.slack.ids import packed, unpacked
from handlers.slack.inputs import Question, chosen, shown_blocks, typed
from handlers.slack.words import clip, escape, escape_to_fit, month_near, safe_name, short_day
from models.rules.collaborative.measure import Measure, PastDefinition, asked_as, value_words
from models.rules.collaborative.period import ReportingPeriod
from models.rules.collaborative.redefined import differs
from models.rules.collaborative.sample import size_words
from models.rules.report.report import Field, How, Shown, Typed

REASON_LIMIT = 200
DEFINITION_LIMIT = 700
SAMPLING_LIMIT = 300
PAST_LIMIT = 400
LABEL_LIMIT = 300  # so that a long definition leaves the form a form

_HOW_WORDS = {How.COUNTED: "Counted", How.ESTIMATED: "Estimated", How.CANNOT: "Cannot report this month"}
_NEEDED = "The numbers, or the reason why not."
_WELCOME = "If you have it."
_PARTS = {
    "conceptual": "what is meant",
    "operational": "what counts",
    "numerator": "numerator",
    "denominator": "denominator",
}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")  # what Slack takes as the first value of a number input


def block_of(part: str, period_id: int, measure_id: int) -> str:
    """The block that holds one part of a measure: "numerator", "denominator", "reason" or "how".

    The month is in it so that Slack never carries a number typed for one month over to another.
    """
    return packed(part, period_id, measure_id)


def inputs_of(field: Field) -> int:
    """How many numbers a measure asks for."""
    return 2 if field.measure.unit.has_denominator else 1


def field_blocks(field: Field, begun: Typed, period: ReportingPeriod) -> list[Block]:
    """Show one measure: what it is, how sure the team is, and the numbers or why there are none."""
    measure = field.measure
    place = (period.id, measure.id)
    top = [section(_heading(field, period))]
    if definition := _definition(measure):
        top.append(context(definition))
    if field.was:
        top.append(context(_changed(measure, field.was)))
    how = f"How sure are you of {safe_name(measure.name)}?"
    top.append(section(how, _how_select(begun.how), block_of("how", *place)))
    if begun.how is How.CANNOT:
        return [*top, _reason_input(measure, begun.reason, block_of("reason", *place))]
    numbers = [_number_input(measure, "numerator", begun.numerator, block_of("numerator", *place))]
    if measure.unit.has_denominator:
        numbers.append(
            _number_input(measure, "denominator", begun.denominator, block_of("denominator", *place))
        )
    return [*top, *numbers]


def read_shown(view: View) -> Iterator[Shown]:
    """Read what stands on screen for each measure."""
    by_measure: dict[int, dict[str, str]] = {}
    for block_id in shown_blocks(view):
        part, _, place = block_id.partition(":")
        if part in {"numerator", "denominator", "reason", "how"}:
            _, measure_id = unpacked(place, int, int)
            read = chosen if part == "how" else typed
            by_measure.setdefault(measure_id, {})[part] = read(view, block_id)
    for measure_id, parts in by_measure.items():
        how = unpacked(parts.pop("how", "") or How.COUNTED, How)
        yield Shown(measure_id, how, **parts)


def _heading(field: Field, period: ReportingPeriod) -> str:
    """Name the measure and its last value; Slack calls each input optional, so say what is needed."""
    measure = field.measure
    lines = [f"*{safe_name(measure.name)}*"]
    if field.previous:
        month = month_near(field.previous_month, period.first_day) if field.previous_month else "Last time"
        lines.append(f"{month}: {escape(value_words(field.previous, measure.unit))}")
    lines.append(_NEEDED if measure.required else _WELCOME)
    return "\n".join(lines)


def _definition(measure: Measure) -> str:
    """Say what is counted and why; numerator and denominator stand in the labels of their numbers."""
    texts = (measure.definition.conceptual, measure.definition.operational)
    parts = [escape_to_fit(words, DEFINITION_LIMIT) for words in texts]
    if measure.sampling:
        parts.append(f"Sample: {escape_to_fit(measure.sampling, SAMPLING_LIMIT)}")
    return "\n".join(part for part in parts if part)


def _changed(measure: Measure, was: PastDefinition) -> str:
    """Say which parts of a definition are others than at the team's last report, and what they were."""
    before, now = was.definition, measure.definition
    pairs = [(words, getattr(before, part), getattr(now, part)) for part, words in _PARTS.items()]
    pairs.append(("sample", was.sampling, measure.sampling))
    if differs("sample_size", was.sample_size, measure.sample_size):
        pairs.append(("sample size", size_words(was.sample_size), size_words(measure.sample_size)))
    lines = [
        f"Before, {words}: {escape_to_fit(old, PAST_LIMIT) or 'nothing was said'}"
        for words, old, new in pairs
        if old != new
    ]
    return "\n".join([f"*Changed on {short_day(was.until)}, since your last report.*", *lines])


def _how_select(how: How) -> Block:
    return select(REPORT_HOW, [option(words, each.value) for each, words in _HOW_WORDS.items()], how)


def _number_input(measure: Measure, part: str, begun: str, block_id: str) -> Block:
    """An input Slack lets through empty, so that what is missing is said in our words, with all the rest."""
    question = Question(block_id, _label(measure, part), optional=True)
    return question.number(begun if _NUMBER.fullmatch(begun) else "")


def _label(measure: Measure, part: str) -> str:
    """Ask in the measure's own words, with what the number is called behind them."""
    own = measure.definition.numerator if part == "numerator" else measure.definition.denominator
    return asked_as(measure.unit, clip(own or measure.name, LABEL_LIMIT), part)


def _reason_input(measure: Measure, reason: str, block_id: str) -> Block:
    label = f"{clip(measure.name, LABEL_LIMIT)}: why not this month?"
    hint = "A few words, for example “the export is broken”. All teams see them."
    return Question(block_id, label, hint, optional=True).text(reason, most=REASON_LIMIT, is_long=False)
