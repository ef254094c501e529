"""Questions of a window, each with its input, and what was answered, read back by the question's block.

No other module reads what Slack sends of the state of a window: whatever is typed passes the door first
(handlers/door.py), which asks `typed_texts` for all of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.slack.blocks import Block, View, option, plain, select
from handlers.slack.ids import packed, unpacked

LABEL_LIMIT = 2000  # characters of a label or a hint (Slack: Input block)
MOST_LETTERS = 3000  # of a text, where its field says nothing of it (Slack: Plain-text input element)
TICKED = "yes"
NO_PATIENT = "There is no patient in the file"
_NUMBER = re.compile(r"[-+]?[\d.,]*")


@dataclass(frozen=True)
class Question:
    """What is asked, and the block its answer is read by; Slack insists on one unless it is optional."""

    block_id: str
    label: str
    hint: str = ""
    optional: bool = False

    def text(self, typed: str = "", *, most: int, example: str = "", is_long: bool = True) -> Block:
        """Ask for words of `most` characters; what stands there already may have more."""
        element = {
            "type": "plain_text_input",
            "multiline": is_long,
            "max_length": max(most, len(typed)),
            **({"initial_value": typed} if typed else {}),
            **({"placeholder": plain(example)} if example else {}),
        }
        return self._input(element)

    def number(self, typed: str = "") -> Block:
        """Ask for a number; Slack's own limits are left off, so that our sentences say what is wrong."""
        element = {"type": "number_input", "is_decimal_allowed": True}
        return self._input(element | ({"initial_value": typed} if typed else {}))

    def choice(self, options: Sequence[Block], chosen: str = "") -> Block:
        """Ask for one of a few, all of them on screen; `chosen` is the value to begin with."""
        initial = [each for each in options if each["value"] == chosen]
        element: Block = {"type": "radio_buttons", "options": list(options)}
        return self._input(element | ({"initial_option": initial[0]} if initial else {}))

    def select(self, options: Sequence[Block], chosen: str = "") -> Block:
        """Ask for one of a list."""
        return self._input(select(self.block_id, options, chosen))

    def day(self, picked: date | None = None) -> Block:
        """Ask for a day."""
        return self._input({"type": "datepicker"} | ({"initial_date": f"{picked}"} if picked else {}))

    def tick(self, words: str) -> Block:
        """Ask for one tick beside a sentence."""
        return self.boxes([option(words, TICKED)])

    def boxes(self, options: Sequence[Block]) -> Block:
        """Ask for as many as fit of a few, ten at most (Slack: Checkbox group)."""
        return self._input({"type": "checkboxes", "options": list(options)})

    def file(self, *types: str, readers: str) -> tuple[Block, Block]:
        """Ask for a file of one of these types, with a box for who hands one in: files are not looked into.

        `readers` says who can open it.
        """
        element = {"type": "file_input", "max_files": 1, "filetypes": list(types)}
        question = Question(_tick_of(self.block_id), f"If you hand in a file: {readers}", optional=True)
        return self._input(element), question.tick(NO_PATIENT)

    def _input(self, element: Block) -> Block:
        block = {
            "type": "input",
            "block_id": self.block_id,
            "label": plain(self.label, LABEL_LIMIT),
            "element": {**element, "action_id": self.block_id},
            "optional": self.optional,
        }
        return block | ({"hint": plain(self.hint, LABEL_LIMIT)} if self.hint else {})


@dataclass(frozen=True)
class TypedText:
    """What a person typed, the block of its field, "" for none, and how many letters fit there."""

    block_id: str
    text: str
    most: int


def typed_texts(body: Mapping[str, Any]) -> Iterator[TypedText]:
    """All that is typed in what Slack sends: fields of a window or a message, names of files, numbers not."""
    view = body.get("view") or {}
    limits = {
        block.get("block_id"): block["element"].get("max_length", MOST_LETTERS)
        for block in view.get("blocks") or []
        if block.get("type") == "input"
    }
    for holder in (view, body):
        for block_id, answers in ((holder.get("state") or {}).get("values") or {}).items():
            text = "\n".join(words for answer in answers.values() for words in _words(answer))
            if text:
                yield TypedText(block_id, text, limits.get(block_id, MOST_LETTERS))


def _words(answer: Mapping[str, Any]) -> Iterator[str]:
    """The words of one input; what was chosen was offered by us."""
    value = answer.get("value")
    if isinstance(value, str) and not (answer.get("type") == "number_input" and _NUMBER.fullmatch(value)):
        yield value
    yield from _texts_in(answer.get("rich_text_value"))
    yield from (str(file.get(part) or "") for file in answer.get("files") or [] for part in ("name", "title"))


def _texts_in(rich: object) -> Iterator[str]:
    """The texts and addresses of a rich text, however deep."""
    if isinstance(rich, dict):
        yield from (rich[part] for part in ("text", "url") if isinstance(rich.get(part), str))
        rich = list(rich.values())
    if isinstance(rich, list):
        for inner in rich:
            yield from _texts_in(inner)


def shown_blocks(view: View) -> tuple[str, ...]:
    """The blocks of all questions that a window shows."""
    return tuple(view["state"]["values"])


def typed(view: View, block_id: str) -> str:
    """What was typed, as it was typed; "" for nothing, or where it was not asked."""
    return str(_answer(view, block_id).get("value") or "")


def chosen(view: View, block_id: str) -> str:
    """The value of the option that was chosen; "" for none."""
    return str((_answer(view, block_id).get("selected_option") or {}).get("value") or "")


def ticked(view: View, block_id: str) -> frozenset[str]:
    """The values of the boxes that are ticked; none where it was not asked."""
    return frozenset(str(each["value"]) for each in _answer(view, block_id).get("selected_options") or ())


def picked_day(view: View, block_id: str) -> date | None:
    """The day that was picked; None for none."""
    picked = _answer(view, block_id).get("selected_date")
    return unpacked(str(picked), date.fromisoformat) if picked else None


def handed_in(view: View, block_id: str) -> str:
    """The id of the file that was handed in; "" for none."""
    files = _answer(view, block_id).get("files") or [{}]
    return str(files[0].get("id") or "")


def unticked_files(view: View) -> Iterator[str]:
    """The boxes of the files that were handed in without a tick."""
    for block_id in shown_blocks(view):
        if handed_in(view, block_id) and not ticked(view, _tick_of(block_id)):
            yield _tick_of(block_id)


def _tick_of(block_id: str) -> str:
    return packed("no_patient", block_id)


def _answer(view: View, block_id: str) -> Mapping[str, Any]:
    """A question has one input."""
    answer: Mapping[str, Any] = next(iter(view["state"]["values"].get(block_id, {}).values()), {})
    return answer
