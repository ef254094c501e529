"""Story W11: a signal is told once, as a question; to all where it is good, else to team and coach."""

from decimal import Decimal

from sqlalchemy import update

from models.rules.collaborative.measure import Value
from models.tables.chart import signals
from models.tables.collaborative import collaboratives
from models.tables.outbox import outbox_messages
from models.tables.people import teams
from tests.cast import months_before, remember
from tests.handlers.stage import Stage
from tests.scenarios.charting import A_MONTH, BASELINE, add_cycle, add_note, freeze, lay_months, report

IN_A_ROW = "8 months in a row above the baseline median of 49.5%"
WHY = "No tests of change before January"


def frozen(stage: Stage) -> None:
    """Cedar's eleven months, with the median frozen on the first six."""
    lay_months(stage)
    cora = stage.person("Cora")
    freeze(stage, cora, "December 2025", WHY)
    cora.close()


def told(stage: Stage, name: str, channel: str = "") -> list[str]:
    """What a person reads about signals."""
    messages = stage.person(name).messages(channel or stage.channel)
    return [each.all_text for each in messages if "This is hardly chance" in each.all_text]


def look(stage: Stage) -> None:
    """The clock ticks, twice and from two processes for all we know, and what is due goes out."""
    stage.tick()
    stage.tick()
    stage.deliver()


def test_a_sustained_signal_is_told_once_and_not_before_its_time(stage: Stage) -> None:
    """A run of 7 is within its limit of 7; the eighth month is a signal; the ninth is no news."""
    frozen(stage)
    report(stage, "Bo", 61)
    look(stage)
    assert told(stage, "Chidi") == []
    stage.slack.advance(A_MONTH)
    report(stage, "Bo", 63)
    look(stage)
    (post,) = [e for e in stage.person("Chidi").messages(stage.channel) if "hardly chance" in e.all_text]
    assert f"Cedar, BP control: {IN_A_ROW}, since December 2025." in post.all_text
    assert "Cedar, what did you change? If you like, tell the others in this thread" in post.all_text
    assert "Longest run 8 above the median, limit 7. This rests on 13 months." in post.all_text
    assert "The median is frozen on 6 months with a value, Jul 2025 to Dec 2025." in post.all_text
    assert IN_A_ROW in post.text
    assert len(post.images) == 1
    assert "Run chart. Cedar, BP control: Baseline median 49.5%; 8 months in a row above it." in str(
        post.images
    )
    stage.slack.advance(A_MONTH)
    report(stage, "Bo", 64)
    look(stage)
    assert len(told(stage, "Chidi")) == 1
    assert told(stage, "Cora", "Momentum") == []
    assert stage.count(signals) == 1


def test_nothing_is_told_under_ten_useful_months(stage: Stage) -> None:
    """N1: months on the median do not count; runs of 7 and 8 are long, but on 8 and 9 months say nothing."""
    lay_months(stage, (40, 50, 50, 50, 50, 60, 61, 62, 63, 61, 62))
    freeze(stage, stage.person("Cora"), "December 2025", WHY)
    stage.person("Cora").close()
    for level in (63, 61):
        report(stage, "Bo", level)
        look(stage)
        assert told(stage, "Chidi") == []
        stage.slack.advance(A_MONTH)
    report(stage, "Bo", 62)
    look(stage)
    (post,) = told(stage, "Chidi")
    assert "This rests on 10 months." in post
    assert "It is early: fewer than 12 months." in post


def test_a_note_just_before_the_run_stands_beside_the_question(stage: Stage) -> None:
    """What a team wrote down may be what made the difference."""
    frozen(stage)
    bo = stage.person("Bo")
    add_note(stage, bo, "January 2026", "Second reading in all rooms")
    report(stage, "Bo", 61)
    stage.slack.advance(A_MONTH)
    report(stage, "Bo", 63)
    look(stage)
    (post,) = told(stage, "Chidi")
    assert "Note 1: Jan 2026, Second reading in all rooms." in post


def test_a_signal_is_told_since_the_cycle_just_before_it(stage: Stage) -> None:
    """W11: cycles are numbered by their months whenever they were set; notes take the next numbers."""
    frozen(stage)
    bo, cora = stage.person("Bo"), stage.person("Cora")
    add_note(stage, bo, "January 2026", "New cuffs")
    add_cycle(stage, cora, "November 2025", "Second reading in all rooms")
    chart = add_cycle(stage, bo, "August 2025", "Second reading in two rooms")
    assert "Cycle 1, Aug 2025: Second reading in two rooms." in chart
    assert "Cycle 2, Nov 2025: Second reading in all rooms." in chart
    assert "Note 3, Jan 2026: New cuffs." in chart
    report(stage, "Bo", 61)
    look(stage)
    assert told(stage, "Chidi") == []
    stage.slack.advance(A_MONTH)
    report(stage, "Bo", 63)
    look(stage)
    (post,) = told(stage, "Chidi")
    assert f"Cedar, BP control: {IN_A_ROW} since cycle 2, from December 2025." in post
    assert "Cedar, what did you change?" in post
    assert "Cycle 2: Nov 2025, Second reading in all rooms. Note 3: Jan 2026, New cuffs." in post
    assert "Cycle 1" not in post
    stage.slack.advance(A_MONTH)
    report(stage, "Bo", 64)
    look(stage)
    assert len(told(stage, "Chidi")) == 1


