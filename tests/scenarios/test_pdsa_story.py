"""A team plans a small test, says how it went and decides; a colleague takes it up; all read the card."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from handlers.charts.views.page import Rights, endable
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed
from models.rules.report.report import Narrative
from models.services.charts.charts import chart
from models.services.collaborative import visitors
from models.services.report.form import form_for
from models.services.report.submit import submit
from models.tables.outbox import outbox_messages
from models.tables.pdsa import pdsa_changes, pdsa_cycles
from playground.client import Message, Person
from tests.cast import leave
from tests.clock import T0
from tests.handlers.stage import Stage
from tests.services.sending import entries

CHANGE, PREDICTION = "A second reading in room 3", "8 of 10 visits have the time"


def begin(stage: Stage, person: Person, change: str = CHANGE, prediction: str = PREDICTION) -> None:
    """The first page of a new test."""
    person.command(stage.channel, "/pdsa")
    stage.modal(person, "A PDSA is one small test")
    person.press("Start a PDSA")
    stage.modal(person, "Plan, step 1 of 3")
    person.fill("What will you change?", change)
    person.fill("What do you want to find out?", "Is there time for it?")
    person.fill("What do you predict?", prediction)


def plan(stage: Stage, person: Person) -> None:
    """All three pages; the test starts."""
    begin(stage, person)
    person.submit()
    stage.modal(person, "Plan, step 2 of 3")
    person.choose("Which measure should move?", "BP control")
    person.choose("Who sees to it?", "Ana")
    person.fill("Where?", "Room 3")
    person.submit()
    stage.modal(person, "Plan, step 3 of 3")
    person.choose("First day", "2026-07-07")
    person.choose("Last day", "2026-07-08")
    person.submit()
    stage.modal(person, "Test 1 has started")


def started(stage: Stage) -> Person:
    """Ana, whose test runs."""
    ana = stage.person("Ana")
    plan(stage, ana)
    ana.close(everything=True)
    return ana


def to_days(stage: Stage, person: Person) -> None:
    """From the first page to the third, with nothing said on the second."""
    person.submit()
    stage.modal(person, "Plan, step 2 of 3")
    person.submit()
    stage.modal(person, "Plan, step 3 of 3")


def finish(stage: Stage, person: Person, decision: str, next_step: str = "") -> None:
    """Do, Study and Act, from the card."""
    person.press("How did it go?", in_=card(stage, person))
    stage.modal(person, "Do", "You predicted: 8 of 10")
    person.fill("What happened?", "Two readings took a minute each.")
    person.submit()
    stage.modal(person, "Study")
    person.fill("What did you find?", "9 of 10 had the time")
    person.fill("What did you learn?", "There is time when the cuff is at hand.")
    person.submit()
    stage.modal(person, "Act", "You found: 9 of 10")
    person.choose("What will you do with this change?", decision)
    person.fill("What comes next?", next_step)
    person.submit()
    stage.modal(person, "Saved.")


def card(stage: Stage, person: Person) -> Message:
    stage.deliver()
    return stage.post(person, CHANGE)


def cycle(stage: Stage, number: int = 1) -> dict[str, object]:
    there = select(pdsa_cycles).where(pdsa_cycles.c.number == number)
    return dict(stage.db.read(lambda db: db.execute(there).one())._mapping)


def test_from_plan_to_decision(stage: Stage) -> None:
    """One card all the way, edited at each step; the decision is a line in its thread."""
    ana, chidi = stage.person("Ana"), stage.person("Chidi")
    plan(stage, ana)
    ana.close(everything=True)
    shown = card(stage, chidi)
    assert "Cedar: test 1, running" in shown.all_text
    assert f"*Predicted* {PREDICTION}" in shown.all_text
    assert "1 patient · 7 Jul to 8 Jul · Ana · Room 3" in shown.all_text
    assert "Should move: BP control" in shown.all_text
    finish(stage, ana, "Try it bigger: the same change, more of it", "Five patients on Thursday")
    after = card(stage, chidi)
    assert after.ts == shown.ts
    assert "Cedar: test 1, to be tried bigger" in after.all_text
    assert f"*Predicted* {PREDICTION}\n*Found* 9 of 10 had the time" in after.all_text
    assert "*Learned* There is time when the cuff is at hand." in after.all_text
    assert [each.all_text for each in after.thread] == [
        "Ana: Try it bigger: the same change, more of it. Next: Five patients on Thursday"
    ]
    row = cycle(stage)
    assert (row["decision"], row["studied_on"]) == ("bigger", date(2026, 7, 6))


def test_the_next_cycle_comes_filled_in_and_the_ramp_is_seen_as_one(stage: Stage) -> None:
    ana, chidi = stage.person("Ana"), stage.person("Chidi")
    plan(stage, ana)
    ana.close(everything=True)
    finish(stage, ana, "Try it bigger: the same change, more of it")
    ana.press("Plan the next test")
    assert stage.modal(ana, "Plan, step 1 of 3").inputs["What will you change?"].value == CHANGE
    to_days(stage, ana)
    ana.fill("How many?", "5")
    ana.submit()
    stage.modal(ana, "Test 2 has started")
    stage.deliver()
    ramp = stage.post(chidi, "test 2, running")
    assert "*Test 2 of this change* 1 patient → 5 patients" in ramp.all_text
    assert cycle(stage, 2)["measure_id"] == stage.cast.measures["M1"]


def test_a_colleague_takes_a_plan_up(stage: Stage) -> None:
    """Nobody of another team reads it before it starts."""
    ana, bo, chidi = stage.person("Ana"), stage.person("Bo"), stage.person("Chidi")
    begin(stage, ana)
    ana.submit()
    stage.modal(ana, "Plan, step 2 of 3")
    ana.close(everything=True)
    bo.shortcut("Start a PDSA")
    stage.modal(bo, CHANGE, "planned, not started")
    bo.press("Go on")
    assert stage.modal(bo, "Plan, step 1 of 3").inputs["What do you predict?"].value == PREDICTION
    chidi.command(stage.channel, "/momentum pdsa")
    assert CHANGE not in stage.modal(chidi, "Birch").all_text
    stage.deliver()
    assert stage.count(outbox_messages) == 0


def test_the_second_to_press_sees_both_texts_and_chooses(stage: Stage) -> None:
    """Tried with two windows of one page."""
    ana, bo = stage.person("Ana"), stage.person("Bo")
    begin(stage, ana)
    ana.press("Save for later")
    stage.modal(ana, "Saved.")
    bo.command(stage.channel, "/momentum pdsa")
    stage.modal(bo, CHANGE)
    bo.press("Go on")
    stage.modal(bo, "Plan, step 1 of 3")
    bo.fill("What do you predict?", "All have the time")
    ana.fill("What do you predict?", "None has the time")
    ana.submit()
    stage.modal(ana, "Plan, step 2 of 3")
    bo.submit()
    both = stage.modal(bo, "Somebody else wrote here meanwhile", "Ana wrote: None has the time")
    assert both.inputs["What do you predict?"].value == "All have the time"
    stored = stage.db.read(lambda db: db.scalars(select(pdsa_cycles.c.prediction_1)).one())
    assert stored == "None has the time"
    bo.submit()
    stage.modal(bo, "Plan, step 2 of 3")
    changes = stage.db.read(lambda db: db.scalars(select(pdsa_changes.c.changes)).all())
    assert changes[-1] == [{"field": "prediction_1", "old": "None has the time", "new": "All have the time"}]
    assert stage.count(pdsa_cycles) == 1


def test_two_who_choose_differently_read_names_and_days(stage: Stage) -> None:
    """No id of a measure, a person or a decision is ever read."""
    ana, bo = started(stage), stage.person("Bo")
    for person in (ana, bo):
        person.press("Change the plan", in_=card(stage, person))
        stage.modal(person, "Plan, step 1 of 3")
        person.submit()
        stage.modal(person, "Plan, step 2 of 3")
    ana.choose("Which measure should move?", "Repeat BP taken")
    ana.choose("Who sees to it?", "Bo")
    ana.submit()
    stage.modal(ana, "Plan, step 3 of 3")
    bo.submit()
    stage.modal(bo, "Ana wrote: Repeat BP taken", "Ana wrote: Bo")
    bo.choose("Which measure should move?", "Repeat BP taken")
    bo.submit()
    stage.modal(bo, "Plan, step 3 of 3")
    ana.choose("Last day", "2026-07-10")
    ana.submit()
    stage.modal(ana, "Saved.")
    bo.submit()
    stage.modal(bo, "Ana wrote: 10 Jul")


def test_the_same_press_twice_is_one_cycle(stage: Stage) -> None:
    ana = stage.person("Ana")
    begin(stage, ana)
    ana.submit()
    stage.modal(ana, "Plan, step 2 of 3")
    stage.send(stage.last_payload("view_submission"))
    assert (stage.count(pdsa_cycles), stage.count(pdsa_changes)) == (1, 1)


@pytest.mark.parametrize(
    ("page", "wrong", "sentence"),
    [
        (
            "days",
            {"Last day": "2026-07-01"},
            "This is before the first day, 7 July. Please choose a later one.",
        ),
        ("days", {"First day": "2025-01-02"}, "2 January 2025 is more than a year away."),
        ("days", {"How many?": "1.5"}, "Please type a whole number, like 1."),
        ("days", {"How many?": "0"}, "Please type a whole number, like 1."),
    ],
)
def test_bad_days_and_sizes_are_refused_at_their_field(
    stage: Stage, page: str, wrong: dict[str, str], sentence: str
) -> None:
    """Nothing is written, and what was typed stays."""
    ana = stage.person("Ana")
    begin(stage, ana)
    to_days(stage, ana)
    ana.choose("First day", "2026-07-07")
    for name, value in wrong.items():
        (ana.fill if name == "How many?" else ana.choose)(name, value)
    before = stage.count(pdsa_changes)
    ana.submit()
    (at,) = ana.modal.errors
    assert at in wrong
    assert sentence in ana.modal.errors[at]
    assert str(ana.modal.inputs[at].value) == wrong[at]
    assert (stage.count(pdsa_changes), stage.count(outbox_messages)) == (before, 0)


@pytest.mark.who_may("pdsa")
def test_others_hear_whose_a_test_is(stage: Stage) -> None:
    """The card's buttons are there for all to press."""
    ana, chidi = stage.person("Ana"), stage.person("Chidi")
    plan(stage, ana)
    ana.close(everything=True)
    chidi.press("How did it go?", in_=card(stage, chidi))
    stage.slack.wait_for(lambda: chidi.ephemerals(stage.channel))
    assert "A test is written by the team's own people" in chidi.ephemerals(stage.channel)[-1].text
    assert chidi.modals == []


