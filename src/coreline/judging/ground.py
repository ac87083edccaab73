"""Where a leg rests between raises, and how low its foot comes when it taps."""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from coreline.body.form import Form
from coreline.judging.sightings import Sighting, lowest_of
from coreline.programme.rules import Raises

_REST_TIME_CONSTANT_S = 1.0  # a guess, about a rest between two raises: real sets would settle it
_REST_SDS = 3.0  # a resting level farther than this from people's is none
_UP = 0.5  # of the least range above where the foot rested before, the leg is up
_LOWER_S = 0.2  # a foot that much below where it rested, for so long, rests lower
_LEAVES_S = 0.3  # before it leaves the ground the foot lies on it for so long
# Where the foot will land is known of whoever lay so for so long before the first raise. Of 185
# first landings of known people on a ball ten were read 3.8 to 13 % higher than the foot was before
# it rose; in eight of them the leg was only just being stretched then.
_LIES_S = 0.5
_STRETCHED_DEG = 140.0
_BENT_DEG = 120.0  # a knee more bent than this is no leg that is raised badly: a guess
_LONGEST_LAPSE_S = 0.2  # that one reading stands for, however long nothing was seen before it
# A guess: enough that one miss shifts no median, few enough to follow a body that slides
_LOWS_KEPT = 8


