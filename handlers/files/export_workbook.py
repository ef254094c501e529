"""Lays an export out as the sheets of a workbook."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.files.workbook import Sheet, SheetCell, workbook
from models.rules.collaborative.measure import Measure, UnitKind
from models.rules.collaborative.sample import size_words
from models.rules.export import ChangeLine, Export, ReportLine, ValueLine
from models.rules.report.report import NARRATIVE_LABELS, SHARED_WORDS, How

_VALUES = (
    "Team",
    "Month",
    "Measure",
    "Numerator",
    "Denominator",
    "Value",
    "Unit",
    "How",
    "Why not",
    "From",
    "Sample size",
)
_REPORTS = ("Team", "Month", "Sent", "By", "Late", "Revision")
_CHANGES = ("Team", "Month", "When", "By", "What", "Old", "New")
_DEFINITIONS = (
    "Measure",
    "Kind",
    "Unit",
    "Better",
    "Goal",
    "Required",
    "Conceptual",
    "Operational",
    "Numerator",
    "Denominator",
    "Sampling",
    "Sample size",
    "Held",
)


def export_workbook(export: Export) -> bytes:
    """The bytes of an .xlsx file; its times are those of the collaborative's own clocks."""
    zone = ZoneInfo(export.collaborative.time_zone)
    return workbook(
        [
            Sheet("Values", _VALUES, [_value(line) for line in export.values]),
            _reports(export, zone),
            Sheet("Changes", _CHANGES, [_change(line, zone) for line in export.changes]),
            Sheet("Definitions", _DEFINITIONS, list(_definitions(export))),
        ]
    )


def _reports(export: Export, zone: ZoneInfo) -> Sheet:
    """The column for the coach's note is there only for those who may read some."""
    names = tuple(NARRATIVE_LABELS) if export.reads_notes else SHARED_WORDS
    rows = [(*_report(each, zone), *(getattr(each.words, name) for name in names)) for each in export.reports]
    return Sheet("Reports", (*_REPORTS, *(NARRATIVE_LABELS[name] for name in names)), rows)


def _report(line: ReportLine, zone: ZoneInfo) -> tuple[SheetCell, ...]:
    late = "late" if line.is_late else ""
    return (line.team, f"{line.month:%Y-%m}", _at(line.at, zone), line.by, late, line.revision)


def _change(line: ChangeLine, zone: ZoneInfo) -> tuple[SheetCell, ...]:
    return (line.team, f"{line.month:%Y-%m}", _at(line.at, zone), line.by, line.subject, line.old, line.new)


def _at(moment: datetime, zone: ZoneInfo) -> datetime:
    """Excel knows no time zones."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _value(line: ValueLine) -> tuple[SheetCell, ...]:
    value, unit = line.value, line.measure.unit
    how = How.CANNOT if not value else How.ESTIMATED if value.is_estimate else How.COUNTED
    return (
        line.team,
        f"{line.month:%Y-%m}",
        line.measure.name,
        value.numerator if value else None,
        value.denominator if value else None,
        round(float(value.level(unit)), 4) if value else None,
        _unit(line.measure),
        "" if not value and not line.reason else how.value,
        line.reason,
        "report" if line.is_reported else "earlier months",
        size_words(line.sample_size),
    )


def _unit(measure: Measure) -> str:
    unit = measure.unit
    if unit.kind is UnitKind.RATE:
        return f"per {unit.per:,} {unit.noun}".rstrip()
    return "percent" if unit.kind is UnitKind.PERCENT else unit.noun


def _definitions(export: Export) -> Iterable[tuple[SheetCell, ...]]:
    """Each measure as it is defined now, and below it as it was, with the day that ended."""
    for measure in export.measures:
        yield (*_definition(measure), "")
        for past in reversed(export.past):
            if past.measure_id == measure.id:
                was = replace(
                    measure,
                    definition=past.definition,
                    sampling=past.sampling,
                    sample_size=past.sample_size,
                )
                yield (*_definition(was), f"until {past.until}")


def _definition(measure: Measure) -> Iterable[SheetCell]:
    definition = measure.definition
    yield from (measure.name, measure.kind.value, _unit(measure), measure.direction.value, measure.goal)
    yield "required" if measure.required else "optional"
    yield from (
        definition.conceptual,
        definition.operational,
        definition.numerator,
        definition.denominator,
        measure.sampling,
        size_words(measure.sample_size),
    )
