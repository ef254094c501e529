"""Who takes part: people, their roles, the teams they act for."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.rules.time.days import day_of


class Role(StrEnum):
    """What a member does; team roles belong to one team, staff roles to the collaborative."""

    REPORTER = "reporter"
    BACKUP_REPORTER = "backup reporter"
    LEAD = "lead"
    CLINICAL_LEADER = "clinical leader"
    SPONSOR = "sponsor"
    TEAM_MEMBER = "team member"
    COACH = "coach"  # of the teams named
    FACULTY = "faculty"
    COORDINATOR = "coordinator"
    HOST = "host"


TEAM_ROLES = frozenset(
    {
        Role.REPORTER,
        Role.BACKUP_REPORTER,
        Role.LEAD,
        Role.CLINICAL_LEADER,
        Role.SPONSOR,
        Role.TEAM_MEMBER,
    }
)
RUNS_ALL = frozenset({Role.COORDINATOR, Role.HOST})  # who runs the collaborative


@dataclass(frozen=True)
class Visitor:
    """A person as Slack's verified envelope names them: the only source of "who"."""

    slack_team: str
    slack_user: str


@dataclass(frozen=True)
class Account:
    """A person's account as Slack tells of it."""

    slack_user: str
    time_zone: str  # IANA name; "" where Slack does not say
    is_active: bool  # whether a message can reach them


@dataclass(frozen=True)
class Member:
    id: int
    name: str
    slack_user: str | None  # None: a person without Slack


@dataclass(frozen=True)
class Team:
    id: int
    key: str
    name: str
    channel: str | None  # Slack channel of the team itself


@dataclass(frozen=True)
class Collaborative:
    id: int
    workspace_id: int
    key: str
    name: str
    time_zone: str  # IANA name
    channel: str  # the shared Slack channel

    def day_of(self, moment: datetime) -> date:
        """The day it is there at an aware moment: due dates end at the collaborative's own midnight."""
        return day_of(moment, self.time_zone)


@dataclass(frozen=True)
class Acting:
    """A member acting for a team of a collaborative, in a role."""

    member: Member
    team: Team
    collaborative: Collaborative
    role: Role

    @property
    def is_on_behalf(self) -> bool:
        """Whether staff act for the team rather than one of its own people."""
        return self.role not in TEAM_ROLES


@dataclass(frozen=True)
class NoteReader:
    """Somebody in Slack who is sent the note for the coach."""

    name: str
    slack_user: str
    role: Role
