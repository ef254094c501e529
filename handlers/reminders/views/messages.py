"""The reminders people read: of a report, a moved due day; and the thanks to all on time."""

import re
from collections.abc import Mapping, Sequence

from handlers.slack.action_ids import REMINDER_CANNOT, REMINDER_HELP, REMINDER_LATER, REPORT_OPEN
from handlers.slack.blocks import Block, TextAndBlocks, actions, button, context, section
from handlers.slack.ids import packed
from handlers.slack.words import (
    day,
    escape,
    escape_to_fit,
    first_ones,
    headline,
    listed,
    moment,
    safe_name,
    spoken,
)
from models.rules.collaborative.period import ReportingPeriod
from models.rules.reminders.expectation import Said, ToldCoach
from models.rules.reminders.reminder_contents import AnsweredReminder, DueDayMove, ReportReminder
from models.rules.reminders.reminders import Audience, ReminderWords
from models.rules.time.working_time import instant

_END_OF_DAY = 24


def reminder_message(contents: ReportReminder) -> TextAndBlocks:
    """Ask for a report, kindly: what is due when, what is missing, who is in, and what one can answer."""
    first = _sentence(contents)
    in_now = f"{escape(headline(len(contents.call.teams_in), contents.call.expected, contents.period))}."
    if contents.reminder.rung.audience is Audience.COACHES:
        report = actions(button("Report for the team", REPORT_OPEN, _place(contents)))
        return spoken(f"{first} {in_now}"), [section(first), context(in_now), report]
    todo = _to_do(contents)
    blocks = [
        section(f"*{first}*\n{todo}"),
        context(" ".join((in_now, *_day_ends(contents)))),
        actions(*_choices(_place(contents))),
    ]
    return spoken(f"{first} {todo} {in_now}"), blocks


def answered_message(answered: AnsweredReminder) -> TextAndBlocks:
    """What a reminder says once it is answered: what, by whom, and what can still be done."""
    text, note, *buttons = _answer(answered)
    below = [actions(*buttons)] if buttons else []
    return spoken(f"{text} {note}"), [section(f"*{text}*"), context(note), *below]


def thanks_message(words: ReminderWords, teams: Sequence[str], period: ReportingPeriod) -> TextAndBlocks:
    """Thank the teams that were on time, by name; nobody else is named or counted."""
    text = filled(words.thanks, {"teams": first_ones(teams), "month": f"{period.first_day:%B}"})
    return spoken(text), [section(text)]


def move_message(move: DueDayMove) -> TextAndBlocks:
    """Tell a team of its new due day, and from when to when it moved."""
    text = (
        f"{escape(move.team)}'s {move.period.first_day:%B} report is now due on {day(move.period.due_on)}, "
        f"instead of {day(move.was)}."
    )
    later = "Later months move too. " if move.more else ""
    note = f"{later}Reminders follow the new day."
    return spoken(f"{text} {note}"), [section(f"*{text}*"), context(note)]


def told_message(told_coach: ToldCoach) -> TextAndBlocks:
    """Tell a coach that a team cannot report, or would like help; nobody else reads the reason."""
    word = told_coach.expectation
    team, by = safe_name(told_coach.team), safe_name(word.by)
    if word.said is Said.CANNOT:
        text = f"{team} cannot report {told_coach.month}, says {by}."
        note = "I do not ask the team for this month again. Other teams do not see the reason."
    else:
        about = safe_name(word.measure) or "its report"
        text = f"{team} would like your help with {about} ({told_coach.month}), says {by}."
        note = "Other teams do not see this."
        if word.until:
            what = "number" if word.measure else "report"
            note = f"I do not ask the team for this {what} again before {day(word.until)}. {note}"
    if word.by_user:
        note = f"Write to <@{word.by_user}>. {note}"
    reason = [section(escape_to_fit(word.reason, 2800))] if word.reason else []
    return spoken(f"{text} {note}"), [section(f"*{text}*"), *reason, context(note)]


