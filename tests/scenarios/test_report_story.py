"""Stories W4 and W6: a team reports its month, corrects it, comes late, and everybody sees what they may."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from models.database import Database
from models.tables.outbox import outbox_messages
from models.tables.report import corrections, reports
from playground.client import Person
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, REPEAT
from tests.handlers.stage import Stage, staged

HOW = "Visit length complaints"


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    """The listeners at work in a playground, on each kind of database in turn."""
    with staged(database) as opened:
        yield opened


def report(stage: Stage, name: str, control: tuple[int, int] = (42, 60)) -> Person:
    """Report the month that is due, with numbers alone."""
    person = stage.person(name)
    stage.open_report(person, "BP control")
    person.fill(NUMERATOR, control[0])
    person.fill(DENOMINATOR, control[1])
    person.fill(REPEAT, 18)
    person.fill(HIGH, 20)
    person.submit()
    person.submit()
    stage.modal(person, "Kept.")
    person.close()
    return person


def test_a_team_reports_its_month(stage: Stage) -> None:
    """Story W4, from the command to the roll call."""
    bo, chidi = stage.person("Bo"), stage.person("Chidi")
    form = stage.open_report(
        bo, "BP control", "Due Friday 10 July", "Last reading of the month below 140/90."
    )
    assert "June 2026" in form.all_text
    bo.fill(NUMERATOR, 42)
    bo.fill(DENOMINATOR, 60)
    bo.fill(REPEAT, 20)
    bo.fill(HIGH, 18)
    bo.submit()
    assert bo.modal.errors == {REPEAT: "20 is more than 18: it can be 18 at most."}
    assert bo.modal.inputs[NUMERATOR].value == "42"
    bo.fill(REPEAT, 18)
    bo.fill(HIGH, 20)
    bo.choose(HOW, "Cannot report this month")
    why = "Visit length complaints: why not this month?"
    stage.slack.wait_for(lambda: why in bo.modal.inputs)
    assert bo.modal.inputs[REPEAT].value == "18"
    bo.fill(why, "export broken")
    bo.submit()
    stage.modal(bo, "Step 2 of 2")
    bo.fill("What did you test?", "Cuffs <!channel> in every room")
    bo.fill("A note for your coach", "We are tired")
    bo.submit()
    stage.modal(bo, "Kept.", "Cedar's June report is on its way to")
    bo.close()

    stage.deliver()
    card = stage.post(chidi, "Cedar reported June 2026")
    assert "*BP control* 70.0% (42/60); goal 80%" in card.all_text
    assert "*Repeat BP taken* 90.0% (18/20)" in card.all_text
    assert "*Visit length complaints* cannot be reported this month: export broken" in card.all_text
    assert "Cuffs &lt;!channel&gt; in every room" in card.all_text
    assert "Sent by Bo, <!date" in card.all_text
    assert "BP control" in card.images[0]["alt_text"]
    assert card.images[0]["image_url"]
    assert [image["alt_text"].count("Repeat BP taken") > 0 for image in card.thread[0].images] == [True]
    roll_call = stage.post(chidi, "1 of 4 teams is in for June")
    assert "Cedar ✔" in roll_call.all_text
    assert "3 teams still to come. Due Friday 10 July." in roll_call.all_text


def test_the_words_for_the_coach_reach_coach_and_host_alone(stage: Stage) -> None:
    """Who sees what: the coach's box is not in card, charts, thread, roll call or any notification."""
    bo, ben = stage.person("Bo"), stage.person("Ben")
    stage.open_report(bo, "BP control")
    for label, number in ((NUMERATOR, 42), (DENOMINATOR, 60), (REPEAT, 18), (HIGH, 20)):
        bo.fill(label, number)
    bo.submit()
    stage.modal(bo, "Cora (coach) and Hana (host) will read this. Other teams do not see it.")
    bo.fill("A note for your coach", "We are tired")
    bo.submit()
    stage.deliver()
    for name in ("Cora", "Hana"):
        stage.post(stage.person(name), "We are tired", "Momentum")
    for name in ("Ana", "Chidi", "Ben", "Fay", "Ravi"):
        assert "We are tired" not in str(stage.slack.screen_of(stage.person(name).id))
    assert ben.messages("Momentum") == []


