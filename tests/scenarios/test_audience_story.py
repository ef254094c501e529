"""What is for one team alone is read by that team, and its coach, whoever joins what they can."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from models.database import Database
from models.rules.collaborative.people import Role
from models.tables.feedback import feedbacks
from models.tables.outbox import outbox_messages
from models.tables.people import roles, teams
from models.tables.reminder import milestones
from playground.client import NotThere, Person, Refusal
from tests.cast import FIRST_MONTH, leave
from tests.clock import T0
from tests.handlers.stage import Stage, staged
from tests.scenarios.digest.monday import milestone, report

WORDS = "Ask the night nurse"
OWN = {"Cedar": ("Ana", "Bo", "Cora"), "Birch": ("Chidi", "Cora")}
POSTED, EDITED = "chat.postMessage", "chat.update"


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    """Cedar's channel is private; Birch's is open to everybody in the workspace."""
    with staged(database) as opened:
        for team, names in OWN.items():
            members = [opened.cast.slack[name] for name in names]
            private = team == "Cedar"
            channel = opened.slack.add_channel(team.lower(), members, private=private)
            own = update(teams).where(teams.c.id == opened.cast.teams[team]).values(channel=channel)
            database.write(lambda db, own=own: db.execute(own))
        opened.know_channels()
        yield opened


def channel_of(stage: Stage, team: str) -> str:
    channel = stage.person("Cora").screen().channel_id(f"#{team.lower()}")
    assert channel
    return channel


def written(stage: Stage, by: str, team: str, *said: str, words: str = WORDS) -> str:
    """Write feedback on the team's report; return who will read it, as the window says."""
    coach = stage.person(by)
    card = stage.post(coach, f"{team} reported June 2026")
    coach.press("Give feedback", in_=card)
    window = stage.modal(coach, f"{team}, June 2026", *said)
    coach.fill("I wonder", words)
    coach.submit()
    stage.modal(coach, "Sent.")
    coach.close()
    return next(line for line in window.all_text.splitlines() if "Who will read this" in line)


def reads(stage: Stage, person: Person, words: str = WORDS) -> list[str]:
    """The conversations in which somebody can read the words, as often as they stand there."""
    seen = stage.slack.screen_of(person.id)
    names = {each["id"]: each["name"] or each["kind"] for each in seen["channels"]}
    return sorted(
        names[channel] for channel, said in seen["messages"].items() for one in said if words in str(one)
    )


def join_all(stage: Stage, person: Person) -> int:
    """Join every channel there is; how many would not have them."""
    refused = 0
    for channel in ("#lc-all", "#cedar", "#birch", channel_of(stage, "Cedar"), channel_of(stage, "Birch")):
        try:
            person.join(channel)
        except (Refusal, NotThere):
            refused += 1
    return refused


def onlookers(stage: Stage) -> Sequence[Person]:
    """An outsider, and peers: all who join what they can."""
    sam = stage.slack.add_person("sam", real_name="Sam")
    return [sam, *(stage.person(name) for name in ("Dana", "Eve", "Ben", "Fay"))]


def posted_to(stage: Stage, kind: str = "feedback") -> list[str]:
    """Where rows of a kind went, in order."""
    rows = outbox_messages.c
    query = outbox_messages.select().where(rows.kind == kind, rows.state == "sent").order_by(rows.id)
    return [row.channel for row in stage.db.read(lambda db: db.execute(query).all())]


def ids(stage: Stage, *names: str) -> set[str]:
    return {stage.cast.slack[name] for name in names}


