"""The demo's content: made up, whole, and on any day a report is due soon."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot.demo.collaborative import demo_channels, demo_people, demo_plan, month_to_report
from bot.demo.history import demo_history
from bot.demo.marks import mark
from bot.demo.reports import demo_reports
from models.database import Database
from models.rules.charts.charts import TeamChart
from models.rules.charts.run_chart import analyse
from models.rules.charts.signals import signal_of
from models.rules.collaborative.people import Role, Visitor
from models.rules.collaborative.period import period_to_ask_for
from models.rules.collaborative.policy import Deed
from models.rules.setup.history import Giver, HistoryRow, check
from models.rules.setup.plan import warnings
from models.rules.time.working_time import instant
from models.services.charts import charts, history, series
from models.services.collaborative import periods, visitors
from models.services.report.form import form_for
from models.services.setup import apply as collaborative
from models.tables.measure import measures
from models.tables.people import teams
from tests.clock import T0, on

TODAY = date(2026, 11, 23)


def loaded(db: Connection, today: date) -> int:
    """The collaborative and its history, in an empty database."""
    plan = demo_plan(today)
    kept = collaborative.apply(db, "T0DEMO", plan, instant(today, 9, plan.time_zone), shown=None)
    history.write(db, kept, demo_history(today), Giver(today, T0))
    return kept


@pytest.mark.parametrize(
    "start", [date(2026, 11, 23), date(2027, 12, 1), date(2028, 1, 31), date(2028, 2, 29)]
)
def test_on_any_day_last_months_reports_are_due_in_a_few_days(start: date) -> None:
    """The due day is five days ahead, or the end of the month; every earlier month has closed."""
    for ahead in range(95):
        today = start + timedelta(days=ahead)
        asked, *earlier = reversed(
            [p for p in demo_plan(today).calendar.periods() if p.first_day < today.replace(day=1)]
        )
        assert asked.first_day == month_to_report(today)
        assert today <= asked.due_on <= today + timedelta(days=5)
        assert asked.due_on.month == today.month
        assert all(period.locks_on < today for period in earlier)
        assert all(today.replace(day=1) <= sent.on <= today for sent in demo_reports(today))


def test_the_asked_for_month_is_the_one_before_for_everyone(sqlite_url: str) -> None:
    """What period_to_ask_for answers from the rows."""
    db = Database(sqlite_url)
    kept = db.write(lambda connection: loaded(connection, TODAY))
    months = db.read(lambda connection: periods.of_collaborative(connection, kept))
    db.dispose()
    asked = period_to_ask_for(months, (), TODAY)
    assert asked is not None
    assert (asked.name, asked.due_on) == ("October 2026", date(2026, 11, 28))
    assert (months[0].name, len(months)) == ("August 2025", 21)


def test_the_history_would_pass_as_a_hosts_own_file() -> None:
    """Every value fits its measure; 14 months, and one team with some missing."""
    values = demo_history(TODAY)
    rows = [HistoryRow(at, *cell, value) for at, (cell, value) in enumerate(values.items())]
    good, problems = check(rows, demo_plan(TODAY), TODAY)
    assert problems == ()
    assert good == dict(values)
    months = {team: {month for name, _, month in values if name == team} for team in ("cedar", "hazel")}
    assert (len(months["cedar"]), len(months["hazel"])) == (14, 11)


def test_the_charts_tell_the_stories(sqlite_url: str) -> None:
    """Cedar's improvement and Dogwood's slide are signals; Birch's slow gain and Elm's swings are none."""
    db = Database(sqlite_url)

    def signals(connection: Connection) -> dict[str, bool]:
        loaded(connection, TODAY)
        measure = connection.scalars(select(measures.c.id).where(measures.c.key == "M1")).one()
        unit = demo_plan(TODAY).measures[0].unit
        found = {}
        for team_id, key in connection.execute(select(teams.c.id, teams.c.key)).all():
            points = series.series(connection, team_id, measure).points
            values = [point.value.level(unit) if point.value else None for point in points]
            found[key] = analyse(values).phases[0].signal
        return found

    found = db.write(signals)
    db.dispose()
    assert {team for team, is_signal in found.items() if is_signal} == {"cedar", "dogwood"}


def test_two_baselines_are_frozen_and_cedars_signal_comes_after_its_first_cycle(sqlite_url: str) -> None:
    """What people marked: the signal is found on the frozen median, and a cycle stands just before it."""
    db = Database(sqlite_url)

    def marked(connection: Connection) -> dict[str, TeamChart]:
        loaded(connection, TODAY)
        mark(connection, "T0DEMO", TODAY, datetime(2026, 11, 23, 15, tzinfo=UTC))
        measure = connection.scalars(select(measures.c.id).where(measures.c.key == "M1")).one()
        found = connection.execute(select(teams.c.id, teams.c.key)).all()
        return {key: charts.chart(connection, team_id, measure) for team_id, key in found}

    found = db.write(marked)
    db.dispose()
    baselines = {team: chart.baseline for team, chart in found.items() if chart.baseline}
    assert baselines == {"cedar": (1, 6), "maple": (1, 6)}
    signal = signal_of(found["cedar"])
    assert signal is not None
    assert (signal.is_good, found["cedar"].cycle_before(signal.finding.first)) == (True, 1)
    assert [each.kind for each in found["cedar"].numbered] == ["cycle", "cycle", "note"]


def test_the_reports_already_in_can_be_sent_by_those_who_sent_them(sqlite_url: str) -> None:
    """Each by its team's reporter or backup, for what the form asks; three teams are still to come."""
    db = Database(sqlite_url)

    def send(connection: Connection) -> list[str]:
        loaded(connection, TODAY - timedelta(days=8))
        for sent in demo_reports(TODAY):
            (acting,) = visitors.able(connection, Visitor("T0DEMO", sent.slack_user), Deed.REPORT)
            assert acting.team.key == sent.team
            form = form_for(connection, acting, on(sent.on))
            keys = {field.measure.key: field.measure for field in form.fields}
            assert (
                {key for key, measure in keys.items() if measure.required}
                <= sent.values.keys()
                <= keys.keys()
            )
            assert all(
                isinstance(value, str) or value.level(keys[key].unit) <= 100
                for key, value in sent.values.items()
            )
        return [sent.team for sent in demo_reports(TODAY)]

    sent = db.write(send)
    db.dispose()
    assert {team.key for team in demo_plan(TODAY).teams} - set(sent) == {"cedar", "elm", "maple"}


def test_people_and_channels_belong_together() -> None:
    """Whoever takes part and has Slack is in the shared channel; the outsider is in none."""
    plan, everybody = demo_plan(TODAY), {person.id for person in demo_people()}
    shared, coaches, *own = demo_channels()
    assert everybody - set(shared.members) == {"U0GIL"}
    assert set(shared.members) == {person.slack_user for person in plan.people if person.slack_user}
    assert (shared.id, plan.channel, coaches.id) == ("C0ALL", "C0ALL", "C0COACHES")
    assert [channel.id for channel in own] == [team.channel for team in plan.teams]
    for team, channel in zip(plan.teams, own, strict=True):
        reporters = {person.slack_user for person in plan.people_with(Role.REPORTER, team.key)}
        assert reporters <= set(channel.members)
    assert warnings(plan) == (
        "Elm has no backup reporter yet.",
        "Dr Old has no Slack id and takes part without Slack.",
    )
