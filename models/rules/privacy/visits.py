"""Dates of service tied to one patient."""

import re
from functools import partial

from models.rules.privacy.context import (
    PATIENT,
    PRONOUN,
    STAFF,
    after,
    before,
    clause,
    sentence,
    speaks_of_patient,
)
from models.rules.privacy.kinds import IdentifierKind, Way
from models.rules.privacy.visit_words import CLINICAL, EVENTS, ONE_DOSE, TEST, VISIT
from models.rules.privacy.writing import DATE, DATE_HINTS, GLUE, Pattern

_service = partial(Way, IdentifierKind.SERVICE)

_EVENT = Pattern(rf"(?<![\w'-]){EVENTS}(?!\w)")
_GROUP = Pattern(
    r"\b(?:patients|pts|clients|residents|children|women|men|all|everyone|charts|numbers?|"
    r"rates?|median|average|total|since|claims|records"
    r"|reports?|(?<!in\s)(?<!at\s)clinics?|sites?|practices?|policy|template|epic upgrade|form|portal|field|"
    r"between|(?:due|done|ready|sent|start) by|until|of \d+|who|those|criteria)\b"
)
_NO_DATE_BEFORE = Pattern(
    r"\b(?:pain|strength|score|scale|rated|rates|apgars?|murmur|grade|stage|reflexes|phq\w*|"
    r"gcs|about|nearly|at|only|vision|\d of|power|confidence|readiness|room)\W{0,3}$"
)
_NO_DATE_AFTER = Pattern(
    r" ?(?:%|of(?! \d{2,3}/\d)|times|visits|pts|patients|charts|rooms|clinics|mas|staff|weeks|months|hours|"
    r"pain|strength|murmur|readings|sites|teams|done|days|questions|items|people|x\b)"
    r"|\d|(?<=may) (?:be|need|have|not|also|still|help)\b"
)


def _is_date(match: re.Match[str]) -> bool:
    """So that "Pain 7/10" and "5/6 visits" are no days, nor is 24/7."""
    if match["date"].startswith("24/7") or _NO_DATE_AFTER.match(match.string, match.end("date")):
        return False
    return not _NO_DATE_BEFORE.search(match.string[max(0, match.start("date") - 22) : match.start("date")])


def _is_tied_to_patient(match: re.Match[str]) -> bool:
    """Whether the sentence has one patient and something done, and is no talk of meetings."""
    if not _is_date(match):
        return False
    near = sentence(match)
    if PATIENT.search(near):
        around = before(match, 60) + " " + after(match, 60)
        is_of_one = _EVENT.search(around) or (PATIENT.search(around) and not _GROUP.search(near))
        return bool(is_of_one) and not _MEETING.search(clause(match))
    around = before(match, 50) + " " + after(match, 30)
    return bool(PRONOUN.search(around) and _EVENT.search(around)) and not (
        STAFF.search(clause(match)) or _GROUP.search(around) or _OF_DOCTOR.search(before(match))
    )


_OF_DOCTOR = Pattern(  # "Dr Lee liked her visit"
    r"\b(?:dr|doctor|nurse|prof)\.? [\w'-]+ (?!(?:saw|sees|called|met|treated|admitted|examined) )"
    r"(?:\w+ ){0,2}(?:his|her)\b"
)
_OUR_ONE = re.compile(r"\bour (?:\w+ )?(?:one|oldest|sickest|youngest|lady|man|kid|guy)\b")
_CHILDBED = Pattern(
    r"\b(?:she|her|postpartum|pp|baby|boy|girl|twins|vag\w*|c-?sections?|n?svd|nvd|nicu|wks|g\dp\d|breast\w*|newborn)\b"
)
_MEETING = Pattern(
    r"\b(?:session|meeting|webinar|huddles?|trainings?|kick-?off|conference|rounds|coach|coaching|workshop|"
    r"agenda|minutes|presentation|slides?|advis[oe]rs?|joined|council|rollout|go-?live|mock|simulation|"
    r"export|dashboard|poster|deadline|presenting)\b"
)


def _is_of_one(match: re.Match[str]) -> bool:
    near = _OUR_ONE.sub(" ", clause(match))
    return _is_date(match) and not (STAFF.search(near) or _GROUP.search(near))


_COLLEAGUE = Pattern(
    r"\b(?:coach\w*|dr|doctor|nurse|rn|mas?|np|manager|faculty|hosts?|director|trainer|consultant|teams?|"
    r"staff|facilitator|[cm]mo|ceo|providers?|physician|vendor|rep|analyst|surveyors?|sites?|board|"
    r"practices?|clinics?|auditors?|residents|patients|pts|training|session|shadow\w*|coaching)\b"
)
_SHOWN = Pattern(
    r"\b(?:posters?|demo|slides?|e?mails?|messages?|versions?|drafts?|data|reports?|videos?|dashboard|error|"
    r"improvement|change|drop|rise|shift|trend|gains?|people|visitors|not|\d|(?:dr|coach|nurse)\.? [\w'-]+)"
    r" (?:(?:was|were|is|are|been|be|we|have|has|first|last) ){0,2}$"
)


_BY_MANY = Pattern(r" ?(?:the|our) (?:whole |full )?(?:groups?|teams?|board|committee|panel|staff|council)\b")