def test_a_coordinator_who_corrects_for_a_team_neither_reads_its_note_nor_changes_it(stage: Stage) -> None:
    """The form has no such field for them."""
    bo, ravi = stage.person("Bo"), stage.person("Ravi")
    stage.open_report(bo, "BP control")
    for label, number in ((NUMERATOR, 42), (DENOMINATOR, 60), (REPEAT, 18), (HIGH, 20)):
        bo.fill(label, number)
    bo.submit()
    stage.modal(bo, "Step 2 of 2")
    bo.fill("A note for your coach", "We are tired")
    bo.submit()
    stage.deliver()
    ravi.press("Correct", in_=stage.post(ravi, "Cedar reported June"))
    stage.modal(ravi, "BP control")
    ravi.fill(NUMERATOR, 43)
    ravi.submit()
    words = stage.modal(ravi, "Step 2 of 2")
    assert "A note for your coach" not in words.inputs
    ravi.fill("What got better?", "Calmer mornings")
    ravi.submit()
    stage.modal(ravi, "Kept.")
    stage.deliver()
    kept = stage.db.read(lambda db: db.execute(select(reports.c.coach_note, reports.c.revision)).one())
    assert tuple(kept) == ("We are tired", 2)
    assert "We are tired" not in str(stage.slack.screen_of(ravi.id))
    assert "We are tired" not in str(stage.slack.journal("ack", person=ravi.id))


def test_a_double_click_makes_one_report(stage: Stage) -> None:
    """The same submission twice has one effect and gets the same answer."""
    report(stage, "Bo")
    sent = stage.last_payload("view_submission")
    before = stage.count(outbox_messages)
    first = next(each for each in stage.slack.journal("ack")[::-1] if "Kept" in str(each))
    again = stage.send(sent)
    assert stage.count(reports) == 1
    assert stage.count(corrections) == 0
    assert stage.count(outbox_messages) == before
    assert "is on its way to" in again.body
    assert "is on its way to" in str(first)


def test_the_roll_call_is_one_post_that_grows(stage: Stage) -> None:
    """Requirement R136: edited in place; the missing are counted, not named."""
    chidi = report(stage, "Chidi")
    stage.deliver()
    stage.post(chidi, "1 of 4 teams is in for June")
    report(stage, "Dana")
    stage.deliver()
    roll_call = stage.post(chidi, "2 of 4 teams are in for June")
    assert "Birch ✔" in roll_call.all_text
    assert "Dogwood ✔" in roll_call.all_text
    assert "Elm" not in roll_call.all_text


def test_the_roll_call_opens_its_own_month_and_tells_when_a_day_is_gone(stage: Stage) -> None:
    """Its button means the month it calls, whatever is due by then; it never says what is no longer so."""
    chidi = report(stage, "Chidi")
    stage.deliver()
    stage.slack.advance(5 * 86_400)
    stage.tick()
    stage.deliver()
    assert "Was due Friday 10 July; late" in stage.post(chidi, "1 of 4 teams is in for June").all_text
    chidi.press("Report for your team")
    stage.modal(chidi, "You reported June on 6 Jul.")
    chidi.close()
    cora = stage.person("Cora")
    cora.press("Report for your team")
    stage.modal(cora, "Which team is this for?")
    cora.choose("Which team is this for?", "Birch")
    cora.submit()
    stage.modal(cora, "June 2026", "You reported June on 6 Jul.")
    cora.close()
    stage.slack.advance(30 * 86_400)
    stage.tick()
    stage.deliver()
    roll_call = stage.post(chidi, "1 of 4 teams is in for June")
    assert "closed on Sunday 9 August" in roll_call.all_text
    assert roll_call.buttons == []


def test_a_correction_edits_the_card_and_says_so_in_its_thread(stage: Stage) -> None:
    """Story W6: the card is updated, the thread notes who, when, old and new."""
    bo = report(stage, "Bo")
    stage.deliver()
    before = stage.post(bo, "Cedar reported June 2026")
    stage.slack.advance(3600)
    bo.press("Correct")
    stage.modal(bo, "You reported June today. Change what you need.")
    assert bo.modal.inputs[NUMERATOR].value == "42"
    bo.fill(NUMERATOR, 43)
    bo.submit()
    assert bo.modal.submit == "Send correction"
    bo.submit()
    stage.modal(bo, "Cedar's June report stands as you have it now")
    bo.close()
    stage.deliver()
    card = stage.post(bo, "Cedar reported June 2026")
    assert "*BP control* 71.7% (43/60)" in card.all_text
    assert "corrected since, see the thread" in card.all_text
    assert card.ts == before.ts
    new = card.thread[-1].images[0]
    assert new["image_url"] != before.images[0]["image_url"]
    assert "71.7%" in new["alt_text"]
    notes = [each.all_text for each in card.thread if "Corrected by" in each.all_text]
    assert len(notes) == 1
    assert "*BP control* 70.0% (42/60) → 71.7% (43/60)" in notes[0]


