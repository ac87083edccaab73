"""What leads from one thing to the next, as cue ids in the order in which they are said."""

from coreline.body.measures import Side
from coreline.coaching.cues import CueBook
from coreline.coaching.spoken import dose_cue, how_cue, how_on_floor_cue, name_cue
from coreline.placement.checks import CameraTrouble
from coreline.programme.spec import Exercise
from coreline.session.blocks import Block
from coreline.session.view import Coming, Pause

_TURN = {"each_leg": "flow.other_leg", "each_side": "turn.other_side", "both_ways": "turn.around"}
_SIDE = {
    ("each_leg", Side.LEFT): "side.left_leg",
    ("each_leg", Side.RIGHT): "side.right_leg",
    ("each_side", Side.LEFT): "side.left_down",
    ("each_side", Side.RIGHT): "side.right_down",
}
_PAUSES = {
    Pause.ASKED: "flow.paused",
    Pause.HAND: "pause.hand",
    Pause.LEFT: "pause.left",
    Pause.PAIN: "pain.asked",
}
_THIRTY = 30.0  # the handout's usual rest: it has a clip that names it
_SETS_WITH_WORDS = 3  # there are clips of "set 2 of 3", and for no other number of sets

READING_S_A_LETTER = 0.06  # for somebody who reads what no voice says
READING_S = 1.2  # to notice that there is something to read; both are guesses


def explanation(block: Block, book: CueBook, *, on_ball: bool) -> list[str]:
    """Return the cues that explain an exercise: its name, how it is done, how much, which side."""
    exercise = block.exercise
    on_floor = how_on_floor_cue(exercise.id)
    wanted = [
        name_cue(exercise.id),
        on_floor if on_floor in book and not on_ball else how_cue(exercise.id),
        dose_cue(exercise.dose),
        side_cue(block),
    ]
    return [cue_id for cue_id in wanted if cue_id is not None and cue_id in book]


def side_cue(block: Block) -> str | None:
    """Return the cue that says which side works."""
    return _SIDE.get((block.exercise.sides, block.side)) if block.side is not None else None


def set_cue(set_number: int, sets: int) -> str | None:
    """Return the cue that says which set begins; there are words for three."""
    return f"flow.set_{set_number}_of_3" if sets == _SETS_WITH_WORDS else None


def rest_begins(rest_s: float, coming: Coming, exercise: Exercise) -> list[str]:
    """Return what is said when a rest begins, and what it is for."""
    said = ["flow.rest_30" if rest_s == _THIRTY else "flow.rest"]
    if coming.turns:
        said.append(_TURN.get(exercise.sides, "flow.other_side"))
    elif coming.exercise_id != exercise.id:
        said += ["flow.next_exercise", name_cue(coming.exercise_id)]
    return said


def pause_cue(pause: Pause, trouble: CameraTrouble | None) -> str:
    """Return what is said when the session pauses."""
    if pause is Pause.CAMERA and trouble is not None:
        return f"camera.{trouble.value}"
    return _PAUSES.get(pause, "flow.paused")


def pause_ends(pause: Pause, *, hand: bool) -> str | None:
    """Return the cue that says how to go on after a pause; `hand`: a raised hand does it too."""
    match pause:
        case Pause.HAND | Pause.ASKED:
            return "pause.go_on" if hand else "pause.space"
        case Pause.LEFT:
            return "pause.lie_down"
        case Pause.CAMERA:
            return "pause.by_itself"
        case Pause.PAIN:  # its question says it
            return None


def reading_s(cue_id: str, book: CueBook) -> float:
    """Return how long it takes to read a cue."""
    text = book.get(cue_id).text
    return READING_S + READING_S_A_LETTER * max(len(text.nl), len(text.en))
