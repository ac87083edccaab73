"""Runs over pictures: their arithmetic on small made-up truths, and what is kept of them."""

import gzip
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pictures import OWN_CLIPS, from_pixels, main
from tools.comparing import (
    Attempt,
    Compared,
    Tally,
    Verdict,
    compare,
    compare_faults,
    compare_reasons,
    matched,
    verdict_of,
)
from tools.degrading import AS_IS, DARK_FACTOR, DEGRADATIONS, dark, halved
from tools.picture_figures import ALL, KeptRuns, figures_of, kept_runs, p95
from tools.picture_page import OLDER, picture_parts
from tools.picture_tables import outcome
from tools.truth import TrueAttempt, Truth, clips_in, load_document, truth_of

from coreline.data_files import load_catalogue
from coreline.judging.events import Fault, Phase, Reading, Rotation, State
from coreline.report.model import Analysis
from report_records import PLANK, RAISES, a_hold, a_repetition, an_analysis

FPS = 10.0


def a_document(phases: list[tuple[str, float]], bend_deg: float = 0.0, **expected: Any) -> Any:
    """Return a truth file whose phases last for some seconds each."""
    frames = [phase for phase, lasts_s in phases for _ in range(round(lasts_s * FPS))]
    kind = "raise" if "reps" in expected else "roll" if "rotations" in expected else "hold"
    return {
        "meta": {"exercise": PLANK, "kind": kind, "neutral_bend_deg": 2.0},
        "expected": expected,
        "frames": [
            {"t_s": at / FPS, "phase": phase, "bend_deg": bend_deg, "thigh_deg": float(at)}
            for at, phase in enumerate(frames)
        ],
    }


def a_rep(start_s: float, *reasons: str, **more: Any) -> dict[str, Any]:
    rep = {"start_s": start_s, "top_s": start_s + 1.0, "end_s": start_s + 4.0, "plateau_s": 2.0}
    return {**rep, "counts": not reasons, "reasons": list(reasons), **more}


def a_raises_truth(*reps: dict[str, Any]) -> Truth:
    counted = sum(rep["counts"] for rep in reps)
    phases = [("rest", 1.0), ("rep 1 good", 20.0), ("rest", 1.0)]
    return truth_of(a_document(phases, reps=list(reps), reps_counted=counted), "bend")


def judged_as(*attempts: tuple[float, tuple[str, ...]], **changes: Any) -> Analysis:
    repetitions = tuple(
        replace(a_repetition(at, *reasons), start_s=start_s, end_s=start_s + 4.0)
        for at, (start_s, reasons) in enumerate(attempts, 1)
    )
    return an_analysis(RAISES, repetitions=repetitions, **changes)


def a_reading(t_s: float, bend_deg: float | None, state: State = State.GOOD) -> Reading:
    return Reading(t_s, True, bend_deg, 5.0, bend_deg, 178.0, Phase.HOLDING, state)


# The truth


def test_stays_are_the_stretches_in_position() -> None:
    phases = [("rest", 1.0), ("move", 1.0), ("hold", 2.0), ("fault:sag", 1.0), ("down", 1.0)]
    document = a_document([*phases, ("hold", 1.0)], in_line=[[2.1, 3.9]], faults=[])
    truth = truth_of(document, "bend")
    assert [(each.start_s, each.end_s) for each in truth.attempts] == [(2.0, 4.9), (6.0, 6.9)]
    assert truth.counted == truth.least_counted == 2
    assert truth.in_line_s == pytest.approx(1.8)
    assert truth.line.judged.sum() == 40
    assert truth.line.neutral_deg == 2.0


def test_the_truths_own_names_become_those_of_the_judging() -> None:
    names = ["arch", "leg_sunk", "legs_sink", "arms_sink", "hips_down", "sag"]
    faults = [{"kind": name, "start_s": 1.0, "end_s": 2.0} for name in names]
    truth = truth_of(a_document([("hold", 3.0)], in_line=[], faults=faults), "bend")
    codes = ["pike", "leg_low", "legs_low", "arms_low", "hips_low", "sag"]
    assert [fault.code for fault in truth.faults] == codes


def test_a_thighs_neutral_is_its_median_in_the_good_position() -> None:
    held = truth_of(a_document([("rest", 1.0), ("hold", 1.1)], in_line=[], faults=[]), "thigh")
    assert held.line.neutral_deg == 15.0
    raised = a_document([("rest", 1.0), ("ready", 1.1), ("rep 1 good", 3.0)], reps=[a_rep(2.1)])
    assert truth_of(raised, "thigh").line.neutral_deg == 15.0


