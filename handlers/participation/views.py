"""How teams take part in words: the button in a digest, and the window with each team and its reasons."""

from collections.abc import Iterable, Mapping, Sequence

from handlers.slack.blocks import View, context, modal, section
from handlers.slack.words import counted, listed, safe_name
from models.rules.coaching.feedback import Feedback, TeamAnswer
from models.rules.coaching.participation import MONTHS, Participation
from models.rules.report.team_record import Month

LEAD = (
    f"The last {MONTHS} months whose due day has passed. Only a team's coaches and the host see this. "
    "There is no score: it says where a question or a hand may be welcome."
)
NOTHING_DUE = "nothing was due yet"
MOST_SHOWN = 95  # teams, a block each; Slack takes 100


def participation_view(teams: Sequence[Participation]) -> View:
    """Show how each team takes part, by name."""
    blocks = [context(LEAD), *(section(_words(each)) for each in teams[:MOST_SHOWN])]
    if (more := len(teams) - MOST_SHOWN) > 0:
        blocks.append(context(f"and {counted(more, 'team')} more"))
    return modal("Taking part", blocks, close="Close")


def _words(team: Participation) -> str:
    """A team in a line: "*Cedar*: 5 of 6 reports in, 1 late; words in 3", and the months behind it."""
    facts = "; ".join([*_reports(team), *_written(team), *_answered(team)]) or NOTHING_DUE
    why = " ".join(f"{what}: {listed(months)}." for what, months in _reasons(team).items() if months)
    return "\n".join(filter(None, [f"*{safe_name(team.team.name)}*: {facts}.", why]))


def _reports(team: Participation) -> list[str]:
    counts = {"late": team.late, "sent for them": team.on_behalf}
    facts = [f"{len(team.reported)} of {counted(len(team.due), 'report')} in"] if team.due else []
    facts += [f"{len(months)} {what}" for what, months in counts.items() if months]
    facts += [f"{counted(len(team.tabled), 'month')} from a table"] if team.tabled else []
    return [", ".join(facts)] if facts else []


def _written(team: Participation) -> list[str]:
    return [f"words in {len(team.reported) - len(team.wordless)}"] if team.reported else []


def _answered(team: Participation) -> list[str]:
    given, open_ = len(team.feedback), len(team.answered(None))
    return [f"answered {given - open_} of {counted(given, 'feedback')}"] if given else []


def _reasons(team: Participation) -> Mapping[str, Sequence[str]]:
    return {
        "In late": [f"{month.name} ({counted(month.days_late, 'day')})" for month in team.late],
        "Not in": _names(team.missing),
        "They said they cannot": _names(team.cannot),
        "Sent for them": _names(team.on_behalf),
        "From a table": _names(team.tabled if team.due else ()),  # of all months it needs no list
        "Numbers without words": _names(team.wordless),
        "Feedback that helped": _about(team.answered(TeamAnswer.HELPED)),
        "That has not helped yet": _about(team.answered(TeamAnswer.NOT_YET)),
        "Not answered": _about(team.answered(None)),
    }


def _names(months: Iterable[Month]) -> list[str]:
    return [month.name for month in months]


def _about(feedback: Iterable[Feedback]) -> list[str]:
    """The months the feedback was on, each once."""
    return list(dict.fromkeys(f"{each.period.first_day:%B}" for each in feedback))
