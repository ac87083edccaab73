"""What nobody foresaw: one line for the person, the rest for the log, and exit code 1.

An error in a command or in a thread is told at once. A library of C code that crashes takes the
program with it; then the system's last words are kept beside the log, and the next start tells.
What was finished is not at stake: the journal has it, a commit a repetition.
"""

import faulthandler
import logging
import os
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Final

import typer

from coreline.choices.language import spoken_language
from coreline.errors import CorelineError
from coreline.files.folders import log_folder
from coreline.files.reading import read_file
from coreline.files.writing import appending
from coreline.limits import MEGABYTE
from coreline.log import account_of, log_file, place_of, runs_on, short, start_log
from coreline.printable import printable

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

DEBUG_VARIABLE: Final = "CORELINE_DEBUG"
MISTAKE: Final = 2  # that the user can correct
CRASHED: Final = 1
STOPPED: Final = 130  # what a shell returns after Ctrl-C
_KEPT: Final = "what the journal had taken down is kept"
_KEPT_NL: Final = "wat het dagboek opgeschreven had, is bewaard"
_FAULT: Final = re.compile(r"(?:Fatal Python error|Windows fatal exception): ([\w ]+)")
_FRAME: Final = re.compile(r'  File "(.+)", line (\d+) in (\S+)')
_log = logging.getLogger(__name__)


def run_watched(run: Callable[[], object], *, logged: bool = True) -> int:
    """Run the program and return its exit code.

    Args:
        run: Does what was asked for.
        logged: Keep a log of it, where one can be written.
    """
    began_s = time.monotonic()
    watch = _Watch(logged=logged and start_log())
    threading.excepthook, sys.unraisablehook = watch.thread_ended, watch.passed_over
    faults = watch.open_faults()
    _log.info("%s", runs_on())
    try:
        code = watch.code_of(run)
        _log.info("ended with %d after %.1f s", code, time.monotonic() - began_s)
    finally:
        if faults is not None:
            faulthandler.disable()
            faults.close()
    return code


class _Watch:
    """Tells of what goes wrong."""

    def __init__(self, *, logged: bool) -> None:
        self._logged, self._crashed = logged, False

    def code_of(self, run: Callable[[], object]) -> int:
        """Return the exit code of a run; 0 only where no thread crashed either."""
        try:
            run()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except CorelineError as error:
            _log.warning("refused: %s at %s", type(error).__name__, place_of(error))
            for line in error.lines_in(error.language or spoken_language()):
                _say(line)
            code = MISTAKE
        except KeyboardInterrupt:
            _say(_said("stopped", "gestopt"))
            code = STOPPED
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is told in one line
            self._tell(error)
            code = CRASHED
        else:
            code = 0
        return code or int(self._crashed)

    def thread_ended(self, ended: threading.ExceptHookArgs) -> None:
        """Tell of a thread that ended by an error; all others go on."""
        if isinstance(ended.exc_value, Exception):
            self._tell(ended.exc_value)

    def passed_over(self, error: "UnraisableHookArgs") -> None:
        """Note an error that Python passes over, as in what tidies up; nobody need know."""
        if isinstance(error.exc_value, Exception):
            _log.warning("passed over: %s", account_of(error.exc_value))

    def open_faults(self) -> IO[str] | None:
        """Have the last words of a crash kept, and tell of those that the last run left."""
        if not self._logged:
            return None
        path = log_folder() / "fault.txt"
        try:
            said = read_file(path, MEGABYTE).decode("utf-8", "replace") if path.exists() else ""
            file = appending(path)
            file.truncate(0)
        except OSError:
            return None
        if said:
            fault, account = _account_of_fault(said)
            _log.error("the last run ended by a fault: %s\n%s", fault, account)
            _say(
                _said(
                    f"it crashed when it ran last ({fault}); {_KEPT}; {self._where()}",
                    f"het liep de vorige keer vast ({fault}); {_KEPT_NL}; {self._where_nl()}",
                )
            )
        faulthandler.enable(file)
        return file

    def _tell(self, error: Exception) -> None:
        self._crashed = True
        _log.error("crashed: %s", account_of(error))
        if os.environ.get(DEBUG_VARIABLE):
            traceback.print_exception(error)
        what = f"{type(error).__name__} at {place_of(error)}"
        _say(
            _said(
                f"something went wrong that nobody foresaw ({what}); {_KEPT}; {self._where()}",
                f"er ging iets mis dat niemand voorzag ({what}); {_KEPT_NL}; {self._where_nl()}",
            )
        )

    def _where(self) -> str:
        if not self._logged:
            return "no log could be written"
        return f"the log is {log_file()}"

    def _where_nl(self) -> str:
        return (
            f"het logboek is {log_file()}"
            if self._logged
            else "er kon geen logboek geschreven worden"
        )


def _said(english: str, dutch: str) -> str:
    """Return a line in the person's language; in English where even that cannot be found out."""
    try:
        return dutch if spoken_language() == "nl" else english
    except Exception:  # noqa: BLE001 - something is wrong already, and has to be told
        return english


def _say(line: str) -> None:
    try:
        typer.echo(f"coreline: {printable(line)}", err=True)
    except (OSError, ValueError):  # nobody reads it, or it is closed
        return


def _account_of_fault(said: str) -> tuple[str, str]:
    """Return what kind of fault it was, and its frames as the log has them."""
    kind = _FAULT.search(said)
    frames = [
        f"    {short(file)}:{line} in {name}"
        for file, line, name in (each.groups() for each in _FRAME.finditer(said))
    ]
    return kind.group(1).strip() if kind else "of no known kind", "\n".join(frames)
