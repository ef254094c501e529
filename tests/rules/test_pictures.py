"""How long words wait for their pictures, and what becomes of pictures when their message is edited."""

from datetime import datetime, timedelta

import pytest

from models.rules.delivery.pictures import edited, late, next_look, put_off, shown, standing
from tests.clock import T0


def looks(*, is_urgent: bool) -> list[float]:
    """The seconds after the upload at which a row looks whether its picture is ready, in vain."""
    found: list[float] = []
    again: datetime | None = T0
    while again := next_look(T0, again, is_urgent=is_urgent):
        found.append((again - T0).total_seconds())
    return found


def test_urgent_words_wait_three_seconds_and_a_picture_is_looked_for_eight_times_in_fifteen() -> None:
    words, following = looks(is_urgent=True), looks(is_urgent=False)
    assert max(words) <= 3
    assert len(words) + len(following) <= 8
    assert max(words) + max(following) <= 15


def test_a_clock_set_back_ends_the_wait() -> None:
    assert next_look(T0, T0 - timedelta(hours=1), is_urgent=True) is None


def test_what_follows_is_not_shown_and_keeps_its_file() -> None:
    files = {"a": "F1", "b": put_off("F2"), "c": put_off(), "d": ""}
    assert shown(files) == {"a": "F1"}
    assert late(files) == {"b": "F2", "c": ""}


def test_only_what_was_posted_stands_and_an_edit_can_but_let_it_go() -> None:
    """Also where an edit of an earlier release brought a file: nobody sees that one."""
    sent = [
        ("card", "1.0", {"a": "F1", "b": "F2"}),
        ("card", "1.0", {"a": "F1", "new": "F3"}),
        ("reply", "2.0", {"c": "F4"}),
    ]
    assert standing(sent) == {"card": {"a": "F1"}, "reply": {"c": "F4"}}
    assert standing([*sent, ("card", "3.0", {"d": "F5"})])["card"] == {"d": "F5"}, "posted anew"


@pytest.mark.parametrize(
    ("wanted", "kept", "gone", "becomes"),
    [
        ("ab", {"a", "b"}, (), (False, ("reply",))),
        ("ax", {"a"}, ("F2",), (True, ("reply",))),
        ("ac", {"a"}, ("F2",), (False, ())),
        ("", set(), ("F1", "F2"), (False, ("reply",))),
    ],
)
def test_an_edit_keeps_what_is_true_and_has_the_rest_follow(
    wanted: str, kept: set[str], gone: tuple[str, ...], becomes: tuple[bool, tuple[str, ...]]
) -> None:
    posts = {"card": {"a": "F1", "b": "F2"}, "reply": {"c": "F3"}}
    edit = edited("card", wanted, posts, {}, new_ones_follow=True)
    assert set(shown(edit.files)) == kept
    assert set(late(edit.files)) == set(wanted) - kept, "their place says where they are"
    assert (edit.gone, (edit.follows, edit.overtaken)) == (gone, becomes)
