"""Which way somebody lies in the camera's picture, where the side that works is to be near it."""

from typing import Final

from coreline.programme.spec import Exercise

# For each way that the belly may look: which side is up, or near, when the head is at the right of
# what the camera sees.
HEAD_RIGHT_WITH: Final = {"up": "left", "down": "right", "camera": "right"}
OTHER: Final = {"left": "right", "right": "left"}


def is_head_right(exercise: Exercise, side: str) -> bool:
    """Say whether the head is at the right of the camera's picture, for a side that works.

    Of a side that is lain on, the other one is up. Without a drawing nobody knows: the left then.
    """
    upper = OTHER[side] if exercise.sides == "each_side" else side
    return is_head_right_near(exercise, upper)


def is_head_right_near(exercise: Exercise, near_side: str) -> bool:
    """Say the same for the side near the camera; of somebody on the side, the upper one."""
    if exercise.figure is None:
        return False
    return near_side == HEAD_RIGHT_WITH[exercise.figure.faces]
