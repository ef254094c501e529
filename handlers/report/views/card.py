"""The report card all teams see, its thread of charts, a correction's note, and the words for a coach."""

from collections.abc import Mapping

from handlers.slack.action_ids import REPORT_CORRECT, WORDS_OUT
from handlers.slack.blocks import (
    Block,
    ChartImage,
    TextAndBlocks,
    actions,
    button,
    context,
    header,
    section,
    sections,
)
from handlers.slack.buttons import give_button, open_button
from handlers.slack.ids import packed
from handlers.slack.report_lines import card_line, spoken_line
from handlers.slack.words import escape, escape_to_fit, moment, safe_name, short_day, spoken
from models.rules.charts.choice import ChartChoice
from models.rules.report.report import (
    NARRATIVE_LABELS,
    SHARED_WORDS,
    Change,
    CoachNote,
    Correction,
    How,
    Narrative,
    ReportCard,
)

_WORDS = 2800


def card_message(card: ReportCard, chart: ChartImage | None = None) -> TextAndBlocks:
    """Build the card with the chart of its main measure, where there is one."""
    year = card.period.first_day.year
    lines = card.told
    headline = f"{card.team.name} reported {card.period.name}"
    blocks = [header(headline), *sections([card_line(line, year) for line in lines])]
    if chart:
        blocks.append(chart.block())
    blocks += _narrative(card.narrative)
    blocks += [context(_signed(card)), actions(*_buttons(card))]
    spoken_lines = [spoken_line(line, year) for line in lines]
    first = f"{escape(headline)}." if lines else f"{escape(headline)}, in words."
    return spoken(" ".join([first, *spoken_lines])), blocks


def charts_message(card: ReportCard, charts: Mapping[str, ChartImage]) -> TextAndBlocks:
    """Build the thread's message of further charts, by the names of their measures."""
    headline = f"{card.team.name}, {card.period.name}: more charts"
    blocks = [section(f"*{escape(headline)}*")]
    blocks += [chart.block() for chart in charts.values()]
    return spoken(f"{escape(headline)}: {escape(', '.join(charts))}."), blocks


def correction_message(correction: Correction) -> TextAndBlocks:
    """Say who corrected what and when: of numbers old and new, of words only that they are others now."""
    by = safe_name(correction.by)
    role = f", {correction.role}" if correction.role else ""
    closed = f", after the month closed on {short_day(correction.closed_on)}" if correction.closed_on else ""
    first = f"Corrected by {by}{role}, {moment(correction.at)}{closed}:"
    changes = "; ".join(map(_spoken_change, correction.changes))
    text = f"{by}{role and f'{role},'} corrected this{closed}: {changes}."
    return spoken(text), sections([first, *(f"• {_change(each)}" for each in correction.changes)])


def coach_note_message(note: CoachNote) -> TextAndBlocks:
    """Hand the team's words to its coach or a host."""
    about = f"{note.team.name} wrote its coach a note with its {note.period.name} report"
    blocks = [section(f"*{escape(about)}*"), section(escape_to_fit(note.note, _WORDS))]
    blocks.append(context("The team's coaches and the hosts read this; other teams do not."))
    return f"{escape(about)}.", blocks


def _change(change: Change) -> str:
    """Say a change of numbers in full, and of words only that they changed: they may have been a mistake."""
    subject = escape_to_fit(change.subject, 900)
    if change.subject in NARRATIVE_LABELS.values():
        return f"*{subject}* The words changed."
    old, new = _without_reasons(change)
    return f"*{subject}* {old}: the words changed" if old == new else f"*{subject}* {old} → {new}"


def _spoken_change(change: Change) -> str:
    subject = escape(change.subject)
    if change.subject in NARRATIVE_LABELS.values():
        return f"“{subject}” has new words"
    old, new = _without_reasons(change)
    return f"{subject} {old} in other words" if old == new else f"{subject} from {old} to {new}"


def _without_reasons(change: Change) -> tuple[str, str]:
    old, new = (How.CANNOT if words.startswith(How.CANNOT) else words for words in (change.old, change.new))
    return escape_to_fit(old, 900), escape_to_fit(new, 900)


def _narrative(words: Narrative) -> list[Block]:
    """Show what the team wrote for all; the coach's note is not among it."""
    answers = [(NARRATIVE_LABELS[name], getattr(words, name).strip()) for name in SHARED_WORDS]
    return [section(f"*{label}*\n{escape_to_fit(text, _WORDS)}") for label, text in answers if text]


def _signed(card: ReportCard) -> str:
    by = f"Sent by {safe_name(card.reported_by)}"
    if card.on_behalf:
        role = f", {card.reported_as}," if card.reported_as else ""
        by += f"{role} for {safe_name(card.team.name)}"
    parts = [f"{by}, {moment(card.submitted_at)}"]
    if card.revision > 1:
        parts.append("corrected since, see the thread")
    return " · ".join(parts)


def _buttons(card: ReportCard) -> list[Block]:
    buttons = [button("Correct", REPORT_CORRECT, packed(card.team.id, card.period.id))]
    if card.lines:
        first = card.lines[0].measure.id
        buttons.append(open_button(ChartChoice(card.collaborative.id, card.team.id, first)))
    return [*buttons, give_button(card.report_id), button("Take words out", WORDS_OUT, str(card.report_id))]
