"""A clip: who, where, seen from where, and what is done, all drawn from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import prone
import supine
from angles import Joints, Sides, angles, joint, signed_bend
from bodies import build
from courses import Track, rounded
from directions import Array
from exercises import CRUNCH, CURL, EXERCISES, ROLL, Doer
from fitting import measured
from holds import hold_script
from human import JOINTS, Human, Pose
from lens import lens_around
from limits import BALL
from numpy.typing import NDArray
from persons import draw_person
from places import draw_light, draw_room, draw_view
from raises import raise_script
from rolls import roll_script
from scripting import Script
from settling import blend
from ways import State

from choices import draw_options, draw_way

Wish: TypeAlias = Literal["any", "yes", "no"]

BALL_SHARE: Final = 0.35
FAR_SHARE: Final = 0.12
FPS: Final = [12, 15, 20, 24, 30]
FPS_SHARES: Final = [0.6, 0.24, 0.08, 0.04, 0.04]
BRIEF_FPS: Final = 15
# When the last repetition begins at the latest; a fast camera makes many pictures.
LIMIT_S, FAST_LIMIT_S, FAST_FPS = 15.0, 10.0, 24
# Postures that the floor must leave room for: so far may their own line be from it.
FLOOR_ROOM_DEG: Final = 16
OTHER: Final = {"left": "right", "right": "left", "front": "front"}
BALLS_RGB: Final = (
    [0.55, 0.58, 0.62],
    [0.15, 0.30, 0.60],
    [0.60, 0.16, 0.18],
    [0.20, 0.45, 0.25],
    [0.30, 0.30, 0.33],
)
ALL_FOURS_DEG: Final = 80.0
# A body of this share of "gone" is still at its place.
AT_PLACE: Final = 0.02
LEAST_GONE: Final = 1e-3
SKIPPED: Final = 40


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A body at a moment: vertices (n, 3), joints by name, centre of the ball; metres."""

    vertices: Array
    joints: Joints
    ball: Array | None


def may_be_far(exercise: str) -> bool:
    """Return whether the working leg can be the one far from the camera."""
    spec = EXERCISES[exercise]
    one_leg = bool(spec.uses) or spec.kind == "raise"
    return spec.near != "front" and one_leg and exercise not in (CURL, CRUNCH)


