"""Who sees which picture: in each place where one stands, new, corrected, and read by everybody there."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from handlers.charts import page as chart_page
from handlers.charts.filling import LOOKS_AFTER_S
from handlers.delivery.payload import FOLLOWS
from models.errors import DomainError
from models.rules.charts.choice import ChartChoice
from models.rules.collaborative.people import Visitor
from playground.client import Message, Person
from tests.cast import NUMERATOR, PEOPLE
from tests.handlers.stage import Stage
from tests.scenarios.charting import A_MONTH, freeze, lay_months, open_chart, report
from tests.scenarios.digest.monday import MONDAY, digests, tick, until

READERS = ("Bo", "Chidi", "Cora", "Zoe")  # the team, a peer, its coach, and somebody who takes no part


@pytest.fixture(autouse=True)
def zoe(stage: Stage) -> Person:
    """Somebody of the workspace who takes no part and is in no channel."""
    return stage.slack.add_person("Zoe")


def correct(stage: Stage, *numbers: int) -> None:
    """Correct Cedar's June, once for each number."""
    bo = stage.person("Bo")
    for number in numbers:
        stage.slack.advance(60)
        bo.press("Correct")
        stage.modal(bo, "Change what you need.")
        bo.fill(NUMERATOR, number)
        for _ in range(4):
            if "stands as you have it now" in bo.modal.all_text:
                break
            bo.submit()
        bo.close()
        stage.deliver()


def unseen(stage: Stage) -> list[str]:
    """What anybody has on their screen in the place of a picture."""
    names = [*(name for name, user in PEOPLE.items() if user), "Zoe"]
    return [
        image["not_shown"]
        for name in names
        for message in _messages(stage.person(name))
        for image in message.images
        if "not_shown" in image
    ]


def _messages(person: Person) -> Iterator[Message]:
    screen = person.screen()
    for channel in screen.raw["channels"]:
        for message in screen.messages(channel["id"]):
            yield from (message, *message.thread)


def uploads(stage: Stage) -> int:
    """How many files of ours are in the workspace."""
    made = stage.slack.journal("api", method="files.completeUploadExternal", accepted=True)
    gone = stage.slack.journal("api", method="files.delete", accepted=True)
    return len(made) - len({call["arguments"]["file"] for call in gone})


def titles(*messages: Message) -> list[str]:
    """Whose chart of what each picture is."""
    images = [image for message in messages for image in message.images]
    return [image["alt_text"].removeprefix("Run chart. ").partition(":")[0] for image in images]


@pytest.mark.parametrize("name", READERS)
def test_a_card_and_its_charts_show_to_all(stage: Stage, zoe: Person, name: str) -> None:
    lay_months(stage)
    report(stage, "Bo", 61)
    card = stage.post(stage.person(name), "Cedar reported June 2026")
    assert titles(card, *card.thread) == ["Cedar, BP control", "Cedar, Repeat BP taken"]
    assert unseen(stage) == []


def test_a_card_corrected_twice_keeps_its_place_and_all_see_the_chart_as_it_is(
    stage: Stage, zoe: Person
) -> None:
    """Its thread holds the newest chart and the one message that never changed; no file is left over."""
    lay_months(stage)
    report(stage, "Bo", 61)
    ts = stage.post(zoe, "Cedar reported June 2026").ts
    correct(stage, 62, 63)
    for name in READERS:
        card = stage.post(stage.person(name), "Cedar reported June 2026")
        assert card.ts == ts
        assert FOLLOWS in card.all_text
        assert "*BP control* 63.0% (63/100)" in card.all_text
        assert titles(card) == []
        assert titles(*card.thread) == ["Cedar, Repeat BP taken", "Cedar, BP control"]
        assert "63" in str([image["alt_text"] for image in card.thread[-1].images])
    assert unseen(stage) == []
    assert uploads(stage) == 2


def test_words_corrected_leave_the_picture_where_it_is(stage: Stage) -> None:
    """The chart says the same as before."""
    lay_months(stage)
    report(stage, "Bo", 61)
    bo = stage.person("Bo")
    bo.press("Correct")
    stage.modal(bo, "Change what you need.")
    bo.submit()
    stage.modal(bo, "Step 2 of 2")
    bo.fill("What did you test?", "Cuffs in every room")
    bo.submit()
    stage.modal(bo, "stands as you have it now")
    bo.close()
    stage.deliver()
    card = stage.post(bo, "Cedar reported June 2026")
    assert "Cuffs in every room" in card.all_text
    assert len(titles(card)) == 1
    assert unseen(stage) == []
    assert uploads(stage) == 2


