"""The processes that judge: each is replaced when it dies, none is left behind."""

import os
import signal
import sys
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest

from archived import HOLD, a_clip, a_trace, dies_over_one, settings, traces, until
from coreline.archive.judged import digest_of, judged
from coreline.archive.pool import ONE_THREAD, cores, outcomes
from coreline.archive.tasks import Task, task_of
from cut_clips import beginning_of
from judged_recordings import RECORDINGS

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes by /proc")


def tasks(paths: list[Path], exercise: str = HOLD) -> list[Task]:
    return [task_of(a_clip(path, exercise), digest_of(path), settings()) for path in paths]


def test_a_worker_judges_as_this_process_does(tmp_path: Path) -> None:
    some = tasks(traces(tmp_path, 5))
    found = dict(outcomes(some, 2))
    assert set(found) == set(some)
    assert found == {task: judged(task) for task in some}
    assert active_children() == []


def test_a_video_is_judged_in_a_worker_as_here(tmp_path: Path) -> None:
    clip = beginning_of(RECORDINGS / "w12-back-bridge.mp4", tmp_path / "a.mp4", 2.0)
    (task,) = tasks([clip])
    ((_, outcome),) = outcomes([task], 1)
    assert outcome == judged(task)
    assert outcome.document is not None
    assert outcome.document["source"]["frames_read"] == 30


def test_no_more_is_taken_ahead_than_there_are_workers(tmp_path: Path) -> None:
    some, taken = tasks(traces(tmp_path, 6)), []

    def asked() -> Iterator[Task]:
        for task in some:
            taken.append(task)
            yield task

    came = 0
    for _ in outcomes(asked(), 2):
        came += 1
        assert len(taken) <= came + 2
    assert came == 6


@pytest.mark.skipif(os.name != "posix", reason="processes are killed otherwise there")
@pytest.mark.parametrize("workers", [1, 2])
def test_one_that_is_killed_fails_its_clip_alone(workers: int, tmp_path: Path) -> None:
    some = tasks(traces(tmp_path, 4))
    found = dict(outcomes(some, workers, dies_over_one))
    failed = [task for task, outcome in found.items() if outcome.error is not None]
    assert set(found) == set(some)
    assert failed == [some[1]]
    said = found[some[1]].error or ("", "")
    assert "was ended by the system" in said[0]
    assert "door het systeem" in said[1]
    assert not found[some[1]].lasts
    assert active_children() == []


@on_linux
def test_one_that_is_killed_while_it_waits_is_replaced(tmp_path: Path) -> None:
    some = tasks(traces(tmp_path, 2))
    coming = outcomes(some, 1)
    found = [next(coming)]  # by now it has nothing to do until the next one is asked for
    (worker,) = active_children()
    worker.kill()
    worker.join()
    until(lambda: not active_children())
    found += coming
    assert [task for task, _ in found] == some


def test_whoever_stops_leaves_no_process(tmp_path: Path) -> None:
    coming = outcomes(tasks(traces(tmp_path, 4)), 2)
    next(coming)
    assert len(active_children()) == 2
    coming.close()
    until(lambda: active_children() == [])


@on_linux
def test_a_worker_has_one_thread_a_library_and_this_process_is_as_it_was(tmp_path: Path) -> None:
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    coming = outcomes(tasks(traces(tmp_path, 2)), 1)
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


def test_a_clip_that_cannot_be_judged_is_an_outcome(tmp_path: Path) -> None:
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"PK\x03\x04")
    found = dict(outcomes(tasks([bad, a_trace(tmp_path / "good.npz")]), 2))
    assert sorted(each.error is None for each in found.values()) == [False, True]
