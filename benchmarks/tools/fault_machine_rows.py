"""The rows of the fault table that happen to the program in a session: 10 to 12, and its ends."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from coreline.journal.database import open_journal
from tools.fault_accounts import (
    Fault,
    Sums,
    account_pauses,
    account_ticks,
)
from tools.fault_scene import ENDS_S, MORE_S, RANDOM_S, Scene, both, left_of, scene
from tools.fault_stage import PERSON
from tools.looping_person import HOLD, RAISES

FAKETIME: Final = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
SUSPENDED_S: Final = (3.0, 8.0)
WHOLE_S: Final = (6.0, 14.0)  # at any moment, after a raise or two
# Clocks that are put right, put wrong, and put by hand
JUMPS: Final = ("+3600", "-3600", "+200000", "-200000", "+0.4", "+0")


def suspend(folder: Path, screen: str, trials: int, random: Random, what: str = RAISES) -> Sums:
    """Stop every process, the camera's too, and let them go on."""
    faults = []
    with scene(folder, screen, what) as at:
        for _ in range(trials):
            at.wait_s(random.uniform(*RANDOM_S))
            begun_s = time.monotonic()
            at.program.signal_all(signal.SIGSTOP)
            at.server.signal(signal.SIGSTOP)
            at.wait_s(random.uniform(*SUSPENDED_S))
            at.server.signal(signal.SIGCONT)
            at.program.signal_all(signal.SIGCONT)
            faults.append(Fault(begun_s, time.monotonic()))
            at.wait_s(MORE_S)
        at.end()
        at.account(faults, [(each.begun_s, each.ended_s + 0.2) for each in faults])
        # Nothing can be noticed while nothing runs: from when things go on.
        account_pauses(
            at.sums, at.program.lines, [Fault(each.ended_s, each.ended_s) for each in faults]
        )
        at.compare() if at.person.raises else None
    return at.sums


def suspend_in_hold(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Do the same in a hold, whose clock must not run on."""
    return suspend(folder, screen, trials, random, HOLD)


def clock_jumps(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Set the program's clock on the wall forward and back; libfaketime does so to it alone."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "clock"
    place.write_text("+0\n", encoding="ascii")
    environment = {
        "LD_PRELOAD": FAKETIME,
        "FAKETIME_TIMESTAMP_FILE": str(place),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
    }
    with scene(folder, screen, environment=environment) as at:
        for number in range(trials):
            at.sums.trials += 1
            at.wait_s(random.uniform(*RANDOM_S))
            place.write_text(f"{JUMPS[number % len(JUMPS)]}\n", encoding="ascii")
            at.counts_on()
        at.end()
        at.account()
        at.compare()
    return at.sums


def killed(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Kill everything with SIGKILL; what was told must be there, and the session be offered."""
    whole = Sums()
    for number in range(trials):
        with scene(folder / str(number), screen) as at:
            at.sums.trials += 1
            at.wait_s(random.uniform(*RANDOM_S))
            at.ended_s = time.monotonic()
            at.program.signal_all(signal.SIGKILL)
            at.code, at.out, at.err = at.program.wait()
            told, kept = at.out.count(": counted"), at.stage.kept_repetitions()
            at.sums.lost += max(told - kept, 0)
            at.sums.blame(kept < told, f"{told} told, {kept} in the journal")
            with open_journal(at.stage.database, today=date(2026, 1, 1)) as journal:
                days = [each.day for each in journal.sessions(PERSON.id)]
                offered = any(journal.unfinished(PERSON.id, day) for day in days)
            at.sums.blame(not offered, "the session is not offered again")
            at.sums.blame(bool(left_of(at.program)), "a process is left")
            account_ticks(at.sums, at.program.lines)
        whole = both(whole, at.sums)
    return whole


def ended_by(number: int) -> Callable[[Path, str, int, Random], Sums]:
    """Return what ends sessions by a signal, and looks whether all of it is there."""

    def row(folder: Path, screen: str, trials: int, random: Random) -> Sums:
        def end(at: Scene) -> None:
            at.end(number)

        return _ended(folder, screen, trials, random, end)

    return row


def window_closed(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Close the window by its button."""

    def end(at: Scene) -> None:
        at.ended_s = time.monotonic()
        at.program.tell("quit")
        at.code, at.out, at.err = at.program.wait(ENDS_S)

    return _ended(folder, screen, trials, random, end)


def _ended(
    folder: Path, screen: str, trials: int, random: Random, end: Callable[[Scene], None]
) -> Sums:
    whole = Sums()
    for number in range(trials):
        with scene(folder / str(number), screen) as at:
            at.sums.trials += 1
            at.wait_s(random.uniform(*WHOLE_S))
            end(at)
            at.account()
            at.compare()
            at.sums.blame("Traceback" in at.err, f"a traceback: {at.err[-200:]}")
            at.sums.blame("did not end" in at.err, "did not end")
            at.sums.blame(bool(left_of(at.program)), "a process is left")
        whole = both(whole, at.sums)
    return whole


def display_gone(folder: Path, _screen: str, trials: int, random: Random) -> Sums:
    """End the display with the window on it."""
    whole = Sums()
    for number in range(trials):
        hear, say = os.pipe()
        command = ["Xvfb", "-displayfd", str(say), "-screen", "0", "1280x720x24"]
        display = subprocess.Popen(command, pass_fds=[say], stderr=subprocess.DEVNULL)
        os.close(say)
        with os.fdopen(hear) as pipe:
            screen = f":{int(pipe.readline())}"
        with scene(folder / str(number), screen) as at:
            at.sums.trials += 1
            at.wait_s(random.uniform(*RANDOM_S))
            at.ended_s = time.monotonic()
            display.kill()
            display.wait()
            at.code, at.out, at.err = at.program.wait(ENDS_S)
            told, kept = at.out.count(": counted"), at.stage.kept_repetitions()
            at.sums.lost += max(told - kept, 0)
            at.sums.blame(kept < told, f"{told} told, {kept} in the journal")
            at.sums.blame("did not end" in at.err, "did not end")
            at.sums.blame(bool(left_of(at.program)), "a process is left")
        whole = both(whole, at.sums)
    return whole
