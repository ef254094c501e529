"""Our limits agree with Slack's models and with slackblocks, or the difference is listed with its reason."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from slackblocks import _surfaces

from playground.blocks.data import CHARTS
from playground.blocks.surfaces import SURFACES
from tests.playground import test_blocks, test_blocks_agreement, test_blocks_whole
from tests.playground.blockkit_limits import bounds
from tests.playground.blockkit_sources import of_slack_sdk, of_slackblocks

PAGE = Path(__file__).parents[2] / "docs" / "block-kit-limits.md"


class Difference(NamedTuple):
    """One place where we do not say what a source says; `ours` is None where we have no such place."""

    name: str
    theirs: object
    ours: object
    reason: str


OPTION_VALUE = "Slack's option page says 150, its typings 75: the smaller is right either way"
VIDEO = "Slack's page says less than this, not at most"
CHART = "Slack's reference page says 6, its other texts 12: the smaller is right either way"
LEGACY = "Buttons in attachments, from before blocks, are refused: blocks do the same"
AUTH_PROVIDER = "No page says on which surface the block may stand, so it is refused"
DIFFERENCES = (
    Difference("slackblocks OPTION_VALUE_MAX_LENGTH", 150, 75, OPTION_VALUE),
    Difference(
        "slackblocks DATA_TABLE_ROWS_MAX_ITEMS",
        201,
        101,
        "Slack's reference page says 100 rows and a header, its other texts 200: the smaller is right",
    ),
    Difference("slackblocks DATA_VISUALIZATION_SEGMENTS_MAX_ITEMS", 12, 6, CHART),
    Difference("slackblocks DATA_VISUALIZATION_SERIES_MAX_ITEMS", 12, 6, CHART),
    Difference("slackblocks VIDEO_TITLE_MAX_LENGTH", 200, 199, VIDEO),
    Difference("slackblocks VIDEO_AUTHOR_NAME_MAX_LENGTH", 50, 49, VIDEO),
    Difference(
        "slackblocks MESSAGE_CHANNEL_MIN_LENGTH",
        1,
        None,
        "The channel is an argument of the method, which judges it; the validator sees content only",
    ),
    Difference(
        "slackblocks surface of container",
        "home, message",
        "message",
        "Slack's page names messages only, so Home refuses it",
    ),
    Difference("slack_sdk Option.value_max_length", 150, 75, OPTION_VALUE),
    Difference("slack_sdk VideoBlock.title_max_length", 200, 199, VIDEO),
    Difference("slack_sdk VideoBlock.author_name_max_length", 50, 49, VIDEO),
    Difference("slack_sdk ActionButton.value_max_length", 2000, None, LEGACY),
    Difference("slack_sdk InteractiveAttachment.actions_max_length", 5, None, LEGACY),
    Difference("slack_sdk AuthProviderBlock.value_max_length", 150, None, AUTH_PROVIDER),
    Difference("slack_sdk AuthProviderBlock.name_max_length", 75, None, AUTH_PROVIDER),
    Difference("slack_sdk AuthProviderBlock.description_max_length", 150, None, AUTH_PROVIDER),
    Difference("slack_sdk AuthProviderBlock.connected_identity_max_length", 75, None, AUTH_PROVIDER),
    Difference("slack_sdk AuthProviderBlock.connected_context_max_length", 75, None, AUTH_PROVIDER),
    Difference("slack_sdk AuthProviderBlock.url_max_length", 3000, None, AUTH_PROVIDER),
)


def surfaces() -> list[tuple[str, str, str]]:
    """Give the surfaces of each block, by slackblocks and by us."""
    theirs: dict[str, list[str]] = {}
    for name in sorted(_surfaces._BLOCK_TYPES_BY_SURFACE):
        for block in _surfaces._BLOCK_TYPES_BY_SURFACE[name]:
            theirs.setdefault(block, []).append(name)
    return [
        (
            f"slackblocks surface of {block}",
            ", ".join(theirs.get(block, [])),
            ", ".join(sorted(SURFACES.get(block, ()))),
        )
        for block in sorted({*theirs, *SURFACES})
    ]


def test_every_limit_another_program_states_is_ours_or_a_listed_difference() -> None:
    """Two independent readings of Slack's pages: what changes on either side is seen, with the place."""
    assert all(CHARTS[name].needs == CHARTS["line"].needs for name in ("bar", "area"))
    stated = [*of_slackblocks(), *of_slack_sdk(), *surfaces()]
    assert len(stated) > 200
    differing = {(name, theirs, ours) for name, theirs, ours in stated if theirs != ours}
    assert differing == {(one.name, one.theirs, one.ours) for one in DIFFERENCES}


def table_under(heading: str) -> list[list[str]]:
    """Give the cells of the table below a heading of the page, without its own two head lines."""
    part = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_the_page_lists_the_same_differences_and_reasons() -> None:
    """docs/block-kit-limits.md says of each difference what the other says, what we say, and why."""
    listed = [
        [one.name, str(one.theirs), "none" if one.ours is None else str(one.ours), one.reason]
        for one in DIFFERENCES
    ]
    assert table_under("Where we differ") == listed


def test_the_page_explains_every_code_a_problem_can_have() -> None:
    """Whoever reads a code in a log finds it on the page, and none that no payload earns."""
    cases = {**test_blocks.DEFECTS, **test_blocks_agreement.CASES, **test_blocks_whole.CASES}
    earned = {code for _, code, _ in cases.values()} | {bound.code for bound in bounds() if bound.code}
    assert {row[0] for row in table_under("What a problem says")} == earned | {"view_too_large"}


def test_the_page_states_the_surfaces_of_every_block() -> None:
    """The matrix on the page is the one the validator uses."""
    stated = {
        row[0]: [re.sub(r"\W", "", cell) for cell in row[1:]]
        for row in table_under("Where a block may stand")
    }
    expected = {
        block: ["yes" if name in allowed else "no" for name in ("message", "modal", "home")]
        for block, allowed in SURFACES.items()
    }
    assert stated == expected
