"""Postal addresses."""

import re
from functools import partial

from models.rules.privacy.context import PRONOUN, before, is_of_patient, speaks_of_patient
from models.rules.privacy.kinds import IdentifierKind, Way
from models.rules.privacy.writing import MONTH, words

_address = partial(Way, IdentifierKind.ADDRESS)

_STREET = words(
    r"street str?\b\.? ave(?:nue)?\b\.? av\b\.? r(?:oa)?d\b\.? blvd\b\.? boulevard lane "
    r"ln\b\.? dr(?:ive)?\b\.? court ct\b\.?",
    r"way pl(?:ace)?\b\.? terr?(?:ace)?\b\.? cir(?:cle)?\b\.? h(?:igh)?wy\b\.? highway "
    r"park?way pkwy\b\.? square sq\b\.?",
    r"trail trl\b close clo?\b crescent cres\b row walk gardens? gdns grove mews loop pike "
    r"turnpike alley ridge run hollow quay",
    r"tce pde view brae wynd knoll vista plaza landing manor meadows? cove pointe? bend "
    r"estate farm cottages? drove hill green rise heights crossing broadway esplanade parade",
)
_NOT_NAMES = words(
    "day days patients? pts? visits? of to and or in per min minutes hours? weeks? months? "
    "years? more out from the at on for with",
    "were was had is are square feet readings charts rooms court-?mandated mandated lane "
    "lanes ft miles? steps? point staff mas new",
    "cuffs nps drs rns left per each by % up rd phase step",
)
_STREET_NAME = (
    rf"(?:(?:[nsew]|[ns][ew]|north|south|east|west)\.? ?)?(?:(?!{_NOT_NAMES} )[a-zà-ÿ0-9'.-]{{2,20}} ){{1,3}}"
)
_AFTER_STREET = (
    r"(?![\w'-])(?! (?:settings?|mats?|holders?|were|was|left|ahead|is|had|forward|clinic|lanes?|"
    r"patients|visits|on leave|and \d))"
)
_HOUSE = r"(?<![\w/.%$-])(?:no\.? ?)?\d{1,5}(?:-\d{1,4})?[a-d]?,? "
_LIVES = words(
    "lives? living lived stays? staying resides? residing address addr adress wohnt vive habite demeure"
)
_STATES = (
    "a[klrz]|c[aot]|d[ce]|fl|ga|hi|i[adln]|k[sy]|la|m[adeinost]|n[cdehjmvy]|o[hkr]|pa|ri|s[cd]|"
    "t[nx]|ut|v[at]|w[aivy]"
)


_MOVED = words(
    "moved moving relocated relocating house home mailed delivered letter visit trailer "
    "place apartment caravan"
)


def _is_of_person(match: re.Match[str]) -> bool:
    """So that "The huddle moved to room 3" is no move of a patient."""
    near = before(match) + match[0]
    return speaks_of_patient(near) or bool(PRONOUN.search(near))


