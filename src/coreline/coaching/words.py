"""The short words of screen and report, in every language: states, faults, reasons and the rest."""

from collections.abc import Iterable
from typing import TypeAlias

from coreline.coaching.spoken import own_cue
from coreline.programme.spec import Exercise, Frozen, Language, Mendable, Text
from coreline.programme.toml_data import near_names, parse_model

Table: TypeAlias = dict[str, Text]


class _WordsFile(Frozen):
    """The data file of the words; a key of `Words` is the path to a text in it."""

    state: Table
    deviation: Table
    stage: Table
    phase: Table
    side: Table
    sides: Table
    view: Table
    confidence: Table
    word: Table
    sentence: Table
    key: Table
    fault: dict[str, Mendable]
    reason: dict[str, Mendable]


class Words:
    """Every short word by its key, such as `state.good`, `fault.sag` or `reason.no_tap.mend`."""

    def __init__(self, texts: dict[str, Text]) -> None:
        """Take the texts by key."""
        self._texts = texts

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key in the order of the file."""
        return tuple(self._texts)

    def __contains__(self, key: object) -> bool:
        """Say whether there is a word for a key."""
        return key in self._texts

    def with_own(self, exercises: Iterable[Exercise]) -> "Words":
        """Return these words and those that exercises bring: codes, and cues as `cue.own.key`.

        A code that has words already keeps them.
        """
        brought: dict[str, Text] = {}
        for exercise in exercises:
            for table, codes in (("fault", exercise.faults), ("reason", exercise.reasons)):
                for code, entry in codes.items():
                    brought = _keyed(f"{table}.{code}", entry) | brought
            for name, text in exercise.cues.items():
                brought.setdefault(f"cue.{own_cue(name)}", text)
        return Words(brought | self._texts)

    def word(self, key: str, language: Language) -> str:
        """Return the word for a key in one language.

        Raises:
            LookupError: There is no such key; the message offers the near ones.
        """
        if key in self._texts:
            return self._texts[key].in_(language)
        raise LookupError(f'no word "{key}" in texts.toml;{near_names(key, self.keys)}')


def parse_words(text: str, source: str) -> Words:
    """Return the words in a TOML text; `source` is the file's name, for errors.

    Raises:
        BadDataError: The text is malformed, or a table of words is missing.
    """
    file = parse_model(text, source, _WordsFile)
    texts: dict[str, Text] = {}
    for table, entries in file:
        for name, entry in entries.items():
            texts |= _keyed(f"{table}.{name}", entry)
    return Words(texts)


def _keyed(key: str, entry: Text | Mendable) -> dict[str, Text]:
    """Return the texts of one entry by key; a fault's name has the short key."""
    if isinstance(entry, Mendable):
        return {key: entry.name, f"{key}.mend": entry.mend}
    return {key: entry}
