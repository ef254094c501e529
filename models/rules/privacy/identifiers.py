"""Finds what could point to a patient in what people type: patterns, not stories.

Social security and record numbers are hard: they need their word beside the number ("MRN 1234567") or
their written form (123-45-6789), so that ordinary talk never has one. The other kinds may be mistaken, and
are asked about. No text is ever repeated: what people read names the kind.

To add a writing, add a `Way` to the tuple of its kind: `record_numbers`, `ages`, `contacts`, `places`,
`links`, `visits` or `people`, with hints of where it may stand; and notes with and without it to
tests/rules/privacy. A new word goes to the lists: `record_words`, `streets`, `visit_words`, `names`.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from models.rules.privacy import ages, contacts, links, people, places, record_numbers, visits
from models.rules.privacy.kinds import Identifier, IdentifierKind, Shape, Way
from models.rules.privacy.names import ORDINARY
from models.rules.privacy.spelled import in_digits

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


_BY_BEGINNINGS = tuple((way.beginnings, way) for way in WAYS)


def find_identifiers(text: str, known_names: Collection[str] = ()) -> tuple[Identifier, ...]:
    """Find all that could point to a patient, in the order of the text.

    What overlaps is one, and hard if a part is.

    `known_names` are no patients': those of staff, coaches and clinics on the roster.
    """
    if not text or text.isspace():  # of most presses nothing is typed
        return ()
    typed = text.translate(_SIGNS)
    small = typed.lower()
    if len(small) != len(typed):  # some capitals have two small letters
        small = "".join(map(_small, typed))
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
    read, places = in_digits(_KEYS.sub(" ", small) if "_" in small else small)
    shape = Shape(read)
    typed_shape = shape if read == small else Shape(small)
    for beginnings, way in _BY_BEGINNINGS:
        if beginnings.isdisjoint(typed_shape.beginnings if way.is_cased else shape.beginnings):
            continue
        if way.is_cased:
            for match in way.matches(typed, typed_shape):
                if not _is_known(match.groupdict().get("name"), known):
                    yield Identifier(way.kind, *match.span())
        else:
            for match in way.matches(read, shape):
                yield Identifier(way.kind, places[match.start()][0], places[match.end() - 1][1])


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


_KEYS = re.compile(r"(?<=[a-z])_(?=[a-z_]{1,20} ?[=:|])")  # "chart_no=" in a sheet
_SIGNS = _Keyboard({code: chr(code) for code in range(128)})