def test_weak_plans_hear_what_would_teach_more_and_start_all_the_same(stage: Stage) -> None:
    ana = stage.person("Ana")
    begin(stage, ana, prediction="It will be fine")
    to_days(stage, ana)
    ana.fill("How many?", "400")
    ana.submit()
    stage.modal(
        ana,
        "What would make this test teach more",
        "A number in the prediction",
        "A measure",
        "A smaller first test: one of your 400 patients",
        "A last day",
    )
    assert cycle(stage)["size"] == 400


def test_an_example_opens_on_top_and_nothing_typed_is_lost(stage: Stage) -> None:
    ana = stage.person("Ana")
    begin(stage, ana)
    ana.press("See an example")
    stage.modal(ana, "A made-up example")
    ana.close()
    assert stage.modal(ana, "Plan, step 1 of 3").inputs["What will you change?"].value == CHANGE


def reported(db: Connection, stage: Stage) -> None:
    """Cedar's June."""
    who = Visitor(stage.slack.app["team_id"], stage.cast.slack["Ana"])
    acting = visitors.insist(db, who, Deed.REPORT, stage.cast.teams["Cedar"])
    form = form_for(db, acting, T0, stage.cast.periods["June 2026"])
    submit(db, form, entries(stage.cast, M1="42/60", M2="18/20"), Narrative(), T0)


