"""Checks of the pose model, the sound and the window: each is really used for a moment."""

import hashlib
import os
import statistics
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pygame

from coreline.camera.playback import sample_path
from coreline.camera.source import Image
from coreline.camera.video import VideoFile
from coreline.doctor.finding import Finding, Severity, Topic, Value, said_by
from coreline.errors import CorelineError
from coreline.files.resources import resource_dir
from coreline.programme.language import Language
from coreline.sound.device import AudioDevice
from coreline.vision.estimator import PoseEstimator

POSES_TIMED: Final = 8
LOOKS: Final = 12  # pictures in which somebody must have been found
SLOW_MS: Final = 100.0
NO_SOUND_DRIVERS: Final = ("dummy", "disk")
DISPLAYS: Final = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}
UNSEEN_DRIVERS: Final = ("dummy", "offscreen")
TRIED_PX: Final = (320, 240)
SMALL_SCREEN_PX: Final = (800, 600)
NAMED: Final = 3  # clips that are named before it only says how many


def check_pose(model: str) -> list[Finding]:
    """Find the pose in a picture of the sample, and take the time."""
    try:
        image = _sample_picture()
        with PoseEstimator(model) as estimator:
            took_ms = _timed(estimator, image)
    except (CorelineError, ImportError, OSError) as error:
        library = "no_library" if _is_library(error) else "does_not_run"
        return [Finding(Topic.POSE, Severity.BAD, library, {"model": model, **said_by(error)})]
    if not took_ms:
        return [Finding(Topic.POSE, Severity.BAD, "nobody", {"model": model})]
    middle_ms = statistics.median(took_ms)
    values: dict[str, Value] = {"model": model, "ms": middle_ms, "fps": 1000.0 / middle_ms}
    if middle_ms > SLOW_MS:
        return [Finding(Topic.POSE, Severity.WARN, "slow", values)]
    return [Finding(Topic.POSE, Severity.OK, "runs", values)]


def _sample_picture() -> Image:
    with VideoFile(sample_path()) as video:
        return next(frame.image_bgr for frame in video.frames() if frame is not None)


def _timed(estimator: PoseEstimator, image: Image) -> list[float]:
    """Return how long each picture took once somebody was found; empty when nobody was."""
    took_ms: list[float] = []
    for number in range(LOOKS + POSES_TIMED):
        begun_s = time.perf_counter()
        found = estimator.estimate(number / 30.0, image) is not None
        if found:
            took_ms.append(1000.0 * (time.perf_counter() - begun_s))
        if len(took_ms) > POSES_TIMED:
            break
    return took_ms[1:]  # the first is found with the detector, the others are tracked


def _is_library(error: Exception) -> bool:
    """Say whether a library of the system is missing."""
    return any(name in str(error) for name in ("libEGL", "libGL", "shared object"))


def check_sound() -> list[Finding]:
    """Open the sound device."""
    device = AudioDevice()
    is_open = device.is_open
    device.close()
    if not is_open:
        return [Finding(Topic.SOUND, Severity.BAD, "none")]
    driver = os.environ.get("SDL_AUDIODRIVER", "")
    if driver in NO_SOUND_DRIVERS:
        return [Finding(Topic.SOUND, Severity.WARN, "unheard", {"driver": driver})]
    return [Finding(Topic.SOUND, Severity.OK, "opens")]


def check_voice(language: Language, own: Path | None, folder: Path | None = None) -> list[Finding]:
    """Look whether the voice's clips are there and whole.

    Args:
        language: The language that is spoken.
        own: The folder of the person's own recordings, where one is set.
        folder: The folder of the sounds; the project's own when None.
    """
    sounds = folder or resource_dir("sounds")
    findings = _own_recordings(language, own)
    try:
        listed = tomllib.loads((sounds / "sounds.toml").read_text(encoding="utf-8"))
        sums = {name: row["sha256"] for name, row in listed[language]["clips"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        values: dict[str, Value] = {"language": language, **said_by(error)}
        return [*findings, Finding(Topic.VOICE, Severity.WARN, "no_list", values)]
    broken = [name for name, sha256 in sums.items() if _sum(sounds, language, name) != sha256]
    values = {"language": language, "count": len(sums), "broken": len(broken)}
    if broken:
        values["names"] = ", ".join(broken[:NAMED])
        return [*findings, Finding(Topic.VOICE, Severity.WARN, "broken", values)]
    return [*findings, Finding(Topic.VOICE, Severity.OK, "whole", values)]


def _sum(sounds: Path, language: Language, name: str) -> str | None:
    """Return a clip's sha256, None where it cannot be read."""
    try:
        content = (sounds / language / f"{name}.ogg").read_bytes()
    except OSError:
        return None
    return hashlib.sha256(content).hexdigest()


def _own_recordings(language: Language, own: Path | None) -> list[Finding]:
    if own is None or (own / language).is_dir():
        return []
    return [Finding(Topic.VOICE, Severity.WARN, "own_missing", {"path": str(own / language)})]


def check_display() -> list[Finding]:
    """Open a window for a moment."""
    if sys.platform.startswith("linux") and not DISPLAYS & os.environ.keys():
        return [
            Finding(
                Topic.DISPLAY,
                Severity.BAD,
                "none",
                {"said": "no DISPLAY", "said_nl": "geen DISPLAY"},
            )
        ]
    try:
        pygame.display.init()
        pygame.display.set_mode(TRIED_PX)
        driver = pygame.display.get_driver()
        sizes = pygame.display.get_desktop_sizes()
    except pygame.error as error:
        return [Finding(Topic.DISPLAY, Severity.BAD, "none", said_by(error))]
    finally:
        pygame.display.quit()
    return [_screen(driver, sizes)]


def _screen(driver: str, sizes: Sequence[tuple[int, int]]) -> Finding:
    width, height = sizes[0] if sizes else TRIED_PX
    values: dict[str, Value] = {"driver": driver, "width": width, "height": height}
    if driver in UNSEEN_DRIVERS:
        return Finding(Topic.DISPLAY, Severity.WARN, "unseen", values)
    if width < SMALL_SCREEN_PX[0] or height < SMALL_SCREEN_PX[1]:
        return Finding(Topic.DISPLAY, Severity.WARN, "small", values)
    return Finding(Topic.DISPLAY, Severity.OK, "opens", values)
