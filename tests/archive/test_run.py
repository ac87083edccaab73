"""A run: what is judged, what is passed over, what is kept, and what the tables say."""

import csv
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archived import HOLD, RAISES, ROLL, Counting, a_clip, a_trace, here, settings, traces
from coreline.archive.judged import digest_of, judged
from coreline.archive.kept import RunFolder
from coreline.archive.run import Ended, Run
from coreline.archive.tasks import AUTO, Asked, Clip, Outcome, Settings, Task, failed, task_of
from coreline.data_files import load_words
from coreline.errors import BadOutputError, BadSourceError
from coreline.report.archive_page import ClipResult


class Ran:
    """A run from its beginning to its tables, and what was told meanwhile."""

    def __init__(
        self,
        out: Path,
        clips: list[Clip],
        judges: Any = None,
        how: Settings | None = None,
        *,
        parquet: bool = False,
    ) -> None:
        self.judges: Any = judges or Counting()
        self.told: list[Ended] = []
        with RunFolder(out) as folder:
            run = Run(clips, how or settings(), folder, self.told.append)
            run.judge(self.judges)
            self.results: list[ClipResult] = run.write_tables(load_words(), parquet=parquet)

    @property
    def judged(self) -> list[str]:
        names: list[str] = self.judges.names
        return names


@contextmanager
def not_root(folder: Path) -> Iterator[None]:
    """Be nobody in particular inside a folder, which is his."""
    nobody, here = 65534, Path.cwd()
    os.chdir(folder)
    root = os.geteuid() == 0
    if root:
        for each in (folder, *folder.rglob("*")):
            os.chown(each, nobody, nobody)
        os.seteuid(nobody)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        os.chdir(here)


