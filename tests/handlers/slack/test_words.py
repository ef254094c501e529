"""Words made safe and short."""

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from handlers.slack.blocks import sections
from handlers.slack.words import clip, day, escape, escape_to_fit, listed
from tests.handlers.samples import words
from tests.handlers.slack_views import assert_no_markup_of_people


@given(words(3000))
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    """Slack turns the three entities back, and finds nothing to act on."""
    escaped = escape(text)
    assert_no_markup_of_people(escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@given(words(3000), st.integers(1, 3000))
@example(" <!channel>", 2)  # nothing but a space has room
def test_shortened_text_fits_and_cuts_no_entity_in_two(text: str, limit: int) -> None:
    """Each & that is left begins one of our entities."""
    fitted = escape_to_fit(text, limit)
    assert len(fitted) <= limit
    rest = fitted.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "")
    assert "&" not in rest


@given(st.text(max_size=400), st.integers(1, 300))
def test_clipped_text_fits(text: str, limit: int) -> None:
    """Text that fits is left alone."""
    assert len(clip(text, limit)) <= limit
    assert clip(text, 400) == text


@given(st.lists(st.text("ab", min_size=1, max_size=2900), max_size=8))
def test_lines_are_parted_where_a_section_is_full(lines: list[str]) -> None:
    """Nothing is lost and no section is too long."""
    texts = [block["text"]["text"] for block in sections(lines)]
    assert all(len(text) <= 3000 for text in texts)
    assert "\n".join(texts) == "\n".join(lines)


def test_days_and_lists_are_said_as_people_say_them() -> None:
    """No ISO dates, no trailing commas."""
    assert day(date(2026, 11, 10)) == "Tuesday 10 November"
    assert listed(["Birch", "Cedar", "Elm"]) == "Birch, Cedar and Elm"
    assert listed(["Cedar"]) == "Cedar"
    assert listed([]) == ""
