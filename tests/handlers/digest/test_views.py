"""A digest is a message Slack takes, however much there is to say, and nobody's words become markup in it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.digest.views import PAGE, Digest, digest_message, part_view
from handlers.feedback.views import feedback as feedback_views
from handlers.flags.views import flags as flag_views
from handlers.flags.views import talks as talk_views
from handlers.slack.blocks import MESSAGE_ROOM, ChartImage, button, room_of
from handlers.slack.ids import unpacked
from handlers.slack.parts import Line, Part
from handlers.slack.words import escape_to_fit
from models.rules.coaching.feedback import Feedback, FeedbackWords, TeamAnswer
from models.rules.coaching.flags import Dismissed, Flag, FlagKind
from models.rules.coaching.talks import Note, Talk, TalkOutcome
from models.rules.collaborative.audience import Openness, TeamPlace
from models.rules.collaborative.people import Member
from models.rules.report.report import ReportCard
from tests.handlers.samples import AT, CEDAR, COLLABORATIVE, OCTOBER, QUICK, TODAY, cards, names, words
from tests.handlers.slack_views import (
    assert_message,
    assert_no_markup_of_people,
    assert_view,
    marked_up,
    seen,
    sent_back,
)
from tests.handlers.stage import Stage

PLACES = [(name, why) for name in ("", "c" * 80) for why in (None, *Openness)]
PRESS = button("Give feedback", "feedback_give", "12")
CHART = ChartImage("chart:7", "Blood pressure control: Median 62%", "Run chart.")
LINES = st.builds(
    Line,
    words(400).map(lambda text: escape_to_fit(text, 900) or "x"),
    st.sampled_from([(), (PRESS,), (PRESS, button("Chart", "chart_open", "1"))]),
)
PARTS = st.builds(
    Part,
    names(100),
    words(200).map(lambda text: escape_to_fit(text, 300)),
    st.one_of(st.lists(LINES, min_size=1, max_size=6).map(tuple), LINES.map(lambda line: (line,) * 300)),
    is_news=st.booleans(),
    most=st.integers(0, 12),
    foot=st.sampled_from([(), (button("Put aside before", "flags_aside", "1"),)]),
)
DIGESTS = st.lists(PARTS, max_size=14).map(
    lambda parts: Digest(1, "BP", TODAY, tuple((f"part{at}", part) for at, part in enumerate(parts)))
)


@given(DIGESTS)
@settings(max_examples=150, deadline=None, phases=QUICK)
def test_slack_takes_every_digest(digest: Digest) -> None:
    """Few enough blocks and words; what does not fit is a button away; nothing is a mention or a link."""
    text, blocks = digest_message(digest)
    assert_message(text, blocks)
    assert len(blocks) <= 50
    assert room_of(blocks) <= MESSAGE_ROOM
    assert_no_markup_of_people(text, *marked_up(blocks))


@given(PARTS)
@settings(max_examples=60, deadline=None, phases=QUICK)
def test_the_rest_of_a_part_is_shown_page_by_page(part: Part) -> None:
    """Every line is on one of the pages, and the buttons lead from one to the next."""
    digest = Digest(1, "BP", TODAY, (("waiting", part),))
    start, pages = 0, 0
    while True:
        view = part_view(digest, start)
        assert_view("modal", view)
        pages += 1
        onward = [
            element
            for block in view["blocks"]
            for element in block.get("elements", [])
            if element.get("action_id") == "digest_more:on"
        ]
        if not onward:
            break
        _, _, start = unpacked(onward[0]["value"], int, str, int)
    assert pages == -(-len(part.lines) // PAGE)


def test_what_does_not_fit_says_how_much_it_is() -> None:
    """Never a silent end: "and 7 more" opens the rest."""
    part = Part("Waiting", "12 reports wait.", tuple(Line(f"Team {n}", (PRESS,)) for n in range(12)))
    _, blocks = digest_message(Digest(1, "BP", TODAY, (("waiting", part),)))
    assert "and 7 more" in seen(blocks)
    assert "Team 4" in seen(blocks)
    assert "Team 5" not in seen(blocks)


def test_five_long_parts_are_one_message_with_the_rest_a_button_away(stage: Stage) -> None:
    """The reader of five teams in trouble gets a digest, with less of each part, and all parts are there."""
    long_line = Line("Blood pressure control has fallen. " * 14, (PRESS,))
    long_parts = tuple(Part(f"Part {n}", f"News {n}.", (long_line,) * 5) for n in range(5))
    digest = Digest(1, "BP", TODAY, tuple((part.title, part) for part in long_parts))
    text, blocks = digest_message(digest)
    stage.slack_client.chat_postMessage(channel=stage.channel, text=text, blocks=blocks)
    shown = stage.post(stage.person("Cora"), "Part 0").all_text
    assert all(f"*Part {n}*" in shown for n in range(5))
    assert shown.count("Blood pressure control has fallen. ") >= 5
    assert shown.count("and 3 more") == 5


def test_charts_stay_charts_where_there_is_room() -> None:
    """A chart comes below its words and the button that opens it, and repeats none of them."""
    part = Part("Charts", "1 chart changed.", (Line("*Cedar*", (PRESS,), CHART),))
    _, blocks = digest_message(Digest(1, "BP", TODAY, (("charts", part),)))
    assert [block["type"] for block in blocks[-2:]] == ["section", "image"]
    assert "title" not in blocks[-1]


feedbacks = st.builds(
    Feedback,
    st.just(5),
    st.just(COLLABORATIVE),
    names().map(lambda name: replace(CEDAR, name=name)),
    st.just(OCTOBER),
    st.just(12),
    names().map(lambda name: Member(4, name, "U0CORA")),
    st.just(AT),
    st.builds(FeedbackWords, words(500), words(500), words(500)),
    st.sampled_from([None, *TeamAnswer]),
    names(),
    st.just(AT),
)


@given(feedbacks)
@settings(max_examples=80, deadline=None, phases=QUICK)
def test_slack_takes_every_feedback(feedback: Feedback) -> None:
    """The words reach the team in the message and never in its notification."""
    feedback = replace(feedback, words=replace(feedback.words, liked="Mrs Smith left"))
    text, blocks = feedback_views.feedback_message(feedback)
    assert_message(text, blocks)
    assert_no_markup_of_people(text, *marked_up(blocks))
    assert "Mrs Smith left" in seen(blocks)
    assert "Mrs Smith left" not in text
    said, shown = feedback_views.answer_message(feedback)
    assert_message(said, shown)
    assert_no_markup_of_people(said, *marked_up(shown))


@given(cards(), feedbacks)
@settings(max_examples=40, deadline=None, phases=QUICK)
def test_the_form_comes_back_as_it_was_built(card: ReportCard, feedback: Feedback) -> None:
    """What is read is what was written, and the report's id."""
    for place in (None, *(TeamPlace(card.team, "C0CEDAR", name, why) for name, why in PLACES)):
        view = feedback_views.feedback_form(card, [feedback] * 5, TODAY, place)
        assert_view("modal", view)
        is_by_message = place is None or place.openness is not None
        assert feedback_views.read_feedback(sent_back(view)) == (12, is_by_message, FeedbackWords())


