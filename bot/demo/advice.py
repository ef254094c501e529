"""What coaches write about the reports of the demo's story, and what the teams make of it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.rules.coaching.feedback import LABELS, FeedbackWords, TeamAnswer

FILE = Path(__file__).with_name("feedback.csv")


@dataclass(frozen=True)
class Advice:
    """Feedback some days after a report came, and who of the team answers it how a day later."""

    team: str  # key
    months_ago: int
    days_after: int
    words: FeedbackWords
    answered_by: str  # Slack id; "" where nobody answers
    answer: TeamAnswer | None


def advice() -> Iterator[Advice]:
    """All of it, a row of the table each."""
    with FILE.open(newline="") as opened:
        for row in csv.DictReader(opened):
            yield Advice(
                row["team"],
                int(row["months_ago"]),
                int(row["days_after"]),
                FeedbackWords(**{name: row[name] for name in LABELS}),
                row["answered_by"],
                TeamAnswer(row["answer"]) if row["answer"] else None,
            )