WAYS = (
    _address(rf"{_HOUSE}{_STREET_NAME}{_STREET}{_AFTER_STREET}", is_of_patient, reach=(20, 90)),
    _address(
        rf"{_HOUSE}(?:the (?:{_STREET}|grange|lodge|cottage|orchard|old \w+)|(?:west |east "
        r")?broadway|main)(?![\w'-])(?! (?:points?|goals?|reasons?|measures?|barriers?|clinic|ideas?))",
        is_of_patient,
        reach=(20, 40),
        hints="_the_ broadway main",
    ),
    _address(r"(?<!\w)\d{1,4}[a-d]?, ?\d{5} [a-zäöüß]{3,}", hints="00000_", reach=(20, 60)),
    _address(r"(?<!\w)p\.? ?o\.? ?box ?#? ?\d+", hints="box", reach=(30, 30)),
    _address(r"\b(?:r\.? ?r\.?|rural route|rfd|rd|hc) ?#? ?\d+,? box \d+", hints="box", reach=(30, 30)),
    _address(
        rf"{_HOUSE}(?:old )?(?:county|state|rural|us|farm to market|fm|co) (?:road|rd|"
        r"route|rte|hwy|highway) ?\d+",
        reach=(60, 40),
        hints="road rd_ route rte hwy highway",
    ),
    _address(
        r"(?<![\w/.-])\d{1,5} (?:route|rte|hwy|highway|fm|us) \d{1,4}\b(?! ?%)",
        is_of_patient,
        reach=(30, 40),
        hints="route rte hwy highway fm us_",
    ),
    _address(
        r"\b[A-Z][a-z]+,?\s(?:" + _STATES.upper() + r"),?\s\d{5}(?:-\d{4})?\b",
        is_of_patient,
        hints="00000",
        reach=(60, 20),
        is_cased=True,
    ),
    _address(
        rf"\b[a-z]{{3,}}, ?(?:{_STATES}),? \d{{5}}(?:-\d{{4}})?\b",
        is_of_patient,
        hints="00000",
        reach=(60, 20),
    ),
    _address(
        r"(?<![\w-])(?:GIR 0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2})(?![\w-])",
        is_of_patient,
        reach=(6, 10),
        is_cased=True,
    ),
    _address(
        r"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?![\w-])",
        is_of_patient,
        reach=(6, 10),
        is_cased=True,
    ),
    _address(
        r"(?<![\w-])[AC-FHKNPRTV-Y]\d[\dW]\s[0-9AC-FHKNPRTV-Y]{4}(?![\w-])(?<=\d..|.\d.|..\d)",
        is_of_patient,
        reach=(6, 10),
        is_cased=True,
    ),
    _address(
        r"\b(?:lives?|living|stays?|staying|resides?|home|address|postcode|post code|"
        r"zip)\b[^.\n]{0,25}\b[a-pr-uwyz][a-hk-y]?\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}\b",
        hints="liv stay resid home address post zip",
    ),
    _address(
        r"(?<!\w)(?:pt|patient|his|her|their|home|client)'?s? ?(?:home )?(?:zip|postcode|"
        r"post code|zipcode)\W{0,3}(?:code )?(?:is )?[a-z]{0,2}\d[\da-z ]{2,7}\b",
        hints="zip post",
    ),
    _address(
        rf"\b{_LIVES}\b\W{{0,3}}(?:(?:at|on|is|in|to|was|back from|from|now|visit|visit to|address|"
        rf"returned) ?){{0,3}}\W{{0,2}}(?:(?:apt|apartment|flat|unit|lot|trailer|no|space|#)\.? ?#?\d+\w?\b|"
        rf"\d{{1,5}}[a-d]?,? (?!{_NOT_NAMES}\b|{MONTH})[a-zà-ÿ]{{3,}})(?! ?%)",
        is_of_patient,
        hints="liv stay resid addr wohnt vive habite demeure",
    ),
    _address(
        rf"\b{_MOVED}\b (?:(?:back|from|now|visit|was|is) )?(?:to|at|from|on|in) (?:lot "
        rf"\d+,? [a-z]{{3,}}|(?:(?:apt|apartment|flat|unit|lot|trailer)\.? ?#?\d+\w?\b|"
        rf"\d{{1,5}}[a-d]?,? (?!{_NOT_NAMES}\b|{MONTH})[a-zà-ÿ]{{3,}}))",
        _is_of_person,
        hints="mov locat house home mailed delivered letter visit trailer place apartment caravan",
    ),
    _address(
        r"\b(?:lives?|living|stays?|resides?|residing|moved|house|home)\b (?:(?:is|now|"
        r"alone|back|over|by|off|near|down|at (?:his|her|their) [\w']+) )?(?:on|at|to|in|off) "
        r"(?:the )?(?:corner of )?"
        rf"(?:[\w']+ ){{1,3}}{_STREET}(?![\w'])",
        is_of_patient,
        hints="liv stay resid moved house home",
    ),
    _address(
        r"(?<!\w)[a-zà-ÿ-]{2,20}(?:strasse|straße|str\.|weg|gasse|platz|allee|laan|"
        r"straat) ?\d{1,4} ?[a-d]?\b(?! ?%)",
        reach=(40, 40),
        hints="strasse straße str. weg gasse platz allee laan straat",
    ),
    _address(
        r"(?<![\w/.-])\d{1,4}(?: bis| ter)?,? (?:rue|avenue|av|boulevard|bd|chemin|"
        r"impasse|allée|quai) (?:d[eu]s? |de la |de l'|d'|du )?[a-zà-ÿ]{3,}",
        reach=(20, 60),
        hints="rue ave av_ boul bd_ chemin impasse allée quai",
    ),
    _address(
        r"\b(?:calle|c/|av\.|avenida|avda\.?|plaza|paseo|via|viale|rua|camino|calz\.?) (?:de (?:la |los )?|"
        r"del )?[a-zà-ÿ]{3,}(?: [a-zà-ÿ]{3,})?,? (?:n[º°o.]? ?)?\d{1,4}\b",
        hints="calle c/ av. aven avda plaza paseo via rua camino calz",
    ),
    _address(
        r"(?<!\w)(?:apt|apartment|flat|unit)\.? ?#?\d{1,4}[a-z]?\b,? (?:at )?\d{1,5} [a-z]+",
        is_of_patient,
        hints="apt apart flat unit",
    ),
)
