"""Finds the Chromium that the browser tests drive, and installs it where that is possible.

Run as `python -m tests.chromium` it prints the path, or says what to install and exits with 1.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPS = Path("/Applications")
PLACES = (
    Path("/usr/bin/chromium"),
    Path("/snap/bin/chromium"),
    APPS / "Google Chrome.app/Contents/MacOS/Google Chrome",
    APPS / "Chromium.app/Contents/MacOS/Chromium",
)
ADVICE = (
    "The browser tests need Chromium, and none was found. Install it with one of\n"
    "    sudo apt-get install chromium        (Debian)\n"
    "    python -m playwright install --with-deps chromium\n"
    "or put Chrome or Chromium on the PATH."
)


class NoChromiumError(Exception):
    """No browser to drive; the message says what to install."""


def chromium_path() -> str:
    """The first Chromium there is: on the PATH, where systems put it, or the one Playwright fetched.

    Raises:
        NoChromiumError: when there is none.
    """
    for found in _candidates():
        if Path(found).is_file() and os.access(found, os.X_OK):
            return found
    raise NoChromiumError(ADVICE)


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    yield from map(str, PLACES)
    yield _own_of_playwright()


def _own_of_playwright() -> str:
    # Asked in a process of its own: Playwright's driver does not start inside a running event loop.
    ask = "from playwright.sync_api import *\nwith sync_playwright() as p: print(p.chromium.executable_path)"
    command = [sys.executable, "-c", ask]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a constant program
    return answer.stdout.strip()


def install() -> None:
    """Install Chromium: Debian's as root, else Playwright's own. Failing is fine, the caller looks again."""
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        _try([apt, "update", "-qq"])
        _try([apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    else:
        _try([sys.executable, "-m", "playwright", "install", "chromium"])


def _try(command: list[str]) -> None:
    subprocess.run(command, check=False, stdout=sys.stderr)  # noqa: S603 - the two commands above, no outside input


def main() -> int:
    """Print the path; install first when there is none."""
    try:
        path = chromium_path()
    except NoChromiumError:
        install()
        try:
            path = chromium_path()
        except NoChromiumError as missing:
            sys.stderr.write(f"{missing}\n")
            return 1
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
