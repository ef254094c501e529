"""No message is longer than Slack takes, whoever composes it; what does not fit is one press away."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from handlers import registry
from handlers.delivery.outgoing import Outgoing, Picture
from handlers.delivery.pump import Pump
from handlers.delivery.whole import fitted, whole_view
from handlers.slack.blocks import MESSAGE_ROOM, Block, actions, button, context, header, room_of, section
from models.rules.report.report import NARRATIVE_LABELS, SHARED_WORDS
from models.services.delivery import outbox
from models.tables.outbox import outbox_messages
from playground.client import Message
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, REPEAT
from tests.drawing import DRAWING
from tests.handlers.samples import QUICK
from tests.handlers.slack_views import assert_message, assert_view, seen
from tests.handlers.stage import Stage

PICTURE = Picture("chart", "spec", "tests.faults.pictures:draw", "chart.png", "y" * 900)
IMAGE = {"type": "image", "block_id": "chart", "alt_text": PICTURE.alt_text}
BLOCKS = st.one_of(
    st.integers(1, 3000).map(lambda length: section("w" * length)),
    st.integers(1, 2000).map(lambda length: context("c" * length)),
    st.just(header("A headline")),
    st.just(actions(button("Chart", "chart_open", "1"))),
)


def composed(blocks: list[Block], at: int) -> Outgoing:
    return Outgoing("words", [*blocks[:at], IMAGE, *blocks[at:]], (PICTURE,))


@given(st.lists(BLOCKS, min_size=1, max_size=48), st.integers(0, 48))
@settings(max_examples=150, deadline=None, phases=QUICK)
def test_whatever_is_composed_has_room_and_nothing_of_it_is_lost(blocks: list[Block], at: int) -> None:
    """As it is where it fits; else what can be done stays, and all words are in the window of the button."""
    outgoing = composed(blocks, at)
    message = fitted(outgoing)
    assert_message(message.text, message.blocks)
    assert room_of(message.blocks) <= MESSAGE_ROOM
    if message is outgoing:
        return
    assert room_of(outgoing.blocks) > MESSAGE_ROOM
    assert "Show all" in seen(message.blocks[-1])
    assert [block for block in message.blocks[:-1] if block["type"] == "actions"] == [
        block for block in blocks if block["type"] == "actions"
    ]
    assert bool(message.pictures) == (IMAGE in message.blocks)
    view = whole_view(outgoing)
    assert_view("modal", view)
    words = seen(view["blocks"])
    assert all(seen(block).strip() in words for block in blocks if block["type"] != "actions")
    assert PICTURE.alt_text in words


def longest(_db: object, _args: object, _now: object) -> Outgoing:
    """Fifty blocks of three thousand characters, though Slack takes each of them."""
    return Outgoing("long", [section(f"{at} {'w' * 2990}") for at in range(50)])


def test_every_kind_of_message_goes_out_however_long_it_is(stage: Stage) -> None:
    """Whatever a feature composes passes one place: Slack refuses none as too long."""
    pump = Pump(
        stage.deps,
        stage.slack_client,
        dict.fromkeys(registry.COMPOSERS, longest),
        DRAWING,
        hooks=registry.HOOKS,
    )
    now, whose = stage.clock.now(), stage.cast.collaborative
    for kind in registry.COMPOSERS:
        stage.db.write(partial(outbox.say, collaborative=whose, kind=kind, about="1", args={}, now=now))
    for _ in range(2 * len(registry.COMPOSERS)):
        pump.turn()
        stage.slack.advance(1)
    pump.stop(5)
    assert stage.count(outbox_messages, outbox_messages.c.state == "sent") == len(registry.COMPOSERS)
    assert len(stage.person("Ana").messages(stage.channel)) == len(registry.COMPOSERS)


def long_card(stage: Stage) -> Message:
    """A report whose words take more room than a message has."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    for label, number in ((NUMERATOR, 42), (DENOMINATOR, 60), (REPEAT, 18), (HIGH, 20)):
        bo.fill(label, number)
    bo.submit()
    for name, label in NARRATIVE_LABELS.items():
        bo.fill(label, f"{name} {'<' * 460} {name}.")
    bo.submit()
    stage.modal(bo, "Kept.")
    bo.close()
    stage.deliver()
    return stage.post(bo, "Cedar reported June 2026")


def test_the_button_below_a_long_message_shows_all_of_it(stage: Stage) -> None:
    """The card keeps its buttons and its first words; the window has the last ones too."""
    chidi, card = stage.person("Chidi"), long_card(stage)
    last = f"{SHARED_WORDS[-1]}."
    assert last not in card.all_text
    assert {"Correct", "Show all"} <= set(card.buttons)
    chidi.press("Show all", in_=card)
    window = stage.modal(chidi, last)
    assert all(f"{name} &lt;" in window.all_text for name in SHARED_WORDS)
    assert "coach_note" not in window.all_text


@pytest.mark.who_may("delivery")
def test_nobody_reads_a_message_they_do_not_see(stage: Stage) -> None:
    """A press shows what stands where Slack says it was pressed; a private message to its reader alone."""
    cora, chidi, card = stage.person("Cora"), stage.person("Chidi"), long_card(stage)
    chidi.press("Show all", in_=card)
    stage.modal(chidi, "The whole message")
    chidi.close()
    press = stage.last_payload("block_actions")
    note = next(each.ts for each in cora.messages("Momentum") if "wrote its coach a note" in each.text)
    stage.slack.advance(5)
    with capture_logs() as logs:
        stage.send({**press, "container": {**press["container"], "message_ts": note}})
        stage.slack.wait_for(lambda: any(each["event"] == "refused" for each in logs))
    assert "coach a note" not in str(stage.slack.screen_of(chidi.id))