def test_a_thigh_that_never_waits_is_taken_at_its_last_rest() -> None:
    hurried = a_document([("rest", 3.0), ("rep 1 good", 3.0)], reps=[a_rep(3.0)])
    assert truth_of(hurried, "thigh").line.neutral_deg == 27.0


def test_the_line_of_a_repetition_is_judged_at_its_top() -> None:
    line = a_raises_truth(a_rep(2.0)).line
    assert line.t_s[line.judged].tolist() == pytest.approx(np.arange(3.0, 5.05, 0.1))
    assert line.in_position.sum() == 200


@pytest.mark.parametrize(
    ("counts", "reasons", "same", "expected"),
    [
        (True, [], False, (True, ())),
        (True, [], True, (False, ("same_direction",))),
        (False, ["line_broken"], True, (False, ("line_broken",))),
    ],
)
def test_a_turn_like_the_one_before_is_refused_unless_for_worse(
    counts: bool, reasons: list[str], same: bool, expected: tuple[bool, tuple[str, ...]]
) -> None:
    turn = {"start_s": 1.0, "end_s": 8.0, "counts": counts, "reasons": reasons}
    turns = [{**turn, "same_direction_as_before": same}]
    (attempt,) = truth_of(a_document([("rotation 1", 9.0)], rotations=turns), "bend").attempts
    assert (attempt.counts, attempt.reasons) == expected


# Attempts


def test_attempts_are_matched_by_time_each_once() -> None:
    true = [TrueAttempt(0.0, 4.0, True), TrueAttempt(4.0, 8.0, True), TrueAttempt(9.0, 12.0, True)]
    judged = [Attempt(0.3, 3.9, True), Attempt(3.9, 7.5, True), Attempt(7.6, 8.8, True)]
    assert matched(true, judged) == {true[0]: judged[0], true[1]: judged[1]}
    both = Attempt(0.0, 8.0, True)
    assert len(matched(true, [both])) == 1


def test_precision_and_recall() -> None:
    assert (Tally(3, 4, 6).precision, Tally(3, 4, 6).recall) == (0.75, 0.5)
    assert (Tally().precision, Tally().recall) == (None, None)
    assert Tally(1, 2, 3) + Tally(1, 0, 1) == Tally(2, 2, 4)


def test_reasons_that_are_missing_wrong_and_made_up() -> None:
    true = [
        TrueAttempt(0.0, 4.0, False, ("too_short", "no_tap")),
        TrueAttempt(5.0, 9.0, False, ("knee_bent",)),
        TrueAttempt(10.0, 14.0, False, ("no_tap",)),
        TrueAttempt(15.0, 19.0, True),
    ]
    judged = [
        Attempt(0.0, 4.0, False, ("too_short",)),
        Attempt(5.0, 9.0, False, ("line_broken",)),
        Attempt(10.0, 14.0, False, ("not_seen",)),
        Attempt(30.0, 34.0, False, ("too_low",)),
    ]
    assert compare_reasons(true, judged, matched(true, judged)) == Tally(1, 3, 4)


@pytest.mark.parametrize(
    ("reasons", "off_by", "right", "tally"),
    [
        ((), 0, 2, Tally()),
        (("no_tap",), 0, 2, Tally()),
        (("too_short",), 0, 1, Tally(0, 1, 0)),
    ],
)
def test_a_repetition_from_half_way_may_be_counted_or_refused_for_the_tap(
    reasons: tuple[str, ...], off_by: int, right: int, tally: Tally
) -> None:
    truth = a_raises_truth(a_rep(1.0), a_rep(6.0, either_ok=True))
    compared = compare("clip", truth, judged_as((1.1, ()), (6.1, reasons)))
    assert (truth.counted, truth.least_counted) == (2, 1)
    assert (compared.off_by, compared.attempts_right, compared.reasons) == (off_by, right, tally)


def test_what_was_not_there_is_invented_and_what_was_is_missed() -> None:
    truth = a_raises_truth(a_rep(1.0), a_rep(6.0, "too_short"))
    compared = compare("clip", truth, judged_as((6.1, ()), (12.0, ())))
    assert (compared.counted, compared.off_by, compared.verdict) == (2, 1, Verdict.WRONG)
    assert (compared.attempts_right, compared.invented) == (0, 1)
    assert compared.reasons == Tally(0, 0, 1)


