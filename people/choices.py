"""How a person does an exercise: where arms, feet and head go, and their own line."""

from typing import Final

import numpy as np
from courses import rounded
from exercises import CRUNCH, CURL, EXERCISES, ROLL, Way
from human import Human
from limits import BALL, ball_radius_m
from persons import Person
from ways import Options

SUPINE: Final = ("bridge", "curl", "crunch")
ARMS: Final = (["sides", "across", "overhead"], [0.55, 0.3, 0.15])
CRUNCH_ARMS: Final = (["sides", "across", "head"], [0.4, 0.3, 0.3])


def draw_options(
    rng: np.random.Generator, exercise: str, person: Person, human: Human, *, ball: bool
) -> tuple[Options, float | None]:
    """Draw a person's choices, and the knee's angle in a bridge (None elsewhere)."""
    spec, o = EXERCISES[exercise], Options()
    if ball:
        o.ball, o.radius_m = BALL[exercise], ball_radius_m(person.height)
    if spec.posture in SUPINE:
        _draw_lying(rng, exercise, human, o)
    if exercise == CURL:
        o.thigh_deg, o.knee_deg = rounded(rng.uniform(76, 90), 1), rounded(rng.uniform(15, 46), 1)
    if spec.posture == "side":
        o.arms = str(rng.choice(["sides", "hip"]))
    if exercise == "w12-back-bridge":
        o.arms = "straight" if ball or rng.random() < 0.3 else "forearms"
    if spec.posture in SUPINE:
        o.head_deg = rounded(rng.choice([0, rng.uniform(8, 28)], p=[0.65, 0.35]), 1)
    else:
        o.head_deg = rounded(rng.normal(0, 7), 1)
    if spec.posture != "bridge":
        return o, None
    between_deg = (138, 165) if o.ball == "feet" else (70, 115)
    return o, rounded(rng.uniform(*between_deg), 1)


def _draw_lying(rng: np.random.Generator, exercise: str, human: Human, o: Options) -> None:
    """Draw where arms and feet of somebody on the back go."""
    arms, shares = CRUNCH_ARMS if exercise == CRUNCH else ARMS
    o.arms = str(rng.choice(arms, p=shares))
    if o.ball == "shoulders" and o.arms in ("sides", "overhead"):
        o.arms = "across" if exercise == CRUNCH else "down"
    o.spread = rounded(rng.uniform(0.8, 2.2), 2)
    if exercise not in (CRUNCH, CURL):
        return
    if o.ball:
        o.heel_m = round(human.lengths.thigh * 1.1, 3)
    else:
        o.heel_m = rounded(human.lengths.leg * rng.uniform(0.5, 0.72), 3)


def draw_way(rng: np.random.Generator, exercise: str) -> Way:
    """Draw a person's own way of doing an exercise."""
    way = Way(
        own=rounded(rng.uniform(-8, 8), 1),
        amp=rounded(rng.uniform(0.75, 1.1), 2),
        tremor=rounded(rng.choice([0.2, 0.5, 1.1], p=[0.5, 0.35, 0.15]), 2),
        tilt=rounded(rng.uniform(11, 18), 1),
    )
    if exercise in (CURL, CRUNCH, "w34-superman"):
        way.own = 0.0
    if EXERCISES[exercise].posture == "side" or exercise == ROLL:
        way.own = round(way.own * 0.7, 1)
    apart = (13, 21) if exercise == "adv-back-bridge" else (22, 34)
    way.apart = rounded(rng.uniform(*apart), 1)
    return way
