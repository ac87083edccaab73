"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path

from coreline.body.measures import Side
from coreline.choices.settings import load_settings
from coreline.errors import UnknownExerciseError
from coreline.judging.ready import Place
from coreline.programme.catalogue import Catalogue
from coreline.programme.spec import Exercise, Language

STDOUT = Path("-")


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
    def place(self) -> Place | None:
        """Return floor or ball, or None to take what is seen."""
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


def usual_language() -> LanguageChoice:
    """Return the language of the settings, which is the system's unless it was chosen.

    Raises:
        BadDataError: The settings cannot be understood.
    """
    return LanguageChoice(load_settings().resolved_language)


def judged_exercise(catalogue: Catalogue, exercise_id: str) -> Exercise:
    """Return an exercise that the camera judges."""
    chosen = catalogue.get(exercise_id)
    if not chosen.judged:
        judged = ", ".join(each.id for each in catalogue if each.judged)
        raise UnknownExerciseError(
            f"{exercise_id}: is in the programme but not judged yet; judged so far: {judged}"
        )
    return chosen
