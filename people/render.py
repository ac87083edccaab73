"""A room and a body in it as a picture: shadow maps, a dome of light and a window.

No graphics card is needed. The same input gives the same picture.
"""

import math
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from backdrop import combine, light_room, paint_room, walls
from bodies import normals
from directions import Array
from lens import Lens
from numpy.typing import NDArray
from places import PLAIN, Light, Room
from raster import Linear, Shadows, cast_shadows, rasterise
from shading import Samples, Surface, Surround, develop, shade

Picture = NDArray[np.uint8]

WINDOW_LAMPS: Final = 5
DOME_LIGHT, WINDOW_LIGHT = 1.35, 0.7
GOLDEN_ANGLE: Final = 2.399963
# An arbitrary direction from which the lamps' maps take their right.
ASIDE: Final = (0.31, 0.2, 0.93)
# The tone curve: linear light 0..4 in so many steps.
CURVE_STEPS, CURVE_GAIN = 8193, 2048.0
NEAREST_M: Final = 0.05
# The room's light is found at a quarter of the picture's resolution.
COARSE: Final = 4
# The sensor's noise: a window, moved at random, of a fixed grain that is larger by so much.
GRAIN_PX: Final = 64


@dataclass(frozen=True, slots=True)
class Quality:
    """How much work goes into a picture.

    Attributes:
        samples: To a pixel's side.
        shadow_px: Size of the shadow maps.
        lamps: How many lamps make the light; the last five are the window.
        still_m: Shadows stay as they are until a point moves further.
        ambient: (3,) light from everywhere.
        noise: Of the sensor, as a share of white.
    """

    samples: int = 2
    shadow_px: int = 224
    lamps: int = 10
    still_m: float = 0.012
    ambient: tuple[float, float, float] = (0.05, 0.05, 0.055)
    noise: float = 0.012


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What is in the room: vertices and colours (n, 3), triangles (m, 3), hair (n,)."""

    vertices: Array
    triangles: NDArray[Any]
    colours: Array
    hair: NDArray[Any]

    def with_part(self, vertices: Array, triangles: NDArray[Any], colours: Array) -> "Scene":
        """Return a scene with one more thing in it, without hair."""
        return Scene(
            np.concatenate([self.vertices, vertices]),
            np.concatenate([self.triangles, triangles + len(self.vertices)]),
            np.concatenate([self.colours, colours]),
            np.concatenate([self.hair, np.zeros(len(vertices), bool)]),
        )


class Renderer:
    """Renders scenes in one room through one lens."""

    def __init__(
        self, lens: Lens, room: Room, light: Light, quality: Quality, *, seed: int = 0
    ) -> None:
        """Paint the empty room once.

        Args:
            lens: The camera.
            room: The room.
            light: The room's light.
            quality: How much work goes into a picture.
            seed: Of the sensor's noise.
        """
        self._lens, self._quality = lens, quality
        self._rng = np.random.default_rng(seed)
        self._lamps = _lamps(light, quality)
        self._shadows = self._lamps
        self._cast_for: Array | None = None
        w, h = lens.size_px
        side = quality.samples
        self._depth = np.zeros((h * side, w * side))
        self._hit = np.zeros((h * side, w * side), np.int32)
        self._rays = lens.rays(side)
        # A soft shoulder for the highlights, then the display's gamma.
        x = np.linspace(0, 4, CURVE_STEPS) * light.exposure
        self._curve = np.clip(x / (1 + 0.18 * x), 0, 1) ** (1 / 2.2)
        self._ambient = np.asarray(quality.ambient, float)
        self._surround = Surround(
            self._ambient, np.array(room.floor, float), room.floor_kind == PLAIN
        )
        fine, _ = self._seen(self._rays, room)
        self._colours = fine.reshape(h, side, w, side, 3).mean((1, 3))
        _, self._places = self._seen(lens.rays(1 / COARSE), room)
        self._light = np.zeros((*self._places.shape[:2], 3))
        self._empty = np.zeros((h, w, 3), np.float32)
        grain_px = (h + GRAIN_PX, w + GRAIN_PX, 3)
        self._grain = self._rng.standard_normal(grain_px, np.float32)

    def _seen(self, rays: Array, room: Room) -> tuple[Array, Array]:
        """Return colours and places (see paint_room) of the empty room along some rays."""
        colours, places = (np.zeros((*rays.shape[:2], channels)) for channels in (3, 7))
        paint_room(rays, self._lens.turn, self._lens.eye, walls(room), colours, places)
        return colours, places

    def render(self, scene: Scene) -> Picture:
        """Return a picture (h, w, 3), 8 bits."""
        # One kind of array, so that the compiled functions are compiled once.
        triangles = np.ascontiguousarray(scene.triangles, np.int32)
        scene = replace(scene, triangles=triangles)
        self._cast(scene)
        window = self._rasterise(scene)
        picture = self._empty.copy()
        samples = Samples(
            self._rays,
            self._lens.turn,
            self._lens.eye,
            self._depth,
            self._hit,
            self._quality.samples,
        )
        surface = Surface(
            scene.vertices,
            normals(scene.vertices, scene.triangles),
            scene.triangles,
            scene.colours,
            scene.hair.astype(float),
        )
        shade(window, samples, surface, self._shadows, self._surround, picture)
        return self._develop(picture)

    def _cast(self, scene: Scene) -> None:
        """Cast the scene's shadows, unless it has hardly moved since the last time."""
        v, last = scene.vertices, self._cast_for
        if last is not None and np.abs(v - last).max() <= self._quality.still_m:
            return
        centre = 0.5 * (v.min(0) + v.max(0))
        radius_m = float(np.linalg.norm(v - centre, axis=1).max()) + 0.02
        self._cast_for = v.copy()
        self._shadows = self._lamps._replace(centre=centre, radius_m=radius_m)
        cast_shadows(v, scene.triangles, self._shadows)
        light_room(self._places, self._ambient, self._shadows, self._light)
        combine(self._colours, self._light, float(COARSE), self._empty)

    def _rasterise(self, scene: Scene) -> tuple[int, int, int, int]:
        """Find which sample sees what; return the window: left, right, top, bottom, pixels."""
        seen, side = self._lens.project(scene.vertices), self._quality.samples
        nearness = np.where(seen[:, 2] > NEAREST_M, 1 / np.maximum(seen[:, 2], NEAREST_M), -1e9)
        points = np.column_stack([seen[:, :2] * side, nearness])
        (w, h), (x, y) = self._lens.size_px, seen[:, :2].T
        left, right = (int(np.clip(a, 0, w)) for a in (x.min() - 1, x.max() + 2))
        top, bottom = (int(np.clip(a, 0, h)) for a in (y.min() - 1, y.max() + 2))
        part = (slice(top * side, bottom * side), slice(left * side, right * side))
        self._depth[part], self._hit[part] = 0, -1
        rasterise(points, scene.triangles, -1.0, self._depth, self._hit)
        return left, right, top, bottom

    def _develop(self, linear: Linear) -> Picture:
        h, w = linear.shape[:2]
        down, right = self._rng.integers(0, GRAIN_PX, 2)
        grain = self._grain[down : down + h, right : right + w]
        out = np.empty(linear.shape, np.uint8)
        develop(linear, self._curve, CURVE_GAIN, self._quality.noise, grain, out)
        return out


