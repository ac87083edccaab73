"""What stands in for judging where a test is about the processes: they import little, and die."""

import os
import signal
from pathlib import Path

from coreline.archive.tasks import Outcome, Task


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
