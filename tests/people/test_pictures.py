"""Pictures of clips, and the commands that make and read them. Small pictures: the room is big."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import av
import make
import numpy as np
import pytest
from clip import Body, Clip
from demo import Demo, course, state, write_loop
from exercises import EXERCISES
from films import Film, write_truth, write_video
from human import JOINTS
from landmarks import main as landmarks
from lens import Lens
from numpy.typing import NDArray
from places import Degraded
from render import Picture, Quality, Scene
from sideways import SIDE_X
from verify import differences
from verify import main as verify
from wrong import ROLL_BACK, SLIDE, WRONG, rolled_back, shown_wrong, wrong

from coreline.files.recordings import load_trace
from coreline.programme.rule_values import FAULT_CODES, REASON_CODES

KEPT = Path(__file__).parent / "kept"
SMALL_PX = (160, 120)
HALF_PX = (320, 240)
QUICK = Quality(samples=1, shadow_px=48, lamps=6, noise=0.0)
# A joint lies inside the body; so far from it on the picture the body still covers it.
LIMBS = ("left_hip", "right_hip", "left_knee", "right_knee", "left_shoulder", "right_shoulder")
SEEN_LEVELS = 3


@cache
def small_clip(exercise: str = "w34-superman", seed: int = 1) -> Clip:
    """Return a clip, with a ball where it may have one, whose pictures are small."""
    clip = Clip(exercise, seed, ball="yes", brief=True)
    clip.view.size_px = SMALL_PX
    clip.lens = Lens(clip.view, clip.lens.eye)
    clip.degraded = None
    return clip


def nobody(body: Body) -> Body:
    """Return a body that is nowhere near the camera."""
    away = np.array([0.0, -1000.0, 0.0])
    ball = None if body.ball is None else body.ball + away
    return Body(body.vertices + away, body.joints, ball)


def body_in_position(clip: Clip) -> Body:
    return clip.body(clip.good())


def at_joints(clip: Clip, body: Body, picture: Picture) -> NDArray[Any]:
    points = clip.lens.project(np.array([body.joints[name] for name in LIMBS]))
    columns, rows = points[:, :2].astype(int).T
    return np.asarray(picture[rows, columns].astype(int))


def test_a_still_shows_the_person_where_the_truth_says() -> None:
    clip = small_clip()
    body, film = body_in_position(clip), Film(clip, QUICK)

    seen = film.picture(body, None)
    empty = Film(clip, QUICK).picture(nobody(body), None)

    assert seen.shape == (SMALL_PX[1], SMALL_PX[0], 3)
    differs = np.abs(at_joints(clip, body, seen) - at_joints(clip, body, empty)).max(1)
    assert (differs > SEEN_LEVELS).all()
    corner = np.abs(seen[:20, :20].astype(int) - empty[:20, :20])
    assert corner.max() <= SEEN_LEVELS


def test_a_seed_still_gives_the_picture_that_was_once_made() -> None:
    kept = json.loads((KEPT / "w34-back-bridge--5.json").read_text("utf-8"))
    clip = Clip("w34-back-bridge", 5, ball="yes", brief=kept["brief"])
    clip.view.size_px = (120, 160)  # a quarter of its own
    clip.lens = Lens(clip.view, clip.lens.eye)
    body, _ = clip.moment(kept["picture"]["frame"] / clip.fps)

    picture = Film(clip, Quality(samples=1)).picture(body, clip.noise())

    once = np.array(kept["picture"]["rgb"])
    rows, columns = once.shape[:2]
    now = picture.reshape(rows, 160 // rows, columns, 120 // columns, 3).mean((1, 3))
    # Grey levels: the clip was compressed, and had four times as many pixels.
    assert np.abs(now - once).mean() < 2
    assert np.abs(now - once).max() < 15


def test_the_same_clip_gives_the_same_picture() -> None:
    clip = small_clip()
    body = body_in_position(clip)

    first, second = (Film(clip).picture(body, None) for _ in range(2))

    assert np.array_equal(first, second)


def test_the_ball_is_seen_where_it_lies() -> None:
    clip = small_clip()
    body = body_in_position(clip)
    assert body.ball is not None
    column, row = clip.lens.project(body.ball)[0, :2].astype(int)

    with_ball = Film(clip, QUICK).picture(body, None)
    without = Film(clip, QUICK).picture(Body(body.vertices, body.joints, None), None)

    assert np.abs(with_ball[row, column].astype(int) - without[row, column]).max() > SEEN_LEVELS


def test_a_poor_picture_is_darker_and_noisier() -> None:
    clip = small_clip()
    body = body_in_position(clip)
    good = Film(clip, QUICK).picture(body, None)
    clip.degraded = Degraded(dim=0.5, noise=4.0, jpeg=60)
    try:
        poor = Film(clip, QUICK).picture(body, clip.noise())
    finally:
        clip.degraded = None

    assert poor.mean() == pytest.approx(0.5 * good.mean(), rel=0.1)


def a_short_film(folder: Path) -> Path:
    """Write video and truth of half a second of a clip; return the video."""
    clip = Clip("w34-superman", 1, ball="no", brief=True)
    clip.view.size_px = HALF_PX
    clip.lens = Lens(clip.view, clip.lens.eye)
    film = Film(clip, QUICK)
    times = clip.track.now_s / 2 + np.arange(3) / clip.fps
    moments = [clip.moment(float(t_s)) for t_s in times]
    pictures = [film.picture(body, clip.noise()) for body, _ in moments]
    path = folder / "w34-superman--1.mp4"
    write_video(path, pictures, clip.fps, noisy=False)
    write_truth(folder / "w34-superman--1.json.gz", clip, [frame for _, frame in moments])
    return path


def test_video_truth_and_landmarks_lie_beside_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    video = a_short_film(tmp_path)
    with av.open(str(video)) as file:
        decoded = list(file.decode(video=0))
    with gzip.open(tmp_path / "w34-superman--1.json.gz") as file:
        truth = json.load(file)

    assert len(decoded) == len(truth["frames"]) == 3
    assert truth["joints"] == JOINTS
    assert (decoded[0].width, decoded[0].height) == tuple(truth["meta"]["size"])

    assert landmarks([str(tmp_path), "--model", "lite"]) == 0
    kept = tmp_path / "w34-superman--1.landmarks.npz"
    assert load_trace(kept).frames == 3
    assert "seen" in capsys.readouterr().out
    before = kept.read_bytes()
    assert landmarks([str(tmp_path)]) == 0
    assert kept.read_bytes() == before
    assert capsys.readouterr().out == ""


def test_make_writes_a_contact_sheet_and_says_who_it_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["w34-superman", "--seed", "3", "--stills", "1", "--ball", "no"]

    assert make.main([str(tmp_path), *asked]) == 0

    assert [path.name for path in tmp_path.iterdir()] == ["w34-superman--3.png"]
    assert capsys.readouterr().out.startswith("w34-superman--3: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["{}", "w12-nonsense"], "no exercise w12-nonsense"),
        (["{}", "--seed", "-1"], "no whole number from 0 up"),
        (["{}", "--n", "many"], "no whole number from 1 up"),
        (["{}", "--stills", "0"], "no whole number from 1 up"),
        (["{}", "--far", "perhaps"], "invalid choice: 'perhaps'"),
        (["{}/file"], "is a file; name a folder"),
        ([], "required: out"),
    ],
)
def test_bad_arguments_are_one_line_and_exit_code_2(
    arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    arguments = [each.format(tmp_path) for each in arguments]
    try:
        code: object = make.main(arguments)
    except SystemExit as ended:
        code = ended.code

    error = capsys.readouterr().err
    assert code == 2
    assert error.startswith("make: ")
    assert says in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("command", [verify, landmarks])
def test_a_folder_without_clips_is_one_line_and_exit_code_2(
    command: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(command)
    assert command([str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert "make.py writes some" in error
    assert error.count("\n") == 1


def a_truth(shown_deg: float) -> dict[str, object]:
    """Return a hold with a sag of 20 degrees in its script, and another in its frames."""
    fault = {"kind": "sag", "start_s": 1.0, "end_s": 3.0, "amount": 20.0}
    frames = [
        {"t_s": t_s, "phase": "hold", "bend_deg": 2.0 + (shown_deg if 1 <= t_s <= 3 else 0)}
        for t_s in np.arange(0, 4, 0.1)
    ]
    meta = {"neutral_bend_deg": 2.0}
    return {"meta": meta, "expected": {"faults": [fault]}, "frames": frames}


@pytest.mark.parametrize(("shown_deg", "said"), [(19, "19.0"), (12, "12.0 *")])
def test_verify_stars_what_the_frames_do_not_show(shown_deg: float, said: str) -> None:
    assert list(differences(a_truth(shown_deg))) == [f"sag 20.0 -> {said}"]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_demonstration_ends_where_it_begins(exercise: str) -> None:
    shares = course(exercise)

    assert shares[0] == pytest.approx(0, abs=0.01)
    assert max(shares) > 0.9
    if EXERCISES[exercise].kind != "roll":
        assert shares[-1] == pytest.approx(0, abs=0.1)  # the next picture is the first again


def test_a_demonstration_moves_and_fits_its_limit(tmp_path: Path) -> None:
    demo = Demo("w34-superman", "man", ball=False, quality=QUICK)
    start, top = demo.picture(0.0), demo.picture(1.0)
    path = tmp_path / "loop.webm"

    write_loop(path, [start, start, top], 12)

    assert np.abs(start.astype(int) - top).max() > 50
    assert 0 < path.stat().st_size <= 80_000


def test_a_loop_is_as_long_as_its_pictures_and_the_same_every_time(tmp_path: Path) -> None:
    still, moved = np.zeros((36, 64, 3), np.uint8), np.full((36, 64, 3), 200, np.uint8)
    loops = [tmp_path / "one.webm", tmp_path / "other.webm"]
    for path in loops:
        write_loop(path, [still, still, still, moved, moved, moved], 12)

    with av.open(loops[0]) as container:
        times = [frame.time for frame in container.decode(video=0)]

    assert times == pytest.approx([0, 3 / 12, 5 / 12], abs=0.002)
    assert loops[0].read_bytes() == loops[1].read_bytes()


@pytest.mark.parametrize("exercise", EXERCISES)
def test_what_is_shown_wrong_has_a_name_and_differs_from_right(exercise: str) -> None:
    doer, right = Clip(exercise, 1, brief=True).doer, state(exercise, 1.0)

    assert WRONG[exercise]
    for code in WRONG[exercise]:
        assert code in {*FAULT_CODES, *REASON_CODES}
        assert (wrong(code, right, doer) != right) == (code not in {SLIDE, ROLL_BACK})


def test_feet_that_slid_stand_elsewhere_and_never_on_a_ball() -> None:
    demo = Demo("w12-belly-bridge", "woman", ball=False, quality=QUICK)
    right, slid = demo.picture(1.0), demo.wrong_picture(SLIDE)
    assert np.abs(right.astype(int) - slid).max() > 50
    assert SLIDE not in shown_wrong("w12-belly-bridge", ball=True)


@pytest.mark.parametrize("support_m", [0.0, 0.65])
def test_what_rolls_back_stays_on_its_supports(support_m: float) -> None:
    """Of a body along the line through its supports, what lies on the line does not move."""
    x = np.linspace(SIDE_X, 1.2, 20)
    line = np.column_stack([x, support_m * (1.2 - x) / (1.2 - SIDE_X), np.zeros(20)])
    above = line + np.array([0.0, 0.4, 0.0])
    both = rolled_back(np.concatenate([line, above]), support_m)

    assert np.allclose(both[:20], line, atol=1e-9)
    assert (both[20:, 2] < -0.1).all()  # away from the camera
    assert (both[20:, 1] < above[:, 1]).all()


def test_a_scene_with_a_part_keeps_what_was_there() -> None:
    mesh = small_clip().doer.human.mesh
    scene = Scene(mesh.vertices, mesh.triangles, mesh.colours, mesh.hair)
    part = np.eye(3), np.array([[0, 1, 2]]), np.ones((3, 3))

    more = scene.with_part(*part)

    assert np.array_equal(more.vertices[: len(mesh.vertices)], mesh.vertices)
    assert (more.triangles[-1] == np.arange(3) + len(mesh.vertices)).all()
    assert not more.hair[-3:].any()
