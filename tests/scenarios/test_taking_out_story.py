"""Something about a patient was posted: the team, its coach or a host takes it out, wherever it stands."""

import json
from collections.abc import Collection
from dataclasses import replace

import pytest
from sqlalchemy import Connection, delete, select

from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.report.report import Draft, How, Narrative, Typed
from models.services.collaborative import visitors
from models.services.report import taking_out
from models.services.report.drafts import save_draft
from models.services.report.form import form_for
from models.services.report.submit import submit
from models.tables.base import metadata
from models.tables.outbox import outbox_messages
from models.tables.report import reports, words_taken_out
from playground.client import Message, Person
from tests.cast import withdraw
from tests.clock import T0
from tests.handlers.stage import Stage
from tests.scenarios.test_export_story import exported
from tests.services.sending import TODAY, entries

# The door lets these through, as it does much that people write.
SMITH, JONES, ADAMS = "the Smith case of room four", "Jones the baker fell", "Adams moved away"
PATIENTS = ("Smith", "Jones", "Adams")
TESTED, NOTE, WHY = "What did you test?", "A note for your coach", "Why not: Repeat BP taken"


def reported(stage: Stage) -> None:
    """Bo reports and corrects, both times about patients; Ana has begun a correction."""
    _send(stage, "Bo", Narrative(SMITH, coach_note=JONES), M1="42/60", M2="Adams left")
    stage.deliver()
    _send(
        stage, "Bo", Narrative(f"Again {SMITH}", "Fewer", coach_note=f"Again {JONES}"), M1="43/60", M2=ADAMS
    )

    def begin(db: Connection) -> None:
        form = form_for(db, _acting(db, stage, "Ana"), T0, stage.cast.periods["June 2026"])
        why = Typed(stage.cast.measures["M2"], how=How.CANNOT, reason=ADAMS)
        counts = (Typed(stage.cast.measures["M1"], "43", "60"), Typed(stage.cast.measures["M3"], "3"))
        words = Narrative(SMITH, "Ours", coach_note=JONES)
        save_draft(db, replace(form, draft=Draft((*counts, why), words)), T0)

    stage.db.write(begin)
    stage.deliver()


def _who(stage: Stage, name: str) -> Visitor:
    return Visitor(stage.slack.app["team_id"], stage.cast.slack[name])


def _acting(db: Connection, stage: Stage, name: str) -> Acting:
    return visitors.insist(db, _who(stage, name), Deed.REPORT, stage.cast.teams["Cedar"])


def _send(stage: Stage, name: str, words: Narrative, **values: str) -> None:
    def unit(db: Connection) -> None:
        form = form_for(db, _acting(db, stage, name), T0, stage.cast.periods["June 2026"])
        submit(db, form, entries(stage.cast, **values), words, T0)

    stage.db.write(unit)


def kept(stage: Stage) -> str:
    """All rows of all tables."""
    return stage.db.read(lambda db: str([list(db.execute(select(each))) for each in metadata.sorted_tables]))


def shown(stage: Stage, names: Collection[str]) -> str:
    """All that stands on these people's screens."""
    people = [stage.person(name) for name in names]
    return json.dumps([_screen(stage, each) for each in people])


def _screen(stage: Stage, person: Person) -> list[object]:
    seen: list[Message] = [*person.messages(stage.channel), *person.messages("Momentum")]
    return [[each.raw, *(reply.raw for reply in each.thread)] for each in seen]


def take_out(stage: Stage, person: Person, *fields: str) -> None:
    person.press("Take words out", in_=stage.post(person, "Cedar reported June"))
    stage.modal(person, "This takes the words out of the card, its thread, the drafts")
    person.choose("Which words?", *fields)
    person.submit()


@pytest.mark.parametrize("name", ["Bo", "Cora", "Hana"])
def test_words_about_a_patient_are_taken_out_wherever_they_stand(stage: Stage, name: str) -> None:
    """By the team, its coach or a host; what else was said stays, and others read nothing of it."""
    reported(stage)
    everybody = ("Ana", "Chidi", "Cora", "Hana")
    assert all(patient in kept(stage) for patient in PATIENTS)
    assert all(patient in shown(stage, everybody) for patient in PATIENTS)
    person = stage.person(name)
    take_out(stage, person, TESTED, NOTE, WHY)
    stage.modal(person, f"*{TESTED}*: taken out by {name}, 6 Jul", f"*{NOTE}*: taken out by {name}")
    person.close()
    stage.deliver()
    assert [patient for patient in PATIENTS if patient in kept(stage)] == []
    assert [patient for patient in PATIENTS if patient in shown(stage, everybody)] == []
    card = stage.post(person, "Cedar reported June")
    assert "*Repeat BP taken* cannot be reported this month: no reason given" in card.all_text
    assert "71.7% (43/60)" in card.all_text
    assert "Fewer" in card.all_text
    thread = [each.all_text for each in card.thread if f"*{TESTED}* The words changed." in each.all_text]
    assert len(thread) == 2  # Bo's own correction, and this one
    assert "taken out" not in shown(stage, ["Chidi"])
    for reader in ("Cora", "Hana"):
        told = [each.all_text for each in stage.person(reader).messages("Momentum")]
        assert len([words for words in told if f"taken out by {name}, 6 Jul" in words]) == 2
    assert "Ours" in kept(stage)


