"""What the person chose for one session."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coreline.choices.settings import Settings
from coreline.programme.life import USUAL_PLACE
from coreline.session.blocks import Block


@dataclass(frozen=True, slots=True)
class SessionChoices:
    """What the person chose for one session.

    Attributes:
        source: A camera, an address, a file or the sample.
        blocks: What to do, in order.
        settings: How.
        guided: Whether there is somebody at the mat, who is shown, told and waited for.
        known: Exercises that need no explanation any more.
        linger_s: How long the result stays on the screen.
        height_m: Of the person, where it is known.
        place: What the spot is called where the camera stands.
        videos: The folder of the person's videos; the common one when None.
        on_ball: The exercises that the person does on a ball; None where nobody asked.
    """

    source: str
    blocks: Sequence[Block]
    settings: Settings
    guided: bool
    known: frozenset[str] = frozenset()
    linger_s: float = 4.0
    height_m: float | None = None
    place: str = USUAL_PLACE
    videos: Path | None = None
    on_ball: frozenset[str] | None = None
