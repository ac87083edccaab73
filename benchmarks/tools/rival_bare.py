"""Run MediaPipe's landmarker, or `coreline analyze`, over a clip and print one JSON line.

python benchmarks/tools/rival_bare.py CLIP full|lite
python benchmarks/tools/rival_bare.py CLIP coreline EXERCISE
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Final

import cv2
import mediapipe as mp

from coreline.data_files import load_catalogue, load_cues
from coreline.training.replay import judge, read
from coreline.vision.isolation import cut_network
from coreline.vision.models import model_bytes

# Of the pose model's 33 points; left before right.
POINTS: Final = {"shoulder": (11, 12), "hip": (23, 24), "knee": (25, 26), "ankle": (27, 28)}
Points = dict[str, list[list[float]]]


def main() -> None:
    """Run what was asked for; its own network is cut first."""
    cut_network()
    clip, name = sys.argv[1:3]
    told = _coreline(clip, sys.argv[3]) if name == "coreline" else _bare(clip, name)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**told, "peak_mb": peak_mb}))


def _coreline(clip: str, exercise_id: str) -> dict[str, object]:
    exercise, book = load_catalogue().get(exercise_id), load_cues()
    start_s = time.process_time()
    recording = read(Path(clip))
    analysis = judge(recording, exercise, book)
    used_s = time.process_time() - start_s
    counted = sum(each.counted for each in analysis.repetitions)
    return {"cpu_s": used_s, "frames": len(recording.frames), "counted": counted}


def _bare(clip: str, model: str) -> dict[str, object]:
    vision = mp.tasks.vision
    options = vision.PoseLandmarkerOptions(
        base_options=mp.tasks.BaseOptions(model_asset_buffer=model_bytes(model)),
        running_mode=vision.RunningMode.VIDEO,
    )
    capture = cv2.VideoCapture(clip)
    rate_hz, points = capture.get(cv2.CAP_PROP_FPS), list[Points]()
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        start_s = time.process_time()
        there, image = capture.read()
        while there:
            rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            time_ms = round(1000.0 * len(points) / rate_hz)
            found = landmarker.detect_for_video(mp.Image(mp.ImageFormat.SRGB, rgb), time_ms)
            height, width = image.shape[:2]
            points.append(
                {
                    name: [[body[at].x * width, body[at].y * height] for at in both]
                    for body in found.pose_landmarks[:1]
                    for name, both in POINTS.items()
                }
            )
            there, image = capture.read()
        used_s = time.process_time() - start_s
    return {"cpu_s": used_s, "frames": len(points), "counted": None, "points": points}


if __name__ == "__main__":
    main()
