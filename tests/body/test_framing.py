"""What is shown of the picture: the body with a margin, in the picture, calmly."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.body.framing import (
    FARTHEST,
    MARGIN,
    NEAREST,
    SETTLE_S,
    SPEED,
    Framing,
    Section,
    reach_px,
)
from coreline.body.pose import LANDMARKS, Array, Pose
from stick_figure import PLANK, PLANK_DOWN, Raise, few, film, raises_film

SIZE_PX = (640, 480)
FPS = 10.0
CALM_S = SETTLE_S + 8.0  # by then everything has been seen, and every edge has come to its place
SHARES = st.floats(0.0, 1.0)


def lying(left: float, top: float, right: float, bottom: float) -> Pose:
    """Return somebody who reaches so far, in shares of the picture."""
    xy_px = np.full((LANDMARKS, 2), 0.5) * ((left + right), (top + bottom))
    xy_px[0], xy_px[32] = (left, top), (right, bottom)
    ones = np.ones(LANDMARKS)
    return Pose(0.0, xy_px * SIZE_PX, ones, ones, np.zeros((LANDMARKS, 3)), SIZE_PX)


@st.composite
def bodies(draw: st.DrawFn) -> Pose:
    """Return somebody anywhere in the picture, or sticking out of it."""
    across = sorted((draw(st.floats(-0.2, 1.2)), draw(st.floats(-0.2, 1.2))))
    up = sorted((draw(st.floats(-0.2, 1.2)), draw(st.floats(-0.2, 1.2))))
    return lying(across[0], up[0], max(across[1], across[0] + 0.05), max(up[1], up[0] + 0.05))


def shown(poses: list[Pose | None], fps: float = FPS) -> list[Section]:
    framing, sections = Framing(), []
    for number, pose in enumerate(poses):
        framing.step(number / fps, pose)
        if framing.section is not None:
            sections.append(framing.section)
    return sections


def edges(section: Section) -> Array:
    return np.array([section.left, section.top, section.right, section.bottom])


def rooms(section: Section, pose: Pose) -> Array:
    """Return how far the body is from each edge, in its own longer side."""
    low, high = np.split(reach_px(pose), 2)
    unit_px = max(*(high - low), 0.2 * SIZE_PX[0])
    there = edges(section) * (*SIZE_PX, *SIZE_PX)
    room: Array = np.concatenate([low - there[:2], there[2:] - high]) / unit_px
    return room


def in_the_picture(section: Section) -> bool:
    return (
        0.0 <= section.left <= section.right <= 1.0 and 0.0 <= section.top <= section.bottom <= 1.0
    )


@given(st.lists(st.one_of(st.none(), bodies()), min_size=2, max_size=60))
def test_it_never_leaves_the_picture_nor_moves_faster_than_it_may(poses: list[Pose | None]) -> None:
    sections = shown(poses)
    assert all(in_the_picture(each) for each in sections)
    moved = np.abs(np.diff([edges(each) for each in sections], axis=0)) if sections[1:] else None
    if moved is not None:
        per_s = moved * FPS * (1.0, SIZE_PX[1] / SIZE_PX[0], 1.0, SIZE_PX[1] / SIZE_PX[0])
        assert per_s.max() <= SPEED + 1e-9


@given(before=st.lists(bodies(), max_size=20), body=bodies())
def test_whoever_keeps_a_place_is_shown_whole_with_a_margin(before: list[Pose], body: Pose) -> None:
    section = shown([*before, *[body] * round(CALM_S * FPS)])[-1]
    at_the_rim = np.isclose(edges(section), (0.0, 0.0, 1.0, 1.0), atol=1e-6)
    room = rooms(section, body)
    assert np.all((room >= NEAREST - 1e-3) | at_the_rim)
    assert np.all(room <= FARTHEST + 1e-3)


@given(bodies())
def test_the_first_time_it_is_there_at_once(body: Pose) -> None:
    first = shown([body])[0]
    room, rim = rooms(first, body), np.isclose(edges(first), (0.0, 0.0, 1.0, 1.0))
    assert np.all(np.isclose(room, MARGIN) | rim)


@few
@given(seed=st.integers(0, 1000), fps=st.sampled_from([8.0, 30.0]))
def test_landmarks_that_tremble_move_nothing(seed: int, fps: float) -> None:
    body, chance = lying(0.3, 0.4, 0.75, 0.6), np.random.default_rng(seed)
    steps = round(20.0 * fps)
    poses: list[Pose | None] = [
        replace(body, xy_px=body.xy_px + chance.uniform(-2.0, 2.0, body.xy_px.shape))
        for _ in range(steps)
    ]
    after = np.array([edges(each) for each in shown(poses, fps)])[steps // 2 :]
    assert np.ptp(after, axis=0).max() < 1e-4


def test_repetitions_move_nothing_once_the_whole_way_was_seen() -> None:
    frames = raises_film([Raise()] * 6, shift_deg=0.0).frames(FPS)
    sections = shown([pose for _, pose in frames])
    after = np.array([edges(each) for each in sections])[
        round(2 * SETTLE_S * FPS) : -round(SETTLE_S * FPS)
    ]
    assert len(after) > 100
    assert np.ptp(after, axis=0).max() < 0.01


def test_the_way_from_one_posture_to_another_is_smooth_at_any_rate() -> None:
    story = film((PLANK_DOWN, 0.0, 10.0), (PLANK, 1.0, 15.0))
    ends = [edges(shown([pose for _, pose in story.frames(fps)], fps)[-1]) for fps in (8.0, 30.0)]
    assert ends[0] == pytest.approx(ends[1], abs=0.01)


def test_whoever_is_gone_for_long_is_looked_for_everywhere() -> None:
    body = lying(0.4, 0.4, 0.6, 0.5)
    kept = shown([body] * 10 + [None] * 15)
    assert kept[-1] == kept[0]
    assert edges(shown([body] * 10 + [None] * 100)[-1]) == pytest.approx(
        (0.0, 0.0, 1.0, 1.0), abs=0.01
    )


def test_a_picture_of_another_size_and_a_new_set_begin_anew() -> None:
    framing, body = Framing(), lying(0.2, 0.4, 0.5, 0.6)
    framing.step(0.0, None)
    assert framing.section is None
    framing.step(1.0, body)
    larger = replace(body, xy_px=body.xy_px + np.array([300.0, 0.0]), size_px=(1280, 960))
    framing.step(1.1, larger)
    fresh = Framing()
    fresh.step(1.1, larger)
    assert framing.section == fresh.section
    framing.forget()
    assert framing.section is None


@given(bodies(), st.floats(0.3, 4.0), st.sampled_from([(640, 480), (1280, 720), (480, 640)]))
def test_grown_to_a_shape_it_holds_what_it_held_and_stays_in_the_picture(
    body: Pose, shape: float, size_px: tuple[int, int]
) -> None:
    section = shown([body])[0]
    grown = section.widened(size_px, shape)
    assert in_the_picture(grown)
    assert grown.left <= section.left <= section.right <= grown.right
    assert grown.top <= section.top <= section.bottom <= grown.bottom
    wide = (grown.right - grown.left) * size_px[0]
    high = (grown.bottom - grown.top) * size_px[1]
    whole = (grown.right - grown.left > 1.0 - 1e-9) or (grown.bottom - grown.top > 1.0 - 1e-9)
    assert whole or wide / high == pytest.approx(shape)


def test_the_head_is_larger_than_its_landmarks() -> None:
    pose = film((PLANK, 0.0, 1.0)).frames(5.0)[0][1]
    assert pose is not None
    ears, shoulders = pose.xy_px[7:9].mean(axis=0), pose.xy_px[11:13].mean(axis=0)
    beyond_px = 0.55 * np.hypot(*(ears - shoulders))
    left, top, right, bottom = reach_px(pose)
    assert left == pytest.approx(min(ears[0] - beyond_px, pose.xy_px[:, 0].min()))
    assert right == pytest.approx(pose.xy_px[:, 0].max())
    assert (top, bottom) == pytest.approx(
        (min(ears[1] - beyond_px, pose.xy_px[:, 1].min()), pose.xy_px[:, 1].max())
    )
