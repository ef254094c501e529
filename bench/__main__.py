"""`python -m bench`: runs every benchmark, or the ones named, and prints what they found in one table.

With --markdown it prints it as docs/performance.md has it, below a sentence about the machine.
"""

import sys
import time

from rich.console import Console

from bench import (
    acks,
    acks_while_drawing,
    charts,
    delivery,
    demo,
    growth,
    handlers,
    load,
    machine,
    start,
    stop_and_idle,
    ticks,
)
from bench.table import markdown, show

AS_MARKDOWN = "--markdown"
SAID = Console(stderr=True)


BENCHES = {
    "start": start.rows,
    "load": load.rows,
    "handlers": handlers.rows,
    "delivery": delivery.rows,
    "acks": acks.rows,
    "ticks": ticks.rows,
    "stop": stop_and_idle.rows,
    "drawing": acks_while_drawing.rows,
    "charts": charts.rows,
    "demo": demo.rows,
    "growth": growth.rows,
}


def main(names: list[str]) -> None:
    """Run the benches named, or all of them, one after another: two at once would measure each other."""
    began, load_before, sections = time.perf_counter(), machine.load(), []
    wanted = [name for name in names if name != AS_MARKDOWN] or BENCHES
    for name in wanted:
        SAID.print(f"{time.perf_counter() - began:4.0f} s  {name} ...", highlight=False)
        sections += BENCHES[name]()
    if AS_MARKDOWN in names:
        print(f"{machine.words(load_before)}\n\n{markdown(sections)}")
    else:
        show(sections)
    SAID.print(f"{time.perf_counter() - began:4.0f} s in all", highlight=False)


if __name__ == "__main__":
    main(sys.argv[1:])
