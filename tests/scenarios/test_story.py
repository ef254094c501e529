"""The demo's story: fifteen months of eight clinics, watched from outside and looked over at the end."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.demo.deeds import Act, Report, Restart
from bot.demo.player import never
from bot.demo.reports import demo_reports
from bot.demo.show import on_stage, written
from bot.demo.story import Story
from models.tables.chart import signals
from models.tables.outbox import outbox_messages
from models.tables.people import teams
from playground.client import Message, Screen
from playground.server import Served

pytestmark = [pytest.mark.xdist_group("story"), pytest.mark.timeout(600)]  # it is played once, for all

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
TO_ALL, MEI, PAUL, CHIDI = "C0ALL", "U0MEI", "U0PAUL", "U0CHIDI"
BEN, CORA, HANA = "U0BEN", "U0CORA", "U0HANA"
QUIET = {date(2025, 12, 1): 5, date(2026, 1, 1): 5, date(2026, 6, 1): 5}  # Hazel's months, and the reminders
COACHED = {CORA: {"Cedar", "Birch", "Elm", "Fir"}, BEN: {"Dogwood", "Hazel", "Juniper", "Maple"}}
ASKED = re.compile(
    r"(\w+)'s (\w+) report(?: is due| was due|, due on)|Today is the day you expected (\w+)'s (\w+) report"
)
Month = tuple[str, date]  # a team's name and a month's first day


@dataclass(frozen=True)
class Post:
    """One message as Slack took it."""

    at: datetime
    channel: str  # or a person
    text: str
    said: str  # blocks and all
    nonce: str

    @property
    def day(self) -> date:
        return self.at.astimezone(NEW_YORK).date()


@dataclass(frozen=True)
class Told:
    """What was to be seen when the story had been told."""

    story: Story
    journal: list[dict[str, Any]]
    bot: Screen  # it is everywhere
    screens: Mapping[str, str]  # all a person could read, by Slack id
    outbox: list[Any]
    signals: list[Any]
    transcript: str
    restarted_at: datetime

    @property
    def posts(self) -> list[Post]:
        calls = [one for one in self.journal if one.get("method") == "chat.postMessage" and one["accepted"]]
        return [_post(one["at"], one["arguments"]) for one in calls]

    @property
    def reports(self) -> dict[Month, datetime]:
        """When each team sent its report of a month: as the story says, and Cedar's second one by hand."""
        names = {team.key: team.name for team in self.story.plan.teams}
        sent: dict[Month, datetime] = {}
        for act in self.story.acts:
            if isinstance(act.deed, Report):
                sent.setdefault((names[act.deed.sent.team], act.deed.month), act.at)
        by_hand = next(act for act in self.story.acts if "types /report" in getattr(act.deed, "remark", ""))
        return sent | {("Cedar", self.story.plan.calendar.periods()[1].first_day): by_hand.at}

    def month(self, name: str, at: datetime) -> date:
        """The month somebody was asked for at a moment, by its name."""
        periods = self.story.plan.calendar.periods()
        near = [one for one in periods if abs(one.due_on - at.date()) < timedelta(days=40)]
        return next(one.first_day for one in near if f"{one.first_day:%B}" == name)

    def due(self, month: date) -> date:
        return next(one.due_on for one in self.story.plan.calendar.periods() if one.first_day == month)

    def asked(self) -> Iterator[tuple[Month, Post]]:
        """All reminders of reports."""
        for post in self.posts:
            if found := ASKED.match(post.text):
                yield (found[1] or found[3], self.month(found[2] or found[4], post.at)), post

    def cards(self) -> dict[tuple[str, str], Message]:
        """The cards in the shared channel, by team and month in words."""
        said = [(one, re.match(r"(\w+) reported (\w+ \d+)", one.text)) for one in self.bot.messages(TO_ALL)]
        cards = {(found[1], found[2]): one for one, found in said if found}
        assert len(cards) == sum(found is not None for _, found in said), "a report has one card"
        return cards


