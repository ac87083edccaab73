"""A session: exercise → side → set → rest → next. The one thing that the loops step.

setup ─placed─► explain ─said─► get ready ─still─► countdown ─► exercise ─dose done─► rest ─► …
                                    └──start position held──────────┘     └─nothing left─► done

A recording goes from get ready straight to the exercise, and has no set-up, explanation or count.
At the mat whoever begins earlier has begun. Pausing remembers where it was; the pause ends by key,
by hand, or by itself when the person or the camera is back.

`Session.step` takes the time, the pose seen (or None) and what else is known, and returns what
happened, what to say, what to beep and what to show. It keeps a record of every set.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf

from coreline.body.pose import Pose
from coreline.coaching.coach import Known
from coreline.coaching.cues import CueBook
from coreline.judging.events import TOO_FEW_PICTURES, Fact, Fault, FaultEnded, Reading
from coreline.judging.ready import Place
from coreline.placement.checks import CameraTrouble
from coreline.placement.neutrals import Neutral
from coreline.programme.spec import Exercise
from coreline.session import phrases
from coreline.session.attending import lifts_arm
from coreline.session.blocks import Block
from coreline.session.command import Command
from coreline.session.flow import JUDGED, Flow
from coreline.session.inputs import NOTHING_ELSE, Conditions, Guidance
from coreline.session.looking import Looking
from coreline.session.out import PainAnswer
from coreline.session.own_lines import lines_found
from coreline.session.picture_rate import PictureRate
from coreline.session.record import SetRecord
from coreline.session.results import results
from coreline.session.showing import view_of
from coreline.session.stages import Pausing
from coreline.session.view import Pause, Result, Stage, View

# Guesses that nobody has measured; sessions of real people would settle them.
_LEFT_S = 3.0  # out of sight for so long, the person has left
_BACK_S = 1.0  # in sight again for so long, the person is back
_CAMERA_BACK_S = 0.5  # a stalled camera may give a picture and stall again: a guess

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


class Session:
    """Step through blocks and sets, and let the person, or the camera, interrupt."""

    def __init__(
        self,
        blocks: Sequence[Block],
        book: CueBook,
        *,
        open_ended: bool = False,
        others: Sequence[Exercise] = (),
        guidance: Guidance | None = None,
        place: Place | None = None,
    ) -> None:
        """Prepare the first set.

        Args:
            blocks: what to do, in order; every exercise must be judged.
            book: the cues, for their priorities.
            open_ended: judge without doses, sets and rests, for a recording.
            others: exercises that may be done by mistake, and are then named as such.
            guidance: what to do around the sets; None for a recording.
            place: what a recording is said to be done on; None where it is to be seen.

        Raises:
            ValueError: There is nothing to do, or an exercise is not judged.
        """
        self._flow = Flow(
            blocks, book, open_ended=open_ended, others=others, guidance=guidance, place=place
        )
        self._guidance = guidance
        self._pause: Pause | None = None
        self._pausing = Pausing(None, 0.0)
        self._trouble_s = 0.0
        self._rate = PictureRate()
        self._slow_since_s: float | None = None
        self._looking = Looking()

    @property
    def next_look_s(self) -> float:
        """Return how soon after the last step a pose is needed again; 0 in the next picture."""
        return self._looking.next_s

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return what to do, in order."""
        return self._flow.blocks

    @property
    def block(self) -> Block:
        """Return the current block."""
        return self._flow.block

    @property
    def stage(self) -> Stage:
        """Return what the session is doing."""
        return self._flow.stage

    @property
    def records(self) -> list[SetRecord]:
        """Return the record of every set so far, the current one included."""
        return [each.record for _, each in self._flow.sets]

    @property
    def done(self) -> float:
        """Return what was done of the current set in this session, in the dose's unit."""
        return max(self._flow.run.kept - self._flow.run.before, 0.0)

    def results(self) -> tuple[Result, ...]:
        """Return what was done of each block."""
        return results(self.blocks, self._flow.sets)

    def lines_found(self) -> tuple[Neutral, ...]:
        """Return the person's own lines that were found surely in this session."""
        return lines_found([each for _, each in self._flow.sets])

    def step(
        self,
        t_s: float,
        pose: Pose | None,
        command: Command | None = None,
        conditions: Conditions = NOTHING_ELSE,
    ) -> Step:
        """Take in one frame; times must increase.

        Between two poses (`Conditions.looked`) time passes: clocks run, and what is due is said.
        """
        flow = self._flow
        flow.begin_step(t_s, pose, self._with_rate(t_s, conditions))
        self._check_camera()
        if command is not None:
            self._obey(command)
        reading = flow.see(pose)
        if self._slow_since_s is not None and conditions.looked:
            flow.run.record.readings.append(reading)
        self._check_person()
        flow.advance(pose)
        if flow.stage is Stage.PAUSED:
            flow.say(*self._pausing.step(t_s))
        cues = self._speak()
        self._looking.step(flow)
        out, view = flow.out, view_of(flow, reading, self._pause)
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

    def finish(self, t_s: float) -> list[Fact]:
        """End what is under way: the clip is over, or the person stops."""
        return [*self._note_slow(t_s), *self._flow.finish(t_s)]

    def let_go(self) -> None:
        """Let go of what there are many of in the sets that are over; a ledger has taken it.

        Kept to the end, the readings of an hour at 25 pictures a second take 4 MB.
        """
        for record in self.records[:-1]:
            record.let_go()

    # What the person asks for

    def _obey(self, command: Command) -> None:
        if self.stage is Stage.DONE:
            return
        self._flow.out.cut_off = command not in _CORRECTIONS
        if command not in _CORRECTIONS:
            self._note_slow(self._flow.t_s)
        obey: dict[Command, Callable[[], None]] = {
            Command.END: self._end,
            Command.PAUSE: self._toggle_pause,
            Command.HALT: self._halt,
            Command.GO_ON: self._go_on,
            Command.SKIP: self._flow.skip,
            Command.NEXT: self._flow.leave_exercise,
            Command.BACK: self._flow.repeat,
            Command.PLUS: lambda: self._correct(1),
            Command.MINUS: lambda: self._correct(-1),
            Command.PAIN: self._ask_pain,
            Command.PAIN_SKIP: lambda: self._answer_pain(Command.PAIN_SKIP),
            Command.PAIN_NOTE: lambda: self._answer_pain(Command.PAIN_NOTE),
            Command.PAIN_STOP: lambda: self._answer_pain(Command.PAIN_STOP),
        }
        obey[command]()
        if self.stage is not Stage.PAUSED:
            self._pause = None  # whatever was skipped, nobody's coming back is to undo it

    def _end(self) -> None:
        if not self._flow.rests:
            self._flow.out.beeps.append("end")
        self.finish(self._flow.t_s)

    def _toggle_pause(self) -> None:
        if self.stage is Stage.PAUSED:
            self._resume("flow.resume")
        else:
            self._stop_for(Pause.ASKED)

    def _halt(self) -> None:
        if self.stage is not Stage.PAUSED:
            self._stop_for(Pause.ASKED)

    def _go_on(self) -> None:
        if self._pause is Pause.ASKED:
            self._resume("flow.resume")

    def _correct(self, change: int) -> None:
        """Set the count right by hand; in a rest, lengthen or shorten it."""
        if self.stage is Stage.REST:
            longer_s = (self._guidance or Guidance()).longer_rest_s
            self._flow.rest.lengthen(self._flow.t_s, change * longer_s)
            if change > 0:
                self._flow.out.announced.append("rest.longer")
        elif self.stage in _AT_A_SET and self._flow.run.adjust(change):
            self._flow.speech.coach.correct_count(self._flow.run.count)
            self._flow.out.announced.append("count.added" if change > 0 else "count.taken_off")

    def _ask_pain(self) -> None:
        if self.stage is Stage.PAUSED:
            self._announce_pause(Pause.PAIN)
        else:
            self._stop_for(Pause.PAIN)

    def _answer_pain(self, answer: Command) -> None:
        if self.stage is not Stage.PAUSED or self._pause is not Pause.PAIN:
            return
        block = self.block
        self._flow.out.pain = PainAnswer(block.exercise.id, block.side, answer)
        if answer is Command.PAIN_NOTE:
            self._resume("pain.go_on")
            return
        self._flow.run.record.skipped_for_pain = True
        if answer is Command.PAIN_STOP:
            self._flow.out.announced.append("pain.stopped")
            self._end()
            return
        self._flow.leave_exercise()
        self._flow.out.announced[-1] = "pain.skipped"

    # Pausing

    def _stop_for(self, pause: Pause) -> None:
        self._flow.stop(inf if self._slow_since_s is None else self._slow_since_s)
        self._announce_pause(pause)
        if pause in _ENDS_BY_ITSELF:
            self._flow.out.beeps.append("lost")

    def _announce_pause(self, pause: Pause) -> None:
        """Say why it is paused; how to go on follows when the voice is free."""
        self._pause = pause
        self._flow.speech.coach.drop_waiting()
        self._flow.out.announced.append(phrases.pause_cue(pause, self._flow.conditions.trouble))
        cue_id = phrases.pause_ends(pause, hand=self._flow.hand_pauses)
        self._pausing = Pausing(cue_id, self._flow.t_s, pause not in _ENDS_BY_ITSELF)

    def _resume(self, cue_id: str) -> None:
        """Go on where it was."""
        self._note_slow(self._flow.t_s)
        self._flow.resume()
        self._pause = None
        self._flow.out.announced.append(cue_id)

    def _with_rate(self, t_s: float, conditions: Conditions) -> Conditions:
        """Return the conditions; where a set gets too few pictures, that is the camera's trouble.

        Elsewhere nothing is judged, and finding the pose in few pictures is good enough.
        """
        watched = self.stage in JUDGED or self._slow_since_s is not None
        if conditions.trouble is not None or not watched:
            self._rate.forget()
        elif conditions.new_picture:
            self._rate.step(t_s)
        return replace(conditions, trouble=CameraTrouble.SLOW) if self._rate.few else conditions

    def _note_slow(self, t_s: float) -> list[Fact]:
        """Put on record from when to when too few pictures came, once that is over."""
        since_s, self._slow_since_s = self._slow_since_s, None
        if since_s is None:
            return []
        facts: list[Fact] = [FaultEnded(t_s, Fault(TOO_FEW_PICTURES, since_s, t_s))]
        self._flow.run.keep(facts)
        self._flow.out.facts += facts
        return facts

    def _check_camera(self) -> None:
        """Pause while there is no usable picture, and go on when there is one again."""
        if self._flow.conditions.trouble is not None:
            self._trouble_s = self._flow.t_s
            if self.stage not in (Stage.PAUSED, Stage.DONE):
                if self._rate.few:
                    self._slow_since_s = self._rate.few_since_s
                self._stop_for(Pause.CAMERA)
        elif self._pause is Pause.CAMERA and self._flow.t_s - self._trouble_s >= _CAMERA_BACK_S:
            self._resume("camera.back")

    def _check_person(self) -> None:
        """Pause for somebody who left or holds up a hand, and go on when that is over."""
        hand = self._flow.took_hand()
        guidance = self._guidance
        if guidance is None or self._flow.conditions.trouble is not None:
            return
        if hand and guidance.hand_pauses:
            self._take_hand()
        elif self._pause is Pause.LEFT and self._flow.presence.is_there(_BACK_S):
            self._resume("flow.resume")
        elif self._has_left():
            self._stop_for(Pause.LEFT)

    def _has_left(self) -> bool:
        """Say whether the person has gone from a set that was begun."""
        flow = self._flow
        return flow.begun and flow.stage in JUDGED and flow.presence.absent_s >= _LEFT_S

    def _take_hand(self) -> None:
        if self._pause in (Pause.HAND, Pause.ASKED):
            self._resume("flow.resume")
        elif self._flow.attending.hand_goes_on(self.stage, self.block.exercise):
            self._obey(Command.SKIP)
        elif self.stage is Stage.REST or (
            self.stage in JUDGED and not lifts_arm(self.block.exercise)
        ):
            self._stop_for(Pause.HAND)

    # What is kept and shown

    def _speak(self) -> tuple[str, ...]:
        """Return what is said now, and put it on record."""
        flow, t_s = self._flow, self._flow.t_s
        speaking, clock_runs = bool(flow.conditions.speaking), flow.clock_runs
        known = Known(clock_runs, somebody=flow.presence.is_seen)
        cues = flow.speech.step(t_s, flow.out, speaking=speaking, known=known)
        flow.attending.patience.hear(t_s, cues)
        flow.run.record.cues += [(t_s, cue_id) for cue_id in cues]
        return cues
