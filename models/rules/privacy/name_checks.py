"""Whether a word that stands where a name could is one: lists, endings, and what the person does."""

import re

from models.rules.privacy.colleagues import is_of_staff
from models.rules.privacy.common_names import COMMON
from models.rules.privacy.context import after, before
from models.rules.privacy.names import MEDICAL, NO_SURNAMES, ORDINARY
from models.rules.privacy.writing import Pattern

LONGEST_ACRONYM, SHORTEST_NAME = 4, 3  # letters
RELATIVE = (
    r"wife|husband|daughter|son|mother|mom|mum|mommy|father|dad|sister|brother|niece|nephew|aunt|uncle|"
    r"granddaughter|grandson|grandmother|grandma|grandfather|caregiver|carer|guardian|spouse|neighbor|"
    r"neighbour|dtr|cousin|boyfriend|girlfriend|fiance|fiancee|twin|baby|stepson|poa|hcp"
)
_PERSON = rf"woman|man|lady|gentleman|gent|girl|boy|child|resident|patient|toddler|infant|kid|teen|{RELATIVE}"
_PERSON_BEFORE = Pattern(rf"\b(?:{_PERSON})\s?,?\s$|\d\s?-?(?:y/?o|yrs?\sold|year[\s-]old|[mf])\s?,?\s$")
_ENDINGS = Pattern(
    r"(?:ing|ed|tion|tions|sions?|ments?|ness|ity|ities|ship|ly|able|ible|ful|ive|ance|ence|"
    r"ology|ists?|ers|als|ics|ies|ures?)$"
)
_SPOKE_TO = Pattern(
    r"(?:(?:spoke|talked|went|letter|message) (?:to|with)|rang|called|saw|told|see[ns]?|"
    r"visited|for|with|from|by) $"
)
_DOES_AS_PATIENT = Pattern(
    r"\s(?:again\s)?(?:refuse[ds]|declined|no[- ]show|missed|fell|dna|dnka|dropped|skipped)"
)
_NO_WORD = frozenset(
    [
        "brand",
        "clinic",
        "coach",
        "contact",
        "drug",
        "field",
        "file",
        "hospital",
        "measure",
        "my",
        "our",
        "practice",
        "project",
        "sheet",
        "site",
        "staff",
        "team",
        "user",
    ]
)


def is_name(name: str, *, is_loud: bool) -> bool:
    """Whether it is a common name in any letters, or written like a name and no word of the trade."""
    first = re.split(r"[\s,.]|'s\b", name)[0]
    low = name.lower().split("'")[0].strip(" ,.")
    if low in COMMON or first.lower() in COMMON:
        return first.lower() not in ORDINARY
    if name.islower():
        parts = re.split(r",?\s", name)
        return len(parts) > 1 and parts[1] in COMMON and not set(parts) & (ORDINARY | MEDICAL)
    if is_loud and " " in name and all(is_strange(word) for word in re.split(r"[\s,]+", name.lower())[:2]):
        return True
    if first.islower() or is_loud or is_ordinary(first.lower()) or first.lower() in MEDICAL:
        return bool(
            is_loud and "," in name and low not in ORDINARY and first.lower() not in ORDINARY | MEDICAL
        )
    if first.lower() in NO_SURNAMES or _ENDINGS.search(first.lower()) or re.search(r"\d", first):
        return bool(re.match(r"[A-Z][a-z]+,?\s[A-Z][a-z]+$", name)) and is_second_name(name)
    return bool(first) and (not first.isupper() or len(first) > LONGEST_ACRONYM or "," in name or "." in name)


def is_ordinary(word: str) -> bool:
    """Whether it is a word of the trade, or many or a doing of one: "Tuesdays", "Brings"."""
    return word in ORDINARY or (word.endswith("s") and word[:-1] in ORDINARY)


def is_strange(word: str) -> bool:
    """Whether a word in small letters is no word of the trade, by list and by ending."""
    is_listed = word in ORDINARY or word in MEDICAL or word in NO_SURNAMES
    return (
        len(word) >= SHORTEST_NAME and not is_listed and not _ENDINGS.search(word) and not word.endswith("s")
    )


def is_second_name(name: str) -> bool:
    """Whether the second word is a common name and the first no word of the trade."""
    words = [word.lower() for word in re.split(r"[\s,]+", name)]
    return words[0] not in ORDINARY | MEDICAL and words[1] in COMMON


def is_loud(match: re.Match[str]) -> bool:
    """Whether all the text is in capitals, so that capitals say nothing."""
    return not re.search(r"[a-z]", match.string)


