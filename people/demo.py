"""Demonstrations for patients: loops and stills of every exercise, floor and ball, right and wrong.

    python people/demo.py OUT [EXERCISE ...] [--only floor|ball] [--body woman|man] [--sheets DIR]

Writes <id>[-ball]-<body>.webm (640 x 360, at most 80 kB), and stills beside it (.webp): -start,
-top, and one for each fault that can be drawn, by the code that the program gives it. A plain
studio, a long lens, two people of middle size. The head is left, and the leg that works is the one
near the camera: mirrored, it is the other side, just as the camera would see that.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final

import av
import numpy as np
from arguments import Parser, exercises_named, folder, run
from bodies import build, ellipsoid
from courses import smooth
from directions import Array
from exercises import CRUNCH, EXERCISES, Doer
from films import write_sheet
from fitting import measured
from human import Human
from lens import Lens
from limits import BALL, ball_radius_m
from persons import SHAPES, Person
from PIL import Image
from places import PLAIN, Light, Room, View
from render import Picture, Quality, Renderer, Scene
from ways import Options, State
from wrong import ROLL_BACK, SLID_KNEE_DEG, SLID_THIGHS, SLIDE, rolled_back, shown_wrong, wrong

NAME: Final = "demo"
SIZE_PX: Final = (640, 360)
FPS, ROLL_FPS, ROLL_S = 12, 8, 5
ROLL_TOP: Final = 0.5
LARGEST_BYTES: Final = 80_000
# VP9's, the best first. As animated WebP a loop is three times as large, or full of blocks.
QUALITIES: Final = (20, 23, 26, 30, 34, 40)
STILL_QUALITY: Final = 82
SHEET_PICTURES, SHEET_COLUMNS = 8, 4
WOMAN: Final = Person(
    sex="female",
    age=44.0,
    height=1.68,
    muscle=0.42,
    weight=0.58,
    races=[0.4, 0.3, 0.3],
    shapes={**dict.fromkeys(SHAPES, 0.0), "upperarm": 0.1, "belly": 0.1},
    cup=0.0,
    skin=[0.62, 0.43, 0.33],
    hair_kind="bun",
    hair=[0.14, 0.08, 0.05],
    shirt=[0.10, 0.38, 0.42],
    shorts=[0.07, 0.09, 0.14],
    shoes=[0.75, 0.75, 0.74],
    low_contrast=False,
    barefoot=False,
    sleeve=0.45,
    leg=-0.75,
    wide=0.0,
)
MAN: Final = replace(
    WOMAN,
    sex="male",
    age=52.0,
    height=1.78,
    muscle=0.42,
    weight=0.62,
    shapes={**dict.fromkeys(SHAPES, 0.0), "belly": 0.3},
    hair_kind="short",
    skin=[0.50, 0.33, 0.24],
    hair=[0.05, 0.04, 0.03],
    shirt=[0.12, 0.22, 0.50],
    shorts=[0.08, 0.08, 0.10],
    leg=0.25,
)
BODIES: Final = {"woman": WOMAN, "man": MAN}
GREY: Final = [1.3, 1.32, 1.34]
BALL_RGB: Final = (0.62, 0.66, 0.72)
BALL_RINGS: Final = 40
STUDIO_LIGHT: Final = Light(
    key=[-0.35, 0.9, 0.55], key_gain=0.9, exposure=0.86, key_rgb=[1.0, 0.96, 0.88]
)
STUDIO: Final = Quality(
    samples=3, shadow_px=640, lamps=24, still_m=0.002, ambient=(0.20, 0.20, 0.205), noise=0.0
)
# Focal length in widths of the picture: a long lens from further away shows little perspective.
FOCAL: Final = 1.25
# Share of the picture's width and height that the body fills.
WIDE, HIGH = 0.80, 0.86
# Seconds at the start, up, at the top, down.
BEATS: Final = {"hold": (0.5, 1.1, 1.5, 0.9), "raise": (0.4, 0.8, 1.6, 0.8)}
CURL_DEG: Final = 27
PLANK_APART_DEG: Final = 17


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what the command line asks for; return the exit code."""
    parser = Parser(prog=NAME, description="Render demonstrations of the exercises.")
    parser.add_argument("out", type=Path, help="folder to write in")
    parser.add_argument(
        "exercises", nargs="*", default=[], metavar="exercise", help="ids; all by default"
    )
    parser.add_argument("--only", choices=("floor", "ball"), help="one of the two")
    parser.add_argument("--body", choices=tuple(BODIES), help="one of the two")
    parser.add_argument("--sheets", type=Path, help="folder for a contact sheet of every loop")
    return run(NAME, partial(_make, parser.parse_intermixed_args(arguments)))


