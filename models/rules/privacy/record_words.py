"""Words that stand beside the numbers of one person."""

from models.rules.privacy.writing import words

RECORD_WORD = words(  # words that stand for a number by themselves
    r"m\.?r\.?n\b\.?(?:'s)? mrns mr# mrno hicn? mbi csn ohip umrn ipid emrn nhi ihi ppsn? pps# hcn uli ramq",
    r"mhsc sécu mcare mcaid carecard urn (?:kranken|patienten|versicher|fall|akten)[a-zü]{0,10}nummer "
    r"patid memberid nhc dni bsn nir pat-?nr",
    also=(
        "care card",
        "tarjeta sanitaria",
        r"u\.r\.",
        r"(?:hc|ahc|ins|mem|bene)#",
        r"m\.? r\.? n\.?",
        r"m\.?r\.? (?:#|no\b\.?|number)",
        r"med(?:ical)?\.? ?rec(?:ord)?s?\.?(?: (?:#|no\b\.?|num\b|number))?",
        (
            r"(?:n|num|número|numéro|nro)[°.º]? (?:de )?(?:dossier|historia|expediente|sécurité "
            r"sociale|paciente|afiliado)"
        ),
        r"historia clínica(?: (?:n[°º.]|no\.?|núm\.?))?",
    ),
)
LONG_WORD = words(  # the same, where the number is long: they mean other things too
    "uhid abha empi mpi edipi eid nric aadhaa?r adhaa?r cnic mykad pm-?jay philhealth curp personnummer phin",
    "ubrn bic cin crn hn cpr nin rut cpf mcts nikshay nupi mdn",
)
HOLDER = words(  # words that need "number", "no." or "id" after them
    r"patient pt resident member mbr subscriber beneficiary recipient enrollee health "
    r"medicaid medicare chart",
    r"record rec fin har nhs chi hosp(?:ital)? ur h&c hsc npi? insured insurance dva",
    r"ins\b\.? mem\b bene\b subscr gms ahc(?:ip)? hc\b pas\b mrd empi mpi enterprise eid\b va\b dod\b edipi",
    r"dps\b rch\b sss\b wic\b hsn\b nikshay folder masshealth mainecare tenncare soonercare",
    "badgercare peachcare kancare ahcccs abha uhid pm-?jay ayushman",
    also=(
        r"health ?(?:plan|card|care)(?: (?:member|card))?",
        r"national (?:insurance|health|id)",
        "medi-?cal",
        "gp visit",
        "ayushman bharat",
        "medical card",
        r"(?:pt|patient)'?s? (?:record|file|chart|hospital|epic|member|health|ehr|emr)",
        r"(?:medicaid|medicare|insurance|plan) (?:recipient|member|subscriber|beneficiary|card)",
        (
            r"(?:blue (?:cross|shield)|bcbs|aetna|cigna|humana|uhc|united|kaiser|anthem|tricare|"
            r"molina|wellcare|bupa|vhi|laya)(?: member)?"
        ),
    ),
)
PERSONAL = words(  # numbers of a person's dealings: asked about
    r"acct account client file unit epic emis systmone emr ehr cerner athena policy insurance claim case "
    r"encounter enc visit accession specimen device implant pacemaker",
    r"registry study research participant locator",
    r"ip\b op\b ipd opd regd lab\b ic\b tb\b art\b anc\b cr\b crn\b dossier",
    r"passport licen[cs]e dl pid group authorization auth referral prescription rx admission "
    r"episode hospital booking",
    r"plate reg(?:istration)? tag voucher consent (?<!gift\s)(?<!business\s)card",
    also=(
        r"driver'?s? licen[cs]e",
        r"driving licen[cs]e",
        r"licen[cs]e plate",
        r"number plate",
        r"prior auth",
        r"(?:patient|pt)'?s? (?:account|acct)",
        r"health ?(?:plan|insurance)",
        r"(?:device|pump|cgm|pacemaker|meter) serial",
    ),
)
COLON = words(
    "pid acct account policy claim encounter accession passport dl plate auth", also=(r"licen[cs]e",)
)