def test_on_the_charts_it_is_a_numbered_mark_from_its_first_day(stage: Stage) -> None:
    """Of its measure, else on all of the team's; it is corrected on its card, not taken back there."""
    stage.db.write(lambda db: reported(db, stage))
    ana = stage.person("Ana")
    begin(stage, ana)
    ana.submit()
    stage.modal(ana, "Plan, step 2 of 3")
    ana.choose("Which measure should move?", "BP control")
    ana.submit()
    stage.modal(ana, "Plan, step 3 of 3")
    ana.choose("First day", "2026-06-20")
    ana.submit()
    stage.modal(ana, "Test 1 has started")
    measure_ids = [stage.cast.measures[key] for key in ("M1", "M2")]
    charts_now = stage.db.read(
        lambda db: [chart(db, stage.cast.teams["Cedar"], each) for each in measure_ids]
    )
    numbered, other = ([(each.kind, each.words) for each in one.numbered] for one in charts_now)
    assert (numbered, other) == ([("cycle", CHANGE)], [])
    assert endable(charts_now[0], Rights(adds=True, steers=True)) == []


THE_DAY_AFTER = datetime(2026, 7, 9, 14, tzinfo=UTC)  # 10:00 where the teams are


def until(stage: Stage, moment: datetime) -> None:
    """Let time pass, and the clock jobs and delivery do what is theirs."""
    stage.slack.set_clock(to=moment.timestamp())
    for _ in range(2):
        stage.tick()
        stage.deliver()


def asked(person: Person) -> list[Message]:
    return [each for each in person.messages("Momentum") if CHANGE in each.all_text]


