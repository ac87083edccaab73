"""What is said on the terminal: lines, each of them printable whatever others wrote into it.

A file's name may have a line end in it, or a sequence of signs that commands the terminal. So a
text is one line, or several that are handed over one by one; and what Typer says of what was typed
goes the same way.
"""

import errno
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperGroup

from coreline.commands.help_text import HelpContext, mistake_in_dutch, speaks_dutch
from coreline.files.writing import refusal
from coreline.printable import as_json, printable, printable_lines

# Typer brings a Click of its own, or uses the one that is there: what mistakes have in common is
# found by one of them.
_Mistake: Final[Any] = next(
    each for each in typer.BadParameter.__mro__ if each.__name__ == "ClickException"
)


def tell(line: object = "", *, err: bool = False) -> None:
    """Tell one line.

    Raises:
        BadOutputError: It leads into a file, and that cannot be written.
    """
    put(printable(line) + "\n", err=err)


def tell_lines(lines: Iterable[object]) -> None:
    """Tell some lines; see `tell`."""
    for line in lines:
        tell(line)


def tell_document(document: Any) -> None:
    """Tell a document as JSON, for a machine to read; see `tell`."""
    put(as_json(document) + "\n")


def put(text: str | bytes, *, err: bool = False) -> None:
    """Write out what can be shown as it is, or what is no text for a person.

    Raises:
        BadOutputError: It leads into a file, and that cannot be written.
    """
    try:
        typer.echo(text, nl=False, err=err)
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read has had enough: Typer ends without a word
            raise
        raise refusal(Path("standard error" if err else "standard output"), error) from error


def _mistake_told(error: Any) -> str:
    """Return what is said of what was mistyped, in the person's language.

    Somebody who typed nothing after a group of commands gets its help: that is no mistake.
    """
    context = getattr(error, "ctx", None)
    said = str(error.format_message())
    if context is None:
        usage = ""
    elif said == context.get_help():
        return f"{said}\n"
    else:
        usage = f"{context.get_usage()}\n"
    said = printable(said)
    if not speaks_dutch():
        return f"{usage}{_try(context, 'Try', 'for help')}Error: {said}\n"
    return f"{usage}{_try(context, 'Typ', 'voor hulp')}Fout: {mistake_in_dutch(said)}\n"


def _try(context: Any, verb: str, for_help: str) -> str:
    """Return how to get help on a command, where there is any."""
    if context is None or context.command.get_help_option(context) is None:
        return ""
    return f"{verb} '{context.command_path} {context.help_option_names[0]}' {for_help}.\n\n"


class PrintableGroup(TyperGroup):
    """Commands whose mistakes of typing are told printably, in the person's language."""

    context_class = HelpContext

    def main(self, *args: Any, **given: Any) -> Any:
        """Run a command and end; without `standalone_mode` return, or raise what went wrong."""
        alone = {**given, "standalone_mode": False}
        if not given.get("standalone_mode", True):
            return super().main(*args, **alone)
        try:
            code = super().main(*args, **alone)
        except _Mistake as error:
            put(printable_lines(_mistake_told(error)), err=True)
            code = error.exit_code
        except typer.Abort:
            tell(mistake_in_dutch("Aborted!") if speaks_dutch() else "Aborted!", err=True)
            code = 1
        raise SystemExit(code)
