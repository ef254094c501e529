"""Talks with teams: "I talked to them" beside a flag or a missing report, and what the host sees of it."""

from datetime import datetime, timedelta

from handlers.feature import DigestSection
from handlers.flags.views import talks as views
from handlers.form import Form, Press
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.buttons import aside_button
from handlers.slack.ids import unpacked
from handlers.slack.notice import notice
from handlers.slack.parts import Line, Part
from handlers.slack.talk_words import talk_words
from handlers.slack.words import counted, escape_to_fit, safe_name
from models.database import Connection
from models.rules.coaching.digest import Reader
from models.rules.coaching.talks import Note, TalkOutcome
from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.policy import Kind
from models.services import digest
from models.services.coaching import flags, talks

LATELY = timedelta(days=7)
KEPT = "Kept. A flag you talked about rests for four weeks; if it still stands then, you will see it again."


def form(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """Ask what came of the talk."""
    team_id, about = unpacked(value, int, str)
    acting = flags.seeing(db, who, team_id)
    return views.talk_form(acting.team, about, talks.subject(db, acting, about, now))


def keep(db: Connection, acting: Acting, press: Press[tuple[int, Note]]) -> None:
    """Keep the talk."""
    _, note = press.answers
    talks.keep(db, acting, note, press.now)
    digest.renew(db, acting.member.id, f"talk:{press.envelope}", press.now)


TALK = Form(
    callback_id=action_ids.TALK_FORM,
    read=views.read_talk,
    may=lambda db, press: flags.seeing(db, press.who, press.answers[0]),
    keep=keep,
    say=lambda *_: notice(KEPT),
)


def lately(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """For the host, who talked with which team in the last week, and what came of it."""
    had = talks.had(db, who.collaborative) if who.sees_all(Kind.TALK) else ()
    recent = [talk for talk in had if talk.at >= now - LATELY]
    if not recent:
        return None
    today = who.collaborative.day_of(now)
    # Who needs more support comes first.
    recent.sort(key=lambda talk: talk.outcome is not TalkOutcome.SUPPORT)
    lines = [
        Line(f"*{safe_name(talk.team.name)}* {escape_to_fit(talk.words, 400)}\n{talk_words(talk, today)}")
        for talk in recent
    ]
    needing = len({talk.team for talk in recent if talk.outcome is TalkOutcome.SUPPORT})
    more = f" {counted(needing, 'team')} could use more support." if needing else ""
    summary = f"{counted(len({talk.team for talk in recent}), 'team')} had a talk this week.{more}"
    foot = (aside_button(who.collaborative.id, "Show earlier ones"),)
    return DigestSection(Part("Talks with teams", summary, tuple(lines), foot=foot))
