"""An hour of training: memory, handles, threads and processes, and whether any of them grows.

python benchmarks/hour.py [--minutes 60] [--without window sound journal model] [--keep FILE]

`coreline train` as one has it: the pose model on the pixels of the sample, which a server on this
machine sends as a camera's stream; window (on a display nobody sees), sound (SDL's disk driver,
into a pipe that is emptied) and journal. Sets of ten raises follow one another. Every few seconds
all processes of the program are added up: the memory that is their own (files in memory, which they
share with whatever else is open, are left out), all that is in memory of them (RSS), open handles,
threads, processes.

A slope is that of a straight line through the means of minutes, after the first ten minutes (or a
quarter of a short run); its interval of 95 % is widened by how much one minute's mean tells of the
next. `--without` leaves parts out, to find which one grows. Exit 1 where a slope is above 0 by more
than its interval and by more than a hundredth of the whole an hour.
"""

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tools.fault_stage import Program, Server, Stage, display
from tools.looping_person import looping_person

from coreline.camera.playback import sample_path

EVERY_S: Final = 5.0
BLOCK_S: Final = 60.0
WARM_S: Final = 600.0
KB: Final = 1024
MB: Final = 1024 * 1024
WITHIN: Final = 0.01  # of the whole, an hour: less than this is no growth that matters
PARTS: Final = ("window", "sound", "journal", "model")
# Student's t for 95 %, by the degrees of freedom, where they are few
T_95: Final = {1: 12.7, 2: 4.30, 3: 3.18, 4: 2.78, 5: 2.57, 8: 2.31, 12: 2.18, 20: 2.09, 30: 2.04}


@dataclass(frozen=True, slots=True)
class Sample:
    """What all processes of the program have at a moment."""

    at_s: float
    own_mb: float
    rss_mb: float
    handles: int
    threads: int
    processes: int


FIELDS: Final = ("own_mb", "rss_mb", "handles", "threads", "processes")


def sampled(root: int, begun_s: float) -> Sample | None:
    """Add up the processes of a program; None when one of them ended meanwhile."""
    try:
        family = _family(root)
        status = [_numbers(Path(f"/proc/{pid}/status")) for pid in family]
        rollups = [_numbers(Path(f"/proc/{pid}/smaps_rollup")) for pid in family]
        handles = sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in family)
    except (OSError, KeyError):
        return None
    return Sample(
        time.monotonic() - begun_s,
        sum(each["Anonymous"] for each in rollups) * KB / MB,
        sum(each["Rss"] for each in rollups) * KB / MB,
        handles,
        sum(each["Threads"] for each in status),
        len(family),
    )


def _family(root: int) -> list[int]:
    """Return a process and all that come of it."""
    parents = {}
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            try:
                parents[int(place.name)] = _numbers(place / "status")["PPid"]
            except (OSError, KeyError):
                continue
    family = [root]
    for pid in family:
        family += [child for child, parent in parents.items() if parent == pid]
    return family


def _numbers(path: Path) -> dict[str, int]:
    """Return the lines of a file of the kernel that begin with a number."""
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0].rstrip(":"): int(row[1]) for row in rows if len(row) > 1 and row[1].isdecimal()}


@dataclass(frozen=True, slots=True)
class Slope:
    """How much something grows an hour, and how surely: `within` is half of the 95 % interval."""

    an_hour: float
    within: float
    mean: float

    @property
    def grows(self) -> bool:
        """Say whether it grows by more than the noise, and by more than matters."""
        return self.an_hour > self.within and self.an_hour > WITHIN * self.mean


