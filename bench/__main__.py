"""`python -m bench`: runs every benchmark, or the ones named, and prints what they found in one table."""

import sys
import time

from rich.console import Console

from bench import acks_while_drawing, charts, handlers, load, start
from bench.table import show

SAID = Console(stderr=True)


BENCHES = {
    "start": start.rows,
    "load": load.rows,
    "handlers": handlers.rows,
    "drawing": acks_while_drawing.rows,
    "charts": charts.rows,
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
