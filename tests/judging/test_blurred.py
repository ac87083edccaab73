"""What is left of a fact whose picture was blurred, alone and in a recording."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.data_files import load_catalogue, load_cues
from coreline.judging.blurred import as_seen_blurred
from coreline.judging.events import (
    Fact,
    Fault,
    FaultBegan,
    FaultEnded,
    Ready,
    Repetition,
    RepetitionEnded,
    Rotation,
    RotationEnded,
)
from coreline.placement.view import Hindrance
from coreline.programme.rule_values import REASON_CODES
from coreline.report.model import Analysis
from coreline.training import replay
from report_records import a_repetition

RECORDINGS = Path(__file__).parents[1] / "recordings"
CATALOGUE, BOOK = load_catalogue(), load_cues()
REASONS = st.lists(st.sampled_from(REASON_CODES), max_size=3, unique=True).map(tuple)


def turn(*reasons: str) -> RotationEnded:
    return RotationEnded(9.0, Rotation(1.0, 9.0, "chest_to_camera_first", not reasons, reasons))


def reasons_of(fact: Fact) -> tuple[str, ...]:
    match fact:
        case RepetitionEnded(repetition=each):
            return each.reasons
        case RotationEnded(rotation=each):
            return each.reasons
        case _:
            raise AssertionError(fact)


@given(REASONS)
def test_of_what_did_not_count_nobody_can_say_why(reasons: tuple[str, ...]) -> None:
    facts: list[Fact] = [RepetitionEnded(9.0, a_repetition(1, *reasons)), turn(*reasons)]
    kept = reasons if not reasons or "not_seen" in reasons else ("blurred",)
    seen = as_seen_blurred(facts)
    assert [reasons_of(fact) for fact in seen] == [kept, kept]
    assert [type(fact) for fact in seen] == [type(fact) for fact in facts]


@pytest.mark.parametrize(
    "fact",
    [
        Ready(0.0, "left", "left"),
        FaultBegan(2.0, 1.0, "sag"),
        FaultEnded(3.0, Fault("sag", 1.0, 3.0)),
    ],
)
def test_all_else_stays_as_it_is(fact: Fact) -> None:
    assert as_seen_blurred([fact]) == [fact]


def attempts_of(analysis: Analysis) -> list[Repetition | Rotation]:
    return [*analysis.repetitions, *analysis.rotations]


@pytest.mark.parametrize("exercise_id", ["w56-back-bridge", "adv-log-roll"])
def test_a_recording_of_blurred_pictures_counts_the_same_and_gives_no_reasons(
    exercise_id: str,
) -> None:
    sharp = replay.read(RECORDINGS / f"{exercise_id}.landmarks.npz")
    blurred = replace(
        sharp,
        frames=[(t_s, pose and replace(pose, blurred=True)) for t_s, pose in sharp.frames],
    )
    before, after = (
        replay.judge(each, CATALOGUE.get(exercise_id), BOOK) for each in (sharp, blurred)
    )
    attempts = [attempts_of(each) for each in (before, after)]
    assert any(each.reasons for each in attempts[0])
    assert [each.counted for each in attempts[0]] == [each.counted for each in attempts[1]]
    assert {each.reasons for each in attempts[1]} == {(), ("blurred",)}
    assert before.record.view is not None
    assert after.record.view is not None
    assert Hindrance.BLURRED not in before.record.view.hindrances
    assert Hindrance.BLURRED in after.record.view.hindrances
