"""Dates of birth, and ages over 89."""

import re
from functools import partial

from models.rules.privacy.context import STAFF, after, before, speaks_of_patient
from models.rules.privacy.kinds import IdentifierKind, Way
from models.rules.privacy.writing import (
    COMPACT_DATE,
    DATE,
    FILLED,
    GLUE,
    MONTH,
    WHOLE_DATE,
    WHOLE_NUMERIC,
    Pattern,
    words,
)

_birth = partial(Way, IdentifierKind.BIRTH)
_age = partial(Way, IdentifierKind.AGE)

_HIGHEST_PLAIN, _OLDEST = 89, 124  # years

_BIRTH = words(
    r"d\.?o\.?b(?![a-z])\.? d/o/b d-o-b b-?day birthdays? birthdates? bdate bd ddn fdn geburtsdatum yob doby",
    "b/d birthdts?",
    also=(
        r"d\.? o\.? b\b\.?",
        r"(?:date|day|year|dt)[- ]?of[- ]?(?:birth|brith|bith|brth)",
        r"(?:birth|brith)[- ]?(?:date|day|year)s?",
        r"data de nascimento",
        r"date de naissance",
        r"f(?:echa|\.)? ?(?:de )?nac(?:imiento|\.)?",
        r"geb\.?(?:[- ]?dat(?:um|\.))?",
    ),
)
_BORN = words("born b[.:]? geb\\.? geboren née? nee nacid[oa] nat[oa]", r"\*")
_WHEN = r"(?: ?(?:on|the|in|am|le|el|back|around|at home|here))*"
_NO_PERSON = Pattern(
    r"\b(?:idea|project|program(?:me)?|clinic|practice|collaborative|team|measure|tool|method|movement|"
    r"staff|ma|coach|our|happy|office|hospital|building|founded|opened|est|law|act|study|trial|paper|"
    r"guideline|cake)\b"
)


_PLACEHOLDER = Pattern(r"\b0?1/0?1/1900|\b(?:default|placeholder|means)\b")


_NO_BIRTH_BEFORE = Pattern(
    r"\b(?:before|after|since|between|until|prior to)\W{1,3}$|\b(?:dr|doctor|nurse|coach)\.? \w+'s $"
)
_EXACT = Pattern(r"d\.? ?/?-?o\.? ?/?-?b|(?:date|dt)[- ]?of|birth[- ]?dates?\b|geb|fecha|ddn|data de|date de")
_WHOLE = Pattern(WHOLE_DATE)


def _is_of_person(match: re.Match[str]) -> bool:
    """Ideas are born too, and staff have birthdays."""
    around = before(match, 40) + after(match, 25)
    if _EXACT.match(match[0]) and _WHOLE.search(match[0]):
        return not _PLACEHOLDER.search(match[0] + after(match, 20))
    if _PLACEHOLDER.search(match[0] + after(match, 20)) or _NO_BIRTH_BEFORE.search(before(match, 25)):
        return False
    return speaks_of_patient(around) or not _NO_PERSON.search(around)


_CHILD = "(?:twins|infant|newborn|girl|boy|child|kid|son|daughter|grandson|preemie|baby)"
_SPACED = r"\d{1,2} \d{1,2} (?:(?:19|20)\d\d|\d\d)\b"
_BIRTHS = [
    _birth(
        rf"(?<![a-z]){_BIRTH}(?:\W{{0,2}}{FILLED}|\W{{0,6}})(?:{DATE}|{COMPACT_DATE}|"
        rf"{_SPACED}|\d{{6}}(?:\d\d)?\b|(?:19|20[01])\d\d\b|"
        rf"\d{{2,4}}[-/.]\d\d?[-/.]\d{{2,4}}|\d\d?[-/.](?:19|20)\d\d|{MONTH},? ?'?(?:19|"
        rf"20)?\d\d\b|{MONTH} of '?(?:19|20)?\d\d\b)",
        _is_of_person,
        hints="dob d.o. o_b o._b d/o d-o bd b/d b-day birth brith bith brth "
        "ddn fdn geb naissance nac nasc yob",
    ),
    _birth(
        rf"(?<![\w.]){_BORN}{_WHEN} ?(?:{WHOLE_DATE}|{WHOLE_NUMERIC}(?!\d)|{COMPACT_DATE}|{_SPACED})",
        _is_of_person,
        hints="born b. b: b_ geb nee née né_ nacid nato nata *",
    ),
    _birth(
        rf"\b(?:was )?born{_WHEN} (?:{MONTH} (?:of )?)?'?(?:19\d\d|[2-9]\d\b(?! ?%))",
        _is_of_person,
        hints="born",
    ),
    _birth(rf"\b{_CHILD}\b[^.\n]{{0,15}}\bborn{_WHEN} {DATE}", hints="born", reach=(40, 60)),
    _birth(rf"\b(?:turned|turns|turning) \d{{1,3}} (?:on |this )?{DATE}", hints="turn"),
    _birth(r"(?<![\w.])b\.? ?(?:19[0-9]\d)\b", hints="b.0 b._0 b_0 b0"),
    _birth(
        rf"{WHOLE_DATE}(?<=19[0-8]\d)|(?<!\w)19[0-8]\d-[01]?\d-[0-3]?\d\b",
        _is_of_person,
        hints="0000",
        reach=(30, 10),
    ),
    _birth(
        rf"{WHOLE_DATE} ?[(,=-]? ?(?:is |was )?(?:(?:her|his|the|pt'?s) )?(?:dob|birth ?da"
        r"(?:y|te)|date of birth)\b",
        hints="dob birth",
        reach=(70, 20),
    ),
]

