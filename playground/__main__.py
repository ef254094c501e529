"""`python -m playground --manifest manifest.yml --port 4480`: a small Slack in the terminal, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from playground.server import running


def main() -> None:
    """Serve with two people and a channel to begin with."""
    parser = argparse.ArgumentParser(prog="python -m playground", description="A local stand-in for Slack.")
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yml"), help="the app's manifest")
    parser.add_argument("--port", type=int, default=4480, help="0 takes a free one")
    chosen = parser.parse_args()
    with running(chosen.manifest, port=chosen.port) as served:
        people = [served.client.add_person(name).id for name in ("Ana", "Bo")]
        served.client.add_channel("general", members=people)
        app = served.client.app
        lines = (
            f"Slack's page:      {served.url}",
            f"SLACK_API_URL      {served.api_url}",
            f"SLACK_BOT_TOKEN    {app['bot_token']}",
            f"SLACK_APP_TOKEN    {app['app_token']}",
            f"SLACK_SIGNING_SECRET {app['signing_secret']}",
        )
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        _until_interrupted()


def _until_interrupted() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's job in the background starts without
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
