"""Numbers that lead to one person. The hard kinds have their word beside the number, or are 123-45-6789."""

import re
from functools import partial

from models.rules.privacy.kinds import IdentifierKind, Way
from models.rules.privacy.record_words import COLON, HOLDER, LONG_WORD, PERSONAL, RECORD_WORD
from models.rules.privacy.writing import FILLED, GLUE, NOT_COUNTED, NUMBER_WORD, Pattern, words

_social = partial(Way, IdentifierKind.SOCIAL_SECURITY)
_record = partial(Way, IdentifierKind.RECORD)
_number = partial(Way, IdentifierKind.NUMBER)

_FORM = r"(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}"
_PARTED = r"\d{3} ?[-./ ]? ?\d\d ?[-./ ]? ?\d{4}(?!\d)"
_SOCIAL = words(
    r"ssns? s\.s\.n\.? ss# socsec itin ss-?number ssa#",
    also=(
        r"soc\.? ?(?:#|no\b\.?|num\w*)",
        r"s\.s\.",
        r"ss (?:no\b\.?|num\w*|number)",
        r"soc(?:ial)?\.? ?sec(?:urity)?\.?",
        r"seg(?:uro)?\.? social",
        r"(?:her|his|pt'?s?|patient'?s?|full|their) social",
        r"social ?(?:#|no\b|number|is|was|:)",
    ),
)
_PARTED_WIDE = r"\d{3} ?[-./ ] ?\d\d ?[-./ ] ?\d{4}(?!\d)"
_LAST_FOUR = r"(?:last ?-?(?:4|four)|ending|ends|end|final four|x{3,5}[- ]?x{2}[- ]?|\*{3,5}[- ]?\*\*[- ]?)"
_OTHER_PAPER = Pattern(
    r"\b(?:po|invoice|lot|part|item|order|ticket|model|serial|grant|contract|irb|form|sku|asset|ref|version|"
    r"policy) ?(?:no\b\.?|number|#)?[\s:#]{0,3}$"
)


def _is_no_other_paper(match: re.Match[str]) -> bool:
    """Invoices and lots may be written so too, and a year at the end is a date's."""
    return not _OTHER_PAPER.search(match.string[max(0, match.start() - 25) : match.start()]) and not (
        re.search(r"-20(?:1[5-9]|2\d)$", match[0])
    )


_LONG_WORD = Pattern(rf"{LONG_WORD}\b")
_LONGEST_COUNT = 7  # signs: "ABHA 120443" may be cards
_REGISTER = Pattern(r"(?:opd?|ipd?|tb|art|anc|lab)\b")  # "OPD number 1204" is how many came


def _is_no_count(match: re.Match[str]) -> bool:
    """So that "MRN 2026 clean-up" is a year and "patient numbers: 1204" a count."""
    number, word = match["number"], match["word"]
    has_sign = bool(re.search(r"[:#=]|\bno\b|number|last|end", word))
    if _LONG_WORD.match(word) and not has_sign and len(number) < _LONGEST_COUNT:
        return False
    if _REGISTER.match(word) and re.fullmatch(r"\d{1,4}", number):
        return False
    if re.search(r"numbers|\bnos\b|\bids\b|records", word) and re.fullmatch(r"\d{1,6}|20\d\d-20\d\d", number):
        return False
    if re.fullmatch(r"(?:19|20)\d\d|20[0-4]\d[-/ ]\d\d(?:\d\d)?|\d{1,3}000", number):
        return has_sign and not re.search(r"^(?:patient|client|resident|member)", word)
    if re.fullmatch(r"\d{4}", number):
        return (has_sign or " id" in word) and not re.search(
            r"^(?:patient|pt|client|resident|member)s? n", word
        )
    return bool(has_sign or not word.startswith("med") or re.search(r"\d{6}|\D", number))


def _is_no_date(match: re.Match[str]) -> bool:
    """So that "Case 20250101" and "policy 2024-15" are named after a day or a year."""
    number = match["number"]
    return not re.match(
        r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)$|20[0-4]\d[-/]\d{1,4}$|(?:\d{1,3}000|(?:19|20)\d\d)$",
        number,
    )


