"""Names people have, and words that stand where a name could: after "patient" or a title."""

# Common given and family names: in any letters, after "pt" they are a name.
_COMMON = """
aaron abara abdi abdul abernathy abigail acosta adam adams adeyemi adriana agnes agnieszka aguilar ahmad
ahmed aisha akhtar alan albert alejandra alejandro alexander alf alfred ali alice alicia alison allen
allison alma almeida alun alvarado alvarez alyssa amanda amara amina amir amit amy ana anderson andersson
andre andrea andres andrew andrews angela angelica angelo anh anil anita ann anna anne annette annie annika
anthony antoinette antonia antonio aoife araceli arjun armando armstrong arnold arthur asante ashley ashok
astrid atkinson audrey ayesha aziz bailey baker bakker barbara barker barnes barnett barry bauer bautista
beatrice beatriz becker becky begum benjamin bennett bernadette bernard bernice bert bertha bertrand beryl
bessie beth bethany betty beverly bianchi bibi bilal billy bjorn blanca bloggs bob bobby bonnie boyle
bradley bradshaw brandi brandon brandt brenda brennan brent brett brian brianna bridget brittany brooks
bruce bryan burke butler byrne cabrera caitlin callum calvin cameron camille campbell candace carl carla
carlos carlson carmen carol caroline carolyn carrie carroll carter carvalho cassandra castillo castro
catherine cathy cecilia cervantes cesar chad chan charlene charles charlotte chavez chelsea chen cheryl
cheung chidi chloe choi chowdhury chris christian christina christine christopher ciaran cindy claire clara
clarence clark claude claudia clifford cohen coleman colleen collins colm colombo connie constance consuelo
contreras cooper corey costa courtney cox craig cristina cruz cunningham curtis cynthia dalton damian dan
dana daniel daniela danielle darlene darren darryl dave david davies davis deanna debbie deborah debra
declan deepa dejong dela delgado delroy denise dennis derek desai desiree diallo diana diane dianne diaz
diego dieter dixon dmitri doe doherty dolores dominic dominique donald donna dora doreen doris dorothy doug
douglas doyle drummond duane dubois duffy duncan dunne durand dustin dwayne dylan earl eddie edgar edith
edna eduardo edward edwards edwin eileen elaine eleanor elena eli elias elijah eliot elise elizabeth ella
ellen elliot elliott elsie elvira emilio emily emma emmanuel enrique eric erica erik erika erin ernest ernie
esperanza espinoza esposito esther estrada ethan ethel ethelbert eugene eunice eva evan evans evelyn ewa
ewan farah fatima faye felicia felipe felix fernando ferrari ferreira figueroa fiona fischer fitzgerald
flanagan flora flores fontaine foster fournier frances francis francisco francois frank franklin fraser fred
freda frederick friedman gabriel gabriela gail gallagher garcia gareth gary geoffrey george gerald geraldine
gertrude gilbert gina giovanni girard gisela giuseppe gladys glenda glenn gloria goldberg gomez gonzales
gonzalez gordon graham greene greg gregory greta gretchen griffin griffiths guadalupe guerrero guillermo
gupta gutierrez gwen gwendolyn gwyneth haddad halloran hamilton hamish hannah hannelore hans hansen harold
harriet harriett harris harrison harry harvey hassan hawkins heather hector heidi helen helga henderson
henrietta henrik henry herbert herman hernandez herrera higgins hilda hiroshi hoang hodgson hoffmann
holloway horvath howard howell huang hugh hughes hugo hui hussain hussein hutchins ian ibrahim ida ignacio
ilse imran inez ingrid ionescu iqbal irene irma isaac isabel isabella isla islam ismael ito ivan ivanov
ivanova jackie jackson jacob jacques jaime jake jamal james jamie jane janet janice jansen jared jasmine
jason javier jean jeanette jeanne jeff jefferson jeffrey jen jenkins jenna jennifer jenny jensen jeremiah
jeremy jermaine jerome jerry jerzy jesse jessica jesus jill jim jimenez jimmy joan joann joanna joanne
joaquin jodi joe joel joey johann johanna johansson john johnny johnson jon jonah jonathan jones jordan
jorge jose josefina joseph josephine josh joshua josie joyce juan juana juanita judith judy julia julian
julie julio jung jurgen justin kaminski kang kara karen karim karl karlsson katarzyna kate katharina
katherine kathleen kathrin kathryn kathy katie katrina katz kaur kavanagh kayla keisha keith kelley kelli
kelly kelsey ken kendra kenji kennedy kenneth kerry kevin khalid khan khoury kim kimberly kimura kofi
kowalski krause krista kristen kristin kristina kurt kwame kyle lakshmi lamar larry lars larsen latasha
latoya laura laurent laurie lawrence lawson leah lee lefebvre lehmann lena leo leon leonard leroy leslie
lester leticia leung levy lewandowski lewis li liam lillian lily linda lindgren lindsay lindsey linh lisa
liu llewellyn lloyd logan lois lola lopez lorena loretta lori lorraine louis louise lourdes lucas lucia
lucien lucille lucy luigi luis luke lupe lydia lynch lynn mabel macdonald mackay mackenzie macleod madeline
maeve magda mahmood maldonado malik manuel marc marcel marcella marcia marco marcus margaret margarita
margie marguerite maria maribel marie marilyn mario marion marisol marjorie marlene marlon marsha marta
martha martin martinez marvin mary maryann matt matthew matthews mattie maureen maurice mavis maxine mcbride
mccarthy mccoy mcdonald mcgee mcgrath mckenzie mclean medina megan mehmet mehta mei mejia melanie melinda
melissa melvin mendoza mensah mercedes meredith meyer mia michael micheal michel michelle miguel mike
mildred miller milton mindy minh miriam mitchell mohamed mohammad mohammed moira molina molly mona monica
montgomery moore morag morales moreau moretti morgan morris morrison mueller muhammad muller munro muriel
murphy mustafa myers myra myrtle nadia nadine nakamura nancy naomi nasser natalia natalie natasha nathan
nathaniel navarro neil nellie nelson neumann newman ngozi nguyen niamh nicholas nick nicole nielsen nigel
nilsson nina nkosi nolan nora norman novak nowak nuala o'brien o'connor o'malley o'neil o'neill o'sullivan
obrien oconnor octavia ogden okafor okeke okonkwo oksana olena olga oliveira oliver olivia olsen olson olu
omar oneil oneill ophelia orla ortiz oscar osei osman oswald otieno otis owen owusu oyelaran pablo pacheco
padilla padraig pam pamela paolo parker pascual patel patricia patrick patterson paul paula paulette pauline
pedersen pedro peeters peggy pemberton percy pereira perez perry peter peters peterson petrov pham phil
philip phillip phillips phyllis pierre piotr pooja popescu powell preston pritchard priya quinn qureshi
rachel rafael rahman rajesh ralph ramirez ramon ramona ramos randall randy rao raquel raul ravi raymond
rebecca reddy regina reginald renate rene reyes rhonda rhys ricardo ricci richard richardson rick ricky
riley rios rita rivera robert roberta roberto roberts robinson rochelle rodney rodrigo rodriguez roger
rogers roland romano romero ron ronald ronnie rosa rosalie rosalind rosalinda rosemarie rosemary rosenberg
rosie ross rossi roxanne roy ruben rudy rufus ruiz russell russo ruth ryan sabrina sadie salazar sally
salvador sam samantha sammy samuel sanchez sanders sandoval sandra sanjay santiago santos sara sarah sato
saul schaefer schmidt schneider schroeder schultz schulz schwartz schwarz scott sean selena serena sergio
seth shah shane shannon shapiro sharma sharon shaun shawn sheila shelby shelly sheri sherry shirley sid
siddiqui sidney silva silvia simmons simon simpson sims singh siobhan smith snyder sofia sonia sonya sophia
sophie soto souza spencer stacey stacy stanley stella stephanie stephen stephens steve steven stewart stuart
sullivan sunita susan susanna susie sutherland suzanne suzuki sven svetlana sweeney sylvester sylvia tamara
tammy tanaka tanya tara tariq tasha taylor ted teresa teri terrance terry thelma theo theodore theresa
thomas thompson thomson thorne thuy tiffany tim timothy tina tobias toby todd tom tommy toni tony tonya
torres tracey tracy tran traore travis trevor tricia troy trujillo tunde turner tyler tyrone ursel ursula
valdez valerie vanessa vargas vasquez vazquez velma vera verna vernon veronica vicki vicky victor victoria
vijay vincent viola virgil visser vivian vu wagner walker wallace walsh walter wanda wang wanjiru warren
warsame washington watanabe watkins watson wayne weber wei weiss wendell wendy wesley whitaker whitehead
whittaker wilbur wilfred william williams willis wilma wilson winifred winnie winston wisniewski wong wright
xavier xiu yamamoto yesenia yolanda yoon yuki yusuf yvette yvonne zachary zainab zhang zhao zhou zielinski
zimmermann zoe zofia
"""
# Words after "patient" that are no name, however written.
_ORDINARY = """
a a1c able about above access account accounts act activation active address addresses adherence adherent
admission admissions admitted adult adults advice adviser advisers advisor advisors advisory advocate
advocates after again against age aged ages agreed agreement agreements ahead aid aide aides aids aim aims
alive all alone already also always am ambassador ambassadors among an and angry anon anonymous another
answered anxious any app appeared appears appointment appointments apps appt appts apr april arabic are
arrived as asap ask-me-3 asked asks assigned assistance assistant assistants asthma at ate attributed aug
august autumn average back bad bag bags band bands barrier barriers bathroom be became because becomes bed
beds bedside been before began behind being believed believes below besides better between bill billed
billing binder bled bmi board boards bookings both boy bp bp's brochure brochures broke brought but by c/o
cahps calendar calendars call callbacks called calls came can canceled cancelled cancer cannot card cards
care cared caregiver caregivers carer carers caring case caseload cases cc census centered centeredness
centred centredness centric champion champions chart charts check check-in check-out checkin checkout checks
child children chinese choice choices choosing chose chosen class classes clinic clinics coach coaches code
coded codes coding cohort cohorts comes comment comments commercial committee committees communities
community complained complains complaint complaints complete completed compliance compliant confidentiality
confused congress consented contact contacted contacts continued continues copay copays cost costs could
council councils count counted counting counts coverage covid cried cuff cuffs current cycle data database
daughter day days days' dead dear dec deceased december decision decisions decline declined declines delay
demographic demographics denied denies denominator diabetes diabetic diaries diary did died diet different
discharge discharged discharges dna dnas do dob doctor doctors document documentation documents does doing
done double doubled down dr drank drinker dropped dropping drove due during e-mail each early east ed edn
edu education education's educational educator educators eg eight elderly eligible email emailed emails
empaneled empowerment engagement english enrolled enrollment enrolment entered enters equipment er
established etc ethnicity even every excluded exclusion experience experiences expired f/u facing
facing-side fall falls families family father feb february feedback feeling feels fell felt few file files
first five floor flow flows flu fluctuated flyer flyers focus folder follow follow-up followup followups
food for forgets forgot form forms found four frail french fri friday friendly from fu fund fundraiser funds
fy fyi ganey gateway gave gender gender-neutral generated generic gentleman gets gift gifts girl given gives
goal goals goes good got gown gowns grateful great group groups guide guides had half handoff handoffs
handout handouts handover happy has have having hba1c hcahps he health healthcare healthy heard hears heart
height held hence her here hers hid high him his hit hmong holds home home-visit homeless homes hospital
hospitals hotline how however hub huddle huddles hurt husband hypertension hypertensive i icu id
identification identifier identifiers identity ids ie if ill improved in inactive incident incidents
included inclusion incomplete index ineligible info information inpatient instead instruction instructions
insurance insured intake interview interviews involvement ipad is issue issues it its jan january journal
journals journey journeys jul july jun june just keeps kept kidney kiosk kiosks knew knows lab labs lady
last late later laughed lead leader leaders leads leaflet leaflets learning least leaves left less letter
letters level liaison lied lift lift-team lifts liked likely likes line lines link links links' list lists
lives living load location locations log login logins logs looked looks lookup lost lounge low ma mail
mailed mailing main man management many mar march mas master match matched matching material materials may
maybe md me meal meals mean measure measures med medi-cal media median medicaid medical medicare medication
medications medicine meds men mentor mentors merge merged message messages messaging metric metrics might
migrant miss missed mix mobility mon monday monitoring more most mother moved moves moving mr mrn mrns mrs
ms must mx my n/a na name names navigator navigators near need needed needing needs never new new-patient
newsletter newsletters next nice nine no no-show no-showed no-shows nonadherent noncompliant none nor north
noshow not note notes nov november now nps number numbers numerator nurse nurses obese oct october of off
often ok okay old older on once one online only or other others otherwise our out outcome outcomes
outpatient outpatients outreach over overall overdue overweight packet packets paid pain pain-free panel
panels parent parents parking participants participation partner partner's partners partnership passed
pathway pathways paying pays pdsa pending per per-visit percent perhaps phone phone-number phoned phones phq
physician physicians picked pilot placed plan plans pleased pm pool pools poor population populations portal
portal's portals possibly post poster posters practice practices pre preference preferences preferred
prefers pregnancy pregnant pres presented presents press previous prior priorities priority privacy probably
problem problems prof protection provider providers put q1 q2 q3 q4 question questionnaire questionnaires
questions quote quotes race randomly rang rate rates ratio ratios re reached read reading readings reads
ready recall recalls recent recheck rechecks record records referral referrals refugee refusal refused
refuses refusing registries registry relations relative relatives relocated remembers reminder reminders
remote rep replied report reported reports representative representatives reps rescheduled responded
responsibilities restarted rested result results return returned returning ride rides right rights risk
risks rn rns room rooms rose roster rosters rounding rounds run russian safe safety safety-net said same
sample samples sat satisfaction satisfied saturday savings saw says scared scheduled scheduling score scores
scoring screen screened screening screenings search second secure security seemed seems seen selected self
self-management send sends sent sep sept september service services set seven sex shall she sheet sheets
should show showed shown shows sick side signed since single six slept slipped slippers smiled smoker
smokers smoking so socks somali some sometimes son soon south spanish speaking speaks specific spoke spring
ssn stable staff staffing started stated states status stay stayed staying stays still stood stopped stories
story story's stroke study such summaries summary summer sun sunday supplies supply support survey
survey-based surveys tablet tablets takes taking tba tbd teach teach-back teachback teaching team teams tech
technician techs teen teens tele telehealth tells ten test tests text texted texting texts than thankful
that the their them then there therefore these they thinks third this those thought three through throughput
thu thur thurs thursday thus time times to today toilet told tolerated tomorrow too took tool toolkit tools
total totals tracer tracker tracking trainer training transfer transferred transfers transition transitions
transport transportation triage tried tries tripled trying tue tues tuesday turned turns twice two type
types unable under understands understood undocumented unenrolled unhappy unidentified uninsured unit
unknown unreachable unreached unstable unsure until up upon upset us used uses using usually vaccine
vaccines verbalized versus very veteran veterans via video videos vietnamese virtual visit visited visits
vitals voice voiced voices volume volumes volunteered vs wait waited waiting waits walked want wanted wants
ward was we web website wed wednesday week weight well wellness went were west what when where which while
whiteboard who whole whom whose why wife will wing winter with without woman women worried worse worsened
would wound wounds writes written wrote yes yesterday you younger your zip
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
a access all america an and and/or any appointment appointments appt at azure bean beast big bones
butterworth by call calls center centre chart charts claus clean clinic coffee congeniality dash data
deadline degree diagnosis disease dos dose doses doubtfire dr drg dx each edge every excel field fields
first five fixit flare follow for four frizzle from goal group had has he her his i imaging in is it last
level manners milliseconds more ms my name names next no none not nurse of off office on one one's option
options or or/and our out outlook paint patient patients peanut pibb please plumber plumbing potato
powerpoint prefix prof program project pt pts reading readings relapse right robot rooter salt scan scans
sec second seconds server sharepoint she society some sql student support system target team teams that the
their them these they this those three title titles to today too two unit units universe us value values
visit visits w/ walk was we who windows with wonderful word world yesterday you your
"""
COMMON = frozenset(_COMMON.split())
ORDINARY = frozenset(_ORDINARY.split())
MEDICAL = frozenset(_MEDICAL.split())
NO_SURNAMES = frozenset(_NO_SURNAMES.split())