@pytest.mark.who_may("feedback")
def test_whoever_joins_all_they_can_reads_none_of_it(stage: Stage) -> None:
    """A private channel lets nobody in, and nothing was said in the open one."""
    report(stage, "Bo")
    report(stage, "Chidi")
    stage.deliver()
    to_cedar = written(stage, "Cora", "Cedar")
    to_birch = written(stage, "Cora", "Birch")
    assert to_cedar == "Who will read this: those in #cedar: Cedar's people and their coaches."
    assert to_birch.endswith("Birch's people, by direct message: #birch is open to all here.")
    everybody = onlookers(stage)
    assert [join_all(stage, person) for person in everybody] == [2] * len(everybody)
    stage.deliver()
    for person in everybody:
        assert reads(stage, person) == []
    assert reads(stage, stage.person("Ana")) == ["cedar"]
    assert reads(stage, stage.person("Bo")) == ["cedar"]
    assert reads(stage, stage.person("Chidi")) == ["im"]
    stage.slack.wait_for(lambda: stage.count(outbox_messages, outbox_messages.c.state == "pending") == 0)
    for person in everybody:
        assert reads(stage, person) == []


def test_a_channel_that_becomes_public_before_it_goes_is_not_spoken_in(stage: Stage) -> None:
    """Each of the team reads it once, in person; whether it helped is edited in all of these."""
    report(stage, "Bo")
    stage.deliver()
    assert "those in #cedar" in written(stage, "Cora", "Cedar")
    stage.slack.change_channel(channel_of(stage, "Cedar"), private=False)
    stage.deliver()
    for _ in range(3):
        stage.tick()
        stage.deliver()
    assert set(posted_to(stage)) == ids(stage, "Ana", "Bo")
    assert len(posted_to(stage)) == 2
    for name in ("Ana", "Bo"):
        assert reads(stage, stage.person(name)) == ["im"]
    sam = stage.slack.add_person("sam", real_name="Sam")
    sam.join("#cedar")
    assert reads(stage, sam) == []
    bo = stage.person("Bo")
    bo.press("Helped", in_=stage.post(bo, WORDS, "Momentum"))
    stage.slack.wait_for(lambda: stage.count(feedbacks, feedbacks.c.answer == "helped"))
    stage.deliver()
    for name in ("Ana", "Bo"):
        assert "Bo: this helped" in stage.post(stage.person(name), WORDS, "Momentum").all_text
    assert "this helped" not in str(stage.slack.screen_of(sam.id)["messages"])


def test_somebody_who_comes_in_before_it_goes_keeps_it_out_of_the_channel(stage: Stage) -> None:
    """The event may be late or lost: Slack is asked right before."""
    report(stage, "Bo")
    stage.deliver()
    written(stage, "Cora", "Cedar")
    stage.slack.advance(90)
    members = [stage.cast.slack[name] for name in (*OWN["Cedar"], "Eve")]
    stage.slack.change_channel(channel_of(stage, "Cedar"), members=members)
    stage.deliver()
    assert set(posted_to(stage)) == ids(stage, "Ana", "Bo")
    assert reads(stage, stage.person("Eve")) == []


def test_what_the_window_said_holds_where_the_channel_is_private_by_then(stage: Stage) -> None:
    """The coach was told that it goes by direct message: it goes there, and not to the channel, too."""
    report(stage, "Chidi")
    stage.deliver()
    chidi, cora = stage.person("Chidi"), stage.person("Cora")
    cora.press("Give feedback", in_=stage.post(cora, "Birch reported June 2026"))
    stage.modal(cora, "by direct message: #birch is open to all here.")
    cora.fill("I wonder", WORDS)
    stage.slack.change_channel(channel_of(stage, "Birch"), private=True)
    stage.slack.advance(11 * 60)
    stage.know_channels()
    cora.submit()
    stage.modal(cora, "Sent.")
    stage.deliver()
    assert posted_to(stage) == [chidi.id]


