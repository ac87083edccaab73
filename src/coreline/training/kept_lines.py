"""The person's own lines at this camera, and whether the camera still stands where it did.

A line is kept with the place of the camera, which `coreline calibrate` measures. In a session the
place is looked at again from the lying body; a camera that was moved makes the lines worthless, so
they are dropped and asked for again.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.choices.places import Places, load_places, places_file, save_places
from coreline.placement.checks import Check, PictureFacts
from coreline.placement.geometry import CameraPlace, place_from_body
from coreline.placement.neutrals import Neutral, Usual, moved
from coreline.placement.rules import Rules
from coreline.placement.setup import SetupCheck
from coreline.placement.sight import Sight, middle_of, sight_of
from coreline.programme.spec import Exercise

SIGHTS = 30  # poses from which the place is read


@dataclass(slots=True)
class KeptLines:
    """What is kept for one camera; `neutrals` is emptied when the camera has moved.

    Attributes:
        camera: Its name.
        place: What the spot is called where it stands.
        rules: The numbers of the placement.
        height_m: Of the person; without it a moved camera is not noticed.
        on_moved: Is told when the camera was moved.
        stands: Where the camera stood when it was calibrated; None where it never was, and then
            nothing can be kept.
    """

    camera: str
    place: str
    rules: Rules
    height_m: float | None = None
    on_moved: Callable[[], None] = lambda: None
    stands: CameraPlace | None = None
    neutrals: dict[tuple[str, Side | None], Usual] = field(default_factory=dict)
    _places: Places = field(default_factory=Places)

    def load(self, say: Callable[[str], None]) -> None:
        """Read what is kept; what cannot be read is said, and set aside."""
        loaded = load_places(places_file())
        if loaded.said is not None:
            say(loaded.said)
        self._places = loaded.places
        spot = loaded.places.of(self.camera, self.place)
        if spot is not None:
            self.stands = spot.stands
            self.neutrals.update(spot.neutrals.lines())

    def checker(self, exercise: Exercise, side: Side | None) -> "PlaceCheck":
        """Return the set-up check of an exercise."""
        return PlaceCheck(SetupCheck(exercise, side, self.rules, self.stands), self)

    def compare(self, sights: deque[Sight], size_px: tuple[int, int]) -> None:
        """Drop the lines when a settled body shows that the camera was moved."""
        if self.stands is None or self.height_m is None or not sights:
            return
        now = place_from_body(middle_of(sights), size_px, self.height_m, self.rules)
        if moved(self.stands, now, self.rules):
            self.stands = None
            self.neutrals.clear()
            self.on_moved()

    def keep(self, found: Sequence[Neutral]) -> None:
        """Keep the lines that were found in this session, where the camera's place is known."""
        if self.stands is None or not found:
            return
        places = self._places
        for neutral in found:
            places = places.with_neutral(self.camera, neutral, self.place)
        save_places(places_file(), places)


class PlaceCheck:
    """A set-up check that, once it has passed, compares where the camera stands."""

    def __init__(self, check: SetupCheck, lines: KeptLines) -> None:
        """Wrap a check."""
        self._check, self._lines = check, lines
        self._sights: deque[Sight] = deque(maxlen=SIGHTS)
        self._compared = False

    @property
    def passed(self) -> bool:
        """Say whether everything that can be judged is right."""
        return self._check.passed

    @property
    def advice(self) -> str | None:
        """Return the cue for what to move first."""
        return self._check.advice

    def step(
        self, t_s: float, pose: Pose | None, picture: PictureFacts | None
    ) -> tuple[Check, ...]:
        """Take in one frame and return every check."""
        checks = self._check.step(t_s, pose, picture)
        if pose is not None:
            self._sights.append(sight_of(pose))
            if self.passed and not self._compared:
                self._compared = True
                self._lines.compare(self._sights, pose.size_px)
        return checks
