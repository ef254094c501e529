"""Requirement R133: a measure is defined anew, or retires, from a day on; its charts show it."""

from dataclasses import replace
from datetime import date

from models.rules.setup.plan import CollaborativePlan, MeasurePlan
from models.rules.time.working_time import instant
from models.services.setup import apply as collaborative
from models.services.setup import stored_plan
from models.tables.chart import chart_marks
from tests.handlers.stage import Stage
from tests.scenarios.charting import BASELINE, lay_months, open_chart, report

CHANGED = "Definition 1, Jun 2026: New definition of what counts; earlier months are counted the old way."
ASK = "The definition is another from June 2026 on."


def load(stage: Stage, today: date, *, m1: str = "", without: str = "") -> None:
    """Load the collaborative's file with another definition of M1, or without a measure."""
    team = str(stage.slack.app["team_id"])
    found = stage.db.read(lambda db: stored_plan.find(db, team, "bp"))
    assert found
    kept = (each for each in found.plan.measures if each.key != without)
    wanted: CollaborativePlan = replace(found.plan, measures=tuple(_defined(each, m1) for each in kept))
    now = instant(today, 9, wanted.time_zone)
    stage.db.write(lambda db: collaborative.apply(db, team, wanted, now, shown=found.plan))


def _defined(measure: MeasurePlan, operational: str) -> MeasurePlan:
    if measure.key != "M1" or not operational:
        return measure
    return replace(measure, definition=replace(measure.definition, operational=operational))


def test_a_changed_definition_is_marked_where_it_begins_and_a_person_may_split_there(stage: Stage) -> None:
    """On the chart, its alt text and the card; coach and host are asked, and the bot begins no phase."""
    bo, cora = stage.person("Bo"), stage.person("Cora")
    lay_months(stage, BASELINE)
    load(stage, date(2026, 7, 6), m1="Last reading, or the mean of home readings, below 140/90.")
    assert "Definition" not in open_chart(stage, bo, "M1", "Cedar, BP control").all_text
    bo.close()
    report(stage, "Bo", 61)
    card = stage.post(bo, "Cedar reported June 2026")
    assert CHANGED in card.images[0]["alt_text"]
    seen = open_chart(stage, bo, "M1", CHANGED)
    assert ASK not in seen.all_text
    bo.close()
    open_chart(stage, cora, "Cedar M1", CHANGED, ASK)
    assert stage.count(chart_marks) == 0
    cora.press("Begin a new phase")
    stage.modal(cora, "First month of the phase")
    cora.choose("First month of the phase", "June 2026")
    cora.fill("What changed?", "Home readings count")
    cora.submit()
    stage.modal(cora, "This is how the chart would look.")
    cora.submit()
    seen = stage.modal(cora, "New phase from June 2026, by Cora: “Home readings count”")
    assert CHANGED in seen.all_text
    assert ASK not in seen.all_text


def test_all_teams_together_show_it_too(stage: Stage) -> None:
    """It holds for all of them, unlike what one team marked."""
    hana = stage.person("Hana")
    for team in ("Cedar", "Birch"):
        lay_months(stage, BASELINE, team)
    load(stage, date(2026, 7, 6), m1="Any reading below 140/90.")
    report(stage, "Bo", 61)
    assert CHANGED in open_chart(stage, hana, "all M1", "BP control, all teams together").all_text


def test_a_measure_that_retires_leaves_the_form_and_keeps_its_chart(stage: Stage) -> None:
    """Its chart ends with its last month instead of looking as if the teams fell silent."""
    bo, ana = stage.person("Bo"), stage.person("Ana")
    lay_months(stage, BASELINE)
    report(stage, "Bo", 61)
    load(stage, date(2026, 7, 1), without="M1")
    stage.slack.advance(40 * 86_400)
    form = stage.open_report(ana, "July 2026", "Repeat BP taken")
    assert "BP control" not in form.all_text
    ana.close()
    first = open_chart(stage, bo, "", "Cedar, Repeat BP taken")
    assert "BP control (retired)" in first.all_text
    bo.close()
    kept = open_chart(stage, bo, "M1", "Latest, Jun 2026: 61% (61 of 100).")
    assert "No value since" not in kept.all_text