def test_a_post_that_stands_is_edited_where_it_stands(stage: Stage) -> None:
    """Its words are there already; whoever reads them may as well read that they helped."""
    report(stage, "Bo")
    stage.deliver()
    written(stage, "Cora", "Cedar")
    stage.deliver()
    channel, bo = channel_of(stage, "Cedar"), stage.person("Bo")
    stage.slack.change_channel(channel, private=False)
    bo.press("Helped", in_=stage.post(bo, WORDS, channel))
    stage.slack.wait_for(lambda: stage.count(feedbacks, feedbacks.c.answer == "helped"))
    stage.deliver()
    assert "Bo: this helped" in stage.post(bo, WORDS, channel).all_text
    assert reads(stage, bo) == ["cedar"]


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
@pytest.mark.parametrize("fault", [{"status": 429, "retry_after": 30}, {"error": "missing_scope"}], ids=str)
def test_where_slack_does_not_say_who_is_there_it_goes_in_person(
    stage: Stage, method: str, fault: dict[str, object]
) -> None:
    """Once to each: nothing waits for the right to look, nor for ever for a limit to pass."""
    report(stage, "Bo")
    stage.deliver()
    written(stage, "Cora", "Cedar")
    stage.slack.advance(120)
    stage.slack.fault(method, **fault)
    stage.deliver(180)
    stage.slack.clear_faults()
    stage.tick()
    stage.deliver()
    assert sorted(posted_to(stage)) == sorted(ids(stage, "Ana", "Bo"))


def test_while_slack_is_away_it_waits_and_then_goes_where_it_belongs(stage: Stage) -> None:
    """A short break sends nobody a direct message."""
    report(stage, "Bo")
    stage.deliver()
    written(stage, "Cora", "Cedar")
    stage.slack.advance(120)
    stage.slack.fault("conversations.info", status=503, times=2)
    stage.deliver()
    assert posted_to(stage) == [channel_of(stage, "Cedar")]


def test_while_slack_stays_away_it_goes_in_person(stage: Stage) -> None:
    report(stage, "Bo")
    stage.deliver()
    written(stage, "Cora", "Cedar")
    stage.slack.advance(120)
    stage.slack.fault("conversations.info", error="internal_error")
    stage.deliver()
    assert sorted(posted_to(stage)) == sorted(ids(stage, "Ana", "Bo"))


def join_team(stage: Stage, name: str, team: str, role: Role) -> None:
    who = {"member_id": stage.cast.members[name], "team_id": stage.cast.teams[team]}
    row = {**who, "collaborative_id": stage.cast.collaborative.id, "role": role, "joined_on": FIRST_MONTH}
    stage.db.write(lambda db: db.execute(insert(roles).values(row)))


def test_a_person_in_two_teams_reads_each_teams_words_once(stage: Stage) -> None:
    """And is in both channels without making either open."""
    join_team(stage, "Bo", "Birch", Role.TEAM_MEMBER)
    birch = [stage.cast.slack[name] for name in (*OWN["Birch"], "Bo")]
    stage.slack.change_channel(channel_of(stage, "Birch"), members=birch, private=True)
    stage.slack.advance(11 * 60)
    stage.know_channels()
    report(stage, "Ana")
    report(stage, "Chidi")
    stage.deliver()
    assert "those in #cedar" in written(stage, "Cora", "Cedar")
    assert "those in #birch" in written(stage, "Cora", "Birch", words="Ask the front desk")
    stage.slack.change_channel(channel_of(stage, "Birch"), private=False)
    stage.slack.change_channel(channel_of(stage, "Cedar"), private=False)
    stage.deliver()
    bo = stage.person("Bo")
    assert (reads(stage, bo), reads(stage, bo, "Ask the front desk")) == (["im"], ["im"])
    assert reads(stage, stage.person("Chidi")) == []


def test_a_coach_who_is_also_a_reporter_reads_it_once_and_opens_no_channel(stage: Stage) -> None:
    """Cora coaches Cedar, and reports for it as well; she is one of those in the channel either way."""
    join_team(stage, "Cora", "Cedar", Role.REPORTER)
    report(stage, "Bo")
    stage.deliver()
    assert "those in #cedar" in written(stage, "Cora", "Cedar")
    stage.slack.change_channel(channel_of(stage, "Cedar"), private=False)
    stage.deliver()
    assert sorted(posted_to(stage)) == sorted(ids(stage, "Ana", "Bo", "Cora"))
    assert reads(stage, stage.person("Cora")) == ["im"]


