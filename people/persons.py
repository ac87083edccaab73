"""Who is drawn: shape, skin, hair and clothes of a person, as numbers."""

from dataclasses import asdict, dataclass
from itertools import product
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from courses import rounded
from directions import Array

Rgb: TypeAlias = list[float]
HairKind: TypeAlias = Literal["short", "cropped", "bald", "bun", "tail"]

RACES: Final = ("caucasian", "african", "asian")
MUSCLE: Final = ("minmuscle", "averagemuscle", "maxmuscle")
WEIGHT: Final = ("minweight", "averageweight", "maxweight")
# Of men and women, metres: mean and spread. Assumed, not taken from a survey.
STATURE_M: Final = {"male": (1.77, 0.08), "female": (1.65, 0.07)}
LEAST_M, MOST_M = 1.55, 1.95
SKINS: Final[tuple[Rgb, ...]] = (
    [0.80, 0.60, 0.50],
    [0.72, 0.52, 0.42],
    [0.66, 0.46, 0.36],
    [0.58, 0.38, 0.29],
    [0.48, 0.31, 0.22],
    [0.36, 0.22, 0.15],
    [0.25, 0.15, 0.10],
)
# The last two are grey.
HAIRS: Final[tuple[Rgb, ...]] = (
    [0.03, 0.025, 0.02],
    [0.06, 0.04, 0.03],
    [0.14, 0.08, 0.05],
    [0.25, 0.16, 0.09],
    [0.45, 0.33, 0.18],
    [0.36, 0.14, 0.07],
    [0.50, 0.50, 0.49],
    [0.68, 0.68, 0.67],
)
GREY_FROM: Final = 6
CLOTHES: Final[tuple[Rgb, ...]] = (
    [0.04, 0.04, 0.05],
    [0.10, 0.10, 0.12],
    [0.30, 0.30, 0.32],
    [0.72, 0.72, 0.70],
    [0.10, 0.22, 0.42],
    [0.06, 0.08, 0.20],
    [0.45, 0.10, 0.16],
    [0.12, 0.32, 0.22],
    [0.60, 0.42, 0.12],
    [0.40, 0.24, 0.46],
    [0.55, 0.30, 0.36],
    [0.16, 0.36, 0.44],
)
GREY_SHOES: Final[Rgb] = [0.6, 0.6, 0.6]
SHAPES: Final = (
    "thigh",
    "calf",
    "torso",
    "shoulders",
    "hips",
    "seat",
    "upperarm",
    "lowerarm",
    "belly",
    "chin",
)
# These girths may go further than the lengths before a body looks wrong.
FULL_SHAPES: Final = ("seat", "belly", "chin")


@dataclass(frozen=True, slots=True)
class Person:
    """A person's numbers; the names are those of the truth.

    Attributes:
        sex: male or female.
        age: Years.
        height: Metres.
        muscle: 0..1.
        weight: 0..1.
        races: Share of each origin (RACES).
        shapes: -1..1 by shape (SHAPES), lengths and girths against the average.
        cup: -1..1.
        skin: Linear colour.
        hair_kind: How it is worn.
        hair: Linear colour.
        shirt: Linear colour.
        shorts: Linear colour.
        shoes: Linear colour.
        low_contrast: Whether the clothes have the colours of floor and mat.
        barefoot: Whether no shoes are worn.
        sleeve: How far the sleeves go, in upper arms from the shoulder.
        leg: Where the trousers end: 1 at the hips, 0 at the knee, -1 at the ankle.
        wide: 0 tight clothes .. 1 wide.
    """

    sex: str
    age: float
    height: float
    muscle: float
    weight: float
    races: list[float]
    shapes: dict[str, float]
    cup: float
    skin: Rgb
    hair_kind: str
    hair: Rgb
    shirt: Rgb
    shorts: Rgb
    shoes: Rgb
    low_contrast: bool
    barefoot: bool
    sleeve: float
    leg: float
    wide: float

    def as_json(self) -> dict[str, Any]:
        """Return it as it stands in the truth."""
        return asdict(self)


