"""How teams take part: what a coach and the host read in "Taking part", and nobody else."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Connection, insert, update

from models.database import Database
from models.errors import DomainError
from models.rules.coaching.feedback import FeedbackWords, TeamAnswer
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Role, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.report.report import Entry, Narrative
from models.services.coaching import feedback
from models.services.coaching.participation import FOR_COACH_AND_HOST, seen_by
from models.services.collaborative import visitors
from models.services.report.form import form_for
from models.services.report.submit import submit
from models.tables.people import roles
from models.tables.reminder import expectations
from playground.client import Message, Modal, Person
from tests.cast import PEOPLE, Cast, lay_down, remember
from tests.handlers.stage import Stage

ON_TIME = datetime(2026, 7, 7, 15, 0, tzinfo=UTC)
LATE = datetime(2026, 7, 13, 15, 0, tzinfo=UTC)
MONDAY = datetime(2026, 7, 20, 12, 0, tzinfo=UTC)


def visitor(stage: Stage, name: str) -> Visitor:
    """One of the cast in this playground's workspace."""
    return Visitor(stage.slack.app["team_id"], stage.cast.slack[name])


def reported(stage: Stage, name: str, team: str, at: datetime, words: str = "") -> int:
    """The id of a June report as it came then."""

    def unit(db: Connection) -> int:
        acting = visitors.insist(db, visitor(stage, name), Deed.REPORT, stage.cast.teams[team])
        form = form_for(db, acting, at, stage.cast.periods["June 2026"])
        entries = [Entry(stage.cast.measures["M1"], Value(Decimal(42), Decimal(60)))]
        sent = submit(db, form, entries, Narrative(tested=words), at)
        return sent.report_id

    return stage.db.write(unit)


def heard(stage: Stage, report_id: int, answer: TeamAnswer | None) -> None:
    """Cora's feedback on a report, with Bo's answer if he gave one."""

    def unit(db: Connection) -> None:
        cora = feedback.advising(db, visitor(stage, "Cora"), report_id)
        told = feedback.give(db, cora, report_id, FeedbackWords(liked="A secret of ours"), LATE)
        if answer:
            bo = feedback.answering(db, visitor(stage, "Bo"), told.id)
            feedback.answer(db, bo, told.id, answer, LATE)

    stage.db.write(unit)


def cannot(stage: Stage, team: str) -> None:
    """A team said why it cannot report June."""
    row = {
        "collaborative_id": stage.cast.collaborative.id,
        "team_id": stage.cast.teams[team],
        "period_id": stage.cast.periods["June 2026"],
        "said": "cannot",
        "reason": "The registry is down",
        "member_id": stage.cast.members["Eve"],
        "at": ON_TIME,
    }
    stage.db.write(lambda db: db.execute(insert(expectations).values(row)))


def from_table(stage: Stage, team: str, month: date) -> None:
    """A month as a table has it."""
    value = {month: Value(Decimal(40), Decimal(60))}
    stage.db.write(lambda db: remember(db, stage.cast, team, "M1", value))


def digest(stage: Stage, person: Person) -> Message:
    """A person's digest of this moment."""
    had = len(person.messages("Momentum"))
    person.command(stage.channel, "/momentum digest")
    stage.slack.wait_for(lambda: person.ephemerals(stage.channel))
    stage.deliver()
    assert len(person.messages("Momentum")) > had
    return person.messages("Momentum")[-1]


def window(stage: Stage, person: Person) -> Modal:
    """What a person reads behind "Taking part"."""
    person.press("Taking part", in_=digest(stage, person))
    return stage.modal(person, "Taking part", "There is no score")


@pytest.fixture
def june(stage: Stage) -> Stage:
    """June as the teams reported it, or did not, ten days after its due day."""
    cedar = reported(stage, "Bo", "Cedar", ON_TIME, "Cuffs in every room")
    heard(stage, cedar, TeamAnswer.HELPED)
    heard(stage, cedar, None)
    reported(stage, "Hana", "Dogwood", LATE)
    from_table(stage, "Dogwood", date(2026, 5, 1))
    cannot(stage, "Elm")
    stage.slack.set_clock(to=MONDAY.timestamp())
    stage.deliver()
    return stage


