"""What each measure of an exercise reads in each phase of recordings with known truth.

python calibration/measure.py [EXERCISE ...] [--folder FOLDER] [--clips]

A row a measure and phase, over all people of an exercise: 5th percentile, median and 95th.
Thresholds lie between these rows. `--clips` gives every recording its own rows. Only recordings
that numbers may be set on are read: the one body of tests/recordings, and the known half of its
people. Strangers are refused.
"""

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coreline.body.form import FormTracker
from coreline.data_files import load_catalogue
from coreline.errors import BadSourceError, CorelineError
from coreline.files.recordings import load_trace
from coreline.judging.judge import plan_of
from coreline.programme.catalogue import Catalogue
from coreline.programme.spec import Exercise

RECORDINGS = Path(__file__).resolve().parents[1] / "tests" / "recordings"
SET_ON = (RECORDINGS, RECORDINGS / "people" / "known")
STRANGERS = "strangers"
TRUTH_END, TRACE_END = ".json.gz", ".landmarks.npz"
MOVING = {"move", "down", "half way"}  # neither here nor there
USAGE_ERROR = 2
Readings = dict[tuple[str, str], list[float]]


@dataclass(frozen=True, slots=True)
class Recording:
    """A trace, what it is of, and the phase of each of its frames."""

    name: str
    exercise: str
    place: str
    trace: Path
    phases: Sequence[str]


# Which recordings


def recordings_in(folders: Iterable[Path]) -> list[Recording]:
    """Return the recordings with a truth of some folders.

    Raises:
        BadSourceError: There is none, or one of them is of a stranger.
    """
    places = [place for folder in folders for place in truths_in(folder)]
    if not places:
        raise BadSourceError("no recording with a truth; give a --folder that has some")
    return [_packed(place) if place.suffix == ".npz" else _beside(place) for place in places]


def truths_in(folder: Path) -> list[Path]:
    """Return the files of a folder that hold a truth, in order; a person's is in the trace.

    Raises:
        BadSourceError: One of them is of a stranger.
    """
    packed = [each for each in folder.glob("*--*.npz") if not each.name.endswith(TRACE_END)]
    places = sorted([*folder.glob(f"*{TRUTH_END}"), *packed])
    strange = next((each for each in places if is_stranger(each)), None)
    if strange is not None:
        raise BadSourceError(
            f"{strange}: is of a stranger, whom no number may be set on; measure known people"
        )
    return places


def is_stranger(place: Path) -> bool:
    """Say whether a recording is of a stranger, by its folder or its even seed."""
    seed = place.name.partition(".")[0].rpartition("--")[2]
    return STRANGERS in place.resolve().parts or (seed.isdecimal() and int(seed) % 2 == 0)


def _packed(place: Path) -> Recording:
    """Return a person, whose truth lies in the trace; see benchmarks/tools/recorded_people.py."""
    with place.open("rb") as file, np.load(file, allow_pickle=False) as archive:
        truth = json.loads(archive["truth"].tobytes())
        phases = [truth["phases"][number] for number in archive["truth_phase"]]
    return _recording(place.stem, truth["meta"], place, phases)


def _beside(place: Path) -> Recording:
    """Return a recording whose truth lies beside the trace."""
    name = place.name.removesuffix(TRUTH_END)
    truth = json.loads(gzip.decompress(place.read_bytes()))
    phases = [frame["phase"] for frame in truth["frames"]]
    return _recording(name, truth["meta"], place.with_name(name + TRACE_END), phases)


def _recording(
    name: str, meta: Mapping[str, object], trace: Path, phases: Sequence[str]
) -> Recording:
    place = "ball" if meta.get("ball") else "floor"
    return Recording(name, str(meta["exercise"]), place, trace, phases)


# What is read in them


def phase_of(name: str) -> str | None:
    """Return the phase of a frame of the truth, None while the body moves between two."""
    if name in MOVING:
        return None
    number_free = name.split()
    return f"{number_free[0]} {number_free[2]}" if name.startswith("rep ") else name


def readings(exercise: Exercise, recording: Recording) -> Iterator[tuple[str, str, float]]:
    """Yield measure, phase and reading of every seen frame."""
    rules = exercise.judging
    if rules is None:
        return
    tracker = FormTracker(plan_of(rules, None, on_side=exercise.view == "chest"))
    for (t_s, pose), name in zip(load_trace(recording.trace), recording.phases, strict=False):
        form, phase = tracker.step(t_s, pose), phase_of(name)
        if phase is not None:
            yield from ((measure, phase, value) for measure, value in form.values.items())


def grouped(recordings: Iterable[Recording], *, by_clip: bool) -> dict[str, list[Recording]]:
    """Return the recordings by clip, or by exercise and place."""
    groups: dict[str, list[Recording]] = defaultdict(list)
    for each in recordings:
        groups[each.name if by_clip else f"{each.exercise}, {each.place}"].append(each)
    return groups


def show(title: str, recordings: Sequence[Recording], catalogue: Catalogue) -> None:
    """Print the rows of some recordings of one exercise."""
    found: Readings = defaultdict(list)
    for each in recordings:
        for name, phase, value in readings(catalogue.get(each.exercise), each):
            found[name, phase].append(value)
    print(f"\n{title}, {len(recordings)} recordings")
    for (name, phase), values in sorted(found.items()):
        low, middle, high = np.percentile(values, [5, 50, 95])
        print(f"  {name:16} {phase:22} {low:8.1f} {middle:8.1f} {high:8.1f}")


def main() -> None:
    """Print the table of every exercise asked for; a mistake of the user is one line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("exercise", nargs="*")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--clips", action="store_true", help="rows for every recording")
    chosen = parser.parse_args()
    try:
        found = recordings_in([chosen.folder] if chosen.folder else SET_ON)
        catalogue = load_catalogue()
    except CorelineError as error:
        print(f"measure: {error}", file=sys.stderr)
        sys.exit(USAGE_ERROR)
    wanted = [each for each in found if not chosen.exercise or each.exercise in chosen.exercise]
    for title, recordings in sorted(grouped(wanted, by_clip=chosen.clips).items()):
        show(title, recordings, catalogue)


if __name__ == "__main__":
    main()
