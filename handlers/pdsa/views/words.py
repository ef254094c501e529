"""A test's size and days in words, the same on its card, in its windows and in lists."""

from datetime import date

from handlers.slack.words import counted, short_day
from models.rules.pdsa.cycle import DECISIONS, Answers, Decision, PdsaCycle, Step


def size_words(answers: Answers) -> str:
    """Say how big it is: "1 patient", "3 days"; "" where nobody said."""
    if not answers.size:
        return ""
    if answers.unit == "staff":
        return f"{answers.size} staff"
    return counted(answers.size, answers.unit.removesuffix("s") or "patient")


def planned_days(answers: Answers) -> str:
    """Say when: "7 Dec to 11 Dec", "from 7 Dec", "until 11 Dec"; "" where nobody said."""
    first, last = answers.first_day, answers.last_day
    if first and last:
        return short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"
    if first:
        return f"from {short_day(first)}"
    return f"until {short_day(last)}" if last else ""


def answer_words(field: str, written: str, cycle: PdsaCycle) -> str:
    """Say an answer that was written last, as its page shows it: "BP control", "8 Jul"; "" for none."""
    if not written:
        return ""
    if field == "measure_id":
        return cycle.measure
    if field == "owner_id":
        return cycle.owner
    if field == "decision":
        return DECISIONS[Decision(written)]
    return short_day(date.fromisoformat(written)) if field in {"first_day", "last_day"} else written


STANDS = {
    Step.PLAN: "planned, not started",
    Step.DO: "running",
    Step.STUDY: "to be studied",
    Step.ACT: "to be decided",
}


BECAME = {
    Decision.ADAPT: "adapted",
    Decision.BIGGER: "to be tried bigger",
    Decision.ADOPT: "adopted",
    Decision.ABANDON: "abandoned",
}


def stands(cycle: PdsaCycle) -> str:
    """Say how a cycle stands: "running", "adapted"."""
    decision = cycle.answers.decision
    if cycle.step is Step.DECIDED and decision:
        return {
            "adapt": "adapted",
            "bigger": "to be tried bigger",
            "adopt": "adopted",
            "abandon": "abandoned",
        }[decision]
    return STANDS[cycle.step]
