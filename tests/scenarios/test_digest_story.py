"""Story W9: a coach's Monday, feedback that reaches the team, and a flag put aside."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import insert, update

from handlers.context import Deps
from handlers.registry import CLOCK
from models.database import Database
from models.rules.measure import Value
from models.tables.feedback import dismissals, feedbacks, talks
from models.tables.outbox import outbox_messages
from models.tables.people import teams
from models.tables.reminder import expectations
from playground.client import Message, Person
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, REPEAT, remember
from tests.handlers.stage import Stage, staged

NUMBERS = (NUMERATOR, DENOMINATOR, REPEAT)
MONDAY = datetime(2026, 7, 13, 12, 0, tzinfo=UTC)  # 8:00 in New York
A_DAY = 86_400


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    """The listeners at work in a playground, on each kind of database in turn; Cedar has a channel."""
    with staged(database) as opened:
        own = [opened.cast.slack[name] for name in ("Ana", "Bo", "Cora")]
        channel = opened.slack.add_channel("cedar", own, private=True)
        cedar = teams.c.id == opened.cast.teams["Cedar"]
        database.write(lambda db: db.execute(update(teams).where(cedar).values(channel=channel)))
        yield opened


def report(stage: Stage, name: str, control: int = 42, tested: str = "") -> None:
    """Send the month that is due."""
    person = stage.person(name)
    stage.open_report(person, "BP control")
    for label, number in zip(NUMBERS, (control, 60, 18), strict=True):
        person.fill(label, number)
    person.fill(HIGH, 20)
    person.submit()
    person.fill("What did you test?", tested)
    person.submit()
    stage.modal(person, "Kept.")
    person.close()


def falls(stage: Stage, team: str) -> None:
    """Let a team's first measure fall from March to May, as a file of earlier months has it."""
    months = (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1))
    history = {
        month: Value(Decimal(count), Decimal(60)) for month, count in zip(months, (54, 51, 47), strict=True)
    }
    stage.db.write(lambda db: remember(db, stage.cast, team, "M1", history))


def cannot(stage: Stage, team: str, reason: str) -> None:
    """A team said that it cannot report June."""
    cast = stage.cast
    row = {
        "collaborative_id": cast.collaborative.id,
        "team_id": cast.teams[team],
        "period_id": cast.periods["June 2026"],
        "said": "cannot",
        "reason": reason,
        "member_id": cast.members["Eve"],
        "at": stage.clock.now(),
    }
    stage.db.write(lambda db: db.execute(insert(expectations).values(row)))


def tick(stage: Stage) -> None:
    """What every process does every ten seconds."""
    for _ in range(2):
        for job in CLOCK.values():
            job(Deps(stage.db, stage.clock))
    stage.deliver()


def until(stage: Stage, moment: datetime) -> None:
    """Let time pass."""
    stage.slack.set_clock(to=moment.timestamp())


def digests(person: Person) -> list[Message]:
    """The digests a person has in direct messages."""
    return [
        each for each in person.messages("Momentum") if each.text.startswith(("Your digest", "Nothing is"))
    ]


def test_a_coach_reads_on_monday_gives_feedback_and_hears_that_it_helped(stage: Stage) -> None:
    """Story W9, from Monday 8:00 to "helped"."""
    bo, cora, ben = stage.person("Bo"), stage.person("Cora"), stage.person("Ben")
    falls(stage, "Dogwood")
    stage.slack.advance(A_DAY)
    report(stage, "Bo", tested="Cuffs in every room")
    report(stage, "Dana")
    stage.deliver()
    until(stage, MONDAY)
    tick(stage)

    [hers], [his] = digests(cora), digests(ben)
    assert "*June* In: Cedar." in hers.all_text
    assert "*Birch*, June: 3 days past its due day." in hers.all_text
    assert "*Cedar*, June 2026: waits for 6 days" in hers.all_text
    assert "Dogwood" not in hers.all_text
    assert "*Dogwood: Falling, and no test of change*" in his.all_text
    assert "90.0% in March, 85.0% in April, 78.3% in May, 70.0% in June" in his.all_text
    assert f"names no test of change.\nWrite to <@{stage.cast.slack['Dana']}>" in his.all_text
    assert "Cedar" not in str(stage.slack.screen_of(ben.id)["messages"][his.channel])
    assert [image["alt_text"].startswith("Run chart. Cedar, BP control") for image in hers.images] == [True]

    cora.press("Give feedback", in_=hers)
    stage.modal(cora, "Cedar, June 2026", "70.0% (42/60)", "Cuffs in every room")
    cora.submit()
    assert cora.modal.errors == {"I like": "Please write at least one of the three."}
    cora.fill("I like", "You counted <!channel> all")
    cora.fill("I wonder", "What did the nurses say?")
    cora.submit()
    stage.modal(cora, "Sent. It is on its way to Cedar.")
    cora.close()
    stage.deliver()
    [told] = [each for each in bo.messages("#cedar") if "Cora read your June 2026 report" in each.all_text]
    assert "*I like*\nYou counted &lt;!channel&gt; all" in told.all_text
    assert "counted" not in told.text
    [hers] = digests(cora)
    assert "Give feedback" not in hers.buttons

    bo.press("Helped", in_=told)
    stage.slack.wait_for(lambda: bo.ephemerals("#cedar"))
    stage.deliver()
    [told] = [each for each in bo.messages("#cedar") if "Cora read your June 2026 report" in each.all_text]
    assert "Bo: this helped" in told.all_text
    assert told.buttons == []
    assert "Your feedback on Cedar's June 2026 report helped, says Bo." in [
        each.text for each in cora.messages("Momentum")
    ]
    assert stage.count(feedbacks, feedbacks.c.answer == "helped") == 1


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
    stage.modal(person, "What came of it?", "the team does not see it")
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


