"""Reads who takes part: the teams with their members, and the staff with the teams coaches look after."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from handlers.files.plan.fields import Fields, by_name
from handlers.files.plan.time_zones import read_time_zone
from models.rules.coaching.digest import read_time
from models.rules.collaborative.people import Role
from models.rules.collaborative.policy import Deed, roles_doing
from models.rules.quoting import clipped, suggestion
from models.rules.setup.plan import PersonPlan, RolePlan, TeamPlan
from models.rules.setup.role_words import COACH, IN_TEAM, OF_ALL_TEAMS, SHORT, TEAM_MEMBER


@dataclass
class Roster:
    """People met so far: one person may stand in several places and is one all the same."""

    people: dict[str, PersonPlan] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    roles: set[RolePlan] = field(default_factory=set)

    def meet(self, part: Fields) -> str:
        """Take in a person from a part of the file; answers the person's key."""
        key, name = part.name()
        person = PersonPlan(
            key, name, part.slack_id("slack"), read_time_zone(part) or None, digest=_digest(part)
        )
        if not key:
            return key
        known = self.people.get(key)
        if known:
            person = self._same(part, known, person)
        self._only_one_with(part, person)
        self.people[key] = person
        self.lines.setdefault(key, part.entries.line)
        return key

    def _same(self, part: Fields, known: PersonPlan, person: PersonPlan) -> PersonPlan:
        line = self.lines[known.key]
        if known.name != person.name:
            part.refuse("name", f"{known.name} (line {line}) has the same key: give one of them another.")
        if known.slack_user and person.slack_user and known.slack_user != person.slack_user:
            sentence = (
                f"{person.name} has another id in line {line}. Two people? Give one “key: …” of its own."
            )
            part.refuse("slack", sentence)
        if known.digest and person.digest and known.digest != person.digest:
            part.refuse("digest", f"{person.name} has {known.digest} in line {line}: name one time.")
        return replace(
            known,
            slack_user=known.slack_user or person.slack_user,
            time_zone=known.time_zone or person.time_zone,
            digest=known.digest or person.digest,
        )

    def _only_one_with(self, part: Fields, person: PersonPlan) -> None:
        for other in self.people.values():
            if person.slack_user and other.slack_user == person.slack_user and other.key != person.key:
                line = self.lines[other.key]
                part.refuse("slack", f"{person.slack_user} is also {other.name} (line {line}): each has one.")


def read_teams(top: Fields, roster: Roster) -> tuple[TeamPlan, ...]:
    """The teams with their channels; members and their roles go to the roster."""
    parts = top.parts("teams", "a list of teams, each beginning with “- name:”", by_name)
    teams = [_team(part, roster) for part in parts]
    refuse_twins(parts, [team.key for team in teams])
    return tuple(teams)


def _team(part: Fields, roster: Roster) -> TeamPlan:
    part.only("name", "key", "channel", "time zone", "members", "required measures", "optional measures")
    key, name = part.name()
    for member in part.parts("members"):
        person = roster.meet(member.only("name", "key", "slack", "time zone", "role"))
        roster.roles |= {RolePlan(person, role, key) for role in _roles(member)}
    return TeamPlan(key, name, part.slack_id("channel"), time_zone=read_time_zone(part) or None)


def _roles(member: Fields) -> Iterable[Role]:
    texts = member.texts("role")
    words = {**IN_TEAM, **{word: role for word, role in SHORT.items() if word in texts}}
    return [member.chosen("role", word, words, TEAM_MEMBER) for word in texts] or [TEAM_MEMBER]


def read_staff(top: Fields, roster: Roster, teams: Iterable[TeamPlan]) -> None:
    """Coordinator, host, faculty and coaches go to the roster."""
    for key, role in OF_ALL_TEAMS.items():
        for part in top.parts(key):
            more = ("digest",) if role in roles_doing(Deed.READ_DIGEST) else ()
            roster.roles.add(
                RolePlan(roster.meet(part.only("name", "key", "slack", "time zone", *more)), role)
            )
    known = {word: team.key for team in teams for word in (team.name, team.key)}
    for part in top.parts("coaches", label=by_name):
        coach = roster.meet(part.only("name", "key", "slack", "time zone", "teams", "digest"))
        words = part.texts("teams")
        coached = (
            set(known.values())
            if words == ("all",)
            else {named(part, "teams", word, known) for word in words}
        )
        roster.roles |= {RolePlan(coach, COACH, team) for team in coached if team}
        if not words:
            part.missing("teams", "a list of team names, or “all”")


def _digest(part: Fields) -> str:
    """When somebody reads the digest, in the file's own words for it; "" when it is not given."""
    text = part.text("digest")
    time = read_time(text)
    if text and time is None:
        part.refuse("digest", f"Found {clipped(text)}, expected a weekday and a full hour like Monday 8:00.")
    return time.words() if time else ""


def named(part: Fields, key: str, word: str, known: dict[str, str]) -> str:
    """The key of what a word names, by name or key; "" with a problem noted when there is none."""
    folded = {name.casefold(): value for name, value in known.items()}
    if word.casefold() not in folded:
        part.refuse(key, f"Found {clipped(word)}, which is not in this file.{suggestion(word, known)}")
    return folded.get(word.casefold(), "")


def refuse_twins(parts: Iterable[Fields], keys: Iterable[str]) -> None:
    """Refuse two teams or measures of one key."""
    lines: dict[str, int] = {}
    for part, key in zip(parts, keys, strict=True):
        if key and key in lines:
            part.refuse(
                "name", f"“{key}” stands in line {lines[key]} too. Give one another name or “key: …”."
            )
        lines.setdefault(key, part.entries.line)
