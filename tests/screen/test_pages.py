from collections.abc import Callable

import numpy as np
import pygame
import pytest
from pygame import Surface

from coreline.body.pose import Pose
from coreline.judging.events import State
from coreline.screen.layout import layout
from coreline.screen.overlays import Overlay, draw_overlay
from coreline.screen.pages import DRAWINGS, draw_page
from coreline.screen.palette import CALM, FAULT, GOOD, GROUND, INK
from coreline.screen.picture import draw_picture
from coreline.screen.scene import Scene
from coreline.screen.stages.exercise import dial_of
from coreline.screen.stages.sheet import sentence_of
from coreline.screen.texts import SentenceKind, Texts
from coreline.session.view import RestTime, Stage, View

MakeView = Callable[..., View]

SIZES = [(1280, 720), (1024, 600), (1920, 1080), (540, 960), (320, 240)]
PICTURE = np.zeros((100, 200, 3), np.uint8)
PICTURE[:, :100] = (0, 0, 200)  # red, on the camera's left


def page(scene: Scene, texts: Texts, size: tuple[int, int] = (1280, 720)) -> Surface:
    surface = Surface(size)
    draw_page(surface, scene, texts)
    return surface


def different(one: Surface, other: Surface) -> float:
    """Return the share of pixels that differ."""
    pictures = [pygame.surfarray.array2d(surface) for surface in (one, other)]
    return float((pictures[0] != pictures[1]).mean())


def test_only_the_picture_is_mirrored() -> None:
    surface = Surface((400, 200))
    place = draw_picture(surface, surface.get_rect(), PICTURE, dim=False)
    assert place.size == (400, 200)
    assert surface.get_at((350, 100)).r == 200
    assert surface.get_at((50, 100)).r == 0


