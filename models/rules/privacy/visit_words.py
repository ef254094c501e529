"""Words of what is done on a day: visits, tests, operations, births and deaths."""

from models.rules.privacy.writing import words

EVENTS = words(
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
    r"discharge therapy counselled amputat\w* induced attended refus\w* declin\w* rebook\w* outreach",
)
CLINICAL = words(
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
TEST = words(  # done to one person alone
    r"shot jab biopsy pap mammo(?:gram)? colonoscopy a1c hba1c labs? ekg ecg echo mri ct scan x-?ray surgery",
    r"admission discharge dose vaccine physical awv cath infusion dialysis chemo refill fall stroke seizure",
    r"inr depo injection stent ultrasound fit cologuard",
    also=(r"(?:eye|foot|retinal) exam", "pap smear", "(?:ed|er) visit", "stress test", "blood work"),
)
VISIT = words(
    r"app(?:oin)?t visit follow-?up f/?u telehealth exam swab screen(?:ing)? consult checkup check-up"
)
ONE_DOSE = words(
    "edd adm rip egreso",
    also=(
        r"op date",
        r"date of svc",
        r"svc date",
        r"c-?section",
        r"(?:hip|wrist|ankle) (?:fx|fracture)",
        r"had (?:an? )?(?:stroke|fall|mi|seizure)",
        r"(?:1st|2nd|3rd|first|second|third) dose",
        (
            r"(?:mmr|tdap|dtap|hpv|opv|ipv|bcg|penta\w*|rota\w*|pcv|depo|prevnar|shingrix)\d?"
            r"(?: shot| dose)? (?:given|done|due|refused|declined)"
        ),
        r"missed (?:his |her |the )?app(?:oin)?t",
        r"died (?:at|in) \w+",
        r"(?:went|sent|brought|taken|back|up|admitted|was|seen) (?:in|to) (?:the )?(?:ed|er|icu)",
        r"in (?:the )?(?:ed|er)(?= [\w/]{3,8} (?:for|w/|with|after)\b)",
        r"vue? le",
        r"(?:entlassen|aufgenommen) am",
        r"(?:ingreso|consulta|cita|alta) el",
        r"transferred(?= [\w/]{3,8} to (?:the )?(?:icu|snf|er|ed|hospital|rehab|hospice|floor)\b)",
    ),
)
