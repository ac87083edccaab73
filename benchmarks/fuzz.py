"""Hand the program files that nobody means, and count how it takes them.

python benchmarks/fuzz.py [--kind trace …] [--number 300] [--seed 1] [--keep FOLDER]

Each kind of input from outside begins with a sound one, which is damaged in its bytes and in what
it says of itself: flipped, cut and spliced, numbers without end, sizes that are lies, nesting,
bidirectional and control characters, sums that fit again. Each is read by the real command in a
process of its own. It may be accepted, and then every command that shows it must take it; or it is
refused in one line with exit code 2. A traceback, a crash, more than 10 s of computing, more than
500 MB, a refusal of several lines or a sign that commands the terminal fails the benchmark, and its
file is kept where `--keep` says. Seed, kind and number make a file again.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

# Both are read when the libraries are loaded: threads do not survive in a copy of a process.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", SDL_AUDIODRIVER="dummy")
os.environ["CORELINE_DEBUG"] = "1"  # where it went wrong is told
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from tools.hostile import KINDS, Kind, in_folder
from tools.trying import CPU_S, Try, tried

MOST_MB: Final = 500.0
SHOWN: Final = 12
COLUMNS: Final = ("accepted", "refused", "tracebacks", "hangs", "over 500 MB", "lines", "raw")


@dataclass(slots=True)
class Went:
    """How the trials of a kind went."""

    kind: str
    trials: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    peak_mb: float = 0.0
    slowest_s: float = 0.0
    failures: list[str] = field(default_factory=list)


def main() -> None:
    """Try every kind that is asked for, and print the table."""
    asked = _asked()
    found = [_went(name, asked) for name in asked.kind]
    print(f"seed {asked.seed}; a hang is more than {CPU_S:.0f} s of computing\n")
    print("| kind | trials | " + " | ".join(COLUMNS) + " | peak MB | slowest, CPU s |")
    print("|---|" + "--:|" * (len(COLUMNS) + 3))
    for each in found:
        counts = " | ".join(str(each.counts[name]) for name in COLUMNS)
        most = f"{each.peak_mb:.0f} | {each.slowest_s:.1f}"
        print(f"| {each.kind} | {each.trials} | {counts} | {most} |")
    failures = [line for each in found for line in each.failures]
    for line in failures[:SHOWN]:
        print(f"\n{line}")
    sys.exit(1 if failures else 0)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--number", type=int, default=300, help="trials a kind")
    parser.add_argument("--first", type=int, default=0, help="number of the first trial")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where files that failed go")
    return parser.parse_args()


def _went(name: str, asked: argparse.Namespace) -> Went:
    went, kind = Went(name), KINDS[name]
    with tempfile.TemporaryDirectory(prefix="coreline-fuzz-") as place:
        base, copy = Path(place) / "base", Path(place) / "copy"
        base.mkdir()
        in_folder(base)
        made = tried(lambda: _made(kind, base), base)
        if made.code != 0:
            raise SystemExit(f"{name}: cannot be made: {made.complained}")
        for number in range(asked.first, asked.first + asked.number):
            shutil.copytree(base, copy)
            in_folder(copy)
            kind.spoil(random.Random(f"{asked.seed} {name} {number}"), copy)
            wrong = _try(went, kind, copy)
            if wrong:
                went.failures.append(f"{name} {number} (seed {asked.seed}): {wrong}")
                if asked.keep is not None:
                    shutil.copytree(copy, asked.keep / f"{name}-{number}", dirs_exist_ok=True)
            shutil.rmtree(copy)
    return went


def _made(kind: Kind, folder: Path) -> int:
    kind.base(folder)
    return 0


def _try(went: Went, kind: Kind, folder: Path) -> str:
    """Have a file read, count how that went, and return what was wrong, if anything."""
    went.trials += 1
    for number, step in enumerate(kind.steps(folder)):
        done = tried(step, folder)
        went.peak_mb = max(went.peak_mb, done.peak_mb)
        went.slowest_s = max(went.slowest_s, done.cpu_s)
        wrong = _wrong(done)
        if wrong:
            went.counts[wrong] += 1
            tail = done.complained.strip()[-600:] or f"exit code {done.code}"
            return f"step {number}: {wrong}, {done.peak_mb:.0f} MB, {done.cpu_s:.1f} s\n{tail}"
        if done.refused:
            went.counts["refused"] += 1
            return ""
    went.counts["accepted"] += 1
    return ""


def _wrong(done: Try) -> str:
    """Return which aim was missed, if any."""
    if done.hung:
        return "hangs"
    if done.raised:
        return "tracebacks"
    if done.peak_mb > MOST_MB:
        return "over 500 MB"
    if done.is_raw:
        return "raw"
    return "lines" if done.refused and not done.is_one_line else ""


if __name__ == "__main__":
    main()
