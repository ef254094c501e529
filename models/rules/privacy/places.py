"""Postal addresses."""

import re
from functools import partial

from models.rules.privacy.context import PRONOUN, after, before, is_of_patient, sentence, speaks_of_patient
from models.rules.privacy.kinds import IdentifierKind, Way
from models.rules.privacy.streets import (
    AFTER_STREET,
    ANY_STREET,
    HOUSE,
    HOUSE_WORD,
    ISLE_STATES,
    LIVES,
    LOCAL,
    MOVED,
    NOT_NAMES,
    STATES,
    STREET,
    STREET_NAME,
    THE_HOUSES,
    WORD,
)
from models.rules.privacy.writing import MONTH, Pattern

_address = partial(Way, IdentifierKind.ADDRESS)


def _is_of_person(match: re.Match[str]) -> bool:
    """So that "The huddle moved to room 3" is no move of a patient."""
    near = before(match) + match[0]
    return speaks_of_patient(near) or bool(PRONOUN.search(near))


_AT_HOME = Pattern(
    r"\b(?:lives?|living|stay(?:s|ing)|address|addr|home|house|household|family|families|mail(?:ed)?|letters?|"
    r"deliver\w*|post(?:ed|card)?|knock\w*|dropped|visit(?:ed)?|parcel|neighbou?rs?|returned|moved|relocat\w*|"
    r"went to|found at|registered at|nobody|landlord|door|chw|asha|mould|mold)\b"
)


def _is_at_home(match: re.Match[str]) -> bool:
    """So that "family at 23 Bally Park", but not "12 walked in Bally Park"."""
    near = before(match, 60).lower() + match[0].lower() + after(match, 40).lower()
    return is_of_patient(match) and (
        bool(_AT_HOME.search(near) or PRONOUN.search(near)) or speaks_of_patient(near)
    )


_PLAIN = Pattern(rf"{HOUSE}{STREET_NAME}{STREET}{AFTER_STREET}")


def _is_in_street(match: re.Match[str]) -> bool:
    """Whether it is a house; of streets with odd names, and of "5/12", only where somebody is at home."""
    is_plain = "/" not in match[0] and _PLAIN.match(match[0])
    return is_of_patient(match) if is_plain else _is_at_home(match)


def _is_whole(match: re.Match[str]) -> bool:
    """Whether a house stands before the town, or somebody is at home there."""
    return _is_at_home(match) or bool(re.search(r"\d[a-zA-Z]? [\w' ]{3,25}$", before(match, 40)))


