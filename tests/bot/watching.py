"""Somebody who watches a bot from outside, as an orchestrator and Prometheus do."""

import json
import re
from dataclasses import dataclass
from typing import Any

import httpx

from tests.bot.place import Running


@dataclass(frozen=True)
class Watch:
    """Somebody who asks the three addresses."""

    address: str

    def asks(self, path: str) -> tuple[int, Any]:
        answer = httpx.get(f"{self.address}{path}", timeout=10)
        return answer.status_code, answer.json()

    def metrics(self) -> str:
        return httpx.get(f"{self.address}/metrics", timeout=10).text

    def value(self, metric: str) -> float:
        (found,) = re.findall(rf"^{re.escape(metric)} (\S+)$", self.metrics(), flags=re.MULTILINE)
        return float(found)


def watch(bot: Running) -> Watch:
    """Find the address in the log's line about it."""
    started = next(json.loads(line) for line in bot.log.splitlines() if '"opened"' in line)
    return Watch(started["status"])
