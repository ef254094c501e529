"""Reminders in the demo's story: who is asked, when, and when no more."""

from collections import Counter
from datetime import date, timedelta

from tests.scenarios.telling import BEN, NEW_YORK, Told

MEI, PAUL = "U0MEI", "U0PAUL"
QUIET = {date(2025, 12, 1): 5, date(2026, 1, 1): 5, date(2026, 6, 1): 5}  # Hazel's months, and the reminders


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


def test_a_promise_is_a_pause(told: Told) -> None:
    """Chidi says when to expect Birch's report: he is asked again on that day, not before."""
    november = date(2025, 11, 1)
    asked = [post.day for which, post in told.asked() if which == ("Birch", november)]
    due = told.due(november)
    assert asked == [date(2025, 12, 19), date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)]
    assert due == date(2025, 12, 28)


def test_the_quiet_team_is_asked_in_private_and_its_coach_is_told(told: Told) -> None:
    """Hazel misses three months: no channel hears, Mei and Paul are asked, Ben knows, maybe by his digest."""
    for month, asked in QUIET.items():
        assert ("Hazel", month) not in told.reports
        heard = Counter(post.channel for which, post in told.asked() if which == ("Hazel", month))
        late = told.due(month) + timedelta(days=1), told.due(month) + timedelta(days=8)
        digests = [post for post in told.posts if post.channel == BEN and late[0] <= post.day <= late[1]]
        assert heard[BEN] == 1 or any(f"*Hazel*, {month:%B}: " in post.said for post in digests)
        assert heard[MEI] + heard[PAUL] >= asked
        assert set(heard) | {BEN} == {MEI, PAUL, BEN}
        words = f"Hazel's {month:%B} report"
        assert not [post for post in told.posts if words in post.said and post.channel.startswith("C")]
    flagged = [post for post in told.posts if "Hazel: Silent" in post.said]
    assert {post.channel for post in flagged} == {BEN}