def test_the_host_sees_the_collaborative_and_how_soon_teams_hear_back(stage: Stage) -> None:
    """Coverage, days to feedback and flags are in the host's digest; the words of a feedback are not."""
    hana, cora, ben = stage.person("Hana"), stage.person("Cora"), stage.cast.slack["Ben"]
    falls(stage, "Dogwood")
    cannot(stage, "Elm", "The registry is down")
    report(stage, "Bo")
    report(stage, "Dana")
    stage.deliver()
    stage.slack.advance(2 * A_DAY)
    cora.press("Give feedback", in_=stage.post(cora, "Cedar reported June 2026"))
    stage.modal(cora, "Cedar, June 2026")
    cora.fill("We could try", "A secret of ours")
    cora.submit()
    stage.modal(cora, "Sent.")
    cora.close()
    until(stage, MONDAY)
    tick(stage)
    [hers] = digests(hana)
    assert "2 of 4 teams are in for June" in hers.all_text
    assert "It was due Friday 10 July." in hers.all_text
    assert "Not in yet: Birch." in hers.all_text
    assert "Cannot report this month: Elm." in hers.all_text
    assert "The registry is down" not in hers.all_text, "why is for the coach"
    assert "*Elm* has no coach yet." in hers.all_text
    assert (
        f"*<@{cora.id}>* (Birch and Cedar): feedback on 1 report, usually after 2 days. Nothing waits."
        in hers.all_text
    )
    assert f"*<@{ben}>* (Dogwood): 1 report waits, for 7 days." in hers.all_text
    assert "Dogwood 1" in hers.all_text.splitlines()
    hana.press("Show what waits", in_=hers)
    stage.modal(hana, "*Dogwood*, June 2026: waits for 7 days")
    hana.press("Give feedback")
    stage.modal(hana, "Dogwood, June 2026", "I like")
    hana.close()
    hana.close()
    hana.press("Report for a team", in_=hers)
    assert stage.modal(hana, "Which team is this for?").inputs["Which team is this for?"].value
    hana.close()
    hana.press("Show it", in_=hers)
    stage.modal(hana, "Dogwood: Falling, and no test of change")
    assert "A secret of ours" not in str(stage.slack.screen_of(hana.id))


def test_the_coordinator_sees_how_all_stand_and_nothing_that_is_between_coach_and_host(stage: Stage) -> None:
    """Who is in, who has no coach, what comes next; no flag, no wait for feedback, no reason of a team."""
    ravi = stage.person("Ravi")
    falls(stage, "Dogwood")
    cannot(stage, "Elm", "The registry is down")
    report(stage, "Dana")
    until(stage, MONDAY)
    tick(stage)
    [his] = digests(ravi)
    assert "1 of 4 teams is in for June" in his.all_text
    assert "Not in yet: Birch and Cedar." in his.all_text
    assert "*Elm* has no coach yet. Name one in the collaborative's file." in his.all_text
    assert not {"Falling", "waits", "registry"} & set(his.all_text.replace(":", "").split())
    assert his.buttons == ["Chart", "Report for a team", "What is asked"]


