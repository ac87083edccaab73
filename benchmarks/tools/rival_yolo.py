"""Run ultralytics' workout solution over a clip, in its own environment, and print one JSON line.

PYTHON_OF_THAT_ENVIRONMENT benchmarks/tools/rival_yolo.py CLIP WEIGHTS

The thresholds and joints of its count are those of its documentation for abdominal exercises.
"""

import contextlib
import importlib
import io
import json
import resource
import sys
import time
from typing import Any, Final

# Of the 17 COCO points; left before right.
POINTS: Final = {"shoulder": (5, 6), "hip": (11, 12), "knee": (13, 14), "ankle": (15, 16)}
DOCUMENTED: Final = {"kpts": [5, 11, 13], "up_angle": 145.0, "down_angle": 90.0}


def main() -> None:
    """Judge the clip as the solution's own example does."""
    clip, weights = sys.argv[1:3]
    cv2 = importlib.import_module("cv2")
    solutions = importlib.import_module("ultralytics.solutions")
    points: list[dict[str, list[list[float]]]] = []
    with contextlib.redirect_stdout(io.StringIO()):
        gym = solutions.AIGym(model=weights, show=False, verbose=False, device="cpu", **DOCUMENTED)
        capture, count = cv2.VideoCapture(clip), 0
        there, image = capture.read()
        gym.process(image)  # loads the weights
        gym = solutions.AIGym(model=weights, show=False, verbose=False, device="cpu", **DOCUMENTED)
        start_s = time.process_time()
        while there:
            count = sum(gym.process(image).workout_count)
            points.append(_points_of(gym))
            there, image = capture.read()
        used_s = time.process_time() - start_s
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"cpu_s": used_s, "frames": len(points), "peak_mb": peak_mb, "counted": count}
    print(json.dumps({**told, "points": points}))


def _points_of(gym: Any) -> dict[str, list[list[float]]]:
    """Return where the first person's joints are, left and right; nothing where nobody is seen."""
    tracks = gym.tracks
    if tracks is None or tracks.keypoints is None or not len(tracks.keypoints.xy):
        return {}
    xy = tracks.keypoints.xy[0].tolist()
    return {name: [xy[at] for at in both] for name, both in POINTS.items()}


if __name__ == "__main__":
    main()
