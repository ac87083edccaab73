"""Texts found by key, in every language: the one shape of every `texts.toml`.

A room says which tables its file has; the texts are found by the path to them, `today.start`.
"""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, RootModel

from coreline.programme.language import Language
from coreline.programme.spec import Text
from coreline.programme.toml_data import near_names, parse_model


def blanks_in(text: str) -> set[str]:
    """Return the names of the blanks in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _same_blanks(text: Text) -> Text:
    """Return a text; raise ValueError unless both languages have the same blanks."""
    if blanks_in(text.nl) != blanks_in(text.en):
        raise ValueError("nl and en must have the same blanks in braces")
    return text


FillableText = Annotated[Text, AfterValidator(_same_blanks)]
TextTable: TypeAlias = dict[str, FillableText]


class FlatTexts(RootModel[TextTable]):
    """A data file of texts without tables."""

    model_config = ConfigDict(frozen=True, strict=True)


class TextBook:
    """Texts by key, in the order of their file."""

    def __init__(self, texts: Mapping[str, Text], source: str) -> None:
        """Take the texts by key, and the file's name, for errors."""
        self._texts = dict(texts)
        self._source = source

    def __contains__(self, key: object) -> bool:
        """Say whether there is a text with this key."""
        return key in self._texts

    def with_more(self, texts: Mapping[str, Text]) -> "TextBook":
        """Return a book with texts beside these; a key that is here already keeps its text."""
        return TextBook({**self._texts, **dict(texts), **self._texts}, self._source)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key in the order of the file."""
        return tuple(self._texts)

    def text(self, key: str) -> Text:
        """Return the text of a key in every language.

        Raises:
            LookupError: There is no such key; the message offers the near ones.
        """
        if key in self._texts:
            return self._texts[key]
        raise LookupError(f'{self._source}: no text "{key}";{near_names(key, self.keys)}')

    def say(self, key: str, language: Language, /, **fillings: object) -> str:
        """Return the text of a key in one language, its blanks filled in.

        Raises:
            LookupError: There is no such key, or a blank has no filling.
        """
        return self.text(key).in_(language).format_map(fillings)

    def in_(self, language: Language) -> "TextsIn":
        """Return the texts in one language."""
        return TextsIn(self, language)


@dataclass(frozen=True, slots=True)
class TextsIn:
    """The texts of a book in one language."""

    book: TextBook
    language: Language

    def __call__(self, key: str, /, **fillings: object) -> str:
        """Return the text of a key, its blanks filled in."""
        return self.book.say(key, self.language, **fillings)


def parse_texts(text: str, source: str, shape: type[BaseModel]) -> TextBook:
    """Return the texts in a TOML text of a shape; `source` is the file's name, for errors.

    Raises:
        BadDataError: The text is malformed, a key is missing or unknown, a text lacks a language,
            or has other blanks in one language than in the other.
    """
    return TextBook(dict(_texts_in("", parse_model(text, source, shape))), source)


def _texts_in(key: str, value: object) -> Iterator[tuple[str, Text]]:
    """Yield every text of a table with its key."""
    match value:
        case Text():
            yield key, value
        case RootModel():
            yield from _texts_in(key, value.root)
        case BaseModel() | dict():
            for name, inner in value if isinstance(value, BaseModel) else value.items():
                yield from _texts_in(f"{key}.{name}" if key else name, inner)
        case _:  # what may be left out, and is
            return
