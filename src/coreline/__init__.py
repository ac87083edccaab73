"""Coreline: a core-stability trainer that needs nothing but a laptop."""

import logging
import os

# pygame greets on standard output at import, where our own answers belong.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

# To look for plugins pydantic reads what every package in the environment says of itself; none of
# them has a say in our data.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Without a log (`coreline.log`) Python would print what is noted.
logging.getLogger(__name__).addHandler(logging.NullHandler())

__version__ = "0.1.0"
