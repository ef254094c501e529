"""Writes in one channel what is to be tried, remembers all of it, and takes it away again."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from slack_sdk import WebClient

from bot.live.presses import Presses
from handlers.delivery.pump import boot_seconds
from handlers.slack.blocks import Block
from handlers.slack.calls import NotTaken, call
from models.rules.delivery.outcomes import Outcome

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 4.0
LONGEST_WAIT_S = 60  # when Slack says to wait; the host is watching
GONE = frozenset({"message_not_found", "file_not_found", "file_deleted"})


class Otherwise(Exception):  # noqa: N818 - a finding, no error of ours
    """Slack does something otherwise than Momentum takes it to."""


@dataclass(frozen=True)
class Host:
    """Who runs this, at the terminal."""

    hear: Callable[[str], object]
    agrees: Callable[[str], bool]


class Workbench:
    """One channel to try things in, with the host beside it; `presses` is None where none are heard."""

    def __init__(self, client: WebClient, channel: str, host: Host, presses: Presses | None) -> None:
        self.client = client
        self.channel = channel
        self.host = host
        self.presses = presses
        self._messages: list[str] = []
        self._files: list[str] = []
        self._unsure: set[str] = set()  # the words of messages that nobody knows of whether they are there

    def post(self, text: str, *blocks: Block) -> str:
        """Post a message and return its ts. Raises NotTaken."""
        self._unsure.add(text)
        where = {"channel": self.channel, "text": text, "blocks": list(blocks)}
        try:
            answer = patiently("chat.postMessage", self.client.chat_postMessage, **where)
        except NotTaken as fault:
            if fault.refusal.outcome is not Outcome.UNSURE:
                self._unsure.discard(text)
            raise
        self.channel = answer["channel"]  # its id, where it was named
        self._messages.append(answer["ts"])
        self._unsure.discard(text)
        return self._messages[-1]

    def upload(self) -> str:
        """Upload a picture that is shown nowhere yet, and return its file's id. Raises NotTaken."""
        named = {"filename": "trial.png", "title": "A trial", "alt_txt": "The number 42."}
        method = "files.completeUploadExternal"
        answer = call(method, self.client.files_upload_v2, content=_the_number_42(), **named)
        self._files.append(answer["files"][0]["id"])
        return self._files[-1]

    def until(self, is_so: Callable[[], bool], most: float) -> float:
        """Look until it is so, and return after how many seconds. Raises Otherwise after `most`."""
        began, pause = boot_seconds(), FIRST_PAUSE_S
        while not is_so():
            if boot_seconds() - began > most:
                raise Otherwise(f"not so within {most:.0f} s")
            threading.Event().wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)
        return boot_seconds() - began

    def clean_up(self) -> Iterator[str]:
        """Delete all that was written; say of each thing that may be left what it is."""
        for ts in reversed(self._messages):
            yield from _deleted("chat.delete", self.client.chat_delete, channel=self.channel, ts=ts)
        for file in self._files:
            yield from _deleted("files.delete", self.client.files_delete, file=file)
        for text in self._unsure:
            yield f"“{text}” may stand in the channel: if so, please delete it yourself."


def patiently(method: str, send: Callable[..., Any], **arguments: Any) -> Mapping[str, Any]:
    """Call Slack, and once more when it says to wait so long. Raises NotTaken."""
    try:
        return call(method, send, **arguments)
    except NotTaken as fault:
        if fault.refusal.outcome is not Outcome.RATE:
            raise
        threading.Event().wait(min(fault.refusal.wait.total_seconds(), LONGEST_WAIT_S))
    return call(method, send, **arguments)


def _deleted(method: str, delete: Callable[..., Any], **which: str) -> Iterator[str]:
    try:
        patiently(method, delete, **which)
    except NotTaken as fault:
        if fault.refusal.reason not in GONE:
            named = " ".join(which.values())
            yield f"{named} is not deleted (Slack answered {fault.refusal.reason}): please do so yourself."


def _the_number_42() -> bytes:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy, and for this alone

    figure, png = Figure(figsize=(3, 1.5)), BytesIO()
    figure.text(0.5, 0.5, "42", size=48, ha="center", va="center")
    figure.savefig(png, format="png")
    return png.getvalue()
