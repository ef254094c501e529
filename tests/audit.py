"""Asks of known holes in what Momentum is made of; it ends with 0 for none, 1 for some, 2 for no answer."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PINNED = Path(__file__).parent.parent / "constraints.txt"
ASK = (
    sys.executable,
    "-m",
    "pip_audit",
    "--vulnerability-service=osv",
    "--progress-spinner=off",
    "--format=json",
)
WHAT = ("--no-deps", "--disable-pip", f"--requirement={PINNED}")
HOLE, NOBODY_COULD_SAY = 1, 2


def main() -> int:
    """Ask, say what came of it, and return the code to end with."""
    asked = subprocess.run([*ASK, *WHAT, *sys.argv[1:]], capture_output=True, text=True, check=False)  # noqa: S603 - as pinned
    day = time.strftime("%Y-%m-%d", time.gmtime())
    try:
        answers = json.loads(asked.stdout)["dependencies"]
        lines = list(_holes(answers))
    except (ValueError, KeyError):  # no answer, or one with packages that were left out
        trouble = (asked.stderr.strip() or "no answer").splitlines()[-1]
        lines, code = (
            [f"Nobody could say on {day} whether there are known holes: {trouble}"],
            NOBODY_COULD_SAY,
        )
    else:
        code = HOLE if lines else 0
        lines += [
            f"{len(answers)} packages, {len(lines)} known holes, as the OSV service knew them on {day}."
        ]
    print(*lines, sep="\n")  # noqa: T201 - a script's answer
    return code


def _holes(answers: list[dict[str, Any]]) -> Iterator[str]:
    for package in answers:
        for hole in package["vulns"]:
            mended = ", ".join(hole["fix_versions"]) or "no version yet"
            yield f"{package['name']} {package['version']}: {hole['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
