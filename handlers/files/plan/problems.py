"""What is wrong in a file a person wrote: the place, what was found, what is expected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.errors import DomainError


@dataclass(frozen=True, order=True)
class FileProblem:
    """One thing to mend. `place` is a path ("teams > cedar > name") or a column ("numerator"), or ""."""

    line: int  # counted from 1; 0 when the file as a whole is meant
    place: str
    sentence: str

    def words(self) -> str:
        """Say it in one line: "Line 12, teams > cedar > name: is missing."."""
        where = ", ".join(part for part in (f"Line {self.line}" if self.line else "", self.place) if part)
        return f"{where}: {self.sentence}" if where else self.sentence


class UnreadableFileError(DomainError):
    """A file refused, with every problem found in it."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(problem.words() for problem in self.problems))


def listed(choices: Sequence[str]) -> str:
    """Join choices for people: "a, b or c"."""
    return " or ".join(part for part in (", ".join(choices[:-1]), choices[-1]) if part)