def test_a_correction_that_changes_nothing_says_so(stage: Stage) -> None:
    """No card is edited, no note is written, and nobody wonders what they changed."""
    bo = report(stage, "Bo")
    stage.deliver()
    before = stage.count(outbox_messages)
    bo.press("Correct")
    stage.modal(bo, "Change what you need.")
    bo.submit()
    bo.submit()
    stage.modal(bo, "*Nothing changed.* Cedar's June report stands as it was")
    assert stage.count(outbox_messages) == before


def test_only_those_who_may_can_correct(stage: Stage) -> None:
    """The button is on a card all can see; others hear why not, and nobody else hears it."""
    report(stage, "Bo")
    stage.deliver()
    chidi, cora = stage.person("Chidi"), stage.person("Cora")
    chidi.press("Correct")
    stage.slack.wait_for(lambda: chidi.ephemerals(stage.channel))
    assert "A report is corrected by the team's own people" in chidi.ephemerals(stage.channel)[0].text
    assert chidi.modals == []
    cora.press("Correct")
    stage.modal(cora, "You are reporting for this team as coach.")


def test_a_late_report_is_taken_and_nobody_else_reads_that_it_was(stage: Stage) -> None:
    """Late is never refused before the lock date; lateness is between a team, its coach and the hosts."""
    stage.slack.advance(6 * 86_400)
    dana = stage.person("Dana")
    stage.open_report(dana, "Was due Friday 10 July; late reports are welcome until Sunday 9 August")
    dana.close()
    report(stage, "Dana")
    stage.deliver()
    card = stage.post(dana, "Dogwood reported June 2026")
    assert "late" not in card.all_text
    assert stage.count(reports, reports.c.is_late.is_(True)) == 1


def test_after_the_lock_date_the_coach_is_asked(stage: Stage) -> None:
    """A closed month is refused with its date and a name, and nothing that was sent changes."""
    bo = report(stage, "Bo")
    stage.deliver()
    stage.slack.advance(40 * 86_400)
    bo.press("Correct")
    stage.slack.wait_for(lambda: bo.ephemerals(stage.channel))
    said = bo.ephemerals(stage.channel)[0].text
    assert "June 2026 closed on 9 August 2026." in said
    assert "Cora" in said
    cora = stage.person("Cora")
    cora.press("Correct")
    stage.modal(cora, "Was due Friday 10 July; closed on Sunday 9 August", "as coach")
    cora.fill(NUMERATOR, 43)
    cora.submit()
    cora.submit()
    stage.modal(cora, "stands as you have it now")
    stage.deliver()
    thread = "\n".join(each.all_text for each in stage.post(bo, "Cedar reported June 2026").thread)
    assert "Corrected by Cora, coach, <!date" in thread
    assert "after the month closed on 9 Aug" in thread


def test_a_coach_reports_for_a_team_and_the_card_says_so(stage: Stage) -> None:
    """Staff act for a team by name; a person of two teams is asked which."""
    cora = stage.person("Cora")
    cora.command(stage.channel, "/momentum report")
    stage.modal(cora, "Which team is this for?")
    assert cora.modal.inputs["Which team is this for?"].value == "Birch"
    cora.choose("Which team is this for?", "Cedar")
    cora.submit()
    stage.modal(cora, "You are reporting for this team as coach.")
    for label, number in ((NUMERATOR, 42), (DENOMINATOR, 60), (REPEAT, 18), (HIGH, 20)):
        cora.fill(label, number)
    cora.submit()
    cora.submit()
    stage.modal(cora, "Kept.")
    stage.deliver()
    card = stage.post(cora, "Cedar reported June 2026")
    assert "Sent by Cora, coach, for Cedar, <!date" in card.all_text
