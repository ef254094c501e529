"""Flags in the digest: each with its facts, a look at the chart, and a way to put it aside with a reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.feature import DigestSection, Feature
from handlers.flags import talks as talk_listeners
from handlers.flags.views import flags as views
from handlers.form import Form, Press
from handlers.presses import opens
from handlers.slack import action_ids
from handlers.slack.blocks import View
from handlers.slack.buttons import aside_button
from handlers.slack.ids import unpacked
from handlers.slack.notice import notice
from handlers.slack.parts import Line, Part
from handlers.slack.talk_words import talk_words
from handlers.slack.words import clip, counted, listed, safe_name
from models.database import Connection
from models.rules.coaching.digest import Reader
from models.rules.coaching.flags import Flag
from models.rules.coaching.talks import Talk
from models.rules.collaborative.people import Acting, Team, Visitor
from models.rules.collaborative.policy import Deed, Kind, refusal
from models.services import digest, ladders
from models.services.coaching import flags, talks
from models.services.current import taking_part
from models.services.reminders import cases
from models.services.reminders.cases import Places

IS_ASIDE = "Put aside. You will see it again only if it begins anew."


def form(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """Ask for the reason."""
    team_id, episode = unpacked(value, int, str)
    return views.dismiss_form(flags.find(db, flags.seeing(db, who, team_id), episode, now))


def dismiss(db: Connection, acting: Acting, press: Press[views.Dismissal]) -> None:
    """Put a flag aside."""
    team_id, episode, reason = press.answers
    flags.dismiss(db, acting, episode, reason, press.now)
    digest.renew(db, acting.member.id, f"aside:{team_id}:{episode}", press.now)


PUT_ASIDE = Form(
    callback_id=action_ids.FLAG_FORM,
    read=views.read_dismissal,
    check=lambda answers: {} if answers.reason.strip() else {"reason": flags.NO_REASON},
    may=lambda db, press: flags.seeing(db, press.who, press.answers.team_id),
    keep=dismiss,
    say=lambda *_: notice(IS_ASIDE),
)


def coached(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """The flags of the teams the reader coaches."""
    standing = flags.standing(db, who.collaborative, who.teams, now)
    return _section(db, who, standing, "Worth asking about", now)


def elsewhere(db: Connection, who: Reader, now: datetime) -> DigestSection | None:
    """For the host, how many flags the other teams have; a button shows them."""
    if not who.sees_all(Kind.FLAG):
        return None
    standing = flags.standing(db, who.collaborative, _others(db, who), now)
    title = "Flags of other teams" if who.teams else "Flags of all teams"
    section = _section(db, who, standing, title, now)
    if section is None:
        return None
    per_team = Counter(flag.team.name for flag in standing)
    counts = ", ".join(f"{safe_name(name)} {count}" for name, count in per_team.most_common())
    part = replace(section.part, lead=clip(counts, 1000), most=0)
    return DigestSection(part)


def _section(
    db: Connection, who: Reader, standing: Sequence[Flag], title: str, now: datetime
) -> DigestSection | None:
    if not standing:
        return None
    scope, had = who.collaborative.id, talks.latest(db, who.collaborative)
    places = cases.people(db, ladders.snapshot(db, scope, now))
    lines = tuple(_line(who, flag, had.get((flag.team.id, flag.episode)), places, now) for flag in standing)
    before = {team_id for team_id, _ in had} & {team.id for team in who.teams}
    is_asked = who.sees_all(Kind.FLAG) or before or flags.dismissed(db, scope, who.teams)
    foot = (aside_button(scope),) if is_asked else ()
    summary = f"{counted(len(standing), 'flag')} {'is' if len(standing) == 1 else 'are'} worth asking about."
    return DigestSection(Part(title, summary, lines, lead=views.ONLY_YOU, foot=foot))


def _line(who: Reader, flag: Flag, talk: Talk | None, places: Places, now: datetime) -> Line:
    """A flag with its facts, the last talk about it, and whom to ask."""
    more = [talk_words(talk, who.collaborative.day_of(now))] if talk else []
    if people := [f"<@{person.slack_user}>" for person in cases.answering(places, flag.team.id)]:
        more.append(f"Write to {listed(people)}")
    return Line(views.flag_words(flag, *more), views.flag_buttons(flag, who.collaborative.id))


def _others(db: Connection, who: Reader) -> list[Team]:
    own = {team.id for team in who.teams}
    return [team for team in taking_part(db, who.collaborative.id) if team.id not in own]


def aside(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """What was seen to for the teams whose flags a person may see, in one collaborative."""
    collaborative_id = unpacked(value, int)
    for reader in digest.readers(db, who):
        if reader.collaborative.id == collaborative_id:
            seen = digest.teams_of(db, reader, Kind.FLAG)
            ids = {team.id for team in seen}
            had = [talk for talk in talks.had(db, reader.collaborative) if talk.team.id in ids]
            today = reader.collaborative.day_of(now)
            return views.aside_view(flags.dismissed(db, collaborative_id, seen), had, today)
    raise refusal(Deed.SEE_TO_FLAG)


FEATURE = Feature(
    presses={
        action_ids.FLAG_DISMISS: opens(form),
        action_ids.FLAGS_ASIDE: opens(aside),
        action_ids.TALK_NOTE: opens(talk_listeners.form),
    },
    sends={PUT_ASIDE.callback_id: PUT_ASIDE.take, talk_listeners.TALK.callback_id: talk_listeners.TALK.take},
    sections={"flags": coached, "all_flags": elsewhere, "talks": talk_listeners.lately},
)
