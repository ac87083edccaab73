"""`coreline` alone: today's page, from which everything else can be done."""

from contextlib import ExitStack

from coreline.app.program import run
from coreline.app.recalling import recall
from coreline.app.state import AppState
from coreline.choices.settings import load_settings
from coreline.commands.own_exercises import exercises_to_train
from coreline.commands.terminal import tell
from coreline.commands.training_journal import training_journal
from coreline.errors import CorelineError, NoDisplayError
from coreline.screen.window import NoDisplay
from coreline.training.rig import rig_of


def open_program() -> None:
    """Open the program's window.

    Raises:
        NoDisplayError: There is no display to open it on.
    """
    left_out: list[CorelineError] = []
    settings, known = load_settings(), exercises_to_train(left_out.append)
    for each in left_out:
        tell(each.in_(settings.resolved_language))
    with ExitStack() as stack:
        journal = stack.enter_context(training_journal(tell))
        catalogue = recall(known, journal)
        rig = stack.enter_context(rig_of(settings, catalogue, tell))
        if isinstance(rig.window, NoDisplay):
            raise NoDisplayError(
                f"no window can be opened ({rig.window.reason}); on a screen it shows today's "
                "training, without one say coreline today or coreline train",
                nl=f"er kan geen venster open ({rig.window.why('nl')}); op een scherm toont het de "
                "training van vandaag, typ zonder scherm coreline today of coreline train",
            )
        run(AppState.of(rig, journal, catalogue, settings, left_out))
