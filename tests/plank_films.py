"""Planks of which the slips are known, and the clock of their hold after each frame."""

from typing import NamedTuple

from hypothesis import strategies as st

from coreline.judging.events import Fact, Reading
from coreline.judging.hold import HoldMachine
from coreline.judging.judge import Judge
from judged_films import Outcome
from stick_figure import PLANK, PLANK_PROPPED, Film, Plank, Posture, film, rules_of, without

PLANKS = rules_of("w12-back-bridge")


class Slip(NamedTuple):
    """A departure from the line, and how long the line is kept after it."""

    bend_deg: float
    ramp_s: float
    stay_s: float
    after_s: float


def plank_slips(slips: list[Slip]) -> list[tuple[Posture, float, float]]:
    """Return the stays that follow each other in a plank with slips."""
    return [
        stay
        for slip in slips
        for stay in (
            (Plank(slip.bend_deg), slip.ramp_s, slip.stay_s),
            (PLANK, slip.ramp_s, slip.after_s),
        )
    ]


SLIPS = st.lists(
    st.builds(
        Slip,
        bend_deg=st.sampled_from([15.0, -15.0, 12.0, -20.0]),
        ramp_s=st.floats(0.5, 1.2),
        stay_s=st.floats(1.0, 3.0),
        after_s=st.floats(1.0, 5.0),
    ),
    max_size=4,
)


def plank_film(*parts: tuple[Posture, float, float]) -> Film:
    """Return a film that begins and ends with the hips on the floor."""
    return film((PLANK_PROPPED, 0.0, 1.0), (PLANK, 0.9, 4.0), *parts, (PLANK_PROPPED, 0.9, 1.5))


def timed(
    story: Film, fps: float = 30.0, *, gap: tuple[float, float] | None = None
) -> tuple[Outcome, list[float]]:
    """Return what is said of a plank, and the clock after each frame."""
    frames = story.frames(fps)
    judge, seconds = Judge(PLANKS), list[float]()
    readings, facts = list[Reading](), list[Fact]()
    for t_s, pose in without(frames, *gap) if gap else frames:
        reading, happened = judge.step(t_s, pose)
        readings.append(reading)
        facts += happened
        assert isinstance(judge.machine, HoldMachine)
        seconds.append(judge.machine.clock_s)
    return Outcome(readings, [*facts, *judge.finish(frames[-1][0])]), seconds
