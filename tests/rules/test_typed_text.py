"""What people type loses the signs nobody sees, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.typed_text import cleaned

UNSEEN = (
    *("\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\udc00", "\ufeff", "\ufffe", "\u00ad", "\u3164"),
    *(
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u200f",
        "\u061c",
        "\u2060",
        "\U000e0041",
        "\ufe0f",
        "\U000e0100",
    ),
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u180e"),
)
SIGNS = (
    st.characters()
    | st.sampled_from(UNSEEN)
    | st.sampled_from("\u0628\u0915\u094d\U0001f469\U0001f680\u2764")
)

KEPT = {
    "lines and columns": "80 of 100\n\ttwo\r\n",
    "accents, on the letter and beside it": "Zo\u00eb, Zoe\u0308",
    "Hebrew": "\u05e9\u05dc\u05d5\u05dd 12%",
    "Arabic with its vowels": "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f",
    "Persian, whose words are held apart": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "Hindi, a letter held apart": "\u0915\u094d\u200c\u0937",
    "Sinhala, letters joined": "\u0dc1\u0dca\u200d\u0dbb\u0dd3",
    "Bengali, joined before the virama": "\u09b0\u200d\u09cd\u09af",
    "Chinese": "\u674e\u660e",
    "a Japanese name in its own form": "\u8fbb\U000e0100",
    "a family": "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "a heart on fire": "\u2764\ufe0f\u200d\U0001f525",
    "a head that shakes": "\U0001f642\u200d\u2194\ufe0f",
    "an astronaut of some colour": "\U0001f469\U0001f3fd\u200d\U0001f680",
    "a number in a box": "1\ufe0f\u20e3",
    "the flag of England": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_seen_stays_as_it_was_typed(name: str) -> None:
    assert cleaned(KEPT[name]) == KEPT[name]


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_no_two_names_read_the_same(sign: str) -> None:
    """Wherever in a name it stands, and between others of its kind."""
    for name in (
        f"{sign}Ana",
        f"An{sign}a",
        f"Ana{sign}",
        f"A{sign}n{sign}{sign}a",
        f"Ana\u202e{sign}\u202c",
    ):
        assert cleaned(name) == "Ana"
    assert cleaned(sign * 3) == ""


@given(st.text(SIGNS))
def test_whatever_is_typed_is_kept_by_both_databases_and_cleaned_once(text: str) -> None:
    """No part of it is made up, and what is left could be shown."""
    left = cleaned(text)
    assert cleaned(left) == left
    left.encode("utf-8")
    assert not set(left) & set("\x00\x1b\u200b\u200e\u202e\u2066\ufeff")
    rest = iter(text)
    assert all(sign in rest for sign in left)
