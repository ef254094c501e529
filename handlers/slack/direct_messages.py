"""Hands a file to the person who asked for it, in their direct messages with the bot."""

from dataclasses import dataclass

from slack_sdk import WebClient

from handlers.slack.calls import NotTaken, call
from models.errors import DomainError
from models.rules.collaborative.people import Visitor

NOT_SENT = "I could not send you the file just now. Please try again in a moment."


@dataclass(frozen=True)
class PrivateFile:
    """A file with the words that go with it."""

    filename: str
    content: bytes
    words: str


def send_file(client: WebClient, who: Visitor, file: PrivateFile) -> None:
    """Send a file to one person. Needs the scopes im:write and files:write.

    Raises DomainError, in words, when Slack does not take it.
    """
    try:
        opened = call("conversations.open", client.conversations_open, users=who.slack_user)
        call(
            "files.completeUploadExternal",
            client.files_upload_v2,
            channel=opened["channel"]["id"],
            filename=file.filename,
            title=file.filename,
            content=file.content,
            initial_comment=file.words,
        )
    except NotTaken as refused:
        raise DomainError(NOT_SENT) from refused
