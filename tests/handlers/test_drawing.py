"""Pictures are drawn in a child that may die, hang or refuse without harm to the bot."""

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
        ("tests.faults.pictures:broken", "ValueError: no such month"),
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
