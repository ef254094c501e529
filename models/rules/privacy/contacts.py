"""Phone numbers and mail addresses."""

import re
from functools import partial

from models.rules.privacy.context import before, is_of_patient, sentence, speaks_of_patient
from models.rules.privacy.kinds import IdentifierKind, Way
from models.rules.privacy.writing import Pattern, words

_phone = partial(Way, IdentifierKind.PHONE)
_mail = partial(Way, IdentifierKind.MAIL)

_OTHER_NUMBER = Pattern(
    r"\b(?:po|invoice|lot|part|item|order|ticket|model|serial|grant|contract|irb|form|sku|asset|policy|"
    r"meeting id|id|cpt|version|rows?|rooms?|pages?|charts?|ref|fund|cost centre|account|years?|fy|case|"
    r"batch|protocol|ndc|upc|it|hr|qi|security|maintenance|billing|scheduling|npi|gtin|req|udi|isbn|"
    r"cvx)\W{0,3}(?:no\b\.?|number|#)?\W{0,3}$"
)


_FREE_OF_CHARGE = Pattern(r"(?:^|\D)8(?:00|88|77|66|55|44|33)\D")


def _is_phone(match: re.Match[str]) -> bool:
    """Lots and orders look alike, and the clinic's own lines are for all."""
    near = before(match, 25)
    if _OTHER_NUMBER.search(near) or (_FREE_OF_CHARGE.search(match[0]) and not speaks_of_patient(near)):
        return False
    return is_of_patient(match)


def _is_phone_of_one(match: re.Match[str]) -> bool:
    """Ten digits alone are a phone where somebody is spoken of."""
    near = sentence(match)
    return _is_phone(match) and bool(_TALK.search(near))


_TALK = Pattern(
    r"\b(?:cell|phone|call\w*|ph|home|mobile|mob|tel|fax|text\w*|reach\w*|voicemail|vm|lvm|"
    r"rang|dial\w*|daughter|son|wife|husband|m[ou]m|numbers?|thru|through|hold of|sms|whatsapp|tried|line)\b"
)
_CALLED = words(
    r"ph phone phones telephone tel tél tel[ée]fono cell cel cellphone mobile mob home "
    r"homephone handy fax landline",
    r"call calls called calling tried trying dialed dialled callback reach reached text "
    r"texted txt txted ring rang rung contact contacted dial",
    r"voicemail vm lvm whatsapp emergency kin nok sms pager h c m tlfn? tlf telef telefon "
    r"telefonnummer gsm portable natel",
    also=(
        (
            r"(?:his|her|their|\w{2,15}'s|pts) (?:new |best |other |home |cell |contact )?"
            r"(?:number|no\b\.?|#|num)"
        ),
        r"(?:number|no\.|#) (?:is|was|on file)",
        r"new (?:number|one|#) is",
        r"c/b",
        r"wrong #",
        r"l/m",
        "left (?:a )?(?:msg|message|vm|voicemail)",
        "(?:get|got|getting|gotten) (?:thru|through|hold of)",
    ),
)
_WHOM = words(
    "her him them at on back no number is was to for the pt patient # num daughter son wife "
    "husband mom mum file in chart",
    r"again x\d x3 twice phone cell mobile home work best new her's pt's \(?[hcmw]\) after "
    r"before a msg message left with",
)
_HEAD = rf"(?:(?<!\w){_CALLED}(?![a-z])\.?)(?:[\s:#=.,@(-]{{0,4}}\b{_WHOM}(?![\w]))*[\s:#=.,@(-]{{0,5}}"
_PARTED = r"(?:\+?1 ?[-. ]? ?)?(?:\(\d{3}\) ?-?|\d{3} ?[-. /] ?)\d{3} ?[-. /] ?\d{4}"
_DEAD = (  # what is said of a number that reaches nobody
    r"(?:(?:is|was|are|now|has been|just|still|keeps?|only|came up|comes up|went|goes|says?) ){0,3}"
    r"(?:disconnected|not in service|out of service|wrong number|wrong person|invalid number|stale|"
    r"belongs? to|rings? out|ringing|straight to|to (?:vm|voicemail)|no answer|no vm|no voicemail|vm full|"
    r"mailbox full|unreachable|switched off|busy|no longer (?:his|hers|in))\b"
)
_PHONES = [
    _phone(rf"(?<![\w.-]){_PARTED}(?![\w-])", _is_phone, hints="0000", reach=(30, 20)),
    _phone(
        r"(?<![\w.-])(?:\+|00)[1-9]\d{0,2}[-. ]?(?:\(?\d{1,4}\)?[-. ]?){2,5}\d{2,4}\b",
        _is_phone,
        hints="+0 000",
    ),
    _phone(
        rf"{_HEAD}(?:\(?\d[-. /)]{{0,2}}){{6,14}}\d\b(?! ?%)",
        _is_phone,
        hints="000_0 000-0 000.0 000/0 000)0 000)_ 0000000 00_00 00-00 00.00 0_0_0_0 0-0-0-0",
        reach=(90, 45),
    ),
    _phone(
        r"(?<![\w.-])\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4}(?![\w-])", _is_phone, hints="000", reach=(10, 30)
    ),
    _phone(r"(?<![\w.-])\(0\d\) ?\d{3,4}[ -]?\d{3,4}(?![\w-])", _is_phone, hints="(00)", reach=(5, 30)),
    _phone(
        r"(?<![\w.-])0[1-9](?:[ .-]?\d\d){4}(?![\w-])",
        _is_phone,
        reach=(20, 30),
        hints="0000 00_00_00 00.00.00 00-00-00 00000000",
    ),
    _phone(r"(?<![\w.-])0[1237]\d{8,9}(?![\w-])", _is_phone, hints="0000000000", reach=(5, 20)),
    _phone(
        r"(?<![\w.,/$-])[2-9]\d{2}[-.](?!\d000)\d{4}(?![\w.-])(?! ?(?:mg|ml|mcg|units?|kcal|steps|%|g\b))",
        _is_phone,
        hints="000-0000 000.0000",
        reach=(10, 30),
    ),
    _phone(
        r"(?<![\w.,/-])[2-9]\d\d[2-9]\d{6}(?!\w)|(?<![\w.,/-])[2-9]\d\d[ .-][2-9]\d{6}(?![\w-])",
        _is_phone_of_one,
        hints="0000000",
    ),
    _phone(
        r"(?<![\w.,/-])[6-9]\d{4}[- ]\d{5}(?![\w-])",
        lambda match: _is_phone_of_one(match) or speaks_of_patient(sentence(match)),
        hints="00000_00000 00000-00000",
        reach=(2, 14),
    ),
    _phone(
        rf"(?<![\w.,/$-])\(?\d[\d ().-]{{5,14}}\d,? (?:\((?:cell|mobile|home)\) )?{_DEAD}",
        _is_phone,
        hints="000_",
        reach=(16, 50),
    ),
]

