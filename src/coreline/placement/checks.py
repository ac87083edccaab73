"""What is checked before an exercise, its advice, and what is known of a picture; values only."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How one check came out."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"  # nothing to judge it from, such as nobody in the picture


class PlacementTopic(StrEnum):
    """What is checked, in the order in which it is worth correcting."""

    LIGHT = "light"
    BODY = "body"  # the whole body with a margin
    PERSONS = "persons"  # one, and no more
    DISTANCE = "distance"
    HEIGHT = "height"  # of the camera above the floor
    ANGLE = "angle"  # of the camera to the mat
    SIDE = "side"  # the correct side of the body to the camera


@dataclass(frozen=True, slots=True)
class Check:
    """One check's verdict; `cue_id` says what to move where it failed."""

    topic: PlacementTopic
    verdict: Verdict
    cue_id: str | None = None


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What is known of a picture beside the pose in it.

    Attributes:
        width: Pixels.
        height: Pixels.
        brightness: Mean grey value, 0 to 255.
        contrast: Standard deviation of the grey values.
        persons: How many people are in it; None where nobody counted.
    """

    width: int
    height: int
    brightness: float
    contrast: float
    persons: int | None = None


class CameraTrouble(StrEnum):
    """Why a camera that was working gives no usable picture now."""

    STALLED = "stalled"  # no frame for a while
    GONE = "gone"  # unplugged, or the server closed
    FROZEN = "frozen"  # the same picture again and again
    BLACK = "black"  # covered, or no light at all
    BROKEN = "broken"  # half or garbled pictures
    RESIZED = "resized"  # pictures of another size than before
    SLOW = "slow"  # too few pictures a second to judge by
