"""What nobody foresaw, in real processes: one line, a log without a person in it, exit code 1."""

import faulthandler
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from coreline.camera.playback import sample_path
from coreline.camera.video import VideoFile
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE
from coreline.log import runs_on

NAME = "Anna de Vries"
needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
# What is watched: it does what its word says.
WATCHED = f"""
import faulthandler, sys, threading
from coreline.crash import run_watched
from coreline.files.folders import data_folder
def fall():
    try:
        {{}}["{NAME}"]
    except KeyError as error:
        raise ValueError("{NAME} wrote this in ~/secret") from error
def fall_in_ours():
    from coreline.programme.catalogue import Gathering
    Gathering(None, None).add(None, "{NAME}")
def fall_beside():
    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
    print("went on")
def fault():
    faulthandler._sigsegv()
def nothing():
    pass
sys.exit(run_watched(globals()[sys.argv[1]]))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep out of the data of whoever runs the tests, in a home named after somebody."""
    home = tmp_path / "anna"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv(DATA_VARIABLE, str(home / "data"))
    monkeypatch.setenv(CONFIG_VARIABLE, str(home / "config"))
    return home


def watched(does: str, **environment: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-c", WATCHED, does]
    return subprocess.run(
        line, capture_output=True, text=True, check=False, env=os.environ | environment
    )


def typed(*words: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "coreline", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def log_of(home: Path) -> str:
    return (home / "data" / "log" / "coreline.log").read_text(encoding="utf-8")


def the_line(done: subprocess.CompletedProcess[str]) -> str:
    (line,) = done.stderr.splitlines()
    return line


def test_what_nobody_foresaw_is_one_line_and_the_log_has_the_rest(home: Path) -> None:
    done = watched("fall")
    assert done.returncode == 1
    line = the_line(done)
    assert line.startswith("coreline: something went wrong that nobody foresaw (ValueError at ")
    assert "what the journal had taken down is kept" in line
    assert line.endswith(str(home / "data" / "log" / "coreline.log"))
    log = log_of(home)
    assert "crashed: KeyError\n" in log
    assert "\nValueError\n" in log
    assert " in fall\n" in log
    assert "ended with 1" in log
    for theirs in (NAME, "secret", str(home), home.name):
        assert theirs not in log


def test_it_says_where_in_the_program_it_was(home: Path) -> None:
    assert "(AttributeError at coreline/" in the_line(watched("fall_in_ours"))
    assert NAME not in log_of(home)


def test_who_asks_for_it_sees_all_of_it(home: Path) -> None:
    done = watched("fall", CORELINE_DEBUG="1")
    assert done.returncode == 1
    assert f"ValueError: {NAME} wrote this" in done.stderr
    assert "coreline: something went wrong" in done.stderr.splitlines()[-1]
    assert NAME not in log_of(home)


def test_a_thread_that_falls_is_told_and_the_rest_goes_on(home: Path) -> None:
    done = watched("fall_beside")
    assert done.returncode == 1
    assert "ValueError at" in the_line(done)
    assert done.stdout == "went on\n"
    assert NAME not in log_of(home)


@pytest.mark.skipif(not hasattr(faulthandler, "_sigsegv"), reason="no way to crash")
def test_a_library_that_crashes_is_told_at_the_next_start_and_once(home: Path) -> None:
    died = watched("fault")
    assert died.returncode not in (0, 1, 2)
    assert died.stderr == ""
    line = the_line(watched("nothing"))
    assert "it crashed when it ran last (Segmentation fault)" in line
    assert "what the journal had taken down is kept" in line
    log = log_of(home)
    assert "the last run ended by a fault: Segmentation fault\n" in log
    assert " in fault\n" in log
    assert home.name not in log
    assert watched("nothing").stderr == ""


@needs_modes
def test_the_log_is_its_owner_s_alone(home: Path) -> None:
    watched("nothing")
    folder = home / "data" / "log"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = sorted(folder.iterdir())
    assert [each.name for each in files] == ["coreline.log", "fault.txt"]
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}


@pytest.mark.parametrize("kind", ["file", "folder", "pipe", "link"])
def test_a_log_that_cannot_be_written_stops_nothing(home: Path, kind: str) -> None:
    place = home / "data" / "log"
    place.parent.mkdir()
    (home / "letter").write_text("mine")
    put(kind, place, home / "letter")
    assert "no log could be written" in the_line(watched("fall"))
    assert (home / "letter").read_text() == "mine"


def put(kind: str, place: Path, letter: Path) -> None:
    """Put something that is no log where the log would be."""
    if kind == "file":
        place.write_text("mine")
        return
    place.mkdir()
    if kind == "folder":
        (place / "coreline.log").mkdir()
    elif sys.platform == "win32":
        pytest.skip("neither pipes nor links among the files there")
    elif kind == "pipe":
        os.mkfifo(place / "coreline.log")
    else:
        (place / "coreline.log").symlink_to(letter)


# The command line itself


def test_a_command_is_begun_and_ended_in_the_log_without_what_was_typed(home: Path) -> None:
    assert typed("settings", "set", "camera", f"http://{NAME}@phone/", "--json").returncode == 0
    assert typed("--debug", "history", f"--who={NAME}").returncode == 2
    said = [line.partition(": ")[2] for line in log_of(home).splitlines()]
    assert said[0] == said[3] == runs_on()
    assert said[1] == "asked for: settings --json"
    assert said[2].startswith("ended with 0 after ")
    assert said[4] == "asked for: --debug history --who"
    assert said[5].startswith("refused: UnknownProfileError at coreline/journal/people.py:")
    assert said[6].startswith("ended with 2 after ")
    assert NAME not in log_of(home)


def test_asking_for_help_leaves_nothing_behind(home: Path) -> None:
    assert typed("history", "--help").returncode == 0
    assert list(home.iterdir()) == []


# A machine on which something is missing


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the first half second of the sample."""
    path = tmp_path_factory.mktemp("clip") / "short.avi"
    with VideoFile(sample_path()) as video:
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, (640, 480))
        for frame in video.frames():
            if frame is None or frame.index == 8:
                break
            writer.write(frame.image_bgr)
        writer.release()
    return path


@needs_modes
@pytest.mark.parametrize("lacks", ["streams", "home"])
def test_what_a_machine_lacks_is_no_reason_not_to_judge(
    home: Path, clip: Path, lacks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no null device in either case."""
    closing = "<&- >&- 2>&-" if lacks == "streams" else ""
    if lacks == "home":
        monkeypatch.setenv("HOME", str(clip / "home"))  # below a file nothing can be made
        for name in (DATA_VARIABLE, CONFIG_VARIABLE, "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            monkeypatch.delenv(name, raising=False)
    facts = home / "facts.json"
    program = f"import os; os.devnull = '{clip}/null'\nfrom coreline.cli import main\nmain()"
    shell = ("sh", "-c", f'exec "$@" {closing}', "sh")
    judging = ("analyze", str(clip), "-e", "w56-belly-bridge", "--model", "lite")
    line = [*shell, sys.executable, "-c", program, *judging, "--json", str(facts)]
    done = subprocess.run(line, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done
    assert done.stderr == ""
    assert json.loads(facts.read_text(encoding="utf-8"))["source"]["frames_read"] == 8
