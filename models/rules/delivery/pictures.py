"""The files of a row's pictures, how long its words wait for them, and what becomes of them in an edit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

FOLLOWING = "following_pictures"  # the kind of a row that shows in a thread what its message could not
WITHOUT = ""  # in place of a file's id: the message goes without this picture, for good
_LATE = "late:"  # before the id, where there is one yet: the picture follows in the thread

Files = Mapping[str, str]
"""The file of each picture by the picture's key."""

URGENT_WAIT, LOOK_AGAIN = timedelta(seconds=3), timedelta(seconds=0.8)  # Slack needs a second or two
WAIT, LOOK_AGAIN_LATER = timedelta(seconds=11), timedelta(seconds=3)  # with the urgent ones eight in 15 s


def is_shown(file: str) -> bool:
    """Whether a message goes with this file."""
    return file != WITHOUT and not file.startswith(_LATE)


def put_off(file: str = "") -> str:
    """Mark a file, or the lack of one so far: its message goes without it, and it follows."""
    return f"{_LATE}{file}"


def shown(files: Files) -> dict[str, str]:
    """Those of a row's files that its message goes with."""
    return {key: file for key, file in files.items() if is_shown(file)}


def late(files: Files) -> dict[str, str]:
    """Those that follow, by their ids; "" for one not uploaded yet."""
    return {key: file.removeprefix(_LATE) for key, file in files.items() if file.startswith(_LATE)}


def next_look(first_try_at: datetime, now: datetime, *, is_urgent: bool) -> datetime | None:
    """When to look again whether Slack is done with a picture; None: its row waits for it no longer.

    A clock set back ends the wait.
    """
    pause, most = (LOOK_AGAIN, URGENT_WAIT) if is_urgent else (LOOK_AGAIN_LATER, WAIT)
    waited = now - first_try_at
    return now + pause if timedelta() <= waited <= most - pause else None


Shown = Mapping[str, Files]
"""What each post shows, by its name: a message, and those that show its pictures in its thread."""


def standing(sent: Iterable[tuple[str, str, Files]]) -> Shown:
    """What posts show, from (post, ts, files) of all that was sent of them, in that order.

    Only a message that was posted shows a file to others: an edit can but keep it, or let it go.
    """
    posts: dict[str, tuple[str, dict[str, str]]] = {}
    for post, ts, files in sent:
        before, now = posts.get(post), shown(files)
        if before and before[0] == ts:
            now = {key: file for key, file in before[1].items() if key in now}
        posts[post] = ts, now
    return {post: files for post, (_, files) in posts.items()}


@dataclass(frozen=True)
class PictureEdit:
    """What an edit does about pictures."""

    files: Files  # of those it keeps, and marks for those that are in the thread
    gone: tuple[str, ...]  # files it lets go
    follows: bool  # one that is neither in the post nor in its thread
    overtaken: tuple[str, ...]  # posts in the thread that show what is no longer true


def edited(
    post: str, pictures: Iterable[str], posts: Shown, refused: Files, *, new_ones_follow: bool
) -> PictureEdit:
    """Say what becomes of the pictures of a post, and of those in its thread, when these are true now.

    `refused` are those Slack did not take in this edit before.
    """
    own, keys = posts.get(post, {}), list(pictures)
    in_thread = {name: files for name, files in posts.items() if name != post}
    known = {key for files in in_thread.values() for key in files}
    kept = {key: own[key] for key in keys if key in own and key not in refused}
    new = [key for key in keys if key not in kept and new_ones_follow]
    return PictureEdit(
        files={**kept, **dict.fromkeys(new, put_off())},
        gone=tuple(file for key, file in own.items() if key not in kept),
        follows=not known.issuperset(new),
        overtaken=tuple(name for name, files in in_thread.items() if not files.keys() <= set(keys)),
    )