@given(names(), words(900).map(lambda facts: facts or "x"), words(300).map(lambda why: why or "x"))
@settings(max_examples=60, deadline=None, phases=QUICK)
def test_slack_takes_every_flag(name: str, facts: str, reason: str) -> None:
    """The form, and what was put aside before."""
    flag = Flag(replace(CEDAR, name=name), FlagKind.FALLING, "falling:M1:2026-03", facts, OCTOBER.id, 21)
    view = flag_views.dismiss_form(flag)
    assert_view("modal", view)
    assert flag_views.read_dismissal(sent_back(view)) == (CEDAR.id, "falling:M1:2026-03", "")
    talk = Talk(replace(CEDAR, name=name), flag.episode, facts, name, AT, TODAY, TalkOutcome.PLAN, reason)
    before = flag_views.aside_view([Dismissed(name, facts, name, AT, reason)] * 60, [talk], TODAY)
    assert_view("modal", before)
    assert_no_markup_of_people(*marked_up(view), *marked_up(before))


@given(names(), words(900).map(lambda facts: facts or "x"))
@settings(max_examples=40, deadline=None, phases=QUICK)
def test_the_form_of_a_talk_comes_back_as_it_was_built(name: str, facts: str) -> None:
    """What is read is what was chosen and written, about what the button named."""
    view = talk_views.talk_form(replace(CEDAR, name=name), "falling:M1:2026-03", facts)
    assert_view("modal", view)
    assert_no_markup_of_people(*marked_up(view))
    back = sent_back(view)
    back["state"]["values"]["outcome"] = {"choice": {"selected_option": {"value": "support"}}}
    read = talk_views.read_talk(back)
    assert read == (CEDAR.id, Note("falling:M1:2026-03", TalkOutcome.SUPPORT))


def test_a_flag_leads_to_what_it_speaks_of() -> None:
    """A measure's chart, else the report with the words; where none came, the form to report for the team."""
    looks = {
        (FlagKind.FALLING, 21): "Chart",
        (FlagKind.COPIED, None): "Open report",
        (FlagKind.LATE, None): "Open report",
        (FlagKind.SILENT, None): "Report for them",
    }
    for (kind, measure), look in looks.items():
        flag = Flag(CEDAR, kind, f"{kind}:2026-03", "Facts.", OCTOBER.id, measure)
        first, *_ = flag_views.flag_buttons(flag, 1)
        assert first["text"]["text"] == look
