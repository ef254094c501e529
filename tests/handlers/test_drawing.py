"""Pictures are drawn in a child that may die, hang or refuse without harm to the bot."""

import multiprocessing
from collections.abc import Iterator

import pytest

from handlers.drawing import Drawing, NotDrawn
from tests.faults.pictures import PNG

LIMIT_S = 6.0  # real seconds; a child is up within one


@pytest.fixture
def drawing() -> Iterator[Drawing]:
    made = Drawing(LIMIT_S)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ("tests.faults.pictures:broken", "ValueError in pictures.py:.* broken"),
        ("tests.faults.pictures:deadly", "died"),
        ("tests.faults.pictures:endless", "took longer than 6 s"),
        ("tests.faults.pictures:nowhere", "AttributeError"),
        ("no.such.module:draw", "ModuleNotFoundError"),
    ],
)
def test_a_picture_that_fails_says_why_and_the_next_one_is_drawn(
    drawing: Drawing, picture: str, words: str
) -> None:
    with pytest.raises(NotDrawn, match=words):
        drawing.draw(picture, 1)
    assert drawing.draw("tests.faults.pictures:fine", "next") == PNG + b"next"


def test_what_a_child_prints_goes_nowhere(drawing: Drawing, capfd: pytest.CaptureFixture[str]) -> None:
    """A library warns of a letter it has no picture of, and names it; the log is no place for that."""
    assert drawing.draw("tests.faults.pictures:warning", "canary") == PNG
    assert capfd.readouterr().err == ""


def test_a_child_that_cannot_start_is_a_picture_lost_and_no_more() -> None:
    """Where no process may be started, as in a daemon of multiprocessing, the words still go."""
    with multiprocessing.get_context("spawn").Pool(1) as daemons:
        words = daemons.apply(draw_in_a_daemon)
    assert words == "the child that draws could not start: AssertionError"


def draw_in_a_daemon() -> str:
    """What is said of a picture there."""
    drawing = Drawing(LIMIT_S)
    try:
        drawing.draw("tests.faults.pictures:fine", 1)
    except NotDrawn as said:
        return str(said)
    finally:
        drawing.close()
    return "drawn"