@dataclass(slots=True)
class Ground:
    """Follow the resting level of the motion, and the foot's places on the ground.

    The model reads every foot a little higher or lower, but alike each time: once there are taps,
    they are the measure. Who is seen to stretch the leg and raises it at once has not shown where
    the foot will land: then the first place where it does is believed.

    Attributes:
        raises: What is raised, and what taps.
        knee: The measure of the knee, where the leg is to be straight.
        rest: Where the motion rests.
    """

    raises: Raises
    knee: str | None = None
    rest: float = field(default=0.0, init=False)
    _begun: bool = field(default=False, init=False)
    _tap: float = field(default=0.0, init=False)
    _other_tap: float = field(default=0.0, init=False)
    _lows: deque[float] = field(default_factory=lambda: deque(maxlen=_LOWS_KEPT), init=False)
    _lay: bool = field(default=True, init=False)  # as far as anybody knows

    @property
    def is_unsure(self) -> bool:
        """Say whether nobody knows yet where the ground is for a foot that comes down.

        Neither has the person put it down, nor did it lie there before it rose as it does then: it
        moved, or the knee was bent, as on the way into the position.
        """
        return not self._lows and not self._lay

    @property
    def knows_taps(self) -> bool:
        """Say whether the person has put the foot down since the position was reached."""
        return bool(self._lows)

    def begin(self, raises: Raises, history: list[Form]) -> None:
        """Take where motion and taps rest: the lowest of late, or where they did, or people's do.

        Somebody who comes into the position with the leg up has shown no resting level yet, or
        showed it before the position was left.
        """
        self.raises, people = raises, raises.rest
        motion = lowest_of([form.values[raises.motion] for form in history])
        tap = lowest_of([form.values[raises.tap] for form in history])
        if self._begun and motion - self.rest > _UP * raises.least_range:
            tap, motion = self._usual(), self.rest
        elif people is not None and abs(motion - people.mean) > _REST_SDS * people.sd:
            tap, motion = tap - (motion - people.mean), people.mean
        self._lows.clear()
        self._begun, self.rest, self._tap = True, motion, tap
        self._other_tap = lowest_of([self._other(form.values) for form in history])

    def change_leg(self) -> None:
        """Take the other leg for the one that works, where each has a reading of its own."""
        if self.raises.other_tap is None:
            return
        self._tap = self._other_tap
        self._lows.clear()

    def follow(self, moment: Sighting, lapse_s: float) -> bool:
        """Let the levels follow a body that is still; say whether the foot was on the ground.

        The foot does not land in the same place twice, and the position is settled into. A leg
        that is held a little way up is as still, and rests on nothing.
        """
        if self._lows and not self.is_near(moment.values):
            return False
        share = min(lapse_s, _LONGEST_LAPSE_S) / _REST_TIME_CONSTANT_S
        self.rest += share * moment.rise
        if not self._lows:
            self._tap += share * (moment.values[self.raises.tap] - self._tap)
            self._other_tap += share * (self._other(moment.values) - self._other_tap)
        return True

    def is_lower(self, moments: list[Sighting]) -> bool:
        """Say whether the foot is plainly below where it was taken to rest: the leg was up then."""
        recent = [m.rise for m in moments if m.t_s >= moments[-1].t_s - _LOWER_S]
        lasted = moments[-1].t_s - moments[0].t_s >= _LOWER_S
        return lasted and max(recent) < -_UP * self.raises.least_range

    def rest_here(self, moment: Sighting) -> None:
        """Take where the leg is now for where it rests."""
        tap, other = moment.values[self.raises.tap], self._other(moment.values)
        higher = moment.rise > 0.0
        self._tap = max(self._tap, tap) if higher else tap
        self._other_tap = max(self._other_tap, other) if higher else other
        self.rest += moment.rise

    def leave(self, moments: list[Sighting]) -> None:
        """Take in the moments before the foot leaves the ground.

        Before there are taps, where it lay last is nearer to where it will land than the lowest of
        all since the position was reached: the knee was bent then, or the hips were lower.
        """
        if not self._lows:
            self._lay = self._lies(moments)
            lay = [m for m in moments if m.t_s >= moments[-1].t_s - _LEAVES_S]
            self._tap = max(self._tap, min(m.values[self.raises.tap] for m in lay))
            self._other_tap = max(self._other_tap, min(self._other(m.values) for m in lay))

    def _lies(self, moments: list[Sighting]) -> bool:
        """Say whether a stretched leg lay still for a while before it rose, or may have unseen."""
        spans = [[m for m in moments if 0.0 <= end.t_s - m.t_s <= _LIES_S] for end in moments]
        long = [span for span in spans if _lasts(span, _LIES_S)]
        return not long or any(self._is_still(span) for span in long)

    def _is_still(self, moments: list[Sighting]) -> bool:
        taps = [m.values[self.raises.tap] for m in moments]
        still = max(taps) - min(taps) <= self.raises.tap_slack
        return still and not any(self._is_bent(m.values, _STRETCHED_DEG) for m in moments)

    def is_bent(self, moments: list[Sighting]) -> bool:
        """Say whether the leg was bent all the time, more than one is that is raised badly."""
        return all(self._is_bent(each.values, _BENT_DEG) for each in moments)

    def _is_bent(self, values: Mapping[str, float], least_deg: float) -> bool:
        return self.knee is not None and values[self.knee] < least_deg

    def is_near(self, values: Mapping[str, float]) -> bool:
        """Say whether the foot is about on the ground."""
        return values[self.raises.tap] - self._usual() <= self.raises.tap_max

    def lowest_since(self, moments: list[Sighting], since_s: float) -> float:
        """Return how low the foot came since a time; without a moment since, infinitely high."""
        taps = (m.values[self.raises.tap] for m in moments if m.t_s >= since_s)
        return min(taps, default=math.inf)

    def has_landed(self, low: float) -> bool:
        """Say whether the foot came as low as it does when it taps."""
        slack = self.raises.tap_slack if self._lows else self.raises.tap_max
        return self.is_unsure or low - self._usual() <= slack

    def has_tapped(self, moments: list[Sighting], near_s: float | None) -> bool:
        """Say whether the foot has landed since it was near the ground, if it was."""
        return near_s is not None and self.has_landed(self.lowest_since(moments, near_s))

    def note_landing(self, low: float) -> None:
        """Take in how low the foot came at the end of an attempt."""
        self._lows.append(low)

    def _usual(self) -> float:
        return median(self._lows) if self._lows else self._tap

    def _other(self, values: Mapping[str, float]) -> float:
        return values[self.raises.other_tap or self.raises.tap]


def _lasts(moments: list[Sighting], for_s: float) -> bool:
    """Say whether moments span a time, but for a picture in between."""
    return moments[-1].t_s - moments[0].t_s >= for_s - _LONGEST_LAPSE_S
