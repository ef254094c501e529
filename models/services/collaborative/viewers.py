"""What a person may look at: the teams and measures of the collaboratives they take part in."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection

from models.errors import DomainError
from models.rules.charts.choice import ALL_TEAMS, ChartChoice
from models.rules.collaborative.measure import Measure
from models.rules.collaborative.participant import Participant
from models.rules.collaborative.people import Team, Visitor
from models.rules.collaborative.policy import Deed, Kind, Relation, refusal
from models.rules.collaborative.viewers import Viewer
from models.rules.privacy.door import echoed
from models.rules.quoting import suggestion
from models.services import current
from models.services.collaborative import measures, visitors

NOT_HERE = "I could not find that chart."
NOTHING_YET = "There is no team or no measure to chart yet."


def viewers(db: Connection, visitor: Visitor) -> tuple[Viewer, ...]:
    """One for each collaborative the person takes part in; none for a stranger."""
    return tuple(_viewer(db, each) for each in visitors.participants(db, visitor))


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
            f"{echoed(words)} is part of several names: {'; '.join(each.name for each in matching)}."
        )
    near = suggestion(words, [*names, *(each.key for each in viewer.measures), *there])
    known = f" Measures: {'; '.join(names)}. Teams: {'; '.join(there)}."
    raise DomainError(f"I know no team or measure called {echoed(words)}.{near or known}")


def _checked(viewer: Viewer, choice: ChartChoice) -> Viewer:
    if choice.team_id == ALL_TEAMS and not viewer.sees_all_at_once:
        raise refusal(Deed.COMPARE_TEAMS)
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


def _viewer(db: Connection, who: Participant) -> Viewer:
    scope = who.collaborative.id
    there = [*current.taking_part(db, scope), *who.withdrawn]
    seen = [team for team in there if who.sees(Kind.NUMBERS, team.id)]
    nearest = sorted(seen, key=partial(_nearness, who))
    known = measures.of_collaborative(db, scope, nearest[0].id if nearest else 0)
    asked_first = sorted(known, key=lambda measure: measure.retired_on is not None)
    return Viewer(who, tuple(nearest), tuple(asked_first))


def _nearness(who: Participant, team: Team) -> int:
    """Own teams come first, then coached ones, then the others."""
    known_as = who.relations(team.id)
    nearest = ({Relation.OWN_TEAM, Relation.WITHDRAWN_TEAM}, {Relation.COACH})
    return next((place for place, these in enumerate(nearest) if known_as & these), len(nearest))
