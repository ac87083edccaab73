"""What the export of a year costs: 365 sessions, 30,000 repetitions, in every format.

python benchmarks/export.py [--years 1] [--folder FOLDER]

The journal is made as `benchmarks/journal.py` makes it. Each row is of a fresh process, the start
of the program included: seconds of the processor and the memory at its highest. Into a file, into a
pipe that is read meanwhile, and to standard output. Exit code 1 where an aim is missed: 3 s of the
processor and 150 MB in each. On a machine that is busy with other things the processor's seconds
are longer ones: the first line says what ten million additions take now, to compare runs by. FOLDER
keeps the journal and uses the one that is there.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from typing import Final

from coreline.journal.database import open_journal
from journal import fill

MOST_CPU_S: Final = 3.0
MOST_MB: Final = 150.0
BYTES_A_MB: Final = 1_000_000
EXPORT: Final = ("export", "--format")
WAYS: Final[dict[str, tuple[str, ...]]] = {
    "nothing, as a table": (*EXPORT, "csv", "--from", "2099-01-01", "--out"),
    "a table": (*EXPORT, "csv", "--out"),
    "JSON": (*EXPORT, "json", "--out"),
    "FHIR": (*EXPORT, "fhir", "--out"),
    "the whole journal": ("journal", "export"),
}
MEASURED: Final = """
import resource, sys
from coreline.cli import main
try:
    main()
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, file=sys.stderr)
"""


def measured(words: tuple[str, ...], folder: Path) -> tuple[float, float, int]:
    """Return processor seconds, megabytes, and how many bytes came to standard output."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words],
        capture_output=True,
        check=False,
        env={**os.environ, "CORELINE_DATA_DIR": str(folder), "CORELINE_CONFIG_DIR": str(folder)},
    )
    if done.returncode != 0:
        sys.exit(done.stderr.decode())
    cpu_s, megabytes = map(float, done.stderr.split()[-2:])
    return cpu_s, megabytes, len(done.stdout)


def into_a_file(words: tuple[str, ...], folder: Path) -> tuple[float, float, int]:
    """Return what it costs, and the size of the file."""
    out = folder / "exported"
    cpu_s, megabytes, _ = measured((*words, str(out)), folder)
    return cpu_s, megabytes, out.stat().st_size


def into_a_pipe(words: tuple[str, ...], folder: Path) -> tuple[float, float, int]:
    """Return what it costs, and how much the reader at the other end got."""
    pipe, came = folder / "pipe", [0]
    os.mkfifo(pipe)

    def read() -> None:
        with pipe.open("rb") as file:
            while piece := file.read(1 << 16):
                came[0] += len(piece)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    kept = pipe.open("wb")  # so that the reader is there before the program looks for one
    cpu_s, megabytes, _ = measured((*words, str(pipe)), folder)
    kept.close()
    reader.join()
    pipe.unlink()
    return cpu_s, megabytes, came[0]


def yardstick_s() -> float:
    """Return how many of the processor's seconds ten million additions take now."""
    start_s, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - start_s


def row(what: str, figures: tuple[float, float, int]) -> bool:
    """Print a row, and say whether the aims are met."""
    cpu_s, megabytes, size = figures
    met = cpu_s <= MOST_CPU_S and megabytes <= MOST_MB
    shown = f"{what:40} {cpu_s:6.2f} s {megabytes:6.0f} MB, wrote {size / BYTES_A_MB:6.1f} MB"
    print(shown if met else f"{shown}  MISSED", flush=True)
    return met


def main() -> None:
    """Make the journal where it is missing, and print what each way costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.folder or Path(name)
        path = folder / "coreline.sqlite3"
        if not path.exists():
            with open_journal(path, today=date(2026, 11, 1)) as journal:
                fill(journal, chosen.years)
        print(f"ten million additions: {yardstick_s():.2f} s of the processor")
        met = [row(what, into_a_file(words, folder)) for what, words in WAYS.items()]
        if os.name == "posix":
            piped = list(WAYS.items())[1:]
            met += [
                row(f"{what}, into a pipe", into_a_pipe(words, folder)) for what, words in piped
            ]
        met.append(row("JSON, to standard output", measured((*WAYS["JSON"], "-"), folder)))
    if not all(met):
        sys.exit(1)


if __name__ == "__main__":
    main()
