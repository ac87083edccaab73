"""Whether cropping the picture to the body saves anything: CPU a pose, by what is handed over.

python benchmarks/crop.py CLIP [--pictures 120] [--rounds 3]

The same pictures as they are, at twice the size, and each of these cut out around the body, as it
lies in the first picture with a quarter of its size on every side. They take turns in one run.
"""

import argparse
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from coreline.camera.video import VideoFile
from coreline.vision.estimator import PoseEstimator

Image = NDArray[np.uint8]
AROUND = 0.25  # of the body's box


def pictures_of(clip: Path, number: int) -> list[tuple[float, Image]]:
    """Return the first pictures of a clip with their times."""
    with VideoFile(clip) as video:
        frames = [frame for frame in islice(video.frames(), number) if frame is not None]
    return [(frame.t_s, frame.image_bgr) for frame in frames]


def around_body(pictures: Sequence[tuple[float, Image]]) -> tuple[slice, slice]:
    """Return rows and columns of the body in the first picture in which it is found.

    Raises:
        SystemExit: It is in none.
    """
    with PoseEstimator() as estimator:
        poses = (estimator.estimate(*each) for each in pictures)
        pose = next((each for each in poses if each is not None), None)
    if pose is None:
        raise SystemExit("nobody is in these pictures; give another clip")
    low, high = pose.xy_px.min(axis=0), pose.xy_px.max(axis=0)
    spare = AROUND * (high - low)
    (left, top), (right, bottom) = np.maximum(low - spare, 0), high + spare
    return slice(int(top), int(bottom)), slice(int(left), int(right))


def pose_ms(pictures: Sequence[tuple[float, Image]]) -> tuple[float, int]:
    """Return the CPU milliseconds of a pose once somebody is followed, and in how many they are."""
    with PoseEstimator() as estimator:
        estimator.estimate(*pictures[0])
        begun_s = time.process_time()
        found = sum(estimator.estimate(*each) is not None for each in pictures[1:])
        return 1000.0 * (time.process_time() - begun_s) / (len(pictures) - 1), found


def main() -> None:
    """Take turns and print the median of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--pictures", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    as_is = pictures_of(chosen.clip, chosen.pictures)
    rows, columns = around_body(as_is)
    twice = [
        (t_s, np.asarray(cv2.resize(image, None, fx=2, fy=2), np.uint8)) for t_s, image in as_is
    ]
    double = slice(2 * rows.start, 2 * rows.stop), slice(2 * columns.start, 2 * columns.stop)
    ways = {
        "as they are": as_is,
        "as they are, cut out": [(t, np.ascontiguousarray(im[rows, columns])) for t, im in as_is],
        "twice the size": twice,
        "twice the size, cut out": [(t, np.ascontiguousarray(im[double])) for t, im in twice],
    }
    took_ms: dict[str, list[float]] = {name: [] for name in ways}
    found = dict.fromkeys(ways, 0)
    for _ in range(chosen.rounds):
        for name, pictures in ways.items():
            ms, found[name] = pose_ms(pictures)
            took_ms[name].append(ms)
    usual_ms = median(took_ms["as they are"])
    for name, pictures in ways.items():
        height, width = pictures[0][1].shape[:2]
        ms = median(took_ms[name])
        print(
            f"{name}, {width} x {height}: {ms:.1f} ms, {ms / usual_ms:.2f}; found in {found[name]}"
        )


if __name__ == "__main__":
    main()