def rows(out: Path) -> list[dict[str, str]]:
    text = (out / "repetitions.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_every_clip_has_its_report_its_row_and_its_attempts(tmp_path: Path) -> None:
    clips = [
        a_clip(a_trace(tmp_path / "a.npz", RAISES, 400), RAISES, person="Anna", height_m=1.75),
        a_clip(a_trace(tmp_path / "b.npz", ROLL, 400), ROLL),
    ]
    out = tmp_path / "out"
    ran = Ran(out, clips)
    assert ran.judged == ["a.npz", "b.npz"]
    assert [ended.error for ended in ran.told] == [None, None]
    assert {each.name for each in ran.results} == {"a.npz", "b.npz"}
    for each in ran.results:
        assert (out / each.link).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "Anna" in (out / ran.results[0].link).read_text(encoding="utf-8") + (
        out / ran.results[1].link
    ).read_text(encoding="utf-8")
    table = rows(out)
    assert {row["clip"] for row in table} == {"a.npz", "b.npz"}
    of_a = [row for row in table if row["clip"] == "a.npz"]
    assert {(row["person"], row["height_m"], row["exercise"]) for row in of_a} == {
        ("Anna", "1.75", RAISES)
    }
    assert {row["attempt"] for row in of_a} == {"repetition"}
    assert {row["attempt"] for row in table} == {"repetition", "rotation"}


def test_the_table_has_every_attempt_with_the_numbers_of_the_facts(tmp_path: Path) -> None:
    clip = a_clip(a_trace(tmp_path / "a.npz", RAISES, 512), RAISES)
    out = tmp_path / "out"
    Ran(out, [clip])
    (kept,) = (out / "results").glob("*.json")
    facts = json.loads(kept.read_text(encoding="utf-8"))["document"]["repetitions"]
    assert len(facts) >= 2
    table = rows(out)
    assert [float(row["start_s"]) for row in table] == [each["start_s"] for each in facts]
    assert [row["counted"] for row in table] == [str(int(each["counted"])) for each in facts]
    assert [row["reasons"].split() for row in table] == [each["reasons"] for each in facts]


def test_nothing_is_judged_twice(tmp_path: Path) -> None:
    clips = [a_clip(path) for path in traces(tmp_path / "clips", 3)]
    first, second = Ran(tmp_path / "out", clips), Ran(tmp_path / "out", clips)
    assert len(first.judged) == 3
    assert second.judged == []
    assert all(ended.before for ended in second.told)
    assert second.results == first.results


def test_what_changed_is_judged_again_and_nothing_else(tmp_path: Path) -> None:
    clips = [a_clip(path) for path in traces(tmp_path / "clips", 3)]
    Ran(tmp_path / "out", clips)
    a_trace(Path(clips[1].where), HOLD, 60)
    assert Ran(tmp_path / "out", clips).judged == ["001.npz"]
    assert len(list((tmp_path / "out" / "reports").iterdir())) == 4


@pytest.mark.parametrize(
    "other",
    [
        {"language": "nl"},
        {"model": "full"},
        {"own": (("x.toml", ""),)},
        {"versions": replace(settings().versions, mediapipe="9.9")},
        {"versions": replace(settings().versions, code="0" * 12)},
    ],
)
def test_other_options_or_versions_are_another_result(
    other: dict[str, Any], tmp_path: Path
) -> None:
    clip = a_clip(tmp_path / "a.npz")
    usual = task_of(clip, "mark", settings()).key
    assert task_of(clip, "mark", settings(**other)).key != usual


def test_another_question_is_another_result_and_another_folder_is_not(tmp_path: Path) -> None:
    clip = a_clip(tmp_path / "a.npz")
    key = task_of(clip, "mark", settings()).key
    assert task_of(clip, "other", settings()).key != key
    assert task_of(a_clip(tmp_path / "b.npz"), "mark", settings()).key != key
    assert task_of(replace(clip, asked=Asked(RAISES)), "mark", settings()).key != key
    assert task_of(replace(clip, asked=Asked(HOLD, person="A")), "mark", settings()).key != key
    taller = replace(clip, asked=Asked(HOLD, height_m=1.9))
    assert task_of(taller, "mark", settings()).key == key
    assert task_of(a_clip(tmp_path / "deep" / "a.npz"), "mark", settings()).key == key


def test_a_clip_that_is_there_twice_is_judged_once_and_told_twice(tmp_path: Path) -> None:
    first, second = a_trace(tmp_path / "a" / "x.npz"), a_trace(tmp_path / "b" / "x.npz")
    clips = [Clip(str(path), str(path), Asked(HOLD)) for path in (first, second)]
    ran = Ran(tmp_path / "out", clips)
    assert ran.judged == [str(first)]
    assert [each.name for each in ran.results] == [str(first), str(second)]
    assert ran.results[0].link == ran.results[1].link
    assert {row["clip"] for row in rows(tmp_path / "out")} == {str(first), str(second)}


def test_one_that_fails_stops_no_other_and_is_told_in_a_line(tmp_path: Path) -> None:
    broken, cut = tmp_path / "broken.npz", tmp_path / "cut.mp4"
    broken.write_bytes(b"PK\x03\x04 no more than a beginning")
    cut.write_bytes(b"no video")
    good = a_trace(tmp_path / "good.npz")
    ran = Ran(tmp_path / "out", [a_clip(each) for each in (broken, tmp_path / "gone", cut, good)])
    errors = {each.name: each.error for each in ran.results}
    assert errors.pop("good.npz") == ""
    assert set(errors) == {"broken.npz", "cut.mp4", "gone"}
    told = {ended.clip.name: ended.error[0] for ended in ran.told if ended.error is not None}
    assert told == {name: f"{tmp_path / name}: {line}" for name, line in errors.items()}
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert all(line in page for line in errors.values() if "'" not in line)
    again = Ran(tmp_path / "out", [a_clip(each) for each in (broken, cut)])
    assert again.judged == []  # they would fail again
    assert {each.error for each in again.results} == {errors["broken.npz"], errors["cut.mp4"]}


def test_one_that_was_not_at_fault_is_tried_again(tmp_path: Path) -> None:
    clips = [a_clip(path) for path in traces(tmp_path / "clips", 2)]

    def killed(task: Task) -> Outcome:
        return failed(task, ("killed", "gedood")) if task.clip == clips[0] else judged(task)

    first = Ran(tmp_path / "out", clips, Counting(killed))
    assert [each.error for each in first.results] == ["killed", ""]
    second = Ran(tmp_path / "out", clips)
    assert second.judged == ["000.npz"]
    assert [each.error for each in second.results] == ["", ""]


def test_a_run_that_is_broken_off_keeps_what_was_judged(tmp_path: Path) -> None:
    clips = [a_clip(path) for path in traces(tmp_path / "clips", 3)]

    def stops(tasks: Any) -> Any:
        for number, pair in enumerate(here(tasks)):
            if number == 2:
                raise KeyboardInterrupt
            yield pair

    with pytest.raises(KeyboardInterrupt):
        Ran(tmp_path / "out", clips, stops)
    assert Ran(tmp_path / "out", clips).judged == ["002.npz"]


def test_a_result_that_is_not_whole_does_not_count(tmp_path: Path) -> None:
    clips = [a_clip(path) for path in traces(tmp_path / "clips", 2)]
    Ran(tmp_path / "out", clips)
    for left in (b"", b"{", b'{"schema": 1}', b"\xff\xfe", b"[]"):
        next((tmp_path / "out" / "results").iterdir()).write_bytes(left)
        assert len(Ran(tmp_path / "out", clips).judged) == 1


def test_a_result_without_its_report_or_of_another_key_does_not_count(tmp_path: Path) -> None:
    clips = [a_clip(path) for path in traces(tmp_path / "clips", 2)]
    Ran(tmp_path / "out", clips)
    next((tmp_path / "out" / "reports").iterdir()).unlink()
    assert len(Ran(tmp_path / "out", clips).judged) == 1
    one, other = (tmp_path / "out" / "results").iterdir()
    one.write_bytes(other.read_bytes())
    assert len(Ran(tmp_path / "out", clips).judged) == 1


def test_a_clip_that_changes_while_it_is_judged_is_not_kept(tmp_path: Path) -> None:
    clip = a_clip(a_trace(tmp_path / "a.npz"))
    task = task_of(clip, digest_of(Path(clip.where)), settings())
    a_trace(Path(clip.where), HOLD, 60)
    outcome = judged(task)
    assert outcome.error is not None
    assert "has changed while it was judged" in outcome.error[0]
    assert not outcome.lasts


def test_whoever_is_not_like_the_others_judges_nothing(tmp_path: Path) -> None:
    clip = a_clip(a_trace(tmp_path / "a.npz"))
    how = settings(versions=replace(settings().versions, opencv="1.0"))
    with pytest.raises(BadSourceError, match=r"has opencv .*, not 1\.0"):
        Ran(tmp_path / "out", [clip], how=how)
    assert not list((tmp_path / "out" / "results").iterdir())


def test_the_exercise_is_told_or_it_is_said_why_not(tmp_path: Path) -> None:
    whole = a_clip(a_trace(tmp_path / "a.npz", HOLD, 400), AUTO)
    short = a_clip(a_trace(tmp_path / "b.npz", HOLD, 20), AUTO)
    ran = Ran(tmp_path / "out", [whole, short])
    by_name = {each.name: each for each in ran.results}
    row = by_name["a.npz"].row
    assert row is not None
    assert row["exercise"] == "Front plank (weeks 1 and 2)"
    assert "cannot tell which exercise this is (" in by_name["b.npz"].error


def test_two_runs_at_once_in_a_folder_are_refused(tmp_path: Path) -> None:
    with RunFolder(tmp_path / "out"):
        with pytest.raises(BadOutputError, match="another run writes here") as refused:
            RunFolder(tmp_path / "out")
        assert "een andere ronde" in refused.value.in_("nl")
    RunFolder(tmp_path / "out").close()


def test_a_folder_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(BadOutputError, match="cannot be written"):
        RunFolder(tmp_path / "out")


@pytest.mark.parametrize("name", ["index.html", "repetitions.csv", "repetitions.parquet"])
def test_what_somebody_else_wrote_is_not_written_over(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"of my site")
    with pytest.raises(BadOutputError, match="is not of a run, and would be written over"):
        RunFolder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(os.name != "posix", reason="whose a file is is told otherwise there")
def test_a_folder_of_somebody_else_is_told_as_one(tmp_path: Path) -> None:
    closed, theirs = tmp_path / "closed", tmp_path / "theirs"
    closed.mkdir(mode=0o000)
    RunFolder(theirs).close()
    (theirs / ".lock").chmod(0o000)
    with not_root(tmp_path):
        for folder in (closed / "out", theirs):
            with pytest.raises(BadOutputError, match=r": cannot be written, .* not allowed"):
                RunFolder(folder.relative_to(tmp_path))


def test_everything_is_its_owner_s_alone(tmp_path: Path) -> None:
    Ran(tmp_path / "out", [a_clip(a_trace(tmp_path / "a.npz"))])
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in (tmp_path / "out").rglob("*")}
    assert modes == {True: 0o700, False: 0o600}
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700


