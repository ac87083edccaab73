"""The camera's geometry: where a point of the world falls in the picture."""

import math
from typing import Final

import numpy as np
from directions import Array
from places import View

NEAREST_M: Final = 1e-6
# Rounds in which a ray through a distorting lens is found.
ROUNDS: Final = 12
# The picture's edge that a body keeps free, as a share.
MARGIN: Final = 0.02
TRIES: Final = 40
# In which order the camera makes room: a wider lens, then further away, and so on.
USUAL_HFOV_DEG, WIDEST_HFOV_DEG, STEP_DEG = 74, 78.0, 2
NEAR_M, FAR_M, STEP_M = 2.6, 3.6, 0.1


class Lens:
    """A camera that stands somewhere; it looks along -Z at yaw 0.

    Attributes:
        size_px: Width and height of the picture.
        eye: (3,) where it stands, metres.
        turn: Rotation from the camera to the world.
        focal_px: Focal length, pixels.
        k1: Distortion.
    """

    def __init__(self, view: View, eye: Array) -> None:
        """Take a view and where the camera stands, (3,) metres."""
        self.size_px = view.size_px
        self.eye = np.asarray(eye, float)
        self.k1 = view.k1
        self.turn = _turn(view)
        half = math.tan(math.radians(view.hfov_deg) / 2)
        self.focal_px = 0.5 * view.size_px[0] / (half * (1 + view.k1 * half * half))

    def project(self, points: Array) -> Array:
        """Return where points (n, 3) fall: (n, 3) x and y in pixels, and depth in metres."""
        seen = (np.atleast_2d(points) - self.eye) @ self.turn
        depth = -seen[:, 2]
        u = seen[:, :2] / np.where(np.abs(depth) < NEAREST_M, NEAREST_M, depth)[:, None]
        r2 = (u * u).sum(1)
        scale = self.focal_px * (1 + self.k1 * np.minimum(r2, 1 / max(-3 * self.k1, 1e-9)))
        w, h = self.size_px
        return np.stack([w / 2 + scale * u[:, 0], h / 2 - scale * u[:, 1], depth], 1)

    def rays(self, samples: float) -> Array:
        """Return directions (rows, columns, 2) at depth 1, some samples to a pixel's side."""
        w, h = self.size_px
        x = ((np.arange(int(w * samples)) + 0.5) / samples - w / 2) / self.focal_px
        y = -((np.arange(int(h * samples)) + 0.5) / samples - h / 2) / self.focal_px
        seen = np.stack(np.broadcast_arrays(x[None, :], y[:, None]), -1)
        rays = seen.copy()
        for _ in range(ROUNDS):
            rays = seen / (1 + self.k1 * (rays * rays).sum(-1, keepdims=True))
        return rays


def _turn(view: View) -> Array:
    angles = (view.yaw_deg, view.pitch_deg, view.roll_deg)
    cy, sy, cp, sp, cr, sr = (f(math.radians(a)) for a in angles for f in (math.cos, math.sin))
    yaw = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    pitch = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    roll = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(yaw @ pitch @ roll)


def lens_around(view: View, points: Array) -> Lens:
    """Return a lens that sees all points (n, 3); the view is widened or moved back as needed."""
    yaw = np.radians(view.yaw_deg)
    middle_m = 0.5 * points[:, 1].max()
    for _ in range(TRIES):
        slope_deg = float(np.degrees(np.arctan2(middle_m - view.height_m, view.distance_m)))
        view.pitch_deg = round(slope_deg + view.tilt_deg, 2)
        away, aside = view.distance_m, view.aside_m
        x = away * np.sin(yaw) + aside * np.cos(yaw)
        lens = Lens(view, np.array([x, view.height_m, away * np.cos(yaw)]))
        seen = lens.project(points)[:, :2] / view.size_px
        if seen.min() > MARGIN and seen.max() < 1 - MARGIN:
            break
        _make_room(view)
    return lens


def _make_room(view: View) -> None:
    """Take one step back, or a wider lens."""
    if view.hfov_deg < USUAL_HFOV_DEG and view.distance_m > NEAR_M:
        view.hfov_deg = round(view.hfov_deg + STEP_DEG, 1)
    elif view.distance_m >= FAR_M and view.hfov_deg < WIDEST_HFOV_DEG:
        view.hfov_deg = round(min(WIDEST_HFOV_DEG, view.hfov_deg + STEP_DEG), 1)
    else:
        view.distance_m = round(view.distance_m + STEP_M, 2)
