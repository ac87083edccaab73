"""What is published: the same as the judging gives today, of strangers alone."""

import hashlib
import re
import shutil
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from accuracy import PAGE, README, REPORT_DATA, drawn, kept_file, main, order
from hypothesis import given
from hypothesis import strategies as st
from tools.aims import AIMS, outcomes
from tools.comparing import Tally
from tools.fingerprint import fingerprint, meaning_of, sources
from tools.grouping import FIRST_LATE_SEED, FIRST_UNREAD_SEED, NEVER_READ, READ_OFTEN, labels_of
from tools.judged_people import MEND, Judged, Kept, judged_file, load_kept, save_kept
from tools.page import LIMITS, README_MARK, accuracy_toml, page, readme_with
from tools.people_tables import ALL, COMPARED, between, exercise_rows, group_rows
from tools.picture_figures import KeptRuns
from tools.recorded_people import (
    FOLDER,
    HALVES,
    KNOWN,
    STRANGERS,
    files_in,
    half_of,
    load_person,
)
from tools.summaries import failures_of, summary_of, wilson
from tools.tables import number, percent

from coreline.data_files import load_catalogue
from coreline.errors import BadSourceError

NO_RUNS = KeptRuns(judging="", runs={})


@pytest.fixture(scope="module")
def kept() -> dict[str, Kept]:
    return {half: load_kept(kept_file(half)) for half in HALVES}


def some_of(half: str) -> list[Path]:
    """Return a clip of every exercise, by the hash of their names."""
    by_exercise = defaultdict(list)
    for path in files_in(FOLDER / half):
        by_exercise[path.stem.partition("--")[0]].append(path)
    return [min(paths, key=_mixed) for paths in by_exercise.values()]


def _mixed(path: Path) -> bytes:
    return hashlib.sha256(path.stem.encode()).digest()


# What is kept is of today's judging and of the clips that are there


@pytest.mark.parametrize("half", HALVES)
def test_what_is_kept_is_of_todays_judging(half: str, kept: dict[str, Kept]) -> None:
    assert kept[half].judging == fingerprint(), f"the judging or the scoring changed: {MEND}"


@pytest.mark.parametrize("half", HALVES)
def test_what_is_kept_is_of_the_clips_that_are_there(half: str, kept: dict[str, Kept]) -> None:
    there = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in files_in(FOLDER / half)
    }
    assert {each.name: each.digest for each in kept[half].clips} == there, MEND


@pytest.mark.parametrize("half", HALVES)
def test_one_of_each_exercise_is_judged_here_as_it_is_kept(
    half: str, kept: dict[str, Kept]
) -> None:
    """That the judging is today's is told by its fingerprint: this tells whether it runs alike."""
    by_name = {each.name: each for each in kept[half].clips}
    chosen = some_of(half)
    assert {path.stem.partition("--")[0] for path in chosen} == set(order())
    for path in chosen:
        assert_alike(judged_file(path), by_name[path.stem])


def assert_alike(today: Judged, before: Judged) -> None:
    """Hold two judgements of a clip together; machines may differ in the last digit."""
    loose = {"line_errors", "held_error_s", "read_share", "marks"}
    assert today.model_dump(exclude=loose) == before.model_dump(exclude=loose), MEND
    assert today.held_error_s == pytest.approx(before.held_error_s, abs=0.021), today.name
    assert today.read_share == pytest.approx(before.read_share, abs=0.01), today.name
    assert sum(today.line_errors.values()) == pytest.approx(sum(before.line_errors.values()), abs=2)
    if before.line_errors:
        assert today.errors_deg.mean() == pytest.approx(before.errors_deg.mean(), abs=0.1)


def test_page_report_and_readme_are_drawn_from_what_is_kept() -> None:
    for place, text in drawn().items():
        assert place.read_text(encoding="utf-8") == text, place.name
    assert {PAGE, README, REPORT_DATA} == set(drawn())


def test_nobody_is_both_known_and_published(kept: dict[str, Kept]) -> None:
    for half in HALVES:
        assert {half_of(each.name) for each in kept[half].clips} == {half}
        assert {each.labels["exercise"] for each in kept[half].clips} == set(order())


