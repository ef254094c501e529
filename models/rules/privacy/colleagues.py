"""Whether somebody who is named is of the staff, by what is said before and after."""

import re

from models.rules.privacy.writing import Pattern

_ROLE = (
    r"(?:qi|ma|rn|np|pa|md|do|lpn|lvn|cna|cma|dnp|phd|pharmd|it|nurse|practice\smanager|manager|coordinator|"
    r"coach|coaching|trainer|billing|receptionist|teacher|pharmacist|director|front\sdesk|lead|supervisor|"
    r"consultant|facilitator|educator|dietiti?an|clerk|scheduler|registrar|volunteer|interpreter|quality|"
    r"faculty|staff|sponsor|champion|hosts?|social\sworker|office\smanager|admin|secretary|physician|doctor|"
    r"gp|data\sanalyst|analyst|informaticist|coder|biller|driver|janitor|cleaner|security|chaplain|student|"
    r"intern|trainee|phlebotomist|float|midwife|matron|ward\ssister|ceo|cmo|cno|cfo|board|chw|cadre|"
    r"vendor|rep|educators?|cdces|cde|rd|rdn|lcsw|lmsw|bhc|psychologist|psychiatrist|therapist|counsell?or|"
    r"health\sworker|health\svisitor|asha|anm|superintendent|epidemiologist|translator|doula|paramedic|emt|"
    r"hca|case\smanager|care\smanager|navigator|advocate|assistant|helpdesk|support|person|housekeeper|"
    r"librarian|optometrist|podiatrist|cns|slp|otr|dpt|fnp|crnp|aprn|dentist|hygienist|head\sof\s\w+|"
    r"infirmi[eè]re|ober[aä]rzt(?:in)?|leiter(?:in)?|schwester|directora?|enfermer[ao]|reception|desk|"
    r"panel\smanager|care\smanager)"
)
_DOES = (
    r"(?:teaches|leads?|led|trained|trains|runs?|ran|chairs?|chaired|presented|presents|facilitates?d?|"
    r"hosts?|hosted|audits?|covers|orders|will\s(?:audit|lead|run|train|host|cover|join|present|send|order)|"
    r"ordered\scuffs|prints|joined\sthe\s(?:call|huddle|team)|wrote\sthe|built\sthe|(?:is|"
    r"was)\s(?:on\s(?:leave|pto|vacation)|hired|promoted|retiring)|handles|keeps\sthe|updates|updated\sthe|"
    r"reviewed\s(?:run|charts|our|the)|from\s(?:the\s)?(?:coaching|it|billing|qi|quality))"
)
_STAFF_AFTER = Pattern(
    r"\W{0,2}\((?:our\s|the\s|a\s|an\s)?(?:(?!by|with|w/|per|to|see|seen|saw|asked|told|called|via|no|had|has|has)"
    rf"[\w/&'-]{{1,20}}\s){{0,3}}{_ROLE}(?:\s(?!line)[\w-]+)?(?=[),;]|\s(?:at|in|for|from|on|who|here|of|and)\b)|"
    r"\W{0,3}from\s(?:the\s|our\s)?(?:\w+\s)?(?:team|department|dept|registry|office|pharmacy|state|county|city|hospital|network|plan|vendor|company|board|host)\b|"
    r"\W{0,3}(?:in|from|at|on)\s(?:the\s)?(?:billing|it|hr|finance|front\sdesk|admin|quality|qi|registration|scheduling|coding)\b|"
    rf"\W{{0,3}}(?:(?:is|was|as|the|our|your|their|my|an?|new|from|in|on|at|of|head|acting|lead|senior|with|"
    r"clinic|office|data|practice|qi|charge|clinical|medical|cadre|site|quality|improvement|"
    r"program|project|care|nurse|population|health|deputy|finance|operations|ops|compliance|"
    rf"safety|hr|unit|ward|ed|er|diabetes|asthma|wound|infection|control|prevention|behaviou?ral|bh|peer|"
    rf"community|outreach|front|night|specialist|school|district|public|oral|mental|social|dental|eye|renal|lab|"
    rf"patient|family|volunteer|charge|head)\s){{0,4}}"
    rf"{_ROLE}\b(?=\s*(?:[,.;:)\n-]|$)|\s(?:de|du)\b|\s(?:and|who|at|in|for|from|here|of|team|"
    rf"has|had|is|was|came|wants|will|says|told|thinks|made|did|for|lead)\b|\s{_DOES})|\W{{0,2}}{_DOES}\b"
)
_STAFF_BEFORE = Pattern(
    r"(?<!\w)(?:coach(?!,)|(?:our|the|your|my)\scoach|nurse|teacher|manager|trainer|doctor|dr\.?|prof\.?|by|with\sour|thanks"
    r"(?:\s(?:to|so\smuch))?|thx|thank\syou|dear|hi|hello|cc|(?:congrats|congratulations|shout\s?out|well\sdone)(?:\sto)?|our\s(?:ma|rn|nurse|manager|"
    r"coach)|ma|rn|np|cna|lpn"
    r"|receptionist|coordinator|director|supervisor|kudos\sto|credit\sto|per|via|ask|from|"
    r"pharmacist|midwife|matron|analyst|sister|officer|faculty|facilitator|host|@),?\s$"
)
_SENT_BY_PATIENT = Pattern(
    r"(?:complaints?|thank(?:s|\syou)|cards?|letters?|refusal|feedback|voicemails?|vm|consent|hugs?|cookies|"
    r"flowers|calls?|msg|samples?|kits?|readings?|logs?|word|quote|heard\sback)\sfrom\s(?:poor\s|dear\s|old\s){0,2}$"
)


def is_of_staff(match: re.Match[str], *, is_sure: bool = False) -> bool:
    """Not a patient: "Ms Lee, our nurse", "thanks to Mrs Brooks"; of a "patient" only what follows counts."""
    text = match.string
    if re.search(r"\b(?:RN|MD|MA|NP|PA|LPN|DO|CNA|LVN)$", match["name"]):
        return True
    if _STAFF_AFTER.match(text[match.end("name") : match.end("name") + 70].lower()):
        return True
    near = text[max(0, match.start() - 30) : match.start()].lower()
    return not is_sure and bool(_STAFF_BEFORE.search(near)) and not _SENT_BY_PATIENT.search(near)
