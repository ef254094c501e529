"""Common given and family names: in any letters, after "pt" they are a name."""

_COMMON = """
aaron abara abdi abdul abernathy abigail acheampong achebe acosta adaeze adam adams adebayo adeleke
adeyemi aditi aditya adriana afua agatha agnes agnieszka aguilar aguirre ahern ahmad ahmed aileen ailsa
aisha akash akhtar akhter akua alan alana alasdair albert alcaraz alec alejandra alejandro alessandro
alexander alexandria alf alfred ali alice alicia alina alison alistair aliyah allen allison alma almeida
aloysius alun alva alvarado alvarez alyssa amanda amara amelia amelie amina amir amit amoah amos amy ana
anand ananya anders anderson andersson andre andrea andres andrew andrews aneesa angela angelica angelo
angus anh anil anita anjali ann anna anne annette annie annika ansah anselm ansh anthony antoine antoinette
antonia antonio antoniou anwar aoife aparna apostolou appiah aquino araceli arjun armando armstrong arnold
aroha arora arroyo arthur arturo aryan asamoah asante ashley ashok asif asma astrid atkinson audra audrey
augustine ava avery avinash ayesha aziz bailey bajwa baker bakker balogun banerjee barbara barker barnes
barnett barreto barry bartholomew bassett batista bauer baumann bautista beatrice beatrix beatriz beauregard
becker becky begum benedict benito benjamin bennett bernadette bernard bernardo bernice bert bertha bertrand
beryl bessie beth bethany betty beverly bhatt bhattacharya bhavna bianchi bibi bilal billy birgit bjorn
blanca bloggs boateng bob bobby bonnie boris borowski boudreaux boyle bradford bradley bradshaw brandi
brandon brandt brannigan brenda brennan brent breslin brett brian brianna bridget brigid brittany bronwyn
brooks bruce bruno bryan bryce brzezinski burke butler byrne byron cabrera cahill caitlin caleb callaghan
callum calum calvin camacho cameron camille campbell candace cardoso carl carla carlos carlotta carlson
carmela carmelo carmen carol caroline carolyn carrasco carrie carroll carter carvalho cassandra cassidy
castellanos castillo castro catherine cathy cecil cecile cecilia celeste celia cervantes cesar chad chan
chandra chantal charlene charles charlotte charmaine chaudhary chaudhry chavez chelsea chen cheryl cheung
chiara chidi chinedu chiyo chloe choi chowdhury chris christian christina christine christopher chukwu ciara
ciaran cindy cisneros claire clara clarence clark claude claudia clement cleo clifford clive clyde coelho
cohen coleman colette colleen collins colm colombo connie conor constance consuelo contreras cooper corey
cormac cornelius cortez costa costello courtney cox craig cristina cruz cuevas cunningham curran curtis
cynthia cyril cyrus dagmar dahl dahlia dalton damian damien dan dana daniel daniela danielle danuta daphne
darius darlene darnell darren darryl dasgupta dave david davies davis dawit deandre deanna debbie deborah
debra declan deepa deepak deirdre dejong dela delacruz delaney delarosa delgado delia delroy demetrius
dempsey denise dennis derek desai deshawn desiree desmond devereaux devi dhaliwal dhillon diallo diana diane
dianne diaz diego dieter dieudonne dimitri dinesh divya dixon dlamini dmitri dmitry doe doherty dolores
dominic dominik dominique donald donna donnelly donoghue donovan dora doreen doris dorothy doug dougal
douglas doyle drummond duane duarte dubey dubois duffy duncan dunne durand dustin dwayne dylan eamon earl
earnest eberhardt ebony echeverria eddie edgar edith edmund edna eduardo edward edwards edwin efua eileen
eilidh elaine eleanor elena eleni eli elias elijah eliot elisa elise elizabeth ella ellen ellie elliot
elliott eloise elsie elspeth elvira elvis emeka emil emilio emily emma emmanuel enid enrique ephraim eric
erica erik erika eriksen eriksson erin ernest ernesto ernie escobar esme esperanza espinoza esposito ester
estevez esther estrada ethan ethel ethelbert eugene eugenia eulalia eunice eva evan evans evelyn ewa ewan
ezekiel faisal farah farid fatima fatou faye felicia felipe felix feng fergus fernanda fernandes fernandez
fernando ferrari ferreira fidel figueiredo figueroa filipe finn fiona fionnuala fischer fitzgerald
fitzpatrick flaherty flanagan flora flores floyd fontaine forsyth foster fournier frances francesca francis
francisco francois francoise frank franklin fraser fred freda frederick freya friedman fritz fuentes gabriel
gabriela gail gallagher gallego galvan ganesan garcia gareth gary garza gaurav gebre geeta geoff geoffrey
george gerald geraldine gertrude ghislaine ghosh gianna gilbert giles gillespie gina giovanni girard gisela
gita giuseppe gladys glenda glenn gloria godfrey goldberg gomez goncalves gonzales gonzalez gopal gopalan
gordon graham greene greg gregory greta gretchen gretta grewal griffin griffiths gruber guadalupe guerrero
guillermo gupta gurpreet gustavo gutierrez guzman gwen gwendolyn gwyneth haddad hagen hakim halima halloran
halvorsen hamilton hamish hamza hannah hannelore hans hansen harish harjit harold harpreet harriet harriett
harris harrison harry hartmann harvey hashemi hassan hattie hawkins heather hector hegarty heidi heike
heikkinen heinz helen helga hemi henderson hennessy henri henrietta henrik henry herbert herman hernandez
herrera herzog hettie hiba hickey higgins hilda hiroshi hoang hodgson hoffmann holloway hortense horvath
hossain howard howell huang hugh hughes hugo hui hussain hussein hutchins huynh hyacinth ian ibarra ibrahim
ida idris ifeoma ignacio ikram ilse imelda imran ines inez inge ingrid iona ionescu iqbal irene irina irma
irving isaac isabel isabella isaiah isidro isla islam ismael isolde ito ivan ivanov ivanova ivy iwona iyer
jackie jackson jacob jacques jada jagdish jaime jake jakob jamal james jamie jamila jane janelle janet
janice jankowski jansen jaramillo jared jaroslav jasmine jason jasper jaswinder javier jayden jayesh jean
jeanette jeanne jedidiah jeff jefferson jeffrey jemima jen jenkins jenna jennifer jenny jensen jeremiah
jeremy jermaine jerome jerry jerzy jesse jessica jesus jethro jha jia jill jim jimenez jimmy joan joann
joanna joanne joaquim joaquin jocelyn jodi joe joel joey johann johanna johansson john johnny johnson jolene
jon jonah jonathan jones joost jordan jorge jose josef josefina joseph josephine josh joshi joshua josiah
josie jovan joyce jozef juan juana juanita judith judy jules julia julian juliana julie juliet julio jung
jurgen justin kabir kamal kamala kamara kamau kaminski kang kapoor kara kareem karen karim karimi karin
karina karl karlsson kasia katarzyna kate katharina katherine kathleen kathrin kathryn kathy katie katrina
katz kaur kavanagh kavita kayla kazemi keane kearney keiko keisha keith kelleher keller kelley kelli kelly
kelsey ken kendra kenji kennedy kenneth kenyatta keon kerry keshia kevin khalid khan khatun khoury khumalo
kiana kiely kiera kieran kilpatrick kim kimberly kimura kipchoge kiran kirsten kirsty klaus kobayashi koch
kofi komal kovacs kowalczyk kowalski krause krista kristen kristin kristina kristof kruger kulkarni kumar
kurt kuznetsov kwabena kwame kwesi kyle lachance lachlan lafleur lakeisha lakshmi lalonde lamar lambert
lamont lana larkin larry lars larsen larsson latasha latisha latonya latoya laura laurent laurie lavinia
lavoie lawrence lawson layla leah leanne lee lefebvre lehmann leila lena lenora leo leon leonard leonora
leopold leroy leslie lester leticia leung levy lewandowski lewis li liam lidia lilian lillian lily lina
linda lindgren lindqvist lindsay lindsey linh linus lisa liu llewellyn lloyd logan lois lola lombardi lopez
lorcan lorena loretta lori lorna lorraine lottie louis louisa louise lourdes luca lucas lucia luciana lucien
lucille lucinda lucy ludmila luigi luis luisa luke lulu lupe lydia lyle lynch lynn mabel macdonald macias
mackay mackenzie mackie macleod madeline madhavi maeve magana magda maguire mahesh mahmood mairead malcolm
maldonado malhotra malik mancini manish manoj manuel manuela maphosa marc marcel marcella marcelo marcia
marco marcus mareike margaret margarita margie margot marguerite maria mariam mariana marianne maribel marie
marilyn marina marino mario marion marisol marius marjorie marlena marlene marlon marquez marsha marta
martha martin martinez marvin marwa mary maryam maryann masood mateo mathieu matilda matt matteo matthew
matthews matthias mattie maud maureen maurice mauricio mavis maximilian maxine maya mazur mbeki mcallister
mcbride mccabe mccann mccarthy mcclure mccormick mccoy mcdermott mcdonald mcdowell mcgee mcgowan mcgrath
mcguire mcintyre mckay mckenna mckenzie mcknight mclean mcleod mcmahon mcmillan mcnally mcneil mcpherson
medina meena megan mehmet mehta mei mei-ling mejia melanie melinda melissa melvin mendoza menon mensah
mercedes meredith merle meyer mia micah michael micheal michel michelle miguel mike mildred miller milton
mindy minh mira mireille miriam miroslav mishra mitchell mitra mohamed mohammad mohammed mohan moira molina
molly mona monica monique montgomery montoya moore morag morales moran moreau moretti morgan moriarty morris
morrison moses moshe mueller muhammad muhammed mukesh mukherjee muller mulligan munoz munro murdo muriel
murphy murray murthy mustafa mwangi myers myles myra myrna myrtle nabil nadeem nadia nadine naeem naidoo
naima nair nakamura nancy nanette naomi narayan narayanan nasreen nasser natalia natalie natalya natasha
nathan nathaniel navarro ndlovu neha neil nell nellie nelly nelson nerys neumann newman ngozi nguyen nia
niamh nicholas nick nicola nicolas nicole nielsen nigel nikhil niko nikolai nila nils nilsson nina nita
nkosi noah noel nolan noor nora noreen norman novak nowak nowicki nuala nunes o'brien o'callaghan o'connor
o'donnell o'dowd o'grady o'hara o'keefe o'leary o'malley o'neil o'neill o'reilly o'rourke o'shea o'sullivan
obrien ochoa oconnell oconnor octavia odette odhiambo odonnell ogden ogunleye oisin ojeda okafor okeke
okonkwo okoro oksana olaf oleary oleg olena olga olive oliveira oliver olivia olsen olson olu olwen omar
omari oneil oneill oona ophelia oreilly orla orozco orson ortiz osama oscar osei osman oswald otieno otis
otoole otto owen owusu oyelaran pablo pacheco paddy padilla padma padraig paige paloma pam pamela pandey
paolo papadopoulos pappas parker parvati parveen pascual patel paterson patil patricia patrick patterson
paul paula paulette pauline pavel pawlowski payal pedersen pedro peeters peggy pelletier pemberton penelope
percy pereira perez perla perry peter peters petersen peterson petra petronella petrov petrovic pham phan
phil philip philippa phillip phillips phyllis pierre pilar pillai piotr pooja popescu popov powell pradeep
prakash pranav prasad preston priscilla pritchard priya puja quentin quinn qureshi rabia rachel radha rafael
rafferty raghavan raheem rahman rahul raj rajan rajesh rajput raju rakesh ralph raman ramesh ramirez ramon
ramona ramos rana randall randy rangel rani ranjit rao raquel rashad rashid rasmussen raul ravi ravinder
raymond rebecca reddy regina reginald rehana rehman reilly reina renata renate rene renee reyes reza
rhiannon rhoda rhonda rhys ricardo ricci richard richardson rick ricky riley rina riordan rios rita ritu
rivera robert roberta roberto roberts robinson rochelle rodney rodrigo rodriguez roger rogers rohan rohit
roisin rojas roland rolf romano romero ron ronald ronan ronnie roopa rosa rosales rosalie rosalind rosalinda
rosalyn rosanna roscoe rosemarie rosemary rosenberg rosetta rosie ross rossi rowena roxana roxanne roy ruben
rudy rufus ruiz rukhsana rupert russell russo ruth ryan saanvi sabrina sachin sadia sadie sakura salazar
saleem salinas sally salma salome salvador salvatore sam samantha sameer samir sammy samuel sanchez sandeep
sanders sandoval sandra sanjay sanjeev santana santiago santoro santos saoirse sara sarah sarita satish sato
saul schaefer schafer schmidt schneider schreiber schroeder schultz schulz schuster schwartz schwarz scott
seamus sean sebastian selena sepulveda serena sergei sergio serrano seth sethi seumas shabana shah shaikh
shamika shane shanice shannon shanti shapiro sharma sharmila sharon shaun shauna shawn shayla sheikh sheila
shelby shelly sheri sherrie sherry shirley shivani shrestha shreya shyam sid siddiqui sidney sigrid sikora
silva silvia simmons simon simone simpson sims sindhu sinead singh sinha siobhan sita smith snyder soares
sofia solis solomon sonia sonya sophia sophie soren sorensen soto souza spencer sridhar stacey stacy
stanislaw stanley stavros stefan stefano stella stephanie stephen stephens steve steven stewart stuart
suarez subramanian suleiman sullivan suman sumitra sundaram sunita suresh susan susanna sushila susie
sutherland suzanne suzuki sven svensson svetlana swanson sweeney sybil sylvester sylvia szabo tabitha
tadeusz tadhg takahashi tamang tamara tamika tammy tamsin tanaka tanisha tanya tapia tara tariq tasha
tatiana tatyana tawhiri taylor ted tejas tekla tembo tendai terence teresa teri terrance terry tessa thabo
thaddeus thakur thandeka thandiwe thapa thelma thelonious themba theo theodora theodore theresa thomas
thompson thomson thorne thuy tiana tiffany tim timothy tina tobias toby todd tom tomas tomasz tommy toni
tony tonya torres torsten tracey tracy tran traore travis tremblay trent trevino trevor tricia troy trudy
trujillo truong tsang tuan tunde turay turner tyler tyrell tyrone ubeda uche uddin ulrich ulrike uma umar
ursel ursula usha usman valdez valentina valerie vance vanessa vargas varun vasily vasquez vazquez velasco
velazquez velma venkat venter vera verna vernon veronica vicki vicky victor victoria vieira vijay vikram
viktor villalobos villanueva vimala vincent vinod viola virgil visser vito vivek vivian vladimir vogel vogt
vu wagner waheed walczak waldo walid walker wallace walsh walter wanda wang wanjiku wanjiru warren warsame
washington watanabe watkins watson watts wayne weber wei weiss wendell wendy wesley whitaker whitehead
whittaker wilbur wilfred wilhelm william williams willis wilma wilson winifred winnie winston wiremu
wisniewski wojcik wong wright xavier xiomara xiu xolani yadav yamada yamamoto yannick yara yaw yesenia
yetunde yilmaz ying yolanda yolande yoon yuki yuri yusra yusuf yvette yvonne zachary zahra zainab zapata
zara zeinab zelda zeynep zhang zhao zhen zhou zielinski zimmermann zoe zofia zoltan zora zulu zuniga zuzanna
"""
COMMON = frozenset(_COMMON.split())