def test_without_the_mirror_picture_and_body_stay_as_the_camera_sees_them(
    view: MakeView, dutch: Texts, pose: Pose
) -> None:
    surface = page(Scene(view(), PICTURE, pose, mirror=False), dutch)
    box = layout((1280, 720)).picture
    colours = pygame.surfarray.array3d(surface.subsurface(box))
    line = np.argwhere((colours == GOOD).all(axis=2))
    assert line[:, 0].mean() < box.width / 2, "the head is on the camera's left"
    assert (colours[: box.width // 2] == (200, 0, 0)).all(axis=2).sum() > 1000
    assert not (colours[box.width // 2 + 2 :] == (200, 0, 0)).all(axis=2).any()


def test_the_picture_keeps_its_shape_and_is_not_changed() -> None:
    before = PICTURE.copy()
    place = draw_picture(Surface((300, 300)), Surface((300, 300)).get_rect(), PICTURE, dim=True)
    assert place.width == 2 * place.height
    assert (before == PICTURE).all()


def test_the_body_is_drawn_where_the_mirror_shows_it(
    view: MakeView, dutch: Texts, pose: Pose
) -> None:
    surface = page(Scene(view(), PICTURE, pose), dutch)
    box = layout((1280, 720)).picture
    line = np.argwhere((pygame.surfarray.array3d(surface.subsurface(box)) == GOOD).all(axis=2))
    assert len(line) > 100
    assert line[:, 0].mean() > box.width / 2, "the head is on the camera's left, the mirror's right"


def test_a_body_out_of_line_is_drawn_in_pieces(view: MakeView, dutch: Texts, pose: Pose) -> None:
    box = layout((1280, 720)).picture

    def inked(state: State, colour: tuple[int, int, int]) -> int:
        surface = page(Scene(view(state=state), PICTURE, pose), dutch).subsurface(box)
        return int((pygame.surfarray.array3d(surface) == colour).all(axis=2).sum())

    assert 0 < inked(State.NOT_GOOD, FAULT) < 0.85 * inked(State.GOOD, GOOD)


def test_the_near_side_is_marked(view: MakeView, dutch: Texts, pose: Pose) -> None:
    near, none = (
        page(Scene(view(near_side=side, joints=()), PICTURE, pose), dutch)
        for side in ("left", None)
    )
    box = layout((1280, 720)).picture
    calm = [
        (pygame.surfarray.array3d(surface.subsurface(box)) == CALM).all(axis=2).sum()
        for surface in (near, none)
    ]
    assert calm[0] > 50
    assert calm[1] == 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stage", Stage)
def test_every_stage_can_be_drawn_at_every_size(
    size: tuple[int, int], stage: Stage, view: MakeView, texts: Texts, pose: Pose
) -> None:
    empty = page(Scene(), texts, size)
    for changes in ({}, {"count": 0, "held_s": 0.0}, {"machine": "hold", "target_hold_s": 30.0}):
        scene = Scene(view(stage=stage, rest=RestTime(12.0), **changes), PICTURE, pose)
        assert different(page(scene, texts, size), empty) > 0.02


def test_every_stage_has_a_page() -> None:
    assert set(DRAWINGS) == set(Stage)


def test_stages_look_different(view: MakeView, dutch: Texts, pose: Pose) -> None:
    pages = [page(Scene(view(stage=stage, count=0), PICTURE, pose), dutch) for stage in Stage]
    for number, one in enumerate(pages):
        for other in pages[number + 1 :]:
            assert different(one, other) > 0.01


def test_a_body_out_of_sight_dims_the_picture_and_says_that_the_count_is_safe(
    view: MakeView, dutch: Texts
) -> None:
    bright, dim = (
        page(Scene(view(state=state), PICTURE), dutch) for state in (State.GOOD, State.UNSEEN)
    )
    spot = layout((1280, 720)).picture.move(60, 0).center
    assert dim.get_at(spot)[0] < 0.5 * bright.get_at(spot)[0]
    sets = layout((1280, 720)).sets
    assert different(bright.subsurface(sets), dim.subsurface(sets)) > 0.05
    assert sentence_of(Scene(), view(state=State.UNSEEN), dutch).tone is SentenceKind.UNSEEN


def test_a_cue_is_the_sentence_and_its_tone_follows_its_priority(
    view: MakeView, texts: Texts
) -> None:
    correction = sentence_of(Scene(), view(cue_id="fix.hips_up"), texts)
    assert correction.text == texts.cues.get("fix.hips_up").text.in_(texts.language)
    assert correction.tone is SentenceKind.CORRECTION
    assert texts.cue("praise.great").tone is SentenceKind.GOOD
    assert texts.cue("flow.rest").tone is SentenceKind.PLAIN


def test_a_silent_camera_is_said_before_any_cue(view: MakeView, dutch: Texts) -> None:
    scene = Scene(view(cue_id="praise.great"), PICTURE, stale=True)
    assert sentence_of(scene, view(cue_id="praise.great"), dutch).tone is SentenceKind.UNSEEN


def test_a_hold_shows_whole_seconds_held(view: MakeView, texts: Texts) -> None:
    hold = view(machine="hold", held_s=12.9, target_hold_s=30.0, target_count=None)
    dial = dial_of(hold, texts)
    assert (dial.number, dial.share, dial.stopped) == (12, 12.9 / 30.0, False)
    assert "30" in dial.label


def test_the_clock_stands_still_in_every_way_it_can(view: MakeView, dutch: Texts) -> None:
    hold = {"machine": "hold", "held_s": 12.9, "target_hold_s": 30.0}
    assert dial_of(view(**hold, clock_runs=False), dutch).stopped
    assert dial_of(view(**hold, state=State.UNSEEN), dutch).stopped
    assert dial_of(view(**hold, stage=Stage.PAUSED), dutch).stopped


def test_a_roll_without_a_hold_is_counted(view: MakeView, dutch: Texts) -> None:
    roll = view(machine="roll", target_count=None, target_hold_s=0.0, held_s=0.0)
    assert dial_of(roll, dutch).share == 0.0


@pytest.mark.parametrize("size", SIZES[:3])
def test_what_matters_can_be_read_from_the_mat(
    size: tuple[int, int], view: MakeView, dutch: Texts
) -> None:
    surface = page(Scene(view(cue_id="fix.hips_up"), PICTURE), dutch, size)
    places = layout(size)
    ring = surface.subsurface(places.ring.inflate(*(-places.ring.width // 3,) * 2))
    rows = (pygame.surfarray.array3d(ring) == INK).all(axis=2).any(axis=0)
    digits_px = int(np.argmin(rows[np.argmax(rows) :]))  # from the first row with ink to a gap
    assert digits_px >= 0.235 * size[1]
    assert places.capital_px >= 0.11 * size[1]


def test_silence_is_shown(view: MakeView, dutch: Texts) -> None:
    heard, silent = (page(Scene(view(), PICTURE, silent=silent), dutch) for silent in (False, True))
    assert 0.0 < different(heard, silent) < 0.1  # the picture makes room for the mark


@pytest.mark.parametrize("overlay", [Overlay.HELP, Overlay.ASK_END])
@pytest.mark.parametrize("size", SIZES)
def test_overlays_cover_the_page(
    overlay: Overlay, size: tuple[int, int], view: MakeView, texts: Texts
) -> None:
    surface = page(Scene(view(), PICTURE), texts, size)
    before = surface.copy()
    draw_overlay(surface, overlay, texts)
    assert different(surface, before) > 0.2


def test_without_an_overlay_the_page_is_as_it_was(view: MakeView, dutch: Texts) -> None:
    surface = page(Scene(view(), PICTURE), dutch)
    before = surface.copy()
    draw_overlay(surface, Overlay.NONE, dutch)
    assert different(surface, before) == 0.0


def test_the_ground_is_the_one_that_the_contrasts_are_measured_on(dutch: Texts) -> None:
    assert page(Scene(), dutch).get_at((0, 0)) == pygame.Color(*GROUND)
