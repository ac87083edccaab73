"""The short words of screen and report: states, faults, reasons and the rest."""

from collections.abc import Iterable

from coreline.coaching.spoken import own_cue
from coreline.programme.spec import Exercise, Frozen, Text
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
    mark: TextTable
    side: TextTable
    sides: TextTable
    view: TextTable
    confidence: TextTable
    word: TextTable
    sentence: TextTable
    key: TextTable
    fault: dict[str, Correction]
    reason: dict[str, Correction]


def words_of(exercises: Iterable[Exercise]) -> dict[str, Text]:
    """Return the words that exercises bring, by key: codes, and cues as `cue.own.key`.

    Of a key that several bring, the first one's words are taken.
    """
    found: dict[str, Text] = {}
    for exercise in exercises:
        for table, codes in (("fault", exercise.faults), ("reason", exercise.reasons)):
            for code, entry in codes.items():
                found.setdefault(f"{table}.{code}.name", _literally(entry.name))
                found.setdefault(f"{table}.{code}.correction", _literally(entry.correction))
        for name, text in exercise.cues.items():
            found.setdefault(f"cue.{own_cue(name)}", _literally(text))
    return found


def _literally(text: Text) -> Text:
    """Return a text whose braces are no blanks to fill in."""
    nl, en = (each.replace("{", "{{").replace("}", "}}") for each in (text.nl, text.en))
    return Text(nl=nl, en=en)
