"""The bricks of the patterns: dates in all their forms, and what stands between a word and its number.

A blank in a pattern stands for one to three blanks, " ?" for none to three.
"""

import re

_BLANK = re.compile(r"\[(?:\\.|[^\]\\])*\]| \?| ")  # a blank in brackets stays
_BLANKS = {" ": " {1,3}", " ?": " {0,3}"}


def pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern whose blanks forgive a blank too many."""
    return re.compile(_BLANK.sub(lambda blank: _BLANKS.get(blank[0], blank[0]), text))


def words(*lines: str, also: tuple[str, ...] = ()) -> str:
    """Any of these: words parted by blanks, and `also` ways that have blanks of their own."""
    return f"(?:{'|'.join([*' '.join(lines).split(), *also])})"


def spoken(text: str) -> str:
    """Any of these words as people type them: small, capital or loud; faster than to ignore the case."""
    ways = (f"[{word[0]}{word[0].upper()}](?:{word[1:]}|{word[1:].upper()})" for word in text.split("|"))
    return f"(?:{'|'.join(ways)})"


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
_START = r"(?<![a-z\d])(?=[\djfmasondetw])"  # a day, a month or a weekday
WHOLE_DATE = rf"{_START}(?:(?<![\w/.]){WHOLE_NUMERIC}|{_NAMED},? ?[-/.]? ?(?:de |of )?{YEAR})(?![\w/])"
COMPACT_DATE = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
_SHORT = (
    rf"(?<![\w/.:$%+-])(?:{MONTH_NUMBER}[/]{DAY}|{DAY}[/]{MONTH_NUMBER}|0\d-[0-3]\d|1[0-2]-[0-3]\d)"
    r"(?![\w/%-])"
)
DATE = rf"{_START}(?:{WHOLE_DATE}|{_WEEKDAY}{_NAMED}(?!\w)|{_SHORT}|(?<!\w){COMPACT_DATE})"

NUMBER_WORD = (
    r"(?:ref(?:erence)?\.? ?)?(?:numbers?|nums?|nbr|nos?\b\.?|nr\b\.?|n\.?[°º]\.?|id\b|i\.d\.|ids|"
    r"identifiers?|#|code|card)"
)
_BETWEEN = words(
    "is was are for of this the that a her his their on in as pt patient entered listed given typed recorded",
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
NOT_COUNTED = rf"(?! ?%| ?(?:of|out) | {_COUNTED}\b)"
