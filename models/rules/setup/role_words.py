"""What a collaborative's file calls the roles people have in it."""

from collections.abc import Mapping
from types import MappingProxyType

from models.rules.collaborative.people import TEAM_ROLES, Role

COACH, TEAM_MEMBER = Role.COACH, Role.TEAM_MEMBER
IN_TEAM: Mapping[str, Role] = MappingProxyType({str(role): role for role in Role if role in TEAM_ROLES})
SHORT: Mapping[str, Role] = MappingProxyType({"backup": Role.BACKUP_REPORTER, "member": TEAM_MEMBER})
OF_ALL_TEAMS: Mapping[str, Role] = MappingProxyType(
    {str(role): role for role in (Role.COORDINATOR, Role.HOST, Role.FACULTY)}
)
