"""Quotes what a person wrote, and offers the word most likely meant."""

import difflib
from collections.abc import Iterable


def clipped(text: str, length: int = 60) -> str:
    """Quote a text, cut short and without signs that could steer a terminal: a file may hold anything."""
    return f"“{shortened(text, length)}”"


def shortened(text: str, length: int = 60) -> str:
    """The same without quotation marks."""
    words = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.split())
    )
    return words if len(words) <= length else f"{words[:length]}…"


def suggestion(word: str, choices: Iterable[str]) -> str:
    """Offer the nearest choice: " Did you mean “reporter”?", or nothing when none is near."""
    by_fold: dict[str, str] = {}
    for choice in choices:
        by_fold.setdefault(choice.casefold(), choice)
    near = difflib.get_close_matches(word.casefold(), by_fold, n=1)
    return f" Did you mean “{by_fold[near[0]]}”?" if near else ""
