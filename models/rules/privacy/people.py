"""Names of patients and of their families: after a title, after "patient", beside an age."""

from functools import partial

from models.rules.privacy import name_checks
from models.rules.privacy.colleagues import is_of_staff
from models.rules.privacy.common_names import COMMON
from models.rules.privacy.kinds import IdentifierKind, Way
from models.rules.privacy.name_checks import RELATIVE
from models.rules.privacy.names import MEDICAL, ORDINARY
from models.rules.privacy.writing import spoken

_WORD = r"(?:[A-Za-zÀ-ÿ][\w'À-ÿ-]*)"
_CAP = r"(?:(?:[Dd]e\s|[Vv]an\s(?:der\s)?|[Ll]a\s|[Dd]el\s|[Vv]on\s|[Aa]l[-\s])?[A-ZÀ-Þ][\w'-]+)"
_INITIAL = r"(?:[A-Z]\.?\s?)"
_FULL = rf"(?:{_INITIAL}{{1,2}})?{_CAP}(?:\s[A-Z](?:\.|(?!\w)))?(?:,?\s{_CAP}){{0,2}}(?:,\s[A-Z](?!\w))?"
_TITLES = (
    r"mr|mrs|ms|miss|mx|mister|missus|sr|sra|srta|señor|señora|señorita|herr|herrn|frau|mme|mlle|"
    r"madame|monsieur|signor|signora|master|smt|shri|shree|shrimati|sri|kumari|mdm|encik|puan|doña|mzee|whaea|"
    r"matua|aunty|auntie"
)
_TITLED = (
    rf"(?<![\w'./-])(?P<title>{spoken(_TITLES)})\b(?:\.\s{{0,2}}|\s{{1,2}})(?!(?i:and|&)\s)"
    rf"(?P<name>(?:[A-Z]\.?\s)?{_CAP}(?:\s{_CAP})?|{_WORD})"
)
_PATIENT = (
    r"(?<![\w'/-])"
    + spoken(
        "pt|pts|patient|patients|client|resident|inpatient|outpatient|pat|paciente|patiente|patientin|veteran|ptnt"
    )
    + r"\b\.?"
)
_LINK = (
    r"(?:\s?(?i:is|was|named|called|name\sis(?:\sspel(?:led|t))?|name|names|initials|ID'?d\sas|identified\sas|who\sis|"
    r"known\sas|aka))?"
)
_OF_PATIENT = (
    rf"{_PATIENT}(?i:'?s\s(?:full\s)?(?:name|initials))?{_LINK}\s?[:,=(\"#-]{{0,2}}\s?"
    rf"(?P<name>[A-Z]\.\s?[A-Z][\w'-]+|(?:[A-Z]\.\s?){{2,3}}(?!\w)|[A-Z]{{2,3}}(?!\w)|{_FULL}|"
    r"[a-zà-ÿ][\w'-]+(?:,?\s[a-zà-ÿ][\w'-]+)?)"
)
_LOWER_SUBJECT = (
    r"(?<![\w'/-])(?:[Pp]t|[Pp]atient)\.?\s(?P<name>[a-z]{4,})(?:\s[a-z]\.?|'s)?\s(?:refused|"
    r"case|situation|incident|saga|family|daughter|son|wife|husband|mom|mum|"
    r"declined|came|no|left|has|had|was|seen|missed|called|says|said|wants|fell|needs|never|"
    r"did|dnka|didn't|won't|upset|again)\b"
)
_NAMED = rf"(?<!\w)(?:[Nn]amed|[Cc]alled|NAMED|CALLED|by\sthe\sname\sof)\s(?P<name>{_FULL}|{_WORD})"
_FAMILY_MEMBER = (
    rf"(?<![\w-]){spoken(RELATIVE)}(?:,|\s?\(|\s(?i:is|was)|:)?\s?(?P<name>{_CAP}"
    rf"(?:\s{_CAP})?|(?<=\s)[a-z]{{3,}})(?![\w-])"
)
_MOTHER_OF = (
    rf"\b{spoken(RELATIVE + '|parents|family')}\s(?:of|to|OF|TO)\s(?:little\s|twins\s|baby\s|"
    rf"young\s|pt\s)?(?P<name>{_FULL}|[a-z]{{3,}})"
)
_OF_FAMILY = (
    rf"(?<![\w'])(?<!St\.\s)(?<!St\s)(?P<name>{_CAP})(?:'s|s'|s)\s(?i:{RELATIVE}|parents?|"
    r"family|cuff|chart|meds|a1c|bp|labs|readings?|appt)\b"
)
_PERSON_APPOSED = (
    rf"\b{spoken('kid|boy|girl|lady|guy|man|woman|gentleman|chap|child|teen|client')},\s"
    rf"(?P<name>{_CAP}\s{_CAP})(?![\w-])"
)
_YOUNG_OR_OLD = (
    rf"\b(?i:little|toddler|infant|newborn|teen|wee|young\s(?:man|woman|lady|boy|girl)|old\s(?:man|lady)|"
    rf"elderly\s(?:man|lady|woman)|gentleman|lady|kiddo|boy|girl|lad)\s(?P<name>{_CAP}(?:\s{_CAP})?)"
)
_THE_FAMILY = (
    rf"\b(?i:the)\s(?P<name>{_CAP})\s(?i:family|household|couple|twins|sisters|brothers|girl|"
    r"boys?|girls|kids?|baby|children|siblings|lads|mom|mum|dad)\b(?!\s(?i:medicine|practice|health|clinic|cent|plan|of|phys))"
)
_BESIDE = (
    rf"(?<![\w'])(?P<name>{_CAP},?\s{_FULL}|{_CAP})\s?[(,-]?\s?(?:(?i:pt|patient|our\spatient|"
    rf"dob|d\.o\.b\.?|mrn)\b|\(?\d{{1,3}}\s?-?(?i:y/?o|y\.o|yrs?|[mf])\b|b\.\s?\d)"
)
_APPOSED = rf"(?<![\w'])(?P<name>{_CAP}\s{_CAP}|{_CAP},\s{_CAP}),?\s\(?\d{{1,3}}(?=\)|,)"
_IN_CELL = rf"(?m)(?:^|\|)\s?(?P<name>{_CAP},\s{_CAP}(?:\s[A-Z]\.?)?)\s?(?:$|\|)"
_NEWBORN = rf"\b(?i:baby\s(?:boy|girl)|bb|bg)\s(?P<name>{_CAP})"
_INITIALS_BESIDE = (
    r"(?<![\w'/])(?P<name>[A-Z]\.?[A-Z]\.?|[A-Z]\.?\s?[A-Z][a-z]+|[A-Z][a-z]+,?\s[A-Z]\.?)\s?"
    r"(?:\((?i:pt|patient)\)|,?\s(?i:dob|mrn)\b|,?\s\d{2,3}\s?(?i:yo|[mf])\b)"
)
_LOWER_BESIDE = (
    r"(?<![\w'])(?P<name>[a-z]{3,}\s[a-z]{3,}),?\s(?:\(?pt\b|\(?patient\)|dob\b|\d{1,3}\s?"
    r"(?:y/?o|yrs?|[mf])\b)"
)
_LABELLED = (
    r"(?<![\w'])(?i:(?:(?P<whose>\w+)\s)?name|surname|initials|nombre|nom|nok|next\sof\skin)\s?(?:is|"
    rf"[:=]|\|(?=\s?{_CAP}\s{_CAP})|was(?=\s[A-Z])|(?<=real\sname)|(?<=last\sname)|(?<=first\sname)|(?<=surname)|(?<=legal\sname))\s?(?P<name>{_FULL}|(?:[A-Z]\.\s?){{2,3}}|[a-z]{{3,}}\s[a-z]{{3,}}|[A-Z]{{2,3}}"
    r"(?!\w))"
)
_LOWER_PAIR = (
    r"(?<![\w'/-])(?:(?:[Pp]t|[Pp]atient):?\s(?P<name>[a-z]{3,}(?:,\s?|\s)[a-z]{3,})(?=\s?[,;:(]|\s(?:dob|"
    r"bp|mrn|aged?|\d)|$)|(?P<listed>[a-z]{3,},\s[a-z]{3,})(?=,?\s\d{1,3}\s?(?:yo|y/o|[mf]\b)))"
)
_SHORTENED = r"(?<![\w'.])(?P<name>[A-Z][a-z]+\s[A-Z]\.?)(?=[\s,;:)'?!-]|$)"
_INITIALS = r"(?i:\binitials\b|\binit\b\.?)\W{0,3}(?P<name>[A-Z]\.?\s?[A-Z]\.?)(?!\w)"


