"""Remarks on what was typed, laid into its window: below a field, with a box where its writer may decide."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from handlers.slack.blocks import MOST_IN_MODAL, Block, View, alert
from handlers.slack.ids import packed
from handlers.slack.inputs import Question, TypedText, ticked
from handlers.slack.notice import noticed
from handlers.slack.words import clip, listed
from models.rules.privacy.door import Remark

NOT_A_PATIENT = "This is not about a patient"
STAYS = "Nothing is sent or saved yet. Please look at {labels}."
_LAID = "door:"  # begins the blocks with remarks
_LABEL = 60

Remarks = Mapping[TypedText, Remark]


def passes(view: View, text: TypedText, remark: Remark) -> bool:
    """Whether its writer ticked that this very text is not about a patient."""
    return remark.may_pass and bool(ticked(view, _box(text)))


def is_laid(view: View, text: TypedText) -> bool:
    """Whether the window shows a box for this very text already."""
    return any(block.get("block_id") == _box(text) for block in view["blocks"])


def fields(view: View) -> dict[str, str]:
    """The label of each field of a window, by its block: where Slack takes an error."""
    blocks = (block for block in view.get("blocks") or [] if block.get("type") == "input")
    return {block["block_id"]: block["label"]["text"] for block in blocks}


def remarked(view: View, remarks: Remarks) -> View:
    """The window as it came from Slack, with each remark below its field; what was typed stays there.

    Slack, views.update, "Preserving input entry": kept where block_id and action_id are the same.
    """
    below = {text.block_id: _block(text, remark) for text, remark in remarks.items()}
    labels = fields(view)
    blocks: list[Block] = []
    for block in view["blocks"]:
        if not str(block.get("block_id")).startswith(_LAID):
            blocks.append(block)
            blocks += [below[block["block_id"]]] if block.get("block_id") in below else []
    names = listed([f"“{clip(labels[block_id], _LABEL)}”" for block_id in below])
    shown: dict[str, Any] = {**view, "blocks": blocks[:MOST_IN_MODAL]}
    return noticed(shown, STAYS.format(labels=names))


def _block(text: TypedText, remark: Remark) -> Block:
    if remark.may_pass:
        return Question(_box(text), remark.sentence, optional=True).tick(NOT_A_PATIENT)
    return alert(remark.sentence, "error") | {"block_id": f"{_box(text)}:"}


def _box(text: TypedText) -> str:
    """The block of the box for a text: another text in the same field has another, not ticked yet."""
    mark = blake2b(text.text.encode(), digest_size=4).hexdigest()
    return packed(_LAID.rstrip(":"), mark, text.block_id)
