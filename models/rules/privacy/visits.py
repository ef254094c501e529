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
from models.rules.privacy.writing import DATE, DATE_HINTS, GLUE, Pattern, words

_service = partial(Way, IdentifierKind.SERVICE)

_EVENTS = words(
    r"seen saw admit\w* readmi?t?\w* adm discharg\w* d/?c'?e?d? dcd hospitali[sz]\w* came "
    r"come coming presented visit\w* arriv\w* return\w*",
    r"underwent died dies passed expired deceased fell fall fallen transferred transfer "
    r"delivered miss(?:ed|es)? app(?:oin)?t(?:ment)?s? surger\w*",
    r"procedure operation operated op labs? lab scan\w* biops\w* mammo\w* colonoscop\w* "
    r"cath\w* x-?ray\w* mri ct echo ecg ekg a1c hba1c bp inr",
    r"called f/?u follow-?up stroke mi started stopped vaccin\w* immuni\w* shot flu dose\w* "
    r"refill\w* tka tha cabg pci stent\w* screen\w* tested test",
    r"drawn checked recheck\w* rescheduled scheduled sched referred referral eval\w* "
    r"consult\w* imaging inject\w* infusion dialysis chemo edd? er due",
    r"got gets given gave had received took delivery intake exam\w* pap smear ward icu clinic "
    r"booked overdose\w* suicide relapse\w* enrolled no.?shows? no.?showed hospital er ed dna "
    r"dnas? noshow\w* cancel\w* ns",
    r"results? reading readings weight phq\w* fracture\w* fx broke ama walked picked "
    r"prescribed rx diagnos\w* dx dx'd counsel\w* telehealth televisit",
    r"walk-?in lmp born birth phoned screening surgery treated wound extubat\w* intubat\w* "
    r"ran lost complain\w* here there injured seizure",
    r"left stayed home consented signed interviewed collapsed bled last next swab\w* tested "
    r"covid positive aufnahme entlass\w* gestürzt alta ingres\w*",
    r"cita consulta hospitalisée? sortie chute vu vue rdv op-termin ingreso operad\w* intake "
    r"discharge therapy counselled amputat\w* induced attended",
)
_EVENT = Pattern(rf"(?<![\w'-]){_EVENTS}(?!\w)")
_CLINICAL = words(
    r"admitted readmitted re-?admitted admit readmit discharged dc'?d d/c'?d hospitali[sz]ed "
    r"died expired deceased cath'd fell lmp underwent dos doa dod",
    r"dod tka tha cabg surgery biopsied extubated intubated vaccinated aufnahme entlassung "
    r"hospitalisée? ingresad[oa] no-?showed",
    also=(
        r"s/p [\w ]{2,20}",
        r"date of (?:service|admission|discharge|surgery|visit|death|procedure)",
        r"admit(?:ted)? date",
        r"passed away",
        r"(?:discharge|admission|visit|surgery|service|encounter|procedure) date",
        r"colonoscopy done",
        r"(?:ed|er|office|clinic) visit",
        r"last seen",
        r"came in",
        "no[- ]show(?:ed)?(?: for appt)?",
        r"d\.?n\.?k?\.?a'?d?",
        "d/c",
        "operated(?: on)?",
        r"seen in (?:ed|er|clinic|the ed|the er)",
    ),
)
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
    r" ?(?:%|of|times|visits|pts|patients|charts|rooms|clinics|mas|staff|weeks|months|hours|"
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
        STAFF.search(clause(match)) or _GROUP.search(around)
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


def _is_birth(match: re.Match[str]) -> bool:
    """So that what a supplier delivered is none."""
    return speaks_of_patient(before(match)) or bool(_CHILDBED.search(sentence(match)))


WAYS = (
    _service(rf"(?P<date>{DATE})", _is_tied_to_patient, hints=DATE_HINTS, reach=(20, 40)),
    _service(
        rf"(?<![\w/'-]){_CLINICAL}(?!\w){GLUE}(?:(?:on|am|le|el|for|w/|the|in ed|this|was|is|"
        rf"back|night of|of|appt|date|again|with chf) ?){{0,2}}{GLUE}"
        rf"(?:(?:[a-z][\w'-]* ){{1,4}}(?:on|dated) )?(?P<date>{DATE})",
        _is_of_one,
        hints="admi discharg dc'd dcd d/c hospitali died expired deceased cath fell lmp underwent dos doa "
        "tka tha cabg surg biops tubat vaccin aufnahme entlass show s/p date passed colonosc visit "
        "seen ingres came dna dnka d.n operat dod tka readm",
    ),
    _service(rf"\bdelivered{GLUE}(?:(?:on|baby|at home) )?(?P<date>{DATE})", _is_birth, hints="deliver"),
)
