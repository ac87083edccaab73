"""The camera's picture as a mirror, with the skeleton and the body line on it."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import pygame
from pygame import Rect, Surface

from coreline.body.framing import Section
from coreline.body.pose import Joint, Pose
from coreline.judging.events import State
from coreline.screen import shapes
from coreline.screen.lettering import Shelf
from coreline.screen.palette import CALM, FAULT, GOOD, GROUND, INK, MUTED, PANEL, Colour
from coreline.screen.scene import Image
from coreline.screen.shapes import Point
from coreline.session.view import Stage, View

SEEN = 0.5  # below this visibility a landmark is a guess, and not drawn
DIMMED = 0.35
JUDGED = {Stage.GET_READY, Stage.EXERCISE}  # elsewhere the line means nothing
SIDE_BONES = (
    ("SHOULDER", "ELBOW"),
    ("ELBOW", "WRIST"),
    ("SHOULDER", "HIP"),
    ("HIP", "KNEE"),
    ("KNEE", "ANKLE"),
    ("ANKLE", "FOOT_INDEX"),
)
# What was drawn last, as it was scaled: the two stills beside a correction stay for many pictures
# of the camera, its last one for as long as it fails. With each is kept what it was made of, so
# that nothing else can have its identity.
SCALED: Final[Shelf[tuple[int, tuple[int, int], bool, bool], tuple[Image, Image]]] = Shelf(0, few=4)
LINE_COLOURS = {State.GOOD: GOOD, State.NOT_GOOD: FAULT, State.UNSEEN: MUTED}


def draw_picture(
    surface: Surface, box: Rect, image_bgr: Image | None, *, dim: bool, mirror: bool = True
) -> Rect:
    """Draw the picture, mirrored or not, whole and as large as the box allows; return its place."""
    if image_bgr is None:
        place = _fitted((16, 9), box)
        pygame.draw.rect(surface, PANEL, place, border_radius=place.height // 30)
        return place
    return _draw_image(surface, box, image_bgr, dim=dim, mirror=mirror)


def draw_section(
    surface: Surface, box: Rect, image_bgr: Image, section: Section, *, dim: bool, mirror: bool
) -> tuple[Rect, Rect]:
    """Draw a section of the picture, grown to the box's shape, as large as the box allows.

    Returns:
        Its place, and where the whole picture would be around it.
    """
    height_px, width_px = image_bgr.shape[:2]
    shown = section.widened((width_px, height_px), box.width / box.height)
    left, right = round(shown.left * width_px), round(shown.right * width_px)
    top, bottom = round(shown.top * height_px), round(shown.bottom * height_px)
    place = _draw_image(surface, box, image_bgr[top:bottom, left:right], dim=dim, mirror=mirror)
    scale_x, scale_y = place.width / (right - left), place.height / (bottom - top)
    before_px = (width_px - right if mirror else left) * scale_x
    whole = Rect(0, 0, round(width_px * scale_x), round(height_px * scale_y))
    whole.topleft = (round(place.left - before_px), round(place.top - top * scale_y))
    return place, whole


def _draw_image(surface: Surface, box: Rect, image_bgr: Image, *, dim: bool, mirror: bool) -> Rect:
    height_px, width_px = image_bgr.shape[:2]
    place = _fitted((width_px, height_px), box)
    key = id(image_bgr), place.size, dim, mirror
    kept = SCALED.get(key)
    if kept is None:
        kept = image_bgr, _scaled(image_bgr, place.size, dim=dim, mirror=mirror)
        SCALED.put(key, kept, kept[0].nbytes + kept[1].nbytes)
    surface.blit(pygame.image.frombuffer(kept[1].data.cast("B"), place.size, "BGR"), place)
    return place


def _scaled(image_bgr: Image, size: tuple[int, int], *, dim: bool, mirror: bool) -> Image:
    """Return a picture as it is shown."""
    # Averaging areas keeps a strongly shrunk picture free of jags; near its own size it is slow.
    method = cv2.INTER_AREA if image_bgr.shape[1] > 2 * size[0] else cv2.INTER_LINEAR
    small = cv2.resize(image_bgr, size, interpolation=method)
    if mirror:
        small = cv2.flip(small, 1)
    if dim:
        cv2.convertScaleAbs(small, small, DIMMED)
    return np.asarray(small, np.uint8)


def draw_body(
    surface: Surface, place: Rect, pose: Pose, view: View, *, mirror: bool = True
) -> None:
    """Draw the skeleton and the body line onto a picture drawn at `place`.

    Of a section, `place` is where the whole picture would be; lines are as thick as on a whole one
    of the section's height.
    """
    width_px = max(2.0, min(place.height, surface.get_clip().height) * 0.012)
    points = points_of(pose, place, mirror=mirror)
    for side in _far_side_first(view.line.near_side):
        near = side == view.line.near_side
        colour, share = (CALM, 1.0) if near else (MUTED, 0.6)
        for bone in SIDE_BONES:
            ends = [Joint[f"{side.upper()}_{name}"] for name in bone]
            if _seen(pose, ends):
                _outlined(surface, colour, (points[ends[0]], points[ends[1]]), width_px * share)
    if view.stage in JUDGED:
        joints = [points[number] for number in view.line.joints]
        draw_line(surface, joints, view.line.state, width_px * 1.9)


def draw_line(surface: Surface, points: list[Point], state: State, width_px: float) -> None:
    """Draw the body line: whole when good, in dashes when not, thin when it can't be seen."""
    colour = LINE_COLOURS[state]
    for ends in pairwise(points):
        match state:
            case State.GOOD:
                _outlined(surface, colour, ends, width_px)
            case State.NOT_GOOD:
                shapes.dashes(surface, GROUND, ends, width_px * 1.5, width_px * 3)
                shapes.dashes(surface, colour, ends, width_px, width_px * 3)
            case State.UNSEEN:
                shapes.dashes(surface, colour, ends, width_px * 0.4, width_px * 1.5)
    for point in points:
        shapes.disc(surface, GROUND, point, width_px * 0.85)
        shapes.disc(surface, INK, point, width_px * 0.6)


def points_of(pose: Pose, place: Rect, *, mirror: bool) -> list[Point]:
    """Return each landmark's place on the window, for a picture drawn at `place`."""
    width_px, height_px = pose.size_px
    origin_px, way = (place.right, -1) if mirror else (place.left, 1)
    return [
        (origin_px + way * x * place.width / width_px, place.top + y * place.height / height_px)
        for x, y in pose.xy_px.tolist()
    ]


def _fitted(size: tuple[int, int], box: Rect) -> Rect:
    """Return the largest rectangle of a picture's shape in the middle of a box."""
    return Rect(0, 0, *size).fit(box)


def _far_side_first(near_side: str | None) -> tuple[str, str]:
    """Return the sides in the order in which they are drawn."""
    return ("right", "left") if near_side == "left" else ("left", "right")


def _seen(pose: Pose, joints: Iterable[Joint]) -> bool:
    """Say whether all these landmarks are seen."""
    return all(pose.visibility[joint] >= SEEN for joint in joints)


def _outlined(surface: Surface, colour: Colour, ends: tuple[Point, Point], width_px: float) -> None:
    """Draw a line with a dark edge, so that it stands out on any picture."""
    shapes.stroke(surface, GROUND, ends, width_px * 1.6)
    shapes.stroke(surface, colour, ends, width_px)
