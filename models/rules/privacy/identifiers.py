"""Finds what could point to a patient in what people type: patterns, not stories.

Social security and record numbers are hard: they need their word beside the number ("MRN 1234567") or
their written form (123-45-6789), so that ordinary talk never has one. The other kinds may be mistaken, and
are asked about. No text is ever repeated: what people read names the kind.

To add a writing, add a `Way` to the tuple of its kind: `record_numbers`, `ages`, `contacts`, `places`,
`links`, `visits` or `people`; and notes with and without it to tests/rules/privacy.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from models.rules.privacy import ages, contacts, links, people, places, record_numbers, visits
from models.rules.privacy.kinds import Identifier, IdentifierKind, Way
from models.rules.privacy.names import ORDINARY

__all__ = ["Identifier", "IdentifierKind", "find_identifiers"]

WAYS: tuple[Way, ...] = (
    *record_numbers.WAYS,
    *ages.WAYS,
    *contacts.WAYS,
    *places.WAYS,
    *links.WAYS,
    *visits.WAYS,
    *people.WAYS,
)

_WITH_DIGITS = {
    IdentifierKind.SOCIAL_SECURITY,
    IdentifierKind.RECORD,
    IdentifierKind.NUMBER,
    IdentifierKind.BIRTH,
    IdentifierKind.PHONE,
    IdentifierKind.SERVICE,
}
BEFORE_DIGITS, AFTER_DIGITS = 160, 80  # letters: from the word to its number, and what is read after it


def find_identifiers(text: str, known_names: Collection[str] = ()) -> tuple[Identifier, ...]:
    """Find all that could point to a patient, in the order of the text.

    What overlaps is one, and hard if a part is.

    `known_names` are no patients': those of staff, coaches and clinics on the roster.
    """
    typed = text.translate(_SIGNS)
    small = "".join(map(_small, typed)) if not typed.isascii() else typed.lower()
    known = frozenset(word for name in known_names for word in _words(name))
    spans = sorted(_spans(typed, small, known), key=lambda one: (one.start, -one.end))
    return tuple(_merged(spans))


class _Keyboard(dict[int, str]):
    """Each sign as the keyboard has it, and in its place: full-width digits, long dashes, odd blanks."""

    def __missing__(self, code: int) -> str:
        self[code] = sign = _plain(chr(code))
        return sign


def _plain(sign: str) -> str:
    if unicodedata.category(sign) == "Pd":
        return "-"
    if sign in "\u2018\u2019":
        return "'"
    if sign.isspace() and sign != "\n":
        return " "
    same = unicodedata.normalize("NFKC", sign)
    return same if len(same) == 1 else sign


def _small(sign: str) -> str:
    low = sign.lower()
    return low if len(low) == 1 else sign


def _spans(typed: str, small: str, known: frozenset[str]) -> Iterator[Identifier]:
    near_digits = _near_digits(small)
    for way in WAYS:
        text = typed if way.is_cased else small
        parts = near_digits if way.kind in _WITH_DIGITS else [(0, len(text))]
        for match in (each for part in parts for each in way.pattern.finditer(text, *part)):
            if way.fits(match) and not _is_known(match.groupdict().get("name"), known):
                yield Identifier(way.kind, *match.span())


def _near_digits(text: str) -> list[tuple[int, int]]:
    """Cut out the parts of the text in which what has digits can stand: most of a text has none."""
    parts: list[tuple[int, int]] = []
    for digits in re.finditer(r"\d+", text):
        start, end = max(0, digits.start() - BEFORE_DIGITS), digits.end() + AFTER_DIGITS
        if parts and start <= parts[-1][1]:
            start = parts.pop()[0]
        parts.append((start, end))
    return parts


def _merged(spans: Iterable[Identifier]) -> list[Identifier]:
    merged: list[Identifier] = []
    for one in spans:
        if merged and one.start < merged[-1].end:
            last = merged.pop()
            kind = one.kind if one.is_hard and not last.is_hard else last.kind
            merged.append(Identifier(kind, last.start, max(last.end, one.end)))
        else:
            merged.append(one)
    return merged


def _is_known(name: str | None, known: frozenset[str]) -> bool:
    """Whether each word of the name is on the roster."""
    if not name or not known:
        return False
    words = [word for word in _words(name) if word not in ORDINARY] or _words(name)
    return bool(words) and all(word in known for word in words)


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[^\w']+", name.casefold().replace("'s", "")) if len(word) > 1]


_SIGNS = _Keyboard({code: chr(code) for code in range(128)})