class Clip:
    """A clip drawn from a seed. The order of the draws is part of what a seed means.

    Attributes:
        exercise: Its id.
        spec: What it is.
        seed: From which it is drawn.
        rng: What draws; the order of calls matters to the end, see `moments`.
        room: Where it is.
        light: Of the room.
        degraded: How poor the picture is, or None.
        person: Who it is.
        view: Where the camera stands.
        doer: The person's body.
        mirrored: Whether the head lies at the right.
        far: Whether the working leg is the one away from the camera.
        sides: Which side is where.
        fps: Pictures a second.
        track: What is done.
        expected: What a judge should say of it.
        how: How it was done.
        neutral_deg: Bend of the line in good position.
        lens: The camera.
        ball_rgb: The ball's colour, or None without one.
    """

    def __init__(
        self,
        exercise: str,
        seed: int,
        *,
        ball: Wish = "any",
        far: Wish = "any",
        brief: bool = False,
        fps: int | None = None,
    ) -> None:
        """Draw a clip.

        Args:
            exercise: Its id.
            seed: From which it is drawn.
            ball: Whether there is a ball; "yes" counts where the exercise allows one.
            far: Whether the working leg is far from the camera; "yes" counts where it can be.
            brief: Whether it is to be shorter, at most 15 pictures a second.
            fps: Pictures a second; None for as many as are drawn.
        """
        self.exercise, self.seed, self.spec = exercise, seed, EXERCISES[exercise]
        rng = self.rng = np.random.default_rng([seed, list(EXERCISES).index(exercise)])
        drawn = bool(rng.random() < BALL_SHARE)
        has_ball = exercise in BALL and _wished(ball, drawn=drawn)
        self.room = draw_room(rng)
        self.light, self.degraded = draw_light(rng)
        self.person = draw_person(rng, self.room.floor, self.room.mat_rgb)
        self.view = draw_view(rng, exercise)
        self.doer = self._draw_doer(has_ball=has_ball)
        self.mirrored = bool(rng.random() < 0.5)
        self.far = may_be_far(exercise) and _wished(far, drawn=bool(rng.random() < FAR_SHARE))
        self.sides = self._sides()
        self._shift: Array = np.zeros(3)
        self._beats: Array = rng.uniform(0, 6.28, 8)
        self._gathered: Pose | None = None
        drawn_fps = int(rng.choice(FPS, p=FPS_SHARES))
        self.fps = fps or (min(drawn_fps, BRIEF_FPS) if brief else drawn_fps)
        self.track = Track()
        self.expected, self.how = self._write(brief=brief)
        self.how["working_leg_far"] = self.far
        self._put_in_the_middle()
        self.neutral_deg = round(self._angles(self.body(self.good()).joints)["bend_deg"], 2)
        self.lens = lens_around(self.view, self._reached())
        self.ball_rgb = BALLS_RGB[rng.integers(len(BALLS_RGB))] if has_ball else None

    def _draw_doer(self, *, has_ball: bool) -> Doer:
        """Draw the person's way, and measure the body for it."""
        rng, human = self.rng, Human(build(self.person))
        options, knee_deg = draw_options(rng, self.exercise, self.person, human, ball=has_ball)
        way = draw_way(rng, self.exercise)
        way.knee = knee_deg
        doer = measured(human, self.spec, options, knee_deg)
        doer.way = way
        if self.spec.posture in ("side", "plank", "reverse"):
            way.own = round(min(way.own, doer.rest_deg - FLOOR_ROOM_DEG), 1)
        return doer

    def _sides(self) -> Sides:
        near, work = self.spec.near, self.spec.work
        if self.far:
            work = OTHER[work]
        self.doer.side = work[0]
        if self.mirrored:
            near, work = OTHER[near], OTHER[work]
        return Sides("both in turn" if self.spec.kind == "roll" else near, work, OTHER[work])

    def _write(self, *, brief: bool) -> tuple[dict[str, Any], dict[str, Any]]:
        """Write the course; return what a judge should say, and how it was done."""
        script = Script(self.rng, self.exercise, self.doer, brief, self.track)
        if self.spec.kind == "hold":
            return hold_script(script)
        if self.spec.kind == "roll":
            return roll_script(script)
        heights, states = self._heights()

        def at_height(height: float) -> float:
            return float(np.interp(height, heights, states))

        return raise_script(script, at_height, LIMIT_S if self.fps < FAST_FPS else FAST_LIMIT_S)

    def _heights(self) -> tuple[Array, Array]:
        """Return how high the foot (cm) or the trunk (degrees) of 17 states of a raise comes."""
        crunch = self.exercise == CRUNCH
        states = np.linspace(0, 80 if crunch else 1, 17)
        field, scale = ("trunk_deg", 1) if crunch else ("foot_y_m", 100)
        name = "curl" if crunch else "q"
        fields = [self._angles(self.body(self.good(**{name: x})).joints) for x in states]
        heights = np.array([each[field] for each in fields])
        return np.maximum.accumulate((heights - heights[0]) * scale), states

    def _put_in_the_middle(self) -> None:
        """Shift the body so that good position lies in the middle of the mat."""
        vertices = self.body(self.good()).vertices
        low, high = vertices.min(0), vertices.max(0)
        depth = 0 if self.spec.kind == "roll" else -0.5 * (low[2] + high[2])
        self._shift = np.array([-0.5 * (low[0] + high[0]), 0, depth])

    def _reached(self) -> Array:
        """Return points (n, 3) of the body that must stay in the picture."""
        points = []
        for t_s in np.linspace(0, self.track.now_s - 0.1, 12):
            state = self.track.state(t_s)
            if state.gone < AT_PLACE:
                points.append(self.body(state).vertices[::SKIPPED])
        top = self.good(q=1.0 if self.spec.kind == "raise" else 0.0)
        return np.concatenate([*points, self.body(top).vertices[::SKIPPED]])

    def good(self, **more: float) -> State:
        """Return the state in good position, working leg down."""
        at_place = self.exercise != CRUNCH and self.spec.kind != "roll"
        used = dict.fromkeys(self.spec.uses, 1.0)
        return State(**{"pos": 1.0 if at_place else 0.0, **more, **used})

    def state(self, t_s: float) -> State:
        """Return the state at a time, with breath and tremor on top of the script."""
        s, a = self.track.state(t_s), self.doer.way.tremor
        live = max(s.pos, s.curl / 40, self.spec.kind == "roll")

        def beat(hertz: float, number: int) -> float:
            return float(np.sin(2 * np.pi * hertz * t_s + self._beats[number]))

        s.dev += (
            live
            * a
            * (0.8 * beat(0.27, 0) + 0.5 * beat(1.3, 1) + 0.25 * beat(3.1, 4) + 0.6 * beat(0.11, 5))
        )
        if self.exercise != CURL:
            s.sink += live * (s.q + s.leg) * a * (0.9 * beat(0.9, 2) + 0.5 * beat(2.3, 6))
        s.curl += a * beat(0.9, 2) * s.curl / 40
        s.swing += live * 1.5 * a * beat(0.4, 3)
        s.legs_sink += live * 0.05 * a * beat(0.5, 2)
        s.arms_sink += live * 0.05 * a * beat(0.4, 3)
        return s

    def body(self, state: State) -> Body:
        """Return the body in a state."""
        human = self.doer.human
        pose = self.doer.pose(state)
        if state.gone > LEAST_GONE:
            pose = blend(human, pose, self._gathered_pose(), state.gone)
        vertices, joints = human.pose(pose)
        flip = np.array([-1, 1, 1]) if self.mirrored else np.ones(3)

        def seen(point: Array) -> Array:
            return np.asarray((point + self._shift) * flip)

        ball = None if pose.ball is None else seen(pose.ball)
        names = {name: _other_side(name) if self.mirrored else name for name in joints}
        return Body(seen(vertices), {names[n]: seen(p) for n, p in joints.items()}, ball)

    def _gathered_pose(self) -> Pose:
        """Return how this person sits or kneels before or after; drawn when first asked for."""
        if self._gathered is None:
            human, at_m = self.doer.human, self.rng.uniform(-0.15, 0.15)
            stoop_deg = ALL_FOURS_DEG
            if self.exercise != ROLL:
                stoop_deg = float(self.rng.choice([0, ALL_FOURS_DEG]))
            if self.spec.near == "left":
                self._gathered = prone.kneel(human, 0.15 + at_m, stoop_deg)
            else:
                self._gathered = supine.sit(human, 0.05 + at_m)
        return self._gathered

    def _angles(self, joints: Joints) -> dict[str, float]:
        return angles(joints, self.exercise, self.spec, self.sides, mirrored=self.mirrored)

    @property
    def frames(self) -> int:
        """Number of pictures."""
        return int(self.track.now_s * self.fps)

    def moment(self, t_s: float) -> tuple[Body, dict[str, Any]]:
        """Return the body at a time, and the frame of the truth."""
        body = self.body(self.state(t_s))
        px = self.lens.project(np.array([body.joints[name] for name in JOINTS]))[:, :2]
        fields = self._angles(body.joints)
        if self.spec.kind == "roll":
            fields["roll_deg"] = self.track.value("roll", t_s)
        flat = {name: p * [1, -1] for name, p in zip(JOINTS, px, strict=True)}
        line = (joint(flat, name) for name in self.sides.line(self.spec))
        return body, {
            "t_s": round(t_s, 4),
            "phase": self.track.phase(t_s),
            **{name: round(x, 2 if name.endswith("deg") else 4) for name, x in fields.items()},
            "bend_px_deg": round(signed_bend(*line), 2),
            "px": [[rounded(x, 1) for x in p] for p in px],
            "xyz": [[rounded(x, 3) for x in body.joints[name]] for name in JOINTS],
            "ball": None if body.ball is None else [rounded(x, 3) for x in body.ball],
        }

    def moments(self) -> Iterator[tuple[Body, dict[str, Any], NDArray[np.float64] | None]]:
        """Yield body, frame of the truth and the picture's noise, picture by picture.

        The noise is drawn here, and always: getting up draws from the same source.
        """
        for number in range(self.frames):
            body, frame = self.moment(number / self.fps)
            yield body, frame, self.noise()

    def noise(self) -> NDArray[np.float64] | None:
        """Draw the noise (h, w, 3) of one poor picture; None for a good one."""
        if self.degraded is None:
            return None
        w, h = self.view.size_px
        return self.rng.normal(0, self.degraded.noise, (h, w, 3))

    def meta(self) -> dict[str, Any]:
        """Return everything about the clip that holds for all frames, as it stands in the truth."""
        o, person = self.doer.options, self.person
        ball = {"at": o.ball, "diameter_cm": round(200 * o.ball_m)} if o.ball else None
        return {
            "exercise": self.exercise,
            "set": "POP",
            "kind": self.spec.kind,
            "body": f"{person.sex} {person.age:.0f} y {person.height:.2f} m",
            "fps": self.fps,
            "size": list(self.view.size_px),
            "camera": self.view.as_json(),
            "head": "right" if self.mirrored else "left",
            "near_side": self.sides.near,
            "working_side": self.sides.work,
            "support_side": self.sides.support,
            "line": self.sides.line(self.spec),
            "main_signal": self.spec.signal,
            "neutral_bend_deg": self.neutral_deg,
            "degraded": self.degraded.as_json() if self.degraded else None,
            "seed": self.seed,
            "ball": ball,
            "person": person.as_json(),
            "way": {**self.doer.way.as_json(), "options": o.as_json()},
            "done": self.how,
            "light": self.light.as_json(),
        }


def _wished(wish: Wish, *, drawn: bool) -> bool:
    """Return what is wished, or what was drawn if anything will do."""
    return drawn if wish == "any" else wish == "yes"


def _other_side(name: str) -> str:
    """Return the name of a joint on the other side of the body."""
    side, _, rest = name.partition("_")
    return f"{OTHER[side]}_{rest}" if side in OTHER else name