def test_the_workbook_says_that_words_were_taken_out_to_who_may_know(stage: Stage) -> None:
    """A coordinator reads that they changed."""
    reported(stage)
    take_out(stage, stage.person("Bo"), TESTED, NOTE)
    for name in ("Bo", "Cora", "Hana", "Ravi"):
        sheets = exported(stage, stage.person(name))
        out = {row[4] for row in sheets["Changes"] if row[5] == "taken out"}
        assert out == (set() if name == "Ravi" else {TESTED, NOTE})
        assert not any(patient in str(sheets) for patient in ("Smith", "Jones"))
        assert ADAMS in str(sheets)


@pytest.mark.who_may("report")
def test_others_hear_who_takes_words_out(stage: Stage) -> None:
    """The button is on a card all can see."""
    reported(stage)
    bo = stage.person("Bo")
    bo.press("Take words out", in_=stage.post(bo, "Cedar reported June"))
    stage.modal(bo, "for good")
    bo.choose("Which words?", TESTED)
    bo.submit()
    sent, before = stage.last_payload("view_submission"), kept(stage)
    for name in ("Chidi", "Ben", "Fay", "Ravi"):
        person = stage.person(name)
        person.press("Take words out", in_=stage.post(person, "Cedar reported June"))
        stage.slack.wait_for(lambda p=person: p.ephemerals(stage.channel))
        assert "Words are taken out by the team's own people" in person.ephemerals(stage.channel)[-1].text
        assert person.modals == []
        forged = {**sent, "user": {**sent["user"], "id": person.id}, "view": {**sent["view"], "hash": name}}
        stage.send(forged)
    assert kept(stage).count("taken_out") == before.count("taken_out")
    assert stage.count(words_taken_out) == 1


def test_a_second_press_changes_nothing(stage: Stage) -> None:
    """Also in a window that was opened before, and of what was corrected away; one box at least is ticked."""
    reported(stage)
    bo, ana = stage.person("Bo"), stage.person("Ana")
    ana.press("Take words out", in_=stage.post(ana, "Cedar reported June"))
    stage.modal(ana, "for good")
    ana.submit()
    assert ana.modal.errors == {"Which words?": "Please tick the words to take out."}
    take_out(stage, bo, TESTED)
    stage.modal(bo, "taken out by Bo")
    before = stage.count(outbox_messages)
    stage.send(stage.last_payload("view_submission"))
    ana.choose("Which words?", TESTED)
    ana.submit()
    stage.modal(ana, f"*{TESTED}*: taken out by Bo, 6 Jul")
    assert (stage.count(outbox_messages), stage.count(words_taken_out)) == (before, 1)
    assert stage.db.read(lambda db: db.scalar(select(reports.c.revision))) == 3


def test_words_that_were_corrected_away_are_taken_out_of_what_was_changed(stage: Stage) -> None:
    """They stand in the card no more, so it is not touched."""
    reported(stage)
    _send(stage, "Bo", Narrative(improved="Fewer"), M1="43/60", M2="0/4")
    stage.deliver()
    before = stage.count(outbox_messages)
    bo = stage.person("Bo")
    take_out(stage, bo, TESTED, NOTE, WHY)
    stage.modal(bo, "taken out by Bo")
    assert [patient for patient in PATIENTS if patient in kept(stage)] == []
    assert stage.count(outbox_messages) == before + 4  # the two notes of each of their readers
    assert "0.0% (0/4)" in stage.post(bo, "Cedar reported June").all_text


def test_who_has_the_words_on_screen_still_is_asked_before_they_come_back(stage: Stage) -> None:
    reported(stage)
    ana, bo = stage.person("Ana"), stage.person("Bo")
    ana.press("Correct", in_=stage.post(ana, "Cedar reported June"))
    stage.modal(ana, "BP control")
    take_out(stage, bo, TESTED)
    stage.modal(bo, "taken out by Bo")
    ana.submit()
    stage.modal(ana, "This report was changed while you were typing.")
    ana.submit()
    assert stage.modal(ana, "Step 2 of 2").inputs[TESTED].value in {None, ""}


def test_a_note_that_waits_is_not_told_once_it_is_out(stage: Stage) -> None:
    _send(stage, "Bo", Narrative(coach_note=JONES), M1="42/60")

    def unit(db: Connection) -> None:
        report_id = db.scalars(select(reports.c.id)).one()
        words = taking_out.of_report(db, _who(stage, "Bo"), report_id)
        taking_out.take_out(db, words.acting, report_id, {"coach_note"}, T0)

    stage.db.write(unit)
    stage.deliver()
    assert "wrote its coach a note" not in shown(stage, ["Hana", "Cora"])


def test_a_note_of_long_ago_is_edited_still(stage: Stage) -> None:
    """What told it was let go from the outbox; where it stands was not."""
    reported(stage)
    stage.db.write(lambda db: db.execute(delete(outbox_messages)))
    take_out(stage, stage.person("Bo"), NOTE)
    stage.modal(stage.person("Bo"), "taken out by Bo")
    stage.deliver()
    assert "Jones" not in shown(stage, ["Hana", "Cora"])


def test_a_team_that_withdrew_takes_its_words_out(stage: Stage) -> None:
    """Its own past is its own still."""
    reported(stage)
    stage.db.write(lambda db: withdraw(db, stage.cast, "Cedar", TODAY))
    bo = stage.person("Bo")
    take_out(stage, bo, TESTED)
    stage.modal(bo, "taken out by Bo")
    assert "Smith" not in kept(stage)
