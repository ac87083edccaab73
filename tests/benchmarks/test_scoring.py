"""A judgement against a graded truth: what is right, wrong, forgiven and in doubt."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.comparing import Tally
from tools.grouping import labels_of
from tools.recorded_people import FOLDER, files_in, load_person
from tools.scoring import Score, score


def said(**parts: Any) -> dict[str, Any]:
    """Return a document as `analyze --json` writes it."""
    return {"source": {"found_share": 1.0}, "side": None, "near_side": "left", **parts}


def true_rep(start_s: float, *reasons: str, **more: Any) -> dict[str, Any]:
    rep = {"start_s": start_s, "end_s": start_s + 4.0, "counts": not reasons}
    return {**rep, "reasons": list(reasons), **more}


def said_rep(start_s: float, *reasons: str) -> dict[str, Any]:
    rep = {"start_s": start_s, "end_s": start_s + 4.0, "counted": not reasons}
    return {**rep, "reasons": list(reasons)}


def of_reps(true: list[dict[str, Any]], found: list[dict[str, Any]]) -> Score:
    return score({"reps": true}, said(repetitions=found))


def test_all_right() -> None:
    whole = of_reps(
        [true_rep(0.0), true_rep(5.0, "no_tap")], [said_rep(0.2), said_rep(5.2, "no_tap")]
    )
    assert whole == Score(attempts=2, attempts_right=2, reasons=Tally(1, 1, 1), marks="..")


@pytest.mark.parametrize(
    ("true", "found", "failures", "marks", "reasons"),
    [
        (true_rep(0.0), None, ("not found",), "X", Tally()),
        (true_rep(0.0), said_rep(0.0, "no_tap"), ("refused: no_tap",), "X", Tally(0, 1, 0)),
        (
            true_rep(0.0, "too_short"),
            said_rep(0.0),
            ("counted in spite of too_short",),
            "X",
            Tally(0, 0, 1),
        ),
        (true_rep(0.0, "too_short"), None, ("missed reason too_short",), "~", Tally(0, 0, 1)),
        (
            true_rep(0.0, "too_short"),
            said_rep(0.0, "no_tap"),
            ("missed reason too_short (said no_tap)", "extra reason no_tap"),
            "~",
            Tally(0, 1, 1),
        ),
    ],
)
def test_an_attempt_that_is_judged_wrong(
    true: dict[str, Any],
    found: dict[str, Any] | None,
    failures: tuple[str, ...],
    marks: str,
    reasons: Tally,
) -> None:
    whole = of_reps([true], [found] if found else [])
    assert (whole.failures, whole.marks, whole.reasons) == (failures, marks, reasons)
    assert whole.exact == (marks != "X")


@pytest.mark.parametrize("found", [[], [said_rep(0.0)], [said_rep(0.0, "line_broken")]])
def test_an_attempt_at_a_limit_is_right_either_way(found: list[dict[str, Any]]) -> None:
    whole = of_reps([true_rep(0.0, either_ok=True)], found)
    assert whole == Score(marks="o")


def test_a_grey_reason_may_be_given_or_not() -> None:
    true = true_rep(0.0, "too_low", grey=["too_short"])
    for reasons in (("too_low",), ("too_low", "too_short")):
        assert of_reps([true], [said_rep(0.0, *reasons)]).reasons == Tally(1, 1, 1)


def test_a_top_that_was_never_reached_may_be_called_too_short() -> None:
    assert of_reps([true_rep(0.0, "too_low")], [said_rep(0.0, "too_short")]).reasons == Tally(
        1, 1, 1
    )
    assert of_reps([true_rep(0.0, "too_short")], [said_rep(0.0, "too_low")]).reasons == Tally(
        0, 1, 1
    )


def test_what_counts_where_nothing_was_is_false() -> None:
    whole = of_reps([true_rep(0.0)], [said_rep(0.0), said_rep(3.0), said_rep(20.0, "no_tap")])
    assert (whole.exact, whole.invented, whole.marks) == (False, 1, ". +1 false")
    assert whole.reasons == Tally()


def test_one_judged_attempt_is_not_two_true_ones() -> None:
    long = {**said_rep(0.0), "end_s": 9.0}
    assert of_reps([true_rep(0.0), true_rep(5.0)], [long]).failures == ("not found",)


def test_turns_are_scored_as_repetitions_are() -> None:
    truth = {"rotations": [true_rep(0.0), true_rep(5.0, "incomplete")]}
    found = said(rotations=[said_rep(0.1), said_rep(5.1)])
    assert score(truth, found).failures == ("counted in spite of incomplete",)


# Holds


def a_hold_truth(**more: Any) -> dict[str, Any]:
    truth = {"in_line": [[2.0, 8.0], [10.0, 14.0]], "grey": [], "faults": [], "slight": []}
    return {**truth, "in_line_least_s": 9.5, "in_line_most_s": 10.5, **more}


def a_fault(code: str, start_s: float, end_s: float) -> dict[str, Any]:
    return {"code": code, "start_s": start_s, "end_s": end_s}


def a_true_fault(kind: str, start_s: float, end_s: float, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "start_s": start_s, "end_s": end_s, **more}


def held(in_line_s: float, *faults: dict[str, Any], **more: Any) -> dict[str, Any]:
    hold = {"start_s": 2.0, "end_s": 14.0, "in_line_s": in_line_s, "faults": list(faults)}
    return said(holds=[hold], faults=list(faults), **more)


@pytest.mark.parametrize(
    ("in_line_s", "error_s", "failures"),
    [
        (10.0, 0.0, ()),
        (8.0, 1.5, ()),
        (7.8, 1.7, ("too little held",)),
        (0.1, 9.4, ("nothing held",)),
        (12.2, 1.7, ("too much held",)),
    ],
)
def test_seconds_may_be_off_by_the_edges_of_each_stretch(
    in_line_s: float, error_s: float, failures: tuple[str, ...]
) -> None:
    whole = score(a_hold_truth(), held(in_line_s))
    assert whole.held_error_s == pytest.approx(error_s)
    assert (whole.failures, whole.exact) == (failures, not failures)


@pytest.mark.parametrize(
    ("faults", "exact", "tally", "failures"),
    [
        ([a_fault("pike", 8.2, 9.5)], True, Tally(1, 1, 1), ()),
        ([a_fault("sag", 8.2, 9.5)], True, Tally(0, 0, 1), ("arch named sag",)),
        ([], False, Tally(0, 0, 1), ("arch missed",)),
        ([a_fault("pike", 9.8, 10.2)], False, Tally(0, 0, 1), ("arch missed",)),
    ],
)
def test_a_clear_fault_must_be_met_and_should_be_named(
    faults: list[dict[str, Any]], exact: bool, tally: Tally, failures: tuple[str, ...]
) -> None:
    whole = score(a_hold_truth(faults=[a_true_fault("arch", 8.0, 10.0)]), held(10.0, *faults))
    assert (whole.exact, whole.faults, whole.failures) == (exact, tally, failures)


@pytest.mark.parametrize("faults", [[], [a_fault("sag", 8.2, 9.5)]])
def test_a_fault_at_its_limit_may_be_named_or_not(faults: list[dict[str, Any]]) -> None:
    truth = a_hold_truth(faults=[a_true_fault("sag", 8.0, 10.0, either_ok=True)])
    whole = score(truth, held(10.0, *faults))
    assert (whole.exact, whole.faults) == (True, Tally())


@pytest.mark.parametrize(
    ("fault", "truth", "false"),
    [
        (a_fault("sag", 3.0, 4.0), {}, True),
        (a_fault("not_seen", 3.0, 4.0), {}, False),
        (a_fault("sag", 7.6, 9.9), {}, False),
        (a_fault("sag", 14.1, 15.0), {}, False),
        (a_fault("sag", 3.0, 4.0), {"slight": [{"start_s": 3.0, "end_s": 4.0}]}, False),
        (a_fault("sag", 3.0, 4.0), {"grey": [[3.5, 5.0]]}, False),
    ],
)
def test_a_fault_while_the_line_is_good_is_false(
    fault: dict[str, Any], truth: dict[str, Any], false: bool
) -> None:
    whole = score(a_hold_truth(**truth), held(10.0, fault))
    assert whole.failures == (("false sag",) if false else ())
    assert whole.faults == (Tally(0, 1, 0) if false else Tally())


# In general


times = st.floats(0.0, 30.0, allow_nan=False)
reps = st.lists(
    st.builds(
        true_rep,
        times,
        *[st.sampled_from(["too_short", "no_tap", "too_low"])] * 1,
        either_ok=st.booleans(),
    ),
    max_size=4,
)


@given(reps, st.lists(st.builds(said_rep, times), max_size=5))
def test_never_more_is_right_than_there_is(
    true: list[dict[str, Any]], found: list[dict[str, Any]]
) -> None:
    whole = of_reps(true, found)
    assert whole.attempts_right <= whole.attempts <= len(true)
    assert whole.reasons.right <= min(whole.reasons.said, whole.reasons.true)
    assert whole.invented <= len(found)
    assert not (whole.exact and whole.invented)


@given(reps)
def test_the_truth_itself_is_exact_unless_it_overlaps(true: list[dict[str, Any]]) -> None:
    apart = [{**rep, "start_s": 5.0 * at, "end_s": 5.0 * at + 4.0} for at, rep in enumerate(true)]
    found = [said_rep(5.0 * at, *rep["reasons"]) for at, rep in enumerate(apart)]
    whole = of_reps(apart, found)
    assert (whole.exact, whole.failures) == (True, ())
    assert whole.attempts == whole.attempts_right


def test_every_person_of_the_project_has_a_truth_that_can_be_scored() -> None:
    for half in ("known", "strangers"):
        for path in files_in(FOLDER / half)[::7]:
            document = load_person(path).document
            nothing = score(document["expected"], said())
            assert nothing.invented == 0
            labels = labels_of(document["meta"])
            assert labels["exercise"] == path.name.partition("--")[0]
            assert labels["place"] in {"floor", "ball"}
