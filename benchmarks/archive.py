"""What many clips at once cost: from 1 to 500 of them, and with 1 to 16 workers.

python benchmarks/archive.py [--clips 1 10 50] [--workers 1 2 4] [--write]
python benchmarks/archive.py --memory CLIP …

Clips: landmark traces of four seconds, each of another content, judged by the real command's parts
into a folder and then once more, when nothing is left to judge. Processor time, so that a busy
machine does not count: of all processes for a clip, of the one that hands out and writes, and of
the second run; and the most memory of that one and of a worker.

Workers: how much faster n of them are than one, by the clock. Up to the number of cores clips are
judged; beyond it, where no core would be left for them, a clip is a wait of so long as one
takes, and the table says "waited for". A busy machine shows in it: it is told how busy it is.

--write puts tables and curves into docs/performance.md. By itself it takes three minutes.

--memory: instead of all that, the most memory that a worker takes for each of these clips, with the
full model: a process here, and a worker of a Dask cluster (coreline[cluster]).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any, Final

from tools.curves import curve
from tools.page_parts import PAGE, put_into

from coreline.archive import cluster
from coreline.archive.judged import digest_of
from coreline.archive.kept import RunFolder
from coreline.archive.pool import cores, outcomes
from coreline.archive.run import Run
from coreline.archive.tasks import Asked, Clip, Outcome, Settings, Task, task_of
from coreline.archive.versions import versions_here
from coreline.data_files import load_words
from coreline.files.recordings import load_trace, save_trace
from coreline.files.writing import write_text

CLIPS: Final = (1, 10, 50, 100, 250, 500)
WORKERS: Final = (1, 2, 4, 8, 16)
EXERCISE: Final = "w12-back-bridge"
TRACE: Final = Path("tests/recordings") / f"{EXERCISE}.landmarks.npz"
IMAGES: Final = PAGE.parent / "images"
HEADING: Final = "## Many clips at once"
ABOUT: Final = (
    "Made by `python benchmarks/archive.py --write` on {cores} cores that {busy:.1f} processes "
    "wanted: landmark traces of four seconds, so that what is told is what many cost beside the "
    "poses. *Again* is a second run, with nothing left to judge. Where there are more workers than "
    "cores a clip is a wait, which tells what handing out and writing leaves of their number."
)
FRAMES: Final = 60  # four seconds at 15 a second
TO_EACH: Final = 6  # clips a worker has in the second table
WAIT_S: Final = 0.5  # of a clip that is waited for; real ones of half a minute take twenty times it
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run costs; seconds of processor time and megabytes."""

    clips: int
    clip_s: float
    parent_s: float
    again_s: float
    parent_mb: float
    worker_mb: float


@dataclass(frozen=True, slots=True)
class Gain:
    """How much faster so many workers are than one, of the most that they could be."""

    workers: int
    waited_for: bool
    faster: float
    most: int


def settings(model: str = "lite") -> Settings:
    """Return what every clip is judged with."""
    return Settings(model=model, language="en", versions=versions_here(model))


def clips_in(folder: Path, number: int) -> list[Clip]:
    """Write so many clips, each cut elsewhere, and return them."""
    trace = load_trace(TRACE)
    frames, size = list(trace), (trace.width, trace.height)
    folder.mkdir(exist_ok=True)
    places = []
    cuts = list(product(range(len(frames) - FRAMES), (0, 1, 2)))
    for n in range(number):
        first, longer = cuts[n % len(cuts)]
        path = folder / f"{n:03}.npz"
        if not path.exists():
            save_trace(path, frames[first : first + FRAMES + longer], size_px=size, fps=trace.fps)
        places.append(Clip(str(path), path.name, Asked(EXERCISE)))
    return places


def processor_s(who: int) -> float:
    """Return what this process, or those that it has ended, took of the processor."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def most_mb(who: int) -> float:
    """Return the most memory that a process had, megabytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit / MEGABYTE


def run(clips: Sequence[Clip], out: Path, workers: int) -> None:
    """Judge what is not judged yet, and write the tables."""
    with RunFolder(out) as folder:
        run = Run(clips, settings(), folder, lambda _: None)
        run.judge(lambda tasks: outcomes(tasks, workers))
        run.write_tables(load_words(), parquet=False)


def measured(number: int, folder: Path) -> Cost:
    """Return what so many clips cost; in a process that has done nothing else."""
    clips = clips_in(folder / "clips", number)
    out = folder / f"out-{number}"
    before_s = processor_s(resource.RUSAGE_SELF)
    run(clips, out, min(cores(), number))
    parent_s = processor_s(resource.RUSAGE_SELF) - before_s
    run(clips, out, 1)
    again_s = processor_s(resource.RUSAGE_SELF) - before_s - parent_s
    return Cost(
        clips=number,
        clip_s=(parent_s + processor_s(resource.RUSAGE_CHILDREN)) / number,
        parent_s=parent_s / number,
        again_s=again_s / number,
        parent_mb=most_mb(resource.RUSAGE_SELF),
        worker_mb=most_mb(resource.RUSAGE_CHILDREN),
    )


def waited_for(task: Task) -> Outcome:
    """Take as long as a clip and no processor: where there are fewer cores than workers."""
    time.sleep(WAIT_S)
    return Outcome(task.key)


def lasted_s(tasks: Sequence[Task], workers: int, *, waits: bool) -> float:
    """Return how long so many workers take by the clock, from the first result of each on.

    Their start is left out: it is once, and a run of hours does not notice it.
    """
    judge = waited_for if waits else None
    coming = outcomes(tasks, workers, judge)
    for _ in range(workers):
        next(coming)
    begun_s = time.monotonic()
    left = sum(1 for _ in coming)
    return (time.monotonic() - begun_s) / max(left, 1)