def _answer(answered: AnsweredReminder) -> tuple[str, str, *tuple[Block, ...]]:
    word, place = answered.said.holds(answered.today), packed(answered.team_id, answered.period.id)
    report = _report_of(answered)
    if answered.sent_by:
        return f"Thank you, {report} is in.", f"Sent by {safe_name(answered.sent_by)}."
    if word is None:
        return _questioned(answered, place)
    by, until = safe_name(word.by), day(word.until) if word.until else ""
    if word.said is Said.CANNOT:
        team = safe_name(answered.team)
        text = f"{by} said that {team} cannot report {answered.period.first_day:%B}."
        note = "The coach knows why. I do not ask for this month again."
        return text, note, button("Report after all", REPORT_OPEN, place)
    now = button("Report now", REPORT_OPEN, place, primary=True)
    if word.said is Said.LATER:
        change = button("Change the day", REMINDER_LATER, place)
        return f"{by} expects {report} on {until}.", "I do not ask before that day.", now, change
    later = button("Expect it on …", REMINDER_LATER, place)
    return f"{by} asked the coach for help with {report}.", f"I do not ask again before {until}.", now, later


def _questioned(answered: AnsweredReminder, place: str) -> tuple[str, str, *tuple[Block, ...]]:
    """Questions about single measures: the others are still asked for, if there are any."""
    paused = answered.said.paused(answered.today)
    questions = [answered.said.questions[each] for each in sorted(paused)]
    by = listed(sorted({safe_name(each.by) for each in questions}))
    about = listed([safe_name(each.measure) for each in questions])
    until = day(min(each.until for each in questions if each.until))
    text = f"{by} asked the coach for help with {about} in {_report_of(answered)}."
    if not answered.needed:
        return text, f"I do not ask again before {until}.", *_choices(place)
    needed = escape_to_fit(listed(answered.needed), 1500)
    them = "it" if len(questions) == 1 else "them"
    return text, f"I do not ask for {them} before {until}. Still to fill in: {needed}.", *_choices(place)


def _report_of(answered: AnsweredReminder) -> str:
    return f"{safe_name(answered.team)}'s {answered.period.first_day:%B} report"


def filled(sentence: str, values: Mapping[str, str]) -> str:
    """A host's sentence with its names in braces filled in, all of it made plain text to Slack."""
    return re.sub(r"\{(\w+)\}", lambda name: escape(values.get(name[1], "")), escape(sentence))


def _sentence(contents: ReportReminder) -> str:
    period = contents.period
    values = {
        "name": contents.reminder.person.name,
        "team": contents.team,
        "month": f"{period.first_day:%B}",
        "due": day(period.due_on),
    }
    return filled(_chosen(contents), values)


def _chosen(contents: ReportReminder) -> str:
    """The host's words for where we are: by the day it is, not by the step's name."""
    words, today, due_on = contents.snapshot.ladder.words, contents.snapshot.today, contents.period.due_on
    if contents.reminder.rung.audience is Audience.COACHES:
        return words.coach
    if contents.reminder.rung.is_promised:
        return words.promised
    if today == due_on:
        return words.today
    return words.before if today < due_on else words.after


def _to_do(contents: ReportReminder) -> str:
    waits = (
        f" {escape_to_fit(listed(contents.paused), 500)} can wait for your coach." if contents.paused else ""
    )
    if contents.has_draft:
        return f"A draft is begun: open it, finish it, send it.{waits}"
    if not contents.missing:
        return f"A few words are enough.{waits}"
    return f"To fill in: {escape_to_fit(listed(contents.missing), 1500)}.{waits}"


def _day_ends(contents: ReportReminder) -> tuple[str, ...]:
    """When the due day is over, in the reader's own time; a day ends where the collaborative is."""
    if contents.snapshot.today > contents.period.due_on:
        return ()
    due_on, here = contents.period.due_on, contents.snapshot.collaborative.time_zone
    ends = instant(due_on, _END_OF_DAY, here)
    if ends == instant(due_on, _END_OF_DAY, contents.reminder.person.time_zone):
        return (f"You have until the end of {due_on:%A}.",)
    return (f"You have until {moment(ends)}.",)


def _choices(place: str) -> tuple[Block, ...]:
    """The four answers to a reminder."""
    return (
        button("Report now", REPORT_OPEN, place, primary=True),
        button("Expect it on …", REMINDER_LATER, place),
        button("Cannot this month", REMINDER_CANNOT, place),
        button("I need help", REMINDER_HELP, place),
    )


def _place(contents: ReportReminder) -> str:
    return packed(contents.case.team_id, contents.case.period_id)
