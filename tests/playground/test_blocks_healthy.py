"""What Slack's own models build, and the fullest payloads Slack takes, are found sound."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.models import blocks as slack
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from playground.blocks import validate
from tests.playground.blockkit import (
    CELL,
    RICH_CELL,
    chart,
    data_table,
    entry,
    message,
    series,
    surface,
    table,
)

WEB = "https://example.com/a.png"
OPTIONS = [slack.Option(text="Cedar", value="cedar"), slack.Option(text="Birch", value="birch")]
ENTER = DispatchActionConfig(trigger_actions_on=["on_enter_pressed", "on_character_entered"])
CONFIRM = slack.ConfirmObject(title="Sure?", text="This *cannot* be undone.", confirm="Yes", deny="No")
FILTER = slack.ConversationFilter(include=["private", "im"], exclude_bot_users=True)


def choices(prefix: str) -> list[slack.InputInteractiveElement]:
    """Build every element that chooses, each with what it may be given at first."""
    return [
        slack.StaticSelectElement(
            action_id=f"{prefix}1", options=OPTIONS, initial_option=OPTIONS[1], placeholder="Team"
        ),
        slack.StaticSelectElement(
            action_id=f"{prefix}2",
            option_groups=[slack.OptionGroup(label="North", options=OPTIONS)],
            confirm=CONFIRM,
        ),
        slack.ExternalDataSelectElement(
            action_id=f"{prefix}3", min_query_length=0, initial_option=OPTIONS[0]
        ),
        slack.UserSelectElement(action_id=f"{prefix}4", initial_user="U01"),
        slack.ConversationSelectElement(
            action_id=f"{prefix}5", default_to_current_conversation=True, filter=FILTER
        ),
        slack.ChannelSelectElement(action_id=f"{prefix}6", initial_channel="C01"),
        slack.StaticMultiSelectElement(
            action_id=f"{prefix}7", options=OPTIONS, initial_options=OPTIONS[:1], max_selected_items=1
        ),
        slack.ExternalDataMultiSelectElement(action_id=f"{prefix}8", initial_options=OPTIONS),
        slack.UserMultiSelectElement(action_id=f"{prefix}9", initial_users=["U01", "U02"]),
        slack.ConversationMultiSelectElement(action_id=f"{prefix}10", initial_conversations=["C01"]),
        slack.ChannelMultiSelectElement(action_id=f"{prefix}11", initial_channels=["C01"]),
        slack.RadioButtonsElement(action_id=f"{prefix}12", options=OPTIONS, initial_option=OPTIONS[0]),
        slack.CheckboxesElement(action_id=f"{prefix}13", options=OPTIONS, initial_options=OPTIONS),
        slack.DatePickerElement(action_id=f"{prefix}14", initial_date="2026-11-23", placeholder="Day"),
        slack.TimePickerElement(action_id=f"{prefix}15", initial_time="08:30", timezone="America/Chicago"),
        slack.DateTimePickerElement(action_id=f"{prefix}16", initial_date_time=1_764_000_000),
    ]


def one_choice(prefix: str) -> list[slack.InputInteractiveElement]:
    """Leave out what takes many choices: it stands in no actions."""
    return [one for one in choices(prefix) if not one.type.startswith("multi_")]


def typed() -> list[slack.InputInteractiveElement]:
    """Build every element one types or drops something into."""
    return [
        slack.PlainTextInputElement(
            action_id="t1",
            initial_value="",
            multiline=True,
            min_length=0,
            max_length=3000,
            dispatch_action_config=ENTER,
        ),
        slack.NumberInputElement(
            action_id="t2", is_decimal_allowed=True, initial_value="5.5", min_value="-10", max_value="100.25"
        ),
        slack.EmailInputElement(action_id="t3", placeholder="name@example.com", focus_on_load=True),
        slack.UrlInputElement(action_id="t4", initial_value=WEB),
        slack.RichTextInputElement(action_id="t5", initial_value=rich_text(), min_lines=2, max_lines=10),
        FileInputElement(action_id="t6", filetypes=["png", "pdf"], max_files=10),
    ]


def buttons() -> list[Any]:
    return [
        slack.ButtonElement(action_id="b1", text="Approve", value="1", style="primary", confirm=CONFIRM),
        slack.LinkButtonElement(action_id="b2", text="Open", url="https://example.com/a?b=c#d"),
        slack.OverflowMenuElement(
            action_id="b3", options=[*OPTIONS, slack.Option(text="More", value="m", url=WEB)]
        ),
    ]


def rich_text() -> slack.RichTextBlock:
    parts, style = slack.RichTextElementParts, {"bold": True, "italic": False}
    section = slack.RichTextSectionElement(
        elements=[
            parts.Text(text="Falls ", style=style),
            parts.Link(url=WEB, text="chart"),
            parts.Emoji(name="tada", skin_tone=2),
            parts.User(user_id="U01"),
            parts.UserGroup(usergroup_id="S1"),
            parts.Channel(channel_id="C01"),
            parts.Team(team_id="T1"),
            parts.Date(timestamp=1_764_000_000, format="{date}", fallback="today"),
            parts.Broadcast(range="here"),
            parts.Color(value="#36a64f"),
        ]
    )
    lines = [parts.Text(text="p = 0.5")]
    return slack.RichTextBlock(
        block_id="rich",
        elements=[
            section,
            slack.RichTextListElement(style="ordered", elements=[section], indent=8, offset=2, border=1),
            slack.RichTextQuoteElement(elements=lines),
            slack.RichTextPreformattedElement(elements=lines, border=0),
        ],
    )


def everyday() -> list[slack.Block]:
    """Build the blocks that stand on every surface."""
    picture = slack.ImageElement(image_url=WEB, alt_text="A run chart")
    return [
        slack.HeaderBlock(text="Falls with harm", block_id="head"),
        slack.SectionBlock(
            text="*Cedar* reported.", fields=["*Rate*", "2.1"], accessory=picture, expand=True
        ),
        *(slack.SectionBlock(text="Choose", accessory=one) for one in (*buttons(), *choices("s")[:15])),
        slack.ContextBlock(elements=[picture, slack.MarkdownTextObject(text="Due _Friday_")]),
        slack.ActionsBlock(elements=[*buttons(), *one_choice("a")], block_id="doing"),
        slack.ImageBlock(slack_file={"id": "F0123456789"}, alt_text="A run chart", title="Falls"),
        slack.DividerBlock(),
        slack.VideoBlock(
            alt_text="A test", title="A test", thumbnail_url=WEB, video_url=WEB, author_name="Ana"
        ),
        slack.CardBlock(title="Cedar", body="2.1", icon=picture, actions=[buttons()[0]]),
    ]


def in_messages() -> list[slack.Block]:
    """Build the blocks that stand in messages only."""
    yes = slack.FeedbackButtonObject(text="Good", value="1", accessibility_label="This helped")
    trash = slack.IconButtonElement(icon="trash", text="Remove", action_id="x", visible_to_user_ids=["U01"])
    task = slack.TaskCardBlock(task_id="t1", title="Draw", status="complete", details=rich_only())
    cells: list[list[dict[str, Any]]] = [
        [{"type": "raw_text", "text": "Jan"}, {"type": "raw_number", "value": 2.1, "text": "2.1"}]
    ]
    return [
        slack.MarkdownBlock(text="**Cedar** reported"),
        slack.FileBlock(external_id="E1"),
        slack.ContextActionsBlock(
            elements=[
                slack.FeedbackButtonsElement(positive_button=yes, negative_button=yes, action_id="f"),
                trash,
            ]
        ),
        slack.PlanBlock(title="Chart", tasks=[task]),
        slack.TableBlock(rows=cells, column_settings=[None, {"align": "right", "is_wrapped": True}]),
        slack.ContainerBlock(title="More", child_blocks=[slack.DividerBlock()], is_collapsible=True),
        slack.CarouselBlock(elements=[slack.CardBlock(title="Cedar"), slack.CardBlock(body="Birch")]),
    ]


def rich_only() -> dict[str, Any]:
    return {key: value for key, value in rich_text().to_dict().items() if key != "block_id"}


def as_json(blocks: list[slack.Block]) -> list[dict[str, Any]]:
    return [block.to_dict() for block in blocks]


def modal_of(elements: list[slack.InputInteractiveElement]) -> dict[str, Any]:
    return View(
        type="modal",
        title="Report",
        submit="Send",
        close="Not now",
        private_metadata="{}",
        callback_id="report",
        notify_on_close=True,
        blocks=[
            slack.AlertBlock(text="Two values are *missing*.", level="warning"),
            *(
                slack.InputBlock(label="Value", hint="A number", optional=True, element=one)
                for one in elements
            ),
        ],
    ).to_dict()


def run_chart() -> dict[str, Any]:
    months = [f"2026-{month:02} to month end" for month in range(1, 21)]
    return chart(months, *[series(f"{number} in full, its team", *reversed(months)) for number in range(6)])


HEALTHY = {
    "everyday blocks in a message": message(*as_json(everyday())),
    "everyday blocks in a modal": {**modal_of([]), "blocks": as_json(everyday())},
    "everyday blocks on Home": {"type": "home", "blocks": as_json(everyday())},
    "blocks of messages": message(*as_json([*in_messages(), rich_text()])),
    "task card": message(slack.TaskCardBlock(task_id="t", title="Draw", status="in_progress").to_dict()),
    "every input in a modal": modal_of([*choices("c"), *typed()]),
    "the fullest chart": message(run_chart()),
    "two charts and a data table": message(
        run_chart(),
        run_chart(),
        data_table(
            *[[{"type": "raw_number", "value": 1, "text": "1"}] * 20] * 101, row_header_column_index=19
        ),
    ),
    "attachment as slack_sdk builds it": {
        "text": "a",
        "attachments": [{"color": "#36a64f", "fallback": "a", "blocks": as_json(everyday())}],
    },
    "no blocks left": {"text": "", "blocks": [], "attachments": []},
    "empty where Slack writes it so": {
        "type": "home",
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "blocks": [entry({"type": "plain_text_input", "initial_value": ""})],
    },
    "rich text below a plain header": message(data_table([CELL], [RICH_CELL])),
    "10,000 characters over cells of all kinds": message(
        table([RICH_CELL, {**CELL, "text": "x" * 9_998}, {"type": "raw_number", "value": 12345, "text": "b"}])
    ),
    "text alone, of any length": {"text": "x" * 50_000},
}


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_payload_is_sound(name: str) -> None:
    """A validator that refuses what Slack takes would forbid us its platform."""
    payload = HEALTHY[name]
    assert validate(surface(payload), payload) == []


def test_the_answer_of_select_in_a_modal_may_be_asked_for() -> None:
    """A channels or conversations select in an input block of a modal earns a response_url."""
    for element in (
        slack.ChannelSelectElement(action_id="a", response_url_enabled=True),
        slack.ConversationSelectElement(action_id="a", response_url_enabled=True),
    ):
        assert validate("modal", modal_of([element])) == []