_SOCIAL_HINTS = "ssn ss_ ss# ss- ssa# s.s. soc itin seg"
_SOCIAL_SECURITY = [
    _social(rf"(?<![\w-]){_FORM}(?![\w-])", _is_no_other_paper, hints="000-00-0000", reach=(5, 20)),
    _social(
        rf"(?<![a-z]){_SOCIAL}\W{{0,3}}(?:{NUMBER_WORD})?(?:\(\w+\))?(?:{FILLED}|[^\d\n;.]{{0,25}}){_PARTED}",
        hints=_SOCIAL_HINTS,
    ),
    _social(
        r"(?<![\w.-])\d{3}[-. ]?\d\d[-. ]?\d{4} ?[(=,-]? ?(?:(?:is|was|in|as) )?"
        r"(?:(?:the|her|his|their|pt'?s|patient'?s|wrong|an?) ){0,2}(?:ssns?|social)\b",
        fits=_is_no_other_paper,
        hints="ssn social",
        reach=(80, 20),
    ),
    _social(rf"\bsocial\b(?:[^\d\n;.]{{0,25}}{_PARTED_WIDE}|\W{{0,3}}\d{{9}}(?!\d))", hints="social"),
    _social(
        rf"(?<![a-z])(?P<word>{_SOCIAL}\W{{0,3}}(?:{NUMBER_WORD})?{GLUE}(?:is |was )?"
        rf"(?:{_LAST_FOUR}(?: ?(?:of|in|is|with|digits|:))*)?{GLUE})(?P<number>\d{{4}})\b{NOT_COUNTED}",
        _is_no_count,
        hints=_SOCIAL_HINTS,
    ),
    _social(
        r"\blast ?-?(?:4|four) (?:digits )?(?:of )?(?:the |his |her |pt'?s )*(?:ssn|"
        r"social|soc)\W{0,4}(?:(?:is|was) )?\d{4}\b",
        hints="last",
    ),
]

# A number has four digits or more, may have letters before or after, and blanks or dashes between.
_FOUR_DIGITS = r"(?=(?:[a-z./-]{0,4}\d[\s-]{0,2}){4})"
_PARTED_LETTERS = (
    r"(?!(?:and|for|the|of|our|was|at|in|on|to|by|cpt|icd|nqf|no|is|gap|new|row|fix|due|old|vs|per|top|get) )"
    r"[a-z]{2,3} (?!20\d\d )(?=\d{6}|\d{3,4} \d{3,4})"
)
_NUMBER = (
    rf"(?P<number>(?:{_FOUR_DIGITS}[a-z]{{0,5}}[- ]?|{_PARTED_LETTERS})\d[\da-z]*"
    r"(?:[-./][\da-z]{1,}| \d{2,})*)(?![\w%])"
)
_LONG = r"(?P<number>(?=(?:[a-z./-]{0,4}\d[\s-]{0,2}){5})[a-z]{0,4}-?\d[\da-z]*(?:[-][\da-z]+)*)(?![\w%])"