def test_a_due_day_within_a_week_names_whom_to_write_to(stage: Stage) -> None:
    """Before anybody is late a word helps most; on the day itself it says so."""
    cora = stage.person("Cora")
    until(stage, datetime(2026, 7, 10, 14, tzinfo=UTC))
    cora.command(stage.channel, "/momentum digest")
    stage.slack.wait_for(lambda: cora.ephemerals(stage.channel))
    stage.deliver()
    [hers] = digests(cora)
    assert f"*Birch*, June: due today.\nWrite to <@{stage.cast.slack['Chidi']}>" in hers.all_text
    assert "Today: June 2026 reports are due" in hers.all_text
    cora.press("Report for them", in_=hers)
    stage.modal(cora, "Birch")
    cora.close()
    cora.press("What is asked", in_=hers)
    stage.modal(cora, "Birch", "What is meant")


def test_nothing_due_is_one_line_and_a_button_to_the_rest(stage: Stage) -> None:
    """Silence would leave a coach wondering whether the digest came."""
    cora = stage.person("Cora")
    until(stage, datetime(2026, 7, 2, 14, tzinfo=UTC))
    cora.command(stage.channel, "/momentum digest")
    stage.slack.wait_for(lambda: cora.ephemerals(stage.channel))
    stage.deliver()
    [hers] = digests(cora)
    assert hers.text == (
        "Nothing is waiting for you this week. 0 of 2 teams are in for June. "
        "June 2026 reports are due Friday 10 July."
    )
    assert hers.buttons == ["Show all"]
    assert stage.count(outbox_messages) == 1
    cora.press("Show all", in_=hers)
    stage.modal(cora, "Reports", "Nobody is in yet.", "Friday 10 July: June 2026 reports are due")


def test_feedback_reaches_a_team_without_a_channel_through_its_reporter(stage: Stage) -> None:
    """A team without a channel hears through who reported."""
    chidi, cora = stage.person("Chidi"), stage.person("Cora")
    report(stage, "Chidi")
    stage.deliver()
    cora.press("Give feedback")
    stage.modal(cora, "Birch, June 2026")
    cora.fill("I like", "On time")
    cora.submit()
    stage.modal(cora, "Sent.")
    stage.deliver()
    [told] = chidi.messages("Momentum")
    assert "On time" in told.all_text
    chidi.press("Not yet", in_=told)
    stage.slack.wait_for(lambda: stage.count(feedbacks, feedbacks.c.answer == "not yet"))
    stage.deliver()
    assert chidi.messages("Momentum")[0].buttons == ["Helped"]
    until(stage, MONDAY)
    tick(stage)
    [hers] = digests(cora)
    assert "*Birch*, June 2026: not yet, they say" in hers.all_text
    cora.press("Give feedback", in_=hers)
    stage.modal(cora, "Birch, June 2026", "Cora gave feedback")


def test_a_coach_hears_that_feedback_did_not_get_through_and_sends_it_elsewhere(stage: Stage) -> None:
    """An archived channel: the report waits on, until the reporter has the words."""
    bo, cora = stage.person("Bo"), stage.person("Cora")
    report(stage, "Bo")
    stage.deliver()
    cora.press("Give feedback")
    stage.modal(cora, "Cedar, June 2026")
    cora.fill("I like", "On time")
    channel = cora.screen().channel_id("#cedar")
    assert channel
    stage.slack.change_channel(channel, archived=True)
    cora.submit()
    stage.modal(cora, "Sent. It is on its way to Cedar.")
    cora.close()
    stage.deliver()
    [told] = [each for each in cora.messages("Momentum") if "could not be delivered" in each.text]
    why = "Your feedback on Cedar's June 2026 report could not be delivered: that channel is archived."
    assert told.text == why
    until(stage, MONDAY)
    tick(stage)
    assert "*Cedar*, June 2026: waits for 7 days" in digests(cora)[0].all_text

    for _ in range(2):
        cora.press("Send it to the reporter instead")
    stage.slack.wait_for(lambda: len(cora.ephemerals("Momentum")) == 2)
    stage.deliver()
    [read] = [each for each in bo.messages("Momentum") if "On time" in each.all_text]
    assert read.buttons == ["Helped", "Not yet"]
    assert "waits for 7 days" not in digests(cora)[0].all_text
    [told] = [each for each in cora.messages("Momentum") if "could not be delivered" in each.text]
    assert told.text.endswith(f"I send it to <@{bo.id}> instead.")
    assert told.buttons == []
