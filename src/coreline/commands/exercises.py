"""`coreline exercises`: what the programme consists of."""

from typing import Annotated

import typer

from coreline.commands.options import LANGUAGES, LanguageChoice, language_typed, usual_language
from coreline.commands.own_exercises import Own, exercises_known
from coreline.commands.terminal import tell

EXAMPLES = "Examples:  coreline exercises --language nl  |  coreline exercises --exercises my.toml"


def exercises(
    own: Own = None,
    language: Annotated[
        LanguageChoice | None,
        typer.Option(parser=language_typed, metavar=LANGUAGES, help="Of the names."),
    ] = None,
) -> None:
    """List the exercises, and which of them the camera judges so far."""
    chosen = (language or usual_language()).language
    for exercise in exercises_known(own):
        mark = "" if exercise.judged else "  (shown and timed, not yet judged)"
        tell(f"{exercise.id:18} {exercise.name.in_(chosen)}{mark}")
