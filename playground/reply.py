"""What came back for a payload sent to the app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reply:
    """An acknowledgement, or why there is none: `reason` is one of Slack's x-slack-retry-reason values."""

    body: Any = None
    reason: str | None = None
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        return self.reason is None
