"""What a button about a team's month carries: "TEAM:PERIOD", both hints to be checked anew."""

ANY_TEAM = 0  # in place of a team's id: whichever the person acts for
MONTH_ASKED_FOR = 0  # in place of a period's id: whichever month the team is asked for by then


def team_month(team_id: int, period_id: int = MONTH_ASKED_FOR) -> str:
    """The value of a button about this team and month."""
    return f"{team_id}:{period_id}"


def read_team_month(value: str) -> tuple[int, int]:
    """Read such a value: a team's and a period's id."""
    team, _, period = value.partition(":")
    return int(team), int(period)
