"""Feedback finds its way to a team that has no channel, or one that is gone."""

from models.tables.feedback import feedbacks
from tests.handlers.stage import Stage
from tests.scenarios.digest.monday import MONDAY, digests, report, tick, until


def test_feedback_reaches_a_team_without_a_channel_through_its_reporter(stage: Stage) -> None:
    """A team without a channel hears through who reported."""
    chidi, cora = stage.person("Chidi"), stage.person("Cora")
    report(stage, "Chidi")
    stage.deliver()
    cora.press("Give feedback")
    stage.modal(cora, "Birch, June 2026")
    cora.fill("I like", "On time")
    cora.submit()
    stage.modal(cora, "Sent.")
    stage.deliver()
    [told] = chidi.messages("Momentum")
    assert "On time" in told.all_text
    chidi.press("Not yet", in_=told)
    stage.slack.wait_for(lambda: stage.count(feedbacks, feedbacks.c.answer == "not yet"))
    stage.deliver()
    assert chidi.messages("Momentum")[0].buttons == ["Helped"]
    until(stage, MONDAY)
    tick(stage)
    [hers] = digests(cora)
    assert "*Birch*, June 2026: not yet, they say" in hers.all_text
    cora.press("Give feedback", in_=hers)
    stage.modal(cora, "Birch, June 2026", "Cora gave feedback")


def test_a_coach_hears_that_feedback_did_not_get_through_and_sends_it_elsewhere(stage: Stage) -> None:
    """An archived channel: the report waits on, until the reporter has the words."""
    bo, cora = stage.person("Bo"), stage.person("Cora")
    report(stage, "Bo")
    stage.deliver()
    cora.press("Give feedback")
    stage.modal(cora, "Cedar, June 2026")
    cora.fill("I like", "On time")
    channel = cora.screen().channel_id("#cedar")
    assert channel
    stage.slack.change_channel(channel, archived=True)
    cora.submit()
    stage.modal(cora, "Sent. It is on its way to Cedar.")
    cora.close()
    stage.deliver()
    [told] = [each for each in cora.messages("Momentum") if "could not be delivered" in each.text]
    why = "Your feedback on Cedar's June 2026 report could not be delivered: that channel is archived."
    assert told.text == why
    until(stage, MONDAY)
    tick(stage)
    assert "*Cedar*, June 2026: waits for 7 days" in digests(cora)[0].all_text

    for _ in range(2):
        cora.press("Send it to the reporter instead")
    stage.slack.wait_for(lambda: len(cora.ephemerals("Momentum")) == 2)
    stage.deliver()
    [read] = [each for each in bo.messages("Momentum") if "On time" in each.all_text]
    assert read.buttons == ["Helped", "Not yet"]
    assert "waits for 7 days" not in digests(cora)[0].all_text
    [told] = [each for each in cora.messages("Momentum") if "could not be delivered" in each.text]
    assert told.text.endswith(f"I send it to <@{bo.id}> instead.")
    assert told.buttons == []
