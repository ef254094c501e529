"""Who sees what, and who may do what: these rules stand here and nowhere else, as two tables.

A line of `SEES` is a kind of object of a team, or of a collaborative; a line of `MAY` is a deed. What
somebody is to the team it is of, their relation, is the column. One without a line fails by its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from models.errors import DomainError
from models.rules.collaborative.people import Acting, Role, Team


class Relation(StrEnum):
    """What somebody is to the team an object is of; to none for what is of all."""

    OWN_TEAM = "own team"
    COACH = "its coach"
    OTHER_TEAM = "another team"
    OTHER_COACH = "another coach"
    FACULTY = "faculty"
    COORDINATOR = "coordinator"
    HOST = "host"
    WITHDRAWN_TEAM = "withdrawn team"  # of the team itself, which has withdrawn
    FORMER_MEMBER = "former member"
    OUTSIDER = "outsider"


class Kind(StrEnum):
    """A kind of object."""

    NUMBERS = "numbers"  # values, charts with their marks and signals, whether a month is in
    WORDS = "words"  # of a report, which all teams read, with what was changed in it
    COACH_NOTE = "coach note"  # with what was changed in it
    WORDS_TAKEN_OUT = "words taken out"  # of a report: by whom and when, for the words are gone
    PDSA = "pdsa"  # a test from its start on, with what was changed in it
    PLANNED_PDSA = "planned pdsa"  # a test that has not started
    LATENESS = "lateness"  # of a named team, reminders to it, and what it answered
    FEEDBACK = "feedback"
    FLAG = "flag"  # also one put aside
    TALK = "talk"
    PARTICIPATION = "participation"
    COACH_PACE = "coach pace"  # how long the teams of a coach wait for feedback
    COVERAGE = "coverage"  # which teams have no coach, and who cannot be reached
    FRAME = "frame"  # aim, measures and their definitions, timetable, roll call
    FAILURE = "failure"  # a message that did not get through
    EXPORT = "export"


class Sight(IntEnum):
    """How much somebody sees of it."""

    NOTHING = 0
    THAT = 1  # that it is there, or how many
    ALL = 2


class Deed(StrEnum):
    """What somebody may do for a team, or for all."""

    REPORT = "report"  # and correct; answer a reminder, add earlier months, note on a chart
    REPORT_CLOSED_MONTH = "report a closed month"
    TAKE_OUT_WORDS = "take out words"  # of a report, for good, also of a team that withdrew
    TEST_CHANGE = "test a change"  # plan it, say how it went, decide
    MOVE_MEDIAN = "move a median"
    GIVE_FEEDBACK = "give feedback"
    ANSWER_FEEDBACK = "answer feedback"
    SEE_TO_FLAG = "see to a flag"  # put it aside, note a talk
    MARK_MILESTONE = "mark a milestone"  # besides who sees to it
    COMPARE_TEAMS = "compare teams"  # all of them side by side
    POST_TIMELINE = "post the timeline"
    CHANGE_AIM = "change the aim"
    SEND_AGAIN = "send again"  # a message that did not get through
    READ_DIGEST = "read a digest"


NO, THAT, ALL = Sight.NOTHING, Sight.THAT, Sight.ALL
_LINES: Mapping[Kind, tuple[Sight, ...]] = {
    # own team, its coach, other team, other coach, faculty, coordinator, host, withdrawn, former, outsider
    Kind.NUMBERS: (ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, NO, NO),
    Kind.WORDS: (ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, NO, NO),
    Kind.COACH_NOTE: (ALL, ALL, NO, NO, NO, NO, ALL, ALL, NO, NO),
    Kind.WORDS_TAKEN_OUT: (THAT, THAT, NO, NO, NO, NO, THAT, THAT, NO, NO),
    Kind.PDSA: (ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, NO, NO),
    Kind.PLANNED_PDSA: (ALL, ALL, NO, NO, NO, ALL, ALL, NO, NO, NO),
    Kind.LATENESS: (ALL, ALL, NO, NO, NO, ALL, ALL, ALL, NO, NO),
    Kind.FEEDBACK: (ALL, ALL, NO, NO, NO, THAT, THAT, ALL, NO, NO),
    Kind.FLAG: (NO, ALL, NO, NO, NO, NO, ALL, NO, NO, NO),
    Kind.TALK: (NO, ALL, NO, NO, NO, NO, ALL, NO, NO, NO),
    Kind.PARTICIPATION: (NO, ALL, NO, NO, NO, NO, ALL, NO, NO, NO),
    Kind.COACH_PACE: (NO, NO, NO, NO, NO, NO, ALL, NO, NO, NO),
    Kind.COVERAGE: (NO, NO, NO, NO, NO, ALL, ALL, NO, NO, NO),
    Kind.FRAME: (ALL, ALL, ALL, ALL, ALL, ALL, ALL, NO, NO, NO),
    Kind.FAILURE: (NO, NO, NO, NO, NO, ALL, ALL, NO, NO, NO),
    Kind.EXPORT: (ALL, ALL, NO, NO, NO, ALL, ALL, ALL, NO, NO),
}
SEES: Mapping[Kind, Mapping[Relation, Sight]] = MappingProxyType(
    {kind: MappingProxyType(dict(zip(Relation, line, strict=True))) for kind, line in _LINES.items()}
)

STAFF = frozenset({Relation.COORDINATOR, Relation.HOST})
LOOKS_AFTER = STAFF | {Relation.COACH}
ACTS_FOR = LOOKS_AFTER | {Relation.OWN_TEAM}
MAY: Mapping[Deed, frozenset[Relation]] = MappingProxyType(
    {
        Deed.REPORT: ACTS_FOR,
        Deed.REPORT_CLOSED_MONTH: LOOKS_AFTER,
        Deed.TAKE_OUT_WORDS: frozenset(
            {Relation.OWN_TEAM, Relation.COACH, Relation.HOST, Relation.WITHDRAWN_TEAM}
        ),
        Deed.TEST_CHANGE: ACTS_FOR,
        Deed.MOVE_MEDIAN: LOOKS_AFTER,
        Deed.GIVE_FEEDBACK: LOOKS_AFTER,
        Deed.ANSWER_FEEDBACK: frozenset({Relation.OWN_TEAM}),
        Deed.SEE_TO_FLAG: frozenset({Relation.COACH, Relation.HOST}),
        Deed.MARK_MILESTONE: ACTS_FOR,
        Deed.COMPARE_TEAMS: STAFF | {Relation.FACULTY},
        Deed.POST_TIMELINE: STAFF,
        Deed.CHANGE_AIM: frozenset({Relation.HOST}),
        Deed.SEND_AGAIN: STAFF,
        Deed.READ_DIGEST: LOOKS_AFTER,
    }
)
REFUSALS: Mapping[Deed, str] = MappingProxyType(  # what others hear
    {
        Deed.REPORT: "I could not find that team among yours.",
        Deed.REPORT_CLOSED_MONTH: "That month is closed. Please ask your coach or the host to help.",
        Deed.TAKE_OUT_WORDS: "Words are taken out by the team's own people, their coach or the hosts. "
        "If you see something about a patient, please tell one of them.",
        Deed.TEST_CHANGE: "A test is written by the team's own people, their coach or the hosts. "
        "If you have an idea for it, please say so in the thread.",
        Deed.MOVE_MEDIAN: "The median is set by the team's coach or the hosts, "
        "so that nobody moves it by accident.",
        Deed.GIVE_FEEDBACK: "Feedback comes from the team's coach. "
        "A comment in the thread is always welcome.",
        Deed.ANSWER_FEEDBACK: "Whether it helped is for the team itself to say.",
        Deed.SEE_TO_FLAG: "Flags are between a team's coach and the host.",
        Deed.MARK_MILESTONE: "Only who sees to it, the coordinator or the host can mark a milestone.",
        Deed.COMPARE_TEAMS: "All teams side by side are for faculty, the coordinator and the host. "
        "You can look at any one team's chart: name the team instead.",
        Deed.POST_TIMELINE: "Only the coordinator or the host can post the timetable in the channel.",
        Deed.CHANGE_AIM: "The aim is the host's to change.",
        Deed.SEND_AGAIN: "Only a host or a coordinator of the collaborative can have a message tried again.",
        Deed.READ_DIGEST: "The digest is for coaches, coordinators and hosts: "
        "it says which teams could use a hand.",
    }
)

OF_ALL_TEAMS = {
    Role.FACULTY: Relation.FACULTY,
    Role.COORDINATOR: Relation.COORDINATOR,
    Role.HOST: Relation.HOST,
}
_OF_STAFF = {**OF_ALL_TEAMS, Role.COACH: Relation.COACH}


@dataclass(frozen=True)
class RoleHeld:
    """A role somebody has or had in a collaborative."""

    role: Role
    team: Team | None  # None: of no team
    is_over: bool = False
    has_withdrawn: bool = False  # its team

    def relation(self, team_id: int | None) -> Relation:
        """What it makes of somebody to a team; None: to what is of all."""
        if self.is_over:
            return Relation.FORMER_MEMBER
        if self.role in OF_ALL_TEAMS:
            return OF_ALL_TEAMS[self.role]
        is_own = self.team is not None and self.team.id == team_id
        if self.role is Role.COACH:
            return Relation.COACH if is_own and not self.has_withdrawn else Relation.OTHER_COACH
        if self.has_withdrawn:
            return Relation.WITHDRAWN_TEAM if is_own else Relation.OUTSIDER
        return Relation.OWN_TEAM if is_own else Relation.OTHER_TEAM


def sees(acting: Acting, kind: Kind) -> bool:
    """Whether somebody sees all of it of the team they act for."""
    return SEES[kind][_relation(acting)] is Sight.ALL


def may(acting: Acting, deed: Deed) -> bool:
    """Whether somebody may do it for the team they act for."""
    return _relation(acting) in MAY[deed]


def refusal(deed: Deed) -> DomainError:
    """What somebody hears whose deed it is not."""
    return DomainError(REFUSALS[deed])


def _relation(acting: Acting) -> Relation:
    return RoleHeld(acting.role, acting.team).relation(acting.team.id)


def roles_seeing(kind: Kind) -> frozenset[Role]:
    """The roles of staff that see all of a kind of object: a coach of the teams looked after."""
    return frozenset(role for role, each in _OF_STAFF.items() if SEES[kind][each] is Sight.ALL)


def roles_doing(deed: Deed) -> frozenset[Role]:
    """The roles of staff whose a deed is: a coach's for the teams looked after."""
    return frozenset(role for role, each in _OF_STAFF.items() if each in MAY[deed])
