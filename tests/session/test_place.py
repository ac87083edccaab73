"""What the person says that they use, floor or ball, against what is seen."""

from dataclasses import replace
from pathlib import Path

import pytest

from coreline.data_files import load_catalogue, load_cues
from coreline.files.recordings import load_trace
from coreline.judging.events import HoldEnded
from coreline.judging.ready import Place
from coreline.session.blocks import Block
from coreline.session.inputs import Guidance
from coreline.session.session import Session

PEOPLE = Path(__file__).parents[1] / "recordings" / "people" / "known"
PLANK = "w12-back-bridge"
ON_BALL, ON_FLOOR = PEOPLE / f"{PLANK}--5.npz", PEOPLE / f"{PLANK}--3.npz"
AT_ONCE = Guidance(explain=False, count_in=False, hand_pauses=False)


def in_line_s(session: Session) -> float:
    facts = session.records[0].facts
    return sum(fact.hold.in_line_s for fact in facts if isinstance(fact, HoldEnded))


def cues_of(recording: Path, said: frozenset[str] | None) -> list[str]:
    guidance = replace(AT_ONCE, on_ball=said)
    session = Session([Block(load_catalogue().get(PLANK))], load_cues(), guidance=guidance)
    return [cue for t_s, pose in load_trace(recording) for cue in session.step(t_s, pose).cues]


@pytest.mark.parametrize(
    ("recording", "said", "cue_id"),
    [
        (ON_BALL, frozenset[str](), "setup.on_ball"),
        (ON_FLOOR, frozenset([PLANK]), "setup.on_floor"),
    ],
)
def test_something_else_than_was_said_is_noticed_once(
    recording: Path, said: frozenset[str], cue_id: str
) -> None:
    assert cues_of(recording, said).count(cue_id) == 1


@pytest.mark.parametrize(
    ("recording", "said"),
    [(ON_BALL, frozenset([PLANK])), (ON_FLOOR, frozenset[str]()), (ON_BALL, None)],
)
def test_what_was_said_or_never_asked_is_not_remarked_upon(
    recording: Path, said: frozenset[str] | None
) -> None:
    assert not {"setup.on_ball", "setup.on_floor"} & set(cues_of(recording, said))


@pytest.mark.parametrize(("recording", "place"), [(ON_BALL, Place.BALL), (ON_FLOOR, Place.FLOOR)])
def test_floor_and_ball_are_told_apart_without_being_asked_for(
    recording: Path, place: Place
) -> None:
    session = Session([Block(load_catalogue().get(PLANK))], load_cues(), open_ended=True)
    for t_s, pose in load_trace(recording):
        session.step(t_s, pose)
    session.finish(t_s)
    assert session.records[0].place is place


def test_a_ball_that_cannot_be_seen_is_believed_where_it_was_said() -> None:
    """Lying over a ball with everything lifted looks like lying on the floor."""
    held_s = []
    for place in (None, Place.BALL):
        exercise = load_catalogue().get("w34-superman")
        session = Session([Block(exercise)], load_cues(), open_ended=True, place=place)
        for t_s, pose in load_trace(PEOPLE / "w34-superman--5.npz"):
            session.step(t_s, pose)
        session.finish(t_s)
        held_s.append(in_line_s(session))
    unasked_s, said_s = held_s
    assert unasked_s < 1.0
    assert said_s > 5.0
