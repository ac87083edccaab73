"""What kinds of clip there are: the groups that a table compares; pure."""

from collections.abc import Mapping
from typing import Any, Final

HEAVY: Final = 0.75
OLDER_YEARS: Final = 45
SHORT_M, TALL_M = 1.68, 1.88
HIGH_LENS_M: Final = 0.6
OWN_LINE_DEG: Final = 4.0
STRONG_TREMOR: Final = 1.0
# Results of seeds below the first were read time and again while the judging was changed, those up
# to the second a few times, as they were published; larger ones never, before they were judged for
# the page. Whoever changes the judging after this renders new people, and moves both. All kept may
# take 25 MB: those that were read most often, of the smallest seeds, make room for them.
FIRST_LATE_SEED: Final = 86
FIRST_UNREAD_SEED: Final = 92
# From this one on clips are kept as the program of today saw them, see `page`.
FIRST_SEEN_TODAY_SEED: Final = 92
READ_OFTEN: Final = "read often before"
READ_BEFORE: Final = "read a few times before"
NEVER_READ: Final = "never read before"


def labels_of(meta: Mapping[str, Any]) -> dict[str, str]:
    """Return what groups a clip is of, by what they group by: body, room, camera and way."""
    return {
        "exercise": meta["exercise"],
        "kind": meta["kind"],
        "place": "ball" if meta["ball"] else "floor",
        "working leg": "far" if meta["done"].get("working_leg_far") else "near",
        "results": _read_label(meta["seed"]),
        **_body_labels(meta["person"]),
        **_camera_labels(meta),
        **_way_labels(meta["way"], meta["done"]),
    }


def _read_label(seed: int) -> str:
    if seed >= FIRST_UNREAD_SEED:
        return NEVER_READ
    return READ_BEFORE if seed >= FIRST_LATE_SEED else READ_OFTEN


def _body_labels(person: Mapping[str, Any]) -> dict[str, str]:
    height_m = person["height"]
    middle = f"{SHORT_M} to {TALL_M} m"
    tall = f"over {TALL_M} m" if height_m > TALL_M else middle
    return {
        "sex": person["sex"],
        "age": f"{OLDER_YEARS} and older"
        if person["age"] >= OLDER_YEARS
        else f"under {OLDER_YEARS}",
        "weight": "heavy" if person["weight"] > HEAVY else "light or average",
        "height": f"under {SHORT_M} m" if height_m < SHORT_M else tall,
        "clothes": "wide" if person["wide"] else "tight",
        "contrast": "low" if person["low_contrast"] else "normal",
    }


def _camera_labels(meta: Mapping[str, Any]) -> dict[str, str]:
    camera = meta["camera"]
    over = "over" if camera["height_m"] > HIGH_LENS_M else "up to"
    return {
        "view": camera["view"],
        "lens height": f"{over} {HIGH_LENS_M} m",
        "picture": "degraded" if meta["degraded"] else "clean",
        "format": "x".join(map(str, meta["size"])),
        "head": meta["head"],
    }


def _way_labels(way: Mapping[str, Any], done: Mapping[str, Any]) -> dict[str, str]:
    return {
        "start": done["start"].replace("_", " "),
        "getting in": "corrected" if done.get("correction") else "in one go",
        "fatigue": "sinking" if done.get("fatigue") else "steady",
        "own line": f"over {OWN_LINE_DEG:.0f}° off"
        if abs(way["own"]) > OWN_LINE_DEG
        else "straight",
        "tremor": "strong" if way["tremor"] > STRONG_TREMOR else "slight",
    }
