"""Web, file and network addresses that lead to a patient's record."""

import re
from functools import partial

from models.rules.privacy.context import PRONOUN, sentence, speaks_of_patient
from models.rules.privacy.kinds import IdentifierKind, Way
from models.rules.privacy.writing import Pattern

_link = partial(Way, IdentifierKind.LINK)
_record = partial(Way, IdentifierKind.RECORD)

_RECORDS = Pattern(
    r"patient|paciente|(?<![a-z])pts?(?![a-z])|mrn|(?<!run)(?<!run[-_])charts?(?![a-z])|ehr|emr(?![a-z])|"
    r"epic|fhir|records?(?![a-z])|encounter|mychart|pacs|dossier|(?<![a-z])visits?[/=]|wound|consent|"
    r"(?<![a-z])ecg|(?<![a-z])scans?(?![a-z])|dicom|pid=|ssn|dob|xray|labresult|results?/|study/|member|"
    r"person|hipaa|rx/|imaging|discharge|mri|biopsy|portal"
)
_ORDINARY = Pattern(
    r"survey|zoom|youtu|teams\.|webex|forms|toolkit|dashboard|calendar|poster|guideline|template|slides|"
    r"training|education|safety|experience|cms\.gov|ihi\.org|doi\.org|run-?_?charts?|measure|webinar|meet\.|"
    r"agenda|minutes|handout|recording|policy|policies"
)
_SYSTEM = Pattern(
    r"\b(?:server|printer|vpn|router|switch|firewall|dashboard|gateway|subnet|dns|proxy|"
    r"scanner|version|wifi|host|site)\b"
)

_OF_SOMEBODY = Pattern(r"\b(?:pt|patient|client|member|user)'?s\b")


def _leads_to_record(match: re.Match[str]) -> bool:
    address = re.sub(r"%[\da-f]{2}", "-", match[0])
    if not re.search(r"\d", address):
        return bool(re.search(r"[\\/](?:pts?|patients?)[\\/_]", address)) and not _ORDINARY.search(address)
    if _RECORDS.search(address):
        return not _ORDINARY.search(address)
    near = sentence(match).replace(address, " ")
    return (speaks_of_patient(near) or bool(PRONOUN.search(near))) and not _ORDINARY.search(address)


def _is_of_patients_device(match: re.Match[str]) -> bool:
    near = sentence(match)
    if (speaks_of_patient(near) or PRONOUN.search(near) or _OF_SOMEBODY.search(near)) and not _SYSTEM.search(
        near
    ):
        return True
    return bool(re.search(r"\bip\b|ipv6", near)) and not _SYSTEM.search(near)


_V4 = r"(?<![\w./])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)"
_V6 = r"(?<![\w:])[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}(?![\w:])"
_TAIL = r"[^\s>|,;)\"']{0,300}"
_WHOLE = r"[^\s>|;)\"']{0,300}"
WAYS = (
    _link(rf"(?<![a-z])[a-z]{{3,12}}:/{{1,3}}{_WHOLE}", _leads_to_record, hints=":/", reach=(20, 330)),
    _link(
        rf"(?<![\w@/.-])[a-z][\w-]{{0,40}}(?:\.[\w-]{{1,40}}){{1,4}}(?::\d+)?[/?]{_WHOLE}",
        _leads_to_record,
        hints="/ ?",
        reach=(120, 300),
    ),
    _link(
        rf"(?<![\w/])[a-z][\w-]{{1,30}}/(?:patients?|charts?|records?|encounters?|mrn|pt)/\d{_TAIL}",
        _leads_to_record,
        reach=(50, 330),
        hints="/patient /chart /record /encounter /mrn /pt/",
    ),
    _link(rf"(?:\\\\|(?<![a-z])[a-z]:\\){_WHOLE}", _leads_to_record, hints="\\", reach=(20, 330)),
    _link(
        rf"(?<![\w./])(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?::\d+)?/{_TAIL}",
        _leads_to_record,
        hints="0.0",
        reach=(20, 330),
    ),
    _link(rf"(?:{_V4}|{_V6})", _is_of_patients_device, hints="0.0 :", reach=(20, 50)),
)
