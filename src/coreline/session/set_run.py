"""One set while it runs: its own judge, record and clock, so that nothing leaks into the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from coreline.body.measures import Side
from coreline.body.once import Once
from coreline.body.pose import Pose
from coreline.coaching.coach import CueRequest, band_cues, reason_cues
from coreline.judging.blurred import as_seen_blurred
from coreline.judging.events import (
    Fact,
    Hold,
    HoldEnded,
    Phase,
    Reading,
    Ready,
    State,
)
from coreline.judging.hold import HoldMachine
from coreline.judging.judge import Judge, Prior
from coreline.judging.moments import MomentKeeper
from coreline.judging.ready import Place
from coreline.judging.recognise import Recogniser
from coreline.judging.roll import RollMachine
from coreline.placement.sight import part_of
from coreline.placement.verdicts import hidden_cue
from coreline.placement.view import ViewWatch
from coreline.programme.done import counts, is_scrap, is_whole
from coreline.programme.pace import amount
from coreline.programme.rules import Judging
from coreline.programme.spec import Exercise, HoldDose
from coreline.session.blocks import Block, target_count
from coreline.session.hints import Hints
from coreline.session.nudges import Nudges
from coreline.session.record import SetRecord
from coreline.session.set_so_far import SetSoFar, line_score_in
from coreline.session.upside_down import UPSIDE_DOWN, UpsideDown

# Guesses, but for the clips that there are: what real people find too much or too late would tell.
_LAST_SECONDS = 5.0  # of a hold; twice as much is said too
# For counts that have clips
_LAST_COUNTS = {5: "rep.five_more", 3: "rep.three_more", 1: "rep.last_one"}
_NUDGE_REQUEST_S = 2.0  # later somebody has begun, or waits for the next word
_PLACE_REQUEST_S = 8.0  # what the person uses may be said so long after it was seen
_CLOCK_REQUEST_S = 3.0  # later it is no news that the clock stopped
_STILL, _READY = "fix.stay_still", "pos.get_ready"
_FEW = 10  # repetitions; of fewer the last ones are not announced

Marks = tuple[list[CueRequest], list[str]]


def rules_of(exercise: Exercise) -> Judging:
    """Return how an exercise is judged.

    Raises:
        ValueError: It is not judged.
    """
    if exercise.judging is None:
        raise ValueError(f"{exercise.id} is not judged")
    return exercise.judging


@dataclass(slots=True)
class SetRun:
    """The current set."""

    block: Block
    set_number: int
    before: float = 0.0  # what of it was done in an earlier session, in the dose's unit
    others: Sequence[Exercise] = ()
    prior: Prior = field(default_factory=Prior)
    open_ended: bool = False  # of a recording all is done that is in it, be it more than the dose
    judge: Judge = field(init=False)
    view: ViewWatch = field(default_factory=ViewWatch, init=False)
    record: SetRecord = field(init=False)
    other_id: str | None = field(default=None, init=False)
    adjusted: int = field(default=0, init=False)
    picture: UpsideDown = field(init=False)
    _recogniser: Recogniser | None = field(default=None, init=False)
    _keeper: MomentKeeper = field(default_factory=MomentKeeper, init=False)
    _held_before_s: float = field(default=0.0, init=False)
    _hints: Hints = field(default_factory=Hints, init=False)
    _nudges: Nudges = field(default_factory=Nudges, init=False)
    _marked: set[str] = field(default_factory=set, init=False)
    _ran: bool = field(default=True, init=False)

    def __post_init__(self) -> None:
        """Set up the judging of this set alone."""
        exercise = self.block.exercise
        on_side = exercise.view == "chest"
        one_leg = exercise.sides == "each_leg"
        self.judge = Judge(self.rules, self.block.work, on_side, self.prior, one_leg)
        self.picture = UpsideDown(exercise)
        self._recogniser = Recogniser(self.others) if self.others else None
        self.record = SetRecord(
            exercise.id, self.block.side, self.set_number, prescribed=amount(exercise.dose)
        )

    @property
    def rules(self) -> Judging:
        """Return how the exercise is judged."""
        return rules_of(self.block.exercise)

    # Judging

    def see(
        self, t_s: float, pose: Pose | None, once: Once | None = None, *, waiting: bool
    ) -> tuple[Reading, list[Fact]]:
        """Judge one frame; while `waiting` for the start, watch for another exercise too.

        Others who are handed the same `once` share the work.
        """
        reading, facts = self.judge.step(t_s, pose, once)
        self.view.step(pose)
        facts = self._as_seen(facts)
        self.record.readings.append(reading)
        if waiting and self._recogniser is not None:
            self._recogniser.step(t_s, pose, once)
        self._keeper.step(pose, reading, self.line(), facts)
        self.keep(facts)
        return reading, facts

    def _as_seen(self, facts: list[Fact]) -> list[Fact]:
        return as_seen_blurred(facts) if self.view.is_blurred else facts

    def keep(self, facts: Sequence[Fact]) -> None:
        """Put facts on record."""
        self.record.facts += facts
        if self.judge.neutral_deg is not None:
            self.record.neutral_deg = self.judge.neutral_deg
            self.record.neutral_sd_deg = self.judge.neutral_sd_deg
            self.record.place = self.judge.place
        for fact in facts:
            if isinstance(fact, Ready):
                self._note_sides(fact)
            elif isinstance(fact, HoldEnded):
                self._keep_clock(fact.hold)

    def close(self, t_s: float, *, interrupted: bool = False) -> list[Fact]:
        """End what is under way and put it on record.

        A hold is judged again when it is over, and may turn out to have been a little shorter. The
        set that was told to be done stays so.
        """
        was_told = self.is_done and not self.open_ended
        facts = self._as_seen(self.judge.finish(t_s, interrupted=interrupted))
        self._keeper.take(facts)
        self.keep(facts)
        if was_told and isinstance(self.judge.machine, HoldMachine):
            least_s = self.record.prescribed - self.before
            self._held_before_s = max(self._held_before_s, least_s)
        self.settle()
        return facts

    def settle(self) -> None:
        """Bring the record's totals up to date."""
        most = self.amount if self.open_ended else min(self.amount, self.record.prescribed)
        self.record.done = max(most - self.before, 0.0)
        self.record.adjusted = self.adjusted
        self.record.best, self.record.worst = self._keeper.best, self._keeper.worst
        judge = self.judge
        self.record.tries = tuple(judge.tries)
        if self.record.place is None and judge.waiting.place is Place.BALL:
            self.record.place = Place.BALL
        self.record.unmet = judge.waiting.unmet()
        self.record.waited_s = judge.waiting.waited_s
        self.record.waited_unseen_s = judge.waiting.unseen_s
        if self.record.side is not None and self.block.work is None and judge.working is not None:
            self.record.side = judge.working
        self.record.view = replace(self.view.view(), leg_behind=self._leg_behind())

    def _leg_behind(self) -> bool | None:
        """Say whether the leg that works is behind the other one; None where it cannot be told."""
        exercise, record = self.block.exercise, self.record
        if exercise.sides != "each_leg" or exercise.view == "chest":
            return None
        working = self.judge.working or record.side
        if working is None or record.near_side is None:
            return None
        return working is not record.near_side

    def _note_sides(self, ready: Ready) -> None:
        """Put on record how the person lies, and which leg works where one was not asked for."""
        self.record.near_side = Side(ready.near_side)
        if self.record.side is not None or ready.working_side is None:
            return
        match self.block.exercise.sides:
            case "each_leg":
                self.record.side = Side(ready.working_side)
            case "each_side":
                self.record.side = Side(ready.working_side).other
            case _:
                pass

    # How far it is

    @property
    def begun(self) -> bool:
        """Say whether the start position was held once."""
        return self.record.near_side is not None

    @property
    def is_seen(self) -> bool:
        """Say whether everything that is needed to judge is seen now."""
        return self.judge.form is not None and self.judge.form.seen

    @property
    def in_position(self) -> bool:
        """Say whether the start position is taken now."""
        return self.judge.active or (self.is_seen and self.judge.waits_for() is None)

    @property
    def under_way(self) -> bool:
        """Say whether the exercise itself has begun, and not only its start position."""
        if not self.judge.active:
            return False
        machine = self.judge.machine
        return isinstance(machine, HoldMachine) or machine.phase not in (Phase.WAITING, Phase.DOWN)

    @property
    def held_s(self) -> float:
        """Return the seconds that the hold's clock has counted of this set."""
        machine = self.judge.machine
        if not isinstance(machine, HoldMachine):
            return 0.0
        return self.before + self._held_before_s + machine.clock_s

    @property
    def count(self) -> int:
        """Return the repetitions or turns that count, with those corrected by hand."""
        machine = self.judge.machine
        if isinstance(machine, HoldMachine):
            return 0
        return max(machine.counted + self.adjusted, 0) + round(self.before)

    @property
    def refused(self) -> int:
        """Return the attempts that did not count."""
        machine = self.judge.machine
        return 0 if isinstance(machine, HoldMachine) else machine.refused

    @property
    def amount(self) -> float:
        """Return what was done: seconds of a hold, else repetitions or turns."""
        holds = isinstance(self.judge.machine, HoldMachine)
        return self.held_s if holds else float(self.count)

    @property
    def kept(self) -> float:
        """Return what is done already, whatever comes: without a stay that may yet be a scrap."""
        machine = self.judge.machine
        if isinstance(machine, HoldMachine) and is_scrap(machine.clock_s, self.record.prescribed):
            return self.before + self._held_before_s
        return self.amount

    @property
    def is_done(self) -> bool:
        """Say whether the dose of the set is reached."""
        return is_whole(self.amount, self.record.prescribed)

    def top_s(self, t_s: float) -> float:
        """Return the seconds of the hold, or of the present top."""
        machine = self.judge.machine
        if isinstance(machine, HoldMachine):
            return self.held_s
        if isinstance(machine, RollMachine) or machine.top_since_s is None:
            return 0.0
        return t_s - machine.top_since_s

    def _keep_clock(self, hold: Hold) -> None:
        """Add the hold that is over to the set: a short slip down does not undo it.

        A scrap, or what was refused as a hold, adds nothing; what completes the set is none.
        """
        machine = self.judge.machine
        if isinstance(machine, HoldMachine):
            asked_s, lasted_s = self.record.prescribed, machine.clock_s
            completes = not hold.reasons and is_whole(self.held_s, asked_s)
            self._held_before_s += lasted_s if completes or counts(hold, asked_s) else 0.0
            machine.clock_s = 0.0

    def adjust(self, change: int) -> bool:
        """Correct the count by hand and say whether that could be done."""
        machine = self.judge.machine
        if isinstance(machine, HoldMachine) or machine.counted + self.adjusted + change < 0:
            return False
        self.adjusted += change
        self.record.adjusted = self.adjusted
        return True

    # What there is to say

    def once(self, cue_id: str, *beeps: str) -> Marks:
        """Return a cue and beeps, the first time they are asked for."""
        if cue_id in self._marked:
            return [], []
        self._marked.add(cue_id)
        return [CueRequest(cue_id)], list(beeps)

    def progress(self, t_s: float, said_s: float | None = None) -> Marks:
        """Return each mark of the clock or the count once; the latest word was at `said_s`."""
        if (stopped := self._clock_request()) is not None:
            return [stopped], []
        dose = self.block.exercise.dose
        if isinstance(dose, HoldDose):
            return self._clock_marks(dose.hold_s)
        if (nudge := self._nudge(t_s, said_s)) is not None:
            return [nudge], []
        target = target_count(self.block.exercise) or 0
        left = target - self.count
        if left in _LAST_COUNTS and target >= _FEW:
            return self.once(_LAST_COUNTS[left])
        halfway = self.count * 2 >= target > self.count  # a set of one has no half
        return self.once("rep.halfway", "halfway") if halfway else ([], [])

    def _nudge(self, t_s: float, said_s: float | None) -> CueRequest | None:
        """Return what begins the movement or leads it on, where somebody heard nothing for long."""
        machine = self.judge.machine
        if isinstance(machine, HoldMachine) or not self.judge.active:
            return None
        idle, counted = not self.under_way, machine.counted
        attempts = counted + machine.refused
        due = self._nudges.step(t_s, idle=idle, attempts=attempts, counted=counted, said_s=said_s)
        if not due:
            return None
        if isinstance(machine, RollMachine):
            return CueRequest("roll.start", waits_s=_NUDGE_REQUEST_S if idle else 0.0)
        if idle:
            return CueRequest("rep.up", waits_s=_NUDGE_REQUEST_S)
        return CueRequest(self._next_of_raise(t_s, machine.phase))

    def _next_of_raise(self, t_s: float, phase: Phase) -> str:
        """Return the word for what comes next of a raise that is under way."""
        if phase is Phase.RISING:
            return reason_cues(self.rules)["too_low"]
        if phase is Phase.TOP:
            raises = self.rules.raises
            held = raises is None or self.top_s(t_s) >= raises.hold_s
            return "rep.down" if held else "hold.keep"
        return "fix.tap_ground"

    def _clock_request(self) -> CueRequest | None:
        """Return what to say when the clock has stopped for a fault, or runs again."""
        machine = self.judge.machine
        if not isinstance(machine, HoldMachine) or not self.judge.active:
            return None
        # Out of sight, neither can be told: the page and the voice say that nobody is seen.
        if self.judge.form is None or not self.judge.form.seen or machine.clock_runs == self._ran:
            return None
        self._ran = runs = machine.clock_runs
        cue_id = "hold.timer_resumes" if runs else "hold.timer_paused"
        return CueRequest(cue_id, waits_s=_CLOCK_REQUEST_S)

    def _clock_marks(self, hold_s: float) -> Marks:
        left_s = hold_s - self.held_s
        if left_s <= _LAST_SECONDS < hold_s:
            return self.once("hold.five_left")
        if left_s <= 2.0 * _LAST_SECONDS < hold_s / 2.0:
            return self.once("hold.ten_left")
        if left_s <= hold_s / 2.0:
            return self.once("hold.halfway", "halfway")
        return self.once("hold.start")

    def hint(self, t_s: float) -> list[CueRequest]:
        """Return what still keeps the position from being right, once it has for long.

        Somebody who is just moving into position needs no advice; somebody who gets it wrong now in
        one way and now in another does: the time in which anything is missing adds up, and what was
        missing most is said.
        """
        self.other_id = None
        if self._recogniser is not None:
            self.other_id = self._recogniser.looks_like(self.block.exercise.id)
        if self.other_id is not None and (requests := self.once("setup.other_exercise")[0]):
            return requests
        if self.picture.seen and self.other_id is None:
            return [CueRequest(UPSIDE_DOWN)]
        return self._hints.step(t_s, self.judge.hint())

    def unseen_cue(self) -> str:
        """Return what is said of the part of the body that is not seen."""
        form = self.judge.form
        return hidden_cue(part_of(form.missing if form and form.missing else ""))

    @property
    def clock_stands(self) -> bool:
        """Say whether a hold is under way whose clock stands still."""
        machine = self.judge.machine
        return isinstance(machine, HoldMachine) and self.judge.active and not machine.clock_runs

    def stopped_by(self) -> str | None:
        """Return what to do for the clock of a hold to run again."""
        if not self.is_seen:
            return self.unseen_cue()
        codes = self.judge.machine.faults
        return band_cues(self.rules).get(codes[0]) if codes else None

    def start_advice(self) -> str:
        """Return what to do to somebody who is there and waits for the set to begin."""
        if self.in_position:
            return _STILL
        if not self.is_seen:
            return self.unseen_cue()
        if self.picture.seen:
            return UPSIDE_DOWN
        first = self.rules.start.conditions[0].cue
        return self.judge.hint() or first or _READY

    def other_place(self, facts: Sequence[Fact]) -> list[CueRequest]:
        """Return that something else is used than the person said, floor or ball, once a set."""
        said = self.prior.place
        ready = any(isinstance(fact, Ready) for fact in facts)
        if not ready or said is None or self.rules.ball is None or self.judge.place is said:
            return []
        cue_id = "setup.on_ball" if self.judge.place is Place.BALL else "setup.on_floor"
        return [CueRequest(each.cue_id, waits_s=_PLACE_REQUEST_S) for each in self.once(cue_id)[0]]

    def failed_try(self, facts: Sequence[Fact]) -> list[CueRequest]:
        """Return what is said to somebody whose attempt at a hold came to nothing."""
        refused = any(isinstance(fact, HoldEnded) and fact.hold.reasons for fact in facts)
        if not refused or not self.judge.tries or self.judge.tries[-1].cue is None:
            return []
        return [CueRequest(self.judge.tries[-1].cue)]

    def forget_hint(self) -> None:
        """Restart the time after which a hint is due."""
        self._hints = Hints()

    def line(self) -> tuple[int, ...]:
        """Return the landmark numbers of the body line, head end first."""
        form = self.judge.form
        if form is None or form.scene is None:
            return ()
        sides = form.scene.sides
        return tuple(int(sides.joints(point)[0]) for point in self.rules.body_line)

    def so_far(self) -> SetSoFar:
        """Return what is to be known of the set once the next one runs."""
        score = line_score_in(self.record.facts, self.record.prescribed)
        return SetSoFar(self.block, self.set_number, self.before, self.held_s, self.record, score)


def idle_reading(t_s: float, pose: Pose | None) -> Reading:
    """Return the reading of a frame in which nothing is judged."""
    state = State.UNSEEN if pose is None else State.NOT_GOOD
    return Reading(t_s, pose is not None, None, None, None, None, Phase.WAITING, state)
