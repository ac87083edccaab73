"""The sets of a session: those that are over, the one that is run, and what each begins with."""

from collections.abc import Sequence

from coreline.judging.hold import HoldMachine
from coreline.judging.judge import Prior
from coreline.judging.ready import Place
from coreline.programme.spec import Exercise
from coreline.session.blocks import Block
from coreline.session.course import Course
from coreline.session.inputs import Guidance
from coreline.session.own_lines import prior_of
from coreline.session.results import results
from coreline.session.set_run import SetRun
from coreline.session.set_so_far import SetSoFar


class Sets:
    """One set after the other, each with a `SetRun` of its own.

    Attributes:
        course: Which set of which block it is.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        *,
        others: Sequence[Exercise],
        guidance: Guidance | None,
        place: Place | None,
        open_ended: bool,
    ) -> None:
        """Take what a session is given; nothing of it is run yet.

        Raises:
            ValueError: There is nothing to do.
        """
        self.course = Course(tuple(blocks), guidance.pace if guidance else None)
        self._blocks, self._open_ended = tuple(blocks), open_ended
        self._others, self._guidance, self._said_place = tuple(others), guidance, place
        self._past: list[tuple[int, SetSoFar]] = []  # with the number of the block
        self._run: SetRun | None = None
        self._index = 0  # the number of its block

    @property
    def run(self) -> SetRun:
        """Return the current set."""
        if self._run is None:
            raise RuntimeError("no set has been entered")
        return self._run

    @property
    def all(self) -> Sequence[tuple[int, SetSoFar]]:
        """Return every set so far, the current one included, with the number of its block."""
        return self._past if self._run is None else [*self._past, (self._index, self._run.so_far())]

    @property
    def all_whole(self) -> bool:
        """Say whether all that the session consists of is done."""
        return all(each.is_whole for each in results(self._blocks, self.all))

    @property
    def clock_runs(self) -> bool | None:
        """Say whether the seconds of the current hold are counted; None where there are none."""
        machine, form = self.run.judge.machine, self.run.judge.form
        if not isinstance(machine, HoldMachine):
            return None
        return form is not None and form.seen and machine.clock_runs

    def enter(self) -> SetRun:
        """Begin the set where the course is, and return it."""
        block = self.course.block
        first = self.course.set_number == block.sets_done + 1
        before = block.begun if first and not self._was_begun(block) else 0.0
        known = (block, self.course.set_number, before, self._others, self._prior(block))
        run = SetRun(*known, self._open_ended)
        self._past = list(self.all)
        self._run, self._index = run, self.course.index
        return run

    def know_line(self) -> None:
        """Start the set over when the person's line is no longer what it was thought to be."""
        run, prior = self.run, self._prior(self.course.block)
        if prior != run.prior:
            known = (run.block, run.set_number, run.before, self._others, prior)
            self._run = SetRun(*known, self._open_ended)

    def _was_begun(self, block: Block) -> bool:
        """Say whether a set of the block has run in this session; done again, it begins at zero."""
        return any(each.block is block for _, each in self.all)

    def _prior(self, block: Block) -> Prior:
        """Return what is known of the person's line before a set."""
        sets = [each for _, each in self.all]
        return prior_of(block, self._guidance, self._said_place, sets)
