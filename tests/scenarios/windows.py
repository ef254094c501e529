"""The way to every window that asks for words, as people go it: who ends up in front of it."""

from collections.abc import Callable
from datetime import timedelta

from playground.client import Person
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, REPEAT
from tests.handlers.stage import Stage
from tests.scenarios.charting import add_note, lay_months, open_chart, open_earlier_months
from tests.scenarios.digest.monday import MONDAY, falls, report, tick, until

Way = Callable[[Stage], Person]


def fill_numbers(person: Person) -> None:
    """Cedar's numbers, on the first page of the report."""
    for label, number in {NUMERATOR: 42, DENOMINATOR: 60, REPEAT: 18, HIGH: 20}.items():
        person.fill(label, number)


def reason(stage: Stage) -> Person:
    """Why a measure cannot be reported."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    fill_numbers(bo)
    bo.choose("Visit length complaints", "Cannot report this month")
    stage.slack.wait_for(lambda: "Visit length complaints: why not this month?" in bo.modal.inputs)
    return bo


def words(stage: Stage) -> Person:
    """The last page of the report."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    fill_numbers(bo)
    bo.submit()
    stage.modal(bo, "A note for your coach")
    return bo


def feedback(stage: Stage) -> Person:
    report(stage, "Bo")
    stage.deliver()
    until(stage, MONDAY)
    tick(stage)
    cora = stage.person("Cora")
    cora.press("Give feedback")
    stage.modal(cora, "I like")
    return cora


def _flagged(stage: Stage) -> Person:
    falls(stage, "Dogwood")
    report(stage, "Dana")
    until(stage, MONDAY)
    tick(stage)
    return stage.person("Ben")


def put_aside(stage: Stage) -> Person:
    ben = _flagged(stage)
    ben.press("Put aside")
    stage.modal(ben, "Why can it be put aside?")
    return ben


def talk(stage: Stage) -> Person:
    ben = _flagged(stage)
    ben.press("I talked to them")
    stage.modal(ben, "What came of it?")
    ben.choose("What came of it?", "They need more support")
    return ben


def _mark(stage: Stage, name: str, button: str, month: str) -> Person:
    lay_months(stage)
    person = stage.person(name)
    open_chart(stage, person, "Cedar M1", button)
    person.press(button)
    stage.modal(person, month)
    person.choose(month, "January 2026")
    return person


def baseline(stage: Stage) -> Person:
    return _mark(stage, "Cora", "Freeze the median on a baseline", "Last month of the baseline")


def note(stage: Stage) -> Person:
    return _mark(stage, "Bo", "Add a note", "Month")


def take_back(stage: Stage) -> Person:
    lay_months(stage)
    bo = stage.person("Bo")
    add_note(stage, bo, "January 2026", "New cuffs")
    open_chart(stage, bo, "Cedar M1", "Take back")
    bo.press("Take back")
    stage.modal(bo, "What should go?")
    return bo


def aim(stage: Stage) -> Person:
    hana = stage.person("Hana")
    assert hana.command(stage.channel, "/momentum aim")
    stage.modal(hana, "Our aim")
    hana.press("Change the aim")
    stage.modal(hana, "Its goal is the line")
    return hana


def _reminded(stage: Stage, button: str, label: str) -> Person:
    stage.slack.advance(timedelta(days=2, hours=22).total_seconds())
    tick(stage)
    ana = stage.person("Ana")
    ana.press(button)
    stage.modal(ana, label)
    return ana


def cannot(stage: Stage) -> Person:
    return _reminded(stage, "Cannot this month", "Why is there no June report?")


def help_wanted(stage: Stage) -> Person:
    return _reminded(stage, "I need help", "What would help?")


def earlier_months(stage: Stage) -> Person:
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    return bo


# The module that builds the window, and the ways to it.
def plan(stage: Stage) -> Person:
    """The first page of a PDSA, with another question on it."""
    bo = stage.person("Bo")
    bo.command(stage.channel, "/pdsa")
    stage.modal(bo, "A PDSA is one small test")
    bo.press("Start a PDSA")
    stage.modal(bo, "Plan, step 1 of 3")
    bo.press("Another question")
    stage.modal(bo, "What else do you want to find out?")
    return bo


def place(stage: Stage) -> Person:
    bo = plan(stage)
    bo.fill("What will you change?", "A second reading")
    bo.submit()
    stage.modal(bo, "Plan, step 2 of 3")
    return bo


def do(stage: Stage) -> Person:
    bo = place(stage)
    bo.submit()
    stage.modal(bo, "Plan, step 3 of 3")
    bo.submit()
    stage.modal(bo, "Test 1 has started")
    bo.close()
    stage.deliver()
    bo.press("How did it go?", in_=stage.post(bo, "test 1, running"))
    stage.modal(bo, "What happened?")
    return bo


def study(stage: Stage) -> Person:
    bo = do(stage)
    bo.fill("What happened?", "It took a minute")
    bo.submit()
    stage.modal(bo, "What did you learn?")
    return bo


def act(stage: Stage) -> Person:
    bo = study(stage)
    bo.fill("What did you learn?", "There is time")
    bo.submit()
    stage.modal(bo, "What comes next?")
    bo.choose("What will you do with this change?", "Adapt: change it a little and test again")
    return bo


WAYS: dict[str, tuple[Way, ...]] = {
    "handlers/report/views/fields.py": (reason,),
    "handlers/report/views/words.py": (words,),
    "handlers/feedback/views/feedback.py": (feedback,),
    "handlers/flags/views/flags.py": (put_aside,),
    "handlers/flags/views/talks.py": (talk,),
    "handlers/charts/views/marks.py": (baseline, note, take_back),
    "handlers/aim/views.py": (aim,),
    "handlers/reminders/views/answers.py": (cannot, help_wanted),
    "handlers/charts/views/earlier_months.py": (earlier_months,),
    "handlers/pdsa/views/form.py": (plan, act),
}
