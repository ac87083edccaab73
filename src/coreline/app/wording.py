"""The words of the program's own pages, found by a key such as `today.start`."""

from coreline.data_files import load_texts
from coreline.programme.spec import Frozen
from coreline.programme.texts import Table, TextBook


class _PagesFile(Frozen):
    """The tables of the data file."""

    today: Table
    choose: Table
    profile: Table
    pain: Table
    result: Table
    history: Table
    plan: Table
    reading: Table
    settings: Table
    trouble: Table


def own_texts() -> TextBook:
    """Return the pages' words."""
    return load_texts("app/texts.toml", _PagesFile)
