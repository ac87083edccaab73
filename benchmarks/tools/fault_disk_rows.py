"""The rows of the fault table that happen to disk, sound and journal in a session: 13, 14, 18."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from coreline.journal.database import open_journal
from tools.fault_accounts import (
    Sums,
    counted_in,
)
from tools.fault_scene import ENDS_S, MORE_S, RANDOM_S, Scene, both, scene
from tools.fault_stage import Program, Stage

SMALL_BYTES: Final = 6 << 20  # of the disk that gets full


@contextmanager
def small_disk(place: Path, *, read_only: bool = False) -> Iterator[Path]:
    """Yield a folder on a small disk of its own, which is in memory."""
    place.mkdir(parents=True, exist_ok=True)
    options = f"size={SMALL_BYTES}" + (",ro" if read_only else "")
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "coreline", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def disk_full(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Fill the disk in mid-session, and make room again before the end."""
    whole = Sums()
    for number in range(trials):
        home = folder / str(number)
        with small_disk(home / "data") as disk, scene(home, screen) as at:
            at.sums.trials += 1
            at.wait_s(random.uniform(*RANDOM_S))
            ballast = _fill(disk)
            at.counts_on()
            at.counts_on()
            ballast.unlink()
            at.wait_s(MORE_S)
            at.end()
            at.account()
            at.says("kept in memory")
            at.compare()
        whole = both(whole, at.sums)
    return whole


def disk_stays_full(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Fill the disk in mid-session for good; the session must be in a file where the person is."""
    whole = Sums()
    for number in range(trials):
        home = folder / str(number)
        with small_disk(home / "data") as disk, scene(home, screen) as at:
            at.sums.trials += 1
            at.wait_s(random.uniform(*RANDOM_S))
            _fill(disk)
            at.counts_on()
            at.counts_on()
            at.end()
            at.account()
            at.says("this session is in")
            at.compare(_exported(at))
        whole = both(whole, at.sums)
    return whole


def _fill(disk: Path) -> Path:
    """Write until nothing more goes on."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return ballast


def _exported(at: Scene) -> int:
    """Take in what was written beside, and return how many repetitions it holds."""
    other = Stage(at.stage.folder / "other", "")
    with open_journal(other.database, today=date(2026, 1, 1)) as journal:
        for place in at.stage.folder.glob("coreline-*.sqlite3"):
            journal.import_(place)
    return other.kept_repetitions()


def disk_read_only(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Begin on a disk that can only be read."""
    whole = Sums()
    for number in range(trials):
        home = folder / str(number)
        with small_disk(home / "data") as disk:
            Stage(home, screen)
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            with scene(home, screen) as at:
                at.sums.trials += 1
                at.wait_s(random.uniform(*RANDOM_S))
                at.counts_on()
                at.end()
                at.account()
                at.says("going on in memory")
                told = at.out.count(": counted")
                at.sums.blame(told != counted_in(at.program.lines), "told is not counted")
        whole = both(whole, at.sums)
    return whole


def two_instances(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Start a second one on the same journal; it says so in a line, and the first goes on."""
    with scene(folder, screen) as at:
        for number in range(trials):
            at.sums.trials += 1
            at.wait_s(random.uniform(*RANDOM_S))
            begun_s = time.monotonic()
            second = at.stage.train(at.server.address, person=at.person, log=f"second-{number}")
            code, out, err = second.wait(ENDS_S)
            at.sums.notice_s.append(time.monotonic() - max(begun_s, _begins_s(second, begun_s)))
            lines = err.strip().splitlines()
            at.sums.blame(code != 2 or len(lines) != 1, f"exit {code}: {out[-99:]}{err[-200:]}")
        at.end()
        at.account()
        at.compare()
    return at.sums


def _begins_s(program: Program, otherwise_s: float) -> float:
    """Return when a program had loaded itself."""
    return next((each["at_s"] for each in program.lines if each["what"] == "begins"), otherwise_s)


def sound_gone(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Let the loudspeaker go in mid-session: the pipe that SDL plays into breaks."""
    whole = Sums()
    for number in range(trials):
        home = folder / str(number)
        home.mkdir(parents=True)
        pipe = home / "pipe"
        os.mkfifo(pipe)
        hears = _Listener(pipe)
        with scene(home, screen, environment={"SDL_DISKAUDIOFILE": str(pipe)}) as at:
            at.sums.trials += 1
            at.wait_s(random.uniform(*RANDOM_S))
            hears.hang_up()
            at.counts_on()
            at.counts_on()
            at.end()
            at.account()
            at.compare()
            at.sums.blame(hears.bytes_heard == 0, "nothing was heard before")
            at.says("sound")
        whole = both(whole, at.sums)
    return whole


class _Listener:
    """Empties a pipe until told to hang up."""

    def __init__(self, pipe: Path) -> None:
        self._pipe, self._stop, self.bytes_heard = pipe, threading.Event(), 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with self._pipe.open("rb", buffering=0) as file:
            while not self._stop.is_set():
                self.bytes_heard += len(file.read(1 << 12))

    def hang_up(self) -> None:
        """Let go of the pipe: whoever writes into it is told that nobody listens."""
        self._stop.set()
        self._thread.join()


def no_sound(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Begin without any sound device."""
    whole = Sums()
    for number in range(trials):
        with scene(
            folder / str(number), screen, environment={"SDL_AUDIODRIVER": "none such"}
        ) as at:
            at.sums.trials += 1
            at.wait_s(random.uniform(*RANDOM_S))
            at.counts_on()
            at.end()
            at.account()
            at.compare()
            at.says("No sound device")
        whole = both(whole, at.sums)
    return whole


def power_cut(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Follow what reaches the disk: what is told must be synced, which a power cut leaves whole."""
    trace = folder / "trace"
    folder.mkdir(parents=True, exist_ok=True)
    calls = "trace=write,pwrite64,fsync,fdatasync"
    under = ["strace", "-f", "-y", "-s", "60", "-e", calls, "-o", str(trace)]
    with scene(folder, screen, under=under) as at:
        for _ in range(trials):
            at.sums.trials += 1
            at.wait_s(random.uniform(*RANDOM_S))
            at.counts_on()
        at.ended_s = time.monotonic()
        at.program.signal_all(signal.SIGINT)
        at.code, at.out, at.err = at.program.wait(ENDS_S)
    told, unsynced = told_unsynced(trace.read_text(encoding="utf-8", errors="replace"))
    at.sums.blame(told == 0, "nothing was told")
    at.sums.lost += unsynced
    at.sums.blame(unsynced > 0, f"{unsynced} of {told} told before they were synced")
    return at.sums


def told_unsynced(trace: str) -> tuple[int, int]:
    """Return how many repetitions were told, and how many of them before their rows were synced.

    A commit writes to the log beside the database and syncs it; with a repetition told there must
    have been as many syncs of it since the one before, and nothing written since the last.
    """
    told = unsynced = syncs = 0
    written = False
    for line in trace.splitlines():
        if "-wal>" in line and "pwrite64(" in line:
            written = True
        elif "-wal>" in line and "sync(" in line:
            written, syncs = False, syncs + 1
        elif "write(1<" in line and ": counted" in line:
            told += 1
            unsynced += written or not syncs
            syncs = 0
    return told, unsynced
