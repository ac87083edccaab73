"""The way from set to set: what begins when, and what is said and beeped on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.body.presence import Presence
from coreline.coaching.coach import Coach, CueRequest
from coreline.coaching.cues import CueBook
from coreline.judging.events import Fact
from coreline.judging.judge import Prior
from coreline.judging.ready import Place
from coreline.programme.spec import Exercise, HoldDose
from coreline.session import phrases
from coreline.session.blocks import Block
from coreline.session.course import Course
from coreline.session.inputs import NOTHING_ELSE, Command, Guidance
from coreline.session.record import SetRecord
from coreline.session.set_run import SetRun, rules_of
from coreline.session.stages import CountIn, Explaining, Pausing, Placing, Resting
from coreline.session.view import Stage

JUDGED = (Stage.GET_READY, Stage.COUNTDOWN, Stage.EXERCISE)

_SURE_SD_DEG = 2.5  # a line less sure than this is not kept for other days
_SURE_S = 3.0  # nor one that was held for less
_GONE_S = 1.0  # out of sight for so long, counting in is broken off
_REST_WARNING_S = 10.0
_WAITS_S = 15.0  # what leads on may wait for the voice so long


@dataclass(frozen=True, slots=True)
class PainAnswer:
    """What the person chose after saying that it hurts."""

    exercise_id: str
    side: Side | None
    answer: Command


@dataclass(slots=True)
class Out:
    """What comes out of the step under way; `announced` is said in any case."""

    facts: list[Fact] = field(default_factory=list)
    announced: list[str] = field(default_factory=list)
    requests: list[CueRequest] = field(default_factory=list)
    beeps: list[str] = field(default_factory=list)
    ended: list[SetRecord] = field(default_factory=list)
    pain: PainAnswer | None = None
    cut_off: bool = False


class Flow:
    """Blocks and sets, one after the other; `Session` lets the person interrupt it."""

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
        self.blocks = tuple(blocks)
        self._course = Course(self.blocks, guidance.pace if guidance else None)
        rules = [rules_of(block.exercise) for block in blocks]
        self._coach = Coach(rules[0], book)
        self._book, self._open_ended, self._others = book, open_ended, tuple(others)
        self._guidance, self._said_place = guidance, place
        self._presence = Presence()
        self._runs: list[tuple[int, SetRun]] = []
        self._explained = set(guidance.known) if guidance else set()
        self._t_s = self._judged_s = 0.0
        self._around, self._out = NOTHING_ELSE, Out()
        self._shown: tuple[float, str] | None = None
        self._placing: Placing | None = None
        self._explaining = Explaining((), book)
        self._count_in: CountIn | None = None
        self._counted_in = False
        self._resting = Resting(0.0, 0.0)
        self._pausing = Pausing(None, 0.0)
        self.stage = Stage.GET_READY
        self._enter_set(new_block=True)

    @property
    def block(self) -> Block:
        """Return the current block."""
        return self._course.block

    @property
    def records(self) -> list[SetRecord]:
        """Return the record of every set so far, the current one included."""
        return [run.record for _, run in self._runs]

    def finish(self, t_s: float) -> list[Fact]:
        """End what is under way: the clip is over, or the person stops."""
        if self.stage is Stage.DONE:
            return []
        self._t_s = t_s
        facts = [] if self._rests else self._end_run()
        self.stage = Stage.DONE
        return facts

    def lines_found(self) -> dict[tuple[str, Side | None], float]:
        """Return the person's own lines that were found surely in this session.

        By exercise and side, the last set's. That of a raise is found again each time.
        """
        return {
            (run.record.exercise_id, run.block.side): run.record.neutral_deg
            for _, run in self._runs
            if isinstance(run.block.exercise.dose, HoldDose)
            and run.record.neutral_deg is not None
            and (run.record.neutral_sd_deg or 0.0) <= _SURE_SD_DEG
            and run.held_s >= _SURE_S
        }

    @property
    def done(self) -> float:
        """Return what was done of the current set in this session, in the dose's unit."""
        return max(self._run.amount - self._run.before, 0.0)

    @property
    def _run(self) -> SetRun:
        return self._runs[-1][1]

    @property
    def _rests(self) -> bool:
        """Say whether the current set is over and the next has not begun."""
        return self.stage is Stage.REST

    # Sets

    def _enter_set(self, *, new_block: bool) -> None:
        block = self.block
        first = self._course.set_number == block.sets_done + 1
        before = block.begun if first and not self._was_begun(block) else 0.0
        run = SetRun(block, self._course.set_number, before, self._others, self._prior(block))
        self._runs.append((self._course.index, run))
        self._coach.begin(run.rules)
        self._counted_in, self._placing = False, None
        if new_block and self._guidance is not None and self._guidance.checker is not None:
            self._placing = Placing(self._guidance.checker(block.exercise, block.side))
            self.stage = Stage.SETUP
        else:
            self._leave_setup(new_block=new_block)

    def _leave_setup(self, *, new_block: bool) -> None:
        """Explain the exercise, once a session, or get ready at once."""
        self._know_line()
        explains = self._guidance is not None and self._guidance.explain
        exercise_id = self.block.exercise.id
        if new_block and explains and exercise_id not in self._explained:
            self._explained.add(exercise_id)
            self._explaining = Explaining(phrases.explanation(self.block, self._book), self._book)
            self.stage = Stage.EXPLAIN
            return
        self.stage = Stage.GET_READY
        side = phrases.side_cue(self.block) if new_block else None
        cue_id = side or phrases.set_cue(self._course.set_number, self._course.sets)
        if cue_id is not None and self._guidance is not None:
            self._say(cue_id)

    def _know_line(self) -> None:
        """Start the set over when the person's line is no longer what it was thought to be."""
        run, prior = self._run, self._prior(self.block)
        if prior != run.prior:
            fresh = SetRun(run.block, run.set_number, run.before, self._others, prior)
            self._runs[-1] = (self._course.index, fresh)

    def _was_begun(self, block: Block) -> bool:
        """Say whether a set of the block has run in this session; done again, it begins at zero."""
        return any(run.block is block for _, run in self._runs)

    def _prior(self, block: Block) -> Prior:
        """Return what is known of the person's line; that of a raise is found again each time."""
        if self._guidance is None or not isinstance(block.exercise.dose, HoldDose):
            return Prior(place=self._place_of(block))
        kept = self._guidance.neutrals.get((block.exercise.id, block.side))
        found = any(
            run.block is block and run.record.neutral_deg is not None for _, run in self._runs
        )
        learn = self._guidance.learn_neutral and kept is None and not found
        place = self._place_of(block)
        if kept is None:
            return Prior(learn=learn, place=place)
        return Prior(kept.line_deg, kept.sd_deg, learn, place)

    def _place_of(self, block: Block) -> Place | None:
        """Return what the person says that they do an exercise on."""
        if self._guidance is None or self._guidance.on_ball is None:
            return self._said_place
        return Place.BALL if block.exercise.id in self._guidance.on_ball else Place.FLOOR

    def _end_set(self) -> None:
        self._end_run()
        self._out.beeps.append("end")
        coming = self._course.coming
        if coming is None:
            self._complete()
            return
        exercise = self.block.exercise
        self.stage = Stage.REST
        self._resting = Resting(exercise.dose.rest_s, self._t_s + exercise.dose.rest_s)
        self._say(*phrases.rest_begins(exercise.dose.rest_s, coming, exercise))

    def _complete(self) -> None:
        """End the session; nothing is stepped after it, so what is said cannot wait."""
        self.stage = Stage.DONE
        self._out.announced.append("flow.session_complete")

    def _next_set(self) -> None:
        self._coach.drop_waiting()
        self._enter_set(new_block=self._course.go_on())

    def _end_run(self) -> list[Fact]:
        """End the current set, for good."""
        facts = self._close()
        if self._run.begun or self._run.record.skipped_for_pain:
            self._out.ended.append(self._run.record)
        return facts

    def _close(self) -> list[Fact]:
        """End what the judge has under way, at the last moment that was judged."""
        facts = self._run.close(self._judged_s if self._around.trouble else self._t_s)
        self._out.facts += facts
        return facts

    def _say(self, *cue_ids: str) -> None:
        """Have cues said when their turn comes."""
        known = (cue_id for cue_id in cue_ids if cue_id in self._book)
        self._out.requests += [CueRequest(cue_id, waits_s=_WAITS_S) for cue_id in known]

    # Stages

    def _advance(self, pose: Pose | None) -> None:
        """Let the current stage take its course."""
        match self.stage:
            case Stage.SETUP:
                self._place(pose)
            case Stage.EXPLAIN:
                self._explain()
            case Stage.GET_READY:
                self._wait_for_start()
            case Stage.COUNTDOWN:
                self._count()
            case Stage.REST:
                self._rest()
            case Stage.PAUSED:
                self._say(*self._pausing.step(self._t_s))
            case _:
                pass
        if self.stage in (Stage.GET_READY, Stage.EXERCISE):
            self._check_dose()

    def _place(self, pose: Pose | None) -> None:
        if self._placing is not None:
            self._say(*self._placing.step(self._t_s, pose, self._around.picture))
        if self._placing is None or self._placing.passed:
            self._leave_setup(new_block=True)

    def _explain(self) -> None:
        self._out.announced += self._explaining.step(self._t_s, speaking=self._around.speaking)
        if self._explaining.over:
            self.stage = Stage.GET_READY

    def _wait_for_start(self) -> None:
        """Begin with the start position; before it, count in whoever lies still and listens."""
        counts_in = self._guidance is not None and self._guidance.count_in and not self._counted_in
        if self._run.judge.active and (not counts_in or self._run.under_way):
            self._start()
        elif counts_in and self._presence.is_still and not self._around.speaking:
            self.stage, self._count_in = Stage.COUNTDOWN, CountIn(self._t_s)
            self._count()

    def _count(self) -> None:
        """Count in; whoever begins earlier has begun."""
        if self._run.under_way or self._count_in is None:
            self._start()
        elif self._presence.absent_s > _GONE_S:
            self.stage = Stage.GET_READY
        elif self._count_in.is_over(self._t_s):
            self._counted_in = True
            self._out.announced.append("flow.go")
            self._out.beeps.append("zero")
            self.stage = Stage.EXERCISE if self._run.judge.active else Stage.GET_READY
            if self._run.prior.learn:
                self._say("hold.own_line")
        else:
            self._out.announced += self._count_in.step(self._t_s)

    def _start(self) -> None:
        if not self._counted_in:
            self._out.beeps.append("ready")
        self._counted_in = self._guidance is not None
        self._shown = None  # advice on the start position is stale now
        self.stage = Stage.EXERCISE

    def _check_dose(self) -> None:
        """End the set whose dose is done; go back to the start position when it was left."""
        if not self._open_ended and self._run.begun and self._run.is_done:
            self._end_set()
        elif self.stage is Stage.EXERCISE and not self._run.judge.active:
            self.stage = Stage.GET_READY

    def _rest(self) -> None:
        left_s = self._resting.left_s(self._t_s)
        if left_s <= 0.0:
            self._next_set()
            self._out.beeps.append("zero")
            if self.stage is Stage.GET_READY:
                self._out.requests.append(CueRequest("pos.get_ready"))
        elif left_s <= _REST_WARNING_S and self._resting.whole_s >= 2.0 * _REST_WARNING_S:
            self._out.requests += self._run.once("flow.rest_ten_left")[0]
