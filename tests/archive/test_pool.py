"""The processes that judge: each is replaced when it dies, none is left behind."""

import os
import signal
import sys
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest

from archived import HOLD, a_clip, a_trace, settings, until
from coreline.archive.judged import digest_of, judged
from coreline.archive.pool import ONE_THREAD, cores, outcomes
from coreline.archive.tasks import Task, task_of
from cut_clips import beginning_of
from judged_recordings import RECORDINGS
from light_judges import dies_over_two, noted

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes by /proc")


def tasks(paths: list[Path]) -> list[Task]:
    return [task_of(a_clip(path), digest_of(path), settings()) for path in paths]


def noted_alone(folder: Path, number: int) -> list[Task]:
    """Return tasks for whoever does not look at the clip."""
    clips = [a_clip(folder / f"{n:03}.npz", HOLD) for n in range(number)]
    return [task_of(clip, "mark", settings()) for clip in clips]


def test_a_worker_judges_as_this_process_does(tmp_path: Path) -> None:
    video = beginning_of(RECORDINGS / "w12-back-bridge.mp4", tmp_path / "a.mp4", 1.0)
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"PK\x03\x04")
    some = tasks([video, bad, a_trace(tmp_path / "good.npz")])
    found = dict(outcomes(some, 1))
    assert found == {task: judged(task) for task in some}
    assert [found[task].error is None for task in some] == [True, False, True]
    assert (found[some[0]].document or {})["source"]["frames_read"] == 15
    assert active_children() == []


def test_no_more_is_taken_ahead_than_there_are_workers(tmp_path: Path) -> None:
    some, taken = noted_alone(tmp_path, 6), []

    def asked() -> Iterator[Task]:
        for task in some:
            taken.append(task)
            yield task

    came = 0
    for _ in outcomes(asked(), 2, noted):
        came += 1
        assert len(taken) <= came + 2
    assert came == 6


@pytest.mark.skipif(os.name != "posix", reason="processes are killed otherwise there")
def test_a_clip_fails_alone_and_only_where_two_died_over_it(tmp_path: Path) -> None:
    some = noted_alone(tmp_path, 4)
    found = dict(outcomes(some, 2, dies_over_two))
    assert set(found) == set(some)
    assert [task for task, outcome in found.items() if outcome.error is not None] == [some[1]]
    said = found[some[1]].error or ("", "")
    assert "was ended by the system" in said[0]
    assert "door het systeem" in said[1]
    assert not found[some[1]].lasts
    assert active_children() == []


@on_linux
def test_one_that_is_killed_while_it_waits_costs_nothing(tmp_path: Path) -> None:
    some = noted_alone(tmp_path, 3)
    coming = outcomes(some, 1, noted)
    found = [next(coming)]  # by now it has nothing to do until the next one is asked for
    for known in (True, False):  # or it is killed just before, and nobody knows yet
        (worker,) = active_children()
        worker.kill()
        if known:
            worker.join()
            until(lambda: not active_children())
        found.append(next(coming))
    assert [(task, outcome.error) for task, outcome in found] == [(task, None) for task in some]
    coming.close()


def test_whoever_stops_leaves_no_process(tmp_path: Path) -> None:
    coming = outcomes(noted_alone(tmp_path, 4), 2, noted)
    next(coming)
    assert len(active_children()) == 2
    coming.close()
    until(lambda: active_children() == [])


@on_linux
def test_a_worker_has_one_thread_a_library_and_this_process_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = ONE_THREAD
    monkeypatch.setenv(first, "3")
    for name in others:
        monkeypatch.delenv(name, raising=False)
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    coming = outcomes(noted_alone(tmp_path, 2), 1, noted)
    next(coming)
    (worker,) = active_children()
    text = Path(f"/proc/{worker.pid}/environ").read_bytes().decode()
    has = dict(line.split("=", 1) for line in text.split("\0") if "=" in line)
    coming.close()
    assert has.items() >= ONE_THREAD.items()
    assert {name: os.environ.get(name) for name in ONE_THREAD} == before
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_there_is_a_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
