"""A talk with a team: the button, the short form, and the talk said in a line."""

from handlers.slack.action_ids import TALK_FORM
from handlers.slack.blocks import View, context, modal, option, section
from handlers.slack.ids import packed, unpacked
from handlers.slack.inputs import Question, chosen, picked_day, typed
from handlers.slack.place_words import who_reads
from handlers.slack.talk_words import OUTCOMES
from handlers.slack.words import escape_to_fit, safe_name
from models.rules.coaching.talks import LONGEST, Note, TalkOutcome, is_about_month
from models.rules.collaborative.people import Team

ONLY = "you, the team's other coaches and the host. The team does not see it."
_DAY = Question(
    "until", "When do they expect to send it?", "I do not remind them before that day.", optional=True
)


def talk_form(team: Team, about: str, words: str) -> View:
    """Ask what came of it and what was agreed; of a missing report also when it is expected."""
    outcomes = [option(words, outcome.value) for outcome, words in OUTCOMES.items()]
    return modal(
        "I talked to them",
        [
            section(f"*{safe_name(team.name)}*\n{escape_to_fit(words, 1500)}"),
            Question("outcome", "What came of it?").choice(outcomes),
            *([_DAY.day()] if is_about_month(about) else []),
            Question("agreed", "What did you agree on?", optional=True).text(most=LONGEST),
            who_reads(ONLY),
            context("No patient data, please."),
        ],
        callback_id=TALK_FORM,
        private_metadata=packed(team.id, about),
        submit="Keep",
        close="Cancel",
    )


def read_talk(view: View) -> tuple[int, Note]:
    """Read the form: the team's id and what was written; the id and what it was about are hints."""
    team_id, about = unpacked(view["private_metadata"], int, str)
    outcome = unpacked(chosen(view, "outcome"), TalkOutcome)
    return team_id, Note(about, outcome, typed(view, "agreed"), picked_day(view, "until"))
