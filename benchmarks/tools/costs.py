"""What a command of Coreline costs as a whole process, and how that grows; Linux only."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from coreline.errors import BadSourceError

# Processor times of one command differ by some 10 % from run to run; so much of a cost says nothing
# about how it grows.
NOISE: Final = 0.1
KB_A_MB: Final = 1024
# The memory at its highest is asked of the process itself: what `wait4` tells of it begins with
# that of whoever started it.
MEASURED: Final = """
import re, resource, sys
from pathlib import Path
from coreline.cli import main
try:
    main()
finally:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu_s = sum(each.ru_utime + each.ru_stime for each in used)
    highest = re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())
    print(cpu_s, highest.group(1), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of `size` things (minutes, clips, workers, years): seconds of processor and clock, memory."""

    size: float
    cpu_s: float
    wall_s: float
    peak_mb: float


def cost_of(size: float, words: Sequence[str | Path], data: Path | None = None) -> Cost:
    """Run `coreline WORDS` and return its cost, that of the processes it waits for among it.

    Args:
        size: what the cost is of.
        words: the command line.
        data: the folder of the person's data; None: as the environment has it.

    Raises:
        BadSourceError: The command failed.
    """
    folders: Mapping[str, str] = (
        {} if data is None else {"CORELINE_DATA_DIR": str(data), "CORELINE_CONFIG_DIR": str(data)}
    )
    start_s = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *map(str, words)],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **folders},
    )
    wall_s = time.monotonic() - start_s
    *told, figures = done.stderr.strip().splitlines() or ["nothing was said"]
    if done.returncode:
        raise BadSourceError(f"coreline {words[0]}: {' '.join(told[-1:])}")
    cpu_s, peak_kb = map(float, figures.split())
    return Cost(size, cpu_s, wall_s, peak_kb / KB_A_MB)


def steps(costs: Sequence[Cost]) -> list[float]:
    """Return what each further thing cost, from each size to the next: seconds of processor."""
    return [(b.cpu_s - a.cpu_s) / (b.size - a.size) for a, b in pairwise(costs)]


def is_linear(costs: Sequence[Cost]) -> bool:
    """Say whether no cost is clearly above what it would be if things cost what they did before."""
    found = steps(costs)
    expected = [
        (b.cpu_s, a.cpu_s + min(found[:at]) * (b.size - a.size))
        for at, (a, b) in enumerate(pairwise(costs))
        if at
    ]
    return all(cpu_s <= straight_s + NOISE * cpu_s for cpu_s, straight_s in expected)
