"""What sets add up to, and what went wrong most often and where."""

from dataclasses import replace

import pytest

from coreline.judging.events import Fault
from coreline.programme.day import PlannedSet
from coreline.programme.life import SetDone
from coreline.report.model import Analysis
from coreline.report.numbers import (
    counted,
    done_of,
    grouped,
    mean_bend_deg,
    mean_top_s,
    most_frequent,
    worst_bend_deg,
)
from report_records import (
    DAY,
    PLANK,
    RAISES,
    a_hold,
    a_repetition,
    an_analysis,
    changed,
    many_refused,
)


@pytest.mark.parametrize(
    ("faults", "reasons", "expected"),
    [
        ([], [], None),
        (["sag", "pike", "sag"], [], ("fault", "sag", 2)),
        (["sag"], ["too_short", "too_short"], ("reason", "too_short", 2)),
        (["knee_bent"], ["knee_bent", "no_tap"], ("reason", "knee_bent", 1)),
        (["not_seen", "not_seen", "sag"], [], ("fault", "sag", 1)),
        (["not_seen"], [], ("fault", "not_seen", 1)),
    ],
)
def test_what_to_correct_next_is_the_most_frequent(
    faults: list[str], reasons: list[str], expected: tuple[str, str, int] | None
) -> None:
    analysis = an_analysis(
        faults=tuple(Fault(code, 1.0 * at, 1.0 * at + 1.0) for at, code in enumerate(faults)),
        repetitions=tuple(a_repetition(at + 1, code) for at, code in enumerate(reasons)),
    )
    trouble = most_frequent([analysis])
    found = trouble and (trouble.table, trouble.code, trouble.times)
    assert found == expected


def of_side(side: str, faulty: tuple[int, ...]) -> Analysis:
    repetitions = tuple(
        a_repetition(n, *(["knee_bent"] if n in faulty else [])) for n in range(1, 31)
    )
    return an_analysis(RAISES, side=side, repetitions=repetitions)


@pytest.mark.parametrize(
    ("left", "right", "side", "late"),
    [
        ((), (24, 27, 29), "right", True),
        ((2, 9), (3,), "left", False),
        ((2, 9), (3, 5), None, False),
        ((25, 26, 27), (25, 26, 27), None, True),
        ((1,), (30,), None, False),
    ],
)
def test_where_and_when_it_went_wrong(
    left: tuple[int, ...], right: tuple[int, ...], side: str | None, late: bool
) -> None:
    trouble = most_frequent([of_side("left", left), of_side("right", right)])
    assert trouble is not None
    assert (trouble.side if trouble.mostly else None, trouble.late) == (side, late)
    assert (trouble.exercise, trouble.side in {"left", "right"}) == (RAISES, True)


def test_the_exercise_is_the_one_in_which_it_was_most_often() -> None:
    plank = an_analysis(faults=(Fault("sag", 1.0, 2.0),))
    raises = an_analysis(RAISES, faults=(Fault("sag", 1.0, 2.0), Fault("sag", 3.0, 4.0)))
    trouble = most_frequent([plank, raises])
    assert trouble is not None
    assert (trouble.exercise, trouble.times) == (RAISES, 3)


def test_a_count_can_be_put_right_but_not_below_nothing() -> None:
    raises = an_analysis(RAISES, repetitions=(a_repetition(1), a_repetition(2, "no_tap")))
    assert [counted(changed(raises, adjusted=by)) for by in (0, 1, -1, -5)] == [1, 2, 0, 0]


def test_averages_are_weighed_by_the_time_held() -> None:
    long = an_analysis(holds=(replace(a_hold(0.0, 30.0, 90.0), mean_bend_deg=4.0),))
    short = an_analysis(holds=(replace(a_hold(0.0, 10.0, 50.0), mean_bend_deg=-4.0),))
    unseen = an_analysis(holds=(a_hold(0.0, 60.0, None),))
    assert mean_bend_deg([long, short, unseen]) == pytest.approx(2.0)
    assert mean_bend_deg([unseen]) is None


def test_the_worst_bend_keeps_its_sign() -> None:
    assert worst_bend_deg([many_refused(3)]) == -2.0
    assert worst_bend_deg([an_analysis()]) is None
    assert mean_top_s([many_refused(3)]) == pytest.approx(2.4)
    assert mean_top_s([an_analysis()]) is None


def test_sets_are_grouped_by_exercise_and_side_as_they_came_first() -> None:
    sets = [
        an_analysis(RAISES, side="right"),
        an_analysis(PLANK),
        an_analysis(RAISES, side="left"),
        an_analysis(RAISES, side="right", set_number=3),
        an_analysis(RAISES, side="right", set_number=2),
    ]
    assert [
        (
            exercise,
            [[(each.record.side, each.record.set_number) for each in side] for side in sides],
        )
        for exercise, sides in grouped(sets)
    ] == [
        (RAISES, [[("right", 1), ("right", 2), ("right", 3)], [("left", 1)]]),
        (PLANK, [[(None, 1)]]),
    ]
    assert grouped([]) == []


def test_what_was_prescribed_gets_what_was_done_of_it() -> None:
    planned = [PlannedSet(PLANK, None, n, 30.0) for n in (1, 2, 3)]
    planned += [PlannedSet(RAISES, "left", 1, 30.0)]
    sets = [
        SetDone(DAY, PLANK, "left", 1, 30.0, 30.0),
        SetDone(DAY, PLANK, None, 2, 12.5, 30.0),
        SetDone(DAY, RAISES, "right", 1, 30.0, 30.0),
    ]
    assert [done_of(each, sets) for each in planned] == [30.0, 12.5, 0.0, 0.0]