_NUMBER_HINTS = "mbi medicare benefi 000 00_0 00-0 0_0_0 0-0-0 0.0.0 00.0 00/0"
_RECORDS = [
    _record(
        rf"(?<![\w.])(?P<word>(?:{RECORD_WORD}|{LONG_WORD}\b)\W{{0,2}}(?:{NUMBER_WORD})?(?:\(\w+\))?{FILLED}){_NUMBER}{NOT_COUNTED}",
        _is_no_count,
        hints=_NUMBER_HINTS,
        reach=(90, 55),
    ),
    _record(
        rf"(?<![\w.])(?P<word>{HOLDER}'?s?[:.,]?(?: (?:with|has|having|under|by)(?: the| "
        rf"a)?)?(?: card)? ?[-/(]?{NUMBER_WORD}(?![a-z])(?:\(\w+\))?{FILLED}){_NUMBER}{NOT_COUNTED}",
        _is_no_count,
        hints=_NUMBER_HINTS,
        reach=(90, 55),
    ),
    _record(r"\b(?:nam|nihi|ramq)\b\W{0,3}(?:no\.? )?[a-z]{4} ?\d{4} ?\d{4}\b", hints="nam nihi ramq"),
    _record(r"(?<![\d.])756\.\d{4}\.\d{4}\.\d\d\b", hints="000.0000.0000.00"),
    _record(r"\b(?:nhs|chi)\b\W{0,3}\d{3}[- ]?\d{3}[- ]?\d{4}(?![\w-])", hints="nhs chi"),
    _record(
        r"\bphn\b\W{0,3}(?:(?:no\.?|number|is|we have|on file|#) ?){0,3}"
        r"(?:\d{10}|\d{4} ?\d{3} ?\d{3}|\d{5}-?\d{4})(?![\w-])",
        hints="phn",
    ),
    _record(r"\bmedicare\b\W{0,3}\d{4} ?\d{5} ?\d(?:[/ -]\d)?(?![\w-])", hints="medicare"),
    _record(
        r"(?<![\w.,-])\d[\d-]{4,11} ?[(=,-]? ?(?:is |was )?(?:(?:her|his|the|pt'?s?|patient'?s?|their|wrong|"
        r"old|new|dup|duplicate) )?(?:mrn|mr#|nhs no|med(?:ical)? rec(?:ord)? (?:no|number|#)|chart (?:no|"
        r"number|#)|member id|patient id|medicaid (?:id|no|number)|medicare (?:id|no|number)|"
        r"insurance id|hospital (?:no|number)|health card)\b(?! (?:fields?|rows?|columns?))",
        hints="mrn mr# nhs med chart member patient insurance hospital health",
        reach=(60, 30),
    ),
    _record(
        r"\b[1-9][ac-hjkmnp-rt-y][ac-hjkmnp-rt-y0-9]\d-?[ac-hjkmnp-rt-y][ac-hjkmnp-rt-y0-9]\d-?[ac-hjkmnp-rt-y]{2}\d\d\b",
        hints="00",
    ),
]
_NUMBERS = [
    _number(
        rf"(?<![\w.])(?P<word>(?:{PERSONAL}'?s?(?: card)? ?[-/(]?{NUMBER_WORD}|{COLON}:)(?![a-z])"
        rf"(?:\(\w+\))?{FILLED}){_NUMBER}{NOT_COUNTED}",
        lambda match: _is_no_count(match) and _is_no_date(match),
        hints=_NUMBER_HINTS,
        reach=(90, 55),
    ),
    _number(
        rf"(?<![\w.])(?P<word>(?:{HOLDER}|acct|account|encounter|claim|accession|passport|"
        rf"episode|policy(?= [a-z]{{1,4}}\d)|plate|dl|pid|driver'?s? licen[cs]e)[\s:#=]{{1,3}})"
        rf"{_LONG}{NOT_COUNTED}",
        _is_no_date,
        hints=_NUMBER_HINTS,
        reach=(60, 50),
    ),
    _number(
        rf"(?<![\w.])(?P<word>(?:id ?[#:]|id (?:no\b\.?|number|is)|#){GLUE}){_LONG}(?= ?"
        r"(?:in|on|from|per|\() ?(?:the )?(?:epic|chart|emr|ehr|cerner|athena|registry)\b|"
        rf"(?=[^.\n]{{0,30}}\b(?:pt|patient|she|he|her|his|group|member)\b))",
        _is_no_date,
        hints="id: id# id_ #",
    ),
    _number(
        r"\b(?:ni|nino|n\.i\.|national insurance)\b[^\n\d;]{0,12}[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]\b",
        hints="ni_ ni: nino n.i national",
    ),
    _number(r"\b(?:sin|s\.i\.n\.)\b\W{0,3}\d{3}[- ]?\d{3}[- ]?\d{3}(?!\d)", hints="sin s.i.n"),
]
_NUMBERS.append(
    _number(
        r"\b(?:plates?|reg(?:istration)?|dl|passport|driver'?s? licen[cs]e|driving "
        r"licen[cs]e)\b\W{0,3}(?!no[ -]?shows?\b)(?:no\.? ?|number |# ?|is )?(?=[a-z\d -]{0,8}\d[a-z "
        r"-]{0,4}\d)(?=[a-z\d]{0,8}[a-z]|[a-z]{0,3}\d{6})[a-z\d]{2,12}(?:[ -][a-z\d]{2,5})?(?!\w)",
        hints="plate reg dl passport licen",
    )
)
WAYS = (*_SOCIAL_SECURITY, *_RECORDS, *_NUMBERS)
