"""The notices of messages that did not get through: why, what mends it, and a button that tries again."""

from handlers.slack.action_ids import TRY_AGAIN
from handlers.slack.blocks import TextAndBlocks, actions, button, section
from handlers.slack.failure_words import addressed, is_person, why_and_mend
from handlers.slack.words import safe_name
from models.rules.delivery.outcomes import NOBODY_CODES
from models.rules.delivery.verdicts import MAY_BE_SHOWN

NOT_FOUND_OUT = (
    "I cannot tell whether a message for {place} got through: Slack does not let me look there ({reason}). "
    "Please look yourself; if it is missing, press Try again."
)


def failed_message(row_id: int, channel: str, reason: str) -> TextAndBlocks:
    """Tell the host why a message did not get through and what mends it, with the button where it helps."""
    place = addressed(channel)
    if reason.endswith(MAY_BE_SHOWN):
        text = NOT_FOUND_OUT.format(place=place, reason=reason.removesuffix(MAY_BE_SHOWN))
        return _with_button(text, row_id)
    why, mend = why_and_mend(channel, reason)
    text = f"A message for {place} did not get through: {why}. {mend}"
    quiet = "I will not write again about that place while nothing changes."
    if _is_person_wrong(channel, reason):
        text = f"{text}: what comes next goes there. {quiet}"
        return text, [section(text)]
    return _with_button(f"{text}; then press Try again. {quiet}", row_id)


def tried_message(channel: str, by: str) -> TextAndBlocks:
    """Say, in the notice's place, that somebody had the message tried again."""
    text = (
        f"A message for {addressed(channel)} did not get through. {safe_name(by)} had it tried "
        "again. If it fails once more, I will write again."
    )
    return text, [section(text)]


def plain_message(text: str) -> TextAndBlocks:
    """Say one thing, already escaped."""
    return text, [section(text)]


def _is_person_wrong(channel: str, reason: str) -> bool:
    """Whether it was for somebody who is not there: the same again would find nobody."""
    return reason in NOBODY_CODES or (is_person(channel) and reason == "channel_not_found")


def _with_button(text: str, row_id: int) -> TextAndBlocks:
    return text, [section(text), actions(button("Try again", TRY_AGAIN, str(row_id), primary=True))]
