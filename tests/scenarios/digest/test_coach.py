"""Story W9: a coach's Monday, feedback that reaches the team, and what comes next."""

from datetime import UTC, date, datetime

from models.tables.feedback import feedbacks
from models.tables.outbox import outbox_messages
from tests.handlers.stage import Stage
from tests.scenarios.digest.monday import A_DAY, MONDAY, digests, falls, milestone, report, says, tick, until


def test_a_coach_reads_on_monday_gives_feedback_and_hears_that_it_helped(stage: Stage) -> None:
    """Story W9, from Monday 8:00 to "helped"."""
    bo, cora, ben = stage.person("Bo"), stage.person("Cora"), stage.person("Ben")
    falls(stage, "Dogwood")
    stage.slack.advance(A_DAY)
    report(stage, "Bo", tested="Cuffs in every room")
    report(stage, "Dana")
    stage.deliver()
    until(stage, MONDAY)
    tick(stage)

    [hers], [his] = digests(cora), digests(ben)
    assert "*June* In: Cedar." in hers.all_text
    assert "*Birch*, June: 3 days past its due day." in hers.all_text
    assert "*Cedar*, June 2026: waits for 6 days" in hers.all_text
    assert "Dogwood" not in hers.all_text
    assert "*Dogwood: Falling, and no test of change*" in his.all_text
    assert "90.0% in March, 85.0% in April, 78.3% in May, 70.0% in June" in his.all_text
    assert f"names no test of change.\nWrite to <@{stage.cast.slack['Dana']}>" in his.all_text
    assert "Cedar" not in str(stage.slack.screen_of(ben.id)["messages"][his.channel])
    assert [image["alt_text"].startswith("Run chart. Cedar, BP control") for image in hers.images] == [True]

    cora.press("Give feedback", in_=hers)
    stage.modal(cora, "Cedar, June 2026", "70.0% (42/60)", "Cuffs in every room")
    cora.submit()
    assert cora.modal.errors == {"I like": "Please write at least one of the three."}
    cora.fill("I like", "You counted <!channel> all")
    cora.fill("I wonder", "What did the nurses say?")
    cora.submit()
    stage.modal(cora, "Sent. It is on its way to Cedar.")
    cora.close()
    stage.deliver()
    [told] = [each for each in bo.messages("#cedar") if "Cora read your June 2026 report" in each.all_text]
    assert "*I like*\nYou counted &lt;!channel&gt; all" in told.all_text
    assert "counted" not in told.text
    [hers] = digests(cora)
    assert "Give feedback" not in hers.buttons

    bo.press("Helped", in_=told)
    stage.slack.wait_for(lambda: bo.ephemerals("#cedar"))
    stage.deliver()
    [told] = [each for each in bo.messages("#cedar") if "Cora read your June 2026 report" in each.all_text]
    assert "Bo: this helped" in told.all_text
    assert told.buttons == []
    assert "Your feedback on Cedar's June 2026 report helped, says Bo." in [
        each.text for each in cora.messages("Momentum")
    ]
    assert stage.count(feedbacks, feedbacks.c.answer == "helped") == 1


def test_a_due_day_within_a_week_names_whom_to_write_to(stage: Stage) -> None:
    """Before anybody is late a word helps most; on the day itself it says so."""
    cora = stage.person("Cora")
    until(stage, datetime(2026, 7, 10, 14, tzinfo=UTC))
    cora.command(stage.channel, "/momentum digest")
    stage.slack.wait_for(lambda: cora.ephemerals(stage.channel))
    stage.deliver()
    [hers] = digests(cora)
    assert f"*Birch*, June: due today.\nWrite to <@{stage.cast.slack['Chidi']}>" in hers.all_text
    assert "Today: June 2026 reports are due" in hers.all_text
    cora.press("Report for them", in_=hers)
    stage.modal(cora, "Birch")
    cora.close()
    cora.press("What is asked", in_=hers)
    stage.modal(cora, "Birch", "What is meant")


def test_nothing_due_is_one_line_and_a_button_to_the_rest(stage: Stage) -> None:
    """Silence would leave a coach wondering whether the digest came."""
    cora = stage.person("Cora")
    until(stage, datetime(2026, 7, 2, 14, tzinfo=UTC))
    cora.command(stage.channel, "/momentum digest")
    stage.slack.wait_for(lambda: cora.ephemerals(stage.channel))
    stage.deliver()
    [hers] = digests(cora)
    assert hers.text == (
        "Nothing is waiting for you this week. 0 of 2 teams are in for June. "
        "June 2026 reports are due Friday 10 July."
    )
    assert hers.buttons == ["Show all"]
    assert stage.count(outbox_messages) == 1
    cora.press("Show all", in_=hers)
    stage.modal(cora, "Reports", "Nobody is in yet.", "Friday 10 July: June 2026 reports are due")


def test_what_comes_next_leaves_out_what_is_done_and_says_what_is_overdue(stage: Stage) -> None:
    """A milestone of a team waits for its Done; a day of all that has passed asks nobody for anything."""
    cora = stage.person("Cora")
    milestone(stage, "Name a champion", date(2026, 7, 6), "Cedar")
    milestone(stage, "Draw the process", date(2026, 7, 7), "Cedar", done_on=date(2026, 7, 6))
    milestone(stage, "Learning Session 2", date(2026, 7, 8))
    milestone(stage, "Invite a patient", date(2026, 7, 20), "Elm")
    milestone(stage, "Share a first test", date(2026, 7, 21), "Birch")
    until(stage, MONDAY)
    tick(stage)
    words = digests(cora)[0].all_text
    assert "Overdue since Monday 6 July: Name a champion, Cedar" in words
    assert "Tuesday 21 July: Share a first test, Birch" in words
    assert not [each for each in ("process", "Learning Session", "patient") if each in words]


def test_a_question_about_a_measure_hides_no_promise(stage: Stage) -> None:
    """Both stand beside the missing report: the day they expect it, and what they wait for help with."""
    cora = stage.person("Cora")
    says(stage, "Birch", "expected", until=date(2026, 7, 15))
    says(stage, "Birch", "help", reason="Who counts?", measure_id=stage.cast.measures["M1"])
    until(stage, MONDAY)
    tick(stage)
    waiting = "they expect it Wednesday 15 July; they asked for help with BP control: Who counts?"
    assert f"3 days past its due day; {waiting}\n" in digests(cora)[0].all_text
