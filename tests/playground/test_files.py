"""Uploads: nothing is shared before the third step, and the message's ts comes later (rule 14)."""

from typing import Any

import pytest
from slack_sdk import WebClient

from playground.client import Person, Playground
from tests.playground.conftest import Connect
from tests.playground.refusals import answered, refused

PNG = b"\x89PNG made up"


def upload(web: WebClient, content: bytes = PNG) -> str:
    """The first two steps by hand; the file's id."""
    step = web.files_getUploadURLExternal(filename="chart.png", length=len(content), alt_txt="A run chart")
    web._upload_file(
        url=step["upload_url"], data=content, logger=web._logger, timeout=5, proxy=None, ssl=None
    )
    return str(step["file_id"])


def image(file_id: str) -> list[dict[str, object]]:
    return [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "A run chart"}]


def test_a_file_is_seen_by_nobody_before_it_is_completed(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    """An image block may name it only afterwards."""
    file_id = upload(web)
    answer = answered(lambda: web.chat_postMessage(channel=channel, text="x", blocks=image(file_id)))
    assert answer["error"] == "invalid_blocks"
    assert "slack_file" in answer["response_metadata"]["messages"][0]
    assert ana.messages("#team") == []
    web.files_completeUploadExternal(files=[{"id": file_id, "title": "Chart"}])
    assert ana.messages("#team") == []
    web.chat_postMessage(channel=channel, text="chart", blocks=image(file_id))
    (shown,) = ana.messages("#team")[0].images
    assert shown["alt_text"] == "A run chart"
    assert shown["image_url"] == f"{slack.url}/control/files/{file_id}"


def test_slack_sdks_own_upload_shares_with_a_ts_that_comes_later(
    web: WebClient, slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    """The reply names no ts; file_shared and files.info do."""
    seen = connect()
    done = web.files_upload_v2(channel=channel, content=PNG, filename="chart.png", initial_comment="March")
    assert done["files"][0]["shares"] == {}
    slack.wait_for(lambda: seen.events("file_shared"))
    (shared,) = seen.events("file_shared")
    (message,) = ana.messages("#team")
    (file,) = message.files
    assert (message.text, file["name"], file["mimetype"]) == ("March", "chart.png", "image/png")
    assert file["size"] == len(PNG)
    info = web.files_info(file=shared["file_id"])["file"]
    assert info["shares"]["public"][channel] == [{"ts": message.ts}]


def test_what_cannot_be_completed(web: WebClient, slack: Playground, channel: str) -> None:
    empty = web.files_getUploadURLExternal(filename="a.png", length=3)["file_id"]
    assert refused(lambda: web.files_completeUploadExternal(files=[{"id": empty}])) == "file_not_found"
    ready = upload(web)
    slack.change_channel(channel, bot=False)
    away: dict[str, Any] = {"files": [{"id": ready}], "channel_id": channel}
    assert refused(lambda: web.files_completeUploadExternal(**away)) == "not_in_channel"
    assert refused(lambda: web.files_getUploadURLExternal(filename="a.png", length=0)) == "missing_argument"
    wordy: dict[str, Any] = {"filename": "a.png", "length": 3, "alt_txt": "x" * 1001}
    assert refused(lambda: web.files_getUploadURLExternal(**wordy)) == "alt_txt_too_large"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"blocks": [{"type": "hologram"}]}, "invalid_blocks"),
        ({"channel_id": "#team"}, "invalid_arguments"),
        ({"title": "Chart"}, "invalid_arguments"),
        ({"files": [{"id": "it", "name": "chart.png"}]}, "invalid_arguments"),
        ({"files": []}, "invalid_arguments"),
    ],
    ids=str,
)
def test_what_goes_with_files_is_held_to_the_rules_of_messages(
    wrong: dict[str, Any], error: str, web: WebClient, ana: Person, channel: str
) -> None:
    """And nothing of a refused call is done: it can be made again, rightly."""
    file_id = upload(web)
    for one in wrong.get("files", []):
        one["id"] = file_id
    call = {"files": [{"id": file_id}], "channel_id": channel}
    assert refused(lambda: web.api_call("files.completeUploadExternal", json=call | wrong)) == error
    assert ana.messages("#team") == []
    parent = web.chat_postMessage(channel=channel, text="March")["ts"]
    web.files_completeUploadExternal(**call, thread_ts=parent, initial_comment="The chart")
    (reply,) = ana.messages("#team")[0].thread
    assert (reply.text, reply.files[0]["id"]) == ("The chart", file_id)


def test_a_deleted_file_is_gone(web: WebClient, slack: Playground, channel: str) -> None:
    file_id = upload(web)
    web.files_completeUploadExternal(files=[{"id": file_id}])
    web.files_delete(file=file_id)
    assert refused(lambda: web.files_info(file=file_id)) == "file_deleted"
    assert (
        refused(lambda: web.chat_postMessage(channel=channel, blocks=image(file_id), text="x"))
        == "invalid_blocks"
    )