def test_a_signal_and_a_digest_show_their_charts_to_who_reads_them(stage: Stage, zoe: Person) -> None:
    """The digest is edited when a report in it was corrected twice: its line says the chart, and opens it."""
    lay_months(stage)
    cora = stage.person("Cora")
    freeze(stage, cora, "December 2025", "No tests of change before January")
    cora.close()
    report(stage, "Bo", 61)
    stage.slack.advance(A_MONTH)
    report(stage, "Bo", 63)
    stage.tick()
    stage.deliver()
    signal = stage.post(zoe, "hardly chance")
    assert len(signal.images) == 1
    assert unseen(stage) == []


def test_a_digest_that_is_said_anew_shows_no_picture_its_reader_cannot_open(stage: Stage) -> None:
    """A report was corrected since it went; the line says what the chart shows, and a button opens it."""
    lay_months(stage)
    stage.slack.advance(2 * 86_400)
    report(stage, "Bo", 61)
    until(stage, MONDAY)
    tick(stage)
    cora = stage.person("Cora")
    [before] = digests(cora)
    assert len(titles(before)) == 1
    correct(stage, 62, 63)
    cora.press("Give feedback", in_=before)
    stage.modal(cora, "I like")
    cora.fill("I like", "All of it")
    cora.submit()
    stage.modal(cora, "Sent. It is on its way to Cedar.")
    cora.close()
    stage.deliver()
    [after] = digests(cora)
    assert after.ts == before.ts
    assert titles(after) == []
    assert "Chart" in after.buttons
    assert unseen(stage) == []


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("Bo", "", "Cedar, BP control: "),
        ("Chidi", "cedar M1", "Cedar, BP control: "),
        ("Cora", "cedar M1", "Cedar, BP control: "),
        ("Hana", "all M1", "all teams together"),
    ],
)
def test_a_window_says_it_in_words_and_sends_the_picture(
    stage: Stage, name: str, words: str, said: str
) -> None:
    """Whether Slack shows a private file there is not known, and here it does not. A team and the sheet."""
    lay_months(stage)
    lay_months(stage, (30, 31, 33), "Birch")
    person = stage.person(name)
    window = open_chart(stage, person, words, said, "Send me the picture")
    kinds = [block["type"] for block in window.blocks]
    assert kinds.index("section") < kinds.index("image"), "the words come first"
    assert {image.get("not_shown") for image in window.images} == {"file_not_found"}
    person.press("Send me the picture")
    stage.modal(person, "on its way to our direct messages")
    stage.slack.wait_for(lambda: len(_files(person)) == len(window.images))


def _files(person: Person) -> list[str]:
    return [file["name"] for message in person.messages("Momentum") for file in message.files]


def test_a_window_is_filled_once_and_looks_a_few_times_whether_it_may(stage: Stage) -> None:
    """One views.update; of a picture that is never ready the words tell."""
    lay_months(stage)
    bo = stage.person("Bo")
    open_chart(stage, bo, "", "Median 52%")
    assert len(stage.slack.journal("api", method="views.update")) == 1
    bo.close()
    stage.slack.call("POST", "/control/limits", {"file_ready": 3600})
    before = len(stage.slack.journal("api", method="files.info"))
    window = open_chart(stage, bo, "", "Median 52%", "The chart cannot be shown just now")
    assert window.images == []
    looks = len(stage.slack.journal("api", method="files.info")) - before
    assert looks == len(LOOKS_AFTER_S) == 8
    assert sum(LOOKS_AFTER_S) <= 15
    assert len(stage.slack.journal("api", method="views.update")) == 2


def test_pictures_of_windows_are_deleted_when_another_takes_their_place_or_they_are_closed(
    stage: Stage,
) -> None:
    lay_months(stage)
    cora = stage.person("Cora")
    open_chart(stage, cora, "Cedar M1", "Median 52%")
    cora.choose("Team", "Birch")
    stage.modal(cora, "There are no values yet.")
    stage.slack.wait_for(lambda: uploads(stage) == 0)
    cora.choose("Team", "Cedar")
    stage.modal(cora, "Median 52%")
    assert uploads(stage) == 1
    cora.press("Freeze the median on a baseline")
    stage.modal(cora, "Last month of the baseline")
    stage.slack.wait_for(lambda: uploads(stage) == 0)
    cora.close()
    freeze(stage, cora, "December 2025", "No tests of change before January")
    assert uploads(stage) == 1, "the preview's is gone"
    cora.close()
    stage.slack.wait_for(lambda: uploads(stage) == 0)


@pytest.mark.who_may("charts")
def test_nobody_outside_is_sent_a_picture(stage: Stage, zoe: Person) -> None:
    lay_months(stage)
    team = stage.slack.app["team_id"]
    choice = ChartChoice(stage.cast.collaborative.id, stage.cast.teams["Cedar"], stage.cast.measures["M1"])
    for name, may in (("Chidi", True), ("Zoe", False)):
        who = Visitor(team, stage.person(name).id)
        with nullcontext() if may else pytest.raises(DomainError):
            stage.db.read(lambda db, who=who: chart_page.pictures(db, who, choice, stage.clock.now()))
