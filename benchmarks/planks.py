"""The line measure on labelled frames of front planks: correct, hips high, hips low.

python benchmarks/planks.py CSV

CSV: a header; `label` C, H or L; NAME_x, NAME_y, NAME_z, NAME_v of each landmark, x and y 0..1 of a
16:9 picture. With a neutral: the median bend of the first 15 frames labelled C of each camera side,
and the fault limit of the exercise. Without: from what is known over people alone, and by 165 to
195 degrees being good.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

import numpy as np

from coreline.body.measures import Measure, Side, Sides
from coreline.body.pose import LANDMARKS, Joint, Pose
from coreline.body.sides import SceneFinder
from coreline.data_files import load_catalogue
from coreline.judging.faults import fault_code

SIZE_PX = (1280, 720)
GOOD_FRAMES = 15
WITHOUT_NEUTRAL_DEG = 15.0
NAMES = {"sag": "L", "pike": "H", None: "C"}


def pose_of(row: Mapping[str, str], t_s: float) -> Pose:
    """Return the pose of one row; landmarks it does not name lie in the middle, unseen."""
    xy_px = np.full((LANDMARKS, 2), np.array(SIZE_PX) / 2.0)
    visibility = np.zeros(LANDMARKS)
    for joint in Joint:
        name = joint.name.lower()
        if f"{name}_x" in row:
            xy_px[joint] = (
                float(row[f"{name}_x"]) * SIZE_PX[0],
                float(row[f"{name}_y"]) * SIZE_PX[1],
            )
            visibility[joint] = float(row[f"{name}_v"])
    empty = np.zeros(LANDMARKS)
    return Pose(t_s, xy_px, empty, visibility, np.zeros((LANDMARKS, 3)), SIZE_PX)


def bends(rows: Iterable[Mapping[str, str]]) -> list[tuple[str, Side, float]]:
    """Return label, near side and bend of every frame."""
    rules = load_catalogue().get("w12-back-bridge").judging
    if rules is None:
        raise SystemExit("the front plank is not judged")
    line = rules.measures[rules.line]
    measure = Measure(line.kind, line.points)
    found = []
    for number, row in enumerate(rows):
        finder, pose = SceneFinder(), pose_of(row, float(number))
        finder.step(pose)
        near = finder.near()
        found.append((row["label"], near, measure.of(pose, finder.scene(Sides.same(near)))))
    return found


def report(title: str, pairs: list[tuple[str, str]]) -> None:
    """Print the share that is right, and the confusions."""
    right = sum(label == said for label, said in pairs)
    print(f"{title}: {right} of {len(pairs)} right, {right / len(pairs):.1%}")
    for (label, said), count in sorted(Counter(pairs).items()):
        print(f"    labelled {label}, judged {said}: {count}")


def main() -> None:
    """Judge every frame both ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", type=Path)
    with parser.parse_args().csv.open(encoding="utf-8", newline="") as file:
        frames = bends(csv.DictReader(file))
    rules = load_catalogue().get("w12-back-bridge").judging
    if rules is None:
        raise SystemExit("the front plank is not judged")
    band = rules.bands[0]
    neutral = {
        side: median(
            [deg for label, near, deg in frames if label == "C" and near is side][:GOOD_FRAMES]
        )
        for side in {near for label, near, _ in frames if label == "C"}
    }
    usual = median(neutral.values())
    with_neutral = [
        (label, NAMES[fault_code(band, deg - neutral.get(near, usual))])
        for label, near, deg in frames
    ]
    without = [
        (label, "C" if abs(deg) <= WITHOUT_NEUTRAL_DEG else "L" if deg > 0 else "H")
        for label, _, deg in frames
    ]
    people = rules.neutral[rules.line]
    from_people = [(label, NAMES[fault_code(band, deg - people.mean)]) for label, _, deg in frames]
    report("with a neutral from 15 good frames", with_neutral)
    report("from the lines of people alone", from_people)
    report("without a neutral", without)


if __name__ == "__main__":
    main()
