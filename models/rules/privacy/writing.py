"""The bricks of the patterns: dates in all their forms, and what stands between a word and its number.

A blank in a pattern stands for one to three blanks, " ?" for none to three.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

_BLANK = re.compile(r"\[(?:\\.|[^\]\\])*\]| \?| ")  # a blank in brackets stays
_BLANKS = {" ": " {1,3}", " ?": " {0,3}"}


class Pattern:
    """A pattern whose blanks forgive a blank too many, compiled on first use: a start needs none."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(_BLANK.sub(lambda blank: _BLANKS.get(blank[0], blank[0]), self.text))

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        return self._compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        return self._compiled.match

    @cached_property
    def split(self) -> Callable[..., list[str]]:
        return self._compiled.split

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self._compiled.finditer


def words(*lines: str, also: tuple[str, ...] = ()) -> str:
    """Any of these: words parted by blanks, and `also` ways that have blanks of their own.

    They are grouped by their first letter, which is faster where there are many.
    """
    groups: dict[str, list[str]] = {}
    for word in [*" ".join(lines).split(), *also]:
        cut = 1 if word[0].isalpha() and word[1:2] not in {"?", "*", "+", "{"} else len(word)
        groups.setdefault(word[:cut], []).append(word[cut:])
    return f"(?:{'|'.join(first + _any(rests) for first, rests in groups.items())})"


def spoken(text: str) -> str:
    """Any of these words as people type them: small, capital or loud; faster than to ignore the case."""
    groups: dict[str, list[str]] = {}
    for word in text.split("|"):
        groups.setdefault(f"[{word[0]}{word[0].upper()}]", []).extend((word[1:], word[1:].upper()))
    return f"(?:{'|'.join(first + _any(rests) for first, rests in groups.items())})"


def _any(rests: list[str]) -> str:
    return f"(?:{'|'.join(rests)})" if any(rests) else ""


DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:(?:19|20)\d\d|'?\d\d)"
_MONTHS = words(
    r"jan(?:uary|uar|vier)? feb(?:ruary|ruar|rero)? f[eé]v(?:rier)? mar(?:ch|s|zo)? m[aä]rz",
    r"apr(?:il)? avr(?:il)? abr(?:il)? ma[iy]o? jun[ei]?o? juin jul[yi]?o? juillet aug(?:ust)?",
    r"ao[uû]t ago(?:sto)? sept?(?:ember|embre|iembre|tembre)? o[ck]t(?:ober|obre|ubre)?",
    r"nov(?:ember|embre|iembre)? de[czs](?:ember|embre)? d[eé]c(?:embre)? dic(?:iembre)? ene(?:ro)?",
)
MONTH = rf"(?:{_MONTHS}(?![a-zà-ÿ])\.?)"
_DAY_OF = rf"{DAY}(?:st|nd|rd|th|\.|er)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
WHOLE_NUMERIC = rf"(?:{DAY} ?[/.-] ?{DAY} ?[/.-] ?{YEAR}|(?:19|20)\d\d[/.-]{MONTH_NUMBER}[/.-]{DAY})"
_NAMED = rf"(?:{_DAY_OF} ?[-/.]? ?(?:of |de )?{MONTH}|{MONTH} ?-?{_DAY_OF}(?!\d))"
# Before a day, a month or a weekday: their first letters.
_START = r"(?<![a-z\d])(?=\d|j[au]|f[eér]|m[aäo]|a[pvbuog]|s[eau]|o[ck]|no|d[eéi]|en|tue|thu|we)"
_WHOLE = rf"(?:(?<![\w/.]){WHOLE_NUMERIC}|{_NAMED},? ?[-/.]? ?(?:de |of )?{YEAR})(?![\w/])"
WHOLE_DATE = _START + _WHOLE
COMPACT_DATE = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
_SHORT = (
    rf"(?<![\w/.:$%+-])(?:{MONTH_NUMBER}[/]{DAY}|{DAY}[/]{MONTH_NUMBER}|0\d-[0-3]\d|1[0-2]-[0-3]\d)"
    r"(?![\w/%-])"
)
DATE = rf"{_START}(?:{_WHOLE}|{_WEEKDAY}{_NAMED}(?!\w)|{_SHORT}|(?<!\w){COMPACT_DATE})"

NUMBER_WORD = (
    r"(?:ref(?:erence)?\.? ?)?(?:numbers?|nums?|nbr|nos?\b(?![ -]?shows?)\.?|nr\b\.?|n\.?[°º]\.?|"
    r"id\b|i\.d\.|ids|ident(?:ifier)?s?|#|code|card)"
)
_BETWEEN = words(
    "is was are for of this the that a her his their on in as pt patient entered listed given typed recorded",
    "our ehr emr keyed saved shown showing",
    "file shows reads says new old verified one chart epic system registry under which just "
    "woman man should be",
    "wrong wrongly correct pt's ending ends now stamped label sticker screen form page card",
)
GLUE = r"[\s:#=.,/(\"'*|-]{0,5}"
FILLED = rf"(?:{GLUE}\b{_BETWEEN}\b){{0,6}}{GLUE}"
_COUNTED = words(
    "visits rows records charts patients pts people members times entries fields forms errors duplicates",
    "claims cases notes beds days weeks months hours minutes mins percent calls letters pages lines users",
    "staff readings encounters clinics sites codes lives women men adults children kids",
)
NOT_COUNTED = rf"(?! ?%| ?(?:of|out(?! of (?:date|network|area))) | {_COUNTED}\b)"
DATE_HINTS = (
    "0/0 0-0 0.0.0 0.00.0 00000000 jan feb fév fev mar mär apr avr abr may mai jun jul juillet aug aou "
    "aoû ago sep oct okt nov dec dez déc dic ene"
)