def test_names_that_no_file_system_has_become_names(tmp_path: Path) -> None:
    paths = [a_trace(tmp_path / "Zoë + 日本 <1> #2?.npz"), a_trace(tmp_path / f"{'x' * 200}.npz")]
    ran = Ran(tmp_path / "out", [a_clip(path) for path in paths])
    names = sorted(path.name for path in (tmp_path / "out" / "reports").iterdir())
    assert names[0].startswith("Zoë - 日本 -1- -2-")
    assert len(names[1]) < 100
    assert all((tmp_path / "out" / each.link).is_file() for each in ran.results)


def test_another_language_is_on_every_page(tmp_path: Path) -> None:
    ran = Ran(tmp_path / "out", [a_clip(a_trace(tmp_path / "a.npz"))], how=settings(language="nl"))
    for page in (tmp_path / "out" / "index.html", tmp_path / "out" / ran.results[0].link):
        text = page.read_text(encoding="utf-8")
        assert '<html lang="nl">' in text
        assert "er is niets verstuurd" in text
    assert rows(tmp_path / "out") == [] or ";" in (tmp_path / "out" / "repetitions.csv").read_text(
        encoding="utf-8"
    )


def test_what_others_judged_is_not_said_to_have_stayed_here(tmp_path: Path) -> None:
    clips = [a_clip(a_trace(tmp_path / "a.npz"))]
    ran = Ran(tmp_path / "out", clips, how=settings(away=True))
    for page in (tmp_path / "out" / "index.html", tmp_path / "out" / ran.results[0].link):
        text = page.read_text(encoding="utf-8")
        assert "nothing was sent anywhere" not in text
        assert "the recording was read there" in text


def test_parquet_has_the_same_attempts_with_their_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    clips = [
        a_clip(a_trace(tmp_path / "a.npz", RAISES, 512), RAISES),
        a_clip(a_trace(tmp_path / "b.npz", HOLD, 400)),
    ]
    Ran(tmp_path / "out", clips, parquet=True)
    table = parquet.read_table(tmp_path / "out" / "repetitions.parquet").to_pylist()
    text = rows(tmp_path / "out")
    assert [row["clip"] for row in table] == [row["clip"] for row in text]
    assert [row["start_s"] for row in table] == [float(row["start_s"]) for row in text]
    assert {type(row["counted"]) for row in table} == {bool}
    assert {type(row["number"]) for row in table} == {int}
