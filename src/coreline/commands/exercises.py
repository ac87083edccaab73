"""`coreline exercises`: what the programme consists of."""

from typing import Annotated

import typer

from coreline.commands.options import LANGUAGES, LanguageChoice, language_typed, usual_language
from coreline.commands.own_exercises import Own
from coreline.commands.people import speaking
from coreline.commands.terminal import tell
from coreline.commands.wording import words_in

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
    _, catalogue, speaker = speaking(chosen, own=own)
    not_judged = f"  ({words_in(chosen)('exercises.not_judged')})"
    for exercise in catalogue:
        name = speaker.exercise(exercise.id, full=True)
        tell(f"{exercise.id:18} {name}{'' if exercise.judged else not_judged}")
