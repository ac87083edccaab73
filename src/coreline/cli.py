"""The command line: what the user types, and one clear line when it cannot be done."""

import os
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from coreline import __version__
from coreline.commands import (
    analyze,
    calibrate,
    doctor,
    exercises,
    export,
    history,
    journal,
    opening,
    pain,
    plan,
    profile,
    report,
    settings,
    today,
    train,
    undo,
)
from coreline.crash import DEBUG_VARIABLE, run_watched
from coreline.files.streams import keep_standard_streams

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_ASKING = frozenset(("--help", "-h", "--version"))


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"coreline {__version__}")
        raise typer.Exit


def _show_tracebacks(wanted: bool) -> None:
    if wanted:
        os.environ[DEBUG_VARIABLE] = "1"


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback does it all
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show it.")
    ] = False,
    debug: Annotated[  # noqa: ARG001 - likewise
        bool,
        typer.Option(
            "--debug", callback=_show_tracebacks, is_eager=True, help="Show where it goes wrong."
        ),
    ] = False,
) -> None:
    """Train your core: Coreline watches your body line, counts, times, and says what to correct.

    Without a command it opens its window on today's training. Everything runs on this computer;
    nothing leaves it.
    """
    if context.invoked_subcommand is None:
        opening.open_program()


app.command(epilog=train.EXAMPLES)(train.train)
app.command(epilog=analyze.EXAMPLES)(analyze.analyze)
app.command(epilog=today.EXAMPLES)(today.today)
app.command(epilog=plan.EXAMPLES)(plan.plan)
app.command(epilog=history.EXAMPLES)(history.history)
app.command(epilog=pain.EXAMPLES)(pain.pain)
app.command(epilog=undo.EXAMPLES)(undo.undo)
app.command(epilog=profile.EXAMPLES)(profile.profile)
app.command(epilog=report.EXAMPLES)(report.report)
app.command(epilog=export.EXAMPLES)(export.export)
app.command(epilog=exercises.EXAMPLES)(exercises.exercises)
app.command(epilog=calibrate.EXAMPLES)(calibrate.calibrate)
app.command(epilog=settings.EXAMPLES)(settings.settings)
app.command(epilog=doctor.EXAMPLES)(doctor.doctor)
app.add_typer(journal.app, name="journal")


def main() -> None:
    """Run the command line; a mistake that the user can correct is one line, and exit code 2."""
    keep_standard_streams()
    command: Any = typer.main.get_command(app)
    known = frozenset(_known(command))
    typed = [word.partition("=")[0] for word in sys.argv[1:]]
    words = [word for word in typed if word in known]
    # Nothing is made on a computer by asking what can be done.
    sys.exit(run_watched(command, words, logged=_ASKING.isdisjoint(typed)))


def _known(command: Any) -> Iterator[str]:
    """Yield the names of commands and options, which say nothing about a person."""
    for option in command.params:
        yield from (name for name in option.opts if name.startswith("-"))
    for name, each in getattr(command, "commands", {}).items():
        yield name
        yield from _known(each)
