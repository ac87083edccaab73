"""CPU a frame of `analyze`, over CPU a frame of bare MediaPipe on the same frames, in one run.

python benchmarks/speed.py CLIP --exercise ID [--rounds 3]

Bare MediaPipe is its landmarker in VIDEO mode fed with the decoded frames and nothing else. The two
take turns, so that a machine whose speed drifts does not favour one of them.
"""

import argparse
import time
from pathlib import Path
from statistics import median

import cv2
import mediapipe as mp

from coreline.data_files import load_catalogue, load_cues
from coreline.training.replay import judge, read
from coreline.vision.isolation import cut_network
from coreline.vision.models import model_bytes


def bare_cpu_s(clip: Path, model: bytes) -> tuple[float, int]:
    """Return the CPU seconds of decoding and detecting every frame, and how many there were."""
    vision = mp.tasks.vision
    options = vision.PoseLandmarkerOptions(
        base_options=mp.tasks.BaseOptions(model_asset_buffer=model),
        running_mode=vision.RunningMode.VIDEO,
    )
    capture, frames = cv2.VideoCapture(str(clip)), 0
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        start_s = time.process_time()
        while True:
            there, image = capture.read()
            if not there:
                break
            rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            time_ms = round(1000.0 * frames / capture.get(cv2.CAP_PROP_FPS))
            landmarker.detect_for_video(mp.Image(mp.ImageFormat.SRGB, rgb), time_ms)
            frames += 1
        used_s = time.process_time() - start_s
    return used_s, frames


def analyse_cpu_s(clip: Path, exercise_id: str) -> tuple[float, int]:
    """Return the CPU seconds of the whole analysis, model loading left in, and its frames."""
    exercise, book = load_catalogue().get(exercise_id), load_cues()
    start_s = time.process_time()
    recording = read(clip)
    judge(recording, exercise, book)
    return time.process_time() - start_s, len(recording.frames)


def main() -> None:
    """Take turns and print each round and the median."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--exercise", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    cut_network()
    model, ratios = model_bytes("full"), []
    bare_cpu_s(chosen.clip, model)  # the first pass warms caches and threads up
    for _ in range(chosen.rounds):
        bare_s, frames = bare_cpu_s(chosen.clip, model)
        ours_s, _ = analyse_cpu_s(chosen.clip, chosen.exercise)
        ratios.append(ours_s / bare_s)
        bare_ms, ours_ms = 1000 * bare_s / frames, 1000 * ours_s / frames
        print(f"bare {bare_ms:.1f} ms a frame, analyze {ours_ms:.1f} ms: {ratios[-1]:.3f}")
    print(f"median ratio over {chosen.rounds} rounds: {median(ratios):.3f}")


if __name__ == "__main__":
    main()
