"""`coreline exercises`: what the programme consists of."""

from pathlib import Path
from typing import Annotated

import typer

from coreline.commands.options import LanguageChoice, usual_language
from coreline.data_files import load_catalogue

EXAMPLES = "Examples:  coreline exercises --language nl  |  coreline exercises --exercises my.toml"


def exercises(
    own: Annotated[
        Path | None, typer.Option("--exercises", help="Your own: a TOML file or a folder of them.")
    ] = None,
    language: Annotated[LanguageChoice | None, typer.Option(help="Of the names.")] = None,
) -> None:
    """List the exercises, and which of them the camera judges so far."""
    chosen = (language or usual_language()).language
    for exercise in load_catalogue(own):
        mark = "" if exercise.judged else "  (shown and timed, not yet judged)"
        typer.echo(f"{exercise.id:18} {exercise.name.in_(chosen)}{mark}")