_FAMILY = (
    "wife husband daughter son mother mom mum father dad sister brother niece nephew aunt uncle grand carer "
    "caregiver guardian spouse neighbo dtr cousin friend fianc twin baby poa hcp parent family"
)
_BESIDES = "pt patient dob d.o.b mrn 0y 0_y 0-y 0m 0_m 0-m 0f 0_f 0-f b.0 b._0"
_way = partial(Way, IdentifierKind.NAME, is_cased=True)
WAYS = (
    _way(
        _TITLED,
        name_checks.is_titled,
        hints="mr ms miss mx mister sr señor herr frau mme mlle madame monsieur signor master "
        "smt sri shr kumari mdm encik puan doña mzee whaea matua aunt",
        reach=(2, 70),
    ),
    _way(_OF_PATIENT, name_checks.is_patients, hints="pt pat client resident veteran", reach=(2, 90)),
    _way(
        _LOWER_PAIR, name_checks.is_pair_of_no_words, reach=(70, 100), hints="pt patient 0y 0_y 0m 0_m 0f 0_f"
    ),
    _way(_LOWER_SUBJECT, name_checks.is_no_word, hints="pt patient", reach=(2, 70)),
    _way(_NAMED, name_checks.is_called, reach=(2, 60), hints="named called by_the_name"),
    _way(_FAMILY_MEMBER, name_checks.is_relative, hints=_FAMILY, reach=(20, 60)),
    _way(_MOTHER_OF, name_checks.is_relative, hints=_FAMILY, reach=(20, 60)),
    _way(
        _OF_FAMILY,
        name_checks.is_owner,
        reach=(70, 20),
        hints="cuff chart meds a0c bp labs reading appt " + _FAMILY,
    ),
    _way(
        _PERSON_APPOSED,
        name_checks.is_relative,
        hints="kid, boy, girl, lady, guy, man, chap, child, teen, client,",
    ),
    _way(
        _YOUNG_OR_OLD,
        name_checks.is_of_common_name,
        hints="little toddler infant newborn teen wee man_ woman lady boy_ girl_ kiddo lad_",
        reach=(12, 60),
    ),
    _way(
        _THE_FAMILY,
        name_checks.is_named,
        reach=(50, 60),
        hints="family household couple twins sisters brothers girl boy kid baby child sibling "
        "lads mom mum dad",
    ),
    _way(_BESIDE, name_checks.is_beside, hints=_BESIDES, reach=(60, 20)),
    _way(
        _APPOSED,
        lambda match: name_checks.is_common(match) and not is_of_staff(match),
        hints="0) 0,",
        reach=(80, 10),
    ),
    _way(
        _IN_CELL,
        lambda match: match["name"].split(",")[1].split()[0].lower() in COMMON,
        hints=",_",
        reach=(50, 60),
    ),
    _way(_NEWBORN, name_checks.is_relative, hints="baby bb bg"),
    _way(
        _INITIALS_BESIDE,
        lambda match: match["name"].lower() not in MEDICAL | ORDINARY and not name_checks.is_loud(match),
        hints=_BESIDES,
        reach=(60, 20),
    ),
    _way(_LOWER_BESIDE, name_checks.is_low_pair, hints=_BESIDES, reach=(60, 20)),
    _way(_LABELLED, name_checks.is_labelled, hints="name initials nombre nom nok kin"),
    _way(
        _SHORTENED,
        name_checks.is_shortened,
        hints=". refuse declined no_show no-show missed fell dna dnka dropped skipped",
        reach=(40, 10),
    ),
    _way(_INITIALS, lambda _match: True, hints="init"),
)
