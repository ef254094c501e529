"""What people type, without the signs nobody sees: they break a database, or make two names read as one.

All else stays as it was typed: letters from right to left, accents, what joins letters or pictures to one.
"""

import re
import unicodedata

_UNSEEN = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)"  # stays: the flags of England, Scotland and Wales
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"  # control signs; Postgres takes no NUL
    "|[\ud800-\udfff]"  # half of a pair, which no database takes
    "|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # which way to read
    "|[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200b\u2060-\u2065\u206a-\u206f\u3164]"  # without any width
    "|[\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
_JOINERS = "\u200c\u200d"
_BOUND = re.compile(f"[{_JOINERS}\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_PICTURES = frozenset({"So", "Sm", "Sk"})
_OF_TWO_LOOKS = frozenset({"So", "Sm", "Po", "Nd", "Lo"})  # a figure, a picture, a letter without capitals
_VIRAMA = 9  # the combining class of the sign that takes an Indic letter's vowel away


def cleaned(text: str) -> str:
    """What was typed, without signs nobody sees; cleaning it again changes nothing."""
    left = _UNSEEN.sub(lambda flag: flag[1] or "", text)
    if not _BOUND.search(left):
        return left
    kept: list[str] = []
    for at, sign in enumerate(left):
        if not _BOUND.match(sign) or _is_bound(sign, "".join(kept[-1:]), left[at + 1 : at + 2]):
            kept.append(sign)
    return "".join(kept)


def _is_bound(sign: str, before: str, after: str) -> bool:
    """Whether a sign without a look of its own changes how its neighbours look."""
    if sign not in _JOINERS:
        return _category(before) in _OF_TWO_LOOKS
    joins_pictures = before == "\ufe0f" or _category(before) in _PICTURES
    return (
        _joins_letters(before) or _joins_letters(after) or (joins_pictures and _category(after) in _PICTURES)
    )


def _joins_letters(sign: str) -> bool:
    """Whether its script needs joiners: Arabic and its kin, and those of India."""
    return bool(sign) and (unicodedata.bidirectional(sign) == "AL" or unicodedata.combining(sign) == _VIRAMA)


def _category(sign: str) -> str:
    return unicodedata.category(sign) if sign else ""
