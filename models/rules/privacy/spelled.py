"""Numbers and dates said in words, read as digits: "may twenty second nineteen oh five" as may 22th 1905."""

import re
from collections.abc import Callable

from models.rules.privacy.writing import MONTH, Pattern, words

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {
    **{word: number for number, word in enumerate(_SMALL.split())},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), start=2)},
    "ninty": 90,
    "fourty": 40,
    "oh": 0,
    "o": 0,
    "nought": 0,
}
_FIRSTS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: number for number, word in enumerate(_FIRSTS.split(), start=1)} | {"thirtieth": 30}
_SIGNS = {"dash": "-", "hyphen": "-", "slash": "/", "stroke": "/"}
_SPELLED = {
    **{word: str(number) for word, number in _NUMBERS.items()},
    **{word: f"{number}th" for word, number in _ORDINALS.items()},
    **_SIGNS,
}
_FIRST = words(" ".join(word for word in (*_NUMBERS, *_ORDINALS) if word != "o"), "double triple")
_NEXT = words(" ".join(_SPELLED), "double triple hundred thousand and")
_RUN = Pattern(
    rf"\b(?:{_FIRST}|(?:a )?hundred)\b(?:[ -]{_NEXT}\b){{0,24}}|(?<=\d) (?:{'|'.join(_SIGNS)}) (?=\d)"
)
_PARTS = re.compile(r"[^a-z]+")
_BLANKS = {code: " " for code in range(128) if not chr(code).isalpha()}
_MONTH_BEFORE = Pattern(rf"\b{MONTH},? (?:the )?$")
_MONTH_AFTER = Pattern(rf" (?:of )?{MONTH}(?!\w)")


def in_digits(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Read the numbers of a text in small letters; with each letter, where it stood from and to."""
    places = list(zip(range(len(text)), range(1, len(text) + 1), strict=True))
    # Both parts are the same; the first is faster.
    parts = text.translate(_BLANKS).split() if text.isascii() else _PARTS.split(text)
    if _SPELLED.keys().isdisjoint(parts):
        return text, places
    for run in reversed(list(_RUN.finditer(text))):
        start, end = run.span()
        if " " in run[0] or "-" in run[0] or _is_read_alone(run):
            digits = _digits(run[0])
            text = text[:start] + digits + text[end:]
            places[start:end] = [(start, end)] * len(digits)
    return text, places


def _is_read_alone(run: re.Match[str]) -> bool:
    """So that "one lady" and "a second time" stay, and "january second" is a day."""
    if max(_NUMBERS.get(run[0], 0), _ORDINALS.get(run[0], 0)) > _ORDINALS["ninth"]:
        return True
    before = run.string[max(0, run.start() - 16) : run.start()]
    if run[0] in _ORDINALS and _MONTH_AFTER.match(run.string, run.end()):
        return True
    return bool(_MONTH_BEFORE.search(before)) and (run[0] in _ORDINALS or not before.endswith("may "))


def _times(unit: int) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{int(match[1] or 1) * unit + int(match[2] or 0)}{match[3] or ''}"


_STEPS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\bdouble ([a-z]+)", r"\1 \1"),
    (r"\btriple ([a-z]+)", r"\1 \1 \1"),
    (r"[a-z]+", lambda word: _SPELLED.get(word[0], word[0])),
    (r"\b([2-9])0[ -]([1-9])(?!\d)", r"\1\2"),  # twenty two
    (r"(?:\b(\d+) |\ba )?\bhundred(?:(?: and)? (\d\d?)(th)?)?\b", _times(100)),
    (r"\b(\d+) thousand(?:(?: and)? (\d\d?)(th)?)?\b", _times(1000)),
    (r"\b(19|20) (?:(0) (\d)|([1-9]\d))\b", r"\1\2\3\4"),  # nineteen oh five, nineteen fifty five
    (r"\b(\d) (?=\d\b)", r"\1"),  # four zero five
    (r" ?([-/]) ?", r"\1"),
)


def _digits(run: str) -> str:
    for spelled, written in _STEPS:
        run = re.sub(spelled, written, run)
    return run