def test_a_reporter_of_one_team_who_coaches_another_is_no_reader_of_a_third(stage: Stage) -> None:
    """Ben coaches Dogwood and reports for Birch: among Cedar's people he is another."""
    join_team(stage, "Ben", "Birch", Role.REPORTER)
    members = [stage.cast.slack[name] for name in (*OWN["Cedar"], "Ben")]
    stage.slack.change_channel(channel_of(stage, "Cedar"), members=members)
    report(stage, "Bo")
    stage.deliver()
    stage.slack.advance(11 * 60)
    stage.know_channels()
    assert "others can read #cedar, too." in written(stage, "Cora", "Cedar")
    stage.deliver()
    assert reads(stage, stage.person("Ben")) == []
    assert reads(stage, stage.person("Ana")) == ["im"]


def test_who_left_the_team_reads_no_more_though_still_in_its_channel(stage: Stage) -> None:
    report(stage, "Ana")
    stage.deliver()
    written(stage, "Cora", "Cedar")
    stage.db.write(lambda db: leave(db, stage.cast, "Bo", T0.date()))
    stage.deliver()
    assert posted_to(stage) == [stage.cast.slack["Ana"]]
    assert reads(stage, stage.person("Bo")) == []


def test_where_nobody_can_read_it_in_person_the_coach_hears_why(stage: Stage) -> None:
    """Nothing is lost: she may try again when the channel is private."""
    report(stage, "Ana")
    stage.deliver()
    written(stage, "Cora", "Cedar")
    cora, channel = stage.person("Cora"), channel_of(stage, "Cedar")
    stage.slack.change_channel(channel, private=False)
    for name in ("Ana", "Bo"):
        stage.db.write(lambda db, name=name: leave(db, stage.cast, name, T0.date()))
    stage.deliver()
    assert posted_to(stage) == []
    lost = stage.post(cora, "could not be delivered", "Momentum")
    assert "others can read that channel, and I can reach nobody of the team" in lost.all_text


def test_a_reminder_for_a_team_goes_in_person_where_others_can_read_its_channel(stage: Stage) -> None:
    """What a team owes is its own concern; once it is done all who were reminded read so."""
    due, morning = T0.date() + timedelta(days=8), T0 + timedelta(hours=22)
    milestone(stage, "Storyboard", due, team="Birch")
    milestone(stage, "Agenda", due, team="Cedar")
    stage.slack.set_clock(to=morning.timestamp())
    stage.tick()
    stage.deliver()
    chidi = stage.person("Chidi")
    assert sorted(posted_to(stage, "milestone")) == sorted([channel_of(stage, "Cedar"), chidi.id])
    assert reads(stage, stage.person("Dana"), "Storyboard") == []
    chidi.press("Done", in_=stage.post(chidi, "Storyboard", "Momentum"))
    stage.slack.wait_for(lambda: stage.count(milestones, milestones.c.done_on.is_not(None)))
    stage.deliver()
    assert "Done: Storyboard" in stage.post(chidi, "Storyboard", "Momentum").all_text


def test_what_failed_and_is_tried_again_is_looked_at_again(stage: Stage) -> None:
    """The channel was archived; when the host tries again it is open, too."""
    report(stage, "Bo")
    stage.deliver()
    written(stage, "Cora", "Cedar")
    channel, hana = channel_of(stage, "Cedar"), stage.person("Hana")
    stage.slack.change_channel(channel, archived=True)
    stage.deliver()
    stage.slack.change_channel(channel, archived=False, private=False)
    hana.press("Try again", in_=stage.post(hana, "did not get through", "Momentum"))
    stage.slack.wait_for(lambda: stage.count(outbox_messages, outbox_messages.c.state == "pending"))
    stage.deliver()
    assert sorted(posted_to(stage)) == sorted(ids(stage, "Ana", "Bo"))
    assert reads(stage, stage.person("Dana")) == []
