"""Where things stand in the page, in the words of who looks at it."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

Window = Callable[..., Page]


def box(page: Page) -> Locator:
    """The message box of the conversation."""
    return page.get_by_role("textbox", name="Message #general")


def messages(page: Page) -> Locator:
    """The conversation's list of messages."""
    return page.get_by_role("list", name="Messages in #general")
