"""The command line: what the user types, and one clear line when it cannot be done.

A command is imported when it is asked for: camera, window and model take a second and fifty
megabytes, and most commands need none of them.
"""

import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Annotated, Any, Final, cast

import typer
from typer.core import TyperCommand

from coreline import __version__
from coreline.commands.help_text import with_help
from coreline.commands.terminal import PrintableGroup, tell
from coreline.crash import DEBUG_VARIABLE, run_watched
from coreline.files.streams import keep_standard_streams

# What each does, in the order in which the help has them; each is a file of `coreline.commands`. To
# list them takes no file of theirs: importing all nineteen takes ten times as long as the rest.
COMMANDS: Final = {
    "train": "Train in front of the camera, and get the form report at the end.",
    "analyze": (
        "Judge a recording, faster than it plays, and say what was seen; with --out many of them."
    ),
    "today": "Say what to do today, why, and how long it takes.",
    "plan": (
        "Show the weeks to come, as far as they are known, or what your physiotherapist prescribes."
    ),
    "history": (
        "Show what was done: days, streak, share of what was asked, holds, line score, pain."
    ),
    "pain": "Note how much it hurts, or rest a few days; what follows is the handout's advice.",
    "undo": (
        "Take back something you noted, chose or did; "
        "it counts for nothing then, and stays on record."
    ),
    "profile": "Make, show or change a profile; without options it asks, in a terminal.",
    "report": (
        "Write the form report of a session, or a summary of some weeks, and say where it is."
    ),
    "export": "Write every session, and what was noted, for a spreadsheet or another program.",
    "exercises": "List the exercises, and which of them the camera judges so far.",
    "calibrate": "Measure where the camera stands; exit code 1 when it stands too much askew.",
    "settings": "Show or change the settings.",
    "voice": "Hear the voice, or put another in its place.",
    "doctor": (
        "Check camera, model, sound, window, folders and files; exit code 1 when one needs fixing."
    ),
    "journal": "Export, import, check or rescue all that is kept.",
    "reminder": (
        "Be reminded by this computer, also when Coreline is closed; off until it is asked for."
    ),
    "install": "Put Coreline into this computer's menu, with its icon, for you alone.",
    "uninstall": "Take Coreline out of this computer's menu, and its reminder; what you did stays.",
}
_log = logging.getLogger(__name__)
_ASKING: Final = frozenset(("--help", "-h", "--version"))


class Commands(PrintableGroup):
    """The commands, each loaded when it is asked for."""

    def __init__(self, **given: Any) -> None:
        """Name them all, so that what is mistyped is met with one of them."""
        super().__init__(**given)
        self.commands = {name: TyperCommand(name, help=does) for name, does in COMMANDS.items()}

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write what each command does, without loading any."""
        PrintableGroup(commands=dict(self.commands)).format_commands(ctx, formatter)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the base class has it so
        """Return a command; None where there is none of this name."""
        return _loaded(cmd_name) if cmd_name in self.commands else None


@cache
def _loaded(name: str) -> Any:
    """Import a command, or a group of them, and return it as the command line has it."""
    with _uncollected():
        module = import_module(f"coreline.commands.{name}")
    holder = typer.Typer(add_completion=False, rich_markup_mode=None)
    holder.callback()(lambda: None)  # without it one command alone would be no group
    if hasattr(module, "app"):
        holder.add_typer(module.app, name=name)
    else:
        holder.command(name, epilog=module.EXAMPLES)(getattr(module, name))
    group: Any = typer.main.get_command(holder)
    return with_help(group.commands[name])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Import without looking for garbage: what is imported stays, and is not looked at again.

    Python would go through all of it at every seven hundredth thing that is made, a tenth of the
    time that importing takes.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        tell(f"coreline {__version__}")
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
    nothing leaves it unless you name another one.
    """
    if context.invoked_subcommand is None:
        with _uncollected():
            opening = import_module("coreline.commands.opening")
        opening.open_program()


def main() -> None:
    """Run the command line; a mistake that the user can correct is one line, and exit code 2."""
    keep_standard_streams()
    _leave_out_of_pygame()
    typed = [word.partition("=")[0] for word in sys.argv[1:]]
    # Nothing is made on a computer by asking what can be done.
    sys.exit(run_watched(lambda: _run(typed), logged=_ASKING.isdisjoint(typed)))


def _leave_out_of_pygame() -> None:
    """Have pygame do without what nothing here needs, and what takes longer than all the rest.

    By pkg_resources, where setuptools is installed, it would look for resources in archives; the
    other two import numpy, to make arrays of pictures and sounds.
    """
    for name in ("pkg_resources", "pygame.surfarray", "pygame.sndarray"):
        sys.modules.setdefault(name, cast("Any", None))


def _run(typed: list[str]) -> None:
    command: Any = typer.main.get_command(app)
    known = frozenset(_known(command, typed))
    _log.info("asked for: %s", " ".join(word for word in typed if word in known) or "the window")
    command()


def _known(command: Any, typed: list[str]) -> Iterator[str]:
    """Yield the names of the commands and options typed, which say nothing about a person."""
    for option in command.params:
        yield from (name for name in option.opts if name.startswith("-"))
    for name in dict.fromkeys(typed):
        if name in getattr(command, "commands", ()):
            yield name
            yield from _known(command.get_command(None, name), typed)
