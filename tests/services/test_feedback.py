"""Who may give feedback, answer it and see flags; how days are counted; whose digest holds what."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import Connection, select

from handlers.digest.listeners import written
from handlers.registry import SECTIONS
from models.database import Database
from models.errors import DomainError
from models.rules.coaching.feedback import FeedbackWords, TeamAnswer
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import REFUSALS, Deed
from models.rules.report.report import Entry, Narrative
from models.services import digest
from models.services.coaching import feedback, flags
from models.services.coaching.feedback_queue import paces, uncovered, waiting
from models.services.collaborative import visitors
from models.services.delivery import accounts
from models.services.report.form import form_for
from models.services.report.submit import submit
from models.tables.outbox import outbox_messages
from tests.cast import PEOPLE, SLACK_TEAM, Cast, lay_down, leave, remember

SENT_AT = datetime(2026, 7, 7, 15, 0, tzinfo=UTC)
NOW = datetime(2026, 7, 13, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
WORDS = FeedbackWords(liked="On time")
EVERYBODY = [*(name for name in PEOPLE if PEOPLE[name]), "an outsider"]


def reported(
    database: Database, cast: Cast, name: str, at: datetime = SENT_AT, slack_team: str = SLACK_TEAM
) -> int:
    """The id of the June report one of the cast sends."""

    def unit(db: Connection) -> int:
        acting = visitors.able(db, Visitor(slack_team, cast.slack[name]), Deed.REPORT)[0]
        entries = [Entry(cast.measures["M1"], Value(Decimal(42), Decimal(60)))]
        form = form_for(db, acting, at, cast.periods["June 2026"])
        words = Narrative(barriers=f"{name} waits for a cuff")
        return submit(db, form, entries, words, at).report_id

    return database.write(unit)


def given(database: Database, cast: Cast, by: str, report_id: int, at: datetime = NOW) -> int:
    """The id of the feedback somebody gives."""

    def unit(db: Connection) -> int:
        acting = feedback.advising(db, cast.visitor(by), report_id)
        return feedback.give(db, acting, report_id, WORDS, at).id

    return database.write(unit)


def who_may(database: Database, cast: Cast, act: Callable[..., object]) -> set[str]:
    """The names of those whom an act does not refuse."""
    allowed = set()
    for name in EVERYBODY:
        try:
            database.read(partial(act, visitor=cast.visitor(name)))
        except DomainError:
            continue
        allowed.add(name)
    return allowed


def test_coaches_and_staff_give_feedback_and_the_team_answers(database: Database, cast: Cast) -> None:
    """Requirement 7.3: coach feedback is between the team, its coach and the staff."""
    cedar = reported(database, cast, "Bo")
    may_give = partial(feedback.advising, report_id=cedar)
    assert who_may(database, cast, may_give) == {"Cora", "Ravi", "Hana"}
    may_answer = partial(feedback.answering, feedback_id=given(database, cast, "Cora", cedar))
    assert who_may(database, cast, may_answer) == {"Ana", "Bo"}


@pytest.mark.who_may("flags")
def test_flags_are_for_the_coach_and_the_host_alone(database: Database, cast: Cast) -> None:
    """Requirement N7: not for the team, peers, other coaches, faculty or the coordinator."""
    may_see = partial(flags.seeing, team_id=cast.teams["Dogwood"])
    assert who_may(database, cast, may_see) == {"Ben", "Hana"}


@pytest.mark.who_may("digest")
def test_digests_are_for_coaches_coordinators_and_hosts(database: Database, cast: Cast) -> None:
    """Everybody else is nobody's reader."""
    readers = {
        name for name in EVERYBODY if database.read(partial(digest.readers, visitor=cast.visitor(name)))
    }
    assert readers == {"Cora", "Ben", "Hana", "Ravi"}


@pytest.mark.who_may("feedback")
@pytest.mark.parametrize("elsewhere", ["another collaborative's", "none at all"])
def test_ids_that_are_not_theirs_are_refused_in_the_same_words(
    database: Database, cast: Cast, elsewhere: str
) -> None:
    """Nobody learns whether something exists by trying ids."""
    other = database.write(lambda db: lay_down(db, "T0OTHER", "C0OTHER"))
    known = elsewhere.startswith("another")
    theirs = reported(database, other, "Bo", slack_team="T0OTHER") if known else 10**6
    cora = cast.visitor("Cora")
    with pytest.raises(DomainError, match=REFUSALS[Deed.GIVE_FEEDBACK]):
        database.read(lambda db: feedback.advising(db, cora, theirs))
    with pytest.raises(DomainError, match=REFUSALS[Deed.ANSWER_FEEDBACK]):
        database.read(lambda db: feedback.answering(db, cast.visitor("Bo"), theirs))
    with pytest.raises(DomainError, match=REFUSALS[Deed.SEE_TO_FLAG]):
        database.read(lambda db: flags.seeing(db, cora, other.teams["Cedar"]))


def test_no_digest_holds_another_coaches_teams(database: Database, cast: Cast) -> None:
    """Her teams only: nothing of Cedar and Birch is in Ben's, nothing of Dogwood in Cora's."""
    for name in ("Bo", "Chidi", "Dana"):
        reported(database, cast, name, SENT_AT)
    fall = {date(2026, month, 1): Value(Decimal(60 - month), Decimal(60)) for month in (2, 3, 4, 5)}
    for team in ("Cedar", "Dogwood"):
        database.write(partial(remember, cast=cast, team=team, measure="M1", history=fall))

    def said_to(name: str) -> str:
        def unit(db: Connection) -> str:
            [reader] = digest.readers(db, cast.visitor(name))
            sent = written(db, SECTIONS, reader, NOW)
            return f"{sent.text} {sent.blocks} {[picture.alt_text for picture in sent.pictures]}"

        return database.read(unit)

    assert not any(team in said_to("Ben") for team in ("Cedar", "Birch", "Elm"))
    assert not any(team in said_to("Cora") for team in ("Dogwood", "Elm"))
    assert "Falling" in said_to("Cora")
    assert "Falling" in said_to("Ben")
    assert "waits for a cuff" not in said_to("Hana")


