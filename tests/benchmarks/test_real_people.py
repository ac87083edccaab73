"""Real people: what was right once stays right, and how a label is held against a judgement."""

from pathlib import Path
from typing import Any

import pytest
from real_people import (
    LABELS,
    RESULTS,
    TRACES,
    Group,
    Label,
    Outcome,
    load_labels,
    load_results,
    main,
    outcome_of,
    outcomes_of,
    results_toml,
    sums_of,
)
from tools.scoring import Said

from report_records import PLANK, RAISES


def test_what_was_right_is_still_right() -> None:
    right = {name for name, was in load_results().items() if was}
    today = outcomes_of([each for each in load_labels(LABELS) if each.name in right], TRACES)
    assert len(today) == len(right)
    assert [(each.label.name, each.said) for each in today if not each.right] == []


def test_every_label_has_a_trace_and_a_result() -> None:
    labels = load_labels(LABELS)
    names = [each.name for each in labels]
    assert len(set(names)) == len(names)
    assert set(load_results()) == set(names), "run python benchmarks/real_people.py --accept"
    assert {each.trace for each in labels} == {path.stem for path in TRACES.glob("*.npz")}
    assert all(each.repo for each in labels)
    sure = [each for each in labels if each.group is not Group.OTHER]
    assert len(sure) >= 33


def test_the_traces_are_small() -> None:
    assert sum(path.stat().st_size for path in TRACES.glob("*.npz")) <= 3_000_000


# One clip


def a_label(**more: Any) -> Label:
    return Label.model_validate({"trace": "x", "exercise": PLANK, **more})


def said(**parts: Any) -> Said:
    whole = {"source": {"found_share": 1.0}, "side": None, "near_side": None, **parts}
    return Said.model_validate(whole)


def a_hold(start_s: float, end_s: float, in_line_s: float, *faults: Any) -> dict[str, Any]:
    return {"start_s": start_s, "end_s": end_s, "in_line_s": in_line_s, "faults": list(faults)}


def a_rep(start_s: float, end_s: float, *reasons: str) -> dict[str, Any]:
    return {"start_s": start_s, "end_s": end_s, "counted": not reasons, "reasons": list(reasons)}


@pytest.mark.parametrize(("in_line_s", "right"), [(8.3, True), (11.7, True), (8.1, False)])
def test_seconds_are_as_right_as_an_eye_can_tell(in_line_s: float, right: bool) -> None:
    label = a_label(holds=[[1.0, 11.0]])
    assert outcome_of(label, said(holds=[a_hold(1.0, 11.0, in_line_s)])).right == right


def test_only_the_part_that_is_meant_counts() -> None:
    label = a_label(holds=[[5.0, 10.0]], from_s=5.0, until_s=10.0)
    assert outcome_of(label, said(holds=[a_hold(0.0, 10.0, 10.0)])).said == ("held 5.0 of 5.0 s",)


@pytest.mark.parametrize(
    ("reps", "right"),
    [
        ([a_rep(1.0, 3.0, "too_short"), a_rep(4.0, 6.0)], True),
        ([a_rep(1.0, 3.0)], False),
        ([a_rep(1.0, 3.0), a_rep(4.0, 6.0), a_rep(7.0, 8.0)], False),
        ([a_rep(2.6, 3.0), a_rep(4.0, 6.0)], False),
    ],
)
def test_each_top_is_an_attempt(reps: list[dict[str, Any]], right: bool) -> None:
    label = a_label(exercise=RAISES, peaks=[2.0, 5.0])
    assert outcome_of(label, said(repetitions=reps)).right == right


@pytest.mark.parametrize(
    ("parts", "right"),
    [
        ({}, True),
        ({"holds": [a_hold(0.0, 9.0, 1.9)]}, True),
        ({"holds": [a_hold(0.0, 9.0, 2.1)]}, False),
        ({"repetitions": [a_rep(1.0, 3.0, "too_short")]}, True),
        ({"repetitions": [a_rep(1.0, 3.0)]}, False),
        ({"rotations": [a_rep(1.0, 3.0)]}, False),
    ],
)
def test_nothing_may_count(parts: dict[str, Any], right: bool) -> None:
    assert outcome_of(a_label(nothing_counts=True), said(**parts)).right == right


@pytest.mark.parametrize(("code", "right"), [("pike", True), ("sag", False)])
def test_a_fault_is_named_at_its_time(code: str, right: bool) -> None:
    fault = {"code": code, "start_s": 2.0, "end_s": 4.0}
    label = a_label(faults=[["pike", 1.0, 5.0]])
    assert outcome_of(label, said(holds=[a_hold(1.0, 9.0, 3.0, fault)])).right == right
    assert outcome_of(label, said(faults=[fault])).right == right


@pytest.mark.parametrize(
    ("more", "group"),
    [
        ({}, Group.POSITIVE),
        ({"nothing_counts": True}, Group.NEGATIVE),
        ({"sure": False}, Group.OTHER),
        ({"view": "oblique", "nothing_counts": True}, Group.OTHER),
        ({"animated": True}, Group.OTHER),
    ],
)
def test_who_is_in_which_group(more: dict[str, Any], group: Group) -> None:
    assert a_label(**more).group is group


# What is kept and printed


def test_results_come_back_as_they_were(tmp_path: Path) -> None:
    outcomes = [Outcome(a_label(), True, ()), Outcome(a_label(from_s=2.0), False, ())]
    place = tmp_path / "results.toml"
    place.write_text(results_toml(outcomes), encoding="utf-8")
    assert load_results(place) == {f"x, {PLANK}": True, f"x from 2 s, {PLANK}": False}
    assert sums_of(outcomes)[Group.POSITIVE] == (1, 2)


def test_the_results_that_are_kept_are_written_by_the_command() -> None:
    kept = load_results()
    as_kept = [Outcome(label, kept[label.name], ()) for label in load_labels(LABELS)]
    assert RESULTS.read_text(encoding="utf-8") == results_toml(as_kept)


@pytest.mark.parametrize(
    ("labels", "complaint"),
    [
        ("[[clip", "is no list of labelled clips"),
        ('[[clip]]\ntrace = "x"\n', "is no list of labelled clips"),
        (f'[[clip]]\ntrace = "x"\nexercise = "{PLANK}"\n', "no such file"),
        ('[[clip]]\ntrace = "x"\nexercise = "nothing"\n', "nothing"),
    ],
)
def test_bad_labels_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], labels: str, complaint: str
) -> None:
    place = tmp_path / "labels.toml"
    place.write_text(labels, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path), str(place)])
    said_there = capsys.readouterr().err
    assert (ended.value.code, said_there.count("\n")) == (2, 1)
    assert complaint in said_there
