"""What a session is told beside poses and commands: the picture, trouble, the voice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from coreline.body.measures import Side
from coreline.body.pose import Pose
from coreline.placement.checks import CameraTrouble, Check, PictureFacts
from coreline.placement.neutrals import Usual
from coreline.programme.spec import Exercise, Pace


@dataclass(frozen=True, slots=True)
class Conditions:
    """What else is known at the moment of a frame.

    Attributes:
        picture: Facts about the picture, while it is being set up; None while there is none.
        trouble: Why there is no usable picture; None while there is one.
        new_picture: Whether a picture came; False of a moment that only says that none did.
        looked: Whether a pose was looked for; False of a moment in which only time passes.
        speaking: Whether the voice is in the middle of something; None where there is no voice.
        persons: How many people were there lately; None where nobody counted.
    """

    picture: PictureFacts | None = None
    trouble: CameraTrouble | None = None
    new_picture: bool = True
    looked: bool = True
    speaking: bool | None = None
    persons: int | None = None


NOTHING_ELSE = Conditions()


class Checker(Protocol):
    """What is needed of a set-up check."""

    @property
    def passed(self) -> bool:
        """Say whether all that can be judged is right, and has been for a moment."""
        ...

    @property
    def advice(self) -> str | None:
        """Return the cue for the one thing to move first."""
        ...

    def step(
        self, t_s: float, pose: Pose | None, picture: PictureFacts | None, /
    ) -> tuple[Check, ...]:
        """Take in one frame and return every check."""
        ...


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the trainer does around the sets for somebody at the mat; a recording needs none of it.

    Attributes:
        checker: Makes the set-up check of an exercise on one side; None for no check.
        explain: Show and explain each exercise once.
        known: Exercises that need no explanation any more.
        count_in: Wait until the person lies still, then count three, two, one.
        hand_pauses: A raised hand pauses, and goes on again.
        longer_rest_s: How much `PLUS` adds to a rest.
        neutrals: The person's own line by exercise and side, over earlier sets.
        on_ball: The exercises that the person does on a ball; None where nobody asked.
        pace: How long things take beside the doses, to say how long the session still is.
        learn_neutral: Say once that the first hold of what has no neutral shows the person's line.
    """

    checker: Callable[[Exercise, Side | None], Checker] | None = None
    explain: bool = True
    known: frozenset[str] = frozenset()
    count_in: bool = True
    hand_pauses: bool = True
    longer_rest_s: float = 15.0
    neutrals: Mapping[tuple[str, Side | None], Usual] = field(default_factory=dict)
    learn_neutral: bool = True
    on_ball: frozenset[str] | None = None
    pace: Pace | None = None
