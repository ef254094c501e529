"""A collaborative that counts nothing: its teams tell of their month in words, and all else is as usual."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update

from handlers.files.plan import collaborative as collaborative_file
from handlers.files.plan.problems import UnreadableFileError
from models.database import Database
from models.tables.measure import measures
from models.tables.people import teams
from models.tables.report import reports
from playground.client import Person
from tests.handlers.stage import Stage, staged
from tests.plans import changed

EVE = datetime(2026, 7, 9, 14, tzinfo=UTC)  # the reports are due on Friday
DUE_DAY = datetime(2026, 7, 10, 14, tzinfo=UTC)
MONDAY = datetime(2026, 7, 13, 12, tzinfo=UTC)


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    """A stage on each kind of database in turn, for teams that are asked for no number."""
    with staged(database) as opened:
        database.write(lambda db: db.execute(delete(measures)))
        own = [opened.cast.slack[name] for name in ("Ana", "Bo", "Cora")]
        channel = opened.slack.add_channel("cedar", own, private=True)
        cedar = teams.c.id == opened.cast.teams["Cedar"]
        database.write(lambda db: db.execute(update(teams).where(cedar).values(channel=channel)))
        opened.know_channels()
        yield opened


def until(stage: Stage, moment: datetime) -> None:
    """Let time pass, and the clock jobs and delivery do what is theirs."""
    stage.slack.set_clock(to=moment.timestamp())
    for _ in range(2):
        stage.tick()
        stage.deliver()


def tell(stage: Stage, name: str, tested: str) -> None:
    """Report the month that is due."""
    person = stage.person(name)
    stage.open_report(person, "June 2026", "Step 1 of 1")
    person.fill("What did you test?", tested)
    person.submit()
    stage.modal(person, "Kept.")
    person.close()
    stage.deliver()


def asked(person: Person) -> list[str]:
    """The reminders a person got."""
    return [each.all_text for each in person.messages("Momentum") if "Report now" in each.buttons]


def test_teams_that_count_nothing_report_in_words_and_are_reminded_thanked_and_read(stage: Stage) -> None:
    """R31: no numbers, still on time or late, still reminded, still in the roll call and digest."""
    ana, bo, chidi, cora = (stage.person(name) for name in ("Ana", "Bo", "Chidi", "Cora"))
    until(stage, EVE)
    [reminder] = asked(ana)
    assert "A few words are enough." in reminder
    stage.open_report(bo, "June 2026", "Step 1 of 1")
    bo.submit()
    stage.modal(bo, "There is nothing in this report yet. A few words are enough.")
    bo.close()
    bo.close()
    tell(stage, "Bo", "Cuffs in every room")

    card = stage.post(chidi, "Cedar reported June 2026")
    assert card.text == "Cedar reported June 2026, in words."
    assert "*What did you test?*\nCuffs in every room" in card.all_text
    assert card.buttons == ["Correct", "Give feedback", "Take words out"]
    assert "Cedar ✔" in stage.post(chidi, "1 of 4 teams is in for June").all_text

    until(stage, DUE_DAY)
    assert ["Sent by Bo." in each.all_text for each in ana.messages("Momentum")] == [True]
    assert len(asked(chidi)) == 2
    until(stage, MONDAY)
    tell(stage, "Chidi", "A second reading")
    assert "late" not in stage.post(chidi, "Birch reported June 2026").all_text
    assert stage.count(reports, reports.c.is_late.is_(True)) == 1
    [digest] = [each for each in cora.messages("Momentum") if each.text.startswith("Your digest")]
    assert "*June* In: Cedar." in digest.all_text
    assert "*Cedar*, June 2026: waits for 4 days" in digest.all_text
    cora.press("Give feedback", in_=digest)
    stage.modal(cora, "Cedar, June 2026", "Cuffs in every room")


def test_what_shows_numbers_says_that_there_are_none(stage: Stage) -> None:
    """A chart that is asked for, what is asked, and the form to print."""
    bo, hana = stage.person("Bo"), stage.person("Hana")
    bo.command(stage.channel, "/momentum chart")
    stage.slack.wait_for(lambda: bo.ephemerals(stage.channel))
    assert "There is no team or no measure to chart yet." in bo.ephemerals(stage.channel)[-1].text
    bo.open_home()
    home = stage.slack.wait_for(lambda: bo.home)
    assert "*Your June report is next.*" in home.all_text
    bo.press("What is asked")
    stage.modal(bo, "No number is asked for: a few words about your month are enough.")
    bo.close()
    bo.command(stage.channel, "/momentum form")
    stage.slack.wait_for(lambda: bo.messages("Momentum"))
    tell(stage, "Bo", "Cuffs in every room")
    bo.press("Correct", in_=stage.post(bo, "Cedar reported June 2026"))
    stage.modal(bo, "Step 1 of 1")
    bo.fill("What got better?", "Fewer repeats")
    bo.submit()
    stage.modal(bo, "Kept.")
    stage.deliver()
    assert "Fewer repeats" in stage.post(bo, "Cedar reported June 2026").all_text
    hana.command(stage.channel, "/momentum export")
    stage.slack.wait_for(lambda: [each for each in hana.messages("Momentum") if each.files])


def test_a_file_says_that_nothing_is_counted_by_a_word() -> None:
    """“none” is a choice; measures left out are a slip, and the refusal names both ways."""
    text = changed(("    optional measures: [Repeat blood pressure taken]      # Elm is small\n", ""))
    without = text[: text.index("measures:\n")].replace("  measured by: Blood pressure control\n", "")
    assert collaborative_file.read(f"{without}measures: none\n".encode()).measures == ()
    with pytest.raises(UnreadableFileError) as refused:
        collaborative_file.read(without.encode())
    (problem,) = refused.value.problems
    assert problem.words().endswith("Expected a list of measures, each beginning with “- name:”, or “none”.")
