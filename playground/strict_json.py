"""Reads only JSON that everybody can read back: no NaN, no half of a character, no endless nesting."""

from __future__ import annotations

import json
import math
from typing import Any


def loads(text: str | bytes) -> Any:
    """Decode JSON.

    Raises:
        ValueError: it is none, or holds what cannot be written again.
    """
    try:
        written = text if isinstance(text, str) else text.decode()
        value = json.loads(written, parse_constant=_finite, parse_float=_finite)
    except RecursionError as wrong:
        raise ValueError("nested too deep") from wrong
    if "\\u" in written:
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(f"{written} is no number")
    return number
