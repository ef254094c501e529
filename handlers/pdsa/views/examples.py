"""An example of each page, made up, beside what is asked on it."""

from handlers.slack.blocks import View, context, modal, section
from models.rules.pdsa.pages import LABELS, Page

_MADE_UP = "A made-up example. Yours stays as you typed it below this window."
EXAMPLES = {
    Page.CHANGE: {
        "change": "The medical assistant takes a second blood pressure when the first is 140/90 or more.",
        "question_1": "Is there time for it in a normal visit?",
        "prediction_1": "In 8 of 10 visits it takes less than 2 minutes.",
    },
    Page.PEOPLE: {
        "measure_id": "Repeat blood pressure taken",
        "owner_id": "The medical assistant of room 3",
        "place": "Room 3",
    },
    Page.DAYS: {"first_day": "Tuesday", "last_day": "Tuesday", "size": "1", "unit": "patients"},
    Page.DO: {
        "happened": "One second reading, 3 minutes. The patient had to move to another chair.",
        "surprises": "The large cuff was in another room.",
    },
    Page.STUDY: {
        "result_1": "3 minutes, not 2. Without the walk for the cuff it would have been 1.",
        "learned": "It fits into the visit once the cuff is in the room.",
    },
    Page.ACT: {
        "decision": "Try it bigger: the same change, more of it",
        "next_step": "A large cuff in each of two rooms, five patients on Thursday.",
    },
}


def example(page: Page) -> View:
    """Build the window that shows a page as somebody may write it."""
    lines = [f"*{LABELS[field]}*\n{words}" for field, words in EXAMPLES[page].items()]
    return modal("An example", [section("\n".join(lines)), context(_MADE_UP)], close="Back to mine")
