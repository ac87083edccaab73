"""The verdict on each topic, from settled readings; what was accepted is refused a little later."""

from dataclasses import dataclass

from coreline.body.measures import Side
from coreline.placement.checks import Check, PictureFacts, PlacementTopic, Verdict
from coreline.placement.geometry import CameraPlace
from coreline.placement.rules import Room, Rules
from coreline.placement.sight import Part, Sight
from coreline.programme.spec import Exercise


@dataclass(frozen=True, slots=True)
class PlacementNeeds:
    """What an exercise asks of the placement.

    Attributes:
        room: what it takes, along the floor and above it.
        on_side: it is done lying on the side, chest to the camera.
        side: the side that must be near, or, of `on_side`, up; None where any will do.
        position_cue: how to lie, for somebody who does not.
    """

    room: Room
    on_side: bool
    side: Side | None
    position_cue: str


@dataclass(frozen=True, slots=True)
class PlacementReadings:
    """What is known at one moment: medians of about a second.

    Attributes:
        sight: None when nobody was found in enough frames.
        seen: by how much the needed points are seen better than needed.
        worst: the part of the body that is seen worst.
        glimpsed: somebody was found at all, if only in a few frames.
        picture: None when nothing is known of it.
        place: None for a camera that was not calibrated.
    """

    sight: Sight | None
    seen: float
    size_px: tuple[int, int]
    picture: PictureFacts | None
    place: CameraPlace | None
    worst: Part = Part.TRUNK
    glimpsed: bool = False


TURN_AROUND = "setup.turn_around"  # advice, and no condition for long
_SIDE_ON = "setup.side_on"
_LIE_DOWN = "setup.lie_down"
_TOO_NEAR = "setup.step_back"
_WHOLE_BODY = "setup.whole_body"
_HIDDEN = {Part.ARMS: "setup.arms_hidden", Part.LEGS: "setup.legs_hidden"}


def wanted_of(exercise: Exercise, side: Side | None, rules: Rules) -> PlacementNeeds:
    """Return what an exercise asks of the placement when it is done on a side.

    The leg that works is near, or, lying on the side, up; of an exercise named after the side one
    lies on, the other side is up. A symmetrical pose may face either way.
    """
    on_side = exercise.view == "chest"
    if exercise.sides == "each_side" and side is not None:
        side = side.other
    if exercise.sides not in ("each_leg", "each_side"):
        side = None
    return PlacementNeeds(rules.room_of(exercise.id), on_side, side, _position_cue(exercise))


def _position_cue(exercise: Exercise) -> str:
    """Return how to lie: what the start position says first."""
    if exercise.judging is None:
        return _SIDE_ON
    cue = exercise.judging.start.conditions[0].cue
    return cue if cue is not None and cue.startswith("pos.") else _SIDE_ON


def hidden_cue(part: Part) -> str:
    """Return what is said of a part of the body that is not seen."""
    return _HIDDEN.get(part, _WHOLE_BODY)


