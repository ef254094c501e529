"""What a person may look at: the teams and measures of the collaboratives they take part in."""

from collections.abc import Sequence

from sqlalchemy import Connection

from models.errors import DomainError
from models.rules.charts.choice import ALL_TEAMS, ChartChoice
from models.rules.collaborative.measure import Measure
from models.rules.collaborative.people import TEAM_ROLES, Role, Visitor
from models.rules.collaborative.viewers import Viewer
from models.rules.quoting import clipped, suggestion
from models.services import columns, current
from models.services.collaborative import measures, people

NOT_FOR_ALL = (
    "All teams side by side are for faculty, the coordinator and the host. "
    "You can look at any one team's chart: name the team instead."
)
NOT_HERE = "I could not find that chart."
NOTHING_YET = "There is no team or no measure to chart yet."


def viewers(db: Connection, visitor: Visitor) -> tuple[Viewer, ...]:
    """One for each collaborative the person has a role in today; none for a stranger."""
    return tuple(_viewer(db, rows) for rows in people.roles_held(db, visitor))


def seen(viewers: Sequence[Viewer], choice: ChartChoice) -> Viewer:
    """The viewer a choice belongs to. Raises DomainError when it is not theirs to look at."""
    for viewer in viewers:
        if viewer.collaborative.id == choice.collaborative_id:
            return _checked(viewer, choice)
    raise DomainError(NOT_HERE)


def named(viewers: Sequence[Viewer], words: str) -> ChartChoice:
    """The chart that was typed: "cedar m1", "all", "bp control", or nothing for one's own first chart.

    Part of a measure's name will do where it is part of no other. Raises DomainError, with what may have been
    meant and what there is, when there is no such team or measure.
    """
    if not any(viewer.teams and viewer.measures for viewer in viewers):
        raise DomainError(NOTHING_YET)
    viewer, team_id, rest = _named_team(viewers, " ".join(words.split()))
    measure = _named_measure(viewer, rest) if rest else viewer.measures[0]
    choice = ChartChoice(viewer.collaborative.id, team_id, measure.id)
    _checked(viewer, choice)
    return choice


def _named_measure(viewer: Viewer, words: str) -> Measure:
    """The measure of that name or key, or the only one whose name these words are part of."""
    folded = words.casefold()
    whole = [each for each in viewer.measures if folded in {each.name.casefold(), each.key.casefold()}]
    part = [each for each in viewer.measures if folded in each.name.casefold()]
    matching = whole or part
    if len(matching) == 1:
        return matching[0]
    there, names = [each.name for each in viewer.teams], [each.name for each in viewer.measures]
    if matching:
        raise DomainError(
            f"{clipped(words)} is part of several names: {'; '.join(each.name for each in matching)}."
        )
    near = suggestion(words, [*names, *(each.key for each in viewer.measures), *there])
    known = f" Measures: {'; '.join(names)}. Teams: {'; '.join(there)}."
    raise DomainError(f"I know no team or measure called {clipped(words)}.{near or known}")


def _checked(viewer: Viewer, choice: ChartChoice) -> Viewer:
    if choice.team_id == ALL_TEAMS and not viewer.sees_all_at_once:
        raise DomainError(NOT_FOR_ALL)
    knows_team = choice.team_id in {ALL_TEAMS, *(team.id for team in viewer.teams)}
    if not knows_team or choice.measure_id not in {measure.id for measure in viewer.measures}:
        raise DomainError(NOT_HERE)
    return viewer


def _named_team(viewers: Sequence[Viewer], words: str) -> tuple[Viewer, int, str]:
    """Take the longest team name the words begin with; "all" is a team here."""
    folded = f"{words.casefold()} "
    offered = [
        (name.casefold(), viewer, team.id)
        for viewer in viewers
        for team in viewer.teams
        for name in (team.name, team.key)
    ]
    offered += [(name, viewer, ALL_TEAMS) for viewer in viewers for name in ("all teams", "all")]
    fits = [each for each in offered if folded.startswith(f"{each[0]} ")]
    if fits:
        name, viewer, team_id = max(fits, key=lambda each: len(each[0]))
        return viewer, team_id, words[len(name) :].strip()
    viewer = next(each for each in viewers if each.teams and each.measures)
    return viewer, viewer.teams[0].id, words


def _viewer(db: Connection, rows: Sequence[columns.AnyRow]) -> Viewer:
    collaborative = columns.collaborative(rows[0])
    own = {row.team_id for row in rows if row.role in TEAM_ROLES}
    coached = {row.team_id for row in rows if row.role == Role.COACH}
    there = current.taking_part(db, collaborative.id)
    nearest = sorted(there, key=lambda team: (team.id not in own, team.id not in coached))
    known = measures.of_collaborative(db, collaborative.id, nearest[0].id if nearest else 0)
    asked_first = sorted(known, key=lambda measure: measure.retired_on is not None)
    return Viewer(
        collaborative, frozenset(Role(row.role) for row in rows), tuple(nearest), tuple(asked_first)
    )
