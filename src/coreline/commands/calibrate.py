"""`coreline calibrate`: where the camera stands, from two printed sheets or a body on the floor."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from coreline.body.pose import Array
from coreline.camera.markers import SHEET_IDS, find_sheets
from coreline.camera.named import SAMPLE, is_recording
from coreline.camera.opening import open_source
from coreline.camera.playback import sample_path
from coreline.camera.source import Frame, FrameSource
from coreline.camera.still import StillPicture
from coreline.camera.video import VideoFile
from coreline.choices.language import spoken_language
from coreline.choices.places import Spot, load_places, places_file, save_places
from coreline.choices.settings import load_settings
from coreline.commands.people import place_of
from coreline.commands.terminal import tell, tell_document, tell_lines
from coreline.commands.wording import words_in
from coreline.data_files import load_placement
from coreline.errors import NotCalibratedError
from coreline.files.resources import resource_file
from coreline.placement.geometry import CameraPlace, place_from_body, place_from_sheets
from coreline.placement.neutrals import Neutrals, moved
from coreline.placement.rules import Rules
from coreline.placement.sight import Sight, middle_of, sight_of
from coreline.programme.life import USUAL_PLACE
from coreline.programme.texts import TextsIn
from coreline.programme.typed import length_typed, number_typed
from coreline.vision.estimator import PoseEstimator

EXAMPLES = (
    "Examples:  coreline calibrate --sheets  |  coreline calibrate --distance 2.5"
    "  |  coreline calibrate --height 1.75  |  coreline calibrate --image photo.jpg --json"
)

_ENOUGH_PAIRS = 15  # pictures with both sheets; their median is taken
_ENOUGH_SIGHTS = 30  # of somebody lying, where no sheet is seen
_FEW_PAIRS = 3
_HEIGHTS_M, _DISTANCES_M = (1.0, 2.3), (0.5, 8.0)
_FIELDS_DEG, _LOOKS_S = (20.0, 150.0), (1.0, 120.0)
_REFUSED = 1


def calibrate(
    source: Annotated[
        str | None,
        typer.Option("--source", "-s", help="Camera, address, video or sample; else the chosen."),
    ] = None,
    image: Annotated[Path | None, typer.Option(help="A still picture in place of it.")] = None,
    height: Annotated[
        str | None,
        typer.Option(help="Yours, such as 1.75 or 175 cm: lie down, without the sheets."),
    ] = None,
    distance: Annotated[
        str | None,
        typer.Option(help="From the lens to the middle of the mat, such as 2.5 or 250 cm."),
    ] = None,
    field_of_view: Annotated[
        str | None, typer.Option(help="Of the lens, across, in degrees, 20 to 150.")
    ] = None,
    place: Annotated[str, typer.Option(help="What to call this spot.")] = USUAL_PLACE,
    seconds: Annotated[str, typer.Option(help="How many seconds to look, 1 to 120.")] = "20",
    as_document: Annotated[bool, typer.Option("--json", help="For a machine to read.")] = False,
    sheets: Annotated[bool, typer.Option("--sheets", help="Only say where the PDF is.")] = False,
) -> None:
    """Measure where the camera stands; exit code 1 when it stands too much askew."""
    if sheets:
        tell(resource_file("calibration", "sheets.pdf"))
        return
    height_m = _length_m("--height", height, _HEIGHTS_M)
    hfov_deg = None
    if field_of_view is not None:
        hfov_deg = number_typed("--field-of-view", field_of_view, *_FIELDS_DEG)
    looks_s = number_typed("--seconds", seconds, *_LOOKS_S)
    lens = _Lens(hfov_deg, _length_m("--distance", distance, _DISTANCES_M))
    rules, spot, w = load_placement(), place_of(place), words_in(spoken_language())
    where = source if source is not None else load_settings().camera
    with ExitStack() as stack:
        opened = stack.enter_context(_opened(where, image))
        estimator = stack.enter_context(PoseEstimator()) if height_m is not None else None
        tell(f"coreline: {w('calibrate.looking')}", err=True)
        seen = _look(opened, looks_s, estimator, rules)
    found = _found(seen, rules, height_m, lens)
    advice = _askew(found, seen, rules, w)
    kept = image is None and not is_recording(where) and advice is None
    if kept:
        _keep(Spot(opened.info.name, spot, found), rules)
    _tell(
        found,
        advice,
        w,
        as_document=as_document,
        sure=distance is not None or field_of_view is not None,
    )
    if advice is not None:
        raise typer.Exit(_REFUSED)


def _length_m(option: str, given: str | None, bounds: tuple[float, float]) -> float | None:
    return None if given is None else length_typed(option, given, *bounds)


@dataclass(frozen=True, slots=True)
class _Lens:
    """What the person said of the lens, or of the distance, which tells it."""

    hfov_deg: float | None
    distance_m: float | None


@dataclass(slots=True)
class _Sightings:
    """What was seen so far: pictures with both sheets, and somebody lying."""

    size_px: tuple[int, int] = (0, 0)
    numbers: set[int] = field(default_factory=set)
    pairs: list[tuple[Array, Array]] = field(default_factory=list)
    sights: list[Sight] = field(default_factory=list)
    frames: int = 0

    @property
    def enough(self) -> bool:
        """Say whether more pictures would tell nothing new."""
        lying = not self.numbers and len(self.sights) >= _ENOUGH_SIGHTS
        return len(self.pairs) >= _ENOUGH_PAIRS or lying


def _opened(where: str, image: Path | None) -> FrameSource:
    """Return the pictures: a recording as fast as it can be read, a camera live."""
    if image is not None:
        return StillPicture(image)
    if is_recording(where):
        return VideoFile(sample_path() if where == SAMPLE else where)
    return open_source(where)


def _look(
    source: FrameSource, seconds: float, estimator: PoseEstimator | None, rules: Rules
) -> _Sightings:
    """Return what is seen in the time given, or sooner when that is enough."""
    seen = _Sightings()
    for frame in _frames(source, seconds):
        _take(seen, frame, estimator, rules)
        if seen.enough:
            break
    return seen


def _frames(source: FrameSource, seconds: float) -> Iterator[Frame]:
    """Yield frames for so long, by their own clock, and by ours while none come."""
    start_s, first_s = time.monotonic(), None
    for item in source.frames():
        if isinstance(item, Frame):
            first_s = item.t_s if first_s is None else first_s
            if item.t_s - first_s > seconds:
                return
            yield item
        elif time.monotonic() - start_s > seconds:
            return


def _take(seen: _Sightings, frame: Frame, estimator: PoseEstimator | None, rules: Rules) -> None:
    """Add what is in a frame; frames of another size than the last start over."""
    size_px = (frame.image_bgr.shape[1], frame.image_bgr.shape[0])
    if size_px != seen.size_px:
        seen.pairs.clear()
        seen.sights.clear()
        seen.size_px = size_px
    seen.frames += 1
    corners = find_sheets(frame.image_bgr)
    seen.numbers |= set(corners)
    if len(corners) == len(SHEET_IDS):
        seen.pairs.append((corners[SHEET_IDS[0]], corners[SHEET_IDS[1]]))
    pose = None if estimator is None else estimator.estimate(frame.t_s, frame.image_bgr)
    sight = None if pose is None else sight_of(pose)
    if sight is not None and rules.body.lying.met(sight.trunk_deg, before=False):
        seen.sights.append(sight)


def _found(seen: _Sightings, rules: Rules, height_m: float | None, lens: _Lens) -> CameraPlace:
    """Return where the camera stands.

    Raises:
        NotCalibratedError: Neither both sheets nor somebody lying were seen often enough.
    """
    if len(seen.pairs) >= min(_FEW_PAIRS, max(seen.frames, 1)):
        one, other = (np.median([pair[side] for pair in seen.pairs], axis=0) for side in (0, 1))
        try:
            return place_from_sheets(
                one,
                other,
                seen.size_px,
                rules,
                hfov_deg=lens.hfov_deg,
                distance_m=lens.distance_m,
            )
        except ValueError as error:
            raise NotCalibratedError(
                f"{error}; stand one at each end of the mat",
                nl="de twee bladen staan niet naast elkaar; zet er een aan elk eind van de mat",
            ) from error
    if height_m is not None and len(seen.sights) >= _ENOUGH_PAIRS:
        middle = middle_of(seen.sights)
        return place_from_body(middle, seen.size_px, height_m, rules, hfov_deg=lens.hfov_deg)
    raise _missing(seen, height_m)


def _missing(seen: _Sightings, height_m: float | None) -> NotCalibratedError:
    """Return the error that says what was not seen, and the fix."""
    if seen.frames == 0:
        return NotCalibratedError(
            "the camera gave no picture; coreline doctor says why",
            nl="de camera gaf geen beeld; coreline doctor zegt waarom",
        )
    if len(seen.numbers) == 1:
        other = 2 - next(iter(seen.numbers))
        return NotCalibratedError(
            f"only one sheet was seen; turn sheet {other} to the camera and give it light",
            nl=f"er was maar één blad te zien; draai blad {other} naar de camera en geef het licht",
        )
    if height_m is not None:
        return NotCalibratedError(
            "neither the two sheets nor somebody lying on the mat was seen; lie side-on, in view",
            nl="er waren geen twee bladen en niemand op de mat te zien; ga met je zij naar de "
            "camera liggen, in beeld",
        )
    return NotCalibratedError(
        "the two sheets were not seen; stand one at each end of the mat, facing the camera "
        "(coreline calibrate --sheets says where the PDF is), or give --height and lie down",
        nl="de twee bladen waren niet te zien; zet er een aan elk eind van de mat, naar de camera "
        "toe (coreline calibrate --sheets zegt waar de PDF is), of geef --height en ga liggen",
    )


def _askew(found: CameraPlace, seen: _Sightings, rules: Rules, w: TextsIn) -> str | None:
    """Return which way to turn a camera that is too much askew, or None."""
    if found.yaw_deg is None:
        return _body_askew(middle_of(seen.sights), rules, w)
    if not rules.angle.yaw.met(abs(found.yaw_deg), before=False):
        way = "right" if found.yaw_deg > 0 else "left"
        return w(f"calibrate.turn_{way}", n=f"{abs(found.yaw_deg):.0f}")
    roll_deg = found.roll_deg or 0.0
    if not rules.angle.roll.met(abs(roll_deg), before=False):
        way = "left" if roll_deg > 0 else "right"
        return w(f"calibrate.lean_{way}", n=f"{abs(roll_deg):.0f}")
    return None


def _body_askew(lying: Sight, rules: Rules, w: TextsIn) -> str | None:
    """Return what to do about a body that lies grossly askew."""
    if rules.angle.body_yaw.met(abs(lying.yaw_deg), before=True):
        return None
    return w(f"calibrate.{'feet' if lying.yaw_deg * lying.feet_sign > 0 else 'head'}_near")


def _keep(spot: Spot, rules: Rules) -> None:
    """Keep a spot, with the neutrals found there before unless the camera was moved since."""
    path = places_file()
    loaded = load_places(path)
    if loaded.said is not None:
        tell(f"coreline: {loaded.said}", err=True)
    old = loaded.places.of(spot.camera, spot.place)
    if old is not None:
        neutrals = Neutrals() if moved(old.stands, spot.stands, rules) else old.neutrals
        spot = Spot(spot.camera, spot.place, spot.stands, neutrals)
    save_places(path, loaded.places.with_(spot))


def _tell(
    found: CameraPlace, advice: str | None, w: TextsIn, *, as_document: bool, sure: bool
) -> None:
    """Say where the camera stands, and what to do."""
    if as_document:
        tell_document(_document(found, advice))
        return
    tell_lines(_lines(found, w, sure=sure))
    if advice is not None:
        tell(f"coreline: {advice}", err=True)


def _document(found: CameraPlace, advice: str | None) -> dict[str, Any]:
    return {**asdict(found), "accepted": advice is None, "advice": advice}


def _lines(found: CameraPlace, w: TextsIn, *, sure: bool) -> Iterator[str]:
    """Yield what was measured, a line each."""
    width, height = found.size_px
    yield w(f"calibrate.measured_{found.found_by}", width=width, height=height)
    first, last = (f"{each:.0f}" for each in found.floor_px)
    for key, value in (
        ("yaw", _degrees(found.yaw_deg)),
        ("roll", _degrees(found.roll_deg)),
        ("pitch", _degrees(found.pitch_deg)),
        ("height", None if found.height_m is None else f"{found.height_m:.2f} m"),
        ("distance", f"{found.distance_m:.2f} m"),
        ("scale", w("calibrate.pixels_a_metre", n=f"{found.scale_px_m:.0f}")),
        ("floor", w("calibrate.pixels_down", first=first, last=last)),
    ):
        yield f"  {w(f'calibrate.{key}'):9} {value or w('calibrate.unknown')}"
    if not sure:
        yield w("calibrate.usual_lens")


def _degrees(angle_deg: float | None) -> str | None:
    return None if angle_deg is None else f"{angle_deg:+.1f}°"
