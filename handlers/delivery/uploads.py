"""Draws a message's pictures and uploads them, without showing them anywhere yet."""

from collections.abc import Callable, Mapping

import structlog
from slack_sdk import WebClient

from handlers.delivery.outgoing import Outgoing, Picture
from handlers.delivery.payload import picture_key
from handlers.drawing import Draws, NotDrawn
from handlers.slack.calls import NotTaken, call
from models.rules.delivery.outcomes import Outcome
from models.rules.delivery.verdicts import PICTURE_TRIES, Claimed

WITHOUT = ""  # in place of a file's id: the message goes without this picture
METHOD = "files.completeUploadExternal"

log = structlog.get_logger(__name__)


class Uploads:
    """Uploads without a channel: a file shown by its upload could not be looked for, nor shown just once."""

    def __init__(self, client: WebClient, drawing: Draws) -> None:
        self._client = client
        self._drawing = drawing

    def files(
        self, row: Claimed, outgoing: Outgoing, keep: Callable[[dict[str, str]], None]
    ) -> Mapping[str, str]:
        """Return the file id of each picture by `picture_key`; `keep` is told after each new one.

        Raises NotTaken for an upload that may well work later.
        """
        files = dict(row.files)
        for picture in outgoing.pictures:
            key = picture_key(picture)
            if key not in files:
                files[key] = self._file(row, picture)
                keep(files)
        return files

    def _file(self, row: Claimed, picture: Picture) -> str:
        try:
            drawn = self._drawing.draw(picture.draw, picture.spec)
            return upload(self._client, picture, drawn)
        except NotDrawn as fault:
            log.warning("a picture could not be drawn", row=row.id, kind=row.kind, reason=str(fault))
        except NotTaken as fault:
            if _may_work_later(row, fault):
                raise
            log.warning("a picture could not be uploaded", row=row.id, kind=row.kind, reason=str(fault))
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


def _may_work_later(row: Claimed, fault: NotTaken) -> bool:
    outcome = fault.refusal.outcome
    if outcome is Outcome.WORKSPACE:
        return True
    return outcome is not Outcome.PERMANENT and row.attempts < PICTURE_TRIES
