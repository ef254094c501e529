"""Draws a message's pictures and uploads them unseen, asks whether they are ready, and deletes them."""

from collections.abc import Callable, Iterable
from datetime import datetime

import structlog
from slack_sdk import WebClient

from handlers.delivery.outgoing import Outgoing, Picture
from handlers.delivery.payload import picture_key
from handlers.drawing import Draws, NotDrawn
from handlers.slack.calls import NotTaken, call
from models.rules.delivery.outcomes import Outcome
from models.rules.delivery.pictures import FOLLOWING, WITHOUT, Files, next_look, put_off, shown
from models.rules.delivery.verdicts import PICTURE_TRIES, Claimed

METHOD = "files.completeUploadExternal"

log = structlog.get_logger(__name__)


class Uploads:
    """Uploads without a channel: a file shown by its upload could not be looked for, nor shown just once."""

    def __init__(self, client: WebClient, drawing: Draws, now: Callable[[], datetime]) -> None:
        self._client = client
        self._drawing = drawing
        self._now = now

    def files(self, row: Claimed, outgoing: Outgoing, keep: Callable[[Files], None]) -> Files:
        """Return the file of each picture by `picture_key`; `keep` is told after each new one.

        Words wait neither long for a picture nor for a second try: it follows them.
        Raises NotTaken for an upload that may well work later, where no words wait.
        """
        files = {}
        for picture in outgoing.pictures:
            key = picture_key(picture)
            files[key] = row.files[key] if key in row.files else self._file(row, outgoing, picture)
            if key not in row.files:
                keep({**row.files, **files})
        return files

    def unready(self, row: Claimed, files: Files) -> Files:
        """Return those of the files that Slack is not done with; one just uploaded never is."""
        known = {key: file for key, file in shown(files).items() if key in row.files}
        if len(known) < len(shown(files)):
            return {key: file for key, file in shown(files).items() if key not in known}
        return {key: file for key, file in known.items() if not is_ready(self._client, file)}

    def _file(self, row: Claimed, outgoing: Outgoing, picture: Picture) -> str:
        words_wait = row.kind != FOLLOWING
        if words_wait and next_look(row.first_try_at, self._now(), is_urgent=outgoing.is_urgent) is None:
            return put_off()
        try:
            drawn = self._drawing.draw(picture.draw, picture.spec)
            return upload(self._client, picture, drawn)
        except NotDrawn as fault:
            log.warning("a picture could not be drawn", row=row.id, kind=row.kind, reason=str(fault))
        except NotTaken as fault:
            if fault.refusal.outcome is Outcome.WORKSPACE:
                raise
            log.warning("a picture could not be uploaded", row=row.id, kind=row.kind, reason=str(fault))
            if fault.refusal.outcome is not Outcome.PERMANENT and words_wait:
                return put_off()
            if fault.refusal.outcome is not Outcome.PERMANENT and row.attempts < PICTURE_TRIES:
                raise
        return WITHOUT


def upload(client: WebClient, picture: Picture, drawn: bytes) -> str:
    """Upload a picture and return its file's id; it is seen by nobody before a message or a modal shows it.

    Raises NotTaken when Slack did not take it, with all that is known about why.
    """
    answer = call(
        METHOD,
        client.files_upload_v2,
        content=drawn,
        filename=picture.filename,
        title=picture.filename,
        alt_txt=picture.alt_text,
    )
    file: str = answer["files"][0]["id"]
    return file


def delete(client: WebClient, files: Iterable[str]) -> None:
    """Delete files that nothing shows any more. Raises NotTaken where that may work later."""
    for file in files:
        try:
            call("files.delete", client.files_delete, file=file)
        except NotTaken as fault:
            if fault.refusal.outcome is not Outcome.PERMANENT:
                raise
            log.info("a file is not deleted", file=file, reason=fault.refusal.reason)


def is_ready(client: WebClient, file: str) -> bool:
    """Whether Slack is done with a file: it names its type by then, and refuses to show it before.

    Where we may not ask, the message is tried.
    """
    try:
        return bool(call("files.info", client.files_info, file=file)["file"]["mimetype"])
    except NotTaken as fault:
        return fault.refusal.outcome is Outcome.PERMANENT
