"""The set-up check before an exercise: settled verdicts, whether one can begin, and one advice.

Not everything can be judged from one camera. Of what cannot, the verdict is UNKNOWN, and it does
not stand in the way:

- *light* and *persons* where nobody measured the picture or counted the people in it;
- the *height* of the camera without the sheets: a body on the floor does not tell it;
- its *angle* without the sheets, but for a body that lies grossly askew, or a camera that leans by
  15 degrees and more: the pose model reads a yaw of 15 degrees as 2 to 10.

Every frame is read, and the verdict is about the medians of the last second: before that all is
UNKNOWN. A topic that passed fails only beyond a wider limit, so that nobody on the edge hears
advice come and go. When all that can be judged has been well for a time, the check has passed; a
picture of another size, or a step back in time, starts it over. There is one advice at a time, of
the first topic in order that failed.

The whole *body*, the *distance* and the *side* can be judged of anybody who lies in the picture, so
nobody begins before they passed.
"""

from collections import deque
from dataclasses import dataclass
from statistics import fmean, median, median_high, mode

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.placement.checks import Check, PictureFacts, PlacementTopic, Verdict
from coreline.placement.geometry import CameraPlace
from coreline.placement.rules import Rules
from coreline.placement.sight import Part, Sight, WorstSeen, middle_of, sight_of, worst_seen
from coreline.placement.verdicts import (
    TURN_AROUND,
    PlacementNeeds,
    PlacementReadings,
    verdicts,
    wanted_of,
)
from coreline.programme.spec import Exercise

_TURN_S = 8.0  # to hear it and to turn; whoever has not by then stays as they are
_NOTHING_SEEN = WorstSeen(0.0, Part.TRUNK)
_MUST_PASS = frozenset({PlacementTopic.BODY, PlacementTopic.DISTANCE, PlacementTopic.SIDE})


@dataclass(frozen=True, slots=True)
class _FrameReading:
    """One frame's readings."""

    t_s: float
    sight: Sight | None
    seen: WorstSeen
    picture: PictureFacts | None
    size_px: tuple[int, int] | None


