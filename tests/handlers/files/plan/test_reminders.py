"""Reminders and milestones in the collaborative's file: as the guide has them, or what to mend."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handlers.files.plan import collaborative as collaborative_file
from handlers.files.plan.problems import UnreadableFileError
from models.rules.reminders.reminders import Ladder
from models.rules.setup.plan import CollaborativePlan, MilestonePlan
from models.rules.setup.plan_changes import changes
from tests.plans import guide_text, plan

GUIDE = Path(__file__).parents[4] / "docs" / "reminders.md"


def read(part: str) -> CollaborativePlan:
    return collaborative_file.read(f"{guide_text()}\n{part}\n".encode())


def refusal(part: str) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        read(part)
    return str(refused.value)


def test_the_guides_example_is_read_as_it_says() -> None:
    """What docs/reminders.md shows is what the program takes."""
    found = re.search(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    wanted = read(found[1])
    ladder = wanted.reminders
    assert (ladder.before, ladder.after, ladder.coach, ladder.hours) == ((7, 3, 1, 0), (1, 3), 5, (9, 17))
    assert ladder.holidays == "US-NY"
    assert ladder.words.coach == "{team}'s {month} report is not in yet. Could you give them a ring?"
    assert wanted.milestones == (
        MilestonePlan("storyboard", date(2026, 9, 1), "Storyboard", team="cedar"),
        MilestonePlan("learning-session-2", date(2026, 9, 15), "Learning session 2", "hana-novak"),
        MilestonePlan("halfway-survey", date(2026, 10, 1), "Halfway survey"),
    )


def test_a_file_without_them_has_the_usual_ladder() -> None:
    assert plan().reminders == Ladder()
    assert read("reminders: {before: none, after: none}").reminders == Ladder(before=(), after=())


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("reminders: {before: [7, soon]}", "up to 6 different days from 0 to 28, like [7, 3, 1, 0]"),
        ("reminders: {hours: 18-8}", "expected full hours of one day like 8-18"),
        ("reminders: {holidays: US-XX}", "one of its parts: US-AK"),
        ("reminders: {holidays: Mars}", "Expected a country like US or DE"),
        ("reminders: {words: {before: 'Hello {nane}'}}", "Did you mean “name”?"),
        ("reminders: {words: {thanks: 'Thanks {name}'}}", "Expected {teams}, {month}."),
        ("reminders: {words: {today: 'Today {'}}", "a brace that stands alone"),
        ("milestones: [{on: 2026-02-30, what: Survey}]", "expected a day like 2026-09-15"),
        ("milestones: [{on: 2026-09-15, what: Survey, owner: Hannah Novak}]", "Did you mean “Hana Novak”?"),
        ("milestones: [{on: 2026-09-15, what: Survey}, {on: 2026-10-15, what: Survey}]", "stands in line"),
    ],
)
def test_what_cannot_be_understood_is_named(part: str, said: str) -> None:
    """A host hears what was found and what is expected, before anything changes."""
    assert said in refusal(part)


def test_changes_are_shown_before_they_are_made() -> None:
    """A line for each thing about reminders, milestones and time zones that changes."""
    old = plan()
    cedar = replace(old.teams[0], time_zone="America/Denver")
    new = replace(
        old,
        reminders=Ladder(before=(3, 0), hours=(9, 17), holidays="US"),
        milestones=(MilestonePlan("survey", date(2026, 9, 15), "Survey", team="cedar"),),
        teams=(cedar, *old.teams[1:]),
    )
    assert changes(old, new) == (
        "Cedar: time zone: none -> America/Denver",
        "Reminders before the due day: 7, 3, 1, 0 -> 3, 0",
        "Hours for reminders: 8:00 to 18:00 -> 9:00 to 17:00",
        "Holidays without reminders: none -> US",
        "New milestone: Survey, 15 September 2026 (Cedar)",
    )
    moved = replace(new, milestones=(replace(new.milestones[0], due_on=date(2026, 9, 20), team=None),))
    assert changes(new, moved) == (
        "Milestone changes: Survey, 15 September 2026 (Cedar) -> Survey, 20 September 2026 (for all)",
    )
    assert changes(moved, replace(moved, milestones=())) == (
        "Milestone dropped: Survey, 20 September 2026 (for all)",
    )
