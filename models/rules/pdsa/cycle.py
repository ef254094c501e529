"""A PDSA cycle: one small test of a change, from its plan and prediction to what the team decides."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.rules.collaborative.people import Collaborative, Team

FEW_AT_FIRST = 10  # units; a first test is best with one
LONGEST_UNTIL_STALLED = 30  # days past its last day


class Step(StrEnum):
    """What comes next."""

    PLAN = "plan"
    DO = "do"
    STUDY = "study"
    ACT = "act"
    DECIDED = "decided"


class Decision(StrEnum):
    """What a team makes of what it learned; trying it bigger is a way to adapt."""

    ADAPT = "adapt"
    BIGGER = "bigger"
    ADOPT = "adopt"
    ABANDON = "abandon"

    @property
    def goes_on(self) -> bool:
        """Whether another cycle comes after it."""
        return self in {Decision.ADAPT, Decision.BIGGER}


DECISIONS = {
    Decision.ADAPT: "Adapt: change it a little and test again",
    Decision.BIGGER: "Try it bigger: the same change, more of it",
    Decision.ADOPT: "Adopt: make it how we work",
    Decision.ABANDON: "Abandon: it is not worth another test",
}


@dataclass(frozen=True)
class Answers:
    """All that a team writes of a test; "" and None where it wrote nothing."""

    change: str = ""
    question_1: str = ""
    prediction_1: str = ""
    question_2: str = ""
    prediction_2: str = ""
    measure_id: int | None = None
    owner_id: int | None = None
    place: str = ""
    first_day: date | None = None
    last_day: date | None = None
    size: int | None = None
    unit: str = ""
    happened: str = ""
    surprises: str = ""
    result_1: str = ""
    result_2: str = ""
    learned: str = ""
    decision: Decision | None = None
    next_step: str = ""

    @property
    def questions(self) -> tuple[tuple[str, str, str], ...]:
        """Each with its prediction and its result, where any of the three was written."""
        both = (
            (self.question_1, self.prediction_1, self.result_1),
            (self.question_2, self.prediction_2, self.result_2),
        )
        return tuple(each for each in both if any(each))


@dataclass(frozen=True)
class PdsaCycle:
    """A cycle as it stands."""

    id: int
    collaborative: Collaborative
    team: Team
    answers: Answers
    revision: int
    number: int | None = None  # None: it is planned still
    follows_id: int | None = None
    planned_by: str = ""
    owner: str = ""
    measure: str = ""
    started_at: datetime | None = None
    studied_on: date | None = None
    decided_at: datetime | None = None
    decided_by: str = ""

    @property
    def step(self) -> Step:
        """What comes next, by what is written."""
        if self.started_at is None:
            return Step.PLAN
        if self.decided_at is not None:
            return Step.DECIDED
        if not self.answers.happened:
            return Step.DO
        return Step.ACT if self.answers.learned else Step.STUDY

    def is_overdue(self, today: date) -> bool:
        """Whether its last day is past and nobody said how it went, or what came of it."""
        last = self.answers.last_day
        return self.step not in {Step.PLAN, Step.DECIDED} and last is not None and last < today

    def is_stalled(self, today: date) -> bool:
        """Whether it is so for long."""
        last = self.answers.last_day or today
        return self.is_overdue(today) and (today - last).days > LONGEST_UNTIL_STALLED


def following(before: Answers) -> Answers:
    """What the next cycle of a ramp begins with: the same change, or the one it was adapted to."""
    is_adapted = before.decision is Decision.ADAPT and before.next_step
    return Answers(
        change=before.next_step if is_adapted else before.change,
        question_1=before.question_1,
        question_2=before.question_2,
        measure_id=before.measure_id,
        owner_id=before.owner_id,
        place=before.place,
        size=None if before.decision is Decision.BIGGER else before.size,
        unit=before.unit,
    )
