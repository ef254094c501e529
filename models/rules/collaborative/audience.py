"""Who may read what is not for all, and whether a channel is open to anybody else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from models.rules.collaborative.people import TEAM_ROLES, Role, Team
from models.rules.collaborative.policy import Kind, roles_seeing

GOOD_FOR = timedelta(minutes=30)  # what Slack said of a channel, where it was not asked again since


class Readers(StrEnum):
    """Who may read it: the team itself, and who of those that look after it."""

    COACHING = "coaching"  # a coach's words to a team
    TEAM = "team"  # what a team owes, and what its charts ask of it


READ_BY: Mapping[Readers, frozenset[Role]] = {
    Readers.COACHING: TEAM_ROLES | roles_seeing(Kind.FEEDBACK),
    Readers.TEAM: TEAM_ROLES | roles_seeing(Kind.LATENESS),
}


@dataclass(frozen=True)
class OnlyFor:
    """Whom a message is for, where it is not for all: one team, with those who may read along."""

    readers: Readers
    team_id: int

    def __str__(self) -> str:
        return f"{self.readers}:{self.team_id}"

    @classmethod
    def read(cls, written: str) -> "OnlyFor":
        """Read it as it was written."""
        readers, _, team_id = written.partition(":")
        return cls(Readers(readers), int(team_id))


@dataclass(frozen=True)
class Place:
    """What Slack said of a channel."""

    channel: str
    name: str  # "" where Slack does not say
    is_private: bool | None  # None: Slack does not say
    is_shared: bool  # with another organization, or soon
    members: frozenset[str]  # Slack ids but ours; of a channel that is open without them nobody reads them


class Openness(StrEnum):
    """Why a channel is not for an audience alone."""

    PUBLIC = "public"
    SHARED = "shared"
    OTHERS = "others"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TeamPlace:
    """A team's own channel, as far as it is known now, and why it is not theirs alone."""

    team: Team
    channel: str
    name: str  # "" where Slack does not say
    openness: Openness | None  # None: the team and those who may read along, nobody else


@dataclass(frozen=True)
class KnownPlace:
    """A place as it was when Slack was asked."""

    place: Place
    asked_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether that is not long ago; a clock set back makes it no fresher."""
        return timedelta() <= now - self.asked_at < GOOD_FOR


def openness(place: Place | None, readers: Collection[str]) -> Openness | None:
    """Why a channel is wider than these readers (Slack ids); None when it is theirs alone.

    One of which nothing is known counts as open.
    """
    if place is None or place.is_private is None:
        return Openness.UNKNOWN
    if not place.is_private:
        return Openness.PUBLIC
    if place.is_shared:
        return Openness.SHARED
    return Openness.OTHERS if place.members.difference(readers) else None


def is_settled_without_members(*, is_private: bool, is_shared: bool) -> bool:
    """Whether nobody need ask who is in a channel: it is open whoever they are."""
    return not is_private or is_shared