def _make(options: argparse.Namespace) -> None:
    exercises, out = exercises_named(options.exercises), folder(options.out)
    sheets = None if options.sheets is None else folder(options.sheets)
    surfaces = [
        ball for ball, name in ((False, "floor"), (True, "ball")) if options.only in {None, name}
    ]
    bodies = [options.body] if options.body else list(BODIES)
    for exercise, ball, body in product(exercises, surfaces, bodies):
        if exercise in BALL or not ball:
            name = "-".join([exercise, *(["ball"] if ball else []), body])
            write_demo(out / name, Demo(exercise, body, ball=ball), sheets)


class Demo:
    """An exercise as it should be done, seen from the side."""

    def __init__(self, exercise: str, body: str, *, ball: bool, quality: Quality = STUDIO) -> None:
        """Place a person and a camera that sees the whole movement, and all that goes wrong."""
        self.exercise, self.spec = exercise, EXERCISES[exercise]
        self._doer = _doer(exercise, BODIES[body], ball=ball)
        self.wrongs = shown_wrong(exercise, ball=ball)
        slides = SLIDE in self.wrongs
        self._slid = _doer(exercise, BODIES[body], ball=ball, slid=True) if slides else self._doer
        points = self._reached()
        low, high = points.min(0), points.max(0)
        self._shift = np.array([-0.5 * (low[0] + high[0]), 0, -0.5 * (low[2] + high[2])])
        half_m = 0.5 * (high[0] - low[0])
        mat = (-half_m - 0.06, half_m + 0.06, -0.34, 0.34)
        room = Room(-7.0, mat, [0.30, 0.46, 0.56], GREY, [0.86, 0.87, 0.88], PLAIN, GREY[0])
        self._renderer = Renderer(_lens(high - low, high[1]), room, STUDIO_LIGHT, quality)

    def _reached(self) -> Array:
        """Return points (n, 3) of body and ball through the whole movement."""
        steps = 9 if self.spec.kind == "roll" else 4
        states = [state(self.exercise, share) for share in np.linspace(0, 1, steps)]
        scenes = [self._scene(each) for each in states]
        scenes += [self._wrong(code) for code in self.wrongs]
        return np.concatenate([scene.vertices[::5] for scene in scenes])

    def _wrong(self, code: str) -> Scene:
        """Return body and ball at a fault."""
        right = state(self.exercise, self.top)
        return self._scene(wrong(code, right, self._doer), code)

    @property
    def top(self) -> float:
        """The share of the movement at which it is right or wrong."""
        return ROLL_TOP if self.spec.kind == "roll" else 1.0

    def _scene(self, s: State, code: str = "") -> Scene:
        """Return body and ball in a state, where the body is; `code` is the fault, if there is."""
        doer = self._slid if code == SLIDE else self._doer
        pose = doer.pose(s)
        mesh = doer.human.mesh
        vertices = doer.human.pose(pose)[0]
        if code == ROLL_BACK:
            vertices = rolled_back(vertices, 2 * doer.options.ball_m)
        scene = Scene(vertices, mesh.triangles, mesh.colours, mesh.hair)
        if pose.ball is None:
            return scene
        radius_m = doer.options.ball_m
        ball, triangles = ellipsoid((0, 0, 0), (radius_m,) * 3, BALL_RINGS)
        return scene.with_part(ball + pose.ball, triangles, np.tile(BALL_RGB, (len(ball), 1)))

    def picture(self, share: float) -> Picture:
        """Return the picture with the movement done to a share."""
        return self._rendered(self._scene(state(self.exercise, share)))

    def wrong_picture(self, code: str) -> Picture:
        """Return the picture of a fault, by its code."""
        return self._rendered(self._wrong(code))

    def _rendered(self, scene: Scene) -> Picture:
        return self._renderer.render(replace(scene, vertices=scene.vertices + self._shift))

    def pictures(self) -> list[Picture]:
        """Return the loop; what stands still is rendered once."""
        pictures: list[Picture] = []
        last = None
        for share in course(self.exercise):
            still = last is not None and abs(share - last) <= 1e-6
            pictures.append(pictures[-1] if still else self.picture(share))
            last = share
        return pictures


def _doer(exercise: str, person: Person, *, ball: bool, slid: bool = False) -> Doer:
    """Return a person who shows an exercise, or whose feet have slid away at it."""
    spec = EXERCISES[exercise]
    human = Human(build(person))
    o = Options(arms="sides", spread=1.2)
    if ball:
        o.ball, o.radius_m = BALL[exercise], ball_radius_m(person.height)
    if o.ball == "shoulders":
        o.arms = "across"
    if ball and exercise == "w12-back-bridge":
        o.arms = "straight"
    if exercise == CRUNCH:
        o.heel_m = human.lengths.thigh * (SLID_THIGHS if slid else 1.1)
    knee_deg: float | None = SLID_KNEE_DEG if slid else 150.0 if o.ball == "feet" else 90.0
    if spec.posture != "bridge":
        knee_deg = None
    doer = measured(human, spec, o, knee_deg)
    doer.side = spec.work[0]
    if spec.posture == "plank":
        doer.way.apart = PLANK_APART_DEG
    return doer