_YEARS = words(
    r"y\.?/?-?o\.?[mf]?\b\.? y-o yrs?\b\.?/?o? y/r/o y\.?/?old jährige?r? jahre jaar años anos ans anni j\.",
    also=(
        r"y\.? o\.?(?![a-z])",
        r"yrs?\.?[- ]?old",
        r"years?[- ]?old",
        r"years? of age",
        r"year[- ]young",
        r"year (?:fe)?male",
        r"y[ .]?old",
    ),
)
_PERSON = words(
    "he she pt patient client resident mom mum mother father dad lady gentleman man woman "
    "grandma grandmother wife grandad granddad grandpa chap bloke fella gent guy dude gran granny",
    "boy girl sisters brothers twins husband member veteran oldest eldest nana paciente",
)
_WARM = Pattern(
    r"\b(?:temp(?:erature)?|thermostat|walk(?:ed|ing)?|fridge|degrees|\$|budget|t|room|"
    r"weather|high|low|rm|floor|bed|ward|swam|ran)\W{0,3}(?:of |at |was |is |to )?$"
)
_COOL = Pattern(
    r" ?(?:in (?:the )?(?:room|rm|server|shade)|outside|degrees|of budget|walk|budget|sprint|"
    r"away|wide|long|grant|in grant|dollars)"
)
_FROM = Pattern(
    r"(?:\d ?(?:to|-|and|through|or|/) ?|\b(?:over|under|above|below|than|beyond|least|most|until|till|to|"
    r"past|between|(?<!turned\s)(?<!\d\s)after) |[<>]=? ?|[≥≤] ?|\bages |\bmean |\baverage |\bmedian |"
    r"\bolder than |\bup to )$"
)
_OR_MORE = Pattern(
    r"'?s\b|\+| ?%| ?(?:to|-|and|through|or|/) ?(?:\d|older|over|above|up|more|younger|beyond)| ?/\d|\.\d"
)
_BUILDING = Pattern(
    r"\b(?:building|clinic|hospital|practice|house|wing|institution|school|church|boiler|furniture)\b"
)


def _is_age(match: re.Match[str]) -> bool:
    return _HIGHEST_PLAIN < int(match["age"]) <= _OLDEST


def _is_of_one(match: re.Match[str]) -> bool:
    """So that "Aged 65 to 94" and "90 or older" speak of a group, "98 F" of the weather."""
    if not _is_age(match) or _FROM.search(match.string[max(0, match.start("age") - 22) : match.start("age")]):
        return False
    return not (
        _OR_MORE.match(match.string, match.end("age"))
        or re.match(r"s\b| (?:and|or) (?:older|over|above|up|more)", match.string[match.end() :])
        or _BUILDING.search(before(match, 30) + after(match, 14))
    )


def _is_no_measure(match: re.Match[str]) -> bool:
    text = match.string
    return (
        _is_of_one(match)
        and not _WARM.search(text[max(0, match.start() - 25) : match.start()])
        and not _COOL.match(text, match.end())
    )