def _post(at: float, said: Mapping[str, Any]) -> Post:
    nonce = said["metadata"]["event_payload"]["nonce"]
    return Post(datetime.fromtimestamp(at, UTC), said["channel"], said["text"], str(said), nonce)


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    """The story, played once on SQLite with the real bot, its pictures drawn."""
    with on_stage(0, NOW) as (slack, story, player):
        player.play(story, NOW, never)
        restarted_at = next(act.at for act in story.acts if isinstance(act.deed, Restart))
        yield _seen(slack, story, player.momentum.deps.db, written(slack.client, story, player), restarted_at)


def _seen(slack: Served, story: Story, db: Any, transcript: str, restarted_at: datetime) -> Told:
    people = [one.slack_user for one in story.plan.people if one.slack_user]
    episodes = select(signals, teams.c.name.label("team")).join(teams, teams.c.id == signals.c.team_id)
    return Told(
        story,
        slack.client.journal(),
        Screen(slack.client.screen_of(slack.client.app["bot_user_id"])),
        {one: str(slack.client.screen_of(one)["messages"]) for one in people},
        db.read(lambda session: session.execute(select(outbox_messages)).all()),
        db.read(lambda session: session.execute(episodes).all()),
        transcript,
        restarted_at,
    )


def test_the_story_ends_as_the_demo_begins(told: Told) -> None:
    """All acts were played: fourteen months by the table, and five reports of the month to report now."""
    assert len(told.reports) == len(told.cards())
    last = [act.deed for act in told.story.acts if isinstance(act.deed, Report)][-5:]
    assert [deed.sent for deed in last] == list(demo_reports(NOW.date()))
    assert len({month for _, month in told.reports}) == 15


def test_every_months_roll_call_names_all_who_sent_and_no_one_else(told: Told) -> None:
    """One post a month, complete to what was sent."""
    calls = [one for one in told.bot.messages(TO_ALL) if "Roll call: " in one.all_text]
    assert len(calls) == 15
    sent = defaultdict(set)
    for team, month in told.reports:
        sent[f"{month:%B %Y}"].add(team)
    for call in calls:
        month = re.search(r"Roll call: (\w+ \d+)", call.all_text)
        assert month
        assert set(re.findall(r"(\w+) ✔", call.all_text)) == sent[month[1]], call.all_text


def test_nobody_is_reminded_after_reporting(told: Told) -> None:
    """A reminder stops the moment it is no longer true, and asks a person once a day at most."""
    reminders = list(told.asked())
    assert len(reminders) > 150
    for which, post in reminders:
        assert which not in told.reports or post.at < told.reports[which], post.text
        assert post.channel.startswith("U"), "in private"
        assert 7 <= post.at.astimezone(NEW_YORK).hour <= 12
    per_day = Counter((which, post.channel, post.day) for which, post in reminders)
    assert set(per_day.values()) == {1}


def test_late_is_marked_on_the_card_and_nowhere_blamed(told: Told) -> None:
    """Late reports are taken, marked on their card, and the thanks name only those on time."""
    late = {
        (team, f"{month:%B %Y}")
        for (team, month), at in told.reports.items()
        if at.astimezone(NEW_YORK).date() > told.due(month)
    }
    assert 8 <= len(late) <= 15
    assert {which for which, card in told.cards().items() if "late, was due" in card.all_text} == late
    thanks = [post for post in told.posts if post.text.startswith("Thank you, ") and post.channel == TO_ALL]
    assert len(thanks) == 14
    for post in thanks:
        month = re.search(r"for your (\w+) numbers on time", post.text)
        assert month
        first_day = told.month(month[1], post.at)
        assert not [team for team, name in late if name == f"{first_day:%B %Y}" and team in post.text]


def test_a_promise_is_a_pause(told: Told) -> None:
    """Chidi says when to expect Birch's report: he is asked again on that day, not before."""
    november = date(2025, 11, 1)
    asked = [post.day for which, post in told.asked() if which == ("Birch", november)]
    due = told.due(november)
    assert asked == [date(2025, 12, 19), date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)]
    assert due == date(2025, 12, 28)


