"""Words of postal addresses: of streets and houses, and of what is done there."""

from models.rules.privacy.writing import words

_STREETS = (
    r"street str?\b\.? ave(?:nue)?\b\.? av\b\.? r(?:oa)?d\b\.? blvd\b\.? boulevard lane",
    r"ln\b\.? dr(?:ive)?\b\.? court ct\b\.?",
    r"way pl(?:ace)?\b\.? terr?(?:ace)?\b\.? cir(?:cle)?\b\.? h(?:igh)?wy\b\.? highway",
    r"park?way pkwy\b\.? square sq\b\.?",
    r"trail trl\b close clo?\b crescent cres\b row walk gardens? gdns grove mews loop pike",
    r"turnpike alley ridge run hollow quay",
    r"tce pde view brae wynd knoll vista plaza landing manor meadows? cove pointe? bend",
    r"estate farm cottages? drove hill green rise heights crossing broadway esplanade parade",
)
_STREETS_OF_SOME = (  # in few countries, or words of other things as well
    "park nagar colony vihar enclave puram salai marg chowk layout bagh sector gate cross fold garth chase",
    "wharf croft dene strand dale wood woods rd main circuit cct parade yard upper lower heath villas flats",
    "buildings",
)
STREET = words(*_STREETS)
ANY_STREET = words(*_STREETS, *_STREETS_OF_SOME)
NOT_NAMES = words(
    "day days patients? pts? visits? of to and or in per min minutes hours? weeks? months? "
    "years? more out from the at on for with",
    "were was had is are square feet readings charts rooms court-?mandated mandated lane "
    "lanes ft miles? steps? point staff mas new",
    "cuffs nps drs rns left per each by % up rd phase step",
)
STREET_NAME = (
    rf"(?:(?:[nsew]|[ns][ew]|north|south|east|west)\.? ?)?(?:(?!{NOT_NAMES} )[a-zà-ÿ0-9'.-]{{2,20}} ){{1,3}}"
)
AFTER_STREET = (
    r"(?![\w'-])(?! (?:settings?|mats?|holders?|were|was|left|ahead|is|had|forward|clinic|lanes?|"
    r"patients|visits|on leave|and \d))"
)
HOUSE = r"(?<![\w/.%$-])(?:no\.? ?)?\d{1,5}(?:-\d{1,4})?[a-d]?,? "
LIVES = words(
    "lives? living lived stays? staying resides? residing address addr adress wohnt vive habite demeure"
)
STATES = (
    "a[klrz]|c[aot]|d[ce]|fl|ga|hi|i[adln]|k[sy]|la|m[adeinost]|n[cdehjmvy]|o[hkr]|pa|ri|s[cd]|"
    "t[nx]|ut|v[at]|w[aivy]"
)
MOVED = words(
    "moved moving relocated relocating house home mailed delivered letter visit trailer "
    "place apartment caravan"
)
WORD = rf"(?!{NOT_NAMES} )[a-zà-ÿ'.-]{{2,20}}"
HOUSE_WORD = words(
    "shelter villa plot",
    also=(r"h\.? ?no", r"(?:house|door|flat|plot|stand|hut|qtrs?)(?: ?no\b| ?number|#)", r"d\. ?no"),
)
THE_HOUSES = (
    "(?:grange|lodge|cottage|orchards?|paddocks?|beeches|oaks|elms|willows|limes|firs|pines|cedars|laurels|"
    "maltings|meadows|hawthorns|birches|poplars|chestnuts|rowans|heath|maples|old [a-z]+)"
)
LOCAL = words(
    "nagar colony road rd street st sector main cross salai marg block phase extension village vihar enclave "
    "lane chowk layout puram floor town ward mohalla gali bagh near opp camp"
)
ISLE_STATES = "(?:NSW|VIC|QLD|TAS|ACT|SA|WA|NT|Vic|Qld|Tas)"
