"""What the host and the coordinator read of all teams."""

from tests.handlers.stage import Stage
from tests.scenarios.digest.monday import A_DAY, MONDAY, digests, falls, report, says, tick, until


def test_the_host_sees_the_collaborative_and_how_soon_teams_hear_back(stage: Stage) -> None:
    """Coverage, days to feedback and flags are in the host's digest; the words of a feedback are not."""
    hana, cora, ben = stage.person("Hana"), stage.person("Cora"), stage.cast.slack["Ben"]
    falls(stage, "Dogwood")
    says(stage, "Elm", "cannot", reason="The registry is down")
    report(stage, "Bo")
    report(stage, "Dana")
    stage.deliver()
    stage.slack.advance(2 * A_DAY)
    cora.press("Give feedback", in_=stage.post(cora, "Cedar reported June 2026"))
    stage.modal(cora, "Cedar, June 2026")
    cora.fill("We could try", "A secret of ours")
    cora.submit()
    stage.modal(cora, "Sent.")
    cora.close()
    until(stage, MONDAY)
    tick(stage)
    [hers] = digests(hana)
    assert "2 of 4 teams are in for June" in hers.all_text
    assert "It was due Friday 10 July." in hers.all_text
    assert "Not in yet: Birch." in hers.all_text
    assert "Cannot report this month: Elm." in hers.all_text
    assert "The registry is down" not in hers.all_text, "why is for the coach"
    assert "*Elm* has no coach yet." in hers.all_text
    assert (
        f"*<@{cora.id}>* (Birch and Cedar): feedback on 1 report, usually after 2 days. Nothing waits."
        in hers.all_text
    )
    assert f"*<@{ben}>* (Dogwood): 1 report waits, for 7 days." in hers.all_text
    assert "Dogwood 1" in hers.all_text.splitlines()
    hana.press("Show what waits", in_=hers)
    stage.modal(hana, "*Dogwood*, June 2026: waits for 7 days")
    hana.press("Give feedback")
    stage.modal(hana, "Dogwood, June 2026", "I like")
    hana.close()
    hana.close()
    hana.press("Report for a team", in_=hers)
    assert stage.modal(hana, "Which team is this for?").inputs["Which team is this for?"].value
    hana.close()
    hana.press("Show it", in_=hers)
    stage.modal(hana, "Dogwood: Falling, and no test of change")
    assert "A secret of ours" not in str(stage.slack.screen_of(hana.id))


def test_the_coordinator_sees_how_all_stand_and_nothing_that_is_between_coach_and_host(stage: Stage) -> None:
    """Who is in, who has no coach, what comes next; no flag, no wait for feedback, no reason of a team."""
    ravi = stage.person("Ravi")
    falls(stage, "Dogwood")
    says(stage, "Elm", "cannot", reason="The registry is down")
    report(stage, "Dana")
    until(stage, MONDAY)
    tick(stage)
    [his] = digests(ravi)
    assert "1 of 4 teams is in for June" in his.all_text
    assert "Not in yet: Birch and Cedar." in his.all_text
    assert "*Elm* has no coach yet. Name one in the collaborative's file." in his.all_text
    assert not {"Falling", "waits", "registry"} & set(his.all_text.replace(":", "").split())
    assert his.buttons == ["Chart", "Report for a team", "What is asked"]
