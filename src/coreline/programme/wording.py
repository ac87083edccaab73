"""The plan's sentences in the person's language; every blank of every text is checked when read."""

import string
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from coreline.programme.catalogue import Catalogue
from coreline.programme.pace import amount
from coreline.programme.sayings import Filling, Saying
from coreline.programme.spec import Dose, Frozen, Language, Programme, Prose, Text
from coreline.programme.toml_data import near_names, parse_model

MONTHS, WEEKDAYS = 12, 7
_LEVEL_BLANKS = ("level",)
_EXERCISE_BLANKS = ("exercise", "instead")
_OF_PROGRAMME = ("may_rise", "skip", "rest", "contact")


def _same_blanks(text: Text) -> Text:
    """Return a text; raise ValueError unless both languages have the same blanks."""
    if blanks_in(text.nl) != blanks_in(text.en):
        raise ValueError("nl and en must have the same blanks in braces")
    return text


def blanks_in(text: str) -> set[str]:
    """Return the names of the blanks in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


Table: TypeAlias = dict[str, Annotated[Text, AfterValidator(_same_blanks)]]
Months = Annotated[tuple[Prose, ...], Field(min_length=MONTHS, max_length=MONTHS, strict=False)]
Weekdays = Annotated[
    tuple[Prose, ...], Field(min_length=WEEKDAYS, max_length=WEEKDAYS, strict=False)
]


class _Months(Frozen):
    nl: Months
    en: Months


class _Weekdays(Frozen):
    nl: Weekdays
    en: Weekdays


class _Dates(Frozen):
    months: _Months
    weekdays: _Weekdays


class _File(Frozen):
    """The data file; a code is a table's name and a key in it."""

    why: Table
    offer: Table
    note: Table
    contact: Table
    ask: Table
    place: Table
    kind: Table
    page: Table
    word: Table
    date: _Dates


class Sentences:
    """Every sentence by its code, such as `why.resting`, and how days are said."""

    def __init__(self, texts: Mapping[str, Text], dates: _Dates) -> None:
        """Take the texts by code."""
        self._texts = dict(texts)
        self._dates = dates

    @property
    def codes(self) -> tuple[str, ...]:
        """Return every code in the order of the file."""
        return tuple(self._texts)

    def text(self, code: str) -> Text:
        """Return the text of a code.

        Raises:
            LookupError: There is no such code; the message offers the near ones.
        """
        if code in self._texts:
            return self._texts[code]
        raise LookupError(f'no sentence "{code}" in texts.toml;{near_names(code, self.codes)}')

    def day(self, day: date, language: Language) -> str:
        """Return a day as it is said: 3 November 2026."""
        months = self._dates.months.nl if language == "nl" else self._dates.months.en
        return f"{day.day} {months[day.month - 1]} {day.year}"

    def weekday(self, day: date, language: Language) -> str:
        """Return the name of a day's weekday."""
        names = self._dates.weekdays.nl if language == "nl" else self._dates.weekdays.en
        return names[day.weekday()]


def parse_sentences(text: str, source: str) -> Sentences:
    """Return the sentences in a TOML text; `source` is the file's name, for errors.

    Raises:
        BadDataError: The text is malformed, or a text has other blanks than its translation.
    """
    file = parse_model(text, source, _File)
    tables = {name: table for name, table in file if isinstance(table, dict)}
    texts = {f"{name}.{key}": each for name, table in tables.items() for key, each in table.items()}
    return Sentences(texts, file.date)


class Speaker:
    """Says things to one person: sentences, names of levels and exercises, in one language."""

    def __init__(
        self,
        sentences: Sentences,
        programme: Programme,
        catalogue: Catalogue,
        language: Language,
    ) -> None:
        """Take what names and texts come from."""
        self._sentences, self._programme, self._catalogue = sentences, programme, catalogue
        self.language = language

    def say(self, saying: Saying) -> str:
        """Return a saying in words.

        Raises:
            LookupError: There is no such code, or a blank of its text is not filled.
        """
        text = self._text(saying.code).in_(self.language)
        return text.format_map(dict(self._filled(saying.fill)))

    def word(self, code: str, **fill: Filling) -> str:
        """Return a short word of the table `word`."""
        return self.say(Saying(f"word.{code}", tuple(fill.items())))

    def text(self, code: str) -> str:
        """Return a text that has no blanks.

        Raises:
            LookupError: There is no such code.
        """
        return self._text(code).in_(self.language)

    def dose(self, dose: Dose) -> str:
        """Return how many sets of how much."""
        return self.word(dose.kind, sets=dose.sets, n=f"{amount(dose):g}")

    def day(self, day: date) -> str:
        """Return a day with its weekday."""
        weekday = self._sentences.weekday(day, self.language)
        return f"{weekday} {self._sentences.day(day, self.language)}"

    def exercise(self, exercise_id: str, *, full: bool = False) -> str:
        """Return an exercise's name, in full with that of its level; the id of one that is gone."""
        if exercise_id not in self._catalogue:
            return exercise_id
        exercise = self._catalogue.get(exercise_id)
        name = exercise.name.in_(self.language)
        level = self.level(exercise.level)
        return f"{name} ({_lowered(level)})" if full and level != exercise.level else name

    def level(self, level_id: str) -> str:
        """Return a level's name."""
        names = {level.id: level.name.in_(self.language) for level in self._programme.levels}
        return names.get(level_id, level_id)

    def _text(self, code: str) -> Text:
        """Return the text of a code: the handout's own, or one of the sentences."""
        if code == "why.every_day":
            return self._programme.every_day
        table, _, key = code.partition(".")
        if table == "pain" and key in _OF_PROGRAMME:
            text: Text = getattr(self._programme.pain, key)
            return text
        return self._sentences.text(code)

    def _filled(self, fill: tuple[tuple[str, Filling], ...]) -> Iterator[tuple[str, str]]:
        for name, value in fill:
            yield name, self._filling(name, value)
            if name in _EXERCISE_BLANKS:
                yield f"{name}_full", self.exercise(str(value), full=True)

    def _filling(self, name: str, value: Filling) -> str:
        if isinstance(value, date):
            return self._sentences.day(value, self.language)
        if name in _LEVEL_BLANKS:
            return self.level(str(value))
        return self.exercise(str(value)) if name in _EXERCISE_BLANKS else str(value)


def _lowered(name: str) -> str:
    """Return a name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
