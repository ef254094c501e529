"""What a team is asked for, in one place: each measure with its definition, and the days to come."""

from collections.abc import Sequence
from datetime import date

from handlers.slack.action_ids import ASKED_PAPER
from handlers.slack.blocks import View, actions, button, context, header, modal, section, sections
from handlers.slack.ids import packed
from handlers.slack.words import day, escape, escape_to_fit, safe_name
from models.rules.collaborative.measure import Measure
from models.rules.collaborative.period import ReportingPeriod
from models.rules.collaborative.sample import size_sentence
from models.rules.report.report import ReportForm

_PART = 550  # characters of each part of a definition
_MOST_DAYS = 6
_NO_NUMBER = "No number this month? Say why, or send a careful estimate."
_IN_WORDS = "No number is asked for: a few words about your month are enough."


def asked_view(form: ReportForm, months: Sequence[ReportingPeriod], today: date) -> View:
    """Build the modal; `months` are all of the collaborative's."""
    ahead = [month for month in months if month.due_on >= today][:_MOST_DAYS]
    days = [f"{month.name}: due {day(month.due_on)}, open until {day(month.locks_on)}" for month in ahead]
    place = packed(form.acting.team.id, form.period.id)
    return modal(
        "What is asked",
        [
            section(f"*{safe_name(form.acting.team.name)}* · {form.period.name}"),
            actions(button("Send me a form to print", ASKED_PAPER, place)),
            *(section(_measure(each.measure)) for each in form.fields),
            *([header("When"), *sections(days)] if days else []),
            context(_NO_NUMBER if form.fields else _IN_WORDS),
        ],
        close="Close",
    )


def _measure(measure: Measure) -> str:
    need = "the numbers, or the reason why not" if measure.required else "if you have it"
    definition = measure.definition
    parts = {
        "What is meant": definition.conceptual,
        "What counts": definition.operational,
        "Numerator": definition.numerator,
        "Denominator": definition.denominator,
        "Sample": measure.sampling,
        "Sample size": size_sentence(measure.sample_size),
    }
    lines = [f"{escape(name)}: {escape_to_fit(words, _PART)}" for name, words in parts.items() if words]
    name = safe_name(measure.name)
    return "\n".join([f"*{name}* ({measure.kind.value} measure: {need})", *lines])
