"""Questions of a window, each with its input, and what was answered, read back by the question's block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.slack.blocks import Block, View, plain, select
from handlers.slack.ids import unpacked

LABEL_LIMIT = 2000  # characters of a label or a hint (Slack: Input block)


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

    def day(self) -> Block:
        """Ask for a day."""
        return self._input({"type": "datepicker"})

    def file(self, *types: str) -> Block:
        """Ask for a file of one of these types."""
        return self._input({"type": "file_input", "max_files": 1, "filetypes": list(types)})

    def _input(self, element: Block) -> Block:
        block = {
            "type": "input",
            "block_id": self.block_id,
            "label": plain(self.label, LABEL_LIMIT),
            "element": {**element, "action_id": self.block_id},
            "optional": self.optional,
        }
        return block | ({"hint": plain(self.hint, LABEL_LIMIT)} if self.hint else {})


def typed(view: View, block_id: str) -> str:
    """What was typed, as it was typed; "" for nothing, or where it was not asked."""
    return str(_answer(view, block_id).get("value") or "")


def chosen(view: View, block_id: str) -> str:
    """The value of the option that was chosen; "" for none."""
    return str((_answer(view, block_id).get("selected_option") or {}).get("value") or "")


def picked_day(view: View, block_id: str) -> date | None:
    """The day that was picked; None for none."""
    picked = _answer(view, block_id).get("selected_date")
    return unpacked(str(picked), date.fromisoformat) if picked else None


def handed_in(view: View, block_id: str) -> str:
    """The id of the file that was handed in; "" for none."""
    files = _answer(view, block_id).get("files") or [{}]
    return str(files[0].get("id") or "")


def _answer(view: View, block_id: str) -> Mapping[str, Any]:
    """A question has one input."""
    answer: Mapping[str, Any] = next(iter(view["state"]["values"].get(block_id, {}).values()), {})
    return answer
