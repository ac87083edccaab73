"""Run checks in a process of their own: one that hangs or crashes is a finding like any other.

A camera's driver can block for ever, and libraries of C code can end their process. All checks
share one process, as camera, model, sound and window do in a session; when a check ends it, or has
to be ended, the next ones get a new one.
"""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

from coreline.doctor.finding import Finding, Severity, SystemCheck
from coreline.files.streams import silence_output

START_S: Final = 30.0  # for a new process to come up, on a slow and busy machine
GOING_S: Final = 2.0  # for an old one to go
DETAIL: Final = 160  # characters of a foreign error that are worth showing


def examine(checks: Sequence[SystemCheck]) -> Iterator[Finding]:
    """Yield what each check finds, in order; what goes wrong with a check is its finding."""
    left = list(checks)
    while left:
        seen = 0
        for findings in _in_one_process(left):
            yield from findings
            seen += 1
        left = left[seen:]


def _in_one_process(checks: Sequence[SystemCheck]) -> Iterator[Sequence[Finding]]:
    """Yield the findings of each check up to the first that hangs or ends the process."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_look, args=(list(checks), theirs), name="doctor")
    process.start()
    theirs.close()
    try:
        patience_s = START_S
        for check in checks:
            if not ours.poll(patience_s + check.limit_s):
                yield [_too_slow(check)]
                return
            try:
                yield ours.recv()
            except EOFError:
                yield [_died(check, process)]
                return
            patience_s = 0.0
        process.join(GOING_S)
    finally:
        ours.close()
        _end(process)


def _look(checks: Sequence[SystemCheck], results: Connection) -> None:
    """Look at one thing after the other; this is the process."""
    _be_alone()
    for check in checks:
        results.send(_found(check))
    results.close()


def _be_alone() -> None:
    """Detach from the terminal: what C code writes is not for the person, nor Ctrl-C for us."""
    if sys.platform != "win32":
        os.setsid()  # so that processes which a check starts can be ended with it
    silence_output()


def _found(check: SystemCheck) -> Sequence[Finding]:
    """Return what a check finds; its exception is a finding too."""
    try:
        return list(check.look())
    except Exception as error:  # noqa: BLE001 - whatever it is, the person is told and goes on
        said = f"{type(error).__name__}: {error}"[:DETAIL]
        return [Finding(check.topic, Severity.BAD, "crashed", {"said": said})]


def _too_slow(check: SystemCheck) -> Finding:
    return Finding(check.topic, Severity.BAD, "too_slow", {"limit_s": check.limit_s})


def _died(check: SystemCheck, process: SpawnProcess) -> Finding:
    process.join(GOING_S)
    said = f"exit code {process.exitcode}"
    return Finding(check.topic, Severity.BAD, "crashed", {"said": said})


def _end(process: SpawnProcess) -> None:
    """End the process if it has not ended by itself, with all that it started."""
    if process.is_alive():
        _kill(process)
    process.join()
    process.close()


def _kill(process: SpawnProcess) -> None:
    if sys.platform != "win32" and process.pid is not None:
        with suppress(OSError):  # it may not lead a group yet
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
