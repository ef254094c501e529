"""What Slack would refuse, or show otherwise than asked: held to its documentation and to what users met."""

from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from slack_sdk import WebClient

from playground.client import Person, Playground, Refusal
from playground.server import running
from tests.playground.asking import Ask
from tests.playground.blockkit import CELL, IMAGE, message, table, without
from tests.playground.conftest import MANIFEST
from tests.playground.forms import entry, home, modal, section
from tests.playground.refusals import answered, refused
from tests.playground.test_files import PNG, READY, image, upload

VIDEO: dict[str, Any] = {
    "type": "video",
    "title": {"type": "plain_text", "text": "How to count"},
    "alt_text": "A film",
    "thumbnail_url": "https://films.example.com/a.png",
    "video_url": "https://films.example.com/a",
}


def finished(web: WebClient, slack: Playground, name: str, content: bytes) -> str:
    """A file shown nowhere yet, once Slack is done with it."""
    step = web.files_getUploadURLExternal(filename=name, length=len(content))
    web._upload_file(
        url=step["upload_url"], data=content, logger=web._logger, timeout=5, proxy=None, ssl=None
    )
    web.files_completeUploadExternal(files=[{"id": step["file_id"]}])
    slack.advance(READY)
    return str(step["file_id"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chart.png", PNG),
        ("chart.jpg", b"\xff\xd8\xff\xe0 made up"),
        ("chart.gif", b"GIF89a made up"),
    ],
)
def test_an_image_shows_a_file_that_is_one(
    name: str, content: bytes, web: WebClient, slack: Playground, channel: str
) -> None:
    blocks = image(finished(web, slack, name, content))
    assert web.chat_postMessage(channel=channel, text="x", blocks=blocks)["ok"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chart.pdf", b"%PDF-1.7"),
        ("chart.webp", b"RIFF\x24\x00\x00\x00WEBP"),
        ("chart.png", b"month,numerator"),
    ],
)
def test_an_image_shows_no_other_file(
    name: str, content: bytes, web: WebClient, slack: Playground, channel: str
) -> None:
    """Png, jpg and gif alone, whatever the name says."""
    blocks = image(finished(web, slack, name, content))
    answer = answered(lambda: web.chat_postMessage(channel=channel, text="x", blocks=blocks))
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == ["[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"]


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/a.png",
        "https://localhost/a.png",
        "https://127.0.0.1:4480/a.png",
        "https://intranet/a.png",
        "https://example.com%2Fa.png",
        "https://files.slack.com/files-pri/T0-F0/a.png",
        "data:image/png;base64,iVBORw0KGgo=",
    ],
)
def test_a_picture_slack_cannot_fetch_is_refused(
    address: str, web: WebClient, channel: str, ask: Ask
) -> None:
    """In a message and in a view, beside a section too; one on a public host passes."""
    blocks = [section("Falls", {**IMAGE, "image_url": address})]
    answer = answered(lambda: web.chat_postMessage(channel=channel, text="x", blocks=blocks))
    where = "blocks/0/accessory/image_url]"
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [f"[ERROR] downloading image failed [json-pointer:/{where}"]
    answer = answered(lambda: web.views_open(trigger_id=ask(), view=modal("Form", *blocks)))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        f"[ERROR] downloading image failed [json-pointer:/view/{where}"
    ]
    web.chat_postMessage(channel=channel, text="x", blocks=[section("Falls", IMAGE)])


def test_a_form_asks_for_files_only_where_the_app_may_read_them(
    web: WebClient, slack: Playground, ask: Ask
) -> None:
    form = modal("Form", entry("Table", {"type": "file_input", "action_id": "it"}))
    assert web.views_open(trigger_id=ask(), view=form)["ok"]
    scopes = [one for one in slack.app["scopes"] if one != "files:read"]
    slack.set_app(scopes=scopes)
    answer = answered(lambda: web.views_open(trigger_id=ask(), view=form))
    assert answer["error"] == "invalid_arguments"
    assert "files:read" in answer["response_metadata"]["messages"][0]


def test_a_file_block_needs_a_remote_file(web: WebClient, channel: str) -> None:
    blocks = [{"type": "file", "external_id": "plan", "source": "remote"}]
    assert refused(lambda: web.chat_postMessage(channel=channel, text="x", blocks=blocks)) == "invalid_blocks"


