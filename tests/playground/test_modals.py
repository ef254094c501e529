"""Trigger ids, the stack of modals, hashes, closing, the home tab (rules 2 and 4)."""

import pytest
from slack_sdk import WebClient

from playground.client import Person, Playground, Refusal
from playground.clock import Clock
from playground.views import Views
from tests.playground.asking import Ask
from tests.playground.forms import (
    actions,
    button,
    entry,
    home,
    modal,
    section,
    text_input,
)
from tests.playground.refusals import answered, refused


def test_a_trigger_opens_one_modal_within_three_seconds(web: WebClient, slack: Playground, ask: Ask) -> None:
    trigger = ask()
    slack.advance(2.9)
    web.views_open(trigger_id=trigger, view=modal("One"))
    assert refused(lambda: web.views_open(trigger_id=trigger, view=modal("Two"))) == "exchanged_trigger_id"
    late = ask()
    slack.advance(3.1)
    assert refused(lambda: web.views_open(trigger_id=late, view=modal("Late"))) == "expired_trigger_id"
    assert refused(lambda: web.views_open(trigger_id="made-up", view=modal("x"))) == "invalid_trigger_id"


def test_a_view_slack_would_refuse_spends_no_trigger(web: WebClient, ana: Person, ask: Ask) -> None:
    """Rule 3: the answer names each problem by its pointer."""
    trigger = ask()
    answer = answered(
        lambda: web.views_open(trigger_id=trigger, view=modal("A title far longer than 24 signs"))
    )
    assert answer["error"] == "invalid_arguments"
    assert "[json-pointer:/view/title" in answer["response_metadata"]["messages"][0]
    large = modal("Large", *[section("x" * 2_900) for _ in range(90)])
    assert refused(lambda: web.views_open(trigger_id=trigger, view=large)) == "view_too_large"
    web.views_open(trigger_id=trigger, view=modal("Short", *[section("é" * 1_000) for _ in range(90)]))
    assert ana.modal.title == "Short"


def test_the_stack_holds_three_and_belongs_to_one_person(
    web: WebClient, ana: Person, bo: Person, ask: Ask
) -> None:
    for title in ("One", "Two", "Three"):
        web.views_open(trigger_id=ask(), view=modal(title))
    assert refused(lambda: web.views_open(trigger_id=ask(), view=modal("Four"))) == "push_limit_reached"
    web.views_open(trigger_id=ask(bo), view=modal("Bo's"))
    assert [one.title for one in ana.modals] == ["One", "Two", "Three"]
    assert [one.title for one in bo.modals] == ["Bo's"]


def test_push_needs_a_trigger_from_inside_the_modal(web: WebClient, ana: Person, ask: Ask) -> None:
    web.views_open(trigger_id=ask(), view=modal("Below", actions(button("More", "push"))))
    assert refused(lambda: web.views_push(trigger_id=ask(), view=modal("Above"))) == "invalid_trigger_id"
    ana.press("More")
    inside = ask.seen.kind("block_actions")[-1]
    pushed = web.views_push(trigger_id=inside["trigger_id"], view=modal("Above"))["view"]
    assert pushed["previous_view_id"] == pushed["root_view_id"] == inside["view"]["id"]
    assert "response_url" not in inside
    assert ana.modal.title == "Above"


def test_update_keeps_what_was_typed_under_the_same_ids(web: WebClient, ana: Person, ask: Ask) -> None:
    opened = web.views_open(
        trigger_id=ask(), view=modal("Form", entry("Name", text_input()), entry("Other", text_input()))
    )["view"]
    ana.fill("Name", "Cedar clinic")
    ana.fill("Other", "gone")
    changed = modal("Form", entry("Name", text_input()), entry("Other", text_input(), "other 2"))
    web.views_update(view_id=opened["id"], hash=opened["hash"], view=changed)
    assert {name: one.value for name, one in ana.modal.inputs.items()} == {
        "Name": "Cedar clinic",
        "Other": None,
    }


def test_no_window_has_the_id_of_one_of_another_run() -> None:
    """Slack gives none twice, and the app's database outlives a playground."""
    first, second = ({_opened(Views(Clock()), number) for number in range(20)} for _ in range(2))
    assert not first & second


