"""Folders of clips, here landmark traces, and the program that judges them as a process."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from coreline.archive.judged import judged
from coreline.archive.tasks import Asked, Clip, Outcome, Settings, Task
from coreline.archive.versions import versions_here
from coreline.files.recordings import load_trace, save_trace
from judged_recordings import RECORDINGS

HOLD, RAISES, ROLL = "w12-back-bridge", "w56-belly-bridge", "adv-log-roll"
HANGS_S = 60.0  # only ends a hang
PROGRAM = "import sys; from coreline.cli import main; sys.argv[0] = 'coreline'; main()"


def a_trace(place: Path, exercise: str = HOLD, frames: int = 120) -> Path:
    """Write the first frames of a recording; another number of them is another content."""
    trace = load_trace(RECORDINGS / f"{exercise}.landmarks.npz")
    place.parent.mkdir(parents=True, exist_ok=True)
    size = (trace.width, trace.height)
    save_trace(place, list(trace)[:frames], size_px=size, fps=trace.fps)
    return place


def traces(folder: Path, number: int, frames: int = 120) -> list[Path]:
    """Write so many clips, each of another content."""
    return [a_trace(folder / f"{n:03}.npz", HOLD, frames + n) for n in range(number)]


def settings(**changes: Any) -> Settings:
    usual: dict[str, Any] = {"model": "lite", "language": "en", "versions": versions_here("lite")}
    return Settings(**(usual | changes))


def a_clip(path: Path, exercise: str = HOLD, **asked: Any) -> Clip:
    return Clip(str(path), path.name, Asked(exercise, **asked))


def here(tasks: Any) -> Any:
    """Judge in this process, as a worker would."""
    return ((task, judged(task)) for task in tasks)


class Counting:
    """Judges in this process, and knows what it was asked for."""

    def __init__(self, judge: Callable[[Task], Outcome] = judged) -> None:
        self.names: list[str] = []
        self._judge = judge

    def __call__(self, tasks: Any) -> Any:
        for task in tasks:
            self.names.append(task.clip.name)
            yield task, self._judge(task)


def started(
    folder: Path, *words: object, before: str = "", **environment: str
) -> subprocess.Popen[str]:
    """Start the program in a folder, and return it while it runs.

    Lines of Python that come `before` it may have it judge otherwise.
    """
    return subprocess.Popen(
        [sys.executable, "-c", f"{before}\n{PROGRAM}", *map(str, words)],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(program: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Return exit code, output and errors of a program, once it is over."""
    out, err = program.communicate(timeout=HANGS_S * 2)
    return program.returncode, out, err


def run(folder: Path, *words: object, **environment: str) -> tuple[int, str, str]:
    return ended(started(folder, *words, **environment))


def results(out: Path) -> list[dict[str, Any]]:
    """Return what is kept of each clip."""
    paths = sorted((out / "results").glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def until(is_so: Callable[[], object], *, of: Sequence[subprocess.Popen[str]] = ()) -> None:
    """Wait until something is so; for no longer than a minute, nor than a program runs."""
    end_s = time.monotonic() + HANGS_S
    while not is_so():
        if time.monotonic() > end_s:
            for each in of:  # none is left that would trouble the next test
                each.kill()
            raise AssertionError("it never came to be so", [ended(each) for each in of])
        for each in of:
            assert each.poll() is None, ended(each)
        time.sleep(0.01)


def children(process: int) -> list[int]:
    """Return the processes that judge, below one that runs (Linux)."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            line = Path(f"/proc/{child}/cmdline").read_bytes()
            if b"spawn_main" in line:
                found.append(child)
    return found


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"
