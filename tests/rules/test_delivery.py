"""What Slack's answers mean, how long to wait, and whose turn it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.delivery.fair_queue import NextRow, choose, first_of_channels
from models.rules.delivery.outcomes import EDIT, POST, Outcome, outcome_of, retry_after
from models.rules.delivery.verdicts import (
    ANY,
    GIVE_UP_TRIES,
    Claimed,
    Failed,
    Held,
    Later,
    Refusal,
    State,
    back_off,
    before_sending,
    look_again,
    verdict_of,
)
from tests.clock import T0


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("ratelimited", Outcome.RATE),
        ("rate_limited", Outcome.RATE),
        ("fatal_error", Outcome.UNSURE),
        ("duplicate_message_not_found", Outcome.UNSURE),
        ("is_archived", Outcome.PERMANENT),
        ("user_disabled", Outcome.PERMANENT),
        ("a_code_of_next_year", Outcome.PERMANENT),
        ("token_revoked", Outcome.WORKSPACE),
        ("missing_scope", Outcome.WORKSPACE),  # of a post: no message gets through
        ("message_limit_exceeded", Outcome.NOT_SENT),
        ("message_not_found", Outcome.PERMANENT),
    ],
)
def test_each_code_of_slack_has_a_class(code: str, outcome: Outcome) -> None:
    assert outcome_of(code) is outcome


def test_a_post_that_is_gone_is_made_anew_only_where_it_was_to_be_edited() -> None:
    gone = Refusal(EDIT, outcome_of("edit_window_closed", EDIT), "edit_window_closed")
    verdict = verdict_of(_claimed(), gone, T0, 0)
    assert isinstance(verdict, Later)
    assert verdict.forgets_post


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("1", 1), ("30", 30), ("0", 1), (None, 5), ("", 5), ("soon", 5), ("-3", 5), ("nan", 5), ("1e9", 3600)],
)
def test_retry_after_is_read_whatever_it_says(header: str | None, seconds: int) -> None:
    assert retry_after(header) == timedelta(seconds=seconds)


def test_a_try_that_was_not_sent_waits_1_2_4_up_to_60_seconds() -> None:
    waits = [back_off(attempts, 0).total_seconds() for attempts in range(1, 9)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert [look_again(attempts).total_seconds() for attempts in range(1, 5)] == [2, 10, 30, 30]


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_no_wait_is_longer_than_75_seconds(attempts: int, jitter: float) -> None:
    assert timedelta(seconds=1) <= back_off(attempts, jitter) <= timedelta(seconds=75)


def test_what_slack_may_have_taken_is_looked_for_however_old_it_is() -> None:
    """Or the host would hear that it failed while people see it, and its next edit would be a second post."""
    verdict = verdict_of(_claimed(), Refusal(POST, Outcome.UNSURE, "HTTP 500"), T0 + timedelta(days=3), 0)
    assert isinstance(verdict, Later)
    assert verdict.unsure_at == T0 + timedelta(days=3)


@pytest.mark.parametrize("outcome", [Outcome.RATE, Outcome.NOT_SENT])
def test_what_fails_for_a_whole_day_is_given_to_a_person(outcome: Outcome) -> None:
    """Not what was tried once before the machine slept for a day."""
    refusal = Refusal(POST, outcome, "HTTP 500")
    often, day_later = replace(_claimed(), attempts=GIVE_UP_TRIES), T0 + timedelta(hours=24)
    assert isinstance(verdict_of(often, refusal, day_later - timedelta(seconds=1), 0), Later)
    assert isinstance(verdict_of(_claimed(), refusal, day_later, 0), Later)
    assert isinstance(verdict_of(often, refusal, day_later, 0), Failed)


@pytest.mark.parametrize("outcome", [Outcome.RATE, Outcome.NOT_SENT, Outcome.UNSURE, Outcome.GONE])
def test_a_call_that_shows_nothing_leaves_uncertain_what_was_uncertain(outcome: Outcome) -> None:
    """A look that fails, or an upload, says nothing about the message."""
    row = _claimed(unsure=True)
    verdict = before_sending(row, Refusal("conversations.history", outcome, "x"), T0, 0)
    assert isinstance(verdict, Later)
    assert (verdict.unsure_at, verdict.missed_at) == (row.unsure_at, row.missed_at)


def test_a_refusal_of_the_workspace_holds_and_one_of_the_channel_fails() -> None:
    assert isinstance(verdict_of(_claimed(), Refusal(POST, Outcome.WORKSPACE, "x"), T0, 0), Held)
    assert isinstance(verdict_of(_claimed(), Refusal(POST, Outcome.PERMANENT, "x"), T0, 0), Failed)


rows = st.builds(
    NextRow,
    id=st.integers(1, 10_000),
    workspace_id=st.just(1),
    channel=st.sampled_from(["C1", "C2", "C3", "C4"]),
    state=st.sampled_from([State.PENDING, State.SENDING]),
    due_at=st.integers(-300, 0).map(lambda s: T0 + timedelta(seconds=s)),
    created_at=st.just(T0),
    next_try_at=st.integers(-300, 300).map(lambda s: T0 + timedelta(seconds=s)),
    lease_until=st.integers(-60, 60).map(lambda s: T0 + timedelta(seconds=s)),
    attempts=st.integers(0, 12),
    was_tried=st.booleans(),
    is_edit=st.booleans(),
    opens_at=st.none(),
    shut_at=st.none(),
)


@given(st.lists(rows, max_size=30, unique_by=lambda row: row.id), st.integers(1, 8))
def test_a_turn_takes_one_row_a_channel_and_none_where_a_sender_is_at_work(
    found: list[NextRow], limit: int
) -> None:
    chosen = choose(found, {}, T0, limit)
    places = [row.channel for row in chosen]
    in_hand = {
        row.channel
        for row in found
        if row.state is State.SENDING and row.lease_until is not None and row.lease_until > T0
    }
    assert len(chosen) <= limit
    assert len(set(places)) == len(places)
    assert not in_hand & set(places)
    assert sum(row.is_edit for row in chosen) <= 1


def test_what_is_said_goes_in_that_order_though_the_clock_was_set_back_in_between() -> None:
    """What was planned for a moment before has its turn then."""
    back = T0 - timedelta(hours=1)
    said = _row(2, "C1")
    said_later = replace(said, id=3, due_at=back, created_at=back)
    planned = replace(said, id=1, due_at=back, created_at=back - timedelta(days=1))
    assert first_of_channels([said_later, said]) == [said]
    assert first_of_channels([said_later, said, planned]) == [planned]
    assert first_of_channels([said, replace(said_later, channel="C2")]) == [
        said,
        replace(said_later, channel="C2"),
    ]


def test_turns_are_shared_between_channels() -> None:
    """One that was just served does not push out the next."""
    served = replace(_row(1, "C1"), opens_at=T0 - timedelta(seconds=1), shut_at=T0)
    assert choose([served, _row(50, "C2")], {}, T0, 1)[0].channel == "C2"


@pytest.mark.parametrize("gate", [ANY, POST])
def test_a_gate_that_is_shut_lets_nothing_through(gate: str) -> None:
    assert not choose([_row(1, "C1")], {gate: T0 + timedelta(seconds=1)}, T0, 8)


def test_a_channel_that_is_shut_lets_nothing_through_unless_the_clock_was_set_back_since() -> None:
    shut = replace(_row(1, "C1"), opens_at=T0 + timedelta(seconds=1), shut_at=T0)
    assert not choose([shut], {}, T0, 8)
    assert choose([replace(shut, shut_at=T0 + timedelta(seconds=1))], {}, T0, 8)


def _row(number: int, channel: str) -> NextRow:
    return NextRow(
        id=number,
        workspace_id=1,
        channel=channel,
        state=State.PENDING,
        due_at=T0,
        created_at=T0,
        next_try_at=T0,
        lease_until=None,
        attempts=0,
        was_tried=False,
        is_edit=False,
        opens_at=None,
        shut_at=None,
    )


def _claimed(*, unsure: bool = False) -> Claimed:
    return Claimed(
        id=1,
        workspace_id=1,
        collaborative_id=1,
        kind="word",
        args={},
        channel="C1",
        subject=None,
        thread_subject=None,
        nonce="n",
        files={},
        expires_at=None,
        due_at=T0,
        attempts=2,
        unsure_at=T0 - timedelta(seconds=5) if unsure else None,
        missed_at=T0 - timedelta(seconds=4) if unsure else None,
        first_try_at=T0,
        look_from=T0,
        shown_before=None,
        owner="me",
    )
