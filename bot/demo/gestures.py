"""What people of the demo's story do by hand, on the screen, as anybody would."""

from dataclasses import dataclass
from datetime import time

from bot.demo.deeds import ScreenStep

CONTROLLED = "Patients whose last reading of the month is below 140/90 (numerator)"
SEEN = "Patients with high blood pressure who had a visit this month (denominator)"
REPEATED = "Visits with a second reading in the same visit (numerator)"
HIGH = "Visits with a first reading of 140/90 or more (denominator)"
COMPLAINTS = "Complaints about waiting or the length of a visit (how many)"
TO_ALL = "#lc-all"
QUIET_MINUTES = "Five quiet minutes on a chair with a back before the first reading."


@dataclass(frozen=True)
class Gesture:
    """A moment by its month and the days from that month's due day, a person, and what they do."""

    months_ago: int
    days: int
    at: time  # UTC
    slack_user: str
    remark: str
    steps: tuple[ScreenStep, ...]


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
        13,
        -4,
        time(15, 40),
        "U0CORA",
        "Cora Diaz presses Give feedback on Cedar's card and writes a few words.",
        (
            ("press", "Give feedback", "Cedar reported {month}"),
            ("sees", "I wonder"),
            ("fill", "I like", "One room for one week: small enough to try, and to let go."),
            ("fill", "I wonder", "Who is in the room when the second reading would be due?"),
            ("submit",),
            ("sees", "Sent. It is on its way to Cedar."),
            ("close",),
        ),
    ),
    Gesture(
        13,
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
        -3,
        time(18, 0),
        "U0GRACE",
        "Grace Kim presses Chart on Maple's card and adds a PDSA cycle.",
        (
            ("press", "Chart", "Maple reported {month}"),
            ("sees", "Add a PDSA cycle"),
            ("press", "Add a PDSA cycle", ""),
            ("sees", "What did you try?"),
            ("fill", "Month it began", "{month_and_year}"),
            ("fill", "What did you try?", "A slip for the second reading, in one room"),
            ("submit",),
            ("sees", "This is how the chart would look."),
            ("submit",),
            ("sees", "What people marked here"),
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
    Gesture(
        5,
        1,
        time(17, 0),
        "U0TOMAS",
        "Tomas Berg types /momentum pdsa and plans a small test.",
        (
            ("type", TO_ALL, "/momentum pdsa"),
            ("sees", "A PDSA is one small test"),
            ("press", "Start a PDSA", ""),
            ("sees", "Plan, step 1 of 3"),
            ("fill", "What will you change?", QUIET_MINUTES),
            ("fill", "What do you want to find out?", "Does it help to sit down first?"),
            ("fill", "What do you predict?", "The second reading is 5 lower than the first."),
            ("submit",),
            ("sees", "Plan, step 2 of 3"),
            ("fill", "Which measure should move?", "Blood pressure control"),
            ("fill", "Who sees to it?", "Tomas Berg"),
            ("fill", "Where?", "Room 2"),
            ("submit",),
            ("sees", "Plan, step 3 of 3"),
            ("fill", "Last day", "{plus_4}"),
            ("submit",),
            ("sees", "Test 1 has started"),
            ("close",),
        ),
    ),
    Gesture(
        5,
        8,
        time(17, 0),
        "U0TOMAS",
        "Tomas Berg says how it went, decides to try it bigger, and plans the next test.",
        (
            ("press", "Tell how it went", QUIET_MINUTES),
            ("sees", "What happened?"),
            (
                "fill",
                "What happened?",
                "One patient. She talked all the while, so we waited three minutes more.",
            ),
            ("fill", "Any surprises?", "There is no chair with a back in room 2."),
            ("submit",),
            ("sees", "What did you learn?"),
            ("fill", "What did you find?", "It was 3 lower, not 5."),
            ("fill", "What did you learn?", "Quiet matters as much as the chair."),
            ("submit",),
            ("sees", "What will you do with this change?"),
            ("fill", "What will you do with this change?", "Try it bigger: the same change, more of it"),
            ("fill", "What comes next?", "A chair with a back in room 2, and no talking."),
            ("submit",),
            ("sees", "Saved."),
            ("press", "Plan the next test", ""),
            ("sees", "Plan, step 1 of 3"),
            ("submit",),
            ("sees", "Plan, step 2 of 3"),
            ("submit",),
            ("sees", "Plan, step 3 of 3"),
            ("fill", "How many?", "5"),
            ("submit",),
            ("sees", "Test 2 has started"),
            ("close",),
        ),
    ),
)
