"""What an outside observer counts after a storm: by Slack's journal and what people see, not by our rows."""

import statistics
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from models.rules.delivery.outcomes import EDIT, POST
from models.rules.delivery.verdicts import PARENT_FAILED
from tests.office import Office

LATE_S = 600.0
CAUGHT_UP_S = 300


@dataclass
class Said:
    """What was put in the outbox, or refused, by number: the words of each message are its number."""

    kept: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    at: dict[int, float] = field(default_factory=dict)  # by Slack's clock
    cards: dict[str, list[int]] = field(default_factory=dict)  # subject -> the numbers it says in turn


@dataclass(frozen=True)
class Tally:
    """What was injected, and what became of all that was said."""

    steps: int
    faults: Counter[str]
    messages: int
    refused: int  # the person was told that nothing was kept
    given_up: int  # with a reason
    untold: int  # given up, and no host knows
    lost: int
    doubled: int
    invented: int  # refused, and seen all the same
    out_of_order: int
    stale: int  # posts that do not say what their last edit said
    lateness: tuple[float, ...]  # seconds, of all that were seen, in order
    caught_up_s: int  # after the last fault

    @property
    def late(self) -> int:
        """How many were seen more than ten minutes after they were said."""
        return sum(each > LATE_S for each in self.lateness)

    def within(self, share: float) -> float:
        """Return the seconds in which this share of the messages was seen."""
        return self.lateness[min(int(len(self.lateness) * share), len(self.lateness) - 1)]

    def wrong(self) -> dict[str, float]:
        """Return all that should not be, by name: empty after a storm that was weathered."""
        bounds = {
            "lost": (self.lost, 0),
            "doubled": (self.doubled, 0),
            "invented": (self.invented, 0),
            "out of order": (self.out_of_order, 0),
            "stale": (self.stale, 0),
            "untold": (self.untold, 0),
            "late in a hundred": (100 * self.late / len(self.lateness), 5),
            "seconds to catch up": (self.caught_up_s, CAUGHT_UP_S),
        }
        return {name: found for name, (found, most) in bounds.items() if found > most}

    def __str__(self) -> str:
        injected = ", ".join(f"{count} {name}" for name, count in sorted(self.faults.items()))
        return (
            f"{self.steps:,} steps, {self.faults.total():,} faults ({injected})\n"
            f"  {self.messages:,} messages kept, {self.refused} refused in words, {self.given_up} given up "
            f"({self.untold} of them untold); lost {self.lost}, doubled {self.doubled}, "
            f"invented {self.invented}, out of order {self.out_of_order}, stale {self.stale}\n"
            f"  seen {statistics.median(self.lateness):.0f} s after they were said (median), "
            f"95 of 100 within {self.within(0.95):.0f} s, 99 within {self.within(0.99):.0f} s; "
            f"{self.late} after 10 minutes; all were out {self.caught_up_s} s after the last fault"
        )


def tally(office: Office, said: Said, steps: int, faults: Counter[str], caught_up_s: int) -> Tally:
    """Count."""
    rows = {int(key): row for key, row in office.rows().items() if key.isdigit()}
    failed = {number: row for number, row in rows.items() if row.state == "failed"}
    shown = [call for method in (POST, EDIT) for call in office.calls(method, accepted=True)]
    shown = sorted((call for call in shown if _words(call).isdigit()), key=lambda call: call["at"])
    first = {int(_words(call)): call for call in reversed(shown)}
    posts = Counter(int(_words(call)) for call in shown if call["method"] == POST)
    return Tally(
        steps,
        faults,
        messages=len(said.kept),
        refused=len(said.refused),
        given_up=len(failed),
        untold=_untold(office, failed),
        lost=sum(number not in first for number in said.kept - set(failed)),
        doubled=sum(count - 1 for count in posts.values()) + _posted_anew(said, posts),
        invented=sum(number in said.refused for number in first),
        out_of_order=_out_of_order(rows, first),
        stale=_stale(office, said, first),
        lateness=tuple(sorted(max(call["at"] - said.at[number], 0) for number, call in first.items())),
        caught_up_s=caught_up_s,
    )


def _words(call: dict[str, Any]) -> str:
    text: str = call["arguments"]["text"]
    return text


def _untold(office: Office, failed: dict[int, Any]) -> int:
    notices = "".join(office.direct("Hana"))
    return sum(
        row.last_error != PARENT_FAILED and f"{row.channel}>" not in notices for row in failed.values()
    )


def _posted_anew(said: Said, posts: Counter[int]) -> int:
    """A card is one post, edited afterwards."""
    made = (sum(number in posts for number in numbers) for numbers in said.cards.values())
    return sum(max(count - 1, 0) for count in made)


def _out_of_order(rows: dict[int, Any], first: dict[int, Any]) -> int:
    """Pairs of neighbours in a channel of which the second one was said first, and due first."""
    lines: dict[str, list[int]] = {}
    for number in sorted((n for n in first if n in rows), key=lambda n: first[n]["at"]):
        lines.setdefault(rows[number].channel, []).append(number)
    return sum(
        one > other and rows[one].due_at >= rows[other].due_at
        for line in lines.values()
        for one, other in pairwise(line)
    )


def _stale(office: Office, said: Said, first: dict[int, Any]) -> int:
    """Cards that do not say, and say alone, what was said last."""
    count = 0
    for subject, numbers in said.cards.items():
        shown = sorted((n for n in numbers if n in first), key=lambda n: first[n]["at"])
        texts = set(office.seen(subject.split()[-1])) & {str(number) for number in numbers}
        count += texts != {str(number) for number in shown[-1:]}
    return count
