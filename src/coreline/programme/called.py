"""Exercises as people name them: by id, by a name in either language, with the level or without.

Four exercises are called Buikbrug, one a level. A name that fits several is never guessed at: it is
the one of the level that the person trains, where exactly one of them is, and is refused otherwise.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from coreline.errors import UnknownExerciseError
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.spec import Exercise, Level, Programme
from coreline.programme.toml_data import near_of
from coreline.programme.typed import (
    LONGEST_TYPED,
    Choices,
    Vocabulary,
    Words,
    choice_of,
    folded,
    offers,
)

_IN_BRACKETS: Final = re.compile(r"(.*?)\((.*)\)\s*")
_LANGUAGES: Final[tuple[Language, ...]] = ("en", "nl")


class Namer:
    """Knows which exercise is meant."""

    def __init__(self, catalogue: Catalogue, programme: Programme, words: Vocabulary) -> None:
        """Take the exercises, their levels, and the words that are understood."""
        self._catalogue = catalogue
        self._levels = {level.id: level for level in programme.levels}
        self._level_words = level_choices(programme, words)

    def exercise(self, given: str, level_id: str | None = None) -> Exercise:
        """Return the exercise that is meant; `level_id` is the level that the person trains.

        Raises:
            UnknownExerciseError: There is none, or several have this name: the message offers the
                near ones, or those with their ids.
        """
        shown = given[:LONGEST_TYPED]
        found = self._fitting(shown)
        if len(found) > 1:
            of_level = [each for each in found if each.level == level_id]
            found = of_level if len(of_level) == 1 else found
        if len(found) == 1:
            return found[0]
        raise self._several(shown, found) if found else self._unknown(shown)

    def _fitting(self, given: str) -> list[Exercise]:
        """Return the exercises of this name: those of the very name before those like it."""
        exact = [each for each in self._catalogue.everything if each.id == given]
        return exact or self._called(folded(given), None) or self._of_level(folded(given))

    def _of_level(self, name: str) -> list[Exercise]:
        """Return those of a name with a level before or behind it."""
        for level_id, words in self._level_words.items():
            for word in sorted(map(folded, (*words.nl, *words.en)), key=len, reverse=True):
                rest = name.removeprefix(f"{word} ").removesuffix(f" {word}")
                if rest != name and (found := self._called(rest, level_id)):
                    return found
        return []

    def _called(self, name: str, level_id: str | None) -> list[Exercise]:
        """Return those that are called so, of a level or of any."""
        among = [each for each in self._catalogue.everything if level_id in (None, each.level)]
        for fits in (_has_name, _has_stem, _has_words):
            if name and (found := [each for each in among if fits(each, name)]):
                return found
        return []

    def _several(self, given: str, found: Sequence[Exercise]) -> UnknownExerciseError:
        en, nl = (
            ", ".join(f"{each.id} ({self._level_of(each, code)})" for each in found)
            for code in _LANGUAGES
        )
        return UnknownExerciseError(
            f'"{given}" fits {len(found)} exercises: {en}; give the id of one',
            nl=f'"{given}": dat kunnen {len(found)} oefeningen zijn: {nl}; geef de code van één',
        )

    def _unknown(self, given: str) -> UnknownExerciseError:
        known = {
            folded(name): name for each in self._catalogue for name in (each.id, *_all_names(each))
        }
        near = [known[each] for each in near_of(folded(given), tuple(known))]
        return UnknownExerciseError(
            f'unknown exercise "{given}":{offers(near, "en")} coreline exercises lists all',
            nl=f'onbekende oefening "{given}":{offers(near, "nl")} '
            "coreline exercises toont ze allemaal",
        )

    def _level_of(self, exercise: Exercise, language: Language) -> str:
        level = self._levels.get(exercise.level)
        return exercise.level if level is None else level.name.in_(language)


def level_choices(programme: Programme, words: Vocabulary) -> Choices:
    """Return how each level may be named: by its id, its name and its weeks."""
    return {level.id: _level_words(level, words) for level in programme.levels}


def level_called(given: str, programme: Programme, words: Vocabulary) -> str:
    """Return the id of the level that is meant.

    Raises:
        BadDataError: It is none; the message offers the near ones.
    """
    return choice_of("--level", given, level_choices(programme, words))


def _level_words(level: Level, words: Vocabulary) -> Words:
    more = words.level.get(level.id)
    weeks = str(level.first_week)
    weeks += f"-{level.last_week}" if level.last_week is not None else ""
    return Words(
        nl=(level.id, level.name.nl, f"week {weeks}", weeks, *(more.nl if more else ())),
        en=(level.id, level.name.en, f"weeks {weeks}", *(more.en if more else ())),
    )


def _has_name(exercise: Exercise, name: str) -> bool:
    return any(folded(each) == name for each in _all_names(exercise))


def _has_stem(exercise: Exercise, name: str) -> bool:
    """Say whether this is the id, with its level or without."""
    return name in (folded(exercise.id), folded(exercise.id.removeprefix(f"{exercise.level}-")))


def _has_words(exercise: Exercise, name: str) -> bool:
    """Say whether all words of this are in a name of the exercise."""
    words = set(name.split())
    return any(words <= set(folded(each).split()) for each in _all_names(exercise))


def _all_names(exercise: Exercise) -> Iterator[str]:
    """Yield what an exercise is called; what is in brackets is a name as well, and what is not."""
    for name in (exercise.name.nl, exercise.name.en):
        yield name
        if (parts := _IN_BRACKETS.fullmatch(name)) is not None:
            yield from (part for part in parts.groups() if part.strip())
    yield from (*exercise.also_called.nl, *exercise.also_called.en)
