"""Words that stand where a name could, and are none: after "patient" or a title."""

# Words after "patient" that are no name, however written.
_ORDINARY = """
a a1c able about above accepts access account accounts act activation active address addresses adherence
adherent admission admissions admitted adult adults advice adviser advisers advisor advisors advisory
advocate advocates after again against age aged ages agree agreed agreement agreements agrees ahead aid aide
aides aids aim aims alive all alone already also always am ambassador ambassadors among an and angry anon
anonymous another answered anxious any app appeared appears appointment appointments apps appt appts apr
april arabic are arrive arrived arrives as asap ask-me-3 asked asks assigned assistance assistant assistants
asthma at ate attributed aug august autumn average back bad bag bags band bands barrier barriers bathroom
bathrooms be became because becomes bed beds bedside been before began behind being believed believes below
besides best better between bill billed billing binder bingo bled bmi board boards bookings borrow both boy
bp bp's bring brings brochure brochures broke brought but buy by c/o cafe cahps calendar calendars call
callbacks called calls came can canceled cancelled cancer cannot card cards care cared caregiver caregivers
carer carers caring cart carts case caseload cases cc census centered centeredness centred centredness
centric cerner challenging champion champions chart charts check check-in check-out checkin checkout checks
checkups child children chinese choice choices choir choose choosing chose chosen class classes classic
click clinic clinics coach coaches code coded codes coding cohort cohorts come comes comment comments
commercial committee committees communities community complained complains complaint complaints complete
completed complex compliance compliant complicated computer computers confidentiality confused congress
consented contact contacted contacts continued continues cook copay copays cost costs could council councils
count counted counting counts coupons coverage covid cried cuff cuffs current cycle data database daughter
day days days' dead dear dec deceased december decision decisions declares decline declined declines delay
demographic demographics denied denies denominator diabetes diabetic diaries diary did died diet different
difficult discharge discharged discharges dna dnas do dob doctor doctors document documentation documents
does doing done double doubled down download doxy dr drank drink drinker drive dropdown dropped dropping
drove due during e-mail each early east easy eat ed edn edu education education's educational educator
educators eg eight elderly eligible email emailed emails empaneled empowerment engagement english enjoy
enrol enroll enrolled enrollment enrolment entered enters epic equipment er established etc ethnicity even
every example examples excluded exclusion experience experiences expired f/u facebook facing facing-side
fair fairs fall falls families family father feb february feedback feel feeling feels fell felt few file
files fill find first five floor flow flows flu fluctuated flyer flyers focus folder follow follow-up
followup followups food for forget forgets forgot form forms found four frail french fri friday fridays
friendly from fu fund fundraiser funds fy fyi ganey garden gardens gateway gave gender gender-neutral
generated generic gentleman get gets gift gifts girl given gives go goal goals goes good google got gown
gowns grateful great group groups guide guides had half handoff handoffs handout handouts handover happy
hard has hate hats have having hba1c hcahps he health healthcare healthy hear heard hears heart height held
help hence her here hers hid high him his hit hmong holds home home-visit homeless homes hospital hospitals
hotline how however hub huddle huddles hurt husband hypertension hypertensive i icu id ideal identification
identifier identifiers identity ids ie if ill improved in inactive incentive incentives incident incidents
included inclusion incomplete index ineligible info information inpatient install instead instruction
instructions insurance insured intake interesting interview interviews involvement ipad is issue issues it
its jan january journal journals journey journeys jul july jun june just keep keeps kept kidney kiosk kiosks
klara knew know knows lab labs lady laptops last late later laughed lead leader leaders leads leaflet
leaflets learn learning least leaves left less letter letters level liaison library lied lift lift-team
lifts liked likely likes line lines link links links' list lists lives living load location locations log
login logins logs looked looks lookup lose lost lounge love low luma lyft ma magnet magnets mail mailed
mailing main make man management many mar march mas master match matched matching material materials may
maybe md me meal meals mean measure measures med medi-cal media median medicaid medical medicare medication
medications medicine meds meet men mentor mentors menu menus merge merged message messages messaging metric
metrics might migrant mismatch mismatches miss missed misses mix mix-up mix-ups mobility mock mon monday
mondays monitoring more most mother move moved moves moving mr mrn mrns mrs ms must mx my mychart n/a na
name names navigator navigators near need needed needing needs never new new-patient newsletter newsletters
next nextgen nice night nine no no-show no-showed no-shows nonadherent noncompliant none nor north noshow
not note notes nov november now nps number numbers numerator nurse nurses obese oct october of off often ok
okay old older on once one online only open opened opens or orientation other others otherwise our out
outcome outcomes outpatient outpatients outreach over overall overdue overweight packet packets paid pain
pain-free panel panels parent parents parking parking-lot participants participation partner partner's
partners partnership party passed pathway pathways pay paying pays pdsa pending pens per per-visit percent
perhaps phone phone-number phoned phones phq phreesia physician physicians picked picnic pilot ping-pong
placed plan plans pleased pm pool pools poor pop-up pop-ups population populations popups portal portal's
portals possibly post poster posters practice practices pre prefer preference preferences preferred prefers
pregnancy pregnant pres presented presents press previous print prior priorities priority privacy prizes
probably problem problems prof protection provider providers put q1 q2 q3 q4 question questionnaire
questionnaires questions quit quote quotes race raffle randomly rang rare rate rates ratio ratios re reached
read reading readings reads ready real recall recalls receive receives recent recheck rechecks record
records referral referrals refill refugee refusal refused refuses refusing register registries registry
relations relative relatives relocated remembers reminder reminders remote rep replied reply report reported
reports representative representatives reps request requests rescheduled respond responded responsibilities
restarted rested result results return returned returning ride rides right rights risk risks rn rns room
rooms rose roster rosters rounding rounds run russian sad safe safety safety-net said same sample samples
sat satisfaction satisfied saturday saturdays savings saw say says scared scenario scheduled scheduling
score scores scoring screen screened screening screenings search second secure security seemed seems seen
sees selected self self-check self-checkin self-management send sends sent sep sept september service
services set seven sex shall share she sheet sheets shoes should show showed shown shows sick side sign
signed signs simple since single six sleep slept slipped slippers smiled smoke smoker smokers smoking
so socks somali some sometimes son soon south spanish speak speaking speaks specific spoke spring ssn stable
staff staffing start started stated states status stay stayed staying stays sticker stickers still stood
stop stopped stories story story's stroke study such summaries summary summer sun sunday sundays supplies
supply support survey survey-based surveys tablet tablets take takes taking tba tbd teach teach-back
teachback teaching team teams tech technician techs teen teens tele telehealth tell tells ten test tests
text texted texting texts than thankful that the their them then there therefore these they think thinks
third this those thought three through throughput thu thur thurs thursday thursdays thus time times to today
toilet told tolerated tomorrow too took tool toolbox toolkit tools total totals tote totes tough tracer
tracker tracking trainer training transfer transferred transfers transition transitions transport
transportation travel triage tricky tried tries tripled try trying tue tues tuesday tuesdays turned turns
twice two type types typical uber unable under understand understands understood undocumented unenrolled
unhappy unidentified uninsured unique unit unknown unreachable unreached unstable unsure until unusual up
upload upon upset us use used uses using usually vaccine vaccines verbalized versus very veteran veterans
via video videos vietnamese vignette virtual visit visited visits vitals voice voiced voices volume volumes
volunteered voucher vouchers vs wait waited waiting waitlist waitlists waits walked want wanted wants ward
was we wears web webex website wed wednesday wednesdays week weekday weekdays weekend weekends weight well
wellness went were west what whatsapp wheelchair wheelchairs when where which while whiteboard who whole
whom whose why wi-fi wife wifi will wing winter with without woman women work worried worse worsened worst
would wound wounds write writes written wrote yes yesterday you younger your zip zoom
"""
# Short forms in capitals that are no initials.
_MEDICAL = """
a a&e a1c adhd adl adt afib aki als am ama api asa asd at awv bid bipoc bmi bmp bnp bp bph bun c/o cabg cad
cahps cauti cbc ccm cdiff chc chf chi ckd ckdv clabsi cmp cns copd covid cpap cpr crp ct cva cxr d/c dbp dc
dka dm dni dnr dob dvt dx dx'd ecg echo ed ed's eeg egfr ehr ekg emr ems ent epic er esrd etoh faq fit flu
fobt fqhc fte fyi gad gad7 gerd gfr gi gp gu gyn h&p hba1c hcahps hcc hdl hedis hf hipaa hiv hpv hr htn hx i
icd icu id im in inr iop is it iud iv ivf kpi kub ldl lep lft lgbtq lmp loc lol los ltc lvm ma mdd meds mi
mmr mri mrn mrsa ms mtm nhs nicu nka nkda no np npo ns nsaid nstemi ob ok on opd or osa ot pa pci pcn pcp
pdc pdf pdsa pe pfac pfe pft phi phq phq9 picc pm pmh po ppd ppe prem prn pro prom pros psa pt pta ptsd pvd
qi qid ra red rn rom rpm rsv rtc rx rx'd s/p sbp sdoh sms snf sob ssn std stemi step sti sud tb tbd tdap tha
tia tid tka to toc tsh tte tv tx ua uk uri us usa uti va vm vte w/ w/o wnl
"""
# What follows "Mr" or "MS" without being a name.
_NO_SURNAMES = """
a access agreement all america an and and/or any appointment appointments appt at azure bath bean beast bed
bedroom big black bones bubble bubbles builder bullet butterworth by calendar call calls center centre chart
charts chef class classes claus clean clinic coffee congeniality contract copy craftsman dash data deadline
degree diagnosis disease distribution document dos dose doses doubtfire dr drg dropdown dx each edge every
excel facility field fields file first five fixit flare follow for formulary four frizzle from gardener goal
group grumpy had happy has he health her his hyde i imaging in index is it key kipling lanka lankan last
level license list log magoo manners mason met milliseconds more ms my name names next no none not nurse of
off office on one one's option options or or/and our out outlook paint password patient patients peanut
person pibb plan planner planning please plumber plumbing potato powerpoint prefix problem prof program
project pt pts reading readings relapse right robot rooter salt scan scans schedule scheduler sec second
seconds sergeant server services sharepoint she sheet snuffleupagus society softee some spreadsheet sql
student support swabs switch system target team teams template that the their them these they this those
three title titles to today too tracker trainer trainers two unit units universe us value values visit
visits w/ walk was we whippy who windows with wonderful word world yesterday you your yuk
"""
ORDINARY = frozenset(_ORDINARY.split())
MEDICAL = frozenset(_MEDICAL.split())
NO_SURNAMES = frozenset(_NO_SURNAMES.split())
