"""What was done of each block of a session."""

from collections.abc import Iterable, Sequence

from coreline.programme.done import has_line, score_of
from coreline.programme.pace import amount
from coreline.session.blocks import Block
from coreline.session.set_so_far import SetSoFar
from coreline.session.view import Result


def results(blocks: Sequence[Block], sets: Sequence[tuple[int, SetSoFar]]) -> tuple[Result, ...]:
    """Return what was done of each block; `sets` are those with the number of their block."""
    return tuple(
        _result(block, [each for index, each in sets if index == number])
        for number, block in enumerate(blocks)
    )


def _result(block: Block, sets: Iterable[SetSoFar]) -> Result:
    """Return what was done of a block; of a set done twice, the better one."""
    sets = tuple(sets)
    best: dict[int, SetSoFar] = {}
    for each in sets:
        other = best.get(each.set_number)
        if other is None or each.done + each.before >= other.done + other.before:
            best[each.set_number] = each
    dose, a_set = block.exercise.dose, amount(block.exercise.dose)
    done = dict.fromkeys(range(1, block.sets_done + 1), a_set)
    done |= {number: min(each.done + each.before, a_set) for number, each in best.items()}
    return Result(
        exercise_id=block.exercise.id,
        side=block.side,
        done=sum(done.values()),
        prescribed=dose.sets * a_set,
        score=score_of(best.values(), dose.sets) if has_line(block.exercise) else None,
        skipped=any(each.record.skipped_for_pain for each in sets),
    )
