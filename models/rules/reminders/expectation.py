"""What a team said about a report that is not in yet: when to expect it, that it cannot, or needs help."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

HELP_PAUSE = timedelta(days=3)  # time for the coach to answer, before the bot asks again
DAYS_OFFERED = 3
LONGEST_REASON = 500


class Said(StrEnum):
    LATER = "expected"  # by `until`
    CANNOT = "cannot"  # not this month
    HELP = "help"  # the coach was asked; the measure, or all of it, is not asked for again before `until`


@dataclass(frozen=True)
class Expectation:
    """The last word of a team on a month without a report."""

    team_id: int
    period_id: int
    said: Said
    until: date | None  # the day to ask again; None: not at all
    reason: str  # why not, or what help is wanted
    by: str  # the name of who said so
    at: datetime
    by_user: str = ""  # their Slack id
    measure: str = ""  # the one help is wanted with, "" for the report as a whole
    measure_id: int | None = None


@dataclass(frozen=True)
class TeamSaid:
    """What stands of all that a team said of a month: its last word on the report, and its questions."""

    said: Expectation | None = None
    questions: Mapping[int, Expectation] = field(default_factory=dict)  # the last one, by measure id

    @property
    def has_given_up(self) -> bool:
        """Whether the last word is that it cannot be reported."""
        return self.said is not None and self.said.said is Said.CANNOT

    def is_heard(self, today: date) -> bool:
        """Whether any of it still holds: that it cannot, or a day to come."""
        return bool(self.holds(today) or self.paused(today))

    def holds(self, today: date) -> Expectation | None:
        """The last word on the report, unless its day is past."""
        is_past = self.said is not None and self.said.until is not None and self.said.until < today
        return None if is_past else self.said

    def paused(self, today: date) -> frozenset[int]:
        """The measures that are not asked for today."""
        return frozenset(
            each for each, question in self.questions.items() if question.until and question.until > today
        )

    def pause(self, needed: Collection[int]) -> Expectation | None:
        """What reminders go by: the last word, or, where each needed measure has a question, these.

        Of the two what pauses longer counts.
        """
        questions = [self.questions[each] for each in needed if each in self.questions]
        if len(questions) < len(needed) or not questions or self.has_given_up:
            return self.said
        first = min(questions, key=_until)
        return max([each for each in (self.said, first) if each], key=_until)


def standing(words: Iterable[Expectation]) -> TeamSaid:
    """Add up what a team said, in its order. Who asks about a measure means to report after all."""
    last, questions = None, {}
    for word in words:
        if word.measure_id is None:
            last = word
            continue
        questions[word.measure_id] = word
        last = None if last and last.said is Said.CANNOT else last
    return TeamSaid(last, questions)


def _until(word: Expectation) -> date:
    return word.until or date.min


@dataclass(frozen=True)
class ToldCoach:
    """The same, with what its coach needs to read it."""

    expectation: Expectation
    team: str
    month: str  # "June 2026"
