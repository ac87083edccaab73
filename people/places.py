"""Where a clip is made: room, light, and the camera's place and poor picture, drawn from a seed."""

from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np
from courses import rounded
from exercises import ROLL
from persons import Rgb

WALLS: Final[tuple[Rgb, ...]] = (
    [0.62, 0.60, 0.55],
    [0.44, 0.50, 0.58],
    [0.66, 0.58, 0.44],
    [0.55, 0.62, 0.55],
    [0.75, 0.74, 0.72],
    [0.35, 0.36, 0.38],
    [0.70, 0.55, 0.50],
    [0.30, 0.38, 0.42],
)
FLOORS: Final[tuple[Rgb, ...]] = (
    [0.42, 0.28, 0.17],
    [0.30, 0.29, 0.28],
    [0.33, 0.24, 0.16],
    [0.45, 0.38, 0.30],
    [0.55, 0.45, 0.32],
    [0.22, 0.15, 0.10],
    [0.60, 0.58, 0.55],
    [0.36, 0.40, 0.38],
)
MATS: Final[tuple[Rgb, ...]] = (
    [0.12, 0.25, 0.28],
    [0.34, 0.10, 0.22],
    [0.10, 0.13, 0.38],
    [0.30, 0.30, 0.12],
    [0.08, 0.08, 0.09],
    [0.50, 0.20, 0.25],
    [0.45, 0.45, 0.47],
    [0.16, 0.30, 0.18],
    [0.30, 0.22, 0.42],
)
KEYS_RGB: Final[tuple[Rgb, ...]] = ([1, 0.96, 0.88], [1, 0.85, 0.65], [0.88, 0.94, 1])
BOARDS, CARPET, TILES, PLAIN = 0, 1, 2, 3
DRAWERS, SHELF, CUSHIONS = 1, 2, 3
PICTURE, WINDOW, CURTAIN = 1, 2, 3
LEAST_EXPOSURE_DIM: Final = 0.8
# A camera that looks from further aside than this is angled, or oblique.
ANGLED_DEG, OBLIQUE_DEG = 8, 15


@dataclass(frozen=True, slots=True)
class Room:
    """A room, metres and linear colours.

    Attributes:
        wall_z: Where the wall stands behind the mat.
        mat: Left, right, back and front edge; all 0 without a mat.
        mat_rgb: Its colour.
        wall: Colour.
        floor: Colour.
        floor_kind: BOARDS, CARPET, TILES or PLAIN (and a plain wall).
        skirting: Brightness of the wall's foot.
        boxes: Furniture, a row each: x, x, y, y, z, z, red, green, blue, kind (0, DRAWERS, SHELF,
            CUSHIONS).
        pictures: On the wall, a row each: x, x, y, y, red, green, blue, kind (PICTURE, WINDOW,
            CURTAIN).
    """

    wall_z: float
    mat: tuple[float, float, float, float]
    mat_rgb: Rgb
    wall: Rgb
    floor: Rgb
    floor_kind: int
    skirting: float
    boxes: list[list[float]] = field(default_factory=list)
    pictures: list[list[float]] = field(default_factory=list)


@dataclass(slots=True)
class Light:
    """The light of a room; the names are those of the truth.

    Attributes:
        key: (3,) toward the window.
        key_gain: How strong it is, 1 = as strong as usual.
        exposure: Of the camera.
        key_rgb: Colour of the window's light.
    """

    key: list[float]
    key_gain: float
    exposure: float
    key_rgb: Rgb

    def as_json(self) -> dict[str, Any]:
        """Return it as it stands in the truth."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Degraded:
    """A poor picture: dim (factor), noise (sd, grey levels), jpeg (quality)."""

    dim: float
    noise: float
    jpeg: int

    def as_json(self) -> dict[str, Any]:
        """Return it as it stands in the truth."""
        return asdict(self)


@dataclass(slots=True)
class View:
    """Where the camera stands and how it looks.

    Attributes:
        yaw_deg: + = to the right of the middle, looking back at it.
        height_m: Of the lens.
        distance_m: From the middle of the mat.
        roll_deg: Of the picture.
        hfov_deg: What the picture's width shows.
        k1: Lens distortion, < 0 = barrel.
        tilt_deg: How far it looks past the middle of the person, upward.
        aside_m: How far it stands from the line through the middle.
        size_px: Width and height of the picture.
        pitch_deg: + = looking up; follows from height and tilt.
    """

    yaw_deg: float
    height_m: float
    distance_m: float
    roll_deg: float
    hfov_deg: float
    k1: float
    tilt_deg: float
    aside_m: float
    size_px: tuple[int, int]
    pitch_deg: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Return it as it stands in the truth."""
        yaw = abs(self.yaw_deg)
        view = "oblique" if yaw > OBLIQUE_DEG else "angled" if yaw > ANGLED_DEG else "straight"
        names = ("yaw_deg", "height_m", "roll_deg", "pitch_deg", "distance_m", "hfov_deg", "k1")
        return {**{name: getattr(self, name) for name in names}, "view": view}