def _lamps(light: Light, quality: Quality) -> Shadows:
    """Return a dome of lamps, evenly over the upper half, and a wide window of five."""
    dome = quality.lamps - WINDOW_LAMPS
    toward, rgb = [], []
    for i in range(dome):
        y, around = (i + 0.5) / dome, i * GOLDEN_ANGLE
        flat = math.sqrt(1 - y * y)
        toward.append([flat * math.cos(around), y, flat * math.sin(around)])
        rgb.append(np.full(3, DOME_LIGHT / dome))
    key = np.array(light.key) / np.linalg.norm(light.key)
    for i in range(WINDOW_LAMPS):
        spread = np.array([math.cos(i * 2.4), 0.3 * math.sin(i * 5.1), math.sin(i * 2.4)])
        d = key + 0.22 * spread * (0.4 + 0.15 * i)
        toward.append(d / np.linalg.norm(d))
        rgb.append(np.array(light.key_rgb) * WINDOW_LIGHT * light.key_gain / WINDOW_LAMPS)
    to = np.array(toward)
    u = np.cross(to, np.array(ASIDE))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    maps = np.zeros((quality.lamps, quality.shadow_px, quality.shadow_px))
    return Shadows(u, np.cross(to, u), to, np.array(rgb), maps, np.zeros(3), 1.0)
