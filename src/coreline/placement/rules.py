"""The numbers of the set-up check, as data: when a picture, a body and a camera are well placed."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from coreline.programme.spec import Frozen
from coreline.programme.toml_data import parse_model

# The upper ends only catch a slip of the pen, such as centimetres for millimetres.
Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(gt=0, le=10)]
Degrees = Annotated[float, Field(gt=0, le=90)]
Millimetres = Annotated[float, Field(gt=0, le=300)]
Lengths = Annotated[float, Field(gt=0, le=3)]


class Least(Frozen):
    """A reading that must be high enough: to be accepted, and, once it was, to stay so."""

    accept: float
    refuse: float

    @model_validator(mode="after")
    def _leaves_room(self) -> Self:
        if self.refuse > self.accept:
            raise ValueError("refuse must not be above accept")
        return self

    def met(self, value: float, *, before: bool) -> bool:
        """Say whether the reading is high enough; `before` says that it was."""
        return value >= (self.refuse if before else self.accept)


class Most(Frozen):
    """A reading that must be low enough: to be accepted, and, once it was, to stay so."""

    accept: float
    refuse: float

    @model_validator(mode="after")
    def _leaves_room(self) -> Self:
        if self.refuse < self.accept:
            raise ValueError("refuse must not be below accept")
        return self

    def met(self, value: float, *, before: bool) -> bool:
        """Say whether the reading is low enough; `before` says that it was."""
        return value <= (self.refuse if before else self.accept)


class Timing(Frozen):
    """How long things are looked at.

    Readings are medians over `window_s`; nothing is said of fewer than `least_s`, nor of somebody
    found in less than `found_share` of the frames. All must be well for `pass_s`.
    """

    window_s: Seconds
    least_s: Seconds
    found_share: Share
    pass_s: Seconds


class Light(Frozen):
    """Grey values, 0 to 255; a flat picture brighter than `glare` has the light behind it."""

    brightness: Least
    contrast: Least
    glare: Annotated[float, Field(ge=0, le=255)]


class Body(Frozen):
    """The whole body in the picture: `margin` is a share of its width and height.

    `seen` is how visible the points that an exercise needs are, beyond what it asks of them; of
    every limb the better seen side must be so by `either_side`. `lying` is how steep the trunk is
    in the picture, in degrees.
    """

    margin: Least
    seen: Least
    either_side: Share
    lying: Most


class Distance(Frozen):
    """How large the body is in the picture.

    `body_lengths` is how long a stretched body is from crown to toe, in lengths from shoulder to
    ankle; `least_share` the least share of the picture's width that it fills, and `fill` the most
    of width or height that the exercise may take.
    """

    body_lengths: Lengths
    least_share: Least
    fill: Most


class Height(Frozen):
    """How high the lens may be above the floor, in metres."""

    low_m: Least
    high_m: Most


class Angle(Frozen):
    """How far the camera may be from square to the mat, and from level, in degrees.

    `yaw` and `roll` are of what was measured with the sheets; `body_yaw` and `body_roll` of what
    the pose model and the body on the floor tell, which is coarse. The latter is believed where the
    body touches the floor in two places `floor_lengths` apart.
    """

    yaw: Most
    roll: Most
    body_yaw: Most
    body_roll: Most
    floor_lengths: Lengths


class FacingLimits(Frozen):
    """Of somebody lying on the back, the belly or the side: how surely, as cosine or sine."""

    sure: Least


class Room(Frozen):
    """What an exercise needs, in lengths from shoulder to ankle: along the floor, and above it."""

    width: Lengths
    height: Lengths


class Sheets(Frozen):
    """The printed sheets: the side of the marker, and how far its lower edge is off the floor."""

    marker_mm: Millimetres
    foot_mm: Millimetres


class Lens(Frozen):
    """What is taken where nobody measured: the picture's width in degrees."""

    hfov_deg: Annotated[float, Field(ge=20, le=150)]


class Person(Frozen):
    """How people are built: shoulder to ankle as a share of the height."""

    chain_share: Share


class Moved(Frozen):
    """By how much two measurements of one camera may differ; more, and it was moved."""

    floor_share: Share
    scale_share: Share
    yaw_deg: Degrees
    coarse_factor: Annotated[float, Field(ge=1, le=10)]


class Rules(Frozen):
    """Everything the set-up check and the calibration need; `rooms` are by exercise."""

    timing: Timing
    light: Light
    body: Body
    distance: Distance
    height: Height
    angle: Angle
    side: FacingLimits
    sheets: Sheets
    lens: Lens
    person: Person
    moved: Moved
    room: Room
    rooms: dict[str, Room]

    def room_of(self, exercise_id: str) -> Room:
        """Return what an exercise needs; the usual room where nothing is said of it."""
        return self.rooms.get(exercise_id, self.room)


def parse_placement(text: str, source: str) -> Rules:
    """Return the rules in a TOML text; `source` is the file's name, for errors.

    Raises:
        BadDataError: The text is malformed.
    """
    return parse_model(text, source, Rules)