def test_the_quiet_team_is_asked_in_private_and_its_coach_is_told(told: Told) -> None:
    """Hazel misses three months: no channel hears of it, Mei and Paul are asked, Ben is told once each."""
    for month, asked in QUIET.items():
        assert ("Hazel", month) not in told.reports
        heard = Counter(post.channel for which, post in told.asked() if which == ("Hazel", month))
        assert heard[BEN] == 1
        assert heard[MEI] + heard[PAUL] >= asked
        assert set(heard) == {MEI, PAUL, BEN}
        words = f"Hazel's {month:%B} report"
        assert not [post for post in told.posts if words in post.said and post.channel.startswith("C")]
    flagged = [post for post in told.posts if "Hazel: Silent" in post.said]
    assert {post.channel for post in flagged} == {BEN}


def test_one_announcement_a_signal_and_bad_news_in_private(told: Told) -> None:
    """Good news goes to all once; other news to the team and its coach, once each."""
    said = [row for row in told.outbox if row.kind == "signal" and row.state == "sent"]
    heard = Counter((signal_id, row.channel) for row in said for signal_id in row.args["signal_ids"])
    assert set(heard.values()) == {1}
    good = {episode.team for episode in told.signals if episode.is_good}
    assert {"Cedar", "Maple"} <= good
    for episode in told.signals:
        channels = {channel for signal_id, channel in heard if signal_id == episode.id}
        assert channels == ({TO_ALL} if episode.is_good else {"C0DOGWOOD", BEN})
    announced = [post for post in told.posts if post.channel == TO_ALL and "hardly chance" in post.text]
    assert len(announced) == sum(row.channel == TO_ALL for row in said)


def test_digests_come_weekly_and_tell_of_own_teams_alone(told: Told) -> None:
    """Each Monday at eight, one to each coach; not a word in it of the other coach's teams."""
    mondays = sum(
        (told.story.begins + timedelta(days=ahead)).weekday() == 0
        for ahead in range((NOW - told.story.begins).days + 1)
    )
    names = COACHED[CORA] | COACHED[BEN]
    for coach, own in COACHED.items():
        digests = [
            post
            for post in told.posts
            if post.channel == coach and post.text.startswith(("Your digest", "Nothing is waiting"))
        ]
        assert len({post.day.isocalendar()[:2] for post in digests}) == len(digests) == mondays
        assert {post.day.weekday() for post in digests} == {0}
        for post in digests:
            assert not [name for name in names - own if name in post.said], post.text


def test_feedback_reaches_the_team_and_its_answer_the_coach(told: Told) -> None:
    """In the team's own channel, with what became of it; a flag put aside stays aside."""
    cedar = [one.text for one in told.bot.messages("C0CEDAR")]
    assert "Cora Diaz gave Cedar feedback on its October 2025 report. Bo Chen: this helped." in cedar
    heard = [post.text for post in told.posts if post.channel == CORA]
    assert "Your feedback on Cedar's October 2025 report helped, says Bo Chen." in heard
    repeated = [post.day for post in told.posts if post.channel == BEN and "since December." in post.said]
    assert [day for day in repeated if day < date(2026, 3, 10)]
    assert not [
        post
        for post in told.posts
        if post.channel == BEN
        and "same words in every report since December" in post.said
        and post.day > date(2026, 3, 10)
    ]


def test_what_is_for_a_coach_reaches_nobody_it_is_not_promised_to(told: Told) -> None:
    """Notes are for coach and host, reasons for the coach: on no other screen, in no channel."""
    for secret, *hearers in (
        ("We are tired. Please do not put us on the agenda", BEN, HANA),
        ("Two of us three are ill.", CORA),
        ("Our export gives last year", CORA),
    ):
        assert {one for one, screen in told.screens.items() if secret in screen} == set(hearers)


