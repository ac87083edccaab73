"""The command line: what the user types, and one clear line when it cannot be done."""

import sys
from typing import Annotated

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
from coreline.errors import CorelineError

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_USAGE_ERROR = 2


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"coreline {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback does it all
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show it.")
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
    try:
        app()
    except CorelineError as error:
        typer.echo(f"coreline: {error}", err=True)
        sys.exit(_USAGE_ERROR)
    except KeyboardInterrupt:
        typer.echo("coreline: stopped", err=True)
        sys.exit(130)