def test_a_video_needs_its_scope_and_a_domain_the_app_claims(tmp_path: Path) -> None:
    """The words are those users met: incidentfox#246 and bolt-js#1667."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    manifest["features"]["unfurl_domains"] = ["example.com"]
    (tmp_path / "manifest.yml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    with running(tmp_path / "manifest.yml") as served:
        slack = served.client
        web = WebClient(token=slack.app["bot_token"], base_url=served.api_url)
        channel = slack.add_channel("team", [slack.add_person("Ana").id])

        def post(at: str = VIDEO["video_url"]) -> object:
            return web.chat_postMessage(channel=channel, text="x", blocks=[{**VIDEO, "video_url": at}])

        (said,) = answered(post)["errors"]
        assert said.startswith("[ERROR] Video validation failed: Bot scopes missing: [links.embed:write]")
        slack.set_app(scopes=[*slack.app["scopes"], "links.embed:write"])
        post()
        for elsewhere in ("http://example.com/a", "https://notexample.com/a"):
            (said,) = answered(partial(post, elsewhere))["errors"]
            assert "Domain is not a valid unfurl domain claimed by your app" in said


@pytest.mark.parametrize(
    ("said", "error", "detail"),
    [
        (message(table([CELL]), table([CELL])), "invalid_attachments", "only_one_table_allowed"),
        (
            {"text": "x", "attachments": [{"blocks": [{"type": "x"}]}]},
            "invalid_attachments",
            "Slack knows no x",
        ),
        (
            {"text": "x", "attachments": [{"blocks": [{**IMAGE, "image_url": "ftp://a.b"}]}]},
            "invalid_attachments",
            "downloading image failed",
        ),
        (
            {**message(without(IMAGE, "alt_text")), "attachments": [{"colour": "red"}]},
            "invalid_blocks",
            "alt_text",
        ),
    ],
)
def test_a_second_table_and_what_is_attached_have_a_code_of_their_own(
    said: dict[str, Any], error: str, detail: str, web: WebClient, channel: str
) -> None:
    answer = answered(lambda: web.chat_postMessage(channel=channel, **said))
    assert answer["error"] == error
    assert detail in answer["errors"][0]


def test_a_message_of_an_archived_channel_stays_as_it_is(
    web: WebClient, slack: Playground, channel: str
) -> None:
    ts = web.chat_postMessage(channel=channel, text="x")["ts"]
    slack.change_channel(channel, archived=True)
    assert refused(lambda: web.chat_update(channel=channel, ts=ts, text="y")) == "is_inactive"
    assert refused(lambda: web.chat_delete(channel=channel, ts=ts)) == "cant_delete_message"


def test_a_conversation_is_opened_with_somebody(web: WebClient) -> None:
    assert refused(lambda: web.api_call("conversations.open", json={})) == "users_list_not_supplied"


def test_a_home_is_somebodys(web: WebClient) -> None:
    answer = answered(lambda: web.views_publish(user_id="U0NOBODY", view=home(section("Hello"))))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] invalid `user_id` [json-pointer:/user_id]"]


def test_of_who_is_deactivated_little_is_told(web: WebClient, slack: Playground, bo: Person) -> None:
    """Neither time zone, nor roles, nor a name but the profile's."""
    slack.change_person(bo.id, deleted=True)
    told = web.users_info(user=bo.id)["user"]
    assert set(told) == {"id", "team_id", "name", "deleted", "profile", "is_bot", "is_app_user", "updated"}
    assert told["profile"]["real_name"] == "Bo"


def test_an_upload_of_another_length_is_refused_by_http(web: WebClient, slack: Playground) -> None:
    """And no file comes of it."""
    step = web.files_getUploadURLExternal(filename="chart.png", length=len(PNG) + 1)
    address = urlsplit(step["upload_url"])
    connection = HTTPConnection(address.netloc, timeout=5)
    connection.request("POST", address.path, PNG)
    assert connection.getresponse().status == 400
    connection.close()
    made = step["file_id"]
    assert refused(lambda: web.files_completeUploadExternal(files=[{"id": made}])) == "file_not_found"


def test_of_a_deleted_file_a_tombstone_stays_in_its_message(
    web: WebClient, slack: Playground, channel: str
) -> None:
    file_id = upload(web)
    web.files_completeUploadExternal(files=[{"id": file_id}], channel_id=channel)
    web.files_delete(file=file_id)
    (shown,) = web.conversations_history(channel=channel)["messages"]
    assert shown["files"] == [{"id": file_id, "mode": "tombstone"}]


def test_a_tombstone_stands_in_for_a_message_with_replies(web: WebClient, ana: Person, channel: str) -> None:
    """Nobody changes it, replies still find their thread, and with the last of them it goes."""
    parent = web.chat_postMessage(channel=channel, text="October")["ts"]
    reply = web.chat_postMessage(channel=channel, text="The chart", thread_ts=parent)["ts"]
    web.chat_delete(channel=channel, ts=parent)
    (stone,) = web.conversations_history(channel=channel)["messages"]
    assert (stone["subtype"], stone["user"], stone["reply_count"]) == ("tombstone", "USLACKBOT", 1)
    assert [one.text for one in ana.messages("#team")[0].thread] == ["The chart"]
    assert refused(lambda: web.chat_update(channel=channel, ts=parent, text="x")) == "cant_update_message"
    assert web.chat_postMessage(channel=channel, text="x", thread_ts=parent)["message"]["thread_ts"] == parent
    for one in web.conversations_replies(channel=channel, ts=parent)["messages"][1:]:
        web.chat_delete(channel=channel, ts=one["ts"])
    assert web.conversations_history(channel=channel)["messages"] == []
    assert refused(lambda: web.chat_delete(channel=channel, ts=reply)) == "message_not_found"


def test_a_reply_to_what_is_gone_stands_in_the_channel(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    """Slack says nothing of it (slack-go#1571): only its answer lacks the thread. So with a file."""
    parent = web.chat_postMessage(channel=channel, text="October")["ts"]
    web.chat_delete(channel=channel, ts=parent)
    sent = web.chat_postMessage(channel=channel, text="Corrected", thread_ts=parent)
    assert "thread_ts" not in sent["message"]
    there: dict[str, Any] = {"channel_id": channel, "thread_ts": parent, "initial_comment": "The chart"}
    web.files_completeUploadExternal(files=[{"id": upload(web)}], **there)
    slack.wait_for(lambda: [one.text for one in ana.messages("#team")] == ["Corrected", "The chart"])


@pytest.mark.parametrize(
    "make",
    [
        lambda slack: slack.add_person("Cy", id="cy"),
        lambda slack: slack.add_person("Cy", id="C01"),
        lambda slack: slack.add_channel("cy", id="U01"),
        lambda slack: slack.add_channel("cy", id="#cy"),
    ],
)
def test_nobody_has_an_id_that_slack_would_not_give(
    make: Callable[[Playground], object], slack: Playground
) -> None:
    with pytest.raises(Refusal, match="id: Write this like"):
        make(slack)