def test_every_clip_that_is_not_exact_says_why(kept: dict[str, Kept]) -> None:
    for each in (*kept[KNOWN].clips, *kept[STRANGERS].clips):
        assert each.exact or each.failures


# The figures


def a_clip(name: str = "w12-back-bridge--2", **changes: object) -> Judged:
    """Return a judged clip in which all is right, on the floor, with the leg near the camera."""
    labels = dict.fromkeys(COMPARED, "some")
    clip = Judged(
        name=name,
        digest="0",
        labels={**labels, "exercise": name.partition("--")[0], "place": "floor"},
        exact=True,
        attempts=2,
        attempts_right=2,
        invented=0,
        reasons=(1, 1, 1),
        faults=(0, 0, 0),
        held_error_s=0.1,
        failures=(),
        marks="..",
        found_share=1.0,
        read_share=1.0,
        line_errors={-20: 1, 10: 3},
    )
    return clip.model_copy(update=changes)


def on_ball(clip: Judged) -> Judged:
    return clip.model_copy(update={"labels": {**clip.labels, "place": "ball"}})


def with_far_leg(clip: Judged) -> Judged:
    return clip.model_copy(update={"labels": {**clip.labels, "working leg": "far"}})


def test_a_group_pools_its_clips() -> None:
    other = a_clip(exact=False, reasons=(0, 1, 2), held_error_s=0.5, line_errors={}, read_share=0.0)
    both = summary_of([a_clip(), other])
    assert (both.clips, both.exact, both.exact_share) == (2, 1, 0.5)
    assert both.reasons == Tally(1, 2, 3)
    assert both.held_mean_s == pytest.approx(0.3)
    assert both.held_worst_s == 0.5
    assert (both.frames, both.read_share) == (4, 0.5)
    assert both.bias_deg == pytest.approx(0.25)
    assert both.p95_deg == pytest.approx(np.percentile([2.0, 1.0, 1.0, 1.0], 95))


def test_nothing_measured_is_no_figure() -> None:
    none = summary_of([a_clip(line_errors={}, held_error_s=None)])
    assert (none.bias_deg, none.sd_deg, none.p95_deg, none.held_mean_s) == (None,) * 4


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilsons_interval(right: int, of: int, low: float, high: float) -> None:
    assert wilson(right, of) == pytest.approx((low, high), abs=0.001)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share(counts: tuple[int, int]) -> None:
    right, of = counts
    low, high = wilson(right, of)
    assert 0.0 <= low < high <= 1.0
    assert low - 1e-9 <= right / of <= high + 1e-9


def test_an_interval_is_rounded_outward() -> None:
    assert (between((0.491, 0.9431)), between((0.0, 1.0))) == ("49-95 %", "0-100 %")


def test_numbers_as_they_are_shown() -> None:
    assert [number(-0.04, signed=True), number(0.06, signed=True), number(None)] == [
        "0.0",
        "+0.1",
        "-",
    ]
    assert [percent(1.0), percent(0.999), percent(0.29), percent(None)] == [
        "100 %",
        "99 %",
        "29 %",
        "-",
    ]


def test_rows_are_of_exercise_place_and_leg() -> None:
    crunch = a_clip("w56-crunch--2")
    clips = [on_ball(a_clip()), a_clip(), with_far_leg(a_clip()), crunch]
    assert list(exercise_rows(clips, ["w56-crunch", "w12-back-bridge"])) == [
        "w56-crunch, floor",
        "w12-back-bridge, floor",
        "w12-back-bridge, floor, far leg",
        "w12-back-bridge, ball",
        ALL,
    ]


def test_what_does_not_divide_the_clips_is_no_group(kept: dict[str, Kept]) -> None:
    rows = group_rows(kept[STRANGERS].clips)
    assert {"place: floor", "place: ball", "sex: female", "start: lying"} <= set(rows)
    floor = [each for each in kept[STRANGERS].clips if each.labels["place"] == "floor"]
    assert not any(name.startswith("place: ") for name in group_rows(floor))


