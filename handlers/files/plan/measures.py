"""Reads what is counted: each measure with its unit and its four-part definition."""

import re
from collections.abc import Iterable
from dataclasses import replace

from handlers.files.plan.fields import LONGEST_NAME, YES_NO, Fields, by_name
from handlers.files.plan.roster import named, refuse_twins
from models.rules.collaborative.measure import Definition, Direction, MeasureKind, Unit, UnitKind
from models.rules.collaborative.sample import EVERYBODY, LARGEST
from models.rules.quoting import clipped
from models.rules.setup.plan import MeasurePlan, TeamPlan

UNITS = "percent, rate per 1,000 patient days, count of visits, or value in minutes"
KEYS = ("name", "key", "kind", "unit", "better", "goal", "required", "definition", "sampling", "sample size")
LONGEST_NOUN = 80
NONE, ALL = "none", "all"
HIGHEST_PERCENT = 100
HIGHEST_PER = 10_000_000


def read_measures(top: Fields) -> tuple[MeasurePlan, ...]:
    """The measures in the order of the form; “none” where teams report in words alone."""
    if top.says("measures", NONE):
        return ()
    parts = top.parts("measures", f"a list of measures, each beginning with “- name:”, or “{NONE}”", by_name)
    measures = [_measure(part.only(*KEYS)) for part in parts]
    refuse_twins(parts, [measure.key for measure in measures])
    return tuple(measures)


def _measure(part: Fields) -> MeasurePlan:
    key, name = part.name()
    unit = _unit(part)
    goal = part.number("goal")
    if goal and unit.kind is UnitKind.PERCENT and goal > HIGHEST_PERCENT:
        part.refuse("goal", f"Found {goal}, expected a percentage up to {HIGHEST_PERCENT}.")
    return MeasurePlan(
        key=key,
        name=name,
        kind=part.choice("kind", {str(kind): kind for kind in MeasureKind}, MeasureKind.OUTCOME),
        unit=unit,
        direction=part.choice("better", {str(way): way for way in Direction}, Direction.HIGHER),
        goal=goal,
        required=part.choice("required", YES_NO, otherwise=True, needed=False),
        definition=_definition(part, unit),
        sampling=part.text("sampling"),
        sample_size=_sample_size(part),
    )


def _sample_size(part: Fields) -> int | None:
    if part.says("sample size", ALL):
        return EVERYBODY
    if not part.has("sample size"):
        return None
    return part.whole("sample size", 1, LARGEST, what=f"“{ALL}”, or a whole number")


def _unit(part: Fields) -> Unit:
    text = " ".join(part.text("unit", UNITS, LONGEST_NAME).split())
    if not text:
        return Unit(UnitKind.PERCENT)
    if re.fullmatch(r"%|percent(age)?", text, re.IGNORECASE):
        return Unit(UnitKind.PERCENT)
    rate = re.fullmatch(r"(?:rate )?per ([1-9][0-9, ]{0,12})\b ?(.{0,80})", text, re.IGNORECASE)
    if rate and int(re.sub(r"[, ]", "", rate[1])) <= HIGHEST_PER:
        return Unit(UnitKind.RATE, int(re.sub(r"[, ]", "", rate[1])), rate[2])
    plain = re.fullmatch(r"(count|value)(?: (?:of|in) (.{1,80}))?", text, re.IGNORECASE)
    if plain:
        return Unit(UnitKind(plain[1].lower()), noun=plain[2] or "")
    part.refuse("unit", f"Found {clipped(text)}, expected {UNITS}.")
    return Unit(UnitKind.PERCENT)


def _definition(part: Fields, unit: Unit) -> Definition:
    below = part.part("definition", "conceptual, operational, numerator and denominator")
    below.only("conceptual", "operational", "numerator", "denominator")
    if below.has("denominator") and not unit.has_denominator:
        below.refuse("denominator", f"A {unit.kind} has none: remove it, or change the unit.")
    return Definition(
        conceptual=below.text("conceptual"),
        operational=below.text("operational"),
        numerator=below.text("numerator", "what is counted"),
        denominator=below.text("denominator", "what it is counted out of" if unit.has_denominator else ""),
    )


def with_exceptions(
    top: Fields, teams: Iterable[TeamPlan], measures: tuple[MeasurePlan, ...]
) -> tuple[TeamPlan, ...]:
    """The teams, each knowing the measures it must or need not report unlike the others."""
    known = {word: measure.key for measure in measures for word in (measure.name, measure.key)}
    usual = {measure.key: measure.required for measure in measures}
    changed = []
    for part, team in zip(top.parts("teams", label=by_name), teams, strict=True):
        required_by_key = _asked(part, known)
        exceptions = {
            (key, required) for key, required in required_by_key.items() if usual[key] is not required
        }
        changed.append(replace(team, exceptions=frozenset(exceptions)))
    return tuple(changed)


def _asked(part: Fields, known: dict[str, str]) -> dict[str, bool]:
    by_key: dict[str, bool] = {}
    for label, required in (("required measures", True), ("optional measures", False)):
        for word in part.texts(label):
            key = named(part, label, word, known)
            if by_key.get(key, required) is not required:
                part.refuse(label, f"{clipped(word)} stands under both: keep one.")
            if key:
                by_key[key] = required
    return by_key
