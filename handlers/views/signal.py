"""The message about a signal: a question, with its numbers in words; never a verdict, never a rank."""

from dataclasses import dataclass

from handlers.views.chart import ChartImage, open_button
from handlers.views.text import Block, actions, context, escape, escape_to_fit, listed, section, spoken
from models.rules.charts import TeamChart
from models.rules.run_chart import Phase
from models.rules.runs import Finding, Sign, side_words, times
from models.rules.viewers import ChartChoice

SEVERAL = 2  # months between a note and the run it may explain
MOST_NOTES = 4  # so that a context holds them all: 2,000 characters


@dataclass(frozen=True)
class SignalWords:
    """What there is to tell of a signal, whoever reads it."""

    chart: TeamChart
    collaborative_id: int
    finding: Finding
    phase: Phase
    level: str  # of the median, in words
    channel: str  # the one all teams share
    coaches: tuple[str, ...] = ()  # by name


def to_all(said: SignalWords, image: ChartImage) -> tuple[str, list[Block]]:
    """Invite the team to share, where all teams read it."""
    team = _team(said)
    ask = (
        f"{team}, what did you change? If you like, tell the others in this thread: "
        "what you tried, what it took, and what you would do again."
    )
    return _message(said, image, f"This is hardly chance, and it is the better direction. {ask}")


def to_coach_first(said: SignalWords, image: ChartImage) -> tuple[str, list[Block]]:
    """Tell the coach a day before the others."""
    ahead = f"You hear of it first: <#{said.channel}> reads it tomorrow, with an invitation to share."
    better = "This is hardly chance, and it is the better direction."
    return _message(said, image, f"{better} {ahead} Do you know what {_team(said)} changed?")


def to_team(said: SignalWords, image: ChartImage) -> tuple[str, list[Block]]:
    """Ask the team what it sees in it; nobody else but the coach reads this."""
    names = escape_to_fit(listed(said.coaches), 300)
    coach = f" {names} can look at it with you." if names else ""
    ask = (
        "This is hardly chance. Do you know what changed? It can be the work, the patients, or how it is "
        f"counted.{coach}"
    )
    return _message(said, image, ask, "This is told here and to your coach, nowhere else.")


def to_coach(said: SignalWords, image: ChartImage) -> tuple[str, list[Block]]:
    """Ask the coach, who hears of it with the team."""
    ask = f"This is hardly chance. Would a look at it together help {_team(said)}?"
    return _message(said, image, ask, "This is told to the team and its coach, nowhere else.")


def _message(said: SignalWords, image: ChartImage, ask: str, who_reads: str = "") -> tuple[str, list[Block]]:
    headline = f"{_team(said)}, {escape_to_fit(said.chart.series.measure.name, 300)}: {_first(said)}"
    notes = [f"Note {at}: {escape_to_fit(words, 350)}." for at, words in _notes(said)[:MOST_NOTES]]
    small = " ".join([_numbers(said), *notes, who_reads]).strip()
    heard = f"{_numbers(said)} {who_reads}".strip()  # what people wrote freely is in no notification
    series = said.chart.series
    choice = ChartChoice(said.collaborative_id, series.team.id, series.measure.id)
    blocks = [
        section(f"*{headline}*\n{ask}"),
        image.block(),
        context(small),
        actions(open_button(choice)),
    ]
    return spoken(f"{headline} {ask} {heard}"), blocks


def _team(said: SignalWords) -> str:
    return escape_to_fit(said.chart.series.team.name, 200)


def _first(said: SignalWords) -> str:
    """Say what was seen: "8 months in a row above the baseline median of 49.5%, since May 2026."."""
    finding = said.finding
    median = f"the {'baseline median' if said.chart.freeze else 'median'} of {escape(said.level)}"
    if finding.sign is Sign.SHIFT:
        return _run(said, f"{finding.length} months in a row {side_words(finding.side)} {median}")
    if finding.sign is Sign.TREND:
        return f"{finding.length} months in a row {'rising' if finding.side > 0 else 'falling'}."
    crossed = (
        f"{median} was crossed only {times(said.phase.n_crossings or 0)} in {said.phase.n_useful} months"
    )
    later = f", and the later ones lie {side_words(said.phase.heading)} it" if said.phase.heading else ""
    return f"{crossed}{later}."


def _run(said: SignalWords, run: str) -> str:
    """Say since when; of a run that lies behind, until when, and where the values are now."""
    months, finding, heading = said.chart.months, said.finding, said.phase.heading
    begins = f"{months[finding.first - 1]:%B %Y}"
    if finding.side != -heading:
        return f"{run}, since {begins}."
    ended = f"from {begins} to {months[finding.last - 1]:%B %Y}"
    return f"{run}, {ended}; the later ones lie {side_words(heading)} it."


def _numbers(said: SignalWords) -> str:
    """Name the rule with its numbers, and where the median comes from."""
    phase, freeze = said.phase, said.chart.freeze
    early = " This is early: fewer than 12 months count." if phase.is_early else ""
    source = (
        f"The median is frozen on the first {freeze} months."
        if freeze
        else f"The median is that of all months{' of this phase' if said.chart.phases else ''}."
    )
    return f"{said.finding.words} {phase.n_useful} months count; one on the median would not. {source}{early}"


def _notes(said: SignalWords) -> list[tuple[int, str]]:
    """The notes just before the run, or in it: what people wrote down may be what made the difference."""
    first = said.finding.first - SEVERAL
    numbered = enumerate(said.chart.notes, 1)
    return [
        (number, f"{note.month:%b %Y}, {note.words}")
        for number, (at, note) in numbered
        if first <= at <= said.finding.last
    ]
