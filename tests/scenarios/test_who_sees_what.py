"""Everybody goes everywhere, also with other people's buttons and windows, and sees what was agreed.

What was agreed stands here once more, apart from the code's own table.
"""

import re
from collections.abc import Iterator

import pytest

from models import migrations
from models.database import Database
from tests.handlers.stage import staged
from tests.scenarios.access.objects import OF_ALL, OF_TEAM, SHARED, TEAMS, lay_out, word
from tests.scenarios.access.walk import PLACES, NoPicture, Settling, Walk

AT_LEAST = 7_149  # cells; as many tried the last attack

# What each person is to each team, in this order.
EVERYBODY = {
    "Ana": ("own", "other", "other", "other"),  # reporter
    "Bo": ("own", "other", "other", "other"),  # backup reporter
    "Lea": ("own", "other", "other", "other"),  # lead
    "Sam": ("own", "other", "other", "other"),  # sponsor
    "Chidi": ("other", "own", "other", "other"),  # whose coach is theirs, too
    "Tim": ("other", "own", "other", "other"),  # a plain member
    "Dana": ("other", "other", "own", "other"),
    "Mia": ("other", "own", "coach", "other"),  # two roles
    "Eve": ("nobody", "nobody", "nobody", "own"),  # of the team that withdrew
    "Cora": ("coach", "coach", "other", "other"),
    "Ben": ("other", "other", "coach", "other"),
    "Cob": ("other", "other", "other", "other"),  # once coach of the team that withdrew
    "Fay": ("other", "other", "other", "other"),  # faculty
    "Ravi": ("coordinator", "coordinator", "coordinator", "coordinator"),
    "Hana": ("host", "host", "host", "host"),
    "Fred": ("nobody", "nobody", "nobody", "nobody"),  # they left: reporter,
    "Carl": ("nobody", "nobody", "nobody", "nobody"),  # coach
    "Hugo": ("nobody", "nobody", "nobody", "nobody"),  # and host
    "Otto": ("nobody", "nobody", "nobody", "nobody"),  # of the workspace, and of no collaborative
    "Gus": ("nobody", "nobody", "nobody", "nobody"),
}
AGREED = {  # who may read it, beside the author
    **{kind: {"own", "other", "coach", "coordinator", "host"} for kind in SHARED},
    "note": {"own", "coach", "host"},
    "old note": {"own", "coach", "host"},
    "expectation": {"own", "coach", "coordinator", "host"},
    "feedback": {"own", "coach"},
    "aside": {"coach", "host"},
    "talk": {"coach", "host"},
    "draft": set[str](),
    "planned test": {"own", "coach", "coordinator", "host"},
    "taken out": set[str](),  # nobody any more
}
AUTHORS = {("feedback", "Elm"): "Hana", **{("draft", team): who for team, (who, _) in TEAMS.items()}}
WAS = {("Cob", "Elm"): "coach"}  # what she got while she was stays in her messages
OWN_PAST = ("Eve", "definition", "export")  # a team's workbook says what was measured
IN_CHANNEL = {"card", "thread"}  # what the shared channel says is for all who are in it: Slack's affair
SEEN_SOMEWHERE = {  # so that a test of what nobody shows is none
    "note": {"coach", "host"},
    "old note": {"coach", "host"},
    "expectation": {"coach"},
    "aside": {"coach", "host"},
    "talk": {"coach", "host"},
    "mark": {"own", "coach", "host"},
    "planned test": {"own", "coach", "coordinator", "host"},
}