def verdicts(
    rules: Rules,
    wanted: PlacementNeeds,
    scene: PlacementReadings,
    accepted: frozenset[PlacementTopic],
) -> tuple[Check, ...]:
    """Return a check of every topic, in their order; `accepted` are those that passed before."""
    judge = _Judge(rules, wanted, accepted)
    return (
        judge.light(scene),
        judge.body(scene),
        judge.persons(scene),
        judge.distance(scene),
        judge.height(scene),
        judge.angle(scene),
        judge.side(scene),
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """The topics, each a question to a scene."""

    rules: Rules
    wanted: PlacementNeeds
    accepted: frozenset[PlacementTopic]

    def light(self, scene: PlacementReadings) -> Check:
        """Judge the picture: a dim one, and one so flat that nothing stands out in it."""
        picture, light = scene.picture, self.rules.light
        if picture is None:
            return _unknown(PlacementTopic.LIGHT)
        before = PlacementTopic.LIGHT in self.accepted
        bright = light.brightness.met(picture.brightness, before=before)
        if bright and light.contrast.met(picture.contrast, before=before):
            return _passed(PlacementTopic.LIGHT)
        glare = picture.brightness >= light.glare
        return _failed(PlacementTopic.LIGHT, "setup.backlight" if glare else "setup.too_dark")

    def body(self, scene: PlacementReadings) -> Check:
        """Judge whether the whole body is in the picture, with a margin, and not hidden.

        Of somebody who does not lie as the exercise wants it, other limbs are hidden than will be.
        """
        sight = scene.sight
        if sight is None:
            cue_id = _WHOLE_BODY if scene.glimpsed else "setup.no_person"
            return _failed(PlacementTopic.BODY, cue_id)
        before = PlacementTopic.BODY in self.accepted
        if not self._lies(sight):
            return _unknown(PlacementTopic.BODY)
        margin = self.rules.body.margin
        out = _sticks_out(sight, margin.refuse if before else margin.accept)
        if out is not None:
            return _failed(PlacementTopic.BODY, out)
        hidden = not self.rules.body.seen.met(scene.seen, before=before)
        if hidden and self.side(scene).verdict is Verdict.PASS:
            return _failed(PlacementTopic.BODY, hidden_cue(scene.worst))
        return _passed(PlacementTopic.BODY)

    def persons(self, scene: PlacementReadings) -> Check:
        """Judge the number of people, where somebody counted them."""
        count = None if scene.picture is None else scene.picture.persons
        if count is None or (count == 0 and scene.sight is None):
            return _unknown(PlacementTopic.PERSONS)
        return (
            _failed(PlacementTopic.PERSONS, "setup.one_person")
            if count > 1
            else _passed(PlacementTopic.PERSONS)
        )

    def distance(self, scene: PlacementReadings) -> Check:
        """Judge the size of the body: large enough to be read, with room for the exercise."""
        sight, rules = scene.sight, self.rules.distance
        if sight is None or not self._lies(sight):
            return _unknown(PlacementTopic.DISTANCE)
        before = PlacementTopic.DISTANCE in self.accepted
        width_px, height_px = scene.size_px
        body_share = rules.body_lengths * sight.chain_px / width_px
        if not rules.least_share.met(body_share, before=before):
            return _failed(PlacementTopic.DISTANCE, "setup.step_closer")
        wide = self.wanted.room.width * sight.chain_px / width_px
        high = self.wanted.room.height * sight.chain_px / height_px
        if not rules.fill.met(max(wide, high), before=before):
            return _failed(PlacementTopic.DISTANCE, "setup.step_back")
        above = sight.low_px / height_px - high  # what is left over the highest that it takes
        if not self.rules.body.margin.met(above, before=before):
            return _failed(PlacementTopic.DISTANCE, "setup.tilt_up")
        return _passed(PlacementTopic.DISTANCE)

    def height(self, scene: PlacementReadings) -> Check:
        """Judge the height of the lens, where it was measured."""
        height_m = None if scene.place is None else scene.place.height_m
        if height_m is None:
            return _unknown(PlacementTopic.HEIGHT)
        before = PlacementTopic.HEIGHT in self.accepted
        if not self.rules.height.low_m.met(height_m, before=before):
            return _failed(PlacementTopic.HEIGHT, "setup.camera_higher")
        if not self.rules.height.high_m.met(height_m, before=before):
            return _failed(PlacementTopic.HEIGHT, "setup.camera_lower")
        return _passed(PlacementTopic.HEIGHT)

    def angle(self, scene: PlacementReadings) -> Check:
        """Judge whether the camera is square to the body, and level.

        Measured with the sheets it is known. Without them only what is grossly askew can be told.
        """
        sight, rules = scene.sight, self.rules.angle
        before = PlacementTopic.ANGLE in self.accepted
        lying = sight if sight is not None and self._lies(sight) else None
        yaw_deg, roll_deg = _measured(scene.place)
        if yaw_deg is not None and not rules.yaw.met(abs(yaw_deg), before=before):
            return _failed(PlacementTopic.ANGLE, _yaw_cue(yaw_deg, lying))
        if roll_deg is not None and not rules.roll.met(abs(roll_deg), before=before):
            return _failed(PlacementTopic.ANGLE, "setup.camera_level")
        if lying is not None and not rules.body_yaw.met(abs(lying.yaw_deg), before=before):
            return _failed(PlacementTopic.ANGLE, _yaw_cue(lying.yaw_deg, lying))
        if yaw_deg is not None:
            return _passed(PlacementTopic.ANGLE)
        if lying is not None and self._leans(lying, before=before):
            return _failed(PlacementTopic.ANGLE, "setup.camera_level")
        return _unknown(PlacementTopic.ANGLE)

    def side(self, scene: PlacementReadings) -> Check:
        """Judge how the person lies, and which side is toward the camera, or up."""
        sight = scene.sight
        if sight is None:
            return _unknown(PlacementTopic.SIDE)
        if not self._lies(sight):
            return _failed(PlacementTopic.SIDE, _LIE_DOWN)
        before = PlacementTopic.SIDE in self.accepted
        look = self._chest if self.wanted.on_side else self._near
        cue_id = look(sight, before=before)
        return (
            _passed(PlacementTopic.SIDE) if cue_id is None else _failed(PlacementTopic.SIDE, cue_id)
        )

    def _chest(self, sight: Sight, *, before: bool) -> str | None:
        """Return what to do to lie on the correct side, chest to the camera."""
        lying_on = None if self.wanted.side is None else self.wanted.side.other
        if not self.rules.side.sure.met(abs(sight.roll_sin), before=before):
            return f"pos.side_lying_{lying_on}" if lying_on else _SIDE_ON
        if sight.roll_sin < 0.0:
            return "setup.face_camera"
        if lying_on is not None and sight.upper is lying_on:
            return f"pos.side_lying_{lying_on}"
        return None

    def _near(self, sight: Sight, *, before: bool) -> str | None:
        """Return what to do to lie on back or belly with the correct side near."""
        if self.wanted.side is None:
            return None
        if not self.rules.side.sure.met(abs(sight.roll_cos), before=before):
            return self.wanted.position_cue
        return None if sight.near is self.wanted.side else TURN_AROUND

    def _lies(self, sight: Sight) -> bool:
        return self.rules.body.lying.met(
            sight.trunk_deg, before=PlacementTopic.SIDE in self.accepted
        )

    def _leans(self, sight: Sight, *, before: bool) -> bool:
        """Say whether the floor under the body slopes too much for a level camera."""
        rules = self.rules.angle
        sure = sight.floor_px >= rules.floor_lengths * sight.chain_px
        return sure and not rules.body_roll.met(abs(sight.floor_deg), before=before)


def _sticks_out(sight: Sight, margin: float) -> str | None:
    """Return what to do about a body that sticks out of the picture, or None."""
    along = _slide(sight.left, sight.right, margin, ("setup.shift_feet", "setup.shift_head"))
    if along is not None:
        if sight.feet_sign < 0 and along != _TOO_NEAR:
            return "setup.shift_head" if along == "setup.shift_feet" else "setup.shift_feet"
        return along
    return _slide(sight.top, sight.bottom, margin, ("setup.tilt_up", "setup.tilt_down"))


def _slide(low: float, high: float, margin: float, cues: tuple[str, str]) -> str | None:
    """Return the cue for too little room at the low or at the high end; none when both have it."""
    if min(low, high) >= margin:
        return None
    if low + high < 2.0 * margin:
        return _TOO_NEAR
    return cues[0] if low < margin else cues[1]


def _measured(place: CameraPlace | None) -> tuple[float | None, float | None]:
    """Return yaw and roll of a camera, where they are known."""
    return (None, None) if place is None else (place.yaw_deg, place.roll_deg)


def _yaw_cue(yaw_deg: float, lying: Sight | None) -> str:
    """Return which end of the body to move away from the camera."""
    if lying is None:
        return _SIDE_ON
    return "setup.feet_away" if yaw_deg * lying.feet_sign > 0.0 else "setup.head_away"


def _passed(topic: PlacementTopic) -> Check:
    return Check(topic, Verdict.PASS)


def _unknown(topic: PlacementTopic) -> Check:
    return Check(topic, Verdict.UNKNOWN)


def _failed(topic: PlacementTopic, cue_id: str) -> Check:
    return Check(topic, Verdict.FAIL, cue_id)
