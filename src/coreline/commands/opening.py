"""`coreline` alone: today's page, from which everything else can be done."""

import typer

from coreline.app.program import run
from coreline.app.state import AppState
from coreline.choices.settings import load_settings
from coreline.commands.training_journal import training_journal
from coreline.data_files import load_catalogue
from coreline.errors import NoDisplayError
from coreline.screen.window import NoDisplay
from coreline.training.rig import rig_of


def open_program() -> None:
    """Open the program's window.

    Raises:
        NoDisplayError: There is no display to open it on.
    """
    settings, catalogue = load_settings(), load_catalogue()
    with (
        training_journal(typer.echo) as journal,
        rig_of(settings, catalogue, typer.echo) as rig,
    ):
        if isinstance(rig.window, NoDisplay):
            raise NoDisplayError(
                f"no window can be opened ({rig.window.reason}); on a screen it shows today's "
                "training, without one say coreline today or coreline train"
            )
        run(AppState.of(rig, journal, catalogue, settings))
