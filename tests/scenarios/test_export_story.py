"""Story W6: staff take home what was reported, each version of it, and nothing they may not see."""

import io
import re
from datetime import date
from decimal import Decimal
from urllib.request import urlopen

import openpyxl
import pytest
from sqlalchemy import Connection

from handlers.export import listeners
from handlers.export.listeners import NOT_MADE
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed
from models.rules.report.report import Narrative
from models.rules.setup.history import Giver
from models.services.charts import history
from models.services.collaborative import visitors
from models.services.report.form import form_for
from models.services.report.submit import submit
from playground.client import Person
from tests.cast import withdraw
from tests.clock import T0
from tests.handlers.stage import Stage
from tests.services.sending import TODAY, entries

EVIL = '=HYPERLINK("https://evil.example","Mrs Smith")'


def exported(stage: Stage, person: Person) -> dict[str, list[tuple[object, ...]]]:
    """The sheets of the workbook a person is sent, row by row, without their headers."""
    before = len(person.messages("Momentum"))
    person.command(stage.channel, "/momentum export")
    stage.slack.wait_for(lambda: len(person.messages("Momentum")) > before)
    (file,) = person.messages("Momentum")[-1].files
    with urlopen(file["url"]) as answer:  # noqa: S310 - the playground's own address
        book = openpyxl.load_workbook(io.BytesIO(answer.read()))
    assert not [cell for page in book for row in page.rows for cell in row if cell.data_type == "f"]
    return {page.title: list(page.values)[1:] for page in book}


def send(stage: Stage, name: str, team: str, words: Narrative, control: str) -> None:
    """Send a team's report of June as one of the cast."""
    who = Visitor(stage.slack.app["team_id"], stage.cast.slack[name])

    def unit(db: Connection) -> None:
        acting = visitors.insist(db, who, Deed.REPORT, stage.cast.teams[team])
        form = form_for(db, acting, T0, stage.cast.periods["June 2026"])
        submit(db, form, entries(stage.cast, M1=control), words, T0)

    stage.db.write(unit)


def reported(stage: Stage) -> None:
    """Cedar reports and corrects, Dogwood reports."""
    send(stage, "Bo", "Cedar", Narrative(EVIL, coach_note="We are tired"), "42/60")
    send(stage, "Cora", "Cedar", Narrative(EVIL, coach_note="All well"), "43/60")
    send(stage, "Dana", "Dogwood", Narrative(coach_note="Help"), "~3/5")


def test_the_host_takes_home_both_versions(stage: Stage) -> None:
    """Values as they stand, who changed what from what, the definitions; a formula stays text."""
    reported(stage)
    sheets = exported(stage, stage.person("Hana"))
    cedar = next(row for row in sheets["Values"] if row[:3] == ("Cedar", "2026-06", "BP control"))
    assert cedar[3:8] == (43, 60, 71.6667, "percent", "counted")
    assert [row[4] for row in sheets["Changes"]] == ["BP control", "A note for your coach"]
    assert sheets["Changes"][0][3:] == ("Cora", "BP control", "70.0% (42/60)", "71.7% (43/60)")
    assert sheets["Reports"][0][6] == EVIL
    assert "Patients whose last reading is below 140/90" in str(sheets["Definitions"])


def test_an_earlier_month_given_anew_is_in_the_export_with_who_gave_it(stage: Stage) -> None:
    """Old and new, by whom: by name in Slack, or that it was a file loaded where the bot runs."""
    for top, name in ((40, None), (41, "Bo"), (42, None)):
        values = {("cedar", "M1", date(2026, 5, 1)): Value(Decimal(top), Decimal(60))}
        by = Giver(TODAY, T0, stage.cast.members.get(name or ""))
        stage.db.write(lambda db, v=values, by=by: history.write(db, stage.cast.collaborative.id, v, by))
    sheets = exported(stage, stage.person("Cora"))
    assert [(*row[:2], *row[3:]) for row in sheets["Changes"]] == [
        ("Cedar", "2026-05", "Bo", "BP control", "66.7% (40/60)", "68.3% (41/60)"),
        ("Cedar", "2026-05", "a file that was loaded", "BP control", "68.3% (41/60)", "70.0% (42/60)"),
    ]
    assert exported(stage, stage.person("Ben"))["Changes"] == []


def test_a_coach_takes_home_their_own_teams_and_a_coordinator_no_note(stage: Stage) -> None:
    """Who sees what holds in a file too."""
    reported(stage)
    ben = exported(stage, stage.person("Ben"))
    assert {row[0] for row in ben["Values"]} == {"Dogwood"}
    assert ben["Reports"][0][-1] == "Help"
    ravi = exported(stage, stage.person("Ravi"))
    assert {row[0] for row in ravi["Values"]} == {"Cedar", "Dogwood"}
    assert not re.search("We are tired|All well|Help", str(ravi))


@pytest.mark.who_may("export")
def test_a_team_takes_home_its_own_also_when_it_has_withdrawn_and_faculty_nothing(stage: Stage) -> None:
    reported(stage)
    for _ in range(2):
        dana = exported(stage, stage.person("Dana"))
        assert {row[0] for row in dana["Values"]} == {"Dogwood"}
        assert dana["Reports"][0][-1] == "Help"
        stage.db.write(lambda db: withdraw(db, stage.cast, "Dogwood", TODAY))
    fay = stage.person("Fay")
    fay.command(stage.channel, "/momentum export")
    stage.slack.wait_for(lambda: fay.ephemerals(stage.channel))
    assert "for coaches, the coordinator and the host" in fay.ephemerals(stage.channel)[0].text


def test_a_workbook_that_cannot_be_made_is_told_in_words(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made in a process of its own, which may be ended: whoever asked hears of it."""
    monkeypatch.setattr(listeners, "LIMIT_S", 0.0)
    hana = stage.person("Hana")
    hana.command(stage.channel, "/momentum export")
    stage.slack.wait_for(lambda: [each for each in hana.messages("#lc-all") if NOT_MADE in each.text])
    assert hana.messages("Momentum") == []
