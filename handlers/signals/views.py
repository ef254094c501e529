"""The message about a signal: a question, with its numbers in words; never a verdict, never a rank."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.slack.blocks import Block, ChartImage, TextAndBlocks, actions, context, section
from handlers.slack.buttons import open_button
from handlers.slack.words import counted, escape, escape_to_fit, listed, safe_name, spoken
from models.rules.charts.charts import SOON, Stretch, TeamChart
from models.rules.charts.choice import ChartChoice
from models.rules.charts.phase import Phase
from models.rules.charts.runs import FiredTest, Sign, side_words

MOST_NOTES = 4  # so that a context holds them all: 2,000 characters


@dataclass(frozen=True)
class SignalWords:
    """What there is to tell of a signal, whoever reads it."""

    chart: TeamChart
    image: ChartImage
    collaborative_id: int
    finding: FiredTest
    phase: Phase
    level: str  # of the median, in words
    fell_back_to: str = ""  # the latest value, where it lost most of what was gained


@dataclass(frozen=True)
class TeamSignals:
    """All that one look found in a team's charts for the same readers."""

    signals: Sequence[SignalWords]  # one or more
    channel: str  # the one all teams share
    coaches: tuple[str, ...] = ()  # by name

    @property
    def team(self) -> str:
        return safe_name(self.signals[0].chart.series.team.name)


def to_all(look: TeamSignals) -> TextAndBlocks:
    """Invite the team to share, where all teams read it."""
    ask = (
        f"{look.team}, what did you change? If you like, tell the others in this thread: "
        "what you tried, what it took, and what you would do again."
    )
    return _message(look, f"{_better(look)} {ask}")


def to_coach_first(look: TeamSignals) -> TextAndBlocks:
    """Tell the coach a day before the others."""
    ahead = f"You hear of it first: <#{look.channel}> reads it tomorrow, with an invitation to share."
    return _message(look, f"{_better(look)} {ahead} Do you know what {look.team} changed?")


def to_team(look: TeamSignals) -> TextAndBlocks:
    """Ask the team what it sees in it; nobody else but the coach reads this."""
    names = escape_to_fit(listed(look.coaches), 300)
    coach = f" {names} can look at it with you." if names else ""
    ask = (
        "This is hardly chance. Do you know what changed? It can be the work, the patients, or how it is "
        f"counted.{coach}"
    )
    return _message(look, ask, "This is told here and to your coach, nowhere else.")


def to_coach(look: TeamSignals) -> TextAndBlocks:
    """Ask the coach, who hears of it with the team."""
    ask = f"This is hardly chance. Would a look at it together help {look.team}?"
    return _message(look, ask, "This is told to the team and its coach, nowhere else.")


def _better(look: TeamSignals) -> str:
    """Say that it is good, and not more than it is: the latest month may have given it back."""
    better = "This is hardly chance, and it is the better direction."
    return " ".join([better, *(_fell_back(signal) for signal in look.signals if signal.fell_back_to)])


def _fell_back(signal: SignalWords) -> str:
    month, level = f"{signal.chart.months[-1]:%B %Y}", escape(signal.fell_back_to)
    return f"{_measure(signal)} was back at {level} in {month}: it is early to say whether it lasts."


def _message(look: TeamSignals, ask: str, who_reads: str = "") -> TextAndBlocks:
    headlines = [f"{look.team}, {_measure(signal)}: {_first(signal)}" for signal in look.signals]
    blocks = [*(section(f"*{headline}*") for headline in headlines), section(ask)]
    for signal in look.signals:
        blocks += _one(signal)
    blocks += [context(who_reads)] if who_reads else []
    heard = [
        *headlines,
        ask,
        *map(_numbers, look.signals),
        who_reads,
    ]  # no free words in a notification
    return spoken(" ".join(heard).strip()), blocks


def _one(signal: SignalWords) -> list[Block]:
    """Show one signal: its chart, and its numbers in a small line."""
    notes = [f"{escape_to_fit(words, 370)}." for words in _notes(signal)[:MOST_NOTES]]
    series = signal.chart.series
    choice = ChartChoice(signal.collaborative_id, series.team.id, series.measure.id)
    return [signal.image.block(), context(" ".join([_numbers(signal), *notes])), actions(open_button(choice))]


def _measure(signal: SignalWords) -> str:
    return safe_name(signal.chart.series.measure.name)


def _first(signal: SignalWords) -> str:
    """Say what was seen: "8 months in a row above the baseline median of 49.5%, since May 2026."."""
    finding = signal.finding
    median = f"the {'baseline median' if signal.chart.baseline else 'median'} of {escape(signal.level)}"
    if finding.sign is Sign.SHIFT:
        return _run(signal, f"{finding.length} months in a row {side_words(finding.side)} {median}")
    if finding.sign is Sign.TREND:
        return f"{finding.length} months in a row {'rising' if finding.side > 0 else 'falling'}."
    went, heading = ("up", 1) if signal.phase.heading > 0 else ("down", -1)
    return (
        f"the numbers went {went}. The earlier months lie mostly {side_words(-heading)} {median}, "
        f"the later ones mostly {side_words(heading)} it."
    )


def _run(signal: SignalWords, run: str) -> str:
    """Say since when; of a run that lies behind, until when, and where the values are now."""
    months, finding, heading = signal.chart.months, signal.finding, signal.phase.heading
    begins, cycle = f"{months[finding.first - 1]:%B %Y}", signal.chart.cycle_before(finding.first)
    if finding.side != -heading:
        return f"{run} since cycle {cycle}, from {begins}." if cycle else f"{run}, since {begins}."
    ended = f"from {begins} to {months[finding.last - 1]:%B %Y}"
    return f"{run}, {ended}; the later ones lie {side_words(heading)} it."


def _numbers(signal: SignalWords) -> str:
    """Name the rule with its numbers, and where the median comes from."""
    phase, baseline = signal.phase, signal.chart.baseline
    early = " It is early: fewer than 12 months." if phase.is_early else ""
    source = (
        _frozen_on(signal.chart, baseline)
        if baseline
        else f"The median is that of all months{' of this phase' if signal.chart.phases else ''}."
    )
    return f"{signal.finding.words} This rests on {phase.n_useful} months. {source}{early}"


def _frozen_on(chart: TeamChart, baseline: Stretch) -> str:
    first, last = baseline
    many = counted(sum(level is not None for level in chart.levels[first - 1 : last]), "month")
    months = f"{chart.months[first - 1]:%b %Y} to {chart.months[last - 1]:%b %Y}"
    return f"The median is frozen on {many} with a value, {months}."


def _notes(signal: SignalWords) -> list[str]:
    """What is numbered just before the run, or in it: it may be what made the difference."""
    first, last = signal.finding.first - SOON, signal.finding.last
    return [
        f"{kind.capitalize()} {number}: {signal.chart.months[at - 1]:%b %Y}, {words}"
        for number, at, kind, words in signal.chart.numbered
        if first <= at <= last
    ]
