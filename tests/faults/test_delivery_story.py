"""What people see of the outbox when nothing breaks."""

import sys
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Text, literal, update

from handlers.delivery.outgoing import TEXT_LIMIT
from handlers.delivery.pump import SENDERS
from models.rules.delivery.verdicts import UNREADABLE
from models.tables.outbox import outbox_messages
from playground.limits import Rates
from tests.clock import T0
from tests.office import Office


def test_a_message_goes_out_once_and_carries_its_nonce(office: Office) -> None:
    """The nonce is in the metadata and in the first block's id; the row knows the message's ts."""
    assert office.say("Cedar reported.")
    assert not office.say("Cedar reported."), "the same key twice is one row"
    pump = office.pump()

    assert pump.turn() == 1
    assert pump.turn() == 0

    (call,) = office.calls()
    row = office.rows()["Cedar reported."]
    sent = call["arguments"]
    assert (row.state, row.slack_ts) == ("sent", call["response"]["ts"])
    assert sent["metadata"] == {"event_type": "momentum_delivery", "event_payload": {"nonce": row.nonce}}
    assert sent["blocks"][0]["block_id"] == f"d:{row.nonce}"
    assert (sent["unfurl_links"], sent["unfurl_media"]) == (False, False)
    assert office.seen() == ["Cedar reported."]


def test_a_subject_is_posted_once_and_edited_in_place_afterwards(office: Office) -> None:
    """The roll call stays one message; once somebody deletes it, the next edit posts it anew."""
    pump = office.pump()
    for text in ("1 of 4 in", "2 of 4 in"):
        office.say(text, post="roll_call:1")
        office.deliver(pump)
    assert office.seen() == ["2 of 4 in"]
    assert len(office.calls()) == 1

    first = office.messages()[0]
    office.client_delete(first["ts"])
    for text in ("3 of 4 in", "4 of 4 in"):
        office.say(text, post="roll_call:1")
    office.deliver(pump)

    assert office.seen() == ["4 of 4 in"]
    assert len(office.calls()) == 2
    assert set(office.states().values()) == {"sent"}


def test_edits_that_pile_up_become_one(office: Office) -> None:
    """All are composed from the same ids at the last moment, so the last one says what the others would."""
    pump = office.pump()
    for number in range(10):
        office.say("the roll call as it stands", about=f"roll_call:1:{number}", post="roll_call:1")
    office.deliver(pump)
    assert (len(office.calls()), len(office.calls("chat.update"))) == (1, 1)
    assert sorted(office.states().values()) == ["dropped"] * 8 + ["sent"] * 2


@pytest.mark.parametrize("unseen", ["said again later", "no longer true"])
def test_edits_nobody_will_see_take_none_of_slacks_pace(office: Office, unseen: str) -> None:
    """A host corrects the names of a whole month; what is said next in the channel is not late for it."""
    pump, is_one_post = office.pump(), unseen == "said again later"
    posts = ["card:0"] if is_one_post else [f"card:{number}" for number in range(12)]
    for post in posts:
        office.say("a card", about=post, post=post)
    office.deliver(pump)
    for number in range(172 if is_one_post else 12):
        text = "the card as it stands" if is_one_post else ""
        office.say(text, about=f"{number}:edit", post=posts[number % len(posts)])
    office.say("news")
    before = office.clock.now()
    office.deliver(pump, step=0.25)
    assert len(office.calls("chat.update")) == int(is_one_post)
    assert office.seen()[-1] == "news"
    assert office.clock.now() - before < timedelta(seconds=5)


def test_a_reply_waits_for_the_message_it_answers(office: Office) -> None:
    """A reply due before its parent moves behind it; a reply to a message that failed fails too, quietly."""
    pump = office.pump()
    office.say("chart", below="report:1")
    office.say("card", post="report:1")
    office.say("lost", post="report:2", kind="unheard of")
    office.say("reply to the lost", below="report:2")
    office.deliver(pump)

    card, chart = (message for message in office.messages() if message["text"] in {"card", "chart"})
    assert (card["text"], chart["thread_ts"]) == ("card", card["ts"])
    assert office.states()["reply to the lost"] == "failed"
    assert len(office.direct("Hana")) == 1, "one notice, for the parent"


def test_a_channel_keeps_its_order_at_one_message_a_second_and_others_do_not_wait(office: Office) -> None:
    other = office.slack.add_channel("cedar", [office.cast.slack["Ana"]])
    texts = [str(number) for number in range(6)]
    for text in texts:
        office.say(text)
    office.say("for Cedar", other)
    pump = office.pump()

    assert pump.turn() == 2
    assert office.seen(other) == ["for Cedar"]
    assert pump.turn() == 0, "no time has passed"
    office.deliver(pump, step=0.25)

    assert office.seen() == texts
    at = [
        call["at"] for call in office.calls(accepted=True) if call["arguments"]["channel"] == office.channel
    ]
    assert all(later - earlier >= 1 for earlier, later in pairwise(at))
    assert not office.calls(status=429)


