"""Where cameras stand, and the person's own lines there, kept in one file.

A place is one camera in one spot: the desk at home, the practice. The file is for its owner alone,
replaced whole or not at all. One that cannot be read is set aside and said so, never overwritten:
an evening's calibration is not worth a crash, nor silent loss.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from coreline.files.folders import data_folder, make_private
from coreline.files.reading import read_file
from coreline.files.writing import write_text
from coreline.limits import LANDMARK_M, LANDMARK_PX, PLACES_BYTES, SIDE_PX
from coreline.placement.geometry import CameraPlace
from coreline.placement.neutrals import Neutral, Neutrals
from coreline.printable import printable, unseen_sign, why_no_name
from coreline.programme.life import USUAL_PLACE

VERSION: Final = 1
_TURN_DEG: Final = 360.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One camera in one place, and the neutrals found there."""

    camera: str
    place: str
    stands: CameraPlace
    neutrals: Neutrals = field(default_factory=Neutrals)


@dataclass(frozen=True, slots=True)
class Places:
    """Every spot that is known, one for each camera and place."""

    spots: tuple[Spot, ...] = ()

    def of(self, camera: str, place: str = USUAL_PLACE) -> Spot | None:
        """Return the spot of a camera in a place, or None where it was never calibrated."""
        return next(
            (each for each in self.spots if (each.camera, each.place) == (camera, place)), None
        )

    def with_(self, spot: Spot) -> "Places":
        """Return these, with one spot put in the place of an older one."""
        key = (spot.camera, spot.place)
        others = (each for each in self.spots if (each.camera, each.place) != key)
        return Places((*others, spot))

    def with_neutral(self, camera: str, neutral: Neutral, place: str = USUAL_PLACE) -> "Places":
        """Return these, with a neutral kept at a spot.

        Raises:
            LookupError: The camera was never calibrated in that place.
        """
        spot = self.of(camera, place)
        if spot is None:
            raise LookupError(f"{camera} was never calibrated at {place}")
        return self.with_(replace(spot, neutrals=spot.neutrals.with_(neutral)))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read; `said` is one line for the person when the file had to be set aside."""

    places: Places
    said: str | None = None


_SPOTS = TypeAdapter(tuple[Spot, ...])


def places_file() -> Path:
    """Return where the places are kept, or would be."""
    return data_folder() / "places.json"


def load_places(path: Path) -> Loaded:
    """Return the places in a file; none where there is no file yet.

    A file that cannot be read is renamed, so that the next one does not overwrite it.
    """
    try:
        return Loaded(Places(_spots(read_file(path, PLACES_BYTES))))
    except FileNotFoundError:
        return Loaded(Places())
    except OSError as error:
        why = error.strerror or error
        said = f"{path}: cannot be read ({why}); move it, calibrate again"
        return Loaded(Places(), printable(said))
    except (ValueError, RecursionError) as error:
        return Loaded(Places(), _set_aside(path, error))


def save_places(path: Path, places: Places) -> None:
    """Write the places, whole or not at all; folder and file are for their owner alone.

    Raises:
        BadOutputError: It cannot be written there.
    """
    document = {"version": VERSION, "spots": _SPOTS.dump_python(places.spots, mode="json")}
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    make_private(path.parent)
    write_text(path, text)


def _spots(content: bytes) -> tuple[Spot, ...]:
    """Return the spots in a document; raise ValueError for what is none of ours."""
    document: Any = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise ValueError(f"not version {VERSION} of the places")
    try:
        spots = _SPOTS.validate_python(document.get("spots"))
    except ValidationError as refusal:
        first = refusal.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ValueError(f"{where}: {first['msg']}") from refusal
    for number, spot in enumerate(spots):
        if (wrong := _beyond_reason(spot)) is not None:
            raise ValueError(f"{number}.{wrong}: cannot be")
    return spots


def _beyond_reason(spot: Spot) -> str | None:
    """Return which value of a spot is none that is measured, or None."""
    stands, lines_deg = spot.stands, [deg for each in spot.neutrals.found for deg in _lines(each)]
    angles = (stands.yaw_deg, stands.roll_deg, stands.pitch_deg, *lines_deg)
    good = {
        "camera": unseen_sign(spot.camera) is None,
        "place": why_no_name(spot.place) is None,
        "stands.size_px": all(1 <= each <= SIDE_PX for each in stands.size_px),
        "stands.floor_px": all(abs(each) <= LANDMARK_PX for each in stands.floor_px),
        "stands.scale_px_m": 0.0 < stands.scale_px_m <= LANDMARK_PX,
        "stands.distance_m": 0.0 < stands.distance_m <= LANDMARK_M,
        "stands.height_m": abs(stands.height_m or 0.0) <= LANDMARK_M,
        "angles": all(abs(each or 0.0) <= _TURN_DEG for each in angles),
    }
    return next((name for name, is_good in good.items() if not is_good), None)


def _lines(neutral: Neutral) -> tuple[float, ...]:
    return (neutral.line_deg, *neutral.earlier_deg)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _set_aside(path: Path, error: Exception) -> str:
    """Rename a damaged file and return what to tell the person."""
    return printable(_said_of_damage(path, str(error).partition("\n")[0]))


def _said_of_damage(path: Path, why: str) -> str:
    aside = _free(path.with_name(f"{path.name}.damaged{number or ''}") for number in range(100))
    try:
        path.replace(aside)
    except OSError as failure:
        return f"{path}: is damaged ({why}) and cannot be set aside ({failure.strerror})"
    return f"{path}: is damaged ({why}); it is now {aside.name}, calibrate again"


def _free(names: Iterable[Path]) -> Path:
    """Return the first name that is not taken, or the last."""
    last = Path()
    for last in names:
        if not last.exists():
            break
    return last