def test_failures_are_told_the_most_frequent_first() -> None:
    clips = [a_clip("a--2", failures=("x", "y", "y")), a_clip("b--2", failures=("y",))]
    assert failures_of(clips) == {"y": ["a--2", "a--2", "b--2"], "x": ["a--2"]}


# Aims


def outcome_lines(clips: Sequence[Judged]) -> list[str]:
    return outcomes(clips, order()).splitlines()


def test_aims_that_are_met_and_not_measured() -> None:
    lines = outcome_lines([a_clip(line_errors={-20: 4})])
    assert len(lines) == len(AIMS)
    assert "- exact on the floor ≥ 95 %: met (100 %)" in lines
    assert "- exact on the ball ≥ 90 %: not measured" in lines
    assert "- recall of the faults ≥ 0.95: not measured" in lines
    assert "- p95 of the line's change ≤ 4°: met (2.0°)" in lines


@pytest.mark.parametrize(
    ("clip", "missed"),
    [
        (a_clip(exact=False), "exact on the floor ≥ 95 %: **missed** (0 %)"),
        (on_ball(a_clip(exact=False)), "exact on the ball ≥ 90 %: **missed** (0 %)"),
        (
            with_far_leg(a_clip(exact=False)),
            "exact with the raised leg far from the camera ≥ 90 %: **missed** (0 %)",
        ),
        (a_clip(reasons=(9, 10, 9)), "precision of the reasons ≥ 0.95: **missed** (0.900)"),
        (a_clip(faults=(9, 9, 10)), "recall of the faults ≥ 0.95: **missed** (0.900)"),
        (a_clip(invented=1), "nothing counted that was none: **missed** (1)"),
        (a_clip(held_error_s=0.6), "seconds in line off by ≤ 0.5 s at worst: **missed** (0.60 s)"),
        (a_clip(line_errors={50: 9}), "p95 of the line's change ≤ 4°: **missed** (5.0°)"),
    ],
)
def test_a_missed_aim_says_by_how_much(clip: Judged, missed: str) -> None:
    assert f"- {missed}" in outcome_lines([clip])


def test_where_the_line_is_worse_than_it_should_be_is_named() -> None:
    clips = [a_clip(), a_clip("w56-crunch--2", line_errors={50: 1})]
    assert outcome_lines(clips)[-1] == "- where it is more: w56-crunch, floor (5.0°)"


# What is written


def test_the_page_speaks_of_strangers_and_of_what_is_not_covered() -> None:
    text = page([a_clip(), on_ball(a_clip())], order(), NO_RUNS, "")
    assert "2 clips of 1 exercises" in text
    assert "1 on the floor, 1 on a ball" in text
    assert "Real people on a ball" in LIMITS
    assert LIMITS.strip() in text
    assert "What a worse picture costs" not in text


UNREAD = {"results": NEVER_READ, "working leg": "near"}


def test_the_page_says_apart_how_those_were_judged_who_were_never_read_before() -> None:
    unread = [a_clip(exact=exact, labels=a_clip().labels | UNREAD) for exact in (True, True, False)]
    clips = [a_clip(exact=False), *unread, on_ball(unread[0])]
    text = " ".join(page(clips, order(), NO_RUNS, "").split())
    assert f"Exact of these alone are 3 of 4 (95 %: {between(wilson(3, 4))})" in text
    assert f"2 of 3 (95 %: {between(wilson(2, 3))}) on the floor, near leg" in text
    assert "Of the 4 among them whose results nobody had read before, it was 3 of 4" in (
        " ".join(readme_with(f"{README_MARK} Old.\n\nThree.\n", clips).split())
    )
    assert "Exact of these alone" not in page([a_clip()], order(), NO_RUNS, "")


@given(st.integers(0, 200))
def test_who_was_read_before_goes_by_the_seed(half_seed: int) -> None:
    path = files_in(FOLDER / KNOWN)[0]
    meta = dict(load_person(path).document["meta"]) | {"seed": 2 * half_seed}
    label = labels_of(meta)["results"]
    assert (label == NEVER_READ) == (2 * half_seed >= FIRST_UNREAD_SEED)
    assert (label == READ_OFTEN) == (2 * half_seed < FIRST_LATE_SEED)


