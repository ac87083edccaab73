"""Damaged files, as whoever types the command meets them: one line with the fix, exit code 2."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from coreline.camera.playback import sample_path
from coreline.camera.video import VideoFile
from coreline.files.folders import CONFIG_VARIABLE
from coreline.files.resources import PACKAGE, resource_dir

PLANK = Path(__file__).parent / "recordings" / "w12-back-bridge.landmarks.npz"
BELLY = ("-e", "w56-belly-bridge")
DEV_FULL = Path("/dev/full")


def coreline(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-c", "from coreline.cli import main; main()"]
    return subprocess.run(
        [*line, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def assert_refused(done: subprocess.CompletedProcess[str], *said: str) -> None:
    assert done.returncode == 2, done
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.startswith("coreline: ")
    for words in said:
        assert words in done.stderr


def cut(source: Path, path: Path, share: float = 0.6) -> Path:
    data = source.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    return path


def garbled(source: Path, path: Path) -> Path:
    data = bytearray(source.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 200] = np.random.default_rng(5).bytes(200)
    path.write_bytes(data)
    return path


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return a folder in which Coreline lies as a wheel would put it there."""
    site = tmp_path / "site"
    shutil.copytree(PACKAGE, site / "coreline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(resource_dir("models"), site / "coreline" / "models")
    return site


def test_a_model_that_is_not_the_one_it_was_tried_with_is_refused(installed: Path) -> None:
    bundle = installed / "coreline" / "models" / "pose_landmarker_full.task"
    garbled(bundle, bundle)
    done = coreline("analyze", sample_path(), *BELLY, PYTHONPATH=str(installed))
    assert_refused(done, str(bundle), "altered", "install Coreline again")


def test_a_video_without_its_end_does_not_open_and_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "whole.mp4"
    writer = cv2.VideoWriter(str(whole), cv2.VideoWriter.fourcc(*"mp4v"), 15, (160, 120))
    for grey in range(60):
        writer.write(np.full((120, 160, 3), 4 * grey, np.uint8))
    writer.release()
    done = coreline("analyze", cut(whole, tmp_path / "clip.mp4"), *BELLY)
    assert_refused(done, "clip.mp4", "give an MP4, MKV")


def test_a_video_that_still_plays_is_judged_and_the_shortfall_is_said(tmp_path: Path) -> None:
    whole = tmp_path / "whole.avi"
    with VideoFile(sample_path()) as video:
        writer = cv2.VideoWriter(str(whole), cv2.VideoWriter.fourcc(*"MJPG"), 15, (640, 480))
        for frame in video.frames():
            if frame is None or frame.index == 60:
                break
            writer.write(frame.image_bgr)
        writer.release()
    done = coreline("analyze", cut(whole, tmp_path / "clip.avi"), *BELLY, "--model", "lite")
    assert done.returncode == 0, done
    assert "clip.avi: " in done.stderr
    assert "of 60 frames read; the file is cut short" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_damaged_trace_is_refused(tmp_path: Path) -> None:
    done = coreline("analyze", garbled(PLANK, tmp_path / "poses.npz"), "-e", "w12-back-bridge")
    assert_refused(done, "poses.npz")


@pytest.mark.skipif(not DEV_FULL.exists(), reason="no /dev/full here")
def test_a_full_disk_is_said() -> None:
    done = coreline("analyze", PLANK, "-e", "w12-back-bridge", "--json", DEV_FULL)
    assert_refused(done, str(DEV_FULL), "the disk is full; make room")


def test_broken_settings_are_named_with_line_and_key(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("# mine\nvoise_volume = 0.5\n", encoding="utf-8")
    done = coreline("settings", **{CONFIG_VARIABLE: str(tmp_path)})
    assert_refused(done, f"{file}:2: voise_volume: unknown key; did you mean voice_volume?")
    assert file.read_text(encoding="utf-8") == "# mine\nvoise_volume = 0.5\n"
