"""What Slack says of the teams' channels is kept: read in pages, believed while nothing changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from handlers.delivery import asking
from handlers.registry import CLOCK
from models.database import Database
from models.rules.collaborative.audience import Openness, Readers, openness
from models.rules.collaborative.people import Team
from models.services.delivery import audiences, places
from models.services.delivery.places import AGAIN
from models.tables.channel import channel_members, channels
from models.tables.outbox import pace
from models.tables.people import teams
from playground.client import Person
from tests.cast import withdraw
from tests.clock import T0
from tests.handlers.stage import Stage, staged

TEAM = ("Ana", "Bo", "Cora")


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    """Cedar has a private channel, of which Slack was never asked."""
    with staged(database) as opened:
        own = [opened.cast.slack[name] for name in TEAM]
        channel = opened.slack.add_channel("cedar", own, private=True)
        cedar = teams.c.id == opened.cast.teams["Cedar"]
        database.write(lambda db: db.execute(update(teams).where(cedar).values(channel=channel)))
        yield opened


def cedars(stage: Stage) -> str:
    channel = stage.person("Bo").screen().channel_id("#cedar")
    assert channel
    return channel


def why(stage: Stage, readers: Readers = Readers.COACHING) -> Openness | None:
    """Why Cedar's channel is open to others, as far as is known now."""
    team = Team(stage.cast.teams["Cedar"], "cedar", "Cedar", cedars(stage))
    workspace, now = stage.cast.collaborative.workspace_id, stage.clock.now()
    place = stage.db.read(lambda db: audiences.of_team(db, workspace, team, readers, now))
    assert place
    return place.openness


def doubted(stage: Stage) -> bool:
    """Whether the bot was told of a change since Slack was asked."""
    return stage.count(channels, channels.c.changes > 0, channels.c.ask_at <= T0) == 1


def test_a_channel_of_which_slack_was_not_asked_counts_as_open_until_it_is(stage: Stage) -> None:
    assert why(stage) is Openness.UNKNOWN
    stage.know_channels()
    assert why(stage) is None
    stage.slack.advance(31 * 60)
    assert why(stage) is Openness.UNKNOWN


def test_a_clock_set_back_makes_nothing_known(stage: Stage) -> None:
    stage.know_channels()
    past = T0 - timedelta(hours=1)
    known = stage.db.read(lambda db: places.known(db, stage.cast.collaborative.workspace_id, cedars(stage)))
    assert known
    assert not known.is_fresh(past)


COMING: dict[str, tuple[str, Openness | None, Openness | None]] = {
    "Chidi": ("a peer", Openness.OTHERS, Openness.OTHERS),
    "Ben": ("another coach", Openness.OTHERS, Openness.OTHERS),
    "Fay": ("faculty", Openness.OTHERS, Openness.OTHERS),
    "Ravi": ("the coordinator", Openness.OTHERS, None),
    "Hana": ("the host", Openness.OTHERS, None),
}


@pytest.mark.parametrize("name", COMING)
def test_who_comes_in_is_known_at_once(stage: Stage, name: str) -> None:
    """Slack tells of it, and until it is asked anew nothing is believed."""
    stage.know_channels()
    members = [stage.cast.slack[each] for each in (*TEAM, name)]
    stage.slack.change_channel(cedars(stage), members=members)
    stage.slack.wait_for(lambda: doubted(stage))
    assert why(stage) is Openness.UNKNOWN
    stage.know_channels()
    assert (why(stage), why(stage, Readers.TEAM)) == COMING[name][1:]
    stage.slack.change_channel(cedars(stage), members=members[:-1])
    stage.slack.wait_for(lambda: doubted(stage))
    stage.know_channels()
    assert why(stage) is None


def test_a_channel_shared_with_another_organization_is_open_until_it_is_no_more(stage: Stage) -> None:
    stage.know_channels()
    for other, reason in (("T0CLINIC", Openness.SHARED), ("", None)):
        stage.slack.change_channel(cedars(stage), shared_with=other)
        stage.slack.wait_for(lambda: doubted(stage))
        stage.know_channels()
        assert why(stage) is reason


def test_a_channel_made_public_is_known_within_ten_minutes(stage: Stage) -> None:
    """Slack has no event for it that does not bring every message people write, too."""
    stage.know_channels()
    stage.slack.change_channel(cedars(stage), private=False)
    assert why(stage) is None
    stage.slack.advance(AGAIN.total_seconds())
    stage.know_channels()
    assert why(stage) is Openness.PUBLIC
    assert stage.count(channel_members) == 0


def test_a_bot_that_is_not_in_the_channel_knows_nothing_of_it(stage: Stage) -> None:
    channel = cedars(stage)
    stage.slack.change_channel(channel, bot=False)
    stage.know_channels()
    assert why(stage) is Openness.UNKNOWN
    assert stage.count(channels, channels.c.is_private.is_(None)) == 1


