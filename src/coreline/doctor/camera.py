"""Checks of the camera: which there are, and what the chosen one really gives."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from coreline.camera.names import cameras
from coreline.camera.opening import open_source
from coreline.camera.picture_facts import facts_of
from coreline.camera.source import Frame, FrameSource, Trouble
from coreline.data_files import load_placement
from coreline.doctor.finding import Finding, Severity, Topic, Value, said_by
from coreline.errors import CorelineError
from coreline.placement.checks import CameraTrouble, PictureFacts
from coreline.vision.sharpness import BLURRED, steepness_ratio

MEASURED_S: Final = 1.0
NO_PICTURE_S: Final = 4.0  # from when it has opened; some begin with black pictures
FEW_PER_SECOND: Final = 10.0  # below it, holds and raises are still judged, but late
LOW_PX: Final = 480


def check_cameras(*, needed: bool) -> list[Finding]:
    """List the cameras by name; none is bad only where one is needed."""
    found = cameras()
    if not found:
        return [Finding(Topic.CAMERAS, Severity.BAD if needed else Severity.WARN, "none")]
    names = [f"{number} {name}".strip() for number, name in found.items()]
    values: dict[str, Value] = {"count": len(found), "names": ", ".join(names)}
    return [Finding(Topic.CAMERAS, Severity.OK, "there", values)]


def check_camera(where: str) -> list[Finding]:
    """Take pictures for a second: their true size and rate, how dark and how blurred."""
    begun_s = time.monotonic()
    try:
        with open_source(where) as source:
            seen = _watch(source, begun_s)
    except CorelineError as error:
        return [Finding(Topic.CAMERA, Severity.BAD, "does_not_open", said_by(error))]
    return _judged(seen)


@dataclass(slots=True)
class _Watched:
    """What came from a camera in the time it was watched."""

    name: str
    first_s: float = 0.0  # from asking for the camera to its first picture
    times_s: list[float] = field(default_factory=list)
    # Of the last picture: a camera takes time to adapt
    facts: PictureFacts | None = None
    is_blurred: bool = False
    trouble: CameraTrouble | None = None  # the last

    @property
    def fps(self) -> float:
        """Return how many pictures came a second."""
        gaps = len(self.times_s) - 1
        return gaps / (self.times_s[-1] - self.times_s[0]) if gaps > 0 else 0.0


def _watch(source: FrameSource, begun_s: float) -> _Watched:
    seen, last = _Watched(source.info.name), None
    until_s = time.monotonic() + NO_PICTURE_S
    for given in source.frames():
        now_s = time.monotonic()
        if isinstance(given, Trouble):
            seen.trouble = given.kind
        if isinstance(given, Frame):
            if not seen.times_s:
                seen.first_s, until_s = now_s - begun_s, now_s + MEASURED_S
            seen.times_s.append(given.t_s)
            seen.facts, last = facts_of(given.image_bgr), given.image_bgr
        if now_s > until_s:
            break
    ratio = None if last is None else steepness_ratio(last)
    seen.is_blurred = ratio is not None and ratio < BLURRED
    return seen


def _judged(seen: _Watched) -> list[Finding]:
    """Return what was measured, and what is wrong with it."""
    if seen.facts is None:
        if seen.trouble is CameraTrouble.BLACK:
            return [Finding(Topic.CAMERA, Severity.BAD, "black", {"name": seen.name})]
        values: dict[str, Value] = {"name": seen.name, "trouble": seen.trouble or "stalled"}
        return [Finding(Topic.CAMERA, Severity.BAD, "no_picture", values)]
    values = {
        "name": seen.name,
        "width": seen.facts.width,
        "height": seen.facts.height,
        "fps": seen.fps,
        "first_s": seen.first_s,
        "brightness": seen.facts.brightness,
        "contrast": seen.facts.contrast,
    }
    wrong = [
        Finding(Topic.CAMERA, Severity.WARN, code, values) for code in _faults(seen, seen.facts)
    ]
    return [Finding(Topic.CAMERA, Severity.OK, "gives_pictures", values), *wrong]


def _faults(seen: _Watched, facts: PictureFacts) -> Iterator[str]:
    if seen.fps < FEW_PER_SECOND:
        yield "few_a_second"
    if min(facts.width, facts.height) < LOW_PX:
        yield "small"
    light = load_placement().light  # as the set-up check has it
    if not light.brightness.met(facts.brightness, before=False):
        yield "dark"
    if seen.is_blurred:
        yield "blurred"