def test_the_day_after_who_sees_to_it_is_asked_how_it_went(stage: Stage) -> None:
    """Once, in working hours; the question says that it was answered."""
    ana = started(stage)
    until(stage, THE_DAY_AFTER - timedelta(days=1))
    assert asked(ana) == []
    until(stage, THE_DAY_AFTER)
    (question,) = asked(ana)
    assert f"*How did it go?*\nCedar, Test 1: {CHANGE}\nYou predicted: {PREDICTION}" in question.all_text
    assert asked(stage.person("Bo")) == []
    ana.press("Tell how it went", in_=question)
    stage.modal(ana, "Do")
    ana.fill("What happened?", "Two readings took a minute each.")
    ana.submit()
    stage.modal(ana, "Study")
    ana.close(everything=True)
    until(stage, THE_DAY_AFTER + timedelta(hours=1))
    (answered,) = asked(ana)
    assert "to be studied. Thank you." in answered.all_text
    until(stage, THE_DAY_AFTER + timedelta(days=1))
    assert len(asked(ana)) == 1


def test_a_day_that_is_moved_is_asked_about_the_day_after_that(stage: Stage) -> None:
    ana = started(stage)
    until(stage, THE_DAY_AFTER)
    ana.press("Move the day", in_=asked(ana)[0])
    stage.modal(ana, "Plan, step 3 of 3")
    ana.choose("Last day", "2026-07-13")
    ana.submit()
    stage.modal(ana, "Saved.")
    ana.close(everything=True)
    until(stage, THE_DAY_AFTER + timedelta(hours=1))
    assert "runs until Monday 13 July. Thank you." in asked(ana)[0].all_text
    until(stage, THE_DAY_AFTER + timedelta(days=5))
    assert [each.all_text.startswith("*How did it go?*") for each in asked(ana)] == [False, True]


def test_an_owner_who_left_is_asked_through_who_answers_for_the_team(stage: Stage) -> None:
    ana = started(stage)
    bo = pdsa_cycles.update().values(owner_id=stage.cast.members["Bo"])
    stage.db.write(lambda db: db.execute(bo))
    stage.db.write(lambda db: leave(db, stage.cast, "Bo", date(2026, 7, 7)))
    until(stage, THE_DAY_AFTER)
    assert len(asked(ana)) == 1
    ana.press("Move the day", in_=asked(ana)[0])
    stage.modal(ana, "Plan, step 3 of 3")
    ana.press("Back")
    stage.modal(ana, "Plan, step 2 of 3")
    ana.submit()
    stage.modal(ana, "Plan, step 3 of 3")
    assert cycle(stage)["owner_id"] == stage.cast.members["Bo"]


def test_a_test_that_is_stopped_is_decided(stage: Stage) -> None:
    ana = started(stage)
    until(stage, THE_DAY_AFTER)
    ana.press("Stop the test", in_=asked(ana)[0])
    stage.modal(ana, "Act")
    ana.choose("What will you do with this change?", "Abandon: it is not worth another test")
    ana.submit()
    stage.modal(ana, "*Saved.* Abandon")
    ana.close(everything=True)
    until(stage, THE_DAY_AFTER + timedelta(hours=1))
    assert "Cedar: test 1, abandoned" in card(stage, ana).all_text
    assert "abandoned. Thank you." in asked(ana)[0].all_text


def digest_of(stage: Stage, name: str) -> str:
    """What a coach reads when they ask for it."""
    person = stage.person(name)
    before = stage.count(outbox_messages)
    person.command(stage.channel, "/momentum digest")
    stage.slack.wait_for(lambda: stage.count(outbox_messages) > before)
    stage.deliver()
    return person.messages("Momentum")[-1].all_text


def test_the_coach_reads_which_tests_wait_and_what_would_teach_more(stage: Stage) -> None:
    """Of their own teams alone; a weak one of this week, later the one nobody said a word of."""
    ana = stage.person("Ana")
    begin(stage, ana, prediction="")
    to_days(stage, ana)
    ana.choose("Last day", "2026-07-08")
    ana.submit()
    stage.modal(ana, "Test 1 has started")
    ana.close(everything=True)
    named = f"*Cedar*, Test 1: {CHANGE}"
    assert f"{named}\nstarted; what would make it teach more: A prediction. A measure." in digest_of(
        stage, "Cora"
    )
    stage.slack.set_clock(to=THE_DAY_AFTER.timestamp())
    assert f"{named}\nno word yet of how it went: its last day was 8 Jul" in digest_of(stage, "Cora")
    assert CHANGE not in digest_of(stage, "Ben")
    stage.slack.set_clock(to=(THE_DAY_AFTER + timedelta(days=30)).timestamp())
    assert f"{named}\nstalled: its last day was 8 Jul" in digest_of(stage, "Cora")


def test_home_shows_the_tests_that_run(stage: Stage) -> None:
    ana = started(stage)
    ana.open_home()
    stage.slack.wait_for(lambda: f"Test 1: {CHANGE}" in ana.home.all_text)
    assert {"How did it go?", "Start a PDSA", "All tests"} <= set(ana.home.buttons)
