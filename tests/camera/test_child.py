"""The process that reads the camera: how it begins, what it loads, and that it always ends."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.context import SpawnProcess
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import pytest

from camera.fake_camera import OPENER, Control
from camera.leftovers import is_alive, nothing_left_behind
from coreline.camera.child import Child, ChildEndedError
from coreline.camera.handover import Answer, Failed, PictureReady

LIMIT_S = 60.0  # ends what would wait for ever
ONLY_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes as Linux shows them")

# A program as a person starts it; it prints a line when its main module is run.
PROGRAM = """
import os, sys, time
sys.path[:0] = {path!r}
from coreline.camera.webcam import Webcam
try:
    print("main", flush=True)
    with Webcam({where!r}, opener={opener!r}) as camera:
        print("child", camera._child._process.pid, flush=True)
        for _ in camera.frames():
            pass
except KeyboardInterrupt:
    pass
print("end", flush=True)
"""


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    with nothing_left_behind():
        yield


@pytest.fixture
def control(tmp_path: Path) -> Control:
    return Control(tmp_path / "control")


@pytest.fixture
def program(control: Control, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a running program in a session of its own, as under a terminal."""
    script = tmp_path / "program.py"
    text = PROGRAM.format(path=sys.path, where=control.where, opener=OPENER)
    script.write_text(text, encoding="utf-8")
    command = [sys.executable, str(script)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as running:
        yield running
        running.kill()


def answer_of(child: Child) -> Answer:
    answer = None
    while answer is None:
        answer = child.answer(LIMIT_S)
    return answer


def until_it_ends(child: Child) -> None:
    end_s = time.monotonic() + LIMIT_S
    while time.monotonic() < end_s:
        child.answer(0.1)


def until(happened: Callable[[], bool], otherwise: str) -> None:
    end_s = time.monotonic() + LIMIT_S
    while not happened():
        assert time.monotonic() < end_s, otherwise
        time.sleep(0.02)


def said(program: subprocess.Popen[str]) -> list[str]:
    assert program.stdout is not None
    return program.stdout.readline().split()


def test_it_loads_neither_the_model_nor_the_window_nor_the_command_line() -> None:
    child = Child(0, "camera.fake_camera:open_telling")
    answer = answer_of(child)
    child.close()
    assert isinstance(answer, Failed)
    assert str(answer.error) == "coreline.camera.capture"


def test_the_memory_has_no_name_once_both_have_found_it(control: Control) -> None:
    child = Child(control.where, OPENER)
    name = child._memory.name
    answer_of(child)
    with pytest.raises(FileNotFoundError):
        SharedMemory(name)
    while not isinstance(answer := answer_of(child), PictureReady):
        pass
    assert child.image(answer).mean() > 50.0
    child.close()


def test_one_that_hangs_is_killed_without_waiting(control: Control) -> None:
    control.says("wedge")
    child = Child(control.where, OPENER)
    answer_of(child)
    child.kill()
    with pytest.raises(ChildEndedError):
        child.answer(1.0)
    child.close()
    assert child._process is not None


def test_closing_one_that_hangs_ends_it(control: Control) -> None:
    control.says("wedge")
    child = Child(control.where, OPENER)
    answer_of(child)
    child.close()


def test_one_that_dies_says_so(control: Control) -> None:
    control.says("die")
    child = Child(control.where, OPENER)
    with pytest.raises(ChildEndedError):
        until_it_ends(child)
    child.close()


@ONLY_POSIX
def test_ctrl_c_while_it_is_started_waits_and_leaves_nothing(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever thread the system gives the signal to: only this one holds it back."""
    start, done = SpawnProcess.start, threading.Event()
    started: list[int | None] = []

    def interrupted(process: SpawnProcess) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        start(process)
        started.append(process.pid)

    monkeypatch.setattr(SpawnProcess, "start", interrupted)
    other = threading.Thread(target=done.wait, args=(LIMIT_S,))
    other.start()
    with pytest.raises(KeyboardInterrupt):
        Child(control.where, OPENER)
    done.set()
    other.join()
    (pid,) = started
    assert pid is not None
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@ONLY_LINUX
def test_it_ends_when_its_parent_is_killed(
    program: subprocess.Popen[str], control: Control
) -> None:
    assert said(program) == ["main"]
    word, pid = said(program)
    assert word == "child", "the main module was not run a second time"
    control.says("wedge")
    until((control.path.parent / "wedged").exists, "the child does not hang")
    program.kill()
    until(lambda: not is_alive(int(pid)), "the child outlived its parent")


@ONLY_POSIX
@pytest.mark.parametrize("after_s", [0.02, 0.12, 0.3, 1.5])
def test_ctrl_c_is_the_parents_alone(after_s: float, program: subprocess.Popen[str]) -> None:
    assert said(program) == ["main"]
    time.sleep(after_s)  # while the process starts, while it opens the camera, while it reads
    os.killpg(program.pid, signal.SIGINT)
    rest, errors = program.communicate(timeout=LIMIT_S)
    assert rest.split()[-1] == "end"
    assert errors == ""
    assert program.returncode == 0
