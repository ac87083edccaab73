"""`coreline journal`: the whole of what was kept, as one file, and whether it is sound."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from coreline.commands.journal_here import journal_here
from coreline.commands.terminal import tell, tell_lines
from coreline.errors import JournalDamagedError
from coreline.files.writing import check_place
from coreline.journal.recovering import PartlyRead, Recovered

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
        whose = journal.profile(profile).name if profile else "everyone"
    tell(f"Exported {whose} to {file}")


@app.command("import", epilog=IMPORT_EXAMPLES)
def import_(
    file: Annotated[Path, typer.Argument(help="A file that was exported, or a backup.")],
) -> None:
    """Take in what a file holds and is not here yet; doing it twice changes nothing."""
    with journal_here() as journal:
        came = journal.import_(file)
    tell(
        f"Imported {came.profiles} profiles, {came.sessions} sessions, {came.notes} notes; "
        f"{came.known_sessions} sessions were here already"
    )
    if came.damaged_sessions:
        tell(f"coreline: {came.damaged_sessions} damaged sessions left out", err=True)


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
    tell_lines(found.complaints)
    tell_lines(f"{known} (acknowledged)" for known in found.known)
    if found.complaints:
        raise JournalDamagedError(
            f"{journal.path}: {len(found.complaints)} complaints; coreline journal check --repair "
            "takes back what a backup has, coreline journal recover reads damaged files"
        )
    tell(f"All is well: {found.profiles} profiles, {found.sessions} sessions")


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
    tell_lines(_recovered(found, names))


def _recovered(found: Recovered, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what was read, and what of it is not whole."""
    if not found.files:
        yield "No damaged file was set aside; name one to read another"
        return
    yield (
        f"Read {found.files} damaged files: {found.people} profiles and {found.sessions} whole "
        "sessions came back"
    )
    for each in found.parts:
        yield f"  taken in part, not whole: {_partly(each, names)}"
    for each in found.left:
        yield f"  only a part can be read: {_partly(each, names)}"
    if found.left:
        yield "  coreline journal recover --parts takes these over; not all in them may be right"


def _partly(each: PartlyRead, names: Mapping[str, str]) -> str:
    whose = names.get(each.person, "somebody who is not in the journal")
    return f"{whose}, the session of {each.day}, {each.sets} sets"


@app.command("acknowledge", epilog=ACKNOWLEDGE_EXAMPLES)
def acknowledge() -> None:
    """Say that you have read what happened to the journal: it is no longer told."""
    with journal_here() as journal:
        known = journal.acknowledge()
    tell("Acknowledged: it is no longer told" if known.open else "There is nothing to tell")
