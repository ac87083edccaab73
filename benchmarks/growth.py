"""How the cost grows: minutes of a clip, years of history; each step measured, curves drawn.

python benchmarks/growth.py [--part NAME …] [--video 1 2 4] [--landmarks 1 5 15 30 60]
    [--years 1 2 5 10] [--write]

Each row is a whole process of the program, its start among it: seconds of the processor and memory
at its highest. A clip of so many minutes is the sample played over and over: its pictures, written
anew, through the pose model; or its landmarks, at 15 frames a second, through the judging alone. A
history is made as `benchmarks/journal.py` makes it, 30,000 repetitions a year. `--write` puts
tables and curves into docs/performance.md. Clips and workers: `benchmarks/archive.py`.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import cv2
from tools.costs import Cost, cost_of, is_linear, steps
from tools.curves import curve
from tools.page_parts import PAGE, put_into

from coreline.body.pose import Pose
from coreline.errors import CorelineError
from coreline.files.recordings import load_trace, save_trace
from coreline.files.resources import resource_file
from coreline.journal.database import open_journal
from journal import fill

EXERCISE: Final = "w56-belly-bridge"
IMAGES: Final = PAGE.parent / "images"
HEADING: Final = "## How the cost grows"
MINUTE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Growth:
    """A cost by size; `of` is what the sizes count, `name` makes the picture's file name."""

    name: str
    title: str
    of: str
    costs: tuple[Cost, ...]


def video_growth(minutes: Sequence[float], folder: Path) -> Iterator[Growth]:
    """Yield what `analyze` costs of a clip of so many minutes, pixels and all."""
    costs = []
    for number in minutes:
        clip = folder / f"{number:g}.mp4"
        play_over(sample(), number * MINUTE_S, clip)
        costs.append(cost_of(number, ["analyze", clip, "-e", EXERCISE]))
        clip.unlink()
    yield Growth("video", "analyze, a video", "minutes", tuple(costs))


def sample() -> Path:
    """Return the clip that comes with the program."""
    return resource_file("samples", f"{EXERCISE}.mp4")


def play_over(clip: Path, lasts_s: float, out: Path) -> None:
    """Write a clip of so many seconds that shows another again and again."""
    source = cv2.VideoCapture(str(clip))
    rate_hz = source.get(cv2.CAP_PROP_FPS)
    size = (int(source.get(cv2.CAP_PROP_FRAME_WIDTH)), int(source.get(cv2.CAP_PROP_FRAME_HEIGHT)))
    writer = cv2.VideoWriter(str(out), cv2.VideoWriter.fourcc(*"mp4v"), rate_hz, size)
    for _ in range(round(lasts_s * rate_hz)):
        there, image = source.read()
        if not there:
            source.set(cv2.CAP_PROP_POS_FRAMES, 0)
            there, image = source.read()
        writer.write(image)
    writer.release()


def landmark_growth(minutes: Sequence[float], folder: Path) -> Iterator[Growth]:
    """Yield what judging alone costs of a clip of so many minutes."""
    poses = folder / "sample.npz"
    cost_of(0, ["analyze", sample(), "-e", EXERCISE, "--save-poses", poses])
    trace = load_trace(poses)
    frames, costs = list(trace), []
    for number in minutes:
        path = folder / f"{number:g}.npz"
        total = round(number * MINUTE_S * trace.fps)
        looped = (again(frames, at, trace.duration_s) for at in range(total))
        save_trace(path, looped, size_px=(trace.width, trace.height), fps=trace.fps)
        costs.append(cost_of(number, ["analyze", path, "-e", EXERCISE]))
        path.unlink()
    yield Growth("landmarks", "analyze, landmarks", "minutes", tuple(costs))


def again(
    frames: Sequence[tuple[float, Pose | None]], at: int, duration_s: float
) -> tuple[float, Pose | None]:
    """Return a frame of a recording that plays over and over."""
    round_, index = divmod(at, len(frames))
    t_s, pose = frames[index]
    return t_s + round_ * duration_s, pose


def history_growth(years: Sequence[float], folder: Path) -> Iterator[Growth]:
    """Yield what the commands that read a history cost after so many years of it."""
    ways: dict[str, list[str | Path]] = {
        "today": ["today"],
        "history": ["history"],
        "report, 2 weeks": ["report", "--weeks", "2", "--out", folder / "weeks.html"],
        "export, a table": ["export", "--format", "csv", "--out", folder / "all.csv"],
    }
    found: dict[str, list[Cost]] = {way: [] for way in ways}
    for number in years:
        data = folder / f"{number:g}-years"
        data.mkdir()
        today = datetime.now().astimezone().date()
        first = today - timedelta(days=365 * int(number))
        with open_journal(data / "coreline.sqlite3", today=today) as journal:
            fill(journal, int(number), first=first)
        cost_of(number, ["today"], data)  # the first of the day makes a backup
        for way, words in ways.items():
            found[way].append(cost_of(number, words, data))
    for way, costs in found.items():
        name = way.partition(",")[0]
        yield Growth(f"history-{name}", f"{way}", "years of history", tuple(costs))


PARTS: Final[dict[str, Callable[[Sequence[float], Path], Iterator[Growth]]]] = {
    "video": video_growth,
    "landmarks": landmark_growth,
    "years": history_growth,
}


def table(growth: Growth) -> Iterator[str]:
    """Yield a growth as the lines of a table."""
    yield f"| {growth.of} | s of CPU | s by the clock | peak MB | s of CPU for each one more |"
    yield "|--:|--:|--:|--:|--:|"
    further = ["", *(f"{each:.2f}" for each in steps(growth.costs))]
    for cost, more in zip(growth.costs, further, strict=True):
        seconds = f"{cost.cpu_s:.2f} | {cost.wall_s:.2f}"
        yield f"| {cost.size:g} | {seconds} | {cost.peak_mb:.0f} | {more} |"


def section(growths: Sequence[Growth]) -> str:
    """Return the part of the page."""
    lines = [
        HEADING,
        "",
        "Made by `python benchmarks/growth.py --write`, each row a whole process.",
    ]
    for growth in growths:
        said = "Linear or better." if is_linear(growth.costs) else "**More than linear.**"
        lines += ["", f"### {growth.title}", "", said, "", *table(growth), ""]
        lines.append(f"![{growth.title}](images/growth-{growth.name}.svg)")
    return "\n".join((*lines, ""))


def main() -> None:
    """Measure the parts that are asked for, print them, and write the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--video", nargs="+", type=float, default=[1, 2, 4])
    parser.add_argument("--landmarks", nargs="+", type=float, default=[1, 5, 15, 30, 60])
    parser.add_argument("--years", nargs="+", type=float, default=[1, 2, 5, 10])
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    growths: list[Growth] = []
    try:
        for part in chosen.part:
            with tempfile.TemporaryDirectory() as folder:
                for growth in PARTS[part](getattr(chosen, part), Path(folder)):
                    print(f"\n{growth.title}", *table(growth), sep="\n", flush=True)
                    growths.append(growth)
    except CorelineError as error:
        sys.exit(str(error))
    if chosen.write:
        for growth in growths:
            points = [(each.size, each.cpu_s) for each in growth.costs]
            drawn = curve(f"{growth.title}: s of CPU", growth.of, points)
            (IMAGES / f"growth-{growth.name}.svg").write_text(drawn, "utf-8")
        put_into(HEADING, section(growths))


if __name__ == "__main__":
    main()
