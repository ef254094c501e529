"""How tests ask for Slack's error codes."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


def answered(work: Callable[[], object]) -> dict[str, Any]:
    """The body of a refusal."""
    with pytest.raises(SlackApiError) as caught:
        work()
    body: dict[str, Any] = caught.value.response.data
    return body


def refused(work: Callable[[], object]) -> str:
    """The error code of a refusal."""
    return str(answered(work)["error"])