@pytest.fixture
def crowd(stage: Stage) -> list[str]:
    """Three thousand people."""
    ids = [f"U0P{number}" for number in range(3_000)]
    for each in ids:
        stage.slack.call("POST", "/control/people", {"id": each, "name": each})
    return ids


def test_a_member_list_of_three_thousand_is_read_in_pages(stage: Stage, crowd: list[str]) -> None:
    """All of it, in fifteen calls and one more; and what is kept is exactly who is there."""
    own = [stage.cast.slack[name] for name in TEAM]
    large = stage.slack.add_channel("large", [*crowd, *own], private=True)
    stage.db.write(lambda db: db.execute(update(teams).values(channel=large)))
    stage.know_channels()
    pages = stage.slack.journal("api", method="conversations.members")
    assert len(pages) == 16
    assert {each["arguments"]["limit"] for each in pages} <= {asking.PAGE, str(asking.PAGE)}
    workspace = stage.cast.collaborative.workspace_id
    known = stage.db.read(lambda db: places.known(db, workspace, large))
    assert known
    assert known.place.members == {*crowd, *own}
    assert openness(known.place, {*crowd, *own}) is None
    assert openness(known.place, own) is Openness.OTHERS


FAULTS = (
    {"method": "conversations.info", "error": "internal_error"},
    {"method": "conversations.info", "status": 503},
    {"method": "conversations.members", "status": 429, "retry_after": 40},
    {"method": "conversations.members", "drop": "after"},
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(min(fault.items())))
def test_while_slack_does_not_say_nothing_is_believed_and_it_is_asked_again(
    stage: Stage, fault: dict[str, object]
) -> None:
    """No turn of the clock asks in vain meanwhile."""
    stage.know_channels()
    stage.slack.change_channel(cedars(stage), members=[stage.cast.slack[name] for name in (*TEAM, "Hana")])
    stage.slack.wait_for(lambda: doubted(stage))
    stage.slack.fault(**fault)
    for _ in range(3):
        stage.know_channels()
    method = str(fault["method"])
    before = len(stage.slack.journal("api", method=method))
    stage.know_channels()
    assert len(stage.slack.journal("api", method=method)) == before
    assert why(stage) is Openness.UNKNOWN
    assert stage.count(pace, pace.c.method == places.METHOD) == 1
    stage.slack.clear_faults()
    stage.slack.advance(61)
    stage.know_channels()
    assert why(stage, Readers.TEAM) is None


def test_an_answer_from_before_a_change_is_not_kept(stage: Stage) -> None:
    """Somebody came while Slack was being asked: who was there before is nobody's concern."""
    workspace, channel = stage.cast.collaborative.workspace_id, cedars(stage)
    stage.know_channels()
    request = stage.db.read(lambda db: places.to_ask(db, workspace, channel))
    place = asking.ask(stage.slack_client, channel, None)
    stage.db.write(lambda db: places.doubt(db, stage.slack.app["team_id"], channel))
    now = stage.clock.now()
    assert not stage.db.write(lambda db: places.keep(db, request, place, now))
    assert why(stage) is Openness.UNKNOWN


def test_what_is_no_teams_channel_any_more_is_forgotten(stage: Stage) -> None:
    stage.know_channels()
    stage.db.write(lambda db: withdraw(db, stage.cast, "Cedar", T0.date()))
    later = T0 + AGAIN
    stage.db.write(lambda db: places.let_go(db, later))
    assert (stage.count(channels), stage.count(channel_members)) == (0, 0)


@pytest.mark.who_may("places")
def test_only_the_hosts_and_coordinators_are_told_which_channels_are_open(stage: Stage) -> None:
    """On their Home tab, with what it means and what mends it; of other people's comings nothing is kept."""
    stage.slack.change_channel(cedars(stage), private=False)
    stage.know_channels()
    for name in ("Hana", "Ravi"):
        home = read_home(stage, name)
        assert f"Everybody in this workspace can read <#{cedars(stage)}> (Cedar): make it private" in home
        assert "goes to each of its people by direct message" in home
    for name in ("Ana", "Cora", "Chidi", "Fay"):
        assert "Open team channels" not in read_home(stage, name)
    stage.slack.change_channel(stage.channel, members=[stage.cast.slack["Ana"]])
    assert stage.count(channels) == 1


def read_home(stage: Stage, name: str) -> str:
    person = stage.person(name)
    person.open_home()
    return str(stage.slack.wait_for(lambda: _text(person)))


def _text(person: Person) -> str:
    """What stands on the tab; nothing before the bot has published one."""
    home = person.screen().home
    return home.all_text if home else ""


def test_the_clock_asks_about_nothing_without_slack(stage: Stage) -> None:
    CLOCK["places"](replace(stage.deps, slack=None))
    assert stage.count(channels) == 0