def test_the_reports_figures_are_by_exercise_and_place() -> None:
    text = accuracy_toml([a_clip(), on_ball(a_clip(exact=False, line_errors={}))], order())
    floor, ball = text.split("\n\n")[1:]
    assert floor.splitlines() == [
        "[exercise.w12-back-bridge.floor]",
        "people = 1",
        "exact = 1",
        "change_bias_deg = 0.25",
        "change_sd_deg = 1.30",
        "change_p95_deg = 1.85",
    ]
    assert ball.split() == [
        "[exercise.w12-back-bridge.ball]",
        "people",
        "=",
        "1",
        "exact",
        "=",
        "0",
    ]


def test_readme_says_it_in_a_paragraph_of_its_own() -> None:
    clips = [a_clip(), a_clip(exact=False), on_ball(a_clip())]
    before = f"One.\n\n{README_MARK} Old.\nMore old.\n\nThree.\n"
    after = readme_with(before, clips)
    assert (after[:6], after[-9:]) == ("One.\n\n", "\n\nThree.\n")
    said = " ".join(after.split())
    assert "Of 3 rendered people whom no number was set on" in said
    assert "50 % of those on the floor and 100 % of those on a ball" in said
    assert "within 2°" in said
    assert "Real people with a ball were not measured." in said
    assert "old" not in said
    assert max(map(len, after.splitlines())) <= 140
    assert readme_with(after, clips) == after


def test_a_readme_without_that_paragraph_is_refused() -> None:
    with pytest.raises(BadSourceError, match="no paragraph"):
        readme_with("One.\n", [a_clip()])


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    clips = (a_clip("b--2"), a_clip("a--2", failures=("é",)))
    save_kept(tmp_path / "kept.json", clips)
    back = load_kept(tmp_path / "kept.json")
    assert back.clips == (clips[1], clips[0])
    assert back.judging == fingerprint()


@pytest.mark.parametrize("content", [None, "{", '{"judging": "x"}'])
def test_what_is_not_kept_names_the_command(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "kept.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(BadSourceError, match=re.escape(MEND)):
        load_kept(path)


# The fingerprint


SOURCE = """
X = 1.5
def f(a: int) -> int:
    return a + 1
"""
DRESSED = """
'Says what it is.'
X = 1.5  # and why

def f(
    a: int,
) -> int:
    'Does it.'
    return (a + 1)
"""


def test_a_fingerprint_is_of_what_code_does() -> None:
    assert meaning_of(SOURCE) == meaning_of(DRESSED)


@pytest.mark.parametrize("other", ["X = 1.6", "X = -1.5", "Y = 1.5", "X = '1.5'", "X += 1.5"])
def test_another_meaning_has_another_fingerprint(other: str) -> None:
    assert meaning_of(SOURCE) != meaning_of(SOURCE.replace("X = 1.5", other))


def test_a_fingerprint_is_of_the_judging_and_the_scoring() -> None:
    names = {"/".join(path.parts[-2:]) for path in sources()}
    assert {
        "judging/hold.py",
        "body/form.py",
        "tools/scoring.py",
        "session/set_run.py",
    } <= names
    assert all(path.is_file() for path in sources())
    assert re.fullmatch("[0-9a-f]{16}", fingerprint())


# The command


def test_the_command_judges_other_clips_and_lists_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kept: dict[str, Kept]
) -> None:
    wrong = next((each for each in kept[KNOWN].clips if not each.exact), kept[KNOWN].clips[0])
    shutil.copy(FOLDER / KNOWN / f"{wrong.name}.npz", tmp_path)
    main([str(tmp_path), "--failures"])
    said = capsys.readouterr().out
    assert ("Not exact" in said) == (not wrong.exact)
    assert f"{wrong.labels['exercise']}, {wrong.labels['place']}" in said
    assert "exact on the floor" in said


def test_a_folder_without_people_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path)])
    said = capsys.readouterr().err
    assert (ended.value.code, said.count("\n")) == (2, 1)
    assert "no clip of a rendered person" in said


def test_the_catalogue_gives_the_order() -> None:
    assert order() == [exercise.id for exercise in load_catalogue()]
