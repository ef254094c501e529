"""What a sample size says, and who counts as knowing how many were looked at."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.collaborative.measure import Measure, PastDefinition
from models.rules.collaborative.redefined import Redefined, redefined, redefined_words
from models.rules.collaborative.sample import EVERYBODY, is_known_to_peers, size_sentence, size_words
from tests.rules.test_signals import MEASURE


@pytest.mark.parametrize(
    ("size", "words", "sentence"),
    [
        (20, "20", "20, or all where there are fewer (counts as known to all teams)"),
        (1200, "1,200", "1,200, or all where there are fewer (counts as known to all teams)"),
        (EVERYBODY, "all", "all"),
        (None, "not given", "not given (counts as known to all teams)"),
    ],
)
def test_a_size_is_said_with_who_counts_as_knowing_it(size: int | None, words: str, sentence: str) -> None:
    assert (size_words(size), size_sentence(size)) == (words, sentence)


def test_what_nobody_said_counts_as_known() -> None:
    """The stricter reading: only where all who count are looked at, their number stays with the team."""
    assert [is_known_to_peers(size) for size in (None, 20, EVERYBODY)] == [True, True, False]


def test_a_size_given_for_the_first_time_is_no_new_definition() -> None:
    """Nobody counts another way for it; another number is one."""

    def was(size: int | None, until: date) -> PastDefinition:
        return PastDefinition(MEASURE.id, MEASURE.definition, MEASURE.sampling, until, size)

    now: Measure = replace(MEASURE, sample_size=30)
    first, second = date(2026, 1, 1), date(2026, 3, 1)
    changes = redefined([was(None, first), was(20, second)], now)
    assert changes == (Redefined(second, ("sample_size",)),)
    assert redefined_words(changes).startswith("New definition of the size of the sample;")