def _is_no_group(match: re.Match[str]) -> bool:
    return not re.match(
        r"s\b| (?:or|and|to|plus|percent|of)\b|\+", match.string[match.end() :]
    ) and not STAFF.search(after(match, 12))


_AGE = r"(?P<age>\d{2,3})"
_AGES = [
    _age(
        rf"(?<![\w.%/-]){_AGE} ?-?{_YEARS}(?!\w)",
        _is_of_one,
        hints="0y 0_y 0-y 0__y 0_-y 0-j 0j 0_j 0_a",
        reach=(5, 30),
    ),
    _age(rf"\bage[d:]?{GLUE}(?:is |was |of |now )?{_AGE}(?![\w%/])", _is_of_one, hints="age"),
    _age(
        rf"(?<![\w.$/-]){_AGE}(?:-?[fm]|[- ]?(?:fe)?male|[- ]?(?:wo)?man|[- ]?lady|y[fm]?)(?!\w)",
        _is_no_measure,
        reach=(5, 30),
        hints="0f 0m 0-f 0-m 0_f 0_m 0w 0_w 0-w 0l 0_l 0-l 0y",
    ),
    _age(
        rf"(?<![\w.$/-]){_AGE} ?/? ?[fm](?= (?:with|w/|who|c/o|pt|patient|dnr|on|s/p|hx|"
        r"fell|lives?|from)|[,;:.)]|$|\n)",
        _is_no_measure,
        reach=(5, 30),
        hints="0f 0m 0_f 0_m 0/ 0_/",
    ),
    _age(
        rf"(?<![\w-])(?:[fm] ?[/-]? ?|(?:fe)?male,? ){_AGE}(?![\w%/.-])",
        _is_no_measure,
        reach=(10, 20),
        hints="f0 m0 f_0 m_0 f/ m/ f-0 m-0 f_/ m_/ f_- m_- male",
    ),
    _age(
        rf"\b(?:turned|turns|turning|turn|is|was|now) {_AGE}(?= (?:this|last|in|next|on|"
        r"now|today|tomorrow|years|and|but|w/|with)\b|[,.;!)]|$)",
        lambda match: _is_of_one(match) and _speaks_of_person(match),
        reach=(10, 50),
        hints="turn is_0 was_0 now_0",
    ),
    _age(rf"\b(?:just )?(?:turned|turning) {_AGE}(?![\w%/.]| ?%)", _is_of_one, hints="turn"),
    _age(
        rf"\b{_PERSON}(?:'s|'s age is| is| was|'ll be| will be| would be| hit| just hit| "
        r"turned| just turned| turns| is now| of|,| \(|:| aged?)(?: (?:about|nearly|"
        rf"almost|actually|already))? ?{_AGE}(?![\w%/]| ?% |\.\d| \d)",
        _is_of_one,
        reach=(60, 20),
        hints="_00 (00 ,00 :00",
    ),
    _age(
        rf"\b(?:her|his|their|grandma'?s|pt'?s|patient'?s) {_AGE}(?:st|nd|rd|th) (?:birthday|bday|year)",
        _is_age,
        reach=(30, 30),
        hints="0st_ 0nd_ 0rd_ 0th_",
    ),
    _age(rf"\b(?:at|age of) {_AGE},? (?:she|he|the pt|pt|the patient|and)\b", _is_of_one, hints="at_0 of_0"),
    _age(rf"(?<![\w./-]){_AGE} ?/ ?[fm]\b", _is_no_measure, hints="0/ 0_/"),
    _age(rf"\([fm],? ?{_AGE}\)", _is_age, hints="(f (m"),
    _age(
        rf"\b(?:an?|he's|she's|is|well) {_AGE}(?=[- ]?something\b| (?:actually|in fact)\b)",
        _is_of_one,
        reach=(20, 30),
        hints="something actually in_fact",
    ),
    _age(
        r"\bin (?:her|his) (?:early |mid |late )?-?(?:nineties|90'?s)\b", reach=(30, 15), hints="ninet 0s 0's"
    ),
    _age(r"\b(?:centenarian|nonagenarian)\b(?!s)", hints="centenarian nonagenarian"),
]


def _speaks_of_person(match: re.Match[str]) -> bool:
    return bool(
        re.search(rf"\b{_PERSON}\b|\b\w+'s (?:mother|father)\b", before(match))
    ) or "birthday" in after(match)


WAYS = (*_BIRTHS, *_AGES)