@pytest.mark.parametrize(
    ("off_by", "unseen", "verdict"),
    [
        (0, 3, Verdict.EXACT),
        (-1, 1, Verdict.CANT_SEE),
        (-2, 1, Verdict.WRONG),
        (-1, 0, Verdict.WRONG),
        (1, 3, Verdict.WRONG),
    ],
)
def test_too_few_is_forgiven_only_for_what_was_not_seen(
    off_by: int, unseen: int, verdict: Verdict
) -> None:
    assert verdict_of(off_by, unseen) is verdict


@pytest.mark.parametrize(
    ("reasons", "state", "verdict"),
    [
        (("not_seen",), State.GOOD, Verdict.CANT_SEE),
        (("too_short",), State.UNSEEN, Verdict.CANT_SEE),
        (("too_short",), State.GOOD, Verdict.WRONG),
    ],
)
def test_a_repetition_out_of_sight(
    reasons: tuple[str, ...], state: State, verdict: Verdict
) -> None:
    readings = [a_reading(1.0 + at / FPS, 0.0, state) for at in range(41)]
    judged = judged_as((1.0, reasons), readings=readings)
    assert compare("clip", a_raises_truth(a_rep(1.0)), judged).verdict is verdict


def test_a_hold_that_is_only_getting_there_is_invented() -> None:
    phases = [("move", 4.0), ("hold", 10.0), ("down", 2.0)]
    truth = truth_of(a_document(phases, in_line=[[4.0, 13.9]], faults=[]), "bend")
    compared = compare("clip", truth, an_analysis(holds=(a_hold(1.0, 4.5), a_hold(4.6, 13.0))))
    assert (compared.invented, compared.off_by, compared.attempts_right) == (1, 1, 1)
    assert compared.in_line_error_s == pytest.approx(0.8 * (3.5 + 8.4) - 9.9)


def test_turns_count_too() -> None:
    turn = {"start_s": 1.0, "end_s": 8.0, "counts": True, "reasons": []}
    turns = [{**turn, "same_direction_as_before": False}]
    truth = truth_of(a_document([("rotation 1", 9.0)], rotations=turns), "bend")
    rotation = Rotation(1.5, 7.5, "chest_to_camera_first", counted=True, reasons=())
    assert compare("clip", truth, an_analysis(rotations=(rotation,))).attempts_right == 1


# Faults and the line


def test_a_fault_is_right_by_name_time_and_edges() -> None:
    true = [Fault("sag", 10.0, 13.0), Fault("pike", 18.0, 21.0), Fault("sag", 25.0, 28.0)]
    said = [
        Fault("sag", 10.2, 13.4),
        Fault("pike", 18.6, 21.0),
        Fault("knee_bent", 25.0, 28.0),
        Fault("not_seen", 30.0, 31.0),
    ]
    tally, edges_s = compare_faults(true, said)
    assert tally == Tally(1, 3, 3)
    assert sorted(edges_s) == pytest.approx([0.0, 0.2, 0.4, 0.6])


def test_errors_are_of_the_change_from_either_neutral() -> None:
    document = a_document([("rest", 1.0), ("hold", 2.0)], bend_deg=3.0, in_line=[], faults=[])
    readings = (
        a_reading(0.5, 99.0),
        a_reading(1.5, 9.0),
        a_reading(1.6, 5.0),
        a_reading(1.7, None),
        a_reading(1.8, 50.0, State.UNSEEN),
    )
    compared = compare("clip", truth_of(document, "bend"), an_analysis(readings=readings))
    assert compared.change_errors_deg.tolist() == [3.0, -1.0]
    assert compared.seen_share == 0.75


def test_figures_pool_the_clips_of_an_exercise() -> None:
    one = compare("one", a_raises_truth(a_rep(1.0)), judged_as((1.0, ())))
    one = replace(one, seen_share=1.0)
    two = replace(one, clip="two", off_by=-1, verdict=Verdict.WRONG, seen_share=0.5)
    pooled = figures_of(RAISES, [with_errors(one, 1.0, 3.0), with_errors(two)])
    assert (pooled.clips, pooled.exact, pooled.off_by_one, pooled.wrong) == (
        ("one", "two"),
        1,
        1,
        1,
    )
    assert (pooled.off_by, pooled.attempts, pooled.attempts_right) == (-1, 2, 2)
    assert pooled.change_p95_deg == pytest.approx(2.9)
    assert pooled.frames == 2
    assert (pooled.seen_share, pooled.seen_least_share) == (0.75, 0.5)
    assert pooled.fault_precision is None
    assert outcome(pooled) == "wrong (-1)"