def gain(workers: int, folder: Path) -> Gain:
    """Return how much faster workers are than one."""
    waits = workers > cores()
    how = settings()
    clips = clips_in(folder / "clips", TO_EACH * workers)
    tasks = [task_of(clip, digest_of(Path(clip.where)), how) for clip in clips]
    one_s = WAIT_S if waits else lasted_s(tasks[: TO_EACH * 2], 1, waits=False)
    return Gain(workers, waits, one_s / lasted_s(tasks, workers, waits=waits), workers)


def apart(number: int, folder: Path) -> Cost:
    """Measure so many clips in a process of its own, whose memory is of nothing else."""
    line = [sys.executable, __file__, "--one", str(number), "--folder", str(folder)]
    done = subprocess.run(line, check=True, capture_output=True, text=True)
    return Cost(**json.loads(done.stdout))


def worker_mb(clip: Path) -> float:
    """Return the most memory that a process here takes for a video; nothing else may be started."""
    ((_, outcome),) = outcomes([video_task(clip)], 1)
    return judged_mb(outcome)


def dask_worker_mb(clip: Path) -> float:
    """Return the most memory that a worker of a cluster takes for a video, likewise."""
    begun: Any = import_module("distributed").LocalCluster
    with begun(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0") as here:
        where = here.scheduler_address
        ((_, outcome),) = cluster.outcomes([video_task(clip)], where, settings("full"))
    return judged_mb(outcome)


def video_task(clip: Path) -> Task:
    """Return a video as something to judge."""
    there = Clip(str(clip.resolve()), clip.name, Asked(EXERCISE))
    return task_of(there, digest_of(clip), settings("full"))


def judged_mb(outcome: Outcome) -> float:
    """Return the most memory of the processes that have ended."""
    if outcome.document is None:
        raise SystemExit(outcome.error)
    return most_mb(resource.RUSAGE_CHILDREN)


KINDS: Final[dict[str, Callable[[Path], float]]] = {"here": worker_mb, "dask": dask_worker_mb}


def show_memory(clips: Sequence[Path]) -> None:
    """Print what a worker takes, each measured in a process of its own."""
    print("MB here   MB of Dask   clip")
    for clip in clips:
        found = []
        for kind in KINDS:
            line = [sys.executable, __file__, "--kind", kind, "--memory", str(clip)]
            done = subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True)
            found.append(float(done.stdout))
        print(f"{found[0]:7.0f} {found[1]:12.0f}   {clip.name}")


def show(costs: Sequence[Cost], gains: Sequence[Gain]) -> None:
    """Print both tables."""
    print(f"{cores()} cores, {os.getloadavg()[0]:.1f} processes wanted one in the last minute\n")
    print("clips   ms a clip   of these here   ms again   MB here   MB a worker")
    for each in costs:
        print(
            f"{each.clips:5} {each.clip_s * 1e3:11.0f} {each.parent_s * 1e3:15.1f}"
            f" {each.again_s * 1e3:10.1f} {each.parent_mb:9.0f} {each.worker_mb:13.0f}"
        )
    print("\nworkers   times as fast   of at most   clips are")
    for one in gains:
        kind = f"waited for ({WAIT_S:g} s)" if one.waited_for else "judged"
        print(f"{one.workers:7} {one.faster:15.2f} {one.most:12}   {kind}")


def section(costs: Sequence[Cost], gains: Sequence[Gain]) -> str:
    """Return the part of the page."""
    lines = [HEADING, "", ABOUT.format(cores=cores(), busy=os.getloadavg()[0]), ""]
    lines += ["| clips | ms of CPU a clip | of these, here | ms again | MB here | MB a worker |"]
    lines += ["|--:|--:|--:|--:|--:|--:|"]
    for each in costs:
        ms = f"{each.clip_s * 1e3:.0f} | {each.parent_s * 1e3:.1f} | {each.again_s * 1e3:.1f}"
        lines.append(f"| {each.clips} | {ms} | {each.parent_mb:.0f} | {each.worker_mb:.0f} |")
    lines += ["", "![many clips](images/growth-clips.svg)", ""]
    lines += ["| workers | times as fast as one | clips are |", "|--:|--:|---|"]
    for one in gains:
        kind = f"waited for, {WAIT_S:g} s each" if one.waited_for else "judged"
        lines.append(f"| {one.workers} | {one.faster:.2f} | {kind} |")
    return "\n".join((*lines, "", "![workers](images/growth-workers.svg)", ""))


def write(costs: Sequence[Cost], gains: Sequence[Gain]) -> None:
    """Put figures and curves into the page."""
    totals = [(each.clips, each.clips * each.clip_s) for each in costs]
    faster = [(each.workers, each.faster) for each in gains]
    for name, title, across, points in (
        ("clips", "all clips: s of CPU", "clips", totals),
        ("workers", "times as fast as one worker", "workers", faster),
    ):
        write_text(IMAGES / f"growth-{name}.svg", curve(title, across, points))
    put_into(HEADING, section(costs, gains))


def _of(row: Cost | Gain) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, nargs="*", default=CLIPS)
    parser.add_argument("--workers", type=int, nargs="*", default=WORKERS)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--memory", type=Path, nargs="+", metavar="CLIP")
    parser.add_argument("--kind", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    typed = parser.parse_args()
    if typed.kind is not None:
        print(KINDS[typed.kind](typed.memory[0]))
        return
    if typed.memory is not None:
        show_memory(typed.memory)
        return
    if typed.one is not None:
        print(json.dumps(_of(measured(typed.one, typed.folder))))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        costs = [apart(number, folder) for number in typed.clips]
        gains = [gain(number, folder) for number in typed.workers]
    show(costs, gains)
    if typed.write:
        write(costs, gains)


if __name__ == "__main__":
    main()
