"""Requirement R46: the aim in four parts, shown to all, changed by the host, one truth with the file."""

from dataclasses import replace

import pytest

from models.rules.collaborative.aim import Aim
from models.rules.collaborative.policy import REFUSALS, Deed
from models.rules.setup.plan_changes import changes
from models.services.setup import apply as collaborative
from models.services.setup import stored_plan
from models.services.setup.stored_plan import StoredPlan
from playground.client import Modal, Person
from tests.cast import AIM
from tests.handlers.stage import Stage


def open_aim(stage: Stage, person: Person, *words: str) -> Modal:
    """Type `/momentum aim` and wait for it."""
    assert person.command(stage.channel, "/momentum aim")
    return stage.modal(person, "Our aim", *words)


def stored(stage: Stage) -> StoredPlan:
    """The collaborative as its file would say it."""
    team = str(stage.slack.app["team_id"])
    found = stage.db.read(lambda db: stored_plan.find(db, team, "bp"))
    assert found
    return found


def test_everybody_reads_the_aim_and_the_host_changes_it(stage: Stage) -> None:
    """A missing part is said kindly, to the host alone; it is kept all the same."""
    bo, hana = stage.person("Bo"), stage.person("Hana")
    seen = open_aim(stage, bo, "*For whom*: Patients with hypertension", "*By when*: August 2027")
    assert "*How much*: 80% below 140/90\n*Measured by*: BP control" in seen.all_text
    assert seen.buttons == []
    open_aim(stage, hana, "Blood Pressure 2026")
    hana.press("Change the aim")
    form = stage.modal(hana, "For whom", "Its goal is the line on its run chart.")
    assert form.inputs["By when"].value == "August 2027"
    hana.fill("By when", "<!channel> next  summer")
    hana.fill("How much", "")
    hana.choose("Measured by", "Visit length complaints")
    hana.submit()
    kept = stage.modal(
        hana, "*By when*: &lt;!channel&gt; next summer", "Write it into the collaborative's file"
    )
    assert "*How much*: _not said yet_\n*Measured by*: Visit length complaints" in kept.all_text
    assert (
        "By when? Give a month and a year. How much? Give a number to reach. "
        "Visit length complaints has no goal yet, so its chart shows no line to reach."
    ) in kept.all_text
    assert stored(stage).plan.aim == Aim(AIM["population"], "<!channel> next summer", "", "M3")
    seen = open_aim(stage, bo, "_not said yet_")
    assert "Give a number" not in seen.all_text


@pytest.mark.who_may("aim")
def test_only_the_host_changes_it_whatever_a_payload_says(stage: Stage) -> None:
    """The collaborative's id in the form is a hint."""
    hana, bo = stage.person("Hana"), stage.person("Bo")
    open_aim(stage, hana)
    hana.press("Change the aim")
    stage.modal(hana, "Its goal is the line")
    hana.submit()
    stage.modal(hana, "Write it into")
    sent = stage.last_payload("view_submission")
    sent["view"]["state"]["values"]["goal"]["goal"]["value"] = "nothing at all"
    refused = stage.send({**sent, "user": {**sent["user"], "id": bo.id}})
    assert REFUSALS[Deed.CHANGE_AIM] in refused.body
    assert stored(stage).plan.aim == Aim(**AIM)


@pytest.mark.parametrize("takes_it", [True, False])
def test_a_file_that_says_otherwise_shows_both_before_it_takes_over(stage: Stage, takes_it: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """What the host kept in Slack is what the next load compares with; loaded with it, nothing changes."""
    file = stored(stage).plan
    hana = stage.person("Hana")
    open_aim(stage, hana)
    hana.press("Change the aim")
    stage.modal(hana, "Its goal is the line")
    hana.fill("By when", "May 2028")
    hana.submit()
    stage.modal(hana, "Write it into")
    found = stored(stage).plan
    assert changes(found, file) == ("Aim, by when: May 2028 -> August 2027",)
    wanted = file if takes_it else replace(file, aim=found.aim)
    team, now = str(stage.slack.app["team_id"]), stage.clock.now()
    stage.db.write(lambda db: collaborative.apply(db, team, wanted, now, shown=found))
    assert stored(stage).plan.aim.time_frame == ("August 2027" if takes_it else "May 2028")