def _opened(views: Views, number: int) -> str:
    return views.push(f"U{number}", modal("Report")).id


def test_a_stale_hash_an_unknown_view_and_a_second_external_id_are_refused(web: WebClient, ask: Ask) -> None:
    opened = web.views_open(trigger_id=ask(), view=modal("Form", external_id="mine"))["view"]
    web.views_update(external_id="mine", view=modal("Newer", external_id="mine"))
    view, old = modal("Late"), {"view_id": opened["id"], "hash": opened["hash"]}
    assert refused(lambda: web.views_update(view=view, **old)) == "hash_conflict"
    assert refused(lambda: web.views_update(view=view, view_id="V0")) == "not_found"
    again = modal("Again", external_id="mine")
    assert refused(lambda: web.views_open(trigger_id=ask(), view=again)) == "duplicate_external_id"


def test_an_empty_acknowledgement_closes_this_view_only(web: WebClient, ana: Person, ask: Ask) -> None:
    web.views_open(trigger_id=ask(), view=modal("Below", callback_id="form"))
    web.views_open(trigger_id=ask(), view=modal("Above", callback_id="form"))
    assert ana.submit() == {"acknowledged": True, "closed": True, "errors": {}}
    assert [one.title for one in ana.modals] == ["Below"]


def test_closing_tells_the_app_when_it_asked(
    web: WebClient, slack: Playground, ana: Person, ask: Ask
) -> None:
    """Cancel closes one view; the cross closes all and tells of the root view, is_cleared."""
    seen = ask.seen
    root = web.views_open(trigger_id=ask(), view=modal("Root", callback_id="form", notify_on_close=True))[
        "view"
    ]
    web.views_open(trigger_id=ask(), view=modal("Quiet"))
    ana.close()
    assert [one.title for one in ana.modals] == ["Root"]
    web.views_open(trigger_id=ask(), view=modal("Second", callback_id="form"))
    ana.close(everything=True)
    slack.wait_for(lambda: seen.kind("view_closed"))
    (told,) = seen.kind("view_closed")
    assert (told["view"]["id"], told["is_cleared"]) == (root["id"], True)
    assert ana.modals == []


def test_a_dispatching_input_tells_the_app_at_once(web: WebClient, ana: Person, ask: Ask) -> None:
    """Other inputs say nothing before the submission."""
    quiet, loud = (
        entry("Quiet", text_input()),
        entry("Loud", {**text_input(), "action_id": "push"}, dispatch_action=True),
    )
    web.views_open(trigger_id=ask(), view=modal("Form", quiet, loud))
    ana.fill("Quiet", "a")
    ana.fill("Loud", "b")
    (told,) = ask.seen.kind("block_actions")
    assert (told["actions"][0]["action_id"], told["actions"][0]["value"]) == ("push", "b")
    assert told["view"]["state"]["values"]["Quiet"]["it"]["value"] == "a"


def test_the_home_tab_is_published_per_person_and_opened_with_an_event(
    web: WebClient, slack: Playground, ana: Person, bo: Person, ask: Ask
) -> None:
    seen = ask.seen
    view = web.views_publish(user_id=ana.id, view=home(section("Ana's"), actions(button("Go", "push"))))[
        "view"
    ]
    assert "Ana's" in ana.home.all_text
    assert bo.screen().home is None
    ana.open_home()
    slack.wait_for(lambda: seen.events("app_home_opened"))
    (opened,) = seen.events("app_home_opened")
    assert (opened["tab"], opened["user"], opened["view"]["id"]) == ("home", ana.id, view["id"])
    ana.press("Go", in_=ana.home)
    assert seen.kind("block_actions")[-1]["container"] == {"type": "view", "view_id": view["id"]}
    assert (
        refused(lambda: web.views_publish(user_id=ana.id, view=home(section("x")), hash="old"))
        == "hash_conflict"
    )


def test_a_covered_modal_cannot_be_touched(web: WebClient, slack: Playground, ana: Person, ask: Ask) -> None:
    below = web.views_open(trigger_id=ask(), view=modal("Below", actions(button("More", "push"))))["view"]
    web.views_open(trigger_id=ask(), view=modal("Above"))
    with pytest.raises(Refusal, match="nothing_there"):
        slack.gesture(ana.id, "press", view=below["id"], action_id="push")
