"""Coaches in the demo's story: their digests, their feedback, signals, and what is for them alone."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from bot.demo.deeds import Advise
from tests.scenarios.telling import BEN, CORA, HANA, NOW, TO_ALL, Told

COACHED = {CORA: {"Cedar", "Birch", "Elm", "Fir"}, BEN: {"Dogwood", "Hazel", "Juniper", "Maple"}}


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
    assert "Cora Diaz gave Cedar feedback on its September 2025 report. Bo Chen: this helped." in cedar
    heard = [post.text for post in told.posts if post.channel == CORA]
    assert "Your feedback on Cedar's September 2025 report helped, says Bo Chen." in heard
    repeated = [post.day for post in told.posts if post.channel == BEN and "since December." in post.said]
    assert [day for day in repeated if day < date(2026, 3, 10)]
    assert not [
        post
        for post in told.posts
        if post.channel == BEN
        and "same words in every report since December" in post.said
        and post.day > date(2026, 3, 10)
    ]


def test_most_reports_hear_from_a_coach_within_days(told: Told) -> None:
    """The words of a coach come to more than nine in ten, and most teams say whether they helped."""
    posts = {post.text for post in told.posts if "Tell us whether it helped." in post.text}
    given = [act for act in told.story.acts if isinstance(act.deed, Advise)]
    assert len(posts) == len(given) + 1 > 0.9 * len(told.reports)
    answered = [post for post in told.posts if re.match(r"(Your|\w+: your) feedback on ", post.text)]
    assert len(answered) > 0.7 * len(given)


def test_what_people_marked_stands_on_the_chart_and_in_the_news(told: Told) -> None:
    """Cedar's signal is told with the baseline and the cycle before it; a note says what else happened."""
    news = [post.said for post in told.posts if "Cedar, Blood pressure control: 8 months" in post.text]
    assert len(news) == 1
    assert "baseline median of 61.2% since cycle 1, from February 2026" in news[0]
    assert "Cycle 2: Mar 2026, Second reading in all rooms." in news[0]
    assert [post for post in told.posts if "Note 1: Dec 2025, One nurse short." in post.said]
    maple = [card for (team, _), card in told.cards().items() if team == "Maple"]
    alt_texts = [image["alt_text"] for card in maple for image in card.images]
    assert (
        sum("Cycle 1, Feb 2026: A slip for the second reading, in one room." in one for one in alt_texts) == 7
    )


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


@pytest.mark.who_may("signals")
def test_what_is_for_a_coach_reaches_nobody_it_is_not_promised_to(told: Told) -> None:
    """Notes are for coach and host, reasons for the coach: on no other screen, in no channel."""
    for secret, *hearers in (
        ("We are tired. Please do not put us on the agenda", BEN, HANA),
        ("Two of us three are ill.", CORA),
        ("Our export gives last year", CORA),
    ):
        assert {one for one, screen in told.screens.items() if secret in screen} == set(hearers)