def _is_own(match: re.Match[str]) -> bool:
    """So that "her biopsy 8/15", but not "the coach liked her visit 8/15"."""
    if not _is_date(match):
        return False
    return bool(_SURE.search(match[0])) or not (
        _COLLEAGUE.search(before(match, 60) + match[0] + after(match, 25).partition(",")[0])
        or _MEETING.search(match[0])
    )


def _is_seen(match: re.Match[str]) -> bool:
    """So that "SEEN 7/8 BY NP", but not "poster seen 7/8 by the board"."""
    near = before(match, 45)
    return _is_date(match) and not (
        _SHOWN.search(near)
        or _BY_MANY.match(after(match, 20))
        or _GROUP.search(near + match[0] + after(match, 20))
    )


def _is_birth(match: re.Match[str]) -> bool:
    """So that what a supplier delivered is none."""
    return speaks_of_patient(before(match)) or bool(_CHILDBED.search(sentence(match)))


_OWN_HINTS = (
    "his_ her_ their_ pt's pts_ patient's patients_ client's clients_ "
    " resident's mom's mum's lady's man's baby's"
)
_SURE = Pattern(rf"\b{TEST}\b")
_OWNER = r"\b(?:his|her|their|pt'?s|patient'?s|client'?s|resident'?s|m[ou]m'?s|lady'?s|man'?s|baby'?s)"
_WHERE = r"(?: (?:at|in|with|by) (?:[\w'-]+ ){0,2}[\w'-]+)?"
_LINK = r"(?: (?:on|of|from|was|is|dated|done|due|drawn|taken|the|result|draw|appt|visit|shot)){0,3}\W{1,3}"
_FOUND = (
    r"(?:on (?:one|an?|her|him|this|that)\b|(?:(?:was|is|were|came back|shows?|showed|still) )?"
    r"(?:benign|normal|neg\w*|pos\w*|clear|clean|abnormal|malignant|polyps?|never|missing|\d{1,3}\.\d)\b)"
)
WAYS = (
    _service(
        rf"{_OWNER} (?:[\w/-]+ ){{0,2}}(?:{TEST}|{VISIT}){_WHERE}{_LINK}(?P<date>{DATE})",
        _is_own,
        hints=_OWN_HINTS,
        reach=(2, 110),
    ),
    _service(
        rf"{_OWNER} (?:(?:last|next|first) )?(?P<date>{DATE}) (?:[\w/-]+ ){{0,2}}(?:{TEST}|{VISIT})\b",
        _is_own,
        hints=_OWN_HINTS,
        reach=(2, 70),
    ),
    _service(
        r"\b(?:saw|seen|treated|examined|visited|admitted|lost|discharged|vaccinated|screened|booked) "
        rf"(?:him|her)(?: (?:back|again|in|at|clinic|home|the|here|first|last)){{0,3}} (?:(?:on|for) )?"
        rf"(?P<date>{DATE})",
        _is_own,
        hints="him_ her_",
        reach=(14, 60),
    ),
    _service(
        rf"\bseen (?:(?:in (?:the )?\w+|here|again|back|on|this) ){{0,3}}(?P<date>{DATE})"
        r"(?: (?:by|w/|with|for|in|at|c/o|and|but|bp|as|then|no)(?!\w)|[,:;] )",
        _is_seen,
        hints="seen_",
        reach=(2, 70),
    ),
    _service(
        rf"\b{TEST} (?:(?:on|from|of|dated|done) )?(?P<date>{DATE}),? {_FOUND}",
        _is_date,
        hints="benign normal neg positive pos_ clear clean malignant polyp never missing on_one "
        "on_her on_him on_this on_that on_a 0.0",
        reach=(70, 12),
    ),
    _service(
        rf"(?<![\w/'-]){ONE_DOSE}\W{{1,3}}(?:(?:on|was|is|the) )?(?P<date>{DATE})",
        _is_of_one,
        hints="edd_ edd: adm_ adm: rip_ egreso op_date svc section fx_ fracture_ stroke_ fall_ _mi_ seizure_ "
        "dose_ given_ done_ due_ refused_ declined_ appt_ appointment_ died_ _ed_ _er_ _icu_ vu_le vue_le "
        "en_am _el_ transferred_",
        reach=(40, 60),
    ),
    _service(rf"(?P<date>{DATE})", _is_tied_to_patient, hints=DATE_HINTS, reach=(22, 30)),
    _service(
        rf"(?<![\w/'-]){CLINICAL}(?!\w){GLUE}(?:(?:on|am|le|el|for|w/|the|in ed|this|was|is|"
        rf"back|night of|of|appt|date|again|with chf) ?){{0,2}}{GLUE}"
        rf"(?:(?:[a-z][\w'-]* ){{1,4}}(?:on|dated) )?(?:\d\d? ?(?:to|-|through) ?)?(?P<date>{DATE})",
        _is_of_one,
        hints="admi discharg dc'd dcd d/c hospitali died expired deceased cath fell lmp underwent dos doa "
        "tka tha cabg surg biops tubat vaccin aufnahme entlass show s/p date passed colonosc visit "
        "seen ingres came dna dnka d.n operat dod tka readm",
    ),
    _service(rf"\bdelivered{GLUE}(?:(?:on|baby|at home) )?(?P<date>{DATE})", _is_birth, hints="deliver"),
)
