"""What people of the demo's story do besides reporting: by hand on the screen, corrections, feedback."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from bot.demo.deeds import Step
from models.rules.feedback import Answer, Words
from models.rules.measure import Value

CONTROLLED = "Patients whose last reading of the month is below 140/90 (numerator)"
SEEN = "Patients with high blood pressure who had a visit this month (denominator)"
REPEATED = "Visits with a second reading in the same visit (numerator)"
HIGH = "Visits with a first reading of 140/90 or more (denominator)"
COMPLAINTS = "Complaints about waiting or the length of a visit (how many)"
TO_ALL = "#lc-all"


@dataclass(frozen=True)
class Gesture:
    """A moment by its month and the days from that month's due day, a person, and what they do."""

    months_ago: int
    days: int
    at: time  # UTC
    slack_user: str
    remark: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Advice:
    """A coach's feedback some days after a report came, and who of the team answers it how a day later."""

    team: str  # key
    months_ago: int
    days_after: int
    coach: str
    words: Words
    answered_by: str = ""
    answer: Answer | None = None


RESTART = ("maple", 6)  # when this team's report of so many months ago has come in, and before it goes out

GESTURES = (
    Gesture(
        13,
        -6,
        time(14, 5),
        "U0ANA",
        "Ana Lima types /report in #lc-all, fills in the form and sends it.",
        (
            ("type", TO_ALL, "/report"),
            ("sees", "Blood pressure control"),
            ("fill", CONTROLLED, "59"),
            ("fill", SEEN, "95"),
            ("fill", REPEATED, "24"),
            ("fill", HIGH, "55"),
            ("fill", COMPLAINTS, "1"),
            ("submit",),
            ("sees", "Step 2 of 2"),
            ("fill", "What did you test?", "The arm at heart height, on a pillow. One room, one week."),
            ("submit",),
            ("sees", "Kept."),
            ("close",),
        ),
    ),
    Gesture(
        13,
        -6,
        time(17, 20),
        "U0ANA",
        "Ana Lima presses Correct on Cedar's card and changes a number.",
        (
            ("press", "Correct", "Cedar reported {month}"),
            ("sees", "Change what you need."),
            ("fill", CONTROLLED, "60"),
            ("submit",),
            ("sees", "Step 2 of 2"),
            ("submit",),
            ("sees", "stands as you have it now"),
            ("close",),
        ),
    ),
    Gesture(
        12,
        -4,
        time(15, 40),
        "U0CORA",
        "Cora Diaz presses Give feedback on Cedar's card and writes a few words.",
        (
            ("press", "Give feedback", "Cedar reported {month}"),
            ("sees", "I wonder"),
            ("fill", "I like", "Three words on a card: nobody can say it takes too long to read."),
            ("fill", "I wonder", "Who is in the room when the second reading would be due?"),
            ("submit",),
            ("sees", "Sent. It is on its way to Cedar."),
            ("close",),
        ),
    ),
    Gesture(
        12,
        -3,
        time(16, 10),
        "U0BO",
        "Bo Chen presses Helped below it.",
        (("press", "Helped", "Cora Diaz read your {month}"),),
    ),
    Gesture(
        11,
        0,
        time(16, 30),
        "U0CHIDI",
        "Chidi Okafor presses Expect it on … below the reminder and chooses a day.",
        (
            ("press", "Expect it on …", "Birch's {month} report"),
            ("sees", "When can we expect the {month} report?"),
            ("fill", "Or another day", "{plus_4}"),
            ("submit",),
            ("sees", "I do not ask again before"),
            ("close",),
        ),
    ),
    Gesture(
        9,
        10,
        time(15, 0),
        "U0BEN",
        "Ben Adler presses Put aside beside a flag of his digest and says why.",
        (
            ("press", "Put aside", "The same words again"),
            ("sees", "Why can it be put aside?"),
            (
                "fill",
                "Why can it be put aside?",
                "They are a nurse short since December. It is no copy, it is so.",
            ),
            ("submit",),
            ("sees", "Put aside."),
            ("close",),
        ),
    ),
    Gesture(
        8,
        1,
        time(18, 0),
        "U0EVE",
        "Eve Sand presses Cannot this month below the reminder and says why.",
        (
            ("press", "Cannot this month", "Elm's {month} report"),
            ("sees", "Why is there no {month} report?"),
            (
                "fill",
                "Why is there no {month} report?",
                "Two of us three are ill. We will count again next month.",
            ),
            ("submit",),
            ("sees", "Your coach knows"),
            ("close",),
        ),
    ),
    Gesture(
        5,
        -1,
        time(17, 0),
        "U0TOMAS",
        "Tomas Berg presses I need help below the reminder.",
        (
            ("press", "I need help", "Fir's {month} report"),
            ("sees", "What would help?"),
            ("fill", "What would help?", "Our export gives last year's patients. Whom can I ask?"),
            ("submit",),
            ("sees", "Your coach knows"),
            ("close",),
        ),
    ),
)

