"""`coreline export`: everything that was kept of a person, for other programs."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coreline.app.recalling import recall
from coreline.commands.journal_here import journal_here
from coreline.commands.kept import kept_person
from coreline.commands.options import DAY_HELP, LANGUAGES, STDOUT, LanguageChoice, language_typed
from coreline.commands.own_exercises import Own, exercises_known
from coreline.commands.people import WHO_HELP, day_of, span_reversed, whose
from coreline.commands.terminal import put, tell
from coreline.commands.wording import words_in
from coreline.data_files import load_programme
from coreline.files.writing import check_place, write_pieces
from coreline.printable import json_as_shown
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.report.export import KeptPerson, csv_text, json_text
from coreline.report.fhir import fhir_text

EXAMPLES = (
    "Examples:  coreline export --format csv --out training.csv"
    "  |  coreline export --format json  |  coreline export --format fhir --from 2026-11-01"
)


class FormatChoice(StrEnum):
    """The formats."""

    CSV = "csv"
    JSON = "json"
    FHIR = "fhir"


def export(
    kind: Annotated[FormatChoice, typer.Option("--format", "-f", help="What to write.")],
    out: Annotated[Path, typer.Option(help="Where it goes; - for standard output.")] = STDOUT,
    first: Annotated[str | None, typer.Option("--from", help=f"The first day, {DAY_HELP}")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day.")] = None,
    language: Annotated[
        LanguageChoice | None,
        typer.Option(parser=language_typed, metavar=LANGUAGES, help="The person's without."),
    ] = None,
    own: Own = None,
    who: Annotated[str | None, typer.Option(help=WHO_HELP)] = None,
) -> None:
    """Write every session, and what was noted, for a spreadsheet or another program."""
    begin, end = day_of("--from", first), day_of("--to", last)
    if begin is not None and end is not None and end < begin:
        raise span_reversed(begin, end)
    if out != STDOUT:
        check_place(out)
    known = exercises_known(own)
    with journal_here(read_only=True) as journal, journal.at_one_moment():
        profile, catalogue = whose(journal, who), recall(known, journal)
        seen = kind is not FormatChoice.FHIR  # which says nothing of it
        person = kept_person(journal, profile, load_programme(), begin, end, seen=seen)
        chosen: Language = language.language if language is not None else profile.language
        pieces = pieces_of(kind, person, catalogue, chosen)
        if out == STDOUT:
            # All of it or nothing: who reads it cannot know that more was to come.
            whole = b"".join(piece.encode("utf-8") for piece in pieces)
        else:
            write_pieces(out, pieces)
    if out == STDOUT:
        put(whole)
    else:
        n = len(person.sessions)
        tell(words_in(profile.language)("export.done", sessions=n, place=out))


def pieces_of(
    kind: FormatChoice, person: KeptPerson, catalogue: Catalogue, language: Language
) -> Iterator[str]:
    """Return the text of a file, which comes session by session."""
    match kind:
        case FormatChoice.CSV:
            return csv_text(person, catalogue, language)
        case FormatChoice.JSON:
            return map(json_as_shown, json_text(person, catalogue))
        case FormatChoice.FHIR:
            return map(json_as_shown, fhir_text(person, catalogue, language))
