"""What stands in a collaborative's file now: a load that takes it out writes the day, and none lies ahead."""

from models.tables.measure import measures
from models.tables.people import roles, teams

HOLDS_ROLE = roles.c.left_on.is_(None)
TAKES_PART = teams.c.withdrawn_on.is_(None)
IS_ASKED = measures.c.retired_on.is_(None)
