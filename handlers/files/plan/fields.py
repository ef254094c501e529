"""Reads the keys of one part of a file and notes what is missing, misspelt or not what was expected."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from handlers.files.plan.plain_yaml import Leaf, Listing, Tree
from handlers.files.plan.plain_yaml import Mapping as Entries
from handlers.files.plan.problems import FileProblem, listed
from models.rules.quoting import clipped, suggestion
from models.rules.setup.plan import LONGEST_KEY, key_of

T = TypeVar("T")
LONGEST_NAME, LONGEST_TEXT = 200, 3000
YES_NO = {"yes": True, "no": False, "true": True, "false": False}
SLACK_ID = {
    "slack": (re.compile(r"[UW][A-Z0-9]{1,20}"), "U0123ABCD (in Slack: profile, three dots, Copy member ID)"),
    "channel": (re.compile(r"[CG][A-Z0-9]{1,20}"), "C0123ABCD (in Slack: channel details, at the bottom)"),
}


@dataclass(frozen=True)
class Fields:
    """One mapping of the file. A method notes a problem and answers a stand-in: all are found at once."""

    entries: Entries
    path: tuple[str, ...]
    problems: list[FileProblem]

    def only(self, *known: str) -> "Fields":
        """Refuse keys that mean nothing here."""
        for key, line in self.entries.lines.items():
            if key not in known:
                choices = f" Expected here: {', '.join(known)}."
                sentence = f"{clipped(key)} is not known."
                self._note(line, self.path, sentence + (suggestion(key, known) or choices))
        return self

    def refuse(self, key: str, sentence: str) -> None:
        """Note a problem with the value of `key`, or with this part when the key is not there."""
        self._note(self.line(key), (*self.path, key), sentence)

    def missing(self, key: str, expected: str) -> None:
        """Note that a key is not there, or has nothing behind it."""
        what = "is empty" if key in self.entries.lines else "is missing"
        self.refuse(key, f"{what}. Expected {expected}.")

    def line(self, key: str) -> int:
        return self.entries.lines.get(key, self.entries.line)

    def has(self, key: str) -> bool:
        """Whether the key is there with something behind it."""
        node = self.entries.entries.get(key)
        return node is not None and not (isinstance(node, Leaf) and not node.text)

    def text(self, key: str, expected: str = "", longest: int = LONGEST_TEXT) -> str:
        """A text; `expected` says what a missing one should be, "" that it may be missing."""
        if not self.has(key):
            if expected:
                self.missing(key, expected)
            return ""
        node = self.entries.entries[key]
        if not isinstance(node, Leaf):
            self.refuse(key, f"Found a list, expected {expected or 'a text'}.")
            return ""
        if len(node.text) > longest:
            self.refuse(key, f"Found {len(node.text):,} characters; at most {longest:,} are kept.")
        return node.text[:longest]

    def says(self, key: str, word: str) -> bool:
        """Whether this one word stands there, where a list may stand too."""
        node = self.entries.entries.get(key)
        return isinstance(node, Leaf) and node.text.casefold() == word

    def name(self) -> tuple[str, str]:
        """The key and the name of what this part is about."""
        name = " ".join(self.text("name", "a name", LONGEST_NAME).split())
        key = self.text("key", "", LONGEST_KEY) or key_of(name)
        if name and not key:
            self.refuse("name", f"Found {clipped(name)}, expected letters or digits in it.")
        return key, name

    def slack_id(self, key: str) -> str | None:
        """The Slack id of a person ("slack") or a "channel"; None when it is not given."""
        text = self.text(key)
        pattern, expected = SLACK_ID[key]
        if text and not pattern.fullmatch(text):
            self.refuse(key, f"Found {clipped(text)}, expected an id like {expected}.")
        return text or None

    def choice(self, key: str, choices: Mapping[str, T], otherwise: T, *, needed: bool = True) -> T:
        """One of the words given."""
        words = tuple(dict.fromkeys(choices))
        expected = listed(words)
        text = self.text(key, expected if needed else "")
        return self.chosen(key, text, choices, otherwise) if text else otherwise

    def chosen(self, key: str, text: str, choices: Mapping[str, T], otherwise: T) -> T:
        word = " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
        if word not in choices:
            near = suggestion(word, choices) or f" Expected {listed(tuple(choices))}."
            self.refuse(key, f"Found {clipped(text)}.{near}")
        return choices.get(word, otherwise)

    def whole(
        self, key: str, lowest: int, highest: int, otherwise: int | None = None, what: str = "a whole number"
    ) -> int:
        """A whole number within limits."""
        expected = f"{what} from {lowest} to {highest:,}"
        text = self.text(key, expected if otherwise is None else "")
        if not text:
            return lowest if otherwise is None else otherwise
        if not re.fullmatch(r"[0-9]{1,6}", text) or not lowest <= int(text) <= highest:
            self.refuse(key, f"Found {clipped(text)}, expected {expected}.")
            return lowest
        return int(text)

    def number(self, key: str) -> Decimal | None:
        """A number like 80, 7.5 or 80%; None when it is not given."""
        text = self.text(key)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})? ?%?", text):
            self.refuse(key, f"Found {clipped(text)}, expected a number like 80 or 7.5.")
            return None
        return Decimal(text.rstrip("% "))

    def month(self, key: str) -> date:
        """A month like 2026-01, as its first day."""
        expected = "a month like 2026-01"
        text = self.text(key, expected)
        match = re.fullmatch(r"((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])(-[0-9]{2})?", text)
        if match:
            return date(int(match[1]), int(match[2]), 1)
        if text:
            self.refuse(key, f"Found {clipped(text)}, expected {expected}.")
        return date(1900, 1, 1)

    def day(self, key: str) -> date:
        """A day like 2026-09-15."""
        expected = "a day like 2026-09-15"
        text = self.text(key, expected)
        try:
            return date.fromisoformat(text) if text else date.min
        except ValueError:
            self.refuse(key, f"Found {clipped(text)}, expected {expected}.")
            return date.min

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text standing alone."""
        node = self.entries.entries.get(key)
        items = node.items if isinstance(node, Listing) else (node,)
        texts = [item.text for item in items if isinstance(item, Leaf) and item.text]
        if node is not None and not isinstance(node, Leaf) and len(texts) != len(items):
            self.refuse(key, "Expected a list of names.")
        return tuple(texts)

    def part(self, key: str, expected: str) -> "Fields":
        """The keys indented below `key`."""
        node = self.entries.entries.get(key)
        if isinstance(node, Entries):
            return Fields(node, (*self.path, key), self.problems)
        if self.has(key):
            self.refuse(key, f"Expected {expected} below it.")
        else:
            self.missing(key, expected)
        return Fields(Entries(self.line(key), {}, {}), (*self.path, key), [])

    def parts(
        self, key: str, expected: str = "", label: "Callable[[Fields], str] | None" = None
    ) -> list["Fields"]:
        """A list of parts, each begun by a dash, or one alone; `label` names them in their path."""
        node = self.entries.entries.get(key)
        if not self.has(key) or node is None:
            if expected:
                self.missing(key, expected)
            return []
        items = node.items if isinstance(node, Listing) else (node,)
        return [part for at, item in enumerate(items, 1) if (part := self._item(key, at, item, label))]

    def _item(
        self, key: str, at: int, item: Tree, label: "Callable[[Fields], str] | None"
    ) -> "Fields | None":
        if not isinstance(item, Entries):
            self._note(item.line, (*self.path, key, str(at)), "Expected “- name: …”.")
            return None
        part = Fields(item, (*self.path, key, str(at)), self.problems)
        named = label(part) if label else ""
        return Fields(item, (*self.path, key, named), self.problems) if named else part

    def _note(self, line: int, path: tuple[str, ...], sentence: str) -> None:
        self.problems.append(FileProblem(line, " > ".join(path), sentence))


def by_name(part: Fields) -> str:
    """Label a part by its key or name, "" when it has neither."""
    leaves = [part.entries.entries.get(key) for key in ("key", "name")]
    return next((key_of(leaf.text) for leaf in leaves if isinstance(leaf, Leaf) and leaf.text), "")