def test_a_coach_reads_how_her_teams_take_part_with_the_months_behind_it(june: Stage) -> None:
    """Words with their reasons, by name, of her own teams alone."""
    shown = window(june, june.person("Cora")).all_text
    birch = "*Birch*: 0 of 1 report in.\nNot in: June."
    cedar = "*Cedar*: 1 of 1 report in; words in 1; answered 1 of 2 feedbacks."
    assert f"{birch}\n{cedar}\nFeedback that helped: June. Not answered: June." in shown
    assert not {"Dogwood", "Elm", "secret"} & set(shown.replace("*", " ").split())


def test_the_host_reads_of_all_teams_and_no_word_that_is_between_team_and_coach(june: Stage) -> None:
    """Late, sent by staff, known from a table, or excused; what was before all began is no part of it."""
    from_table(june, "Birch", date(2026, 6, 1))
    shown = window(june, june.person("Hana")).all_text
    dogwood = "*Dogwood*: 1 of 1 report in, 1 late, 1 sent for them; words in 0."
    assert f"{dogwood}\nIn late: June (3 days). Sent for them: June. Numbers without words: June." in shown
    assert "*Elm*: 0 of 1 report in.\nThey said they cannot: June." in shown
    assert shown.index("*Birch*") < shown.index("*Cedar*") < shown.index("*Dogwood*") < shown.index("*Elm*")
    assert "*Birch*: 1 month from a table." in shown
    assert "May" not in shown
    assert "registry" not in shown
    assert "secret" not in shown


@pytest.mark.who_may("participation")
def test_who_coaches_and_hosts_no_more_is_refused_kindly(june: Stage) -> None:
    """The button stays in an old digest; a reporter and a coordinator learn whose it is to read."""
    cora, hana = june.person("Cora"), june.person("Hana")
    held = {cora: digest(june, cora), hana: digest(june, hana)}
    for name, role in (("Cora", Role.REPORTER), ("Hana", Role.COORDINATOR)):
        become = update(roles).where(roles.c.member_id == june.cast.members[name]).values(role=role)
        june.db.write(lambda db, become=become: db.execute(become))
    for person, message in held.items():
        person.press("Taking part", in_=message)
        june.slack.wait_for(lambda person=person: person.ephemerals("Momentum"))
        assert [each.text for each in person.ephemerals("Momentum")] == [FOR_COACH_AND_HOST]
        assert not person.modals


def test_a_coordinators_digest_has_no_such_button(june: Stage) -> None:
    """What nobody may press is not offered."""
    assert "Taking part" not in digest(june, june.person("Ravi")).buttons


TEAMS_SEEN = {"Cora": ["Birch", "Cedar"], "Ben": ["Dogwood"], "Hana": ["Birch", "Cedar", "Dogwood", "Elm"]}


@pytest.mark.parametrize("name", [*(name for name in PEOPLE if PEOPLE[name]), "an outsider"])
def test_each_sees_the_teams_that_are_theirs_to_see(database: Database, name: str) -> None:
    """Before anything was due there is nothing to say of a team."""

    def seen(db: Connection, cast: Cast) -> list[str]:
        found = seen_by(db, cast.visitor(name), cast.collaborative.id, ON_TIME)
        assert not any(each.months for each in found)
        return [each.team.name for each in found]

    assert _or_refused(database, seen) == TEAMS_SEEN.get(name, FOR_COACH_AND_HOST)


def test_another_collaborative_is_refused_in_the_same_words(database: Database) -> None:
    """The number in a button is a hint."""

    def elsewhere(db: Connection, cast: Cast) -> list[str]:
        other = lay_down(db, "T0OTHER", "C0OTHER")
        return [each.team.name for each in seen_by(db, cast.visitor("Hana"), other.collaborative.id, ON_TIME)]

    assert _or_refused(database, elsewhere) == FOR_COACH_AND_HOST


def _or_refused(database: Database, look: Callable[[Connection, Cast], list[str]]) -> list[str] | str:
    try:
        return database.write(lambda db: look(db, lay_down(db)))
    except DomainError as refused:
        return str(refused)