def with_errors(compared: Compared, *errors_deg: float) -> Compared:
    return replace(compared, change_errors_deg=np.array(errors_deg, np.float64))


def test_the_percentile_is_of_the_absolute_errors() -> None:
    assert p95(np.array([-10.0, *[0.0] * 9])) == pytest.approx(5.5)
    assert p95(np.array([])) is None


# Worse pictures


def test_a_dark_picture_is_the_same_every_time() -> None:
    image = np.full((40, 60, 3), 200, np.uint8)
    assert np.array_equal(dark(image, 3), dark(image, 3))
    assert not np.array_equal(dark(image, 3), dark(image, 4))
    assert float(dark(image, 3).mean()) == pytest.approx(200.0 * DARK_FACTOR, abs=0.5)
    assert halved(image, 0).shape == (20, 30, 3)


def seen_before(folder: Path, exercise_id: str) -> None:
    """Put a clip into a folder whose poses were found already, as it is and blurred."""
    shutil.copy(OWN_CLIPS / f"{exercise_id}.json.gz", folder / "clip.json.gz")
    (folder / "clip.mp4").touch()
    for name in (AS_IS.name, "blur"):
        shutil.copy(OWN_CLIPS / f"{exercise_id}.landmarks.npz", folder / f"clip.{name}.npz")


def test_a_degraded_clip_that_was_seen_before_is_not_seen_again(tmp_path: Path) -> None:
    seen_before(tmp_path, PLANK)
    clips, blur = clips_in([tmp_path]), DEGRADATIONS[1]
    plank, every = from_pixels(clips, blur, tmp_path)
    assert from_pixels(clips, AS_IS, tmp_path) == (plank, every)
    assert (plank.exercise, every.exercise, every.clips) == (PLANK, ALL, ("clip",))


def test_nobody_in_the_picture_is_not_seen_and_no_error(tmp_path: Path) -> None:
    seen_before(tmp_path, RAISES)
    place = tmp_path / "clip.pixels.npz"
    with np.load(place) as trace:
        arrays = {name: trace[name] for name in trace.files}
    for name in ("px", "z", "visibility", "world"):
        arrays[name] = np.full_like(arrays[name], np.nan)
    np.savez(place, **arrays)
    (nobody, _) = from_pixels(clips_in([tmp_path]), AS_IS, tmp_path)
    assert (nobody.cant_see, nobody.wrong, nobody.seen_share, nobody.frames) == (1, 0, 0.0, 0)


# The command


def test_the_command_prints_what_became_of_each_clip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen_before(tmp_path, PLANK)
    main([str(tmp_path), "--poses", str(tmp_path)])
    assert PLANK in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "no truth"),
        (b"no gzip", "is not a truth file"),
        (gzip.compress(b"{}", mtime=0), "has no meta"),
    ],
)
def test_a_folder_that_is_none_is_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
    complaint: str,
) -> None:
    if content is not None:
        seen_before(tmp_path, PLANK)
        (tmp_path / "clip.json.gz").write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path), "--poses", str(tmp_path)])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert complaint in said
    assert said.count("\n") == 1


# What is kept


def test_what_is_kept_is_of_every_exercise_and_degradation() -> None:
    runs = kept_runs().runs
    assert list(runs) == [each.name for each in (AS_IS, *DEGRADATIONS)]
    for figures in runs.values():
        assert [each.exercise for each in figures] == [*(e.id for e in load_catalogue()), ALL]


def test_the_page_says_which_clips_and_how_old() -> None:
    kept = kept_runs().model_copy(update={"judging": "today"})
    fresh, old = ("\n".join(picture_parts(kept, judging)) for judging in ("today", "other"))
    assert "which numbers of the judging were set on" in fresh
    assert (OLDER in fresh, OLDER in old) == (False, True)
    assert picture_parts(KeptRuns(judging="", runs={}), "today") == []


def test_the_truths_of_the_project_agree_with_themselves() -> None:
    for clip in clips_in([OWN_CLIPS]):
        document = load_document(clip.truth)
        truth = truth_of(document, "bend")
        assert truth.counted == sum(each.counts for each in truth.attempts)
        assert clip.landmarks.is_file()
