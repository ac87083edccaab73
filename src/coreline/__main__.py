"""Lets `python -m coreline` do what the command does."""

from coreline.cli import main

main()
