"""Who is in for which month, in each digest, and what is known of those who are not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.feature import DigestSection
from handlers.slack.action_ids import REPORT_OPEN
from handlers.slack.blocks import Block, button
from handlers.slack.buttons import participation_button, talk_button
from handlers.slack.ids import packed
from handlers.slack.parts import Line, Part
from handlers.slack.talk_words import talk_words
from handlers.slack.words import counted, day, escape_to_fit, listed, safe_name, short_name
from models.database import Connection
from models.rules.coaching.digest import MonthStanding, Reader, month_standings
from models.rules.coaching.talks import Talk, about_month
from models.rules.collaborative.people import Team
from models.rules.collaborative.policy import Kind
from models.rules.reminders.expectation import Expectation, Said, TeamSaid
from models.services import ladders
from models.services.coaching import talks
from models.services.reminders import cases, expectations
from models.services.reminders.cases import Places
from models.services.report.team_records import records


@dataclass(frozen=True)
class _Known:
    """What was said of the months that are missing, and who answers for them."""

    today: date
    words: Mapping[tuple[int, int], TeamSaid]  # by team and period
    talks: Mapping[tuple[int, str], Talk]  # by team and what it was about
    places: Places


def standing(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """Who is in, in late or missing, month by month, with what the missing said of it."""
    today = who.collaborative.day_of(now)
    months = month_standings(records(db, who.collaborative, who.teams, now), today)
    if not months:
        return None
    known = _Known(
        today,
        expectations.all_said(db, who.collaborative.id),
        talks.latest(db, who.collaborative),
        cases.people(db, ladders.snapshot(db, who.collaborative.id, now)),
    )
    lines = [line for month in months for line in _month(month, known)]
    summary = " ".join(_month_summary(month) for month in months)
    urgent = any(month.needs_a_hand(today) for month in months)
    foot = () if who.sees_all(Kind.PARTICIPATION) else (participation_button(who.collaborative.id),)
    return DigestSection(Part("Reports", summary, tuple(lines), is_news=urgent, most=10, foot=foot))


def _month(month: MonthStanding, known: _Known) -> list[Line]:
    """Who is in, in a line; then each team that is not, with whom to write to and what can be done."""
    here = [_names("In", month.on_time), _names("In late", month.late)]
    words = " ".join(filter(None, here)) or "Nobody is in yet."
    everybody = "" if month.missing else " Everybody is in."
    missing = [Line(_missing(month, team, known), _buttons(month, team, known)) for team in month.missing]
    return [Line(f"*{month.period.first_day:%B}* {words}{everybody}"), *missing]


def _missing(month: MonthStanding, team: Team, known: _Known) -> str:
    name, period, today = safe_name(team.name), month.period, known.today
    days = (today - period.due_on).days
    when = f"{counted(days, 'day')} past its due day" if days > 0 else f"due {_on(period.due_on, today)}"
    expectation = _said(known.words.get((team.id, period.id), TeamSaid()), today)
    words = [f"*{name}*, {period.first_day:%B}: {_ended('; '.join([when, *expectation]))}"]
    if talk := known.talks.get((team.id, about_month(period))):
        words.append(talk_words(talk, today))
    if people := [f"<@{person.slack_user}>" for person in cases.answering(known.places, team.id)]:
        words.append(f"Write to {listed(people)}")
    return "\n".join(words)


def _buttons(month: MonthStanding, team: Team, known: _Known) -> tuple[Block, ...]:
    """A talk is worth a note once the due day has passed."""
    report = button("Report for them", REPORT_OPEN, packed(team.id, month.period.id))
    if not month.period.is_late(known.today):
        return (report,)
    return (report, talk_button(team.id, about_month(month.period)))


def _said(stands: TeamSaid, today: date) -> Iterable[str]:
    """The last word on the report, and the questions it waits for."""
    words = [stands.said] if stands.said else []
    return (_word(each, today) for each in [*words, *stands.questions.values()])


def _word(word: Expectation, today: date) -> str:
    if word.said is Said.LATER and word.until:
        if word.until < today:
            return f"they expected it on {day(word.until)}, not in yet"
        return f"they expect it {day(word.until)}"
    about = f" with {safe_name(word.measure)}" if word.measure else ""
    words = f"they asked for help{about}" if word.said is Said.HELP else "they cannot this month"
    return f"{words}: {escape_to_fit(word.reason, 500)}" if word.reason else words


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _on(due_on: date, today: date) -> str:
    return "today" if due_on == today else day(due_on)


def _month_summary(month: MonthStanding) -> str:
    expected = month.teams_in + len(month.missing)
    verb = "is" if month.teams_in == 1 else "are"
    return f"{month.teams_in} of {counted(expected, 'team')} {verb} in for {month.period.first_day:%B}."


def _names(how: str, teams: Sequence[Team]) -> str:
    return f"{how}: {listed([short_name(team.name) for team in teams])}." if teams else ""
