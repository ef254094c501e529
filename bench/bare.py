"""The reference: a Bolt app that only acknowledges, served as the bot is, with no line of the bot in it."""

import logging
import sys
import threading
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from waitress.server import create_server

from bench.slack import SECRET

PATH = "/slack/events"
THREADS = 32  # as many as the bot has
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Report"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "A form."}}],
}


def bare(api_url: str, mode: str) -> App:
    """Make an app that acknowledges the command and the form.

    Modes: "bare" answers as soon as it can, "default" is what Bolt does unless told, "opening" is bare and
    opens a small form that is always the same.
    """
    app = App(
        client=WebClient(token="xoxb-bench", base_url=api_url, retry_handlers=[]),
        signing_secret=SECRET,
        process_before_response=mode != "default",
    )
    app.command("/report")(ack=acknowledge, lazy=[open_form] if mode == "opening" else [])
    app.view("report_form")(acknowledge)
    return app


def acknowledge(ack: Ack) -> None:
    """Do nothing else."""
    ack()


def open_form(client: WebClient, body: dict[str, Any]) -> None:
    """Open the same form for everybody."""
    client.views_open(trigger_id=body["trigger_id"], view=FORM)


def serve(app: App) -> None:
    """Serve over HTTP from a free port until ended."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(SlackRequestHandler(app, path=PATH), host="127.0.0.1", port=0, threads=THREADS)
    print(f"bare: http://127.0.0.1:{server.effective_port}{PATH}", flush=True)
    server.run()


def connect(app: App, api_url: str) -> None:
    """Connect over Socket Mode until ended."""
    web_client = WebClient(token="xapp-bench", base_url=api_url)
    SocketModeHandler(app, "xapp-bench", web_client=web_client, concurrency=THREADS).connect()
    print("bare: connected", flush=True)
    threading.Event().wait()


def main(api_url: str, mode: str, way_in: str) -> None:
    """Run until ended; `way_in` is "http" or "socket"."""
    app = bare(api_url, mode)
    if way_in == "socket":
        connect(app, api_url)
    else:
        serve(app)


if __name__ == "__main__":
    main(*sys.argv[1:])
