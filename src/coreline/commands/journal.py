"""`coreline journal`: the whole of what was kept, as one file, and whether it is sound."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from coreline.commands.journal_here import journal_here, language_of
from coreline.commands.terminal import tell, tell_lines
from coreline.commands.wording import words_in
from coreline.errors import JournalDamagedError
from coreline.files.writing import check_place
from coreline.journal.recovering import PartlyRead, Recovered
from coreline.programme.texts import TextsIn

EXPORT_EXAMPLES = (
    "Examples:  coreline journal export mine.sqlite3"
    "  |  coreline journal export hers.sqlite3 --profile Anna"
)
IMPORT_EXAMPLES = "Examples:  coreline journal import mine.sqlite3"
CHECK_EXAMPLES = "Examples:  coreline journal check  |  coreline journal check --repair"
RECOVER_EXAMPLES = (
    "Examples:  coreline journal recover  |  coreline journal recover damaged.sqlite3 --parts"
)
ACKNOWLEDGE_EXAMPLES = "Examples:  coreline journal acknowledge"

app = typer.Typer(no_args_is_help=True, help="Export, import, check or rescue all that is kept.")


@app.command("export", epilog=EXPORT_EXAMPLES)
def export(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    profile: Annotated[str | None, typer.Option(help="Only this person; everyone without.")] = None,
) -> None:
    """Write everything that is kept to one file, for another computer or to put by."""
    check_place(file)
    with journal_here(read_only=True) as journal:
        journal.export(file, profile)
        w = words_in(language_of(journal))
        whose = journal.profile(profile).name if profile else w("journal.everyone")
    tell(w("journal.exported", whose=whose, place=file))


@app.command("import", epilog=IMPORT_EXAMPLES)
def import_(
    file: Annotated[Path, typer.Argument(help="A file that was exported, or a backup.")],
) -> None:
    """Take in what a file holds and is not here yet; doing it twice changes nothing."""
    with journal_here() as journal:
        came = journal.import_(file)
        w = words_in(language_of(journal))
    tell(
        w(
            "journal.imported",
            profiles=came.profiles,
            sessions=came.sessions,
            notes=came.notes,
            known=came.known_sessions,
        )
    )
    if came.damaged_sessions:
        left_out = w("journal.damaged_left_out", sessions=came.damaged_sessions)
        tell(f"coreline: {left_out}", err=True)


@app.command("check", epilog=CHECK_EXAMPLES)
def check(
    repair: Annotated[
        bool, typer.Option("--repair", help="Take what is damaged back from the backups.")
    ] = False,
) -> None:
    """Say whether everything is still what was written; exit code 2 if not.

    Raises:
        JournalDamagedError: It is not.
    """
    with journal_here(read_only=not repair) as journal:
        if repair:
            journal.repair()
        found = journal.check()
        w = words_in(language_of(journal))
    tell_lines(found.complaints)
    tell_lines(f"{known} (acknowledged)" for known in found.known)
    if found.complaints:
        raise JournalDamagedError(
            f"{journal.path}: {len(found.complaints)} complaints; coreline journal check --repair "
            "takes back what a backup has, coreline journal recover reads damaged files",
            nl=f"{journal.path}: {len(found.complaints)} klachten; coreline journal check --repair "
            "haalt terug wat een reservekopie heeft, coreline journal recover leest beschadigde "
            "bestanden",
        )
    tell(w("journal.all_well", profiles=found.profiles, sessions=found.sessions))


@app.command("recover", epilog=RECOVER_EXAMPLES)
def recover(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Damaged files; all that were set aside without.")
    ] = None,
    parts: Annotated[
        bool, typer.Option("--parts", help="Take sessions too that can be read only in part.")
    ] = False,
) -> None:
    """Read what is left in a damaged file, and take over what is still what was written."""
    with journal_here() as journal:
        found = journal.recover(files or (), parts=parts)
        names = {profile.id: profile.name for profile in journal.profiles()}
        w = words_in(language_of(journal))
    tell_lines(_recovered(found, names, w))


def _recovered(found: Recovered, names: Mapping[str, str], w: TextsIn) -> Iterator[str]:
    """Yield what was read, and what of it is not whole."""
    if not found.files:
        yield w("journal.nothing_aside")
        return
    yield w("journal.read", files=found.files, people=found.people, sessions=found.sessions)
    for key, parts in (("part_taken", found.parts), ("part_left", found.left)):
        for each in parts:
            yield "  " + w(f"journal.{key}", which=_partly(each, names, w))
    if found.left:
        yield "  " + w("journal.take_parts")


def _partly(each: PartlyRead, names: Mapping[str, str], w: TextsIn) -> str:
    whose = names.get(each.person) or w("journal.somebody")
    return w("journal.part", whose=whose, day=each.day, sets=each.sets)


@app.command("acknowledge", epilog=ACKNOWLEDGE_EXAMPLES)
def acknowledge() -> None:
    """Say that you have read what happened to the journal: it is no longer told."""
    with journal_here() as journal:
        known = journal.acknowledge()
        w = words_in(language_of(journal))
    tell(w("journal.acknowledged" if known.open else "journal.nothing_to_tell"))