WAYS = (
    _address(
        rf"(?<!\w){HOUSE_WORD}\W{{0,3}}\d[\w/-]{{0,11}},? (?:[\w'-]+,? ){{0,3}}{LOCAL}\b",
        is_of_patient,
        hints="h.no h_no hno h._no no_0 no._0 no.0 no:_0 door plot villa shelter number_0 #0 #_0",
        reach=(20, 60),
    ),
    _address(
        r"(?<!\w)(?:h\. ?no\.?|h\.? no\.|house no\.?|door no\.?|erf)\W{0,3}"
        r"(?:\d{1,4}[-/]\d[\w/-]*|\d+,|\d{3,})",
        is_of_patient,
        hints="no_0 no._0 no.0 no:_0 no:0 erf",
        reach=(15, 20),
    ),
    _address(
        r"\b(?:village|camp|hostel|colony|basti|township|block|compound)\b[^.\n]{0,30}\b(?:house|shelter|tent|room|hut|"
        r"door|plot) (?:no\.? ?)?\d+",
        lambda match: speaks_of_patient(sentence(match)) or bool(PRONOUN.search(sentence(match))),
        hints="house shelter tent room hut door plot",
        reach=(60, 20),
    ),
    _address(
        r"\b(?:lot|space|trailer|unit|site|no\.?) #?\d+,? (?:(?:at|in|of|on) )?(?:the )?(?:[a-z]+ ){1,3}"
        r"(?:(?:trailer|mobile home|rv|caravan) (?:park|court|village)|acres|estates|palms)\b",
        is_of_patient,
        hints="park court village acres estates palms",
        reach=(70, 10),
    ),
    _address(
        rf"(?<![\w/.-])\d{{2,5}},? (?:[nsew]{{1,2}}\.? )?(?:{WORD},? ){{1,2}}"
        r"(?:(?:apt|apartment|flat)\.? ?#?\d{1,4}|unit \d{1,4}|(?<=\w\w\w\w\s)#\d{1,4})",
        is_of_patient,
        hints="apt apart flat unit #0",
        reach=(60, 20),
    ),
    _address(
        r"(?<![\w/.-])\d{1,4}[a-z]?,? (?:jalan|jln|lorong|lebuh|persiaran|via|ulica) [a-zà-ÿ]{3,}",
        is_of_patient,
        hints="jalan jln lorong lebuh persiaran via_ ulica",
        reach=(10, 40),
    ),
    _address(
        r"\b(?:calle|carrera|cra|cl|kr|diagonal|transversal)\.? \d{1,3}[a-z]? ?(?:#|no\.?) ?\d",
        hints="#0 #_0 no",
        reach=(30, 10),
    ),
    _address(
        r"\bc/o (?:(?:his|her|their|pt's|the) )?(?:sister|brother|son|daughter|mother|mom|mum|aunt|uncle|"
        r"friend|cousin),? (?:at )?\d{1,5} (?!" + NOT_NAMES + r"\b|nights?|wks?|mos?\b|yrs?|hrs?)[a-z]{4,}",
        hints="c/o",
        reach=(2, 60),
    ),
    _address(
        r"\b[A-Z][a-z]+,?\s" + ISLE_STATES + r"\s(?!20[12]\d)\d{4}\b",
        _is_whole,
        hints="nsw_0 vic_0 qld_0 tas_0 act_0 sa_0 wa_0 nt_0",
        reach=(30, 8),
        is_cased=True,
    ),
    _address(
        r"(?:(?<=\b(?i:to|at)\s)|(?<=\b(?i:from)\s)|(?=\d+\s[NSEW]))\d{3,5}\s(?:[NSEW]{1,2}\.?\s)?(?!(?i:"
        + MONTH
        + r"|spanish|medicaid))[A-Z][a-z]{3,}"
        r"(?=[,.;:)]|$|\s(?i:apt|unit|returned|came|and|but|nobody|no\sone|again|every|for|with|by|is|was|on|in|after|where|when|"
        r"because|but|so|until)\b)",
        _is_at_home,
        hints="at_00 to_00 from_00 00_n 00_s 00_e 00_w",
        reach=(2, 50),
        is_cased=True,
    ),
    _address(
        rf"(?<![\w/.%$-])(?:no\.? ?)?\d{{1,5}}(?:[-/]\d{{1,4}})?[a-d]?,? "
        rf"{STREET_NAME}{ANY_STREET}{AFTER_STREET}",
        _is_in_street,
        reach=(20, 90),
    ),
    _address(
        rf"{HOUSE}(?:the (?:{STREET}|{THE_HOUSES})|(?:west |east "
        r")?broadway|main)(?![\w'-])(?! (?:points?|goals?|reasons?|measures?|barriers?|clinic|ideas?))",
        is_of_patient,
        reach=(20, 40),
        hints="_the_ broadway main",
    ),
    _address(r"(?<!\w)\d{1,4}[a-d]?, ?\d{5} [a-zäöüß]{3,}", hints="00000_", reach=(20, 60)),
    _address(r"(?<!\w)p\.? ?o\.? ?box ?#? ?\d+", hints="box", reach=(30, 30)),
    _address(r"\b(?:r\.? ?r\.?|rural route|rfd|rd|hc) ?#? ?\d+,? box \d+", hints="box", reach=(30, 30)),
    _address(
        rf"{HOUSE}(?:old )?(?:county|state|rural|us|farm to market|fm|co) (?:road|rd|"
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
        r"\b[A-Z][a-z]+,?\s(?:" + STATES.upper() + r"),?\s\d{5}(?:-\d{4})?\b",
        is_of_patient,
        hints="00000",
        reach=(60, 20),
        is_cased=True,
    ),
    _address(
        rf"\b[a-z]{{3,}}, ?(?:{STATES}),? \d{{5}}(?:-\d{{4}})?\b",
        is_of_patient,
        hints="00000",
        reach=(60, 20),
    ),
    _address(  # postcodes of the United Kingdom, Canada and Ireland
        r"(?<![\w-])(?=[A-Z])(?:GIR 0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}|"
        r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d|"
        r"[AC-FHKNPRTV-Y]\d[\dW]\s[0-9AC-FHKNPRTV-Y]{4}(?<=\d..|.\d.|..\d))(?![\w-])",
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
        rf"\b{LIVES}\b\W{{0,3}}(?:(?:at|on|is|in|to|was|back from|from|now|visit|visit to|address|"
        rf"returned) ?){{0,3}}\W{{0,2}}(?:(?:apt|apartment|flat|unit|lot|trailer|no|space|#)\.? ?#?\d+\w?\b|"
        rf"\d{{1,5}}[a-d]?,? (?!{NOT_NAMES}\b|{MONTH})[a-zà-ÿ]{{3,}})(?! ?%)",
        is_of_patient,
        hints="liv stay resid addr wohnt vive habite demeure",
    ),
    _address(
        rf"\b{MOVED}\b (?:(?:back|from|now|visit|was|is) )?(?:to|at|from|on|in) (?:lot "
        rf"\d+,? [a-z]{{3,}}|(?:(?:apt|apartment|flat|unit|lot|trailer)\.? ?#?\d+\w?\b|"
        rf"\d{{1,5}}[a-d]?,? (?!{NOT_NAMES}\b|{MONTH})[a-zà-ÿ]{{3,}}))",
        _is_of_person,
        hints="mov locat house home mailed delivered letter visit trailer place apartment caravan",
    ),
    _address(
        r"\b(?:lives?|living|stays?|resides?|residing|moved|house|home)\b (?:(?:is|now|"
        r"alone|back|over|by|off|near|down|at (?:his|her|their) [\w']+) )?(?:on|at|to|in|off) "
        r"(?:the )?(?:corner of )?"
        rf"(?:[\w']+ ){{1,3}}{STREET}(?![\w'])",
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
