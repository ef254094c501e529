"""What a sheet of small charts says in words, and how its teams are named."""

from collections.abc import Collection, Sequence
from os.path import commonprefix

from handlers.files.charts.levels import level_words
from handlers.files.charts.spec import ChartSpec
from handlers.files.charts.title import better_words, short_title, title
from handlers.files.charts.words import (
    ALT_TEXT_MAX,
    count_words,
    latest_words,
    marked_words,
    month_words,
    short_name,
    within,
)

LONG = 18  # letters of a name that fit beside the latest value
MOST_LETTERS = 24  # of a name, where a dozen share one alt text


def sheet_caption(specs: Sequence[ChartSpec]) -> str:
    """Say what all charts of a sheet share, then what each says, a line for each."""
    return "\n".join((_shared(specs), *(_small(spec, spec.team) for spec in specs)))


def sheet_alt_text(specs: Sequence[ChartSpec], heading: str) -> str:
    """Say the same in at most 1000 characters: of many teams in short, so that none is left out."""
    lead = f"{count_words(len(specs), 'run chart')}. {short_name(heading)}. {_shared(specs)}"
    full = (lead, *(_small(spec, short_name(spec.team, 40)) for spec in specs))
    if sum(map(len, full)) + len(specs) <= ALT_TEXT_MAX:
        return " ".join(full)
    names = sheet_names(specs)
    return within((lead, *map(_smallest, specs, names)))


def _small(spec: ChartSpec, name: str) -> str:
    reading = spec.reading
    latest = f" {latest_words(spec, reading)}" if reading.known else ""
    starts = [f" New phase from {month_words(spec, start.position)}: {start.label}." for start in spec.phases]
    marks = [f" {words}" for words in marked_words(spec)]
    return f"{name}: {title(spec)}.{latest}{''.join([*starts, *marks])}".replace("..", ".")


def _smallest(spec: ChartSpec, name: str) -> str:
    known = spec.reading.known
    latest = f"; latest {level_words(spec, spec.reading.levels[known[-1] - 1] or 0)}" if known else ""
    marks = f"; {count_words(len(spec.markers), 'mark')}" if spec.markers else ""
    return f"{short_name(name, MOST_LETTERS)}: {short_title(spec)}{latest}{marks}."


def _shared(specs: Sequence[ChartSpec]) -> str:
    """Say which way is good, and the goal where all have the same."""
    goal = common_goal(specs)
    return f"{better_words(specs[0]).capitalize()}.{goal and f' {goal.capitalize()}.'}"


def common_goal(specs: Sequence[ChartSpec]) -> str:
    """Say the goal that all charts share: "goal 80%"; nothing where they have none or several."""
    goals = {spec.reading.goal for spec in specs}
    goal = goals.pop() if len(goals) == 1 else None
    return "" if goal is None else f"goal {level_words(specs[0], goal)}"


def sheet_names(specs: Sequence[ChartSpec]) -> list[str]:
    """Name the teams; long names leave out the words they begin with alike: "…North clinic", "Cedar"."""
    alike: dict[str, set[str]] = {}
    for name in (spec.team for spec in specs if len(spec.team) > LONG):
        alike.setdefault(name.split(" ")[0], set()).add(name)
    names = [spec.team for spec in specs]
    short = [_told_from(name, alike.get(name.split(" ")[0], ())) for name in names]
    return short if len(set(short)) == len(set(names)) else names


def _told_from(name: str, others: Collection[str]) -> str:
    """Leave out the words all of these begin with."""
    alike = commonprefix(list(others)) if len(others) > 1 and name in others else ""  # noqa: RUF071 - of names
    begin = alike.rpartition(" ")[0]
    return f"…{name[len(begin) :].strip()}" if begin else name
