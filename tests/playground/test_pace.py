"""The pace of a show: said by the show, chosen by who watches, read by the show."""

import pytest

from playground.client import Person, Playground, Refusal


def test_a_show_says_its_paces_and_hears_which_is_chosen(slack: Playground, ana: Person) -> None:
    """The first one until somebody chooses; a call that says nothing changes nothing."""
    assert slack.pace is None
    slack.set_pace(choices=["slow", "fast"])
    assert slack.pace == "slow"
    slack.set_pace(chosen="fast")
    slack.set_pace()
    paces = {"choices": ["slow", "fast"], "chosen": "fast"}
    assert slack.screen_of(ana.id)["pace"] == {**paces, "saying": ""}
    slack.set_pace(saying="Ana sends a report.")
    assert slack.screen_of(ana.id)["pace"] == {**paces, "saying": "Ana sends a report."}
    slack.set_pace(choices=[])
    assert slack.pace is None
    assert not slack.screen_of(ana.id)["pace"]["saying"]


def test_a_pace_nobody_offers_cannot_be_chosen(slack: Playground) -> None:
    slack.set_pace(choices=["slow", "fast"], chosen="fast")
    with pytest.raises(Refusal, match="There is no pace furious here"):
        slack.set_pace(chosen="furious")
    assert slack.pace == "fast"
