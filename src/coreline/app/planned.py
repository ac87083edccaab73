"""From the plan of a day to what a session is made of."""

from collections.abc import Sequence

from coreline.body.side import Side
from coreline.programme.catalogue import Catalogue
from coreline.programme.day import DayPlan, Item, PlannedSet
from coreline.programme.life import Life
from coreline.programme.pace import amount
from coreline.session.blocks import Block


def blocks_of_day(plan: DayPlan, catalogue: Catalogue) -> list[Block]:
    """Return what is still to be done of a day; what is done of it is left out."""
    return [
        _block(item, catalogue)
        for item in plan.items
        if item.open_sets and catalogue.get(item.exercise_id).judged
    ]


def _block(item: Item, catalogue: Catalogue) -> Block:
    """Return an item as a block that begins with its first set that is not done."""
    exercise = catalogue.get(item.exercise_id).model_copy(update={"dose": item.dose})
    side = Side(item.side) if item.side is not None else None
    first = item.open_sets[0]
    return Block(exercise, side, sets_done=first - 1, begun=item.done[first - 1])


def planned_sets(blocks: Sequence[Block]) -> tuple[PlannedSet, ...]:
    """Return the sets that a session is to consist of."""
    return tuple(
        PlannedSet(
            block.exercise.id,
            block.side,
            number,
            amount(block.exercise.dose),
        )
        for block in blocks
        for number in range(block.sets_done + 1, block.exercise.dose.sets + 1)
    )


def exercises_known(life: Life) -> frozenset[str]:
    """Return the exercises that the person has done before."""
    return frozenset(each.exercise_id for each in life.sets)