def test_many_direct_messages_go_as_fast_as_slack_lets_them_and_no_faster(office: Office) -> None:
    """No call of ours is refused, and at least seven in ten of what Slack allows are used."""
    people = [office.slack.add_person(f"p{number}").id for number in range(60)]
    for person in people:
        office.say(f"Hello {person}.", person)
    office.deliver(office.pump(), step=0.25)

    calls = office.calls()
    assert [call["status"] for call in calls] == [200] * len(people)
    took = calls[-1]["at"] - calls[0]["at"]
    allowed = Rates().posting_per_minute
    assert 0.7 * allowed < (len(people) - SENDERS) / took * 60 < 0.9 * allowed


def test_a_direct_message_goes_to_the_person_and_its_post_can_be_edited(office: Office) -> None:
    pump, ana = office.pump(), office.cast.slack["Ana"]
    for text in ("Your report is due.", "Thank you, it is in."):
        office.say(text, ana, post="reminder:1")
        office.deliver(pump)
    assert office.direct("Ana") == ["Thank you, it is in."]


def test_what_is_no_longer_true_or_too_late_is_dropped_with_a_record(office: Office) -> None:
    office.say("", about="untrue")
    office.say("late", expires=office.clock.now())
    office.say("in time")
    office.deliver(office.pump())
    rows = office.rows()
    assert office.seen() == ["in time"]
    assert [(rows[key].state, rows[key].last_error) for key in ("untrue", "late")] == [
        ("dropped", "no longer true"),
        ("dropped", f"expired: it was good until {T0:%Y-%m-%d %H:%M} UTC"),
    ]


def test_a_broken_row_fails_alone_and_the_host_hears_of_it_once(office: Office) -> None:
    """The queue goes on behind a row nobody can compose; the same fault brings no second notice."""
    office.say("a", args={"text": 5})
    office.say("b", args={"text": 5})
    office.say("c", kind="of a later version")
    office.say("d")
    office.deliver(office.pump())

    assert {key: office.states()[key] for key in "abcd"} == dict.fromkeys("abc", "failed") | {"d": "sent"}
    notices = office.direct("Hana")
    assert len(notices) == 2
    assert "the fault is mine: could not be composed" in notices[0]
    assert "Show this to whoever runs me; then press Try again." in notices[0]


BROKEN = literal("{oops", Text)


@pytest.mark.parametrize(
    ("database_url", "args"),
    [("sqlite", BROKEN), ("sqlite", [1, 2]), ("postgres", [1, 2])],  # Postgres keeps no broken JSON
    indirect=["database_url"],
)
def test_a_row_nobody_can_read_fails_alone(office: Office, args: Any) -> None:
    """Row 17: the rows before and behind it go, and the host hears of it."""
    for text in ("first", "bad", "after it"):
        office.say(text, post="roll_call:1")
    spoil = update(outbox_messages).where(outbox_messages.c.dedupe_key == "word:bad").values(args=args)
    office.db.write(lambda db: db.execute(spoil) and None)
    office.deliver(office.pump())

    assert office.seen() == ["after it"]
    bad = office.rows()["bad"]
    assert (bad.state, bad.last_error) == ("failed", UNREADABLE)
    assert len(office.direct("Hana")) == 1


def test_a_text_stays_below_what_slack_would_split(office: Office) -> None:
    office.say("x" * 5000, about="long")
    office.deliver(office.pump())
    assert len(office.seen()[0]) == TEXT_LIMIT


def test_a_picture_is_uploaded_unseen_and_shown_in_the_one_message(office: Office) -> None:
    """It is drawn in a child: the bot itself never loads matplotlib."""
    before = "matplotlib" in sys.modules
    office.say("with a chart", args={"picture": "is_matplotlib_here"})
    office.deliver(office.pump())

    (message,) = office.messages()
    image = message["blocks"][1]
    (file,) = office.calls("files.completeUploadExternal")
    assert image["slack_file"]["id"] == file["response"]["files"][0]["id"]
    assert image["alt_text"] == "Blood pressure rises."
    assert "channel_id" not in file["arguments"]
    assert ("matplotlib" in sys.modules) == before


@pytest.mark.parametrize("picture", ["broken", "deadly", "missing"])
def test_a_picture_that_cannot_be_drawn_leaves_the_words_and_tells_the_host(
    office: Office, picture: str
) -> None:
    """A child that dies takes one picture with it; the next picture is drawn again."""
    office.say("words", args={"picture": picture})
    office.say("more words", args={"picture": "fine"})
    office.deliver(office.pump())

    assert office.seen() == ["words", "more words"]
    assert [len(message["blocks"]) for message in office.messages()] == [1, 2]
    (notice,) = office.direct("Hana")
    assert "without its chart" in notice
