"""A talk with a team said in a line, in digests and flags alike."""

from datetime import date

from handlers.slack.words import escape_to_fit, on_day, safe_name
from models.rules.coaching.talks import Talk, TalkOutcome

OUTCOMES = {  # as one says it of a team, in the order of the form
    TalkOutcome.PLAN: "They have a plan",
    TalkOutcome.SUPPORT: "They need more support",
    TalkOutcome.WELL: "All is well as it is",
}


def talk_words(talk: Talk, today: date) -> str:
    """Say a talk in a sentence or two, escaped: "Cora talked to them on 13 Jul: they have a plan."."""
    by, agreed = safe_name(talk.by), escape_to_fit(" ".join(talk.agreed.split()), 600)
    outcome = OUTCOMES[talk.outcome]
    sentence = f"{by} talked to them {on_day(talk.day, today)}: {outcome[0].lower()}{outcome[1:]}."
    return f"{sentence} “{agreed}”" if agreed else sentence
