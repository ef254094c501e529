"""Numbers that lead to one person. The hard kinds have their word beside the number, or are 123-45-6789."""

import re

from models.rules.privacy.kinds import IdentifierKind, Way
from models.rules.privacy.writing import FILLED, GLUE, NOT_COUNTED, NUMBER_WORD, pattern, words

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
_OTHER_PAPER = pattern(
    r"\b(?:po|invoice|lot|part|item|order|ticket|model|serial|grant|contract|irb|form|sku|"
    r"asset|ref|version|policy)"
    r" ?(?:no\b\.?|number|#)?[\s:#]{0,3}$"
)


def _is_no_other_paper(match: re.Match[str]) -> bool:
    """Invoices and lots may be written so too, and a year at the end is a date's."""
    return not _OTHER_PAPER.search(match.string[max(0, match.start() - 25) : match.start()]) and not (
        re.search(r"-20(?:1[5-9]|2\d)$", match[0])
    )


def _is_no_count(match: re.Match[str]) -> bool:
    """So that "MRN 2026 clean-up" is a year and "patient numbers: 1204" a count."""
    number, word = match["number"], match["word"]
    has_sign = bool(re.search(r"[:#=]|\bno\b|number|last|end", word))
    if re.search(r"numbers|\bnos\b|\bids\b|records", word) and re.fullmatch(r"\d{1,6}|20\d\d-20\d\d", number):
        return False
    if re.fullmatch(r"(?:19|20)\d\d|20[0-4]\d[-/]\d\d(?:\d\d)?|\d{1,3}000", number):
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
        r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)$|20[0-4]\d[-/]\d{1,4}$|\d{1,3}000$", number
    )


_SOCIAL_SECURITY = [
    Way(IdentifierKind.SOCIAL_SECURITY, pattern(rf"(?<![\w-]){_FORM}(?![\w-])"), _is_no_other_paper),
    Way(
        IdentifierKind.SOCIAL_SECURITY,
        pattern(
            rf"(?<![a-z]){_SOCIAL}\W{{0,3}}(?:{NUMBER_WORD})?(?:\(\w+\))?(?:{FILLED}|"
            rf"[^\d\n;.]{{0,25}}){_PARTED}"
        ),
    ),
    Way(IdentifierKind.SOCIAL_SECURITY, pattern(rf"\bsocial\b[^\d\n;.]{{0,25}}{_PARTED_WIDE}")),
    Way(
        IdentifierKind.SOCIAL_SECURITY,
        pattern(
            rf"(?<![a-z])(?P<word>{_SOCIAL}\W{{0,3}}(?:{NUMBER_WORD})?{GLUE}(?:is |was )?"
            rf"(?:{_LAST_FOUR}(?: ?(?:of|in|is|with|digits|:))*)?{GLUE})(?P<number>\d{{4}})\b{NOT_COUNTED}"
        ),
        _is_no_count,
    ),
    Way(
        IdentifierKind.SOCIAL_SECURITY,
        pattern(
            r"\blast ?-?(?:4|four) (?:digits )?(?:of )?(?:the |his |her |pt'?s )*(?:ssn|"
            r"social|soc)\W{0,4}(?:(?:is|was) )?\d{4}\b"
        ),
    ),
]

# A number has four digits or more, may have letters before or after, and blanks or dashes between.
_FOUR_DIGITS = r"(?=(?:[a-z./-]{0,4}\d[\s-]{0,2}){4})"
_NUMBER = rf"(?P<number>{_FOUR_DIGITS}[a-z]{{0,5}}[- ]?\d[\da-z]*(?:[-./][\da-z]{{1,}}| \d{{2,}})*)(?![\w%])"
_LONG = r"(?P<number>(?=(?:[a-z./-]{0,4}\d[\s-]{0,2}){5})[a-z]{0,4}-?\d[\da-z]*(?:[-][\da-z]+)*)(?![\w%])"

