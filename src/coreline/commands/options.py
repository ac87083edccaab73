"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from coreline.body.side import Side
from coreline.choices.settings import load_settings
from coreline.data_files import load_programme, load_vocabulary
from coreline.errors import UnknownExerciseError
from coreline.programme.called import Namer
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.life import PainMoment
from coreline.programme.spec import Exercise
from coreline.programme.typed import choice_of

if TYPE_CHECKING:
    from coreline.judging.ready import Place

STDOUT = Path("-")
# What stands in the help in place of the words that are taken in both languages.
SIDES, PLACES, LANGUAGES = "left|right|auto", "floor|ball|auto", "nl|en"
EXERCISE_HELP = "By id or name, such as plank or 'buikbrug w34'."
DAY_HELP = "such as 29-11-2026 (day first), 29 nov (the nearest), 2026-11-29 or yesterday."


class SideChoice(StrEnum):
    """The working side on the command line."""

    LEFT = "left"
    RIGHT = "right"
    AUTO = "auto"

    @property
    def side(self) -> Side | None:
        """Return the side, or None to take the one near the camera."""
        return None if self is SideChoice.AUTO else Side(self.value)


class PlaceChoice(StrEnum):
    """What an exercise is done on, on the command line."""

    FLOOR = "floor"
    BALL = "ball"
    AUTO = "auto"

    @property
    def place(self) -> "Place | None":
        """Return floor or ball, or None to take what is seen."""
        from coreline.judging.ready import Place  # noqa: PLC0415 - brings the judging

        return None if self is PlaceChoice.AUTO else Place(self.value)


class ModelChoice(StrEnum):
    """The pose models."""

    FULL = "full"
    LITE = "lite"
    HEAVY = "heavy"


class LanguageChoice(StrEnum):
    """The languages of screen and report."""

    NL = "nl"
    EN = "en"

    @property
    def language(self) -> Language:
        """Return the language's code."""
        return "nl" if self is LanguageChoice.NL else "en"


class LevelBy(StrEnum):
    """What moves the level."""

    DATE = "date"
    READINESS = "readiness"


def side_typed(given: str) -> SideChoice:
    """Return the side that is meant, in either language.

    Raises:
        BadDataError: It is none.
    """
    return SideChoice(choice_of("--side", given, load_vocabulary().side))


def place_typed(given: str) -> PlaceChoice:
    """Return what the exercise is done on, in either language.

    Raises:
        BadDataError: It is neither.
    """
    return PlaceChoice(choice_of("--on", given, load_vocabulary().surface))


def language_typed(given: str) -> LanguageChoice:
    """Return the language that is meant.

    Raises:
        BadDataError: It is none of ours.
    """
    return LanguageChoice(choice_of("--language", given, load_vocabulary().language))


def moment_typed(given: str) -> PainMoment:
    """Return when it hurt, in either language.

    Raises:
        BadDataError: It is no such time.
    """
    return PainMoment(choice_of("--moment", given, load_vocabulary().moment))


def level_by_typed(given: str) -> LevelBy:
    """Return what is to move the level, in either language.

    Raises:
        BadDataError: It is neither.
    """
    return LevelBy(choice_of("--level-by", given, load_vocabulary().level_by))


def usual_language() -> LanguageChoice:
    """Return the language of the settings, which is the system's unless it was chosen.

    Raises:
        BadDataError: The settings cannot be understood.
    """
    return LanguageChoice(load_settings().resolved_language)


def missing(context: typer.Context, name: str, kind: str) -> Exception:
    """Return what Typer itself says of what it wants and did not get."""
    error: Any = next(
        each for each in typer.BadParameter.__subclasses__() if each.__name__ == "MissingParameter"
    )
    made: Exception = error("", ctx=context, param_hint=name, param_type=kind)
    return made


def exercise_named(catalogue: Catalogue, given: str, level_id: str | None = None) -> Exercise:
    """Return the exercise that a person named; of several that of the level they train.

    Raises:
        UnknownExerciseError: There is none, or there are several.
    """
    return Namer(catalogue, load_programme(), load_vocabulary()).exercise(given, level_id)


def judged_exercise(catalogue: Catalogue, given: str, level_id: str | None = None) -> Exercise:
    """Return an exercise that the camera judges; see `exercise_named`."""
    chosen = exercise_named(catalogue, given, level_id)
    if not chosen.judged:
        judged = ", ".join(each.id for each in catalogue if each.judged)
        raise UnknownExerciseError(
            f"{given}: is in the programme but not judged yet; judged so far: {judged}",
            nl=f"{given}: hoort bij het programma, maar wordt nog niet beoordeeld; wel: {judged}",
        )
    return chosen
