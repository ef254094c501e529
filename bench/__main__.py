"""`python -m bench`: runs every benchmark, or the ones named, and prints what they found in one table."""

import re
import sys
import time

from rich.console import Console

from bench import acks_while_drawing, charts, handlers, load, start
from bench.table import Row, Section, show

SENTENCE = re.compile(r"(.+?)(?:, (\d+) times as fast as pyplot)?(?: \((?:pyplot )?(.+)\))?")
SAID = Console(stderr=True)


def _charts() -> list[Section]:
    return [Section("Charts; pyplot", tuple(_row(what, found) for what, found in charts.rows()))]


def _row(what: str, found: str) -> Row:
    """Part a sentence of bench.charts: what it took, how many times as fast, what pyplot took."""
    parts = SENTENCE.fullmatch(found)
    assert parts, found
    ours, times, reference = parts.groups()
    return Row(what, ours, reference or "", 1 / int(times) if times else None)


BENCHES = {
    "start": start.rows,
    "load": load.rows,
    "handlers": handlers.rows,
    "drawing": acks_while_drawing.rows,
    "charts": _charts,
}


def main(names: list[str]) -> None:
    """Run the benches named, or all of them, one after another: two at once would measure each other."""
    began, sections = time.perf_counter(), []
    for name in names or BENCHES:
        SAID.print(f"{time.perf_counter() - began:4.0f} s  {name} ...", highlight=False)
        sections += BENCHES[name]()
    show(sections)
    SAID.print(f"{time.perf_counter() - began:4.0f} s in all", highlight=False)


if __name__ == "__main__":
    main(sys.argv[1:])