def is_titled(match: re.Match[str]) -> bool:
    """Whether a title is before a patient: not "Miss the huddle", "MS Teams", nor staff."""
    title, name = match["title"], match["name"]
    first = re.split(r"[\s'.-]", re.sub(r"^[A-Z]\.?\s(?=[A-Z])", "", name))[0].lower()
    if first in NO_SURNAMES or (name.islower() and first in ORDINARY) or is_of_staff(match):
        return False
    if title.isupper() and name.islower() and title not in {"MS", "SR"}:  # "MRS swabs"
        return first in COMMON
    if title in {"Master", "master"} and " " in name and name[:1].isupper():
        second = re.split(r"\s", name)[-1].lower()
        return not {first, second} & (ORDINARY | MEDICAL | NO_SURNAMES) and not _ENDINGS.search(second)
    if title in {"MS", "ms", "Miss", "miss", "MISS", "master", "Master", "SR", "Sr", "sr"}:
        if (
            title == "ms" and name.islower() and re.search(r"(?:\d|\bof|\bin)\s?$", before(match, 5))
        ):  # milliseconds
            return False
        is_sure = (
            first in COMMON
            or (title == "ms" and is_strange(first))
            or (title == "miss" and is_strange(first) and bool(_SPOKE_TO.search(before(match, 14))))
            or (
                not _ENDINGS.search(first)
                and title in {"Miss", "Sr", "miss", "ms"}
                and name[:1].isupper()
                and first not in ORDINARY | MEDICAL
            )
        )
        return is_sure or (
            title in {"MS", "MISS"}
            and not first.endswith("s")
            and is_loud(match)
            and first not in ORDINARY | MEDICAL
        )
    return not (first in ORDINARY and not name[:1].isupper())


def is_patients(match: re.Match[str]) -> bool:
    """Whether what follows "patient" is a name or initials."""
    name = match["name"]
    is_many = match[0].lower().startswith("patients")
    if match[0].startswith("PT") and not is_loud(match):  # physical therapy
        return re.split(r"[\s,]", name)[0].lower() in COMMON and " " in name
    if re.fullmatch(r"[A-Z]{2,3}", name):
        is_initials = name not in {"ED", "ER"} and name.lower() not in MEDICAL | ORDINARY
        return is_initials and not is_loud(match) and not is_many
    if re.fullmatch(r"(?:[A-Z]\.\s?){2,3}", name):
        return True
    if re.match(r"[A-Z]\.\s?[A-Z]", name):
        return not is_of_staff(match)
    if is_many and not (" and " in after(match, 30).lower()[:25] and is_common(match)):
        return False
    return is_name(name, is_loud=is_loud(match)) and not is_of_staff(match, is_sure=True)


def is_called(match: re.Match[str]) -> bool:
    """Whether somebody is "named" so, not a thing."""
    return bool(_PERSON_BEFORE.search(before(match, 20).lower())) and is_named(match)


def is_named(match: re.Match[str]) -> bool:
    """Whether the name is written like one."""
    return is_name(match["name"], is_loud=is_loud(match))


def is_common(match: re.Match[str]) -> bool:
    """Whether the first word is a common name."""
    return re.split(r"[\s,.'-]", match["name"])[0].lower() in COMMON


def is_of_common_name(match: re.Match[str]) -> bool:
    """Whether one of two words in capitals is a common name: "toddler Ines Duarte"."""
    name = match["name"].lower().split()
    return bool(COMMON & set(name)) and name[0] not in ORDINARY and not (is_loud(match) or is_of_staff(match))


def is_relative(match: re.Match[str]) -> bool:
    """Whether a wife, a son or a mother has a name here."""
    name = match["name"]
    if is_of_staff(match):
        return False
    return is_common(match) if name.islower() or is_loud(match) else is_named(match)


def is_owner(match: re.Match[str]) -> bool:
    """So that "Tyler's mom", not "Today's chart" nor "Maple's readings"."""
    if re.search(r"(?:cuff|chart|meds|a1c|bp|labs|readings?|appt|family)$", match[0].lower()):
        return is_common(match) and not is_of_staff(match)
    return is_named(match)


def is_labelled(match: re.Match[str]) -> bool:
    """Whether "name:" is a person's, not a clinic's."""
    return (match["whose"] or "").lower() not in _NO_WORD and is_named(match)


def is_shortened(match: re.Match[str]) -> bool:
    """So that "For Maria G." but not "thanks to Maria G."."""
    if not is_common(match) or is_of_staff(match):
        return False
    return "." in match[0] + after(match, 1) or bool(_DOES_AS_PATIENT.match(after(match, 14)))


def is_beside(match: re.Match[str]) -> bool:
    """Whether the name beside "pt", a birth or an age is a patient's."""
    name = match["name"]
    is_alone = " " not in name and re.search(r"[^(,]\s?(?:pt|patient|our patient)$", match[0].lower())
    if is_alone and not is_common(match):
        return False
    return is_named(match) and not is_of_staff(match) and "nurse" not in before(match, 12).lower()


def is_no_word(match: re.Match[str]) -> bool:
    """Whether what a patient is called in small letters is no word of the trade: "pt bellweather refused"."""
    return is_strange(match["name"])


def is_pair_of_no_words(match: re.Match[str]) -> bool:
    """Whether two words in small letters are both unknown to the trade."""
    pair = re.split(r"[,\s]+", match["name"] or match["listed"])
    return all(map(is_strange, pair))


def is_low_pair(match: re.Match[str]) -> bool:
    """Whether two words in small letters hold a common name."""
    first, last = match["name"].split()
    return (first in COMMON or last in COMMON) and not {first, last} & ORDINARY