def slope_of(at_s: NDArray[np.float64], values: NDArray[np.float64]) -> Slope:
    """Fit a line through the means of minutes."""
    block = (at_s // BLOCK_S).astype(int)
    each = [block == number for number in np.unique(block)]
    hours = np.array([at_s[chosen].mean() for chosen in each]) / 3600.0
    means = np.array([values[chosen].mean() for chosen in each])
    if len(means) < 4:
        return Slope(0.0, float("inf"), float(means.mean()))
    slope, base = np.polyfit(hours, means, 1)
    rest = means - (slope * hours + base)
    spread = sqrt(float((rest**2).sum()) / (len(means) - 2))
    error = spread / sqrt(float(((hours - hours.mean()) ** 2).sum()))
    # Minutes that resemble the one before tell less than as many that do not.
    tied = float((rest[1:] * rest[:-1]).sum() / max(float((rest**2).sum()), 1e-12))
    tied = min(max(tied, 0.0), 0.95)
    free = max((len(means) - 2) * (1.0 - tied) / (1.0 + tied), 1.0)
    t_95 = next((t for most, t in sorted(T_95.items()) if free <= most), 1.96)
    return Slope(float(slope), t_95 * error * sqrt((1 + tied) / (1 - tied)), float(means.mean()))


@contextmanager
def emptied_pipe(folder: Path) -> Iterator[Path]:
    """Yield a pipe into which a loudspeaker's samples may go for ever."""
    place = folder / "heard"
    os.mkfifo(place)
    end = os.open(place, os.O_RDWR)  # open at both ends, so that neither waits for the other
    stop = threading.Event()

    def empty() -> None:
        while not stop.is_set():
            os.read(end, 1 << 16)

    thread = threading.Thread(target=empty, daemon=True)
    thread.start()
    try:
        yield place
    finally:
        stop.set()
        os.write(end, b"\0")
        thread.join()
        os.close(end)


def begun(stage: Stage, server: Server, without: Sequence[str], heard: Path) -> Program:
    """Start the session."""
    environment = {"SDL_DISKAUDIOFILE": str(heard)}
    if "window" in without:
        environment |= {"DISPLAY": "", "SDL_VIDEODRIVER": ""}
    options = ["--mute"] if "sound" in without else []
    return stage.train(
        server.address, *options, person=server.person, dose=10, environment=environment
    )


def watch(program: Program, minutes: float) -> list[Sample]:
    """Sample the program until the time is up, or it ends."""
    samples, begun_s = list[Sample](), time.monotonic()
    while time.monotonic() - begun_s < 60.0 * minutes and program.process.poll() is None:
        time.sleep(EVERY_S)
        sample = sampled(program.process.pid, begun_s)
        if sample is not None:
            samples.append(sample)
        if sample is not None and len(samples) % 60 == 0:
            print(f"{sample.at_s / 60.0:5.1f} min: {_told(sample)}, load {_load()}", flush=True)
    return samples


def _told(sample: Sample) -> str:
    return (
        f"own {sample.own_mb:.0f} MB, RSS {sample.rss_mb:.0f} MB, "
        f"{sample.handles} handles, {sample.threads} threads, {sample.processes} processes"
    )


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def tell(samples: Sequence[Sample], program: Program) -> int:
    """Print the slopes and what the session did; return 1 where something grows."""
    at_s = np.array([each.at_s for each in samples])
    after = at_s >= min(WARM_S, at_s[-1] / 4.0)
    print(f"{at_s[-1] / 60.0:.0f} min, of which the last {np.ptp(at_s[after]) / 60.0:.0f} count")
    print("| what | mean | least - most | slope an hour (95 %) | grows |")
    print("|---|---|---|---|---|")
    grows = False
    for name in FIELDS:
        values = np.array([float(getattr(each, name)) for each in samples])[after]
        slope = slope_of(at_s[after], values)
        grows |= slope.grows
        print(
            f"| {name} | {slope.mean:.1f} | {values.min():.1f} - {values.max():.1f} "
            f"| {slope.an_hour:+.2f} ± {slope.within:.2f} | {'yes' if slope.grows else 'no'} |"
        )
    lines = program.lines
    kinds = [line["what"] for line in lines]
    ticks = [line["length_s"] for line in lines if line["what"] == "tick"]
    print(
        f"repetitions told {kinds.count('repetition')}, camera processes started again "
        f"{kinds.count('restart')}, ticks over 100 ms {sum(each > 0.1 for each in ticks)}, "
        f"longest {1000.0 * max(ticks, default=0.0):.0f} ms"
    )
    return 1 if grows else 0


def main() -> int:
    """Watch a session for as long as is asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--without", nargs="*", choices=PARTS, default=[])
    parser.add_argument("--keep", type=Path, help="a file for the samples, a JSON object a line")
    asked = parser.parse_args()
    person = looping_person() if "model" in asked.without else None
    clip = None if person else sample_path()
    print(f"load {_load()} before, without: {', '.join(asked.without) or 'nothing'}", flush=True)
    with tempfile.TemporaryDirectory() as name, display() as screen:
        stage = Stage(Path(name) / "home", screen, kept="journal" not in asked.without)
        with emptied_pipe(Path(name)) as heard:
            server = Server(person, clip)
            program = begun(stage, server, asked.without, heard)
            try:
                samples = watch(program, asked.minutes)
            finally:
                code, out, err = program.end()
                server.close()
        print(f"exit {code}; {out.count(chr(10))} lines told {err[-500:]}")
        if asked.keep:
            asked.keep.write_text("".join(f"{json.dumps(asdict(each))}\n" for each in samples))
        return tell(samples, program)


if __name__ == "__main__":
    sys.exit(main())
