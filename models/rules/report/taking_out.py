"""Words taken out of a report for good, wherever they stand: what is left says that there were some."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.rules.collaborative.measure import Measure
from models.rules.collaborative.people import Acting, Collaborative
from models.rules.collaborative.period import ReportingPeriod
from models.rules.report.report import LEFT_EMPTY, NARRATIVE_LABELS, Change, How

SOME_WORDS = "some words"  # in their place, in what was changed
NOT_GIVEN = "no reason given"  # in a reason's place: the measure still cannot be reported
TAKEN_OUT = "taken out"
NOTE = "coach_note"
_REASON = "reason:"
_REASON_GIVEN = f"{How.CANNOT}: "
_NONE = frozenset({"", LEFT_EMPTY, SOME_WORDS, NOT_GIVEN})


@dataclass(frozen=True)
class WordsField:
    """An answer of a report, or why one of its measures cannot be reported."""

    key: str  # of Narrative, or "reason:7" of measure 7
    label: str

    @property
    def measure_id(self) -> int | None:
        """Of a reason; None of an answer."""
        return int(self.key.removeprefix(_REASON)) if self.key.startswith(_REASON) else None

    @property
    def emptied(self) -> str:
        """What stands in the report afterwards: a measure that cannot be reported stays one."""
        return "" if self.measure_id is None else NOT_GIVEN

    def without(self, text: str) -> str:
        """What was said once in a change, without the words; as it is where there are none."""
        if self.measure_id is None:
            return text if text.strip() in _NONE else SOME_WORDS
        if not text.startswith(_REASON_GIVEN) or text.removeprefix(_REASON_GIVEN) in _NONE:
            return text
        return f"{_REASON_GIVEN}{SOME_WORDS}"

    def out_of(self, changes: Iterable[Change], labels: Collection[str]) -> list[Change]:
        """Changes without its words; a subject that is none of the `labels` is a measure's earlier name."""
        return [
            replace(each, old=self.without(each.old), new=self.without(each.new))
            if each.subject == self.label or (self.measure_id and each.subject not in labels)
            else each
            for each in changes
        ]

    def out_of_draft(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """A draft's answers without it; all else that was typed stays."""
        if self.measure_id is None:
            return {**answers, "narrative": {**answers["narrative"], self.key: ""}}
        typed = [
            {**each, "reason": ""} if each["measure_id"] == self.measure_id else each
            for each in answers["typed"]
        ]
        return {**answers, "typed": typed}

    @property
    def change(self) -> Change:
        """That it was taken out, as a correction has it: nobody else reads more than of any other."""
        if self.measure_id is None:
            return Change(self.label, SOME_WORDS, LEFT_EMPTY)
        return Change(self.label, f"{_REASON_GIVEN}{SOME_WORDS}", f"{_REASON_GIVEN}{NOT_GIVEN}")


def fields_of(measures: Iterable[Measure]) -> tuple[WordsField, ...]:
    """All fields of a report that hold words."""
    answers = (WordsField(key, label) for key, label in NARRATIVE_LABELS.items())
    reasons = (WordsField(f"{_REASON}{each.id}", each.name) for each in measures)
    return (*answers, *reasons)


def has_words(text: str) -> bool:
    """Whether it holds words of somebody's."""
    return text.strip() not in _NONE


@dataclass(frozen=True)
class TakenOut:
    """That a field was: by whom and when."""

    label: str
    by: str
    on: date


@dataclass(frozen=True)
class ReportWords:
    """What can be taken out of a report, and what was, for who may do so."""

    acting: Acting
    report_id: int
    period: ReportingPeriod
    fields: tuple[WordsField, ...]  # those that hold words, or did before they were corrected
    taken_out: tuple[TakenOut, ...]  # oldest first

    @property
    def collaborative(self) -> Collaborative:
        return self.acting.collaborative
