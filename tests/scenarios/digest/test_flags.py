"""A flag is put aside with a reason, or answered by a talk with the team."""

from datetime import UTC, datetime

from models.tables.feedback import dismissals, talks
from playground.client import Person
from tests.handlers.stage import Stage
from tests.scenarios.digest.monday import A_DAY, MONDAY, digests, falls, report, tick, until


def test_a_flag_is_put_aside_with_a_reason_and_stays_aside(stage: Stage) -> None:
    """Each flag can be put aside for as long as it lasts, and the reason is kept."""
    ben = stage.person("Ben")
    falls(stage, "Dogwood")
    report(stage, "Dana")
    until(stage, MONDAY)
    tick(stage)
    ben.press("Put aside")
    stage.modal(ben, "Dogwood: Falling", "Why can it be put aside?")
    ben.fill("Why can it be put aside?", "A new registry counts more people")
    ben.submit()
    stage.modal(ben, "Put aside. You will see it again only if it begins anew.")
    ben.close()
    stage.deliver()
    assert "Falling" not in digests(ben)[0].all_text
    assert stage.count(dismissals) == 1
    until(stage, datetime(2026, 7, 20, 12, 0, tzinfo=UTC))
    tick(stage)
    assert len(digests(ben)) == 2
    assert "Falling" not in digests(ben)[1].all_text


def talked(stage: Stage, person: Person, outcome: str, agreed: str) -> None:
    """Note a talk in the newest digest."""
    person.press("I talked to them", in_=digests(person)[-1])
    stage.modal(person, "What came of it?", "The team does not see it")
    person.choose("What came of it?", outcome)
    person.fill("What did you agree on?", agreed)
    person.submit()
    stage.modal(person, "Kept.")
    person.close()
    stage.deliver()


def test_a_talk_answers_a_flag_for_four_weeks_and_the_host_sees_what_came_of_it(stage: Stage) -> None:
    """Who, when and what is kept between the coach and the host; the team reads nothing of it."""
    ben, hana, dana = stage.person("Ben"), stage.person("Hana"), stage.person("Dana")
    falls(stage, "Dogwood")
    report(stage, "Dana")
    until(stage, MONDAY)
    tick(stage)
    talked(stage, ben, "They need more support", "Fay looks at the registry")
    assert "Falling" not in digests(ben)[0].all_text

    said = "Ben talked to them yesterday: they need more support. “Fay looks at the registry”"
    stage.slack.advance(A_DAY)
    hana.command(stage.channel, "/momentum digest")
    stage.slack.wait_for(lambda: hana.ephemerals(stage.channel))
    stage.deliver()
    hers = digests(hana)[-1]
    assert "*Dogwood* Falling, and no test of change. BP control went down" in hers.all_text
    assert f"names no test of change.\n{said}" in hers.all_text
    assert "1 team had a talk this week. 1 team could use more support." in hers.text
    assert "registry" not in hers.text, "no notification says what was written"
    hana.press("Show earlier ones", in_=hers)
    stage.modal(hana, "Dogwood", said)
    assert "registry" not in str(stage.slack.screen_of(dana.id))

    until(stage, datetime(2026, 8, 3, 12, 0, tzinfo=UTC))
    tick(stage)
    assert "Falling" not in digests(ben)[-1].all_text
    until(stage, datetime(2026, 8, 11, 12, 0, tzinfo=UTC))
    ben.command(stage.channel, "/momentum digest")
    stage.slack.wait_for(lambda: ben.ephemerals(stage.channel))
    stage.deliver()
    assert "Ben talked to them on 13 Jul: they need more support." in digests(ben)[-1].all_text


def test_a_talk_with_a_late_team_stands_beside_its_missing_report(stage: Stage) -> None:
    """The next coach who looks knows that somebody did, and when."""
    cora, ben = stage.person("Cora"), stage.person("Ben")
    until(stage, MONDAY)
    tick(stage)
    cora.press("I talked to them", in_=digests(cora)[-1])
    stage.modal(cora, "Birch", "No June 2026 report yet")
    cora.choose("What came of it?", "They have a plan")
    cora.fill("When do they expect to send it?", "2026-07-17")
    cora.fill("What did you agree on?", "By Friday")
    cora.submit()
    stage.modal(cora, "Kept.")
    stage.deliver()
    expected = "*Birch*, June: 3 days past its due day; they expect it Friday 17 July."
    said = "Cora talked to them today: they have a plan. “By Friday”"
    assert f"{expected}\n{said}" in digests(cora)[0].all_text
    pressed = stage.last_payload("view_submission")
    stage.send(pressed)
    hers = {**pressed["view"], "id": "V0OTHER"}
    answer = stage.send({**pressed, "user": {**pressed["user"], "id": ben.id}, "view": hers})
    assert "Flags are between a team's coach and the host." in answer.body
    assert stage.count(talks) == 1
