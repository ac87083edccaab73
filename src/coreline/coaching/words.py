"""The short words of screen and report: states, faults, reasons and the rest."""

from coreline.programme.spec import Frozen
from coreline.programme.texts import FillableText, TextTable


class Correction(Frozen):
    """A fault or a reason in plain words, and one sentence on how to correct it."""

    name: FillableText
    correction: FillableText


class WordsFile(Frozen):
    """The tables of the data file; a word's key is `state.good` or `fault.sag.name`."""

    state: TextTable
    deviation: TextTable
    stage: TextTable
    phase: TextTable
    side: TextTable
    sides: TextTable
    view: TextTable
    confidence: TextTable
    word: TextTable
    sentence: TextTable
    key: TextTable
    fault: dict[str, Correction]
    reason: dict[str, Correction]
