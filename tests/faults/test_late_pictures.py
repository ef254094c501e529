"""Words do not wait for pictures, and a picture people could not see where it belongs is in the thread."""

from typing import Any

import pytest
from slack_sdk import WebClient

from handlers.delivery.following import CHANGED
from handlers.delivery.payload import FOLLOWS, LOST
from models.rules.delivery.outcomes import EDIT
from tests.faults.pictures import fine
from tests.office import Office

PICTURE = {"picture": "fine"}


def ready_after(office: Office, seconds: float) -> None:
    office.slack.call("POST", "/control/limits", {"file_ready": seconds})


def read(office: Office) -> list[tuple[str, str]]:
    """Each message of the channel as Ana sees it: its words, and what stands for its picture."""
    return [(_words(message), _picture(message)) for message in office.messages()]


def _words(message: dict[str, Any]) -> str:
    texts = [
        each["text"]
        for block in message["blocks"]
        for each in block.get("elements", [block.get("text")])
        if each
    ]
    return " ".join(each["text"] if isinstance(each, dict) else each for each in texts)


def _picture(message: dict[str, Any]) -> str:
    images = [block for block in message["blocks"] if block["type"] == "image"]
    return next((one.get("not_shown", "shown") for one in images), "")


def files_left(office: Office) -> int:
    """How many files of ours are in the workspace."""
    finished = office.calls("files.completeUploadExternal", accepted=True)
    gone = {call["arguments"]["file"] for call in office.calls("files.delete", accepted=True)}
    return len(finished) - len(gone)


def test_a_picture_that_is_ready_in_time_stands_in_its_message(office: Office) -> None:
    start = office.clock.now()
    office.say("card", args=PICTURE, post="report:1")
    office.deliver(office.pump())
    assert read(office) == [("card", "shown")]
    assert (office.clock.now() - start).total_seconds() <= 3
    assert len(office.calls("files.info")) <= 3


def test_words_go_after_three_seconds_and_the_picture_follows(office: Office) -> None:
    """One upload; and neither other messages nor other channels wait for the picture."""
    ready_after(office, 8)
    start = office.clock.now()
    office.say("card", args=PICTURE, post="report:1")
    pump = office.pump()
    pump.turn()
    for _ in range(3):
        office.slack.advance(1)
        pump.turn()
    assert read(office) == [(f"card {FOLLOWS}", "")]
    office.say("another message")
    office.deliver(pump)
    assert read(office) == [(f"card {FOLLOWS}", ""), ("another message", ""), ("", "shown")]
    card, _, picture = office.messages()
    assert picture["thread_ts"] == card["ts"]
    assert (office.clock.now() - start).total_seconds() <= 18
    assert len(office.calls("files.info")) <= 8
    assert files_left(office) == 1


def test_words_that_nobody_waits_for_go_with_a_picture_that_takes_long(office: Office) -> None:
    """Such are those of a digest: it is read where it stands, and comes a few seconds later."""
    ready_after(office, 8)
    office.say("digest", args={**PICTURE, "is_urgent": False})
    office.deliver(office.pump())
    assert read(office) == [("digest", "shown")]
    assert len(office.calls("files.info")) <= 4


def test_a_picture_that_is_never_ready_is_given_up_and_the_host_is_told(office: Office) -> None:
    ready_after(office, 3600)
    office.say("card", args=PICTURE, post="report:1")
    office.deliver(office.pump())
    assert read(office) == [(f"card {FOLLOWS}", ""), (LOST, "")]
    assert "without its chart" in office.direct("Hana")[0]
    assert len(office.calls("files.info")) <= 8


def test_a_message_with_no_name_of_its_own_has_its_picture_in_the_thread_too(office: Office) -> None:
    """So has a reply: in the same thread, for a reply has none of its own."""
    ready_after(office, 5)
    office.say("signal", args=PICTURE)
    office.say("card", post="report:1")
    office.say("charts", args=PICTURE, post="charts:1", below="report:1")
    office.deliver(office.pump())
    signal, card, charts, *pictures = office.messages()
    assert charts["thread_ts"] == card["ts"]
    assert [one["thread_ts"] for one in pictures] == [signal["ts"], card["ts"]]
    assert [_picture(one) for one in pictures] == ["shown", "shown"]


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        (EDIT, {}),
        (EDIT, {"drop": "after"}),
        (EDIT, {"status": 500, "body": "<html>", "accept": True}),
        ("files.delete", {"status": 429, "retry_after": 3}),
        ("files.delete", {"drop": "after"}),
    ],
)
def test_a_post_corrected_twice_stays_where_it_is_and_its_newest_picture_is_below(
    office: Office, method: str, fault: dict[str, Any]
) -> None:
    """An edit that brought a picture would show it to nobody; files that are not needed any more are gone."""
    pump = office.pump()
    office.say("May 61%", args=PICTURE, post="report:1")
    office.deliver(pump)
    assert read(office) == [("May 61%", "shown")]
    if fault:
        office.slack.fault(method, **fault, times=1)
    office.say("May 62%", args=PICTURE, post="report:1")
    office.deliver(pump)
    assert read(office) == [(f"May 62% {FOLLOWS}", ""), ("", "shown")]
    assert files_left(office) == 1

    if fault:
        office.slack.fault(method, **fault, times=1)
    office.say("May 63%", args=PICTURE, post="report:1")
    office.deliver(pump)
    assert read(office) == [(f"May 63% {FOLLOWS}", ""), (CHANGED, ""), ("", "shown")]
    assert {one["thread_ts"] or one["ts"] for one in office.messages()} == {office.messages()[0]["ts"]}
    assert files_left(office) == 1
    assert set(office.states().values()) == {"sent"}


def test_two_corrections_at_once_bring_one_picture(office: Office) -> None:
    pump = office.pump()
    office.say("May 61%", args=PICTURE, post="report:1")
    office.deliver(pump)
    office.say("May 62%", args=PICTURE, post="report:1")
    office.say("May 63%", args=PICTURE, post="report:1")
    office.deliver(pump)
    assert read(office) == [(f"May 63% {FOLLOWS}", ""), ("", "shown")]
    assert files_left(office) == 1


def test_an_edit_that_leaves_the_picture_true_keeps_it(office: Office) -> None:
    """The same words stand for the same picture here."""
    pump = office.pump()
    for about in ("first", "second", "third"):
        office.say("May 61%", about=about, args=PICTURE, post="report:1")
        office.deliver(pump)
    assert read(office) == [("May 61%", "shown")]
    assert len(office.calls(EDIT)) == 2
    assert len(office.calls("files.completeUploadExternal")) == 1


def test_with_the_old_leniency_nobody_would_see_the_fault(office: Office) -> None:
    """The control: what is asked of each picture above tells one that an edit brought, and else does not."""
    ready_after(office, 0)
    office.say("card", post="report:1")
    office.deliver(office.pump())
    web = WebClient(office.token, office.api_url)
    file = web.files_upload_v2(content=fine(None), filename="chart.png")["files"][0]["id"]
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": "a chart"}
    web.chat_update(channel=office.channel, ts=office.messages()[0]["ts"], text="card", blocks=[image])
    assert read(office) == [("", "file_not_found")]
    office.slack.call("POST", "/control/limits", {"private_files_show": True})
    assert read(office) == [("", "shown")]
