"""Coreline: a core-stability trainer that needs nothing but a laptop."""

import os

# pygame greets on standard output at import, where our own answers belong.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

__version__ = "0.1.0"