def draw_room(rng: np.random.Generator) -> Room:
    """Draw a room with its furniture and what hangs on the wall."""
    wall_z = -float(rng.uniform(0.75, 2.6))
    side, mid = rng.uniform(0.28, 0.42), rng.uniform(-0.1, 0.1)
    mat: tuple[float, float, float, float] = (mid - 0.98, mid + 0.98, -side, side)
    mat_rgb, wall, floor = (_draw_colour(rng, colours) for colours in (MATS, WALLS, FLOORS))
    floor_kind = int(rng.choice([BOARDS, CARPET, TILES], p=[0.55, 0.3, 0.15]))
    skirting = float(rng.choice([0.72, 0.15]))
    if rng.random() < 0.12:
        mat = (0, 0, 0, 0)
    boxes = _draw_furniture(rng, wall_z)
    pictures = _draw_pictures(rng)
    return Room(wall_z, mat, mat_rgb, wall, floor, floor_kind, skirting, boxes, pictures)


def _draw_colour(rng: np.random.Generator, colours: tuple[Rgb, ...]) -> Rgb:
    colour = np.array(colours[rng.integers(len(colours))]) * rng.uniform(0.85, 1.15)
    return [rounded(x, 3) for x in colour]


def _draw_furniture(rng: np.random.Generator, wall_z: float) -> list[list[float]]:
    """Draw up to four pieces along the wall, and perhaps a thing at an end of the mat."""
    boxes = []
    for _ in range(int(rng.integers(0, 5))):
        wide = rng.uniform(0.4, 1.9)
        high = float(rng.choice([rng.uniform(0.4, 0.9), rng.uniform(1.2, 2.1)]))
        deep = rng.uniform(0.3, 0.6)
        x = rng.uniform(-2.6, 2.2)
        rgb = rng.uniform(0.08, 0.5) * np.array([1, rng.uniform(0.6, 1), rng.uniform(0.4, 1)])
        back = wall_z + 0.01
        front = min(back + deep, -0.55)
        if front - back > 0.12:
            kind = int(rng.integers(0, 4))
            boxes.append([x, x + wide, 0, high, back, front, *map(float, rgb), kind])
    if rng.random() < 0.3:
        x = rng.choice([-1.7, 1.45])
        high = float(rng.uniform(0.1, 0.5))
        boxes.append([x, x + 0.3, 0, high, -0.5, -0.2, *map(float, rng.uniform(0.1, 0.6, 3)), 0])
    return boxes


def _draw_pictures(rng: np.random.Generator) -> list[list[float]]:
    """Draw up to two pictures, and perhaps a window with its curtain."""
    pictures = []
    for _ in range(int(rng.integers(0, 3))):
        x, y = rng.uniform(-2, 1.5), rng.uniform(0.9, 1.5)
        right, top = x + rng.uniform(0.3, 0.8), y + rng.uniform(0.3, 0.6)
        pictures.append([x, right, y, top, *map(float, rng.uniform(0.2, 0.7, 3)), PICTURE])
    if rng.random() < 0.25:
        x = rng.uniform(-1.5, 0.6)
        pictures.append([x, x + 1.1, 0.85, 2.1, 2.2, 2.3, 2.4, WINDOW])
        curtain = map(float, rng.uniform(0.3, 0.7, 3))
        pictures.append([x - 0.4, x, 0.3, 2.3, *curtain, CURTAIN])
    return pictures


def draw_light(rng: np.random.Generator) -> tuple[Light, Degraded | None]:
    """Draw a room's light, and for a third of the clips a poor picture."""
    side = rng.choice([-1, 1])
    key = [side * rng.uniform(0.3, 1.0), rng.uniform(0.35, 0.9), rng.uniform(-0.2, 0.8)]
    light = Light(
        key=[float(x) for x in key],
        key_gain=float(rng.uniform(0.4, 2.2)),
        exposure=float(rng.uniform(0.65, 1.05)),
        key_rgb=KEYS_RGB[rng.integers(3)],
    )
    if rng.random() >= 0.35:
        return light, None
    light.exposure = max(light.exposure, LEAST_EXPOSURE_DIM)
    return light, Degraded(
        dim=rounded(rng.uniform(0.5, 0.95), 2),
        noise=rounded(rng.uniform(1.5, 6), 1),
        jpeg=int(rng.integers(35, 75)),
    )


def draw_view(rng: np.random.Generator, exercise: str) -> View:
    """Draw the camera's place; a body that does not fit pushes it back later."""
    oblique = rng.random() < 0.15
    yaw = rng.uniform(15, 30) * rng.choice([-1, 1]) if oblique else rng.uniform(-15, 15)
    height = rng.uniform(0.2, 0.9)
    size_px = (480, 640)
    if rng.random() > 0.08:
        size_px = (640, 360) if rng.random() < 0.35 else (640, 480)
    near, far = (2.7, 3.6) if exercise == ROLL else (2, 3.2)
    return View(
        yaw_deg=rounded(yaw, 2),
        height_m=rounded(height, 3),
        distance_m=rounded(rng.uniform(near, far), 2),
        roll_deg=rounded(np.clip(rng.normal(0, 2), -5, 5), 2),
        hfov_deg=rounded(rng.uniform(50, 78), 1),
        k1=rounded(rng.choice([0, rng.uniform(-0.15, -0.02)]), 3),
        tilt_deg=rounded(rng.uniform(-3, 3), 2),
        aside_m=rounded(rng.uniform(-0.15, 0.15), 2),
        size_px=size_px,
    )
