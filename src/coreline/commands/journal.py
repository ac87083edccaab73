"""`coreline journal`: the whole of what was kept, as one file, and whether it is sound."""

from pathlib import Path
from typing import Annotated

import typer

from coreline.commands.terminal import tell, tell_lines
from coreline.errors import JournalDamagedError
from coreline.files.writing import check_place
from coreline.journal.database import Journal, open_journal

EXPORT_EXAMPLES = (
    "Examples:  coreline journal export mine.sqlite3"
    "  |  coreline journal export hers.sqlite3 --profile Anna"
)
IMPORT_EXAMPLES = "Examples:  coreline journal import mine.sqlite3"
CHECK_EXAMPLES = "Examples:  coreline journal check  |  coreline journal check --repair"

app = typer.Typer(no_args_is_help=True, help="Export, import or check everything that is kept.")


@app.command("export", epilog=EXPORT_EXAMPLES)
def export(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    profile: Annotated[str | None, typer.Option(help="Only this person; everyone without.")] = None,
) -> None:
    """Write everything that is kept to one file, for another computer or to put by."""
    check_place(file)
    with open_journal(read_only=True) as journal:
        _say(journal)
        journal.export(file, profile)
        whose = journal.profile(profile).name if profile else "everyone"
    tell(f"Exported {whose} to {file}")


@app.command("import", epilog=IMPORT_EXAMPLES)
def import_(
    file: Annotated[Path, typer.Argument(help="A file that was exported, or a backup.")],
) -> None:
    """Take in what a file holds and is not here yet; doing it twice changes nothing."""
    with open_journal() as journal:
        _say(journal)
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
    with open_journal(read_only=not repair) as journal:
        _say(journal)
        if repair:
            journal.repair()
        found = journal.check()
    tell_lines(found.complaints)
    if found.complaints:
        raise JournalDamagedError(
            f"{journal.path}: {len(found.complaints)} complaints; coreline journal check --repair "
            "takes back what a backup has"
        )
    tell(f"All is well: {found.profiles} profiles, {found.sessions} sessions")


def _say(journal: Journal) -> None:
    for notice in journal.notices:
        tell(f"coreline: {notice}", err=True)