_RECORD_WORD = words(  # words that stand for a number by themselves
    r"m\.?r\.?n\b\.?(?:'s)? mrns mr# mrno hicn? mbi csn ohip umrn ipid emrn nhi ihi ppsn? "
    r"pps# hcn uli ramq",
    r"sécu mcare mcaid carecard urn (?:kranken|patienten|versicher|fall|akten)[a-zü]{0,10}nummer "
    r"patid memberid nhc dni bsn nir pat-?nr",
    also=(
        "care card",
        "tarjeta sanitaria",
        r"m\.? r\.? n\.?",
        r"mr (?:#|no\b\.?|number)",
        r"med(?:ical)?\.? ?rec(?:ord)?s?\.?(?: (?:#|no\b\.?|num\b|number))?",
        (
            r"(?:n|num|número|numéro|nro)[°.º]? (?:de )?(?:dossier|historia|expediente|sécurité "
            r"sociale|paciente|afiliado)"
        ),
        r"historia clínica(?: (?:n[°º.]|no\.?|núm\.?))?",
    ),
)
_HOLDER = words(  # words that need "number", "no." or "id" after them
    r"patient pt resident member mbr subscriber beneficiary recipient enrollee health "
    r"medicaid medicare chart",
    r"record rec fin har nhs chi hosp(?:ital)? ur h&c hsc npi? "
    r"insured insurance dva",
    also=(
        r"health ?(?:plan|card|care)(?: (?:member|card))?",
        r"national (?:insurance|health|id)",
        "medi-?cal",
        r"(?:pt|patient)'?s? (?:record|file|chart|hospital|epic|member|health|ehr|emr)",
        r"(?:medicaid|medicare|insurance|plan) (?:recipient|member|subscriber|beneficiary|card)",
        (
            r"(?:blue (?:cross|shield)|bcbs|aetna|cigna|humana|uhc|united|kaiser|anthem|tricare|"
            r"molina|wellcare|bupa|vhi|laya)(?: member)?"
        ),
    ),
)
_PERSONAL = words(  # numbers of a person's dealings: asked about
    r"acct account client file unit epic emr ehr cerner athena policy insurance claim case "
    r"encounter enc visit accession specimen device "
    r"implant pacemaker",
    r"passport licen[cs]e dl pid group authorization auth referral prescription rx admission "
    r"episode hospital booking",
    r"plate reg(?:istration)? tag voucher consent",
    also=(
        r"driver'?s? licen[cs]e",
        r"driving licen[cs]e",
        r"licen[cs]e plate",
        r"number plate",
        r"prior auth",
        r"(?:patient|pt)'?s? (?:account|acct)",
        r"health ?(?:plan|insurance)",
        r"(?:device|pump|cgm|pacemaker|meter) serial",
    ),
)
_COLON = words(
    "pid acct account policy claim encounter accession passport dl plate auth", also=(r"licen[cs]e",)
)
_RECORDS = [
    Way(
        IdentifierKind.RECORD,
        pattern(
            rf"(?<![\w.])(?P<word>{_RECORD_WORD}\W{{0,2}}(?:{NUMBER_WORD})?"
            rf"(?:\(\w+\))?{FILLED}){_NUMBER}{NOT_COUNTED}"
        ),
        _is_no_count,
    ),
    Way(
        IdentifierKind.RECORD,
        pattern(
            rf"(?<![\w.])(?P<word>{_HOLDER}'?s?[:.,]?(?: (?:with|has|having|under|by)(?: the| "
            rf"a)?)? ?[-/]?{NUMBER_WORD}(?![a-z])(?:\(\w+\))?{FILLED}){_NUMBER}{NOT_COUNTED}"
        ),
        _is_no_count,
    ),
    Way(IdentifierKind.RECORD, pattern(r"\b(?:nhs|chi)\b\W{0,3}\d{3}[- ]?\d{3}[- ]?\d{4}(?![\w-])")),
    Way(
        IdentifierKind.RECORD,
        pattern(
            r"\bphn\b\W{0,3}(?:no\.? |number |is |# ?)?(?:\d{10}|\d{4} ?\d{3} ?\d{3}|\d{5}-?\d{4})(?![\w-])"
        ),
    ),
    Way(IdentifierKind.RECORD, pattern(r"\bmedicare\b\W{0,3}\d{4} ?\d{5} ?\d(?:[/ -]\d)?(?![\w-])")),
    Way(
        IdentifierKind.RECORD,
        pattern(
            r"(?<![\w.,-])\d[\d-]{4,11} ?[(=,-]? ?(?:is |was )?(?:(?:her|his|the|pt'?s?|"
            r"patient'?s?|their|wrong|old|new|dup|duplicate) )?(?:mrn|mr#|nhs no|med(?:ical)? "
            r"rec(?:ord)? (?:no|number|#)|chart (?:no|number|#)|member id|patient id)\b(?! "
            r"(?:fields?|rows?|columns?))"
        ),
    ),
    Way(
        IdentifierKind.RECORD,  # the form of Medicare's numbers; some letters are never used there
        re.compile(
            r"\b[1-9][ac-hjkmnp-rt-y][ac-hjkmnp-rt-y0-9]\d-?[ac-hjkmnp-rt-y][ac-hjkmnp-rt-y0-9"
            r"]\d-?[ac-hjkmnp-rt-y]{2}\d\d\b"
        ),
    ),
]
_NUMBERS = [
    Way(
        IdentifierKind.NUMBER,
        pattern(
            rf"(?<![\w.])(?P<word>(?:{_PERSONAL}'?s? ?[-/]?{NUMBER_WORD}|{_COLON}:)(?![a-z])"
            rf"(?:\(\w+\))?{FILLED}){_NUMBER}{NOT_COUNTED}"
        ),
        lambda match: _is_no_count(match) and _is_no_date(match),
    ),
    Way(
        IdentifierKind.NUMBER,  # "chart 55021", without "no."
        pattern(
            rf"(?<![\w.])(?P<word>(?:{_HOLDER}|acct|account|encounter|claim|accession|passport|"
            rf"plate|dl|pid|driver'?s licen[cs]e)[\s:#=]{{1,3}}){_LONG}{NOT_COUNTED}"
        ),
        _is_no_date,
    ),
    Way(
        IdentifierKind.NUMBER,
        pattern(
            rf"(?<![\w.])(?P<word>(?:id ?[#:]|id (?:no\b\.?|number|is)|#){GLUE}){_LONG}(?= ?"
            r"(?:in|on|from|per|\() ?(?:the )?(?:epic|chart|emr|ehr|cerner|athena|registry)\b|"
            rf"(?=[^.\n]{{0,30}}\b(?:pt|patient|she|he|her|his)\b))"
        ),
        _is_no_date,
    ),
    Way(
        IdentifierKind.NUMBER,
        pattern(
            r"\b(?:ni|nino|n\.i\.|national insurance)\b[^\n\d;]{0,12}[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]\b"
        ),
    ),
    Way(IdentifierKind.NUMBER, pattern(r"\b(?:sin|s\.i\.n\.)\b\W{0,3}\d{3}[- ]?\d{3}[- ]?\d{3}(?!\d)")),
]
_NUMBERS.append(
    Way(
        IdentifierKind.NUMBER,  # plates and licences mix letters and digits
        pattern(
            r"\b(?:plates?|reg(?:istration)?|dl|passport|driver'?s licen[cs]e|driving "
            r"licen[cs]e)\b\W{0,3}(?:no\.? ?|number |# ?|is )?"
            r"(?=[a-z\d -]{0,8}\d[a-z -]{0,4}\d)(?=[a-z\d]{0,8}[a-z]|"
            r"[a-z]{0,3}\d{6})[a-z\d]{2,12}(?:[ -][a-z\d]{2,5})?(?!\w)"
        ),
    )
)
WAYS = (*_SOCIAL_SECURITY, *_RECORDS, *_NUMBERS)