# By team and months ago: the measure, and its value after a correction.
CORRECTIONS = {
    ("juniper", 10): ("M1", Value(Decimal(139), Decimal(171))),
    ("birch", 6): ("M3", Value(Decimal(2))),
    ("maple", 2): ("M2", Value(Decimal(45), Decimal(55))),
}

_CORA, _BEN = "U0CORA", "U0BEN"
ADVICE = (
    Advice(
        "birch",
        14,
        3,
        _CORA,
        Words(
            liked="You asked for help in your first month.", proposed="Call Ana at Cedar: she has a query."
        ),
        "U0CHIDI",
        Answer.HELPED,
    ),
    Advice(
        "dogwood",
        14,
        9,
        _BEN,
        Words(wondered="Who looks at a poster while a cuff is on their arm?"),
        "U0DANA",
        Answer.NOT_YET,
    ),
    Advice(
        "hazel",
        13,
        4,
        _BEN,
        Words(proposed="A line for the second reading in the form you have, in place of new paper."),
        "U0MEI",
        Answer.HELPED,
    ),
    Advice("elm", 12, 6, _CORA, Words(wondered="What would make counting easier for three people?")),
    Advice(
        "juniper",
        11,
        2,
        _BEN,
        Words(liked="A count on the staff room door: cheap, seen by all, and gone when it is not needed."),
        "U0SOFIA",
        Answer.HELPED,
    ),
    Advice(
        "dogwood",
        9,
        8,
        _BEN,
        Words(
            wondered="What does your day look like with a nurse missing?", proposed="Leave M3 out for now."
        ),
        "U0OMAR",
        Answer.NOT_YET,
    ),
    Advice(
        "maple",
        9,
        3,
        _BEN,
        Words(
            liked="You phoned another team.", proposed="Try Cedar's slip as it is, in one room, for a week."
        ),
        "U0GRACE",
        Answer.HELPED,
    ),
    Advice(
        "hazel",
        8,
        1,
        _BEN,
        Words(liked="Good to have you back.", proposed="Paul could sit beside Mei for the next count."),
        "U0PAUL",
        Answer.HELPED,
    ),
    Advice(
        "cedar",
        7,
        5,
        _CORA,
        Words(liked="From one doctor to all in a month.", wondered="What do you do on Mondays?"),
        "U0ANA",
        Answer.HELPED,
    ),
    Advice("fir", 6, 4, _CORA, Words(liked="14 of 60 is a number other teams would like to know about.")),
    Advice(
        "elm",
        5,
        7,
        _CORA,
        Words(proposed="Look at three months together: small numbers are calmer that way."),
        "U0EVE",
        Answer.HELPED,
    ),
    Advice(
        "dogwood",
        4,
        5,
        _BEN,
        Words(liked="The nurse's own room works.", wondered="What would it take in a second room?"),
        "U0DANA",
        Answer.HELPED,
    ),
    Advice(
        "birch",
        3,
        4,
        _CORA,
        Words(liked="Boxes on the table: one look says more than the list."),
        "U0LENA",
        Answer.HELPED,
    ),
    Advice(
        "maple",
        2,
        2,
        _BEN,
        Words(liked="Walk-ins too! You are where Cedar was in spring.", wondered="What will you stop doing?"),
        "U0NOAH",
        Answer.HELPED,
    ),
)