_OFFICES = (
    r"(?:info|help|helpdesk|support|quality|qi|office|admin|contact|noreply|no-reply|team|"
    r"frontdesk|reception|it|hr|billing|"
    r"registry|data|momentum|collaborative|coach\w*|staff|postmaster|service|services|education|training)"
)
_AT = (
    r"(?: ?@ ?| ?[\[(]at[\])] ?| at (?=[\w-]+ ?(?: dot |\(dot\)|\[dot\]))| at (?=(?:gmail|yahoo|"
    r"hotmail|outlook|aol|icloud|live|msn|comcast|btinternet|proton)\b))"
)
_DOT = r"(?:\.| ?[\[(]dot[\])] ?| dot )"
_OWN_PEOPLE = Pattern(
    r"\b(?:(?:mail|email|e-mail|contact|reach|write|ask|cc|ping|send|to|with) (?:me|us|our|coach|dr|the "
    r"(?:team|host|coordinator))|my|i am|coach|our (?:e-?mail|inbox|address|team|shared|ma|rn|nurse|"
    r"manager)|dr|rsvp|nurse|coordinator|questions|register|sign up)\b[^@\n]{0,30}$"
)
_OWN_DOMAIN = Pattern(
    r"(?:^|[.@])(?:clinic|clinics|hospital|health|host|practice|nhs|collaborative|quality|hospitals)\."
)


def _is_of_outsider(match: re.Match[str]) -> bool:
    """Whether it may be a patient's: not "mail me at", nor a clinic's own domain."""
    near = before(match, 40)
    if speaks_of_patient(near):
        return True
    return not (_OWN_PEOPLE.search(near) or _OWN_DOMAIN.search(match[0].partition("@")[2]))


_MAILS = [
    _mail(
        rf"(?<![\w.+-])(?!{_OFFICES}@)(?:\w+ dot |\w+ underscore ){{0,2}}[\w.+-]{{1,64}}{_AT}(?:(?:gmail|"
        rf"yahoo|hotmail|outlook|aol|icloud|msn|live)\b|(?!\s)[\w-]{{1,64}}(?=\.|,com|{_DOT}))(?:(?:{_DOT}|"
        rf",(?=com\b))[\w-]{{2,30}}){{0,4}}",
        _is_of_outsider,
        reach=(110, 180),
        hints="@ (at) [at] dot_ dot) dot] at_gmail at_yahoo "
        "at_hotmail at_outlook at_aol at_icloud at_live at_msn at_comcast at_btinternet at_proton",
    )
]
WAYS = (*_PHONES, *_MAILS)
