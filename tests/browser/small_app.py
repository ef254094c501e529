"""A small Bolt app over real Socket Mode, so that the page has something to talk to."""

import struct
import zlib
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

CITIES = ("Lagos", "Lima", "Lisbon", "London")


def plain(text: str) -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def build(client: WebClient) -> App:
    """The app with all its listeners."""
    app = App(client=client, signing_secret="unused", process_before_response=False)
    app.command("/count")(open_form)
    app.shortcut("count_anew")(open_form)
    app.shortcut("count_this")(count_this)
    app.options("city")(cities)
    app.view("count")(submitted)
    app.action("thank")(thank)
    app.event("app_home_opened")(show_home)
    app.event("message")(lambda ack: ack())
    return app


def open_form(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=form(body.get("channel_id", "")))


def form(channel: str) -> dict[str, Any]:
    """A modal with a number, words, an external select and radio buttons."""
    return {
        "type": "modal",
        "callback_id": "count",
        "private_metadata": channel,
        "title": plain("Count"),
        "submit": plain("Send count"),
        "close": plain("Cancel"),
        "blocks": [
            _input(
                "number",
                "How many?",
                {"type": "number_input", "is_decimal_allowed": True},
                hint="At most 100",
            ),
            _input(
                "words", "What was seen?", {"type": "plain_text_input", "multiline": True, "max_length": 80}
            ),
            _input("city", "Where?", {"type": "external_select", "min_query_length": 1}, optional=True),
            _input("kind", "Kind", {"type": "radio_buttons", "options": [_option("Seen"), _option("Heard")]}),
        ],
    }


def _input(name: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    hint = {"hint": plain(more.pop("hint"))} if "hint" in more else {}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": name, **element},
        **hint,
        **more,
    }


def _option(text: str) -> dict[str, Any]:
    return {"text": plain(text), "value": text.lower()}


def cities(ack: Ack, payload: dict[str, Any]) -> None:
    typed = payload["value"].lower()
    ack(options=[_option(city) for city in CITIES if city.lower().startswith(typed)])


def submitted(ack: Ack, client: WebClient, view: dict[str, Any], body: dict[str, Any]) -> None:
    values = view["state"]["values"]
    number, words = values["number"]["number"]["value"], values["words"]["words"]["value"]
    errors = {}
    if float(number) > 100:
        errors["number"] = "Please give at most 100."
    if len(words) < 5:
        errors["words"] = "Please say a little more."
    if errors:
        ack(response_action="errors", errors=errors)
        return
    ack()
    post_count(client, view["private_metadata"], body["user"]["id"], number, words)


def post_count(client: WebClient, channel: str, user: str, number: str, words: str) -> None:
    """The count in the channel, with a picture and a button."""
    upload = client.files_upload_v2(
        filename="count.png", content=png(), title="Count", alt_txt="A red square"
    )
    client.chat_postMessage(
        channel=channel,
        text=f"{number} counted",
        blocks=[
            {"type": "header", "text": plain(f"{number} counted :tada:")},
            {"type": "section", "text": {"type": "mrkdwn", "text": f"<@{user}> saw *{words}*"}},
            {"type": "image", "slack_file": {"id": upload["files"][0]["id"]}, "alt_text": "A red square"},
            {
                "type": "actions",
                "elements": [{"type": "button", "action_id": "thank", "text": plain("Thank them")}],
            },
        ],
    )


def thank(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
    ack()
    channel, user = body["channel"]["id"], body["user"]["id"]
    client.chat_postMessage(
        channel=channel, thread_ts=body["message"]["ts"], text=f"<@{user}> says thank you"
    )
    client.chat_postEphemeral(channel=channel, user=user, text="Your thanks were passed on.")


def count_this(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
    ack()
    client.chat_postEphemeral(
        channel=body["channel"]["id"], user=body["user"]["id"], text=f"Counted: {body['message']['text']}"
    )


def show_home(client: WebClient, event: dict[str, Any]) -> None:
    if event["tab"] == "home":
        blocks = [{"type": "header", "text": plain("Your counts")}, {"type": "divider"}]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


def png(size: int = 40) -> bytes:
    """A red square as a PNG file."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = (b"\x00" + b"\xd0\x20\x40" * size) * size
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
