"""The icons Slack draws by name on a card (docs.slack.dev, card block)."""

from __future__ import annotations

# fmt: off
SLACK_ICONS = (
    "archive", "book", "bookmark", "bot", "bug", "calendar", "call", "caret-left", "caret-right", "check",
    "clipboard", "code", "comment", "compass", "copy", "cube", "download", "edit", "email", "eye-closed",
    "eye-open", "file", "flag", "folder", "gear", "globe", "heart", "help", "image", "info", "key",
    "lightbulb", "link", "map", "mobile", "new-window", "pin", "plus", "refine", "refresh", "rocket",
    "save", "screen", "share", "sparkle", "star", "star-filled", "tag", "thumbs-down", "thumbs-up",
    "trash", "upload", "user", "warning",
)
# fmt: on
