"""A simulated camera without distortion, and the printed sheets standing before it.

World: x right along the mat, y up, z toward the camera, metres, the middle of the mat on the floor
is the origin. Nothing here reads the code that it tests.
"""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MARKER_M, FOOT_M = 0.168, 0.060
PAGE_M = (0.210, 0.297)


@dataclass(frozen=True, slots=True)
class Pinhole:
    """A camera; yaw + stands right of the middle, pitch + looks down, roll + turns pictures."""

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    height_m: float = 0.4
    distance_m: float = 2.6
    hfov_deg: float = 65.0
    size_px: tuple[int, int] = (1280, 720)

    @property
    def focal_px(self) -> float:
        return self.size_px[0] / 2.0 / math.tan(math.radians(self.hfov_deg) / 2.0)

    def see(self, xyz_m: Array) -> Array:
        """Return the pixels of points."""
        yaw, pitch = math.radians(self.yaw_deg), math.radians(self.pitch_deg)
        roll = math.radians(self.roll_deg)
        lens = np.array(
            [self.distance_m * math.sin(yaw), self.height_m, self.distance_m * math.cos(yaw)]
        )
        ahead = np.array(
            [-math.sin(yaw) * math.cos(pitch), -math.sin(pitch), -math.cos(yaw) * math.cos(pitch)]
        )
        right = np.array([math.cos(yaw), 0.0, -math.sin(yaw)])
        up = np.cross(right, ahead)
        depth_m = (xyz_m - lens) @ ahead
        u = self.focal_px * ((xyz_m - lens) @ right) / depth_m
        v = -self.focal_px * ((xyz_m - lens) @ up) / depth_m
        turned = np.stack(
            [u * math.cos(roll) - v * math.sin(roll), u * math.sin(roll) + v * math.cos(roll)], -1
        )
        return turned + np.array(self.size_px) / 2.0


def marker(x_m: float, facing_deg: float = 0.0) -> Array:
    """Return the marker's corners on a sheet that stands at `x_m`, turned about the upright."""
    half = MARKER_M / 2.0
    across = np.array([-half, half, half, -half])
    up = np.array([FOOT_M + MARKER_M, FOOT_M + MARKER_M, FOOT_M, FOOT_M])
    return _standing(x_m, facing_deg, across, up)


def page(x_m: float, facing_deg: float = 0.0) -> Array:
    """Return the corners of the whole sheet."""
    half = PAGE_M[0] / 2.0
    across = np.array([-half, half, half, -half])
    return _standing(x_m, facing_deg, across, np.array([PAGE_M[1], PAGE_M[1], 0.0, 0.0]))


def _standing(x_m: float, facing_deg: float, across: Array, up: Array) -> Array:
    turn = math.radians(facing_deg)
    return np.stack([x_m + across * math.cos(turn), up, across * math.sin(turn)], -1)


def picture(camera: Pinhole, sheets: dict[float, NDArray[np.uint8]], finer: int = 3) -> Any:
    """Return what the camera sees of sheets that stand at places along the mat, as a picture."""
    width, height = camera.size_px
    # Drawn larger and then averaged, as a sensor's pixels do.
    canvas = np.full((height * finer, width * finer, 3), 120, np.uint8)
    for x_m, sheet in sheets.items():
        rows, columns = sheet.shape[:2]
        flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32) - 0.5
        there = (camera.see(page(x_m)) * finer - 0.5).astype(np.float32)
        warp = cv2.getPerspectiveTransform(flat, there)
        size = (width * finer, height * finer)
        drawn = cv2.warpPerspective(sheet, warp, size, flags=cv2.INTER_AREA)
        inside = cv2.warpPerspective(np.full((rows, columns), 255, np.uint8), warp, size)
        canvas = np.where(inside[..., None] > 127, drawn, canvas)
    small = cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(7).normal(0.0, 3.0, small.shape)
    return (small + noise).clip(0, 255).astype(np.uint8)
