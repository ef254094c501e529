"""Lets `python -m bot` do what `momentum` does."""

from bot.cli import main

main()
