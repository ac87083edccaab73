"""The short words of screen and report, in every language: states, faults, reasons and the rest."""

from typing import TypeAlias

from coreline.programme.spec import Frozen, Language, Text
from coreline.programme.toml_data import near_names, parse_model

Table: TypeAlias = dict[str, Text]


class Mendable(Frozen):
    """A fault or a reason in plain words, and one sentence on how to mend it."""

    name: Text
    mend: Text


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
