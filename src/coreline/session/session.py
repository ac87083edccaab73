"""A session: exercise → side → set → rest → next. The one thing that the loops step.

setup ─placed─► explain ─said─► get ready ─still─► countdown ─► exercise ─dose done─► rest ─► …
                                    └──start position held──────────┘     └─nothing left─► done

A recording goes from get ready straight to the exercise, and has no set-up, explanation or count.
At the mat whoever begins earlier has begun. Pausing remembers where it was; the pause ends by key,
by hand, or by itself when the person or the camera is back.

`Session.step` takes the time, the pose seen (or None) and what else is known, and returns what
happened, what to say, what to beep and what to show. It keeps a record of every set.
"""

from collections.abc import Callable
from dataclasses import dataclass

from coreline.body.pose import Pose
from coreline.coaching.coach import CueRequest, without_gaps
from coreline.judging.events import Fact, Lost, Reading, RepetitionEnded, RotationEnded
from coreline.judging.hold import HoldMachine
from coreline.session import phrases
from coreline.session.blocks import target_count, target_hold_s
from coreline.session.flow import JUDGED, Flow, Out, PainAnswer
from coreline.session.inputs import NOTHING_ELSE, Around, Command, Guidance
from coreline.session.record import SetRecord
from coreline.session.set_run import idle_reading
from coreline.session.showing import deviation_deg, results
from coreline.session.stages import Pausing
from coreline.session.view import Pause, Result, Stage, View

_CUE_SHOWN_S = 4.0
_LEFT_S = 3.0  # out of sight for so long, the person has left
_BACK_S = 1.0  # in sight again for so long, the person is back
_CAMERA_BACK_S = 0.5

_ENDS_BY_ITSELF = (Pause.LEFT, Pause.CAMERA)
_CORRECTIONS = (Command.PLUS, Command.MINUS)
_AT_A_SET = (Stage.EXERCISE, Stage.GET_READY, Stage.COUNTDOWN, Stage.PAUSED)


@dataclass(frozen=True, slots=True)
class Step:
    """What one frame brought: facts, cue ids, beeps by name, and the picture of the moment.

    `ended` are the records of the sets that ended in it. `cut_off` says that what is still being
    said is no longer wanted; what this step says comes after that.
    """

    reading: Reading
    facts: tuple[Fact, ...]
    cues: tuple[str, ...]
    beeps: tuple[str, ...]
    view: View
    ended: tuple[SetRecord, ...] = ()
    pain: PainAnswer | None = None
    cut_off: bool = False


