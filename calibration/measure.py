"""What each measure of an exercise reads in each phase of recordings with known truth.

python calibration/measure.py [EXERCISE ...] [--folder FOLDER]

A row a measure and phase: 5th percentile, median and 95th. Thresholds lie between these rows.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from coreline.body.form import FormTracker
from coreline.data_files import load_catalogue
from coreline.judging.judge import plan_of
from coreline.programme.spec import Exercise
from coreline.recordings import load_trace

RECORDINGS = Path(__file__).parent.parent / "tests" / "recordings"
MOVING = {"move", "down", "half way"}  # neither here nor there
Readings = dict[tuple[str, str], list[float]]


def phase_of(frame: Mapping[str, object]) -> str | None:
    """Return the phase of a frame of the truth, None while the body moves between two."""
    name = str(frame["phase"])
    if name in MOVING:
        return None
    number_free = name.split()
    return f"{number_free[0]} {number_free[2]}" if name.startswith("rep ") else name


def readings(exercise: Exercise, trace: Path, truth: Path) -> Iterator[tuple[str, str, float]]:
    """Yield measure, phase and reading of every seen frame."""
    rules = exercise.judging
    if rules is None:
        return
    frames = json.loads(gzip.decompress(truth.read_bytes()))["frames"]
    tracker = FormTracker(plan_of(rules, None, on_side=exercise.view == "chest"))
    for (t_s, pose), frame in zip(load_trace(trace), frames, strict=False):
        form, phase = tracker.step(t_s, pose), phase_of(frame)
        if phase is not None:
            yield from ((name, phase, value) for name, value in form.values.items())


def main() -> None:
    """Print the table of every recording asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exercise", nargs="*")
    parser.add_argument("--folder", type=Path, default=RECORDINGS)
    chosen = parser.parse_args()
    catalogue = load_catalogue()
    for truth in sorted(chosen.folder.glob("*.json.gz")):
        meta = json.loads(gzip.decompress(truth.read_bytes()))["meta"]
        if chosen.exercise and meta["exercise"] not in chosen.exercise:
            continue
        trace = truth.with_name(truth.name.replace(".json.gz", ".landmarks.npz"))
        found: Readings = defaultdict(list)
        for name, phase, value in readings(catalogue.get(meta["exercise"]), trace, truth):
            found[name, phase].append(value)
        print(f"\n{truth.name}")
        for (name, phase), values in sorted(found.items()):
            low, middle, high = np.percentile(values, [5, 50, 95])
            print(f"  {name:16} {phase:22} {low:8.1f} {middle:8.1f} {high:8.1f}")


if __name__ == "__main__":
    main()
