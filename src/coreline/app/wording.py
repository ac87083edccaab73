"""The words of the program's own pages, found by a key such as `today.start`."""

from coreline.data_files import load_texts
from coreline.programme.spec import Frozen
from coreline.programme.texts import TextBook, TextTable


class _PagesFile(Frozen):
    """The tables of the data file."""

    today: TextTable
    choose: TextTable
    profile: TextTable
    pain: TextTable
    result: TextTable
    history: TextTable
    compare: TextTable
    pictures: TextTable
    plan: TextTable
    reading: TextTable
    exercises: TextTable
    settings: TextTable
    trouble: TextTable
    keeping: TextTable
    notice: TextTable


def own_texts() -> TextBook:
    """Return the pages' words."""
    return load_texts("app/texts.toml", _PagesFile)
