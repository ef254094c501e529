"""What a button, an option or a window carries reads back as it was packed, or is refused in words."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.report.views.pages import FormPlace
from handlers.slack.buttons import as_value, choice_of
from handlers.slack.ids import FROM_BEFORE, packed, pressed, unpacked
from models.errors import DomainError
from models.rules.charts.choice import ChartChoice
from models.rules.charts.control_chart import Kind
from models.rules.coaching.talks import TalkOutcome

IDS = st.integers(0, 2**63 - 1)
KEYS = st.text().filter(lambda text: ":" not in text)


@given(IDS, st.sampled_from(TalkOutcome), st.dates(), KEYS, st.text())
def test_what_was_packed_reads_back(number: int, word: TalkOutcome, day: date, key: str, rest: str) -> None:
    """Ids, words of ours, days and texts; the last may hold anything at all, other packed ones too."""
    value = packed(number, word, packed(day, key, rest))
    *read, more = unpacked(value, int, TalkOutcome, str)
    assert read == [number, word]
    assert unpacked(more, date.fromisoformat, str, str) == (day, key, rest)


def test_a_text_with_a_colon_is_never_packed_where_it_would_not_read_back() -> None:
    with pytest.raises(ValueError, match="last"):
        packed("falling:M1", 7)


@given(st.text() | st.from_regex(r"-?\d{1,25}(:-?\d{1,25}){0,4}", fullmatch=True))
def test_whatever_else_stands_there_is_refused_in_words(value: str) -> None:
    """Nothing but ids comes of it, and no other error."""
    ids: tuple[int, ...] = ()
    with suppress(DomainError):
        ids = unpacked(value, int, int)
    assert all(0 <= each < 2**63 for each in ids)


@given(st.builds(ChartChoice, IDS, IDS, IDS, st.none() | st.sampled_from(Kind)))
def test_a_chart_reads_back_from_its_button(choice: ChartChoice) -> None:
    assert choice_of(as_value(choice)) == choice


DOUBTS = st.lists(st.from_regex(r"\d{1,9}:\d{1,9}:(\d{1,9})?", fullmatch=True), max_size=5).map(tuple)


@given(st.builds(FormPlace, IDS, IDS, IDS, DOUBTS, IDS, from_home=st.booleans()))
def test_the_place_in_a_form_reads_back_from_its_window(place: FormPlace) -> None:
    assert FormPlace.of_value(place.as_value()) == place


def test_buttons_that_stand_in_channels_since_before_are_read() -> None:
    """As they were written when they were posted."""
    assert unpacked("7:10", int, int) == (7, 10)
    assert unpacked("12", int) == 12
    assert unpacked("7:falling:M1:2026-03", int, str) == (7, "falling:M1:2026-03")
    assert unpacked("3:waiting:40", int, str, int) == (3, "waiting", 40)
    assert unpacked("3::0", int, str, int) == (3, "", 0)
    assert choice_of("1:2:3") == ChartChoice(1, 2, 3)
    assert choice_of(f"1:2:3:{Kind.P}") == ChartChoice(1, 2, 3, Kind.P)
    with pytest.raises(DomainError, match=FROM_BEFORE):
        choice_of("1:2")


def test_what_is_pressed_or_chosen_carries_a_value_or_none() -> None:
    assert pressed({"actions": [{"value": "7:10"}]}) == "7:10"
    assert pressed({"actions": [{"selected_option": {"value": "12"}}]}) == "12"
    assert not pressed({"actions": [{}]})
    assert not pressed({"command": "/report"})
