"""What stands in for judging where a test is about the processes: they import little, die, wait."""

import os
import signal
import time
from pathlib import Path

from coreline.archive.tasks import Outcome, Task

# Before a program: it judges a clip when it is let.
WHEN_LET = f"""
import sys
sys.path.append({str(Path(__file__).parent)!r})
from coreline.archive import pool
from light_judges import when_let
pool._judged = when_let
"""
# The same of a worker of a cluster, as what its Python imports first: it waits over a held clip.
UNLESS_HELD = f"""
import sys
sys.path.append({str(Path(__file__).parent)!r})
from coreline.archive import cluster
from light_judges import unless_held
cluster.judged = unless_held
"""
LIMIT_S = 60.0  # ends what would wait for ever


def noted(task: Task) -> Outcome:
    """Judge nothing."""
    return Outcome(task.key)


def dies_over_two(task: Task) -> Outcome:
    """Be killed over one clip always and over another once, as by a system without memory."""
    once = Path(task.clip.where).with_suffix(".once")
    if task.clip.name == "001.npz" or (task.clip.name == "002.npz" and not once.exists()):
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return noted(task)


def when_let(task: Task) -> Outcome:
    """Judge a clip as usual, once fewer results are there than files in `let`, all beside `clips`.

    So a run is always in the middle, however late whoever looks at it.
    """
    from coreline.archive.judged import judged  # noqa: PLC0415 - as a worker does

    folder = Path(task.clip.where).parents[1]
    end_s = time.monotonic() + LIMIT_S
    while _number(folder / "out" / "results", "*.json") >= _number(folder / "let", "*"):
        if time.monotonic() > end_s:
            raise TimeoutError("nobody lets it be judged")
        time.sleep(0.01)
    return judged(task)


def unless_held(task: Task) -> Outcome:
    """Judge a clip as usual, once nothing holds it, see `what_holds`."""
    from coreline.archive.judged import judged  # noqa: PLC0415 - as a worker does

    held, end_s = what_holds(Path(task.clip.where)), time.monotonic() + LIMIT_S
    while held.exists():
        if time.monotonic() > end_s:
            raise TimeoutError("nobody lets it be judged")
        time.sleep(0.01)
    return judged(task)


def what_holds(clip: Path) -> Path:
    """Return the file that holds a clip while it is there: beside the folder of the clip."""
    return clip.parent.with_name(f"{clip.parent.name}-{clip.stem}.held")


def _number(folder: Path, pattern: str) -> int:
    return sum(1 for _ in folder.glob(pattern))