OPENS = {  # whose windows these are, whoever's button is pressed
    "report_form": {"own", "coach", "coordinator", "host"},
    "feedback_form": {"coach", "coordinator", "host"},
    "flag_form": {"coach", "host"},
    "talk_form": {"coach", "host"},
    "aim_form": {"host"},
    "pdsa_form": {"own", "coach", "coordinator", "host"},
    "words_out_form": {"own", "coach", "host", "withdrawn"},
}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """On SQLite alone: who sees what is asked in Python, and the stories ask it on both."""
    url = f"sqlite:///{tmp_path_factory.mktemp('access')}/momentum.db"
    migrations.upgrade(url)
    listeners = Settling()
    with staged(Database(url), listeners=listeners, drawing=NoPicture()) as stage:
        lay_out(stage)
        walked = Walk(stage, listeners)
        walked.everywhere(EVERYBODY)
        yield walked


@pytest.mark.timeout(600)
def test_everybody_sees_what_was_agreed_and_nothing_else(walk: Walk) -> None:
    cells, wrong = 0, []
    for name, relations in EVERYBODY.items():
        for team, relation in zip(TEAMS, relations, strict=True):
            for kind in OF_TEAM:
                allowed = relation in AGREED[kind] or AUTHORS.get((kind, team)) == name
                for place in PLACES:
                    cells += 1
                    is_there = word(kind, team) in walk.seen[name][place]
                    if place == "direct message" and WAS.get((name, team)) in AGREED[kind]:
                        continue
                    takes_home = place != "export" or relation != "other"
                    if is_there and not (
                        (allowed and takes_home) or (place in IN_CHANNEL and kind in SHARED)
                    ):
                        wrong.append((name, kind, team, place))
        takes_no_part = set(relations) <= {"nobody"} or name == OWN_PAST[0]
        for kind in OF_ALL:
            for place in PLACES:
                cells += 1
                is_there = word(kind, "all") in walk.seen[name][place]
                is_posted = place in IN_CHANNEL and kind == "milestone"
                if is_there and takes_no_part and not is_posted and (name, kind, place) != OWN_PAST:
                    wrong.append((name, kind, "all", place))
    assert not wrong, wrong
    assert cells >= AT_LEAST


@pytest.mark.timeout(600)
def test_a_window_opens_for_who_may_do_what_it_is_for(walk: Walk) -> None:
    opened = {
        (name, window)
        for name in EVERYBODY
        for window in OPENS
        if re.search(rf"callback_id\W+{window}\b", walk.seen[name]["window"])
    }
    wrong = {(name, window) for name, window in opened if not _relations(name) & OPENS[window]}
    assert wrong == set()
    assert opened >= {
        ("Bo", "report_form"),
        ("Cora", "feedback_form"),
        ("Hana", "aim_form"),
        ("Eve", "words_out_form"),
    }


def _relations(name: str) -> set[str]:
    return {"withdrawn"} if name == OWN_PAST[0] else set(EVERYBODY[name])


@pytest.mark.timeout(600)
def test_that_words_were_taken_out_is_read_by_who_may_take_them_out(walk: Walk) -> None:
    """By whom and when, in the window and in the workbook."""
    for place, says in (("window", "taken out by"), ("export", "taken out")):
        readers = {name for name in EVERYBODY if says in walk.seen[name][place]}
        assert {name for name in readers if not _relations(name) & OPENS["words_out_form"]} == set()
        assert readers >= {"Bo", "Eve", "Cora", "Hana"}


@pytest.mark.timeout(600)
def test_who_may_see_it_does(walk: Walk) -> None:
    missing = [
        (name, kind, team)
        for kind, shown_to in SEEN_SOMEWHERE.items()
        for name, relations in EVERYBODY.items()
        for team, relation in zip(TEAMS, relations, strict=True)
        if relation in shown_to and team != "Elm"
        if not any(word(kind, team) in walk.seen[name][place] for place in PLACES)
    ]
    assert missing == []


@pytest.mark.timeout(600)
def test_no_word_of_any_object_is_in_the_log(walk: Walk) -> None:
    log = walk.stage.log.getvalue()
    assert [kind for kind in OF_TEAM for team in TEAMS if word(kind, team) in log] == []
    assert len(walk.buttons) > 50  # as many were tried
    assert len(walk.windows) > 20
