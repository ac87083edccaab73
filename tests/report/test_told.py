"""The first line of a report: what was asked, what was achieved, and why it was not all."""

import pytest

from coreline.programme.day import PlannedSet
from coreline.programme.language import Language
from coreline.programme.life import PainMoment, PainNoted, Skipped
from coreline.report.html import page_of
from coreline.report.model import Analysis, SessionReport
from coreline.report.parts import Detail
from coreline.report.wording import Wording
from report_records import CATALOGUE, DAY, PLANK, WORDS, a_hold, an_analysis, changed

BRIDGE = "w12-belly-bridge"


def first_line(report: SessionReport, language: Language = "en") -> str:
    return page_of(report, CATALOGUE, Wording(WORDS, language), Detail(16)).summary.line


def planned(exercise_id: str, side: str | None = None) -> list[PlannedSet]:
    return [PlannedSet(exercise_id, side, number, 30.0) for number in (1, 2, 3)]


def held(exercise_id: str, set_number: int = 1, seconds: float = 30.0) -> Analysis:
    return an_analysis(exercise_id, set_number=set_number, holds=(a_hold(0.0, seconds),))


def stopped(*pains: PainNoted) -> SessionReport:
    """Return a session that was stopped in its second set because it hurt."""
    return SessionReport(
        (held(BRIDGE), changed(held(BRIDGE, 2, 10.0), skipped_for_pain=True)),
        planned=tuple(planned(BRIDGE)),
        pains=pains,
        skipped=(Skipped(DAY, BRIDGE, None, for_pain=True),),
    )


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("en", "stopped because it hurt, 8 of 10."),
        ("nl", "gestopt omdat het pijn deed, 8 van 10."),
    ],
)
def test_how_much_it_hurt_is_in_the_first_line(language: Language, why: str) -> None:
    report = stopped(
        PainNoted(DAY, PainMoment.BEFORE, 2),
        PainNoted(DAY, PainMoment.DURING, 3, (), BRIDGE),
        PainNoted(DAY, PainMoment.DURING, 8, (), BRIDGE),
        PainNoted(DAY, PainMoment.DURING, 9, (), PLANK),
        PainNoted(DAY, PainMoment.AFTER, 5),
    )
    assert first_line(report, language).endswith(why)


def test_without_a_number_none_is_told() -> None:
    assert first_line(stopped()).endswith("; stopped because it hurt.")


def test_what_was_passed_over_is_told_apart_from_what_was_not_come_to() -> None:
    asked = (*planned(BRIDGE), *planned(PLANK), *planned("w12-side-bridge"))
    line = first_line(SessionReport((held(PLANK),), planned=asked))
    assert "not all of Supine bridge: passed over" in line
    assert "not all of Front plank: 33\u00a0% of it done" in line
    assert "not all of Side bridge: not done" in line


def test_sets_that_were_passed_over_are_counted() -> None:
    report = SessionReport((held(BRIDGE, 1), held(BRIDGE, 3)), planned=tuple(planned(BRIDGE)))
    assert first_line(report).endswith("; 1 set passed over.")
    report = SessionReport((held(BRIDGE, 1),), planned=tuple(planned(BRIDGE)))
    assert first_line(report).endswith("; 2 sets not done.")


@pytest.mark.parametrize("first", [1, 3])  # the sets before it were done earlier on the day
def test_the_dose_under_an_exercise_is_what_was_asked_of_it(first: int) -> None:
    """What is done in place of another is asked for as that one was prescribed."""
    asked = tuple(PlannedSet(BRIDGE, None, number, 12.0) for number in range(first, 5))
    report = SessionReport((held(BRIDGE, first, 12.0),), planned=asked)
    (part,) = page_of(report, CATALOGUE, Wording(WORDS, "en"), Detail(16)).exercises
    assert part.subtitle.startswith("prescribed: 4 \u00d7 12 seconds")


def test_a_side_that_was_passed_over_is_told() -> None:
    sides = (*planned(PLANK, "left"), *planned(PLANK, "right"))
    right = an_analysis(PLANK, side="right", holds=(a_hold(0.0, 30.0),))
    line = first_line(SessionReport((right,), planned=sides))
    assert "left side to the camera: passed over" in line
