"""What was done of each exercise, and which way the line leans: what a page shows of a session."""

from collections.abc import Sequence

from coreline.body.line import mean
from coreline.judging.events import Reading
from coreline.programme.pace import amount
from coreline.session.blocks import Block
from coreline.session.set_run import SetRun
from coreline.session.view import Result


def deviation_deg(reading: Reading) -> float | None:
    """Return the bend's change from the neutral, + = hip toward the floor."""
    if reading.bend_deg is None or reading.neutral_deg is None:
        return None
    return reading.bend_deg - reading.neutral_deg


def results(blocks: Sequence[Block], runs: Sequence[tuple[int, SetRun]]) -> tuple[Result, ...]:
    """Return what was done of each block; `runs` are the sets with the number of their block."""
    return tuple(
        _result(block, [run for index, run in runs if index == number])
        for number, block in enumerate(blocks)
    )


def _result(block: Block, runs: Sequence[SetRun]) -> Result:
    """Return what was done of a block; of a set done twice, the better one."""
    done: dict[int, float] = {}
    for run in runs:
        done[run.set_number] = max(done.get(run.set_number, 0.0), run.record.done + run.before)
    a_set = amount(block.exercise.dose)
    return Result(
        exercise_id=block.exercise.id,
        side=block.side,
        done=sum(done.values()) + block.sets_done * a_set,
        prescribed=block.exercise.dose.sets * a_set,
        line_score=mean([score for run in runs for score in run.line_scores()]),
        skipped=any(run.record.skipped_for_pain for run in runs),
    )
