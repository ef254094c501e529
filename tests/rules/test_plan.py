"""What a host is told about a plan, and about the difference between two."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.collaborative.period import moves
from models.rules.setup.plan import key_of, warnings
from models.rules.setup.plan_changes import changes
from tests.plans import plan

OPERATIONAL = "Complaints that name waiting or the length of a visit."
AIM = (
    "aim:\n"
    "  for whom: Adults with high blood pressure in our four clinics\n"
    "  by when: June 2027\n"
    "  how much: 80% are below 140/90\n"
    "  measured by: Blood pressure control\n"
)
CALLS = OPERATIONAL.replace("Complaints", "Calls")
M3 = "Complaints about visit length"
ELM_DIFFERS = "    optional measures: [Repeat blood pressure taken]      # Elm is small\n"


def test_a_complete_file_leaves_nothing_to_think_over_but_who_is_without_slack() -> None:
    """Warnings speak of what is missing only."""
    assert warnings(plan()) == ("Dr Old has no Slack id and takes part without Slack.",)


def test_samples_in_words_alone_are_asked_for_their_number() -> None:
    """Named together, with how to give it; nothing is refused."""
    words = "all when there are fewer.\n    sample size: 20\n"
    bare = plan(*[(words, "all when there are fewer.\n")] * 2)
    assert warnings(bare)[0] == (
        "No sample size yet: Blood pressure control; Repeat blood pressure taken. Write “sample size: 20”, "
        "or “sample size: all” where everybody is counted; until then other teams count as knowing it."
    )


def test_what_a_host_may_have_forgotten_is_named_and_refuses_nothing() -> None:
    """No aim, no balancing measure, a team without coach or reporter (R16, R30, R33, R62)."""
    bare = plan(
        ("  - name: Elm\n    optional", "  - name: Elm\n    key: cedar-2\n    optional"),
        ("Dogwood, Elm]", "Dogwood]"),
        ("{name: Eve Sand, slack: U0123EVE, role: reporter}", "{name: Eve Sand, slack: U0123EVE}"),
        ("kind: balancing", "kind: process"),
        (f"      operational: {OPERATIONAL}\n", ""),
        (AIM, ""),
    )
    assert warnings(bare) == (
        "No aim yet.",
        "No balancing measure yet: one shows whether the change does harm elsewhere.",
        "Complaints about visit length has no operational definition yet.",
        "Elm has no coach yet.",
        "Elm has no reporter yet.",
        "Dr Old has no Slack id and takes part without Slack.",
    )


@pytest.mark.parametrize(
    ("old", "new", "thought"),
    [
        ("  for whom: Adults with high blood pressure in our four clinics\n", "", "For whom?"),
        ("  by when: June 2027\n", "  by when: soon\n", "By when? Give a month and a year."),
        ("how much: 80% are below 140/90", "how much: more than now", "How much? Give a number to reach."),
        ("  measured by: Blood pressure control\n", "", "Measured by? Choose the measure"),
        ("    goal: 80\n", "", "Blood pressure control has no goal yet, so its chart shows no line"),
    ],
)
def test_a_part_the_aim_lacks_is_named_kindly(old: str, new: str, thought: str) -> None:
    """R46: population, time frame, a number, and what it is measured by."""
    found = [words for words in warnings(plan((old, new))) if words.startswith("The aim: ")]
    assert [words.startswith(f"The aim: {thought}") for words in found] == [True]


@pytest.mark.parametrize(
    ("teams", "words"),
    [
        (3, "3 teams: a collaborative learns best from 4 or more."),
        (4, None),
        (20, None),
        (21, "21 teams: more than 20 are hard to support well."),
    ],
)
def test_too_few_or_too_many_teams_are_worth_a_thought(teams: int, words: str | None) -> None:
    """4 to 20 teams (R1, R61)."""
    some = "".join(f"  - name: Clinic {at}\n" for at in range(teams - 4)) if teams > 4 else ""
    full = plan(("teams:\n", f"teams:\n{some}"), ("teams: [Cedar, Birch]", "teams: all"))
    if teams == 3:
        full = plan(("Dogwood, Elm]", "Dogwood]"), (f"  - name: Elm\n{ELM_DIFFERS}    members:\n", ""))
    found = [sentence for sentence in warnings(full) if " teams: " in sentence]
    assert found == ([words] if words else [])


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ("due day: 10", "due day: 15", ["Due day: 10 -> 15"]),
        ("lock days: 14", "lock days: 0", ["Days until a period locks: 14 -> 0"]),
        ("first month: 2026-04", "first month: 2026-05", ["First month: April 2026 -> May 2026"]),
        ("name: Birch\n", "name: Birch Hill\n    key: birch\n", ["Birch is now called Birch Hill"]),
        ("slack: U0123BO", "slack: U0456BO", ["Bo Chen: Slack id: U0123BO -> U0456BO"]),
        ("C0123CEDAR", "C0456CEDAR", ["Cedar: channel: C0123CEDAR -> C0456CEDAR"]),
        ("goal: 80", "goal: 85", ["Blood pressure control: goal: 80 -> 85"]),
        (
            "sample size: 20",
            "sample size: 30",
            ["Blood pressure control: sample size: 20 -> 30 (marked on the charts)"],
        ),
        ("    sample size: 20\n", "", ["Blood pressure control: sample size: 20 -> not given"]),
        ("    sample size: all\n", "", ["Complaints about visit length: sample size: all -> not given"]),
        ("by when: June 2027", "by when: May 2027", ["Aim, by when: June 2027 -> May 2027"]),
        (
            "measured by: Blood pressure control",
            "measured by: M2",
            ["Aim, measured by: Blood pressure control -> Repeat blood pressure taken"],
        ),
        ("    required: no\n", "", ["Complaints about visit length becomes required"]),
        (
            "Complaints that name",
            "Calls that name",
            [f"{M3}: definition (operational): {OPERATIONAL} -> {CALLS} (marked on the charts)"],
        ),
        (
            ELM_DIFFERS,
            "",
            ["Elm: Repeat blood pressure taken is required for this team"],
        ),
        (
            "U0123BEN, teams: [Dogwood, Elm]",
            "U0123BEN, teams: [Dogwood]",
            ["Elm: Ben Adler no longer coaches"],
        ),
        ("[reporter, lead]", "reporter", ["Birch: Chidi Okafor is no longer lead"]),
        ("role: clinical leader", "role: [clinical leader, lead]", ["Cedar: Dr Old also becomes lead"]),
        (
            "  - {name: Fay Brooks, slack: U0123FAY}",
            "  - {name: Fay Brooks, slack: U0123FAY}\n  - {name: Gus Hill}",
            ["Staff: Gus Hill joins as faculty"],
        ),
    ],
)
def test_one_change_of_the_file_is_one_sentence(old: str, new: str, sentences: list[str]) -> None:
    """The host reads what will happen before it does."""
    assert list(changes(plan(), plan((old, new)))) == sentences


def test_a_host_whose_teams_count_nothing_is_told_so_once() -> None:
    """R31: without measures there is no talk of how many, or of a balancing one."""
    said = [words for words in warnings(replace(plan(), measures=())) if "easure" in words]
    assert said == ["No measures: teams report in words alone."]


def test_a_reporter_who_leaves_and_the_one_who_takes_over_share_a_sentence() -> None:
    """W2: Ana left, Bo becomes reporter."""
    after = plan(
        ("      - {name: Ana Lima, slack: U0123ANA, role: reporter}\n", ""),
        ("U0123BO, role: backup reporter", "U0123BO, role: reporter"),
    )
    assert changes(plan(), after) == ("Cedar: Ana Lima leaves; Bo Chen becomes reporter",)


def test_what_is_taken_out_is_said_to_keep_its_history() -> None:
    """Teams withdraw and measures retire (R73)."""
    after = plan(
        ("  - name: Birch\n", "  - name: Oak\n    channel: C0123OAK\n"),
        ("[Cedar, Birch]", "[Cedar, Oak]"),
        ("    key: M3\n", "    key: M4\n"),
    )
    new = "Complaints about visit length (balancing, count of complaints, lower is better, optional)"
    assert changes(plan(), after) == (
        "New team: Oak: Chidi Okafor as reporter and lead; Lena Holt as backup reporter; Cora Diaz as coach",
        "Birch withdraws (its history stays)",
        f"New measure: {new}",
        "Measure retires: Complaints about visit length (its history stays)",
    )


def test_of_a_long_text_the_words_that_differ_are_shown() -> None:
    """Two texts cut to the same beginning would look alike."""
    (sentence,) = changes(plan(), plan(("in our four clinics", "in our five clinics")))
    assert "four clinics" in sentence
    assert "five clinics" in sentence


def test_the_order_of_people_and_teams_is_no_change_but_that_of_measures_is() -> None:
    """Measures stand in the order of the form."""
    before = plan()
    turned = replace(before, people=before.people[::-1], teams=before.teams[::-1])
    assert changes(before, turned) == ()
    (sentence,) = changes(before, replace(before, measures=before.measures[::-1]))
    assert sentence.startswith("Measures in a new order: Complaints about visit length, Repeat blood")


@pytest.mark.parametrize(
    ("name", "key"),
    [("Ana Lima", "ana-lima"), ("  Kjær, Ole ", "kjær-ole"), ("李 娜", "李-娜"), ("a_b", "a-b")],
)
def test_a_name_stands_for_its_key_in_any_script(name: str, key: str) -> None:
    """Keys are made of letters and digits, whatever the language."""
    assert key_of(name) == key


@pytest.mark.parametrize(
    ("today", "line"),
    [
        (
            date(2026, 8, 25),
            "July 2026 stays due on 20 August 2026: no due day moves from or to a day that has passed",
        ),
        (date(2026, 8, 1), "Reports become due: July 2026, 20 August 2026 -> 10 August 2026"),
    ],
)
def test_a_month_whose_own_line_goes_is_named_whatever_comes_of_it(today: date, line: str) -> None:
    """It moves back, or its day is past and it stays: the host reads which."""
    own = plan(("  lock days: 14", "  moved: [{month: 2026-07, due: 2026-08-20}]\n  lock days: 14"))
    usual = plan()
    assert changes(own, usual, moves(own.calendar.periods(), usual.calendar.periods(), today)) == (line,)


def test_a_line_that_says_the_usual_day_changes_nothing_and_says_so() -> None:
    same = plan(("  lock days: 14", "  moved: [{month: 2026-07, due: 2026-08-10}]\n  lock days: 14"))
    assert changes(same, plan()) == ("July 2026 stays due on 10 August 2026",)
