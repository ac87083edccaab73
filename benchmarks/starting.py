"""How soon the program is there: its commands, its first page, and its first pose.

[DISPLAY=:1] python benchmarks/starting.py [--rounds 5] [--against OTHER/src] [--write]

Each start is a process of its own with the folders of one person. Of commands it is the CPU they
take, user and system, beside that of a Python that does nothing. With a display it is also how long
the first page takes, of the program and of `coreline train --source sample`, and the first pose
there: by the clock, and by the CPU of the process until then. A page is there when it was drawn, a
pose when the session is stepped with it. With --against, the source of another checkout takes turns
with this one, and the ratio is told: on a machine that does other things too, only that holds.
--write puts what was measured into docs/performance.md.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from tools.page_parts import put_into

SOURCE: Final = Path(__file__).parents[1] / "src"
PROGRAM: Final = Path(__file__).parent / "tools" / "starting_program.py"
HEADING: Final = "## Starting"
NOTHING: Final = ("-c", "pass")
COMMANDS: Final = (
    "--version",
    "--help",
    "today",
    "today --help",
    "history",
    "plan",
    "exercises",
    "settings",
)
OPENINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("page",),
    "train --source sample": ("page", "pose"),
}
PATIENCE_S: Final = 120.0
PROFILE: Final = ("profile", "--name", "Anna", "--height", "1.75")
Taken = dict[str, list[float]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", type=Path, help="the src folder of another checkout")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sources = [SOURCE, *([options.against.absolute()] if options.against else [])]
    with tempfile.TemporaryDirectory() as folder:
        found = [_measured(source, Path(folder) / str(at)) for at, source in enumerate(sources)]
        taken: list[Taken] = [{} for _ in sources]
        for _ in range(options.rounds):
            for measure, into in zip(found, taken, strict=True):
                for what, value in measure():
                    into.setdefault(what, []).append(value)
    lines = []
    for what, values in taken[0].items():
        line = f"{what:46} {_spread(values)}"
        if len(taken) > 1:
            ratio = np.median(values) / np.median(taken[1][what])
            line += f"   other {_spread(taken[1][what])}   ratio {ratio:.2f}"
        lines.append(line)
    lines.append(f"n {options.rounds} each, median (low to high), load {os.getloadavg()[0]:.1f}")
    print(*lines, sep="\n")
    if options.write:
        made = "Made by `python benchmarks/starting.py --write`, with a display."
        put_into(HEADING, "\n".join((HEADING, "", made, "", "```", *lines, "```", "")))


def _spread(values: Sequence[float]) -> str:
    low, middle, high = np.quantile(values, (0.0, 0.5, 1.0))
    return f"{middle:.2f} s ({low:.2f} to {high:.2f})"


def _measured(source: Path, home: Path) -> Callable[[], Iterator[tuple[str, float]]]:
    """Make somebody's folders, run everything once, and return what measures a round."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(source),
        "CORELINE_CONFIG_DIR": str(home / "config"),
        "CORELINE_DATA_DIR": str(home / "data"),
        "SDL_AUDIODRIVER": "dummy",
    }

    def measure() -> Iterator[tuple[str, float]]:
        yield "CPU of python -c pass", _cpu_s(NOTHING, environment)
        for command in COMMANDS:
            yield f"CPU of {command}", _cpu_s(("-m", "coreline", *command.split()), environment)
        for command, noted in OPENINGS.items() if "DISPLAY" in os.environ else ():
            for what, (clock_s, cpu_s) in _opened(command.split(), noted, home, environment):
                name = f"first {what}, {command or 'alone'}"
                yield name, clock_s
                yield f"CPU until {name}", cpu_s

    _cpu_s(("-m", "coreline", *PROFILE), environment)
    for _ in measure():  # so that every file is compiled, and in the system's memory
        pass
    return measure


def _cpu_s(words: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the CPU that a process takes, its start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _opened(
    words: Sequence[str], noted: Sequence[str], home: Path, environment: Mapping[str, str]
) -> Iterator[tuple[str, tuple[float, float]]]:
    """Start the program with a window; yield by what is noted how long it took, and its CPU."""
    note = home / "note"
    note.mkdir(exist_ok=True)
    for each in note.iterdir():
        each.unlink()
    begun_s = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(note), *words],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        for what in noted:
            at_s, cpu_s = _read(note / what, process)
            yield what, (at_s - begun_s, cpu_s)
    finally:
        process.terminate()
        process.wait()


def _read(note: Path, process: subprocess.Popen[bytes]) -> tuple[float, float]:
    end_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < end_s and process.poll() is None:
        if note.exists() and note.read_text(encoding="ascii").endswith("\n"):
            at_s, cpu_s = note.read_text(encoding="ascii").split()
            return float(at_s), float(cpu_s)
        time.sleep(0.01)
    raise SystemExit(f"no {note.name} came")


if __name__ == "__main__":
    main()