def test_nothing_is_posted_twice(told: Told) -> None:
    """Each row was one call that Slack took, and no two messages say the same in one place."""
    posts = told.posts
    assert len(posts) > 600
    assert max(Counter(post.nonce for post in posts).values()) == 1
    assert max(Counter((post.channel, post.text, post.day) for post in posts).values()) == 1
    assert not [one for one in told.journal if one.get("status") == 429]


def test_nothing_is_lost_across_the_restart(told: Told) -> None:
    """Everything was sent, but what was no longer true; also what waited when the bot was stopped."""
    assert {row.state for row in told.outbox} <= {"sent", "dropped"}
    dropped = {row.last_error for row in told.outbox if row.state == "dropped"}
    assert dropped <= {"no longer true", "a later edit says it"}
    assert len([one for one in told.journal if one.get("method") == "apps.connections.open"]) == 2
    waiting = [row for row in told.outbox if row.created_at == told.restarted_at]
    assert {row.kind for row in waiting} >= {"report_card", "report_charts", "roll_call"}
    before = _stopped(told)
    assert [row for row in waiting if row.slack_ts and float(row.slack_ts) >= before]
    assert all(row.state == "sent" for row in waiting)


def _stopped(told: Told) -> float:
    """When the second bot came: its connection is the last."""
    return max(one["at"] for one in told.journal if one.get("method") == "apps.connections.open")


def test_all_pictures_are_there(told: Told) -> None:
    """Each card and each message of charts has its pictures, and each says what it shows."""
    for card in told.cards().values():
        pictures = [*card.images, *(image for reply in card.thread for image in reply.images)]
        assert pictures
        assert all(image["alt_text"] and image["image_url"] for image in pictures)


def test_the_transcript_is_for_people(told: Told) -> None:
    """A head a message with the local time, its other words below, edits at their own time, and no id."""
    lines = told.transcript.splitlines()
    heads = [line for line in lines if not line.startswith("      ")]
    remarks = [line for line in heads if line.endswith(")") and "  (" in line]
    edits = [line for line in heads if " now says: " in line]
    assert len(heads) == len(told.posts) + len(edits) + len(remarks)
    assert len(remarks) == sum(hasattr(act.deed, "remark") for act in told.story.acts) + 1
    shape = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{4}-\d\d-\d\d \d\d:\d\d  \S")
    assert [line for line in heads if not shape.match(line)] == []
    assert heads == sorted(heads, key=lambda line: line[4:20])
    assert not re.search(r"\b[UCDTBF]0[A-Z0-9]{2,}\b|<[@#!]|&(amp|lt|gt);|momentum_delivery", told.transcript)
    assert (
        "  to Mei Tan  Momentum: Hazel's December report was due on Wednesday 28 January." in told.transcript
    )


def test_the_transcript_tells_things_as_they_came(told: Told) -> None:
    """A roll call begins with one team, an act stands before its card, and what people wrote can be read."""
    lines = told.transcript.splitlines()
    call = re.compile(r"\w+ 2025-.*  #lc-all  Momentum(: | now says: )\d of 8 teams (is|are) in for August")
    calls = [line for line in lines if call.match(line)]
    assert "Momentum: 1 of 8 teams" in calls[0]
    assert len(calls) > 3
    assert all("Momentum now says: " in line for line in calls[1:])
    typed, card = (
        next(at for at, line in enumerate(lines) if words in line)
        for words in ("(Ana Lima types /report", "Momentum: Cedar reported September 2025.")
    )
    assert typed < card
    assert [line for line in lines if line.startswith("      ") and "Who is in the room when" in line]


def test_the_same_day_tells_the_same_story(told: Told) -> None:
    """Acts come in order, none before the month it tells of is over."""
    moments = [act.at for act in told.story.acts]
    assert moments == sorted(moments)
    sent = [act for act in told.story.acts if isinstance(act.deed, Report)]
    assert all(_is_over(act) for act in sent)


def _is_over(act: Act) -> bool:
    assert isinstance(act.deed, Report)
    return act.at.date().replace(day=1) > act.deed.month
