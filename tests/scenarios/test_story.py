"""The demo's story: fifteen months of eight clinics, with nothing said twice and nothing lost."""

import re
from collections import Counter, defaultdict

from bot.demo.deeds import DatedDeed, Report
from bot.demo.reports import demo_reports
from bot.demo.story import story
from tests.scenarios.telling import NEW_YORK, NOW, TO_ALL, Told


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


def test_late_is_taken_and_nowhere_blamed(told: Told) -> None:
    """Late reports are taken, no card says so, and the thanks name only those on time."""
    late = {
        (team, f"{month:%B %Y}")
        for (team, month), at in told.reports.items()
        if at.astimezone(NEW_YORK).date() > told.due(month)
    }
    assert 8 <= len(late) <= 15
    assert late <= told.cards().keys()
    assert [which for which, card in told.cards().items() if "was due" in card.all_text] == []
    thanks = [post for post in told.posts if post.text.startswith("Thank you, ") and post.channel == TO_ALL]
    assert len(thanks) == 14
    for post in thanks:
        month = re.search(r"for your (\w+) numbers on time", post.text)
        assert month
        first_day = told.month(month[1], post.at)
        assert not [team for team, name in late if name == f"{first_day:%B %Y}" and team in post.text]


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


def test_the_same_day_tells_the_same_story() -> None:
    """Acts come in order, each with a sentence that says it, and no report before its month is over."""
    told = story(NOW.date())
    assert told == story(NOW.date())
    moments = [act.at for act in told.acts]
    assert moments == sorted(moments)
    assert all(act.remark.endswith((".", "?")) for act in told.acts)
    sent = [act for act in told.acts if isinstance(act.deed, Report)]
    assert all(_is_over(act) for act in sent)


def _is_over(act: DatedDeed) -> bool:
    assert isinstance(act.deed, Report)
    return act.at.date().replace(day=1) > act.deed.month
