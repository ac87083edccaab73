"""The way from set to set: what begins when, and what is said and beeped on the way.

A new block begins with its set-up and, once a session, its explanation; a further set with getting
ready. A recording only gets ready, and is not counted in. `advance` lets each stage name its next:
get ready until the start position is held (exercise) or somebody lies still and listens (countdown,
which who begins ends, and who leaves breaks off); exercise until the dose is done (rest, or done),
or back to get ready when the position was left, since the set goes on. What the person or the
camera interrupts, `Session` asks for: `stop` remembers the stage, `resume` goes back to it, a set
to its start position. `Sets` has the sets themselves.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from coreline.body.framing import Framing
from coreline.body.once import Once
from coreline.body.pose import Pose
from coreline.coaching.coach import CueRequest, without_gaps
from coreline.coaching.cues import CueBook
from coreline.judging.events import Fact, Lost, Reading
from coreline.judging.ready import Place
from coreline.programme.spec import Exercise
from coreline.session import phrases
from coreline.session.blocks import Block
from coreline.session.inputs import NOTHING_ELSE, Conditions, Guidance
from coreline.session.out import Out
from coreline.session.set_run import SetRun, idle_reading, rules_of
from coreline.session.set_so_far import SetSoFar
from coreline.session.sets import Sets
from coreline.session.speech import Speech
from coreline.session.stages import CountIn, Explaining, Placing, Resting
from coreline.session.view import Stage
from coreline.session.waits import Waits

JUDGED = (Stage.GET_READY, Stage.COUNTDOWN, Stage.EXERCISE)

# Guesses where nothing else is said; sessions of real people would settle them.
_WAITS_S = 15.0  # what leads on may wait for the voice so long


class Flow:
    """Blocks and sets, one after the other, stopped and resumed where `Session` says so.

    Attributes:
        blocks: What to do, in order.
        stage: What is being done.
        course: Which set of which block it is.
        speech: What is said.
        presence: Whether somebody is there.
        attending: Who waits in vain, and what they heard.
        framing: What is shown of the picture.
        out: What came of the step under way.
        rest: The latest rest.
        placing: The latest set-up check; None where there is none.
        t_s: The moment of the step under way.
        conditions: What else is known at that moment.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        book: CueBook,
        *,
        open_ended: bool,
        others: Sequence[Exercise],
        guidance: Guidance | None,
        place: Place | None,
    ) -> None:
        """Prepare the first set of what a session is given.

        Raises:
            ValueError: There is nothing to do, or an exercise is not judged.
        """
        self.blocks = tuple(blocks)
        self._sets = Sets(
            blocks, others=others, guidance=guidance, place=place, open_ended=open_ended
        )
        self.course = self._sets.course
        rules = [rules_of(block.exercise) for block in blocks]
        self.speech = Speech(rules[0], book)
        self._book, self._open_ended, self._guidance = book, open_ended, guidance
        self._waits, self.framing = Waits(hand_pauses=self.hand_pauses), Framing()
        self.presence, self.attending = self._waits.presence, self._waits.attending
        self._explained = set(guidance.known) if guidance else set()
        self.t_s = self._judged_s = 0.0
        self._reading: Reading | None = None
        self.conditions, self.out = NOTHING_ELSE, Out()
        self.placing: Placing | None = None
        self._explaining = Explaining((), book)
        self._count_in: CountIn | None = None
        self._counted_in = False
        self.rest = Resting(0.0, 0.0)
        self.stage = self._stopped_in = Stage.GET_READY
        self._enter_set(new_block=True)

    @property
    def block(self) -> Block:
        """Return the current block."""
        return self.course.block

    @property
    def run(self) -> SetRun:
        """Return the current set."""
        return self._sets.run

    @property
    def sets(self) -> Sequence[tuple[int, SetSoFar]]:
        """Return every set so far, the current one included, with the number of its block."""
        return self._sets.all

    @property
    def running(self) -> Stage:
        """Return the stage; while stopped, the one that goes on afterwards."""
        return self._stopped_in if self.stage is Stage.PAUSED else self.stage

    @property
    def rests(self) -> bool:
        """Say whether the current set is over and the next has not begun."""
        return self.running is Stage.REST

    @property
    def begun(self) -> bool:
        """Say whether the person was counted in, or has done something of the current set."""
        return self._counted_in or self.run.begun

    @property
    def hand_pauses(self) -> bool:
        """Say whether a raised hand pauses, and goes on again."""
        return self._guidance is not None and self._guidance.hand_pauses

    @property
    def in_position(self) -> bool:
        """Say whether the start position is taken, and only has to be kept."""
        return self.stage is Stage.GET_READY and self.run.in_position

    @property
    def clock_runs(self) -> bool | None:
        """Say whether the seconds of a hold are counted now; None where there are none."""
        runs = self._sets.clock_runs
        return None if runs is None else runs and self.stage is Stage.EXERCISE

    @property
    def on_ball(self) -> frozenset[str]:
        """Return the exercises that the person does on the ball, as far as they said."""
        return (self._guidance.on_ball if self._guidance else None) or frozenset()

    @property
    def count_in(self) -> int | None:
        """Return the number that is being counted: 3, 2, 1."""
        counts = self.stage is Stage.COUNTDOWN and self._count_in is not None
        return self._count_in.count if counts and self._count_in else None

    # One step

    def begin_step(self, t_s: float, pose: Pose | None, conditions: Conditions) -> None:
        """Take in what is known at a moment; nothing has come of it yet."""
        self.t_s, self.conditions, self.out = t_s, conditions, Out()
        if conditions.looked:
            self._waits.step(t_s, pose)

    def took_hand(self) -> bool:
        """Say, once for each time, that a hand was raised."""
        return self._waits.took_hand()

    def see(self, pose: Pose | None) -> Reading:
        """Judge a pose where the stage asks for it; where nobody looked, all is as it was."""
        if not self.conditions.looked and self._reading is not None:
            return replace(self._reading, t_s=self.t_s)
        self._reading = self._judged(pose)
        return self._reading

    def _judged(self, pose: Pose | None) -> Reading:
        if self.stage not in JUDGED:
            return idle_reading(self.t_s, None if self.conditions.trouble else pose)
        self._judged_s = self.t_s
        self.framing.step(self.t_s, pose)
        waiting, once = self.stage is not Stage.EXERCISE, Once()
        if waiting and self._guidance is not None:
            self.run.picture.step(self.t_s, pose, once)
        reading, facts = self.run.see(self.t_s, pose, once, waiting=waiting)
        if not waiting:  # who helps to lie down may go again
            self.run.view.count(self.conditions.persons)
        self.out.facts += facts
        self.out.requests += [*self.run.failed_try(facts), *self.run.other_place(facts)]
        if any(isinstance(fact, Lost) for fact in without_gaps(facts)) and pose is not None:
            self.out.requests.append(CueRequest(self.run.unseen_cue()))
        self.out.beep_for(without_gaps(facts), exercising=not waiting)
        return reading

    # What interrupts it

    def finish(self, t_s: float) -> list[Fact]:
        """End what is under way: the clip is over, or the person stops."""
        if self.stage is Stage.DONE:
            return []
        self.t_s = t_s
        facts = [] if self.rests else self._end_run()
        self.stage = Stage.DONE
        return facts

    def stop(self, until_s: float = inf) -> None:
        """Stop for a while; what came after `until_s` was nothing to judge by."""
        self._stopped_in = self.stage
        self.rest.stop(self.t_s)
        if self.stage in JUDGED:
            self._close(until_s)
        self.stage = Stage.PAUSED

    def resume(self) -> None:
        """Go on where it was; a set begins again from its start position, its count kept."""
        judged = self._stopped_in in JUDGED
        self.stage = Stage.GET_READY if judged else self._stopped_in
        self.rest.resume(self.t_s)
        self._counted_in = False
        self.speech.coach.drop_waiting()
        self.presence.forget()
        self.run.judge.resume()

    def skip(self) -> None:
        """Pass over what is being done now: the check, the explanation, the rest or the set."""
        match self.running:
            case Stage.SETUP:
                self._leave_setup(new_block=True)
            case Stage.EXPLAIN:
                self.stage = Stage.GET_READY
            case Stage.REST:
                self._next_set()
            case _:
                self._end_set()

    def leave_exercise(self) -> None:
        """Leave the exercise, its other side too."""
        if not self.rests:
            self._end_run()
        self.out.announced.append("flow.skipped")
        self.course.leave_exercise()
        if self.course.is_last:
            self.out.beeps.append("end")
            self._complete()
        else:
            self._next_set()

    def repeat(self) -> None:
        """Do the current set once more, or the one before if nothing of it was done yet.

        What was done of it stays on record.
        """
        if not self.rests:
            self._end_run()
            if not self.run.begun:
                self.course.go_back()
        self._enter_set(new_block=False)

    # Sets

    def _enter_set(self, *, new_block: bool) -> None:
        block = self.block
        self.speech.coach.begin(self._sets.enter().rules)
        self._counted_in, self.placing = False, None
        self.framing.forget()
        if new_block and self._guidance is not None and self._guidance.checker is not None:
            self.placing = Placing(self._guidance.checker(block.exercise, block.side))
            self.stage = Stage.SETUP
        else:
            self._leave_setup(new_block=new_block)

    def _leave_setup(self, *, new_block: bool) -> None:
        """Explain the exercise, once a session, or get ready at once."""
        self._sets.know_line()
        explains = self._guidance is not None and self._guidance.explain
        exercise_id = self.block.exercise.id
        if new_block and explains and exercise_id not in self._explained:
            self._explained.add(exercise_id)
            on_ball = exercise_id in self.on_ball
            said = phrases.explanation(self.block, self._book, on_ball=on_ball)
            self._explaining = Explaining(said, self._book)
            self.stage = Stage.EXPLAIN
            return
        self.stage = Stage.GET_READY
        side = phrases.side_cue(self.block) if new_block else None
        cue_id = side or phrases.set_cue(self.course.set_number, self.course.sets)
        if cue_id is not None and self._guidance is not None:
            self.say(cue_id)

    def _end_set(self) -> None:
        self._end_run()
        self.out.beeps.append("end")
        coming = self.course.coming
        if coming is None:
            self._complete()
            return
        exercise = self.block.exercise
        self.stage = Stage.REST
        self.rest = Resting(exercise.dose.rest_s, self.t_s + exercise.dose.rest_s)
        self.say(*phrases.rest_begins(exercise.dose.rest_s, coming, exercise))

    def _complete(self) -> None:
        """End the session; nothing is stepped after it, so what is said cannot wait."""
        self.stage = Stage.DONE
        # Nobody is praised for what was passed over.
        whole = self._sets.all_whole
        self.out.announced.append("flow.session_complete" if whole else "flow.see_you")

    def _next_set(self) -> None:
        self.speech.coach.drop_waiting()
        self._enter_set(new_block=self.course.go_on())

    def _end_run(self) -> list[Fact]:
        """End the current set, for good."""
        facts = self._close()
        if self.run.begun or self.run.record.skipped_for_pain:
            self.out.ended.append(self.run.record)
        return facts

    def _close(self, until_s: float = inf) -> list[Fact]:
        """End what the judge has under way, at the last moment that could be judged."""
        last_s = min(until_s, self._judged_s if self.conditions.trouble else self.t_s)
        facts = self.run.close(last_s, interrupted=self.conditions.trouble is not None)
        self.out.facts += facts
        return facts

    def say(self, *cue_ids: str) -> None:
        """Have cues said when their turn comes."""
        known = (cue_id for cue_id in cue_ids if cue_id in self._book)
        self.out.requests += [CueRequest(cue_id, waits_s=_WAITS_S) for cue_id in known]

    # Stages

    def advance(self, pose: Pose | None) -> None:
        """Let the current stage take its course."""
        match self.stage:
            case Stage.SETUP if self.conditions.looked:
                self._place(pose)
            case Stage.EXPLAIN:
                self._explain()
            case Stage.GET_READY:
                self._wait_for_start()
            case Stage.COUNTDOWN:
                self._count()
            case Stage.REST:
                self._rest()
            case _:
                pass
        if self.stage in (Stage.GET_READY, Stage.EXERCISE):
            self._check_dose()
        self._mark()
        if self._guidance is not None:
            speaking = bool(self.conditions.speaking)
            self.out.requests += self.attending.step(
                self.t_s, self.stage, self.run, self.presence, speaking=speaking
            )

    def _place(self, pose: Pose | None) -> None:
        if self.placing is not None:
            self.run.picture.step(self.t_s, pose)
            picture, over = self.conditions.picture, self.run.picture.seen
            self.say(*self.placing.step(self.t_s, pose, picture, upside_down=over))
        if self.placing is None or (self.placing.passed and not self.run.picture.suspected):
            self._leave_setup(new_block=True)

    def _explain(self) -> None:
        self.out.announced += self._explaining.step(self.t_s, speaking=self.conditions.speaking)
        if self._explaining.over:
            self.stage = Stage.GET_READY

    def _wait_for_start(self) -> None:
        """Begin with the start position; before it, count in whoever lies still and listens."""
        counts_in = self._guidance is not None and self._guidance.count_in and not self._counted_in
        if self.run.judge.active and (not counts_in or self.run.under_way):
            self._start()
        elif counts_in and self._listens:
            self.stage, self._count_in = Stage.COUNTDOWN, CountIn(self.t_s)
            self._count()

    @property
    def _listens(self) -> bool:
        """Say whether somebody can be counted in: who lies still, seen the right way up."""
        listens = self._waits.listens(speaking=self.conditions.speaking)
        return listens and not self.run.picture.suspected

    def _count(self) -> None:
        """Count in; whoever begins earlier has begun."""
        if self.run.under_way or self._count_in is None:
            self._start()
        elif self._waits.has_gone:
            self.stage = Stage.GET_READY
        elif self._count_in.is_over(self.t_s):
            self._counted_in = True
            self.out.announced.append("flow.go")
            self.out.beeps.append("zero")
            self.stage = Stage.EXERCISE if self.run.judge.active else Stage.GET_READY
            if self.run.prior.learn:
                self.say("hold.own_line")
        else:
            self.out.announced += self._count_in.step(self.t_s)

    def _start(self) -> None:
        if not self._counted_in:
            self.out.beeps.append("ready")
        self._counted_in = self._guidance is not None
        self.speech.forget_shown()  # advice on the start position is stale now
        self.stage = Stage.EXERCISE

    def _check_dose(self) -> None:
        """End the set whose dose is done; go back to the start position when it was left."""
        if not self._open_ended and self.run.begun and self.run.is_done:
            self._end_set()
        elif self.stage is Stage.EXERCISE and not self.run.judge.active:
            self.stage = Stage.GET_READY

    def _rest(self) -> None:
        if self.rest.left_s(self.t_s) <= 0.0:
            self._next_set()
            self.out.beeps.append("zero")
            self.attending.rest_ended(self.t_s)
        elif self.rest.is_soon_over(self.t_s):
            self.out.requests += self.run.once("flow.rest_ten_left")[0]

    def _mark(self) -> None:
        """Take up the cues and beeps of the clock, the count and the hints."""
        requests, beeps = list[CueRequest](), list[str]()
        if self.stage is Stage.EXERCISE:
            requests, beeps = self.run.progress(self.t_s, self.speech.coach.last_said_s)
        if self.stage is not Stage.GET_READY:
            self.run.forget_hint()
        else:
            hints = self.run.hint(self.t_s)
            requests = [] if self.conditions.speaking else hints
        self.out.requests += requests
        self.out.beeps += beeps
