"""The words of what commands say, found by a key such as `report.place`."""

from coreline.data_files import load_texts
from coreline.programme.language import Language
from coreline.programme.spec import Frozen
from coreline.programme.texts import TextsIn, TextTable


class _CommandsFile(Frozen):
    """The tables of the data file, one a command."""

    train: TextTable
    analyze: TextTable
    archive: TextTable
    report: TextTable
    export: TextTable
    exercises: TextTable
    profile: TextTable
    plan: TextTable
    journal: TextTable
    calibrate: TextTable
    settings: TextTable
    reminder: TextTable
    install: TextTable
    voice: TextTable


def words_in(language: Language) -> TextsIn:
    """Return the commands' words in a language."""
    return load_texts("commands/texts.toml", _CommandsFile).in_(language)
