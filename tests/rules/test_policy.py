"""Who sees what: the tables are whole, and say what was agreed, line by line."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.migrations import newest
from models.rules.collaborative.participant import Participant
from models.rules.collaborative.people import Collaborative, Member, Role, Team
from models.rules.collaborative.policy import MAY, REFUSALS, SEES, Deed, Kind, Relation, RoleHeld, Sight

ROOT = Path(__file__).parent.parent.parent
CEDAR, BIRCH = (Team(at, name.lower(), name, None) for at, name in enumerate(("Cedar", "Birch"), 1))
MACHINERY = "how Momentum works: nobody reads it"
OF_TABLE = {  # what kind of object the rows of each table are
    "accounts": Kind.COVERAGE,
    "channel_members": MACHINERY,
    "channels": MACHINERY,
    "chart_marks": Kind.NUMBERS,
    "collaboratives": Kind.FRAME,
    "corrections": Kind.WORDS,
    "dismissals": Kind.FLAG,
    "drafts": "one's own: the person alone",
    "expectations": Kind.LATENESS,
    "feedbacks": Kind.FEEDBACK,
    "inbox": MACHINERY,
    "ladders": MACHINERY,
    "measure_values": Kind.NUMBERS,
    "measures": Kind.FRAME,
    "members": Kind.FRAME,
    "milestones": Kind.FRAME,
    "note_changes": Kind.COACH_NOTE,
    "outbox_messages": Kind.FAILURE,
    "pace": MACHINERY,
    "past_definitions": Kind.FRAME,
    "pdsa_changes": Kind.PDSA,
    "pdsa_cycles": Kind.PDSA,
    "posts": MACHINERY,
    "reporting_periods": Kind.FRAME,
    "reports": Kind.WORDS,
    "restores": MACHINERY,
    "roles": Kind.FRAME,
    "signal_looks": MACHINERY,
    "signals": Kind.NUMBERS,
    "talks": Kind.TALK,
    "team_measures": Kind.FRAME,
    "teams": Kind.FRAME,
    "value_changes": Kind.EXPORT,
    "words_taken_out": Kind.WORDS_TAKEN_OUT,
    "workspaces": MACHINERY,
}


def test_each_kind_and_each_deed_has_a_line() -> None:
    assert set(SEES) == set(Kind)
    assert set(MAY) == set(REFUSALS) == set(Deed)
    assert all(set(line) == set(Relation) for line in SEES.values())


AGREED = {  # of each kind, who sees all of it
    Kind.NUMBERS: "own coach other-team other-coach faculty coordinator host withdrawn",
    Kind.WORDS: "own coach other-team other-coach faculty coordinator host withdrawn",
    Kind.COACH_NOTE: "own coach host withdrawn",
    Kind.WORDS_TAKEN_OUT: "",  # for the words are gone
    Kind.PDSA: "own coach other-team other-coach faculty coordinator host withdrawn",
    Kind.PLANNED_PDSA: "own coach coordinator host",
    Kind.LATENESS: "own coach coordinator host withdrawn",
    Kind.FEEDBACK: "own coach withdrawn",
    Kind.FLAG: "coach host",
    Kind.TALK: "coach host",
    Kind.PARTICIPATION: "coach host",
    Kind.COACH_PACE: "host",
    Kind.COVERAGE: "coordinator host",
    Kind.FRAME: "own coach other-team other-coach faculty coordinator host",
    Kind.FAILURE: "coordinator host",
    Kind.EXPORT: "own coach coordinator host withdrawn",
}
IN_PART = {  # of each kind, who sees that it is there, and no more
    Kind.FEEDBACK: "coordinator host",
    Kind.WORDS_TAKEN_OUT: "own coach host withdrawn",
}
THEIRS = {
    Deed.REPORT: "own coach coordinator host",
    Deed.REPORT_CLOSED_MONTH: "coach coordinator host",
    Deed.TAKE_OUT_WORDS: "own coach host withdrawn",
    Deed.TEST_CHANGE: "own coach coordinator host",
    Deed.MOVE_MEDIAN: "coach coordinator host",
    Deed.GIVE_FEEDBACK: "coach coordinator host",
    Deed.ANSWER_FEEDBACK: "own",
    Deed.SEE_TO_FLAG: "coach host",
    Deed.MARK_MILESTONE: "own coach coordinator host",
    Deed.COMPARE_TEAMS: "faculty coordinator host",
    Deed.POST_TIMELINE: "coordinator host",
    Deed.CHANGE_AIM: "host",
    Deed.SEND_AGAIN: "coordinator host",
    Deed.READ_DIGEST: "coach coordinator host",
}
IN_SHORT = dict(
    zip(
        ("own", "coach", "other-team", "other-coach", "faculty", "coordinator", "host", "withdrawn"),
        Relation,
        strict=False,
    )
)


def test_the_tables_say_what_was_agreed() -> None:
    """Written down twice on purpose: what changes here is a promise to people."""
    assert _seeing(Sight.ALL) == {kind: set(_in_short(line)) for kind, line in AGREED.items()}
    in_part = {kind: who for kind, who in _seeing(Sight.THAT).items() if who}
    assert in_part == {kind: set(_in_short(line)) for kind, line in IN_PART.items()}
    assert {deed: set(_in_short(line)) for deed, line in THEIRS.items()} == MAY


def _seeing(how_much: Sight) -> dict[Kind, set[Relation]]:
    return {kind: {each for each, sight in line.items() if sight is how_much} for kind, line in SEES.items()}


def _in_short(line: str) -> Iterator[Relation]:
    return (IN_SHORT[one] for one in line.split())


def test_each_table_holds_a_kind_of_object() -> None:
    """A new table without a line fails here, by its name."""
    assert sorted(newest().tables) == sorted(OF_TABLE)


def test_handlers_name_no_role() -> None:
    """Whose something is stands in the policy."""
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "handlers").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Role"
    ]
    assert named == []


@pytest.mark.parametrize(
    ("each", "to_cedar", "to_birch", "to_all"),
    [
        (RoleHeld(Role.LEAD, CEDAR), "own team", "another team", "another team"),
        (RoleHeld(Role.COACH, CEDAR), "its coach", "another coach", "another coach"),
        (RoleHeld(Role.FACULTY, None), "faculty", "faculty", "faculty"),
        (RoleHeld(Role.COORDINATOR, None), "coordinator", "coordinator", "coordinator"),
        (RoleHeld(Role.HOST, None), "host", "host", "host"),
        (RoleHeld(Role.SPONSOR, CEDAR, has_withdrawn=True), "withdrawn team", "outsider", "outsider"),
        (RoleHeld(Role.COACH, CEDAR, has_withdrawn=True), "another coach", "another coach", "another coach"),
        (RoleHeld(Role.HOST, None, is_over=True), "former member", "former member", "former member"),
    ],
    ids=str,
)
def test_what_a_role_makes_of_somebody(each: RoleHeld, to_cedar: str, to_birch: str, to_all: str) -> None:
    assert [each.relation(team) for team in (CEDAR.id, BIRCH.id, None)] == [to_cedar, to_birch, to_all]


def test_of_several_roles_the_best_counts_and_one_that_is_over_takes_nothing_away() -> None:
    """A coach of one team who reports for another reads the notes of both, and of no third."""
    there = Collaborative(1, 1, "bp", "BP", "UTC", "C1")
    roles = (
        RoleHeld(Role.COACH, CEDAR),
        RoleHeld(Role.REPORTER, BIRCH),
        RoleHeld(Role.HOST, None, is_over=True),
    )
    cora = Participant(Member(1, "Cora", "U1"), there, roles)
    assert [cora.sees(Kind.COACH_NOTE, team) for team in (1, 2, 3)] == [True, True, False]
    assert cora.sight(Kind.FEEDBACK, 3) is Sight.NOTHING
    assert not cora.may(Deed.CHANGE_AIM)
    assert not Participant(cora.member, there, roles[2:]).takes_part
