"""R37: the size of a sample is a number beside its rule, and kept with each value."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select

from models.rules.collaborative.measure import Value
from models.rules.collaborative.sample import EVERYBODY
from models.rules.setup.history import Giver
from models.services.charts import history
from models.services.collaborative import sample_sizes
from models.services.setup import apply as collaborative
from models.services.setup import stored_plan
from models.tables.collaborative import reporting_periods
from models.tables.measure import past_definitions
from models.tables.report import measure_values
from tests.cast import DENOMINATOR
from tests.clock import T0
from tests.handlers.stage import Stage
from tests.scenarios.charting import report
from tests.scenarios.test_definition_story import load as redefine
from tests.scenarios.test_export_story import exported

LATER = datetime(2026, 7, 20, 15, tzinfo=UTC)


def load(stage: Stage, now: datetime = T0, **sizes: int) -> None:
    """Load the collaborative's file with these sizes of samples, by the keys of measures."""
    team = str(stage.slack.app["team_id"])
    stored = stage.db.read(lambda db: stored_plan.find(db, team, "bp"))
    assert stored
    measures = tuple(replace(m, sample_size=sizes.get(m.key, m.sample_size)) for m in stored.plan.measures)
    plan = replace(stored.plan, measures=measures)
    stage.db.write(lambda db: collaborative.apply(db, team, plan, now, shown=stored.plan))


def give(stage: Stage, month: date) -> None:
    """A table gives an earlier month of Cedar's M1."""
    value = {("cedar", "M1", month): Value(Decimal(9), Decimal(20))}
    stage.db.write(
        lambda db: history.write(db, stage.cast.collaborative.id, value, Giver(month.replace(year=2027), T0))
    )


def sizes_of(stage: Stage, measure: str) -> Mapping[str, int | None]:
    """The size kept with each value of a measure, by month."""
    query = (
        select(reporting_periods.c.first_day, measure_values.c.sample_size)
        .join(reporting_periods, reporting_periods.c.id == measure_values.c.period_id)
        .where(measure_values.c.measure_id == stage.cast.measures[measure])
    )
    return {
        f"{row.first_day:%Y-%m}": row.sample_size for row in stage.db.read(lambda db: db.execute(query).all())
    }


def test_each_value_keeps_the_size_its_sample_had(stage: Stage) -> None:
    """Given for the first time it is that of the values before; another one is for what comes after it."""
    give(stage, date(2026, 4, 1))
    report(stage, "Bo", 61)
    assert sizes_of(stage, "M1") == {"2026-04": None, "2026-06": None}
    load(stage, M1=20, M3=EVERYBODY)
    assert sizes_of(stage, "M1") == {"2026-04": 20, "2026-06": 20}
    assert sizes_of(stage, "M2") == {"2026-06": None}
    assert stage.count(past_definitions) == 0
    load(stage, LATER, M1=30)
    give(stage, date(2026, 5, 1))
    bo = stage.person("Bo")
    stage.open_report(bo, "Change what you need.", "Before, sample size: 20")
    bo.fill(DENOMINATOR, "99")
    bo.submit()
    stage.modal(bo, "Step 2 of 2")
    bo.submit()
    stage.modal(bo, "stands as you have it now")
    assert sizes_of(stage, "M1") == {"2026-04": 20, "2026-05": 30, "2026-06": 20}
    assert stage.count(past_definitions) == 1


def test_values_from_before_a_new_definition_stay_without_a_size(stage: Stage) -> None:
    """Of what was taken then nobody said how many; only months since then take the number over."""
    for month in (4, 8):
        give(stage, date(2026, month, 1))
    redefine(stage, date(2026, 7, 6), m1="Any reading of the month below 140/90.")
    load(stage, LATER, M1=20)
    assert sizes_of(stage, "M1") == {"2026-04": None, "2026-08": 20}


def test_all_read_the_size_where_the_measure_is_defined(stage: Stage) -> None:
    """In what is asked, and in the workbook, beside each value and each definition."""
    report(stage, "Bo", 61)
    load(stage, M1=20, M3=EVERYBODY)
    bo = stage.person("Bo")
    bo.open_home()
    stage.slack.wait_for(lambda: bo.home)
    bo.press("What is asked")
    stage.modal(
        bo,
        "Sample size: 20, or all where there are fewer (counts as known to all teams)",
        "Sample size: not given (counts as known to all teams)",
        "Sample: All complaints\nSample size: all",
    )
    sheets = exported(stage, stage.person("Hana"))
    assert [row[-2] for row in sheets["Definitions"]] == ["20", "not given", "all"]
    assert {row[2]: row[-1] for row in sheets["Values"]}["BP control"] == "20"


def test_the_measures_without_a_size_are_named_until_they_have_one(stage: Stage) -> None:
    """As after the migration: nobody said anything yet; those of other workspaces are nobody's business."""
    team = str(stage.slack.app["team_id"])

    def names(slack_team: str) -> list[list[str]]:
        lacking = stage.db.read(lambda db: sample_sizes.lacking(db, slack_team))
        return [list(each.measures) for each in lacking]

    assert names(team) == [["BP control", "Repeat BP taken", "Visit length complaints"]]
    assert names("T0OTHER") == []
    load(stage, M1=20, M3=EVERYBODY)
    assert names(team) == [["Repeat BP taken"]]
    load(stage, M2=EVERYBODY)
    assert names(team) == []