def draw_person(rng: np.random.Generator, floor: Rgb, mat: Rgb) -> Person:
    """Draw a person; a quarter of them wear the colours of the floor or the mat."""
    sex = "male" if rng.random() < 0.5 else "female"
    age = float(rng.choice([rng.uniform(20, 45), rng.uniform(45, 70)]))
    skin = SKINS[rng.integers(len(SKINS))]
    grey = rng.random() < (age - 40) / 40
    low_contrast = rng.random() < 0.25
    alike = [np.array(c) * rng.uniform(0.8, 1.2) for c in ([floor, mat] if low_contrast else [])]
    shapes = _draw_shapes(rng)
    hair_kind = _draw_hair(rng, sex)
    return Person(  # the order of the draws is part of what a seed means
        sex=sex,
        age=round(age, 1),
        height=rounded(np.clip(rng.normal(*STATURE_M[sex]), LEAST_M, MOST_M), 3),
        muscle=rounded(rng.uniform(0.1, 0.85), 3),
        weight=rounded(rng.uniform(0.25, 1.0), 3),
        races=[rounded(x, 3) for x in rng.dirichlet([0.7, 0.7, 0.7])],
        shapes=shapes,
        cup=rounded(rng.uniform(-1, 0.8), 2),
        skin=[rounded(x, 3) for x in np.array(skin) * rng.uniform(0.92, 1.08)],
        hair_kind=hair_kind,
        hair=HAIRS[rng.integers(GREY_FROM, 8) if grey else rng.integers(0, GREY_FROM)],
        shirt=_draw_cloth(rng, alike),
        shorts=_draw_cloth(rng, alike),
        shoes=GREY_SHOES if rng.random() < 0.5 else _draw_cloth(rng, alike),
        low_contrast=bool(low_contrast),
        barefoot=bool(rng.random() < 0.3),
        sleeve=rounded(rng.choice([0.12, 0.45, 0.95, 1.9]), 2),
        leg=rounded(rng.choice([0.55, 0.25, -0.45, -0.85]), 2),
        wide=rounded(rng.choice([0, rng.uniform(0.6, 1.0)], p=[0.6, 0.4]), 2),
    )


def _draw_shapes(rng: np.random.Generator) -> dict[str, float]:
    shapes = {name: float(np.clip(rng.normal(0, 0.45), -1, 1)) for name in SHAPES}
    long_legs = float(rng.normal(0, 0.25))
    shapes["thigh"] += long_legs
    shapes["calf"] += long_legs
    shapes["belly"] = float(np.clip(rng.normal(0.1, 0.2), 0, 0.5))
    shapes["chin"] = float(np.clip(rng.normal(0.1, 0.3), 0, 0.8))
    return {name: round(share, 3) for name, share in shapes.items()}


def _draw_hair(rng: np.random.Generator, sex: str) -> str:
    if sex == "male":
        return str(rng.choice(["short", "cropped", "bald"], p=[0.6, 0.25, 0.15]))
    return str(rng.choice(["bun", "short", "tail"], p=[0.4, 0.3, 0.3]))


def _draw_cloth(rng: np.random.Generator, alike: list[Array]) -> Rgb:
    colour = alike[rng.integers(2)] if alike else np.array(CLOTHES[rng.integers(len(CLOTHES))])
    return [rounded(x, 3) for x in np.clip(colour * rng.uniform(0.8, 1.2), 0.02, 0.85)]


def shape_weights(person: Person) -> dict[str, float]:
    """Return how much of every shape of basis.npz makes this person."""
    weights: dict[str, float] = {}
    # Not made a float of Python: numpy would then move the joints in single precision, and a seed
    # give another body in the ninth digit.
    sex, old = person.sex, np.clip((person.age - 25) / 65, 0, 1)
    for age, share in (("young", 1 - old), ("old", old)):
        for race, part in zip(RACES, person.races, strict=True):
            weights[f"{race}-{sex}-{age}"] = share * part
        muscle, weight = _levels(person.muscle, MUSCLE), _levels(person.weight, WEIGHT)
        for (m, m_share), (w, w_share) in product(muscle.items(), weight.items()):
            weights[f"{sex}-{age}-{m}-{w}"] = share * m_share * w_share
    tall = (person.height - STATURE_M[sex][0]) / 0.3
    weights[f"{sex}-{'maxheight' if tall > 0 else 'minheight'}"] = min(abs(tall), 0.5)
    if sex == "female":
        weights["maxcup" if person.cup > 0 else "mincup"] = abs(person.cup)
    for name, x in person.shapes.items():
        weights[name + ("+" if x > 0 else "-")] = abs(x) * (0.8 if name in FULL_SHAPES else 0.36)
    return weights


def _levels(x: float, names: tuple[str, str, str]) -> dict[str, float]:
    """Return the shares of least, average and most for a level 0..1."""
    shares = (max(0, 1 - 2 * x), 1 - abs(2 * x - 1), max(0, 2 * x - 1))
    return dict(zip(names, shares, strict=True))