def test_the_coach_hears_a_day_before_when_the_host_wants_it_so(stage: Stage) -> None:
    """The host's choice in the collaborative's file; a correction in between takes the post back."""
    stage.db.write(lambda db: db.execute(update(collaboratives).values(coach_first=True)))
    frozen(stage)
    report(stage, "Bo", 61)
    stage.slack.advance(A_MONTH)
    report(stage, "Bo", 63)
    look(stage)
    (ahead,) = told(stage, "Cora", "Momentum")
    assert "You hear of it first" in ahead
    assert told(stage, "Chidi") == []
    stage.slack.advance(86_400)
    stage.deliver()
    assert len(told(stage, "Chidi")) == 1


def test_a_correction_before_the_delayed_post_takes_it_back(stage: Stage) -> None:
    """A message that is no longer true does not go out."""
    stage.db.write(lambda db: db.execute(update(collaboratives).values(coach_first=True)))
    frozen(stage)
    report(stage, "Bo", 61)
    stage.slack.advance(A_MONTH)
    report(stage, "Bo", 63)
    look(stage)
    report(stage, "Bo", 36)
    look(stage)
    stage.slack.advance(86_400)
    stage.deliver()
    assert told(stage, "Chidi") == []
    row = outbox_messages.c
    assert stage.count(outbox_messages, row.kind == "signal", row.state == "dropped") == 1


def worsens(stage: Stage, own: str) -> None:
    """Cedar, which has a channel of its own, goes down for months."""
    stage.db.write(lambda db: db.execute(update(teams).where(teams.c.name == "Cedar").values(channel=own)))
    lay_months(stage, (*BASELINE, 45, 42, 43, 40, 41))
    freeze(stage, stage.person("Cora"), "December 2025", WHY)
    stage.person("Cora").close()
    for level in (39, 38, 37):
        report(stage, "Bo", level)
        look(stage)
        stage.slack.advance(A_MONTH)


def test_a_signal_the_other_way_is_for_the_team_and_its_coach_alone(stage: Stage) -> None:
    """Nobody is shown up: the team's own channel, and the coach's direct messages."""
    members = [stage.cast.slack["Bo"], stage.cast.slack["Cora"]]
    own = stage.slack.add_channel("cedar", members, private=True)
    worsens(stage, own)
    (to_team,) = told(stage, "Bo", own)
    (to_coach,) = told(stage, "Cora", "Momentum")
    assert "months in a row below the baseline median of 49.5%" in to_team
    assert "Do you know what changed?" in to_team
    assert "This is told here and to your coach, nowhere else." in to_team
    assert "Would a look at it together help Cedar?" in to_coach
    for name in ("Chidi", "Ben", "Fay"):
        assert told(stage, name) == []
        assert told(stage, name, "Momentum") == []


def test_a_signal_the_other_way_is_not_told_in_a_channel_others_can_read(stage: Stage) -> None:
    """Each of the team reads it in person, with its chart; the coach as ever."""
    own = stage.slack.add_channel("cedar", [stage.cast.slack["Bo"], stage.cast.slack["Cora"]])
    worsens(stage, own)
    assert told(stage, "Bo", own) == []
    for name in ("Ana", "Bo"):
        (to_one,) = told(stage, name, "Momentum")
        assert "Do you know what changed?" in to_one
        assert stage.post(stage.person(name), "Do you know what changed?", "Momentum").images
    assert len(told(stage, "Cora", "Momentum")) == 1


def test_without_a_channel_the_reporter_hears_of_it(stage: Stage) -> None:
    """Not the backup: one person of the team, and the coach."""
    lay_months(stage, (*BASELINE, 45, 42, 43, 40, 41))
    freeze(stage, stage.person("Cora"), "December 2025", WHY)
    stage.person("Cora").close()
    for level in (39, 38, 37):
        report(stage, "Bo", level)
        stage.slack.advance(A_MONTH)
    look(stage)
    assert len(told(stage, "Ana", "Momentum")) == 1
    assert told(stage, "Bo", "Momentum") == []


def test_falling_complaints_are_an_improvement(stage: Stage) -> None:
    """Lower is better there; points on the median do not count, and fewer than ten say nothing."""
    months = months_before(11)
    complaints = (9, 11, 8, 12, 10, 10, 10, 5, 6, 4, 5)
    history = {month: Value(Decimal(level)) for month, level in zip(months, complaints, strict=True)}
    stage.db.write(lambda db: remember(db, stage.cast, "Cedar", "M3", history))
    cora = stage.person("Cora")
    freeze(stage, cora, f"{months[6]:%B %Y}", WHY, "Cedar M3")
    cora.close()
    for level in (4, 3, 5, 2):
        report(stage, "Bo", 60, level)
        look(stage)
        stage.slack.advance(A_MONTH)
    (post,) = told(stage, "Chidi")
    assert "Visit length complaints" in post
    assert "below the baseline median of 10, since" in post
    assert "it is the better direction" in post