class Session(Flow):
    """Step through blocks and sets, and let the person, or the camera, interrupt."""

    _pause: Pause | None = None
    _paused_in: Stage = Stage.GET_READY
    _trouble_s: float = 0.0

    def step(
        self,
        t_s: float,
        pose: Pose | None,
        command: Command | None = None,
        around: Around = NOTHING_ELSE,
    ) -> Step:
        """Take in one frame; times must increase."""
        self._t_s, self._around, self._out = t_s, around, Out()
        self._presence.step(t_s, pose)
        self._check_camera()
        if command is not None:
            self._obey(command)
        reading = self._see(pose)
        self._check_person()
        self._advance(pose)
        self._mark()
        cues = self._speak()
        out, view = self._out, self._view(reading)
        return Step(
            reading,
            tuple(out.facts),
            cues,
            tuple(out.beeps),
            view,
            tuple(out.ended),
            out.pain,
            out.cut_off,
        )

    def results(self) -> tuple[Result, ...]:
        """Return what was done of each block."""
        return results(self.blocks, self._runs)

    @property
    def _rests(self) -> bool:
        paused = self.stage is Stage.PAUSED
        return (self._paused_in if paused else self.stage) is Stage.REST

    # What the person asks for

    def _obey(self, command: Command) -> None:
        if self.stage is Stage.DONE:
            return
        self._out.cut_off = command not in _CORRECTIONS
        obey: dict[Command, Callable[[], None]] = {
            Command.END: self._end,
            Command.PAUSE: self._toggle_pause,
            Command.SKIP: self._skip,
            Command.NEXT: self._leave_exercise,
            Command.BACK: self._again,
            Command.PLUS: lambda: self._correct(1),
            Command.MINUS: lambda: self._correct(-1),
            Command.PAIN: self._ask_pain,
            Command.PAIN_SKIP: lambda: self._answer_pain(Command.PAIN_SKIP),
            Command.PAIN_NOTE: lambda: self._answer_pain(Command.PAIN_NOTE),
            Command.PAIN_STOP: lambda: self._answer_pain(Command.PAIN_STOP),
        }
        obey[command]()

    def _end(self) -> None:
        if not self._rests:
            self._out.beeps.append("end")
        self.finish(self._t_s)

    def _toggle_pause(self) -> None:
        if self.stage is Stage.PAUSED:
            self._resume("flow.resume")
        else:
            self._stop_for(Pause.ASKED)

    def _skip(self) -> None:
        stage = self._paused_in if self.stage is Stage.PAUSED else self.stage
        match stage:
            case Stage.SETUP:
                self._leave_setup(new_block=True)
            case Stage.EXPLAIN:
                self.stage = Stage.GET_READY
            case Stage.REST:
                self._next_set()
            case _:
                self._end_set()

    def _leave_exercise(self) -> None:
        """Leave the exercise, its other side too."""
        if not self._rests:
            self._end_run()
        self._out.announced.append("flow.skipped")
        self._course.leave_exercise()
        if self._course.is_last:
            self._out.beeps.append("end")
            self._complete()
        else:
            self._next_set()

    def _again(self) -> None:
        """Do the current set once more, or the one before if nothing of it was done yet.

        What was done of it stays on record.
        """
        if not self._rests:
            self._end_run()
            if not self._run.begun:
                self._course.go_back()
        self._enter_set(new_block=False)

    def _correct(self, change: int) -> None:
        """Set the count right by hand; in a rest, lengthen or shorten it."""
        if self.stage is Stage.REST:
            longer_s = (self._guidance or Guidance()).longer_rest_s
            self._resting.lengthen(self._t_s, change * longer_s)
            if change > 0:
                self._out.announced.append("rest.longer")
        elif self.stage in _AT_A_SET and self._run.adjust(change):
            self._coach.correct_count(self._run.count)
            self._out.announced.append("count.added" if change > 0 else "count.taken_off")

    def _ask_pain(self) -> None:
        if self.stage is Stage.PAUSED:
            self._announce_pause(Pause.PAIN)
        else:
            self._stop_for(Pause.PAIN)

    def _answer_pain(self, answer: Command) -> None:
        if self.stage is not Stage.PAUSED or self._pause is not Pause.PAIN:
            return
        block = self.block
        self._out.pain = PainAnswer(block.exercise.id, block.side, answer)
        if answer is Command.PAIN_NOTE:
            self._resume("pain.go_on")
            return
        self._run.record.skipped_for_pain = True
        if answer is Command.PAIN_STOP:
            self._out.announced.append("pain.stopped")
            self._end()
            return
        self._leave_exercise()
        self._out.announced[-1] = "pain.skipped"

    # Pausing

    def _stop_for(self, pause: Pause) -> None:
        self._paused_in = self.stage
        self._resting.stop(self._t_s)
        if self.stage in JUDGED:
            self._close()
        self.stage = Stage.PAUSED
        self._announce_pause(pause)
        if pause in _ENDS_BY_ITSELF:
            self._out.beeps.append("lost")

    def _announce_pause(self, pause: Pause) -> None:
        """Say why it is paused; how to go on follows when the voice is free."""
        self._pause = pause
        self._coach.drop_waiting()
        self._out.announced.append(phrases.pause_cue(pause, self._around.trouble))
        hand = self._guidance is not None and self._guidance.hand_pauses
        self._pausing = Pausing(phrases.pause_ends(pause, hand=hand), self._t_s)

    def _resume(self, cue_id: str) -> None:
        """Go on where it was; a set begins again from its start position, its count kept."""
        judged = self._paused_in in JUDGED
        self.stage = Stage.GET_READY if judged else self._paused_in
        self._resting.resume(self._t_s)
        self._pause, self._counted_in = None, False
        self._coach.drop_waiting()
        self._presence.forget()
        self._run.judge.resume()
        self._out.announced.append(cue_id)

    def _check_camera(self) -> None:
        """Pause while there is no usable picture, and go on when there is one again."""
        if self._around.trouble is not None:
            self._trouble_s = self._t_s
            if self.stage not in (Stage.PAUSED, Stage.DONE):
                self._stop_for(Pause.CAMERA)
        elif self._pause is Pause.CAMERA and self._t_s - self._trouble_s >= _CAMERA_BACK_S:
            self._resume("camera.back")

    def _check_person(self) -> None:
        """Pause for somebody who left or holds up a hand, and go on when that is over."""
        hand = self._presence.took_hand()
        guidance = self._guidance
        if guidance is None or self._around.trouble is not None:
            return
        if hand and guidance.hand_pauses:
            self._take_hand()
        elif self._pause is Pause.LEFT and self._presence.present_s >= _BACK_S:
            self._resume("flow.resume")
        elif self._has_left():
            self._stop_for(Pause.LEFT)

    def _has_left(self) -> bool:
        """Say whether the person has gone from a set that was begun."""
        begun = self._counted_in or self._run.begun
        return begun and self.stage in JUDGED and self._presence.absent_s >= _LEFT_S

    def _take_hand(self) -> None:
        if self._pause in (Pause.HAND, Pause.ASKED):
            self._resume("flow.resume")
        elif self.stage is Stage.REST or (self.stage in JUDGED and not self._lifts_arm):
            self._stop_for(Pause.HAND)

    @property
    def _lifts_arm(self) -> bool:
        """Say whether an arm may go up in the exercise: on one's side the upper one is free to."""
        exercise = self.block.exercise
        return exercise.lifts_arm or exercise.view == "chest"

    # What happens

    def _see(self, pose: Pose | None) -> Reading:
        if self.stage not in JUDGED:
            return idle_reading(self._t_s, pose)
        self._judged_s = self._t_s
        waiting = self.stage is not Stage.EXERCISE
        reading, facts = self._run.see(self._t_s, pose, waiting=waiting)
        self._out.facts += facts
        self._out.requests += [*self._run.failed_try(facts), *self._run.other_place(facts)]
        beeps = (self._beep(fact) for fact in without_gaps(facts))
        self._out.beeps += [beep for beep in beeps if beep is not None]
        return reading

    def _beep(self, fact: object) -> str | None:
        match fact:
            case Lost() if self.stage is Stage.EXERCISE:
                return "lost"
            case RepetitionEnded(repetition=done) | RotationEnded(rotation=done):
                return "counted" if done.counted else "refused"
            case _:
                return None

    def _mark(self) -> None:
        """Take up the cues and beeps of the clock, the count and the hints."""
        requests: list[CueRequest] = []
        beeps: list[str] = []
        if self.stage is Stage.EXERCISE:
            requests, beeps = self._run.progress(self._t_s)
        if self.stage is not Stage.GET_READY:
            self._run.forget_hint()
        else:
            hints = self._run.hint(self._t_s)
            requests = [] if self._around.speaking else hints
        self._out.requests += requests
        self._out.beeps += beeps

    # What is kept and shown

    def _speak(self) -> tuple[str, ...]:
        """Return what is said now, and put it on record."""
        out, t_s = self._out, self._t_s
        announced = [self._coach.announce(t_s, cue_id) for cue_id in out.announced]
        events = [*out.facts, *out.requests]
        chosen = self._coach.step(t_s, events, speaking=bool(self._around.speaking))
        cues = (*announced, *chosen)
        self._run.record.cues += [(t_s, cue_id) for cue_id in cues]
        if cues:
            self._shown = (t_s, cues[-1])
        return cues

    def _cue_shown(self) -> str | None:
        if self._shown is None or self._t_s - self._shown[0] > _CUE_SHOWN_S:
            return None
        return self._shown[1]

    def _view(self, reading: Reading) -> View:
        exercise, run, course, t_s = self.block.exercise, self._run, self._course, self._t_s
        machine, band = run.judge.machine, run.rules.bands[0]
        resting, counting = self._rests, self.stage is Stage.COUNTDOWN
        return View(
            t_s=t_s,
            stage=self.stage,
            exercise_id=exercise.id,
            machine=exercise.machine,
            side=self.block.side,
            near_side=run.record.near_side,
            set_number=course.set_number,
            sets=course.sets,
            state=reading.state,
            phase=reading.phase,
            deviation_deg=deviation_deg(reading),
            good_deg=band.good_high,
            fault_deg=band.fault_high,
            knee_deg=reading.knee_deg,
            count=run.count,
            refused=run.refused,
            target_count=target_count(exercise),
            held_s=run.top_s(t_s),
            target_hold_s=target_hold_s(exercise),
            clock_runs=isinstance(machine, HoldMachine) and machine.clock_runs,
            rest_left_s=self._resting.left_s(t_s) if self.stage is Stage.REST else 0.0,
            faults=machine.faults if self.stage is Stage.EXERCISE else (),
            cue_id=self._cue_shown(),
            line=run.line(),
            other_id=run.other_id if self.stage is Stage.GET_READY else None,
            rest_s=self._resting.whole_s if resting else 0.0,
            countdown=self._count_in.count if counting and self._count_in else None,
            checks=self._placing.checks if self._placing else (),
            pause=self._pause if self.stage is Stage.PAUSED else None,
            trouble=self._around.trouble,
            coming=course.coming,
            block_number=course.index + 1,
            blocks=len(self.blocks),
            left_s=course.left_s(1.0 if resting else run.amount / run.record.prescribed),
            results=self.results() if self.stage is Stage.DONE else (),
        )