def _lens(size_m: Array, top_m: float) -> Lens:
    """Return a lens that sees a body of some size, (3,) metres, whose top is so high."""
    width, height = SIZE_PX
    fits = (size_m[0] / WIDE * FOCAL, top_m / HIGH * FOCAL * width / height, 2.0)
    distance_m = float(max(fits) + 0.25 * size_m[2])
    eye_m = float(0.45 + 0.1 * top_m)
    view = View(
        yaw_deg=0.0,
        height_m=eye_m,
        distance_m=distance_m,
        roll_deg=0.0,
        hfov_deg=float(2 * np.degrees(np.arctan(0.5 / FOCAL))),
        k1=0.0,
        tilt_deg=0.0,
        aside_m=0.0,
        size_px=SIZE_PX,
        pitch_deg=-float(np.degrees(np.arctan2(eye_m - 0.47 * top_m, distance_m))),
    )
    return Lens(view, np.array([0, eye_m, distance_m]))


def state(exercise: str, share: float) -> State:
    """Return the state with the movement done to a share: first the line, then the leg."""
    spec = EXERCISES[exercise]
    if exercise == CRUNCH:
        return State(curl=CURL_DEG * share)
    if spec.kind == "roll":
        return State(roll=360 * share)
    if spec.kind == "raise":
        return State(pos=1.0, q=share, **dict.fromkeys(spec.uses, 1.0))
    pos = smooth(min(1, share * 1.5)) if "leg" in spec.uses else share
    return State(pos=pos, **dict.fromkeys(spec.uses, smooth(max(0, share * 2 - 1))))


def course(exercise: str) -> list[float]:
    """Return the share of the movement that is done, picture by picture."""
    spec = EXERCISES[exercise]
    if spec.kind == "roll":
        x = np.arange(ROLL_S * ROLL_FPS) / (ROLL_S * ROLL_FPS)
        # Slower in each of the four positions.
        return [float(u) for u in x - np.sin(8 * np.pi * x) / (8 * np.pi) * 0.8]
    start_s, up_s, top_s, down_s = BEATS[spec.kind]
    in_parts = "leg" in spec.uses and spec.kind == "hold"  # each part is smooth by itself
    shares = []
    for number in range(int((start_s + up_s + top_s + down_s) * FPS)):
        t_s = number / FPS - start_s
        up, down = (min(max(x, 0), 1) for x in (t_s / up_s, (t_s - up_s - top_s) / down_s))
        shares.append(up * (1 - down) if in_parts else smooth(up) * (1 - smooth(down)))
    return shares


def write_demo(path: Path, demo: Demo, sheets: Path | None) -> None:
    """Write loop, stills and contact sheet of a demonstration; `path` has no ending."""
    pictures = demo.pictures()
    loop = path.with_name(path.name + ".webm")
    quality = write_loop(loop, pictures, ROLL_FPS if demo.spec.kind == "roll" else FPS)
    stills = {"start": demo.picture(0.0), "top": demo.picture(demo.top)}
    stills |= {code: demo.wrong_picture(code) for code in demo.wrongs}
    for what, picture in stills.items():
        file = path.with_name(f"{path.name}-{what}.webp")
        Image.fromarray(picture).save(file, "WEBP", quality=STILL_QUALITY, method=5)

    if sheets is not None:
        numbers = np.linspace(0, len(pictures) - 1, SHEET_PICTURES).astype(int)
        shown = [pictures[i] for i in numbers] + list(stills.values())
        write_sheet(sheets / f"{path.name}.png", shown, SHEET_COLUMNS)
    size = loop.stat().st_size
    print(f"{path.name}: {len(pictures)} frames, quality {quality}, {size} bytes", flush=True)


def write_loop(path: Path, pictures: Sequence[Picture], fps: int) -> int:
    """Write a loop at the best quality that keeps it small; return the quality.

    A picture that is the same as the one before is left out: that one lasts longer. Only the last
    is written all the same, since nothing else says how long the loop is.
    """
    last = len(pictures) - 1
    kept = [
        (number, picture)
        for number, picture in enumerate(pictures)
        if number in {0, last} or not np.array_equal(picture, pictures[number - 1])
    ]
    for quality in QUALITIES:
        _encode(path, kept, fps, quality)
        if path.stat().st_size <= LARGEST_BYTES:
            break
    return quality


def _encode(path: Path, kept: Sequence[tuple[int, Picture]], fps: int, quality: int) -> None:
    """Write numbered pictures as one video; the same ones give the same file."""
    options = {"crf": str(quality), "b:v": "0", "deadline": "good", "cpu-used": "0", "g": "999"}
    with av.open(path, "w", container_options={"fflags": "bitexact"}) as container:
        stream = container.add_stream("libvpx-vp9", rate=fps, options=options)
        height, width = kept[0][1].shape[:2]
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, fps)
        stream.codec_context.thread_count = 1
        for number, picture in kept:
            frame = av.VideoFrame.from_ndarray(picture)
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


if __name__ == "__main__":
    sys.exit(main())
