"""Sessions with guidance, played with a stick figure: what their tests share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coreline.body.pose import Joint, Pose
from coreline.coaching.spoken import spoken
from coreline.data_files import load_catalogue, load_cues
from coreline.judging.events import RepetitionEnded
from coreline.placement.checks import CameraTrouble
from coreline.programme.spec import Exercise, HoldDose, RaisesDose
from coreline.session.blocks import Block
from coreline.session.command import Command
from coreline.session.inputs import Conditions, Guidance
from coreline.session.session import Session, Step
from coreline.session.view import Stage
from stick_figure import (
    PLANK,
    PLANK_DOWN,
    Film,
    Raise,
    exercise_of,
    film,
    raises_film,
)

BOOK = spoken(load_cues(), load_catalogue())
SHIFT_DEG = 1.5
FPS = 15.0
COUNTED_IN = Guidance(explain=False, learn_neutral=False)
Timed = tuple[float, Pose | None]


def planks(*, sets: int = 1, hold_s: float = 6.0, rest_s: float = 2.0) -> Exercise:
    dose = HoldDose(kind="hold", sets=sets, hold_s=hold_s, rest_s=rest_s)
    return exercise_of("w12-back-bridge").model_copy(update={"dose": dose})


def leg_raises(*, sets: int = 1, repetitions: int = 3, rest_s: float = 2.0) -> Exercise:
    dose = RaisesDose(kind="raises", sets=sets, repetitions=repetitions, hold_s=2.0, rest_s=rest_s)
    return exercise_of("w56-belly-bridge").model_copy(update={"dose": dose})


def session_of(*exercises: Exercise, guidance: Guidance = COUNTED_IN) -> Session:
    return Session([Block(each) for each in exercises], BOOK, guidance=guidance)


def play(
    session: Session,
    frames: Sequence[Timed],
    commands: Mapping[float, Command] | None = None,
    trouble: tuple[float, float, CameraTrouble] | None = None,
) -> list[Step]:
    """Return the steps; commands by their time, trouble from one time to another."""
    waiting, steps = sorted((commands or {}).items()), []
    for t_s, pose in frames:
        command = waiting.pop(0)[1] if waiting and waiting[0][0] <= t_s else None
        is_on = trouble is not None and trouble[0] <= t_s < trouble[1]
        conditions = Conditions(trouble=trouble[2]) if trouble and is_on else Conditions()
        steps.append(session.step(t_s, None if is_on else pose, command, conditions))
    return steps


def told(steps: Sequence[Step]) -> list[str]:
    return [cue for step in steps for cue in step.cues]


def when(steps: Sequence[Step], cue_id: str) -> float:
    return next(step.view.t_s for step in steps if cue_id in step.cues)


def stages(steps: Sequence[Step]) -> list[Stage]:
    found: list[Stage] = []
    for step in steps:
        if not found or found[-1] is not step.view.stage:
            found.append(step.view.stage)
    return found


def counted(steps: Sequence[Step]) -> int:
    facts = [fact for step in steps for fact in step.facts]
    return sum(isinstance(fact, RepetitionEnded) and fact.repetition.counted for fact in facts)


def raising(count: int, *, ready_s: float = 1.5) -> Film:
    return raises_film([Raise()] * count, shift_deg=SHIFT_DEG, ready_s=ready_s)


def hand_up(pose: Pose) -> Pose:
    """Return a pose with the left arm held up."""
    xy_px = pose.xy_px.copy()
    shoulder = xy_px[Joint.LEFT_SHOULDER]
    xy_px[Joint.LEFT_ELBOW] = shoulder - (0, 90)
    xy_px[Joint.LEFT_WRIST] = shoulder - (0, 170)
    visibility = pose.visibility.copy()
    visibility[[Joint.LEFT_ELBOW, Joint.LEFT_WRIST]] = 0.9
    return replace(pose, xy_px=xy_px, visibility=visibility)


def with_hand(frames: Sequence[Timed], *spans: tuple[float, float]) -> list[Timed]:
    return [
        (t_s, hand_up(pose) if pose and any(a <= t_s < b for a, b in spans) else pose)
        for t_s, pose in frames
    ]


LYING_THEN_PLANK = film((PLANK_DOWN, 0.0, 8.0), (PLANK, 1.0, 40.0)).frames(FPS)
PLANK_ALL_ALONG = film((PLANK, 0.0, 60.0)).frames(FPS)
