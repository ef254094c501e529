"""What stands around a match: whether its sentence speaks of one patient, of staff, or of a place of work."""

import re

from models.rules.privacy.writing import Pattern, words

_REACH = 90  # letters of the sentence read to each side
_END = Pattern(r"[\n;!?]|\.(?<=\w\w\w\.) ")

_THINGS = words(  # "patient portal" is no patient
    "portals? surveys? advis[oe]rs? advisory council education ed safety visits? lists? "
    "outreach flow experience",
    "panels? registry satisfaction letters? reminders? volumes? handouts? materials "
    "navigators? access engagement",
    "care rooms? care days? health hours? stor(?:y|ies) centered facing reported level messages? calls? data",
    "facing identif\\w+ ids? names? counts? numbers? refusals? records? instructions "
    "education leaflets? feedback",
    "representatives? partners? rights group groups types? voices? newsletters? intake scheduling forms? led",
)
_SOMEBODY = words(
    "pt patient client resident paciente patiente patientin pat\\. inpatient outpatient veteran",
    r"lady gentleman gent woman man child baby(?!\sclinic) infant newborn toddler boy girl kid teenager "
    "adolescent neonate teen kiddo guy chap bloke fella lad granny",
    "mom mum mother father dad son daughter dtr wife husband grandma grandmother grandpa granddad",
)
_AGED = r"\b\d{1,3} ?-?(?:y/?o|y\.o\.?|[mf]|yrs?|years?[- ]old|yr[- ]old)\b"
PATIENT = Pattern(
    rf"(?<![\w-])(?<!each\s)(?<!every\s)(?<!any\s)(?<!no\s)(?<!standardized\s)(?<!mock\s)"
    rf"(?:{_SOMEBODY}(?!\w)(?!(?:'s)?[- ]{_THINGS}\b)(?:'s)?(?! ?/)|"
    rf"{_AGED}|(?:mrs?|ms)\.? (?!and\b)[a-z]{{3,}})"
)
PRONOUN = Pattern(r"\b(?:she|he|her|his|him)\b")
STAFF = Pattern(
    r"\b"
    + words(
        "session meeting webinar huddles? training trains? trained kick-?off conference "
        "rounds coach coaching",
        "workshop demo staff team teams our we host hosts faculty board agenda minutes retreat orientation",
        "presentation slides? launch rollout audit audits ma mas rn onboarding maternity leave vacation pto",
        "project poster deadline manager director lead cycle pdsa report registry export dashboard clinic's",
        also=("last day", r"(?:visited|trains?|trained|taught|joined|helped|with|met|showed) us"),
    )
    + r"\b"
)
WORKPLACE = Pattern(
    r"\b"
    + words(
        "meets? hosted venue clinics? site sites office offices hospital practice venue "
        "meeting session kick-?off training conference",
        "zoom webex teams webinar dial-?in helpdesk hotline support vendor passcode desk "
        "reception switchboard",
        "headquarters hq parking surgery campus hotel workshop retreat",
        "staff coach team host order supplier supplies warehouse department dept",
        also=("for the (?:call|meeting|webinar|session)", "pin \\d", "help desk", "join by phone", "qi line"),
    )
    + r"\b"
)


_GOES_ON = Pattern(r",| (?:and|but|so|then) ")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OURS = Pattern(
    r"\b(?:our|us|my|me)\b|\bwe(?:'re| (?:are|were|all|now|can|will|use|moved|got|meet|met|sit|have an?|"
    r"have our|have moved|answer|take))\b"
)


def before(match: re.Match[str], reach: int = _REACH) -> str:
    """Read the sentence up to the match."""
    text = match.string[max(0, match.start() - reach) : match.start()]
    if match.start() > reach:
        text = text.lstrip(_LETTERS)  # "home" cut into "me" says something else
    ends = [end.end() for end in _END.finditer(text)]
    return text[ends[-1] :] if ends else text


def after(match: re.Match[str], reach: int = _REACH) -> str:
    """Read the sentence on from the match."""
    text = match.string[match.end() : match.end() + reach]
    end = _END.search(text)
    return text[: end.start()] if end else text


def clause(match: re.Match[str]) -> str:
    """Read up to where the sentence goes on to something else: "seen 3/4, and we called"."""
    return before(match, 60) + match[0] + _GOES_ON.split(after(match, 40))[0]


def sentence(match: re.Match[str]) -> str:
    """Read the sentence around the match, some way to each side."""
    return before(match) + match[0] + after(match)


def speaks_of_patient(text: str) -> bool:
    """Whether one patient is in it, by any word for one."""
    return bool(PATIENT.search(text))


def is_of_workplace(match: re.Match[str]) -> bool:
    """Whether the clinic's own number or address may be meant, and nobody is spoken of."""
    around = before(match, 45) + " " + after(match, 24).partition(",")[0]
    if speaks_of_patient(around) or PRONOUN.search(around):
        return False
    return bool(WORKPLACE.search(around) or _OURS.search(before(match, 45)))


def is_of_patient(match: re.Match[str]) -> bool:
    """Whether it may be a patient's own number or address."""
    return not is_of_workplace(match)
