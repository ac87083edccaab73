"""Which demonstrations of the exercises there are, and where they lie.

A demonstration is a loop of a rendered person, and stills: `start`, `top`, and one for each fault
that has a picture, by its code. In all of them the head is left, seen as the camera sees it, and
the side near the camera works. `people/demo.py` makes them.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from coreline.files.resources import PACKAGE, MissingResourceError, resource_dir

FOLDER: Final = "demonstrations"
LOOP, STILL = ".webm", ".webp"
START, TOP = "start", "top"
Body = Literal["woman", "man"]
BODIES: Final[tuple[Body, ...]] = ("woman", "man")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: an exercise, who does it, and whether on the ball where that can be."""

    exercise_id: str
    body: Body = "woman"
    ball: bool = False

    @property
    def name(self) -> str:
        """What its files are called."""
        return "-".join([self.exercise_id, *(["ball"] if self.ball else []), self.body])


def loop_file(shown: Shown, package: Path = PACKAGE) -> Path | None:
    """Return the loop; without one on the ball that on the floor, None without any."""
    return _file(shown, "", LOOP, package)


def still_file(shown: Shown, what: str, package: Path = PACKAGE) -> Path | None:
    """Return a still: `START`, `TOP`, or a fault's by its code; None where there is none.

    One on the floor is taken only of what is never shown on the ball: two stills go together.
    """
    return _file(shown, f"-{what}", STILL, package)


def faults_shown(shown: Shown, package: Path = PACKAGE) -> frozenset[str]:
    """Return the codes of the faults and reasons that have a still here, and not on the floor."""
    begin = f"{shown.name}-"
    whats = {
        name.removeprefix(begin).removesuffix(STILL)
        for name in _names(package)
        if name.startswith(begin) and name.endswith(STILL)
    }
    return frozenset(whats - {START, TOP})


def has_ball(exercise_id: str, package: Path = PACKAGE) -> bool:
    """Say whether an exercise is shown on the ball as well."""
    return Shown(exercise_id, ball=True).name + LOOP in _names(package)


@lru_cache(maxsize=256)  # each page asks in every tick, and a folder is looked at each time
def _file(shown: Shown, what: str, ending: str, package: Path) -> Path | None:
    # Looked up among the names that there are: one's own exercise may be called anything.
    names = _names(package)
    if shown.name + LOOP not in names:
        shown = replace(shown, ball=False)
    name = shown.name + what + ending
    return resource_dir(FOLDER, package) / name if name in names else None


@lru_cache(maxsize=4)
def _names(package: Path) -> frozenset[str]:
    """Return the names of all files; none where the folder is missing: the stick figure does."""
    try:
        return frozenset(path.name for path in resource_dir(FOLDER, package).iterdir())
    except MissingResourceError:
        return frozenset()
