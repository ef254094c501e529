"""Uploads: shared by the third step, ready a while later, and seen where they were shared (rule 14)."""

from typing import Any

import pytest
from slack_sdk import WebClient

from playground.client import Person, Playground
from tests.playground.asking import Ask
from tests.playground.conftest import Connect
from tests.playground.refusals import answered, refused

PNG = b"\x89PNG made up"
READY = 2  # seconds after which a file can be used


def upload(web: WebClient, content: bytes = PNG) -> str:
    """The first two steps by hand; the file's id."""
    step = web.files_getUploadURLExternal(filename="chart.png", length=len(content), alt_txt="A run chart")
    web._upload_file(
        url=step["upload_url"], data=content, logger=web._logger, timeout=5, proxy=None, ssl=None
    )
    return str(step["file_id"])


def finished(web: WebClient, slack: Playground) -> str:
    """A file shared nowhere, once it can be used."""
    file_id = upload(web)
    web.files_completeUploadExternal(files=[{"id": file_id}])
    slack.advance(READY)
    return file_id


def pictures(person: Person, channel: str = "#team") -> list[str]:
    """What a person sees in the place of each picture: its address, or what Slack says of it."""
    images = [one for message in person.messages(channel) for one in message.images]
    return [one.get("not_shown") or one["image_url"] for one in images]


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
    slack.advance(READY)
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
    slack.advance(READY)
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
    slack.advance(READY)
    web.chat_postMessage(channel=channel, blocks=image(file_id), text="x")
    web.files_delete(file=file_id)
    assert pictures(slack.person("Ana")) == ["file_deleted"]
    assert refused(lambda: web.files_info(file=file_id)) == "file_deleted"
    assert (
        refused(lambda: web.chat_postMessage(channel=channel, blocks=image(file_id), text="x"))
        == "invalid_blocks"
    )


def test_a_file_cannot_be_used_in_the_second_after_its_upload(
    web: WebClient, slack: Playground, channel: str
) -> None:
    """python-slack-sdk#1658: files.info names its type by then; before that, messages with it are refused."""
    file_id = upload(web)
    web.files_completeUploadExternal(files=[{"id": file_id}])
    slack.advance(1)
    assert web.files_info(file=file_id)["file"]["mimetype"] == ""
    assert refused(lambda: web.chat_postMessage(channel=channel, blocks=image(file_id), text="x")) == (
        "invalid_blocks"
    )
    slack.advance(1)
    assert web.files_info(file=file_id)["file"]["mimetype"] == "image/png"
    web.chat_postMessage(channel=channel, blocks=image(file_id), text="x")


def test_a_picture_an_edit_brings_is_not_found_by_those_who_read(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    """bolt-python#1295, java-slack-sdk#1441: the edit is taken, and who uploaded the file sees it."""
    first, second = finished(web, slack), finished(web, slack)
    ts = web.chat_postMessage(channel=channel, text="May", blocks=image(first))["ts"]
    web.chat_update(channel=channel, ts=ts, text="June", blocks=image(second))
    assert pictures(ana) == ["file_not_found"]
    assert pictures(Person(slack, slack.app["bot_user_id"], "Bot")) == [f"{slack.url}/control/files/{second}"]
    web.chat_update(channel=channel, ts=ts, text="May", blocks=image(first))
    assert pictures(ana) == [f"{slack.url}/control/files/{first}"]
    web.chat_postMessage(channel=channel, text="June", blocks=image(second))
    web.chat_update(channel=channel, ts=ts, text="June", blocks=image(second))
    assert pictures(ana) == [f"{slack.url}/control/files/{second}"] * 2


def test_a_file_is_seen_by_those_it_was_shared_with(
    web: WebClient, slack: Playground, ana: Person, bo: Person, channel: str
) -> None:
    """One posted to Ana alone shows to nobody else, also where Bo's own message names it."""
    file_id = finished(web, slack)
    web.chat_postMessage(channel=ana.id, text="yours", blocks=image(file_id))
    ts = web.chat_postMessage(channel=channel, text="ours")["ts"]
    web.chat_update(channel=channel, ts=ts, text="ours", blocks=image(file_id))
    assert "file_not_found" not in pictures(ana)
    assert pictures(bo) == ["file_not_found"]


def test_a_window_shows_a_file_only_to_whom_it_was_shared_with(
    web: WebClient, slack: Playground, ana: Person, ask: Ask
) -> None:
    """Whether Slack shows others a private file there is not known: the stricter reading."""
    file_id = finished(web, slack)
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Chart"}, "blocks": image(file_id)}
    web.views_open(trigger_id=ask(), view=view)
    assert ana.modal.images[0]["not_shown"] == "file_not_found"
    web.chat_postMessage(channel=ana.id, text="chart", blocks=image(file_id))
    assert ana.modal.images[0]["image_url"] == f"{slack.url}/control/files/{file_id}"


def test_the_control_shows_private_files_to_all_and_makes_uploads_ready_at_once(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    """What the playground did before it kept to who may see a file: with it no test would see the fault."""
    slack.call("POST", "/control/limits", {"private_files_show": True, "file_ready": 0})
    file_id = upload(web)
    web.files_completeUploadExternal(files=[{"id": file_id}])
    ts = web.chat_postMessage(channel=channel, text="May")["ts"]
    web.chat_update(channel=channel, ts=ts, text="June", blocks=image(file_id))
    assert pictures(ana) == [f"{slack.url}/control/files/{file_id}"]