def test_the_oldest_report_waits_at_the_top_until_somebody_reads_it(database: Database, cast: Cast) -> None:
    """Days are the collaborative's own, and any feedback ends the wait."""
    late = datetime(2026, 7, 12, 3, 30, tzinfo=UTC)  # still the 11th in New York
    reported(database, cast, "Chidi", late)
    cedar = reported(database, cast, "Bo")
    mine = database.read(lambda db: digest.readers(db, cast.visitor("Cora")))[0].teams
    look = partial(waiting, collaborative=cast.collaborative, of=mine, now=NOW)
    assert [(each.team.name, each.days) for each in database.read(look)] == [("Cedar", 6), ("Birch", 2)]
    given(database, cast, "Hana", cedar)
    assert [each.team.name for each in database.read(look)] == ["Birch"]


def test_days_to_feedback_are_counted_from_the_first_one(database: Database, cast: Cast) -> None:
    """The median of each coach's first feedbacks; a second one on the same report counts no more."""
    cedar, birch = reported(database, cast, "Bo"), reported(database, cast, "Chidi")
    given(database, cast, "Cora", cedar, SENT_AT + timedelta(days=1))
    given(database, cast, "Cora", cedar, SENT_AT + timedelta(days=5))
    given(database, cast, "Cora", birch, SENT_AT + timedelta(days=4))
    reported(database, cast, "Dana")
    ben, cora = database.read(lambda db: paces(db, cast.collaborative, NOW))
    assert (cora.given, cora.median_days, cora.waiting) == (2, 2.5, 0)
    assert (ben.given, ben.median_days, ben.waiting, ben.oldest_days) == (0, None, 1, 6)
    assert [team.name for team in database.read(lambda db: uncovered(db, cast.collaborative))] == ["Elm"]


def test_an_answer_can_change_and_the_same_again_changes_nothing(database: Database, cast: Cast) -> None:
    """What has not helped yet may help later."""
    told = given(database, cast, "Cora", reported(database, cast, "Bo"))

    def say(said: TeamAnswer) -> bool:
        def unit(db: Connection) -> bool:
            acting = feedback.answering(db, cast.visitor("Ana"), told)
            return feedback.answer(db, acting, told, said, NOW)

        return database.write(unit)

    assert [say(TeamAnswer.NOT_YET), say(TeamAnswer.NOT_YET), say(TeamAnswer.HELPED)] == [True, False, True]
    found = database.read(lambda db: feedback.find(db, told))
    assert (found.answer, found.answered_by) == (TeamAnswer.HELPED, "Ana")


def test_two_coaches_who_put_a_flag_aside_at_once_leave_one_reason(database: Database, cast: Cast) -> None:
    """The first reason counts; the history names who gave it."""
    fall = {date(2026, month, 1): Value(Decimal(60 - month), Decimal(60)) for month in (3, 4, 5)}
    database.write(partial(remember, cast=cast, team="Dogwood", measure="M1", history=fall))
    reported(database, cast, "Dana")
    team = cast.teams["Dogwood"]

    def put_aside(db: Connection, name: str) -> bool:
        acting = flags.seeing(db, cast.visitor(name), team)
        return flags.dismiss(db, acting, "falling:M1:2026-03", f"as {name} knows", NOW)

    assert database.write(partial(put_aside, name="Ben"))
    with pytest.raises(DomainError, match=flags.GONE):
        database.write(partial(put_aside, name="Hana"))
    [reader] = database.read(lambda db: digest.readers(db, cast.visitor("Ben")))
    [kept] = database.read(lambda db: flags.dismissed(db, cast.collaborative.id, reader.teams))
    assert (kept.by, kept.reason) == ("Ben", "as Ben knows")
    assert kept.words.startswith("Falling, and no test of change. BP control went down 3 months in a row")


def test_feedback_finds_somebody_of_the_team_or_says_that_there_is_nobody(
    database: Database, cast: Cast
) -> None:
    """Who sent the report if still there, else who reports; never the coach who sent it for them."""
    cedar = reported(database, cast, "Bo")
    database.write(lambda db: leave(db, cast, "Bo", TODAY))
    told = given(database, cast, "Cora", cedar)
    row = select(outbox_messages.c.channel).where(outbox_messages.c.subject == f"feedback:{told}")
    assert database.read(lambda db: db.scalar(row)) == cast.slack["Ana"]
    database.write(lambda db: leave(db, cast, "Ana", TODAY))
    with pytest.raises(DomainError, match="Cedar has no channel and nobody I can reach in Slack"):
        given(database, cast, "Cora", cedar)


def test_feedback_goes_past_who_cannot_be_reached(database: Database, cast: Cast) -> None:
    """Bo sent the report, and left Slack since: Ana reads it."""
    cedar = reported(database, cast, "Bo")
    workspace = cast.collaborative.workspace_id
    database.write(lambda db: accounts.lost(db, workspace, cast.slack["Bo"], NOW, ()))
    told = given(database, cast, "Cora", cedar)
    row = select(outbox_messages.c.channel).where(outbox_messages.c.subject == f"feedback:{told}")
    assert database.read(lambda db: db.scalar(row)) == cast.slack["Ana"]
