"""A session: exercise → side → set → rest → next. The one thing that the loops step.

get ready ──start position held──► exercise ──dose done──► rest ──over or skipped──► get ready
                                                             └──nothing left──► done

`Session.step` takes the time, the pose seen (or None) and what the person asked for, and returns
what happened, what to say, what to beep and what to show. It keeps a record of every set.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from coreline.body.measures import Side, joints_of
from coreline.body.pose import Pose
from coreline.coaching.coach import Coach, Remark
from coreline.coaching.cues import CueBook
from coreline.judging.events import (
    Fact,
    HoldEnded,
    Lost,
    Phase,
    Reading,
    Ready,
    RepetitionEnded,
    RotationEnded,
    State,
)
from coreline.judging.hold import HoldMachine
from coreline.judging.judge import Judge
from coreline.judging.recognise import Recogniser
from coreline.judging.roll import RollMachine
from coreline.programme.rules import Judging
from coreline.programme.spec import Exercise, HoldDose, RaisesDose, RollsDose
from coreline.view import Stage, View

_HINT_AFTER_S = 2.5  # what keeps the start position from being right is said after this
_CUE_SHOWN_S = 4.0
_LAST_SECONDS = 5.0  # of a hold; twice as much is said too


class Command(StrEnum):
    """What the person asked for."""

    PAUSE = "pause"  # and go on again
    SKIP = "skip"  # the rest, or the set
    BACK = "back"  # the set anew
    END = "end"


@dataclass(frozen=True, slots=True)
class Block:
    """One exercise on one side. `side` is shown; `work` tells the judging which leg works."""

    exercise: Exercise
    side: Side | None = None
    work: Side | None = None


@dataclass(slots=True)
class SetRecord:
    """Everything that was measured and said in one set; `set_number` counts from 1."""

    exercise_id: str
    side: Side | None
    set_number: int
    near_side: Side | None = None
    neutral_deg: float | None = None
    readings: list[Reading] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    cues: list[tuple[float, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Step:
    """What one frame brought: facts, cue ids, beeps by name, and the picture of the moment."""

    reading: Reading
    facts: tuple[Fact, ...]
    cues: tuple[str, ...]
    beeps: tuple[str, ...]
    view: View


def blocks_of(exercise: Exercise, side: Side | None = None) -> list[Block]:
    """Return the blocks that the dose asks for; `side` keeps only that one.

    A symmetrical pose done "both ways" is judged from whichever side is near the camera, so its
    side is shown and not handed to the judging.
    """
    if exercise.sides == "none":
        return [Block(exercise)]
    sides = [side] if side is not None else [Side.LEFT, Side.RIGHT]
    return [Block(exercise, each, _working_side(exercise, each)) for each in sides]


def _working_side(exercise: Exercise, side: Side) -> Side | None:
    """Return the side whose leg is up: of a side done by lying on it, the other one."""
    match exercise.sides:
        case "each_leg":
            return side
        case "each_side":
            return side.other
        case _:
            return None


class Session:
    """Step through blocks and sets."""

    def __init__(
        self,
        blocks: Sequence[Block],
        book: CueBook,
        *,
        open_ended: bool = False,
        others: Sequence[Exercise] = (),
    ) -> None:
        """Prepare the first set.

        Args:
            blocks: what to do, in order; every exercise must be judged.
            book: the cues, for their priorities.
            open_ended: judge without doses, sets and rests, for a recording.
            others: exercises that may be done by mistake, and are then named as such.

        Raises:
            ValueError: There is nothing to do, or an exercise is not judged.
        """
        if not blocks:
            raise ValueError("a session needs at least one block")
        self.blocks = tuple(blocks)
        self.records: list[SetRecord] = []
        self.stage = Stage.GET_READY
        self._book, self._open_ended, self._others = book, open_ended, tuple(others)
        self._block_index, self._set_number = 0, 0
        self._shown: tuple[float, str] | None = None
        self._closed: list[Fact] = []
        self._begin_set()

    @property
    def block(self) -> Block:
        """Return the block at hand."""
        return self.blocks[self._block_index]

    def step(self, t_s: float, pose: Pose | None, command: Command | None = None) -> Step:
        """Take in one frame; times must increase."""
        self._closed = []
        notices = self._obey(t_s, command) if command is not None else []
        judging = self.stage in (Stage.GET_READY, Stage.EXERCISE)
        reading, facts = self._judge.step(t_s, pose) if judging else (_idle(t_s, pose), [])
        if judging:
            self._record.readings.append(reading)
        if self.stage is Stage.GET_READY and self._recogniser is not None:
            self._recogniser.step(t_s, pose)
        self._keep(facts)
        notices += self._follow(t_s, facts)
        facts = [*facts, *self._closed]
        beeps = self._beeps(facts)
        marks, mark_beeps = self._marks(t_s)
        cues = self._coach.step(t_s, [*facts, *notices, *marks])
        self._note_cues(t_s, cues)
        view = self._view(t_s, reading)
        return Step(reading, tuple(facts), cues, (*beeps, *mark_beeps), view)

    def finish(self, t_s: float) -> list[Fact]:
        """End what is under way: the clip is over, or the person stops."""
        if self.stage is Stage.DONE:
            return []
        self.stage = Stage.DONE
        return self._close(t_s)

    # Sets

    def _begin_set(self) -> None:
        self._set_number += 1
        on_side = self.block.exercise.view == "chest"
        self._judge = Judge(self._rules, self.block.work, on_side)
        self._coach = Coach(self._rules, self._book)
        self._recogniser = Recogniser(self._others) if self._others else None
        self._other_id: str | None = None
        self._record = SetRecord(self.block.exercise.id, self.block.side, self._set_number)
        self.records.append(self._record)
        self.stage = Stage.GET_READY
        self._hinting: tuple[float, str | None] = (0.0, None)
        self._rest_until_s = self._rest_left_s = 0.0
        self._held_before_s = 0.0
        self._marked: set[str] = set()

    @property
    def _rules(self) -> Judging:
        rules = self.block.exercise.judging
        if rules is None:
            raise ValueError(f"{self.block.exercise.id} is not judged")
        return rules

    def _is_last_set(self) -> bool:
        last_block = self._block_index == len(self.blocks) - 1
        return last_block and self._set_number >= self.block.exercise.dose.sets

    def _next_set(self) -> None:
        if self._set_number >= self.block.exercise.dose.sets:
            self._block_index += 1
            self._set_number = 0
        self._begin_set()

    def _end_set(self, t_s: float) -> list[Remark]:
        self._close(t_s)
        if self._is_last_set():
            self.stage = Stage.DONE
            return [Remark("flow.session_complete")]
        self.stage = Stage.REST
        self._rest_until_s = t_s + self.block.exercise.dose.rest_s
        return [Remark("flow.rest")]

    # What happens

    def _obey(self, t_s: float, command: Command) -> list[Remark]:
        match command:
            case Command.END:
                self.finish(t_s)
                return []
            case Command.PAUSE:
                return self._pause(t_s)
            case Command.SKIP:
                return self._skip(t_s)
            case Command.BACK:
                self._again(t_s)
                return []
            case _:
                assert_never(command)

    def _pause(self, t_s: float) -> list[Remark]:
        if self.stage is Stage.PAUSED:
            resting = self._rest_left_s > 0.0
            self.stage = Stage.REST if resting else Stage.GET_READY
            self._rest_until_s = t_s + self._rest_left_s
            self._judge.resume()
            return [Remark("flow.resume")]
        if self.stage is Stage.DONE:
            return []
        resting = self.stage is Stage.REST
        self._rest_left_s = max(self._rest_until_s - t_s, 0.0) if resting else 0.0
        self._keep_clock()
        self._close(t_s)
        self.stage = Stage.PAUSED
        return [Remark("flow.paused")]

    def _skip(self, t_s: float) -> list[Remark]:
        match self.stage:
            case Stage.REST:
                self._next_set()
                return []
            case Stage.GET_READY | Stage.EXERCISE | Stage.PAUSED:
                return self._end_set(t_s)
            case _:
                return []

    def _again(self, t_s: float) -> None:
        """Do the set at hand once more; what was done of it stays on record."""
        if self.stage is Stage.DONE:
            return
        self._close(t_s)
        self._set_number -= 1
        self._begin_set()

    def _follow(self, t_s: float, facts: Sequence[Fact]) -> list[Remark]:
        """Move between the stages."""
        for fact in facts:
            if isinstance(fact, Ready):
                self.stage = Stage.EXERCISE
                self._shown = None  # advice on the start position is stale now
                self._note_sides(fact)
            elif isinstance(fact, HoldEnded):
                self._keep_clock()
        if self.stage is Stage.EXERCISE and not self._judge.active:
            self.stage = Stage.GET_READY
        if self.stage is Stage.REST and t_s >= self._rest_until_s:
            self._next_set()
            return [Remark("pos.get_ready")]
        if self.stage is Stage.EXERCISE and not self._open_ended and self._is_dose_done():
            return self._end_set(t_s)
        return []

    def _note_sides(self, ready: Ready) -> None:
        """Put on record how the person lies, and which leg works where one was not asked for."""
        self._record.near_side = Side(ready.near_side)
        if self._record.side is not None or ready.working_side is None:
            return
        match self.block.exercise.sides:
            case "each_leg":
                self._record.side = Side(ready.working_side)
            case "each_side":
                self._record.side = Side(ready.working_side).other
            case _:
                pass

    def _is_dose_done(self) -> bool:
        match self.block.exercise.dose:
            case HoldDose(hold_s=hold_s):
                return self._held_s() >= hold_s
            case RaisesDose(repetitions=repetitions):
                return self._count() >= repetitions
            case RollsDose(rotations=rotations):
                return self._count() >= rotations
            case other:
                assert_never(other)

    def _keep_clock(self) -> None:
        """Add the hold that is over to the set: a short slip down does not undo it."""
        machine = self._judge.machine
        if isinstance(machine, HoldMachine):
            self._held_before_s += machine.clock_s
            machine.clock_s = 0.0

    def _held_s(self) -> float:
        machine = self._judge.machine
        return self._held_before_s + (machine.clock_s if isinstance(machine, HoldMachine) else 0.0)

    def _count(self) -> int:
        machine = self._judge.machine
        return 0 if isinstance(machine, HoldMachine) else machine.counted

    # What is said

    def _marks(self, t_s: float) -> tuple[list[Remark], list[str]]:
        """Return the remarks and beeps of the clock, the count and the hints, each once."""
        match self.stage:
            case Stage.EXERCISE:
                return self._progress()
            case Stage.GET_READY:
                return self._hint(t_s), []
            case _:
                return [], self._end_beep()

    def _progress(self) -> tuple[list[Remark], list[str]]:
        match self.block.exercise.dose:
            case HoldDose(hold_s=hold_s):
                return self._clock_marks(hold_s)
            case RaisesDose() | RollsDose():
                halfway = self._count() * 2 >= (_target_count(self.block.exercise) or 0)
                return self._once("rep.halfway", "halfway") if halfway else ([], [])
            case other:
                assert_never(other)

    def _clock_marks(self, hold_s: float) -> tuple[list[Remark], list[str]]:
        left_s = hold_s - self._held_s()
        if left_s <= _LAST_SECONDS < hold_s:
            return self._once("hold.five_left")
        if left_s <= 2.0 * _LAST_SECONDS < hold_s / 2.0:
            return self._once("hold.ten_left")
        if left_s <= hold_s / 2.0:
            return self._once("hold.halfway", "halfway")
        return self._once("hold.start")

    def _once(self, cue_id: str, *beeps: str) -> tuple[list[Remark], list[str]]:
        if cue_id in self._marked:
            return [], []
        self._marked.add(cue_id)
        return [Remark(cue_id)], list(beeps)

    def _hint(self, t_s: float) -> list[Remark]:
        """Return what still keeps the start position from being right, once it has for long.

        Somebody who is just moving into position needs no advice.
        """
        self._other_id = None
        if self._recogniser is not None:
            self._other_id = self._recogniser.looks_like(self.block.exercise.id)
        if self._other_id is not None and (remarks := self._once("setup.other_exercise")[0]):
            return remarks
        cue_id = self._judge.hint()
        if cue_id != self._hinting[1]:
            self._hinting = (t_s, cue_id)
        if cue_id is None or t_s - self._hinting[0] < _HINT_AFTER_S:
            return []
        return [Remark(cue_id)]

    def _end_beep(self) -> list[str]:
        if self.stage is Stage.PAUSED or "end" in self._marked:
            return []
        self._marked.add("end")
        return ["end"]

    def _beeps(self, facts: Sequence[Fact]) -> list[str]:
        beeps = []
        for fact in facts:
            match fact:
                case Ready():
                    beeps.append("ready")
                case Lost() if self.stage is Stage.EXERCISE:
                    beeps.append("lost")
                case RepetitionEnded(repetition=done) | RotationEnded(rotation=done):
                    beeps.append("counted" if done.counted else "refused")
                case _:
                    pass
        return beeps

    # What is kept and shown

    def _close(self, t_s: float) -> list[Fact]:
        """End what the judge has under way, and put it on record."""
        facts = self._judge.finish(t_s)
        self._keep(facts)
        self._closed += facts
        return facts

    def _keep(self, facts: Sequence[Fact]) -> None:
        self._record.facts += facts
        if self._judge.neutral_deg is not None:
            self._record.neutral_deg = self._judge.neutral_deg

    def _note_cues(self, t_s: float, cues: Sequence[str]) -> None:
        self._record.cues += [(t_s, cue_id) for cue_id in cues]
        if cues:
            self._shown = (t_s, cues[-1])

    def _view(self, t_s: float, reading: Reading) -> View:
        exercise, machine = self.block.exercise, self._judge.machine
        band = self._rules.bands[0]
        return View(
            t_s=t_s,
            stage=self.stage,
            exercise_id=exercise.id,
            machine=exercise.machine,
            side=self.block.side,
            near_side=self._record.near_side,
            set_number=self._set_number,
            sets=exercise.dose.sets,
            state=reading.state,
            phase=reading.phase,
            deviation_deg=_deviation_deg(reading),
            good_deg=band.good_high,
            fault_deg=band.fault_high,
            knee_deg=reading.knee_deg,
            count=self._count(),
            refused=0 if isinstance(machine, HoldMachine) else machine.refused,
            target_count=_target_count(exercise),
            held_s=self._shown_held_s(t_s),
            target_hold_s=_target_hold_s(exercise),
            clock_runs=isinstance(machine, HoldMachine) and machine.clock_runs,
            rest_left_s=max(self._rest_until_s - t_s, 0.0) if self.stage is Stage.REST else 0.0,
            faults=machine.faults if self.stage is Stage.EXERCISE else (),
            cue_id=self._cue_shown(t_s),
            line=self._line(),
            other_id=self._other_id if self.stage is Stage.GET_READY else None,
        )

    def _shown_held_s(self, t_s: float) -> float:
        machine = self._judge.machine
        if isinstance(machine, HoldMachine):
            return self._held_s()
        if isinstance(machine, RollMachine) or machine.top_since_s is None:
            return 0.0
        return t_s - machine.top_since_s

    def _cue_shown(self, t_s: float) -> str | None:
        if self._shown is None or t_s - self._shown[0] > _CUE_SHOWN_S:
            return None
        return self._shown[1]

    def _line(self) -> tuple[int, ...]:
        form = self._judge.form
        if form is None or form.scene is None:
            return ()
        sides = form.scene.sides
        return tuple(int(joints_of(point, sides)[0]) for point in self._rules.body_line)


def _idle(t_s: float, pose: Pose | None) -> Reading:
    """Return the reading of a frame in which nothing is judged."""
    state = State.UNSEEN if pose is None else State.NOT_GOOD
    return Reading(t_s, pose is not None, None, None, None, None, Phase.WAITING, state)


def _deviation_deg(reading: Reading) -> float | None:
    if reading.bend_deg is None or reading.neutral_deg is None:
        return None
    return reading.bend_deg - reading.neutral_deg


def _target_count(exercise: Exercise) -> int | None:
    match exercise.dose:
        case RaisesDose(repetitions=repetitions):
            return repetitions
        case RollsDose(rotations=rotations):
            return rotations
        case _:
            return None


def _target_hold_s(exercise: Exercise) -> float:
    return exercise.dose.hold_s if isinstance(exercise.dose, HoldDose | RaisesDose) else 0.0
