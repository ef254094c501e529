"""A coach's three short fields, the message they become, and what the team says of it."""

from collections.abc import Sequence
from datetime import date

from handlers.slack.action_ids import (
    FEEDBACK_FORM,
    FEEDBACK_HELPED,
    FEEDBACK_NOT_YET,
    FEEDBACK_TO_REPORTER,
)
from handlers.slack.blocks import (
    SECTION_LIMIT,
    Block,
    TextAndBlocks,
    View,
    actions,
    button,
    context,
    header,
    modal,
    section,
    sections,
)
from handlers.slack.failure_words import addressed, why_and_mend
from handlers.slack.ids import packed, unpacked
from handlers.slack.inputs import Question, typed
from handlers.slack.place_words import hash_name, who_reads, why_in_person
from handlers.slack.report_lines import card_line
from handlers.slack.words import clip, counted, escape_to_fit, moment, near_day, safe_name
from models.rules.coaching.feedback import LABELS, Feedback, FeedbackWords, TeamAnswer, WaitingReport
from models.rules.collaborative.audience import TeamPlace
from models.rules.report.report import NARRATIVE_LABELS, SHARED_WORDS, ReportCard

Written = tuple[int, bool, FeedbackWords]  # of which report and to whom, hints, and what was written

WORDS_LIMIT = 500  # characters of each field
_WORDS = 600
_HINTS = {
    "liked": "What they did well, as precisely as you can.",
    "wondered": "An open question, not advice in disguise.",
    "proposed": "One small thing to test next.",
}
_RISING = {TeamAnswer.HELPED: "this helped", TeamAnswer.NOT_YET: "not yet"}


def waiting_words(report: WaitingReport) -> str:
    """Say how long a report waits, escaped."""
    return f"*{safe_name(report.team.name)}*, {report.period.name}: waits {since(report.days)}"


def since(days: int) -> str:
    """Say how long something waits: "since today", "for 3 days"."""
    return "since today" if days == 0 else f"for {counted(days, 'day')}"


def feedback_form(card: ReportCard, before: Sequence[Feedback], today: date, place: TeamPlace | None) -> View:
    """Ask for the three fields, below what the team reported; `place` is where the team would read them."""
    name = safe_name(card.team.name)
    blocks = [section(f"*{name}, {card.period.name}*"), *_recap(card)]
    blocks += [context(line) for line in _said_before(before, today)[-3:]]
    blocks += [{"type": "divider"}, who_reads(_readers(card.team.name, place))]
    questions = [Question(field, label, _HINTS[field], optional=True) for field, label in LABELS.items()]
    blocks += [question.text(most=WORDS_LIMIT) for question in questions]
    blocks.append(context("Fill in at least one."))
    return modal(
        "Give feedback",
        blocks,
        callback_id=FEEDBACK_FORM,
        private_metadata=packed(card.report_id, int(by_message(place))),
        submit="Send",
        close="Cancel",
    )


def read_feedback(view: View) -> Written:
    """Read the form: the report's id, whether it goes to people one by one, and what was written."""
    words = FeedbackWords(**{field: typed(view, field) for field in LABELS})
    report_id, is_by_message = unpacked(view["private_metadata"], int, int)
    return report_id, bool(is_by_message), words


def by_message(place: TeamPlace | None) -> bool:
    """Whether the words go to people instead of their channel."""
    return place is None or place.openness is not None


def nothing_said(sentence: str) -> dict[str, str]:
    """Place a sentence at the first field."""
    return {next(iter(LABELS)): sentence}


def feedback_message(feedback: Feedback) -> TextAndBlocks:
    """Build the team's message, with the buttons only it may press; the words are in no notification."""
    by, month = safe_name(feedback.by.name), feedback.period.name
    headline = f"{feedback.by.name} read your {month} report"
    words = feedback.words
    answers = [(LABELS[field], getattr(words, field)) for field in LABELS]
    blocks = [header(headline)]
    blocks += [section(f"*{label}*\n{escape_to_fit(text, 2800)}") for label, text in answers if text]
    blocks += _answering(feedback)
    team = safe_name(feedback.team.name)
    answered = f" {_answered(feedback)}." if feedback.answer else " Tell us whether it helped."
    return f"{by} gave {team} feedback on its {month} report.{answered}", blocks


def answer_message(feedback: Feedback) -> TextAndBlocks:
    """Tell the coach what the team made of it."""
    team, month = safe_name(feedback.team.name), feedback.period.name
    by = safe_name(feedback.answered_by)
    if feedback.answer is TeamAnswer.HELPED:
        text = f"Your feedback on {team}'s {month} report helped, says {by}."
    else:
        text = f"{team}: your feedback on the {month} report has not helped yet, says {by}."
    return text, [section(text)]


def lost_message(feedback: Feedback, failure: tuple[int, str, str], to: str | None) -> TextAndBlocks:
    """Tell the coach that it did not get through, and offer to send it to one of the team (a Slack id).

    `failure` is the row, the place it was for, and why.
    """
    row_id, channel, reason = failure
    why, _ = why_and_mend(channel, reason)
    text = f"{_lost(feedback)} could not be delivered: {why}."
    if to is None:
        text = f"{text} I can reach nobody else of the team in Slack: please tell them in person."
        return text, [section(text)]
    offer = button("Send it to the reporter instead", FEEDBACK_TO_REPORTER, packed(feedback.id, row_id))
    return text, [section(text), actions(offer)]


def sent_elsewhere_message(feedback: Feedback, to: str) -> TextAndBlocks:
    """Say, in its place, who reads it instead."""
    text = f"{_lost(feedback)} could not be delivered at first. I send it to {addressed(to)} instead."
    return text, [section(text)]


def _lost(feedback: Feedback) -> str:
    return f"Your feedback on {safe_name(feedback.team.name)}'s {feedback.period.name} report"


def _readers(team: str, place: TeamPlace | None) -> str:
    name = clip(team, 60)
    if place is None:
        return f"{name}'s reporter, by direct message: the team has no channel of its own."
    if place.openness is None:
        return f"those in {hash_name(place)}: {name}'s people and their coaches."
    return f"{name}'s people, by direct message: {why_in_person(place)}"


def _recap(card: ReportCard) -> list[Block]:
    lines = [card_line(line, card.period.first_day.year) for line in card.told]
    lines += [
        f"*{NARRATIVE_LABELS[name]}* {escape_to_fit(text, _WORDS)}"
        for name in SHARED_WORDS
        if (text := getattr(card.narrative, name).strip())
    ]
    return sections([line[:SECTION_LIMIT] for line in lines])


def _said_before(before: Sequence[Feedback], today: date) -> list[str]:
    return [
        f"{safe_name(each.by.name)} gave feedback {near_day(each.collaborative.day_of(each.at), today)}."
        for each in before
    ]


def _answering(feedback: Feedback) -> list[Block]:
    value = str(feedback.id)
    helped = button("Helped", FEEDBACK_HELPED, value)
    if feedback.answer is TeamAnswer.HELPED:
        return [context(_signed(feedback))]
    if feedback.answer is TeamAnswer.NOT_YET:
        return [context(_signed(feedback)), actions(helped)]
    return [actions(helped, button("Not yet", FEEDBACK_NOT_YET, value))]


def _signed(feedback: Feedback) -> str:
    when = f", {moment(feedback.answered_at)}" if feedback.answered_at else ""
    return f"{_answered(feedback)}{when}"


def _answered(feedback: Feedback) -> str:
    outcome = _RISING[feedback.answer] if feedback.answer else ""
    return f"{safe_name(feedback.answered_by)}: {outcome}"
