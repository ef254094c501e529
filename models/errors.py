"""What the collaborative refuses, in words for the person who asked."""


class DomainError(Exception):
    """A refusal, worded for the person who asked."""
