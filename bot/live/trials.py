"""What could only be read about Slack: how each thing is tried, what the host is asked, what to change."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.identity import identify
from bot.live.presses import Pressed
from bot.live.workbench import Otherwise, Workbench
from handlers.delivery.asking import ask
from handlers.slack.blocks import Block, actions, button, modal, plain, section
from handlers.slack.calls import call
from handlers.slack.words import counted
from models.rules.delivery.verdicts import SETTLE

WINDOW, PRESS = "trial_window", "trial_press"
PRESS_S = 60
READY_S = 15  # the longest Momentum waits for a file
LONG = 10_000  # characters: what Momentum puts into one message at most


class NotTried(Exception):  # noqa: N818 - a finding, no error of ours
    """Nobody was there to try it with."""


@dataclass(frozen=True)
class Trial:
    """One thing: `do` says what was measured; then the host is asked, and Momentum counts on `expects`."""

    subject: str
    do: Callable[[Workbench], str]
    change: str  # when it is otherwise
    ask: str = ""  # empty: Slack's own answers say it
    expects: bool = True


def message(bench: Workbench) -> str:
    """How long until a message can be read back."""
    ts = bench.post("Can this be read back?")

    def is_read() -> bool:
        where = {"channel": bench.channel, "oldest": ts, "inclusive": True, "limit": 1}
        history = call("conversations.history", bench.client.conversations_history, **where)
        return any(each["ts"] == ts for each in history["messages"])

    return f"read back after {bench.until(is_read, SETTLE.total_seconds()):.1f} s"


def readers(bench: Workbench) -> str:
    """Who can read the channel: what is for a team alone is said in a private one only."""
    place = ask(bench.client, bench.channel, identify(bench.client).bot_user)
    if place.is_private is None:
        raise Otherwise("Slack does not say who can read it")
    if place.is_private and not place.is_shared:
        return f"private, with {counted(len(place.members), 'member')} beside Momentum"
    return "shared with another organization" if place.is_shared else "public"


def long_message(bench: Workbench) -> str:
    """As long as Momentum's longest."""
    part, end = "word " * 500, "The end."
    parts = [part] * (LONG // len(part) - 1)
    bench.post("A long message", *map(section, [*parts, part[: -len(end)] + end]))
    return f"{LONG} characters were taken"


def folded(bench: Workbench) -> str:
    """A container that folds."""
    title, inside = plain("Folded"), [section("This was folded away.")]
    fold = {"type": "container", "title": title, "is_collapsible": True, "default_collapsed": True}
    bench.post("A folded container", fold | {"child_blocks": inside})
    return "taken"


def picture(bench: Workbench) -> str:
    """A picture uploaded without a channel, shown by the message that names it."""
    seconds, shown = _ready_picture(bench)
    bench.post("A picture", section("A picture"), shown)
    return f"ready {seconds:.1f} s after its upload"


def edited_picture(bench: Workbench) -> str:
    """The same, brought by an edit."""
    _, shown = _ready_picture(bench)
    text = "A picture brought by an edit"
    where = {"channel": bench.channel, "ts": bench.post(text), "text": text, "blocks": [section(text), shown]}
    call("chat.update", bench.client.chat_update, **where)
    return "the edit was taken"


def press(bench: Workbench) -> str:
    """A button pressed by somebody who has no command."""
    somebody = "Is a guest, or somebody of another workspace, there to press a button?"
    if bench.presses and not bench.host.agrees(somebody):
        raise NotTried("no guest was there to try it")
    pressed = _pressed(bench, PRESS, "Press me", "Please let them press “Press me” now.")
    person = call("users.info", bench.client.users_info, user=pressed["user"]["id"])["user"]
    home, team = pressed["user"].get("team_id"), (pressed.get("team") or {}).get("id")
    if person["team_id"] != identify(bench.client).slack_team:
        return f"it came from another workspace: user.team_id {home}, team.id {team}"
    if not person.get("is_restricted"):
        raise NotTried("a full member pressed it, no guest")
    return f"it came from a {'single' if person.get('is_ultra_restricted') else 'multi'}-channel guest"


def window(bench: Workbench) -> str:
    """A picture that stands in no message, shown in a window."""
    _, shown = _ready_picture(bench)
    pressed = _pressed(bench, WINDOW, "Open a window", "Please press “Open a window” now.")
    view = modal("Momentum", [section("A picture in a window"), shown], close="Close")
    call("views.open", bench.client.views_open, trigger_id=pressed["trigger_id"], view=view)
    return "the window opened"


def _ready_picture(bench: Workbench) -> tuple[float, Block]:
    file = bench.upload()

    def is_ready() -> bool:
        return bool(call("files.info", bench.client.files_info, file=file)["file"].get("mimetype"))

    block = {"type": "image", "slack_file": {"id": file}, "alt_text": "The number 42."}
    return bench.until(is_ready, READY_S), block


def _pressed(bench: Workbench, action_id: str, label: str, please: str) -> Pressed:
    if bench.presses is None:
        raise NotTried("a press is heard over Socket Mode alone: set SLACK_APP_TOKEN to try it")
    bench.post(label, section(please), actions(button(label, action_id)))
    bench.host.hear(please)
    pressed = bench.presses.wait(action_id, PRESS_S)
    if pressed is None:
        if bench.host.agrees("No press came. Was the button pressed?"):
            raise Otherwise("it was pressed, and Slack brought no press")
        raise NotTried("nobody pressed it")
    return pressed


TRIALS = (
    Trial("A message", message, "Raise SETTLE in models/rules/delivery/verdicts.py above what was measured."),
    Trial(
        "Who can read the channel",
        readers,
        "What is for a team alone goes to its people by direct message until Slack says who is there.",
    ),
    Trial(
        "A long message",
        long_message,
        "Lower what Momentum puts into one message.",
        "Is “A long message” one message, with “The end.” in its last line?",
    ),
    Trial(
        "A folded container",
        folded,
        "Put nothing into a container that folds: use sections.",
        "Does “Folded” open and close when you click it?",
    ),
    Trial(
        "A picture",
        picture,
        "Share pictures in the channel when they are uploaded (channel_id): a private file is not shown.",
        "Does “A picture” show the number 42, to you and to somebody else there?",
    ),
    Trial(
        "A picture brought by an edit",
        edited_picture,
        "Corrected cards may bring their new picture by the edit after all.",
        "Does “A picture brought by an edit” show the number 42?",
        expects=False,
    ),
    Trial(
        "A picture in a window",
        window,
        "Leave pictures out of windows: “Send me the picture” is the way.",
        "Did the window show the number 42?",
    ),
    Trial(
        "A guest's press",
        press,
        "Tell guests, and people of other workspaces, to ask a member of their team.",
    ),
)
