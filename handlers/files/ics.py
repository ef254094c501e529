"""The timetable as a calendar file (iCalendar, RFC 5545): whole days, the same wherever a reader is."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from models.rules.collaborative.period import day_words
from models.rules.reminders.timeline import Progress, Timeline

if TYPE_CHECKING:
    from icalendar import Event


def calendar_file(timeline: Timeline, now: datetime) -> bytes:
    """Make the file. Taken in again later, it changes what is there: each entry keeps its name."""
    import icalendar  # noqa: PLC0415 - only who asks for the file needs it: the bot starts without

    there = timeline.collaborative
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Momentum//Timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", there.name)
    for month in timeline.months:
        name, summary = f"month-{month.first_day:%Y-%m}", f"{month.name} reports are due"
        event = _event(name, month.due_on, summary, timeline, now)
        event.add("description", f"Taken, and corrected, until {day_words(month.locks_on)}.")
        calendar.add_component(event)
    for each in timeline.milestones:
        event = _event(f"milestone-{each.key}", each.due_on, each.what, timeline, now)
        owner = f"{each.owner} sees to it." if each.owner else "For all."
        is_done = each.progress(timeline.today) is Progress.DONE
        event.add("description", f"{owner} Done." if is_done else owner)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _event(name: str, on: date, summary: str, timeline: Timeline, now: datetime) -> "Event":
    import icalendar  # noqa: PLC0415 - see calendar_file

    event = icalendar.Event()
    event.add("uid", f"{name}@{timeline.collaborative.key}.momentum")
    event.add("dtstamp", now)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")  # a day to know of, not one to be busy on
    return event