class SetupCheck:
    """Follow the placement frame by frame, for one exercise on one side."""

    def __init__(
        self, exercise: Exercise, side: Side | None, rules: Rules, place: CameraPlace | None = None
    ) -> None:
        """Begin with nothing seen.

        Args:
            exercise: the one that comes.
            side: the side that it is done on, as its dose counts sides; None where it has none.
            rules: the numbers.
            place: where the camera stands, where that was measured and still holds.
        """
        self._rules = rules
        self._wanted: PlacementNeeds = wanted_of(exercise, side, rules)
        self._needs = {} if exercise.judging is None else exercise.judging.needs
        self._place = place
        self._past: deque[_FrameReading] = deque()
        self._checks = _all_unknown()
        self._well_since_s: float | None = None
        self._turn_since_s: float | None = None
        self._passed = False

    @property
    def passed(self) -> bool:
        """Say whether everything that can be judged has been well for long enough."""
        return self._passed

    @property
    def advice(self) -> str | None:
        """Return the cue for what to move first, or None when there is nothing to move."""
        return next((each.cue_id for each in self._checks if each.verdict is Verdict.FAIL), None)

    def step(
        self, t_s: float, pose: Pose | None, picture: PictureFacts | None
    ) -> tuple[Check, ...]:
        """Take in one frame and return a check of every topic, in the topics' order."""
        moment = self._moment(t_s, pose, picture)
        if self._past and (t_s < self._past[-1].t_s or _other_size(self._past[-1], moment)):
            self._start_over()
        self._past.append(moment)
        timing = self._rules.timing
        while self._past[0].t_s < t_s - timing.window_s:
            self._past.popleft()
        if t_s - self._past[0].t_s >= timing.least_s:
            self._checks = verdicts(self._rules, self._wanted, self._scene(), self._accepted())
        self._watch(t_s)
        return self._checks

    def _moment(self, t_s: float, pose: Pose | None, picture: PictureFacts | None) -> _FrameReading:
        if pose is None:
            size_px = None if picture is None else (picture.width, picture.height)
            return _FrameReading(t_s, None, _NOTHING_SEEN, picture, size_px)
        sight = sight_of(pose)
        side = sight.upper if self._wanted.on_side else sight.near
        seen = worst_seen(pose, self._needs, side, self._rules.body.either_side)
        return _FrameReading(t_s, sight, seen, picture, pose.size_px)

    def _scene(self) -> PlacementReadings:
        """Return the medians of the last second."""
        found = [each for each in self._past if each.sight is not None]
        pictures = [each.picture for each in self._past if each.picture is not None]
        picture = _middle_picture(pictures) if pictures else None
        if len(found) < max(self._rules.timing.found_share * len(self._past), 1):
            return PlacementReadings(None, 0.0, (0, 0), picture, self._place, glimpsed=bool(found))
        sight = middle_of([each.sight for each in found if each.sight is not None])
        size_px = found[-1].size_px or (0, 0)
        seen = median(each.seen.over for each in found)
        worst = mode(each.seen.part for each in found)
        return PlacementReadings(sight, seen, size_px, picture, self._place, worst, glimpsed=True)

    def _accepted(self) -> frozenset[PlacementTopic]:
        """Return the topics that passed before; an angle is well while nothing is against it."""
        return frozenset(
            each.topic
            for each in self._checks
            if each.verdict is Verdict.PASS
            or (each.topic is PlacementTopic.ANGLE and each.verdict is Verdict.UNKNOWN)
        )

    def _watch(self, t_s: float) -> None:
        """Note since when all is well."""
        if not _well(self._checks, turned_enough=self._asked_to_turn(t_s)):
            self._well_since_s = None
        elif self._well_since_s is None:
            self._well_since_s = t_s
        since_s = self._well_since_s
        self._passed = since_s is not None and t_s - since_s >= self._rules.timing.pass_s

    def _asked_to_turn(self, t_s: float) -> bool:
        """Say whether turning round has been asked for long enough to be no condition any more.

        With the leg that works far from the camera it is judged less well, and judged all the same.
        """
        if not any(each.cue_id == TURN_AROUND for each in self._checks):
            self._turn_since_s = None
            return False
        if self._turn_since_s is None:
            self._turn_since_s = t_s
        return t_s - self._turn_since_s >= _TURN_S

    def _start_over(self) -> None:
        self._past.clear()
        self._checks = _all_unknown()
        self._well_since_s = None


def _all_unknown() -> tuple[Check, ...]:
    return tuple(Check(topic, Verdict.UNKNOWN) for topic in PlacementTopic)


def _well(checks: tuple[Check, ...], *, turned_enough: bool) -> bool:
    """Say whether nothing failed, and what can always be judged of a body passed."""
    tolerated = {TURN_AROUND} if turned_enough else set[str | None]()
    counted = [each for each in checks if each.cue_id is None or each.cue_id not in tolerated]
    if any(each.verdict is Verdict.FAIL for each in counted):
        return False
    return all(each.verdict is Verdict.PASS for each in counted if each.topic in _MUST_PASS)


def _other_size(before: _FrameReading, now: _FrameReading) -> bool:
    sizes = (before.size_px, now.size_px)
    return None not in sizes and sizes[0] != sizes[1]


def _middle_picture(pictures: list[PictureFacts]) -> PictureFacts:
    """Return the facts of about a second; `persons` as they were counted last, mostly."""
    counts = [each.persons for each in pictures if each.persons is not None]
    last = pictures[-1]
    return PictureFacts(
        width=last.width,
        height=last.height,
        brightness=fmean(each.brightness for each in pictures),
        contrast=fmean(each.contrast for each in pictures),
        persons=median_high(counts) if counts else None,
    )
