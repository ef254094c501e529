"""YAML bytes become a plain tree with line numbers: no aliases, no tags, no repeated keys, no depths."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handlers.files.plan.problems import FileProblem, UnreadableFileError
from models.rules.quoting import clipped
from models.rules.typed_text import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

LARGEST = 256 * 1024  # bytes
DEEPEST = 20


@dataclass(frozen=True)
class Leaf:
    line: int
    text: str  # as written: "no" stays "no" and 2026-01 stays 2026-01


@dataclass(frozen=True)
class Listing:
    line: int
    items: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Mapping:
    line: int
    entries: "dict[str, Tree]" = field(hash=False)
    lines: dict[str, int] = field(hash=False)  # of the keys


Tree = Leaf | Listing | Mapping


def read_tree(data: bytes) -> Tree:
    """Read the one document of a file.

    Raises UnreadableFileError when it is too large (256 KB), too deep (20 levels), no YAML, or holds an
    anchor, an alias, a tag, or a key twice.
    """
    if len(data) > LARGEST:
        raise UnreadableFileError([FileProblem(0, "", f"The file is larger than {LARGEST // 1024} KB.")])
    import yaml  # noqa: PLC0415 - only a file needs it: the bot starts without

    try:
        node = _composed(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableFileError(
            [FileProblem(0, "", "The file is not text in UTF-8: save it as UTF-8.")]
        ) from None
    except yaml.MarkedYAMLError as trouble:
        raise UnreadableFileError([_syntax(trouble)]) from None
    except yaml.YAMLError as trouble:
        raise UnreadableFileError(
            [FileProblem(0, "", f"This is no YAML: {clipped(str(trouble), 120)}")]
        ) from None
    if node is None:
        raise UnreadableFileError([FileProblem(0, "", "The file is empty.")])
    problems: list[FileProblem] = []
    tree = _tree(node, problems)
    if problems:
        raise UnreadableFileError(problems)
    return tree


def _composed(text: str) -> "yaml.Node | None":
    loader = _loader()(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return node


def _loader() -> Any:
    import yaml  # noqa: PLC0415 - see read_tree

    class PlainLoader(yaml.SafeLoader):
        """Composes plain nodes only; a bomb is refused at its first anchor or level too deep."""

        depth = 0

        def compose_node(self, parent: "yaml.Node | None", index: int) -> "yaml.Node | None":
            event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it out
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise UnreadableFileError(
                    [FileProblem(line, "", "“&” and “*” names are not taken: write it out again.")]
                )
            if getattr(event, "tag", None):
                raise UnreadableFileError(
                    [FileProblem(line, "", "“!” tags are not taken: write plain text.")]
                )
            if self.depth >= DEEPEST:
                raise UnreadableFileError([FileProblem(line, "", f"There are more than {DEEPEST} levels.")])
            self.depth += 1
            try:
                return super().compose_node(parent, index)
            finally:
                self.depth -= 1

    return PlainLoader


def _tree(node: "yaml.Node", problems: list[FileProblem]) -> Tree:
    import yaml  # noqa: PLC0415 - see read_tree

    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Listing(line, tuple(_tree(item, problems) for item in node.value))
    if isinstance(node, yaml.MappingNode):
        return _mapping(line, node, problems)
    is_nothing = node.tag == "tag:yaml.org,2002:null"
    text = "" if is_nothing else str(node.value).strip()
    if cleaned(text) != text:
        problems.append(
            FileProblem(line, "", f"{clipped(text)} holds a sign that cannot be shown: remove it.")
        )
    return Leaf(line, text)


def _mapping(line: int, node: "yaml.MappingNode", problems: list[FileProblem]) -> Mapping:
    entries: dict[str, Tree] = {}
    lines: dict[str, int] = {}
    for key, at, value in _pairs(node, problems):
        if key in entries:
            problems.append(
                FileProblem(at, "", f"{clipped(key)} stands here and in line {lines[key]}: keep one.")
            )
            continue
        entries[key], lines[key] = _tree(value, problems), at
    return Mapping(line, entries, lines)


def _pairs(node: "yaml.MappingNode", problems: list[FileProblem]) -> "Iterator[tuple[str, int, yaml.Node]]":
    for key, value in node.value:
        at = key.start_mark.line + 1
        if isinstance(key.value, str):
            yield _plain_key(key.value), at, value
        else:
            problems.append(FileProblem(at, "", "Expected a word before the colon."))


def _plain_key(text: str) -> str:
    """`Due_day`, `due-day` and `due day` are one key: nobody should have to remember which."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _syntax(trouble: "yaml.MarkedYAMLError") -> FileProblem:
    mark = trouble.problem_mark or trouble.context_mark
    what = str(trouble.problem)
    hint = next((words for sign, words in _HINTS.items() if sign in what), "")
    return FileProblem(mark.line + 1 if mark else 0, "", f"This cannot be read ({what}). {hint}".strip())


_HINTS = {
    "mapping values are not allowed": "A text with a colon in it needs quotes around it.",
    "cannot start any token": "Indent with spaces, not tabs, and quote a text that begins with a sign.",
    "another document": "Remove the line “---”.",
    "expected <block end>": "Check the indentation: what belongs together begins in the same column.",
    "could not find expected ':'": "Check for a missing colon after a key, or for text that is not indented.",
}
