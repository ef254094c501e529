"""How many a team looks at each month: the number beside the rule in a measure's words."""

EVERYBODY = 0  # how "all" is kept: nobody is left out, so no number is published
LARGEST = 10_000


def is_known_to_peers(size: int | None) -> bool:
    """Whether other teams count as knowing how many a team looked at.

    The size of a sample is read by all, so it tells them. Where all who count are looked at there may be any
    number of them. While nobody said which of both it is, it counts as known: the stricter reading.
    """
    return size != EVERYBODY


def size_words(size: int | None) -> str:
    """Say it in short: "20", "all", "not given"."""
    return "not given" if size is None else "all" if size == EVERYBODY else f"{size:,}"


def size_sentence(size: int | None) -> str:
    """Say what to take, and who counts as knowing how many that is."""
    words = f"{size_words(size)}, or all where there are fewer" if size else size_words(size)
    return f"{words} (counts as known to all teams)" if is_known_to_peers(size) else words
