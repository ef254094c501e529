"""The timetable in words, and the milestones one may mark; the reminders of milestones too."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from handlers.slack.action_ids import MILESTONE_DONE, MILESTONE_OPEN, TIMELINE_POST, TIMELINE_SEND
from handlers.slack.blocks import (
    MESSAGE_ROOM,
    MOST_BLOCKS,
    Block,
    TextAndBlocks,
    actions,
    button,
    context,
    room_of,
    section,
    sections,
)
from handlers.slack.words import day, escape, safe_name, spoken
from models.rules.reminders.timeline import Milestone, Progress, Timeline

SIGNS = {Progress.DONE: "✔", Progress.OPEN: "○", Progress.OVERDUE: "!", Progress.PAST: "·"}


def timetable(timeline: Timeline, line: Callable[[Milestone, date], str]) -> list[str]:
    """All of it, a line each, escaped: the word says how a milestone stands, the sign only repeats it."""
    name = safe_name(timeline.collaborative.name)
    head = f"*{name}: the timetable*, as of {_dated(timeline.today)}"
    lines = [head, "*Reports*", *_months(timeline)]
    if timeline.milestones:
        lines += ["*Milestones*", *(line(each, timeline.today) for each in timeline.milestones)]
    return lines


def as_words(timeline: Timeline) -> str:
    """The timetable as the words of a file."""
    return spoken("\n".join(timetable(timeline, _line)))


def posted_message(timeline: Timeline, command: str) -> TextAndBlocks:
    """The timetable in the shared channel: what and when, not who.

    `command` is the name of /momentum, which not everybody has.
    """
    note = f"`{command} timeline` sends it to you, with a calendar file."
    lines = timetable(timeline, _posted_line)
    send = actions(button("Send it to me", TIMELINE_SEND))
    return spoken("\n".join([*lines, note])), [*sections(lines), context(note), send]


def to_mark(timelines: Sequence[Timeline]) -> TextAndBlocks:
    """Say where the timetable is; below it the milestones one may mark, and for staff a way to post it.

    Those not done come first, as many as one message holds: once they are done, the others come up.
    """
    text = "The timetable is in our direct messages, with a calendar file."
    mine = [(each, of.today) for of in timelines for each in of.milestones if each.may_mark and each.owner]
    marks = [_to_mark(*each) for each in sorted(mine, key=lambda one: one[0].done_on is not None)]
    posts = [_to_post(each) for each in timelines if each.is_staff]
    first = section(text)
    more = context(f"There are {len(mine)} in all; the others come up here once these are done.")
    while len(blocks := [first, *marks, more, *posts]) > MOST_BLOCKS or room_of(blocks) > MESSAGE_ROOM:
        marks.pop()
    return text, [each for each in blocks if each is not more or len(marks) < len(mine)]


def milestone_message(milestone: Milestone, today: date) -> TextAndBlocks:
    """Remind of a day of the timetable, and of who sees to it: they can say that it is done."""
    days = (milestone.due_on - today).days
    when = {0: "Today", 1: "Tomorrow"}.get(days, f"In {days} days")
    what = safe_name(milestone.what)
    text = f"{when}, {day(milestone.due_on)}: {what}."
    owner = f"{escape(milestone.owner)} sees to it." if milestone.owner else "This one is for all of us."
    done = [actions(_done(milestone))] if milestone.owner else []
    head = section(f"*{when}, {day(milestone.due_on)}:* {what}")
    return spoken(f"{text} {owner}"), [head, context(owner), *done]


def marked_message(milestone: Milestone, today: date) -> TextAndBlocks:
    """What a reminder says once somebody marked its milestone."""
    text = _line(milestone, today)
    again = _open_again(milestone) if milestone.progress(today) is Progress.DONE else _done(milestone)
    return spoken(text), [section(text), actions(again)]


def _to_mark(milestone: Milestone, today: date) -> Block:
    is_done = milestone.progress(today) is Progress.DONE
    return section(_line(milestone, today), _open_again(milestone) if is_done else _done(milestone))


def _to_post(timeline: Timeline) -> Block:
    post = button("Post the timetable", TIMELINE_POST, str(timeline.collaborative.id))
    return section(f"Show all teams the timetable in <#{timeline.collaborative.channel}>.", post)


def _months(timeline: Timeline) -> Iterable[str]:
    """The months that are closed in one line, each of the others in its own."""
    closed = [each.name for each in timeline.months if each.is_locked(timeline.today)]
    if closed:
        yield f"{' to '.join(dict.fromkeys((closed[0], closed[-1])))}: closed"
    for month in timeline.months:
        if month.name not in closed:
            yield f"{month.name}: due {_dated(month.due_on)}"


def _line(milestone: Milestone, today: date) -> str:
    """How it stands, and whose it is; not so where that would say of others that they are behind."""
    line, progress = _posted_line(milestone, today), milestone.progress(today)
    if progress is not milestone.progress_shown(today):
        return line
    by = f", marked by {escape(milestone.done_by)}" if progress is Progress.DONE else ""
    return f"{line} ({escape(milestone.owner) or 'for all'}){by}"


def _posted_line(milestone: Milestone, today: date) -> str:
    progress = milestone.progress_shown(today)
    return f"{SIGNS[progress]} {progress}: {safe_name(milestone.what)}, {_dated(milestone.due_on)}"


def _dated(on: date) -> str:
    return f"{day(on)} {on.year}"


def _done(milestone: Milestone) -> Block:
    return button("Done", MILESTONE_DONE, str(milestone.id))


def _open_again(milestone: Milestone) -> Block:
    return button("Not done yet", MILESTONE_OPEN, str(milestone.id))
