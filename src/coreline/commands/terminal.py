"""What is said on the terminal: lines, each of them printable whatever others wrote into it.

A file's name may have a line end in it, or a sequence of signs that commands the terminal. So a
text is one line, or several that are handed over one by one; and what Typer says of what was typed
goes the same way.
"""

import errno
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperGroup

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


class PrintableGroup(TyperGroup):
    """Commands whose mistakes of typing are told printably."""

    def main(self, *args: Any, **given: Any) -> Any:
        """Run a command and end; without `standalone_mode` return, or raise what went wrong."""
        alone = {**given, "standalone_mode": False}
        if not given.get("standalone_mode", True):
            return super().main(*args, **alone)
        try:
            code = super().main(*args, **alone)
        except _Mistake as error:
            error.message = printable(error.message)
            shown = io.StringIO()
            error.show(shown)
            put(printable_lines(shown.getvalue()), err=True)
            code = error.exit_code
        except typer.Abort:
            tell("Aborted!", err=True)
            code = 1
        raise SystemExit(code)
