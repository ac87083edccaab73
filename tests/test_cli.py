"""The command line as its user meets it: real processes and pixels, one line for a mistake."""

import csv
import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import cv2
import numpy as np
import pytest

from coreline.camera.playback import sample_path

RECORDINGS = Path(__file__).parent / "recordings"
PLANK = RECORDINGS / "w12-back-bridge.landmarks.npz"


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep out of the data of whoever runs the tests."""
    monkeypatch.setenv("CORELINE_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    monkeypatch.setenv("CORELINE_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))


def coreline(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "coreline"]
    return subprocess.run(
        [*line, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=cwd
    )


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_video_is_judged_and_everything_asked_for_is_written(tmp_path: Path) -> None:
    done = coreline(
        *("analyze", sample_path(), "-e", "w56-belly-bridge", "--language", "nl"),
        *("--json", tmp_path / "facts.json", "--trace", tmp_path / "trace.csv"),
        *("--report", tmp_path / "form.html", "--save-poses", tmp_path / "poses.npz"),
    )
    assert done.returncode == 0, done.stderr
    facts = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    assert facts["schema"] == 1
    assert facts["side"] == "right"
    assert [each["reasons"] for each in facts["repetitions"]] == [
        [],
        [],
        ["too_short"],
        ["knee_bent"],
        ["line_broken"],
        ["no_tap"],
        [],
    ]
    with (tmp_path / "trace.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == facts["source"]["frames_read"] == facts["source"]["frames_expected"]
    assert '<html lang="nl"' in (tmp_path / "form.html").read_text(encoding="utf-8")

    again = coreline(
        "analyze", tmp_path / "poses.npz", "-e", "w56-belly-bridge", "--json", tmp_path / "2.json"
    )
    assert again.returncode == 0, again.stderr
    replayed = json.loads((tmp_path / "2.json").read_text(encoding="utf-8"))
    assert replayed["repetitions"] == facts["repetitions"]
    assert replayed["faults"] == facts["faults"]
    assert replayed["cues"] == facts["cues"]


def test_json_alone_goes_to_standard_output() -> None:
    done = coreline("analyze", PLANK, "-e", "w12-back-bridge", "--json", "-")
    assert done.returncode == 0
    assert json.loads(done.stdout)["exercise"] == "w12-back-bridge"


def test_the_exercise_is_told_when_nobody_names_it() -> None:
    done = coreline("analyze", PLANK, "-e", "auto", "--json", "-")
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert facts["recognised"]["exercise"] == facts["exercise"] == "w12-back-bridge"


def test_what_is_no_exercise_of_ours_is_not_made_one(tmp_path: Path) -> None:
    trace = next((RECORDINGS / "real").glob("*bird-dog*.npz"))
    out = tmp_path / "facts.json"
    done = coreline("analyze", trace, "-e", "auto", "--json", out)
    assert_refused(done, "cannot tell which exercise", "--exercise")
    assert not out.exists()


def test_help_and_version() -> None:
    assert "Examples" in coreline("analyze", "--help").stdout
    assert coreline("--version").stdout.startswith("coreline ")


def test_the_sample_runs_without_display_and_camera(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    report = tmp_path / "report.html"
    done = coreline("train", "--source", "sample", "--report", report, "--language", "en")
    assert done.returncode == 0, done.stderr
    assert "No window" in done.stdout
    assert done.stdout.count("Nothing of this session is kept") == 1
    # A slower machine sees fewer of its frames: how many count is not fixed.
    assert ": counted" in done.stdout
    assert "not counted (" in done.stdout
    assert "Form report" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("exercise", "near"),
    [("w12-backbridge", "w12-back-bridge"), ("Buikburg", "Buikbrug"), ("blank", "plank")],
)
def test_an_unknown_exercise_offers_the_near_ones(exercise: str, near: str) -> None:
    assert_refused(coreline("analyze", PLANK, "-e", exercise), exercise, near)


def test_no_such_file() -> None:
    assert_refused(coreline("analyze", "gone.mp4", "-e", "w12-back-bridge"), "gone.mp4")


def test_not_a_video(tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("these are notes\n" * 100, encoding="utf-8")
    assert_refused(coreline("analyze", text, "-e", "w12-back-bridge"), "notes.mp4", "video")


def test_a_broken_trace(tmp_path: Path) -> None:
    trace = tmp_path / "broken.npz"
    trace.write_bytes(PLANK.read_bytes()[:5000])
    assert_refused(coreline("analyze", trace, "-e", "w12-back-bridge"), "broken.npz")


def test_nobody_in_it_and_nothing_is_left_behind(tmp_path: Path) -> None:
    clip = tmp_path / "room.avi"
    writer = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"MJPG"), 15, (320, 240))
    room = np.full((240, 320, 3), 128, np.uint8)
    for _ in range(20):
        writer.write(room)
    writer.release()
    out = tmp_path / "facts.json"
    assert_refused(
        coreline("analyze", clip, "-e", "w12-back-bridge", "--json", out), "room.avi", "nobody"
    )
    assert not out.exists()


def test_a_folder_that_is_not_there_is_refused_before_the_work(tmp_path: Path) -> None:
    out = tmp_path / "no" / "facts.json"
    assert_refused(coreline("analyze", PLANK, "-e", "w12-back-bridge", "--json", out), str(out))


def test_no_such_camera() -> None:
    assert_refused(coreline("train", "--source", "97"), "97")


def own_exercise(folder: Path, old: str, new: str) -> Path:
    """Write an exercise of one's own, made from one of ours, and return the file."""
    text = files("coreline").joinpath("programme/exercises/w12-back-bridge.toml").read_text("utf-8")
    text = text.replace('id = "w12-back-bridge"', 'id = "my-plank"').replace(
        "place = 3", "place = 9"
    )
    assert old in text
    path = folder / "my-plank.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_an_exercise_of_ones_own_needs_one_file(tmp_path: Path) -> None:
    own = own_exercise(tmp_path, "[judging]", "[judging]")
    done = coreline("analyze", PLANK, "-e", "my-plank", "--exercises", own, "--json", "-")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["holds"]) == 1


def test_a_broken_exercise_file_is_named_with_line_and_key(tmp_path: Path) -> None:
    own = own_exercise(tmp_path, "still_deg = ", "stil_deg = ")
    lines = own.read_text(encoding="utf-8").splitlines()
    line = 1 + next(n for n, text in enumerate(lines) if text.startswith("stil_deg = "))
    done = coreline("analyze", PLANK, "-e", "my-plank", "--exercises", own)
    assert_refused(done, f"my-plank.toml:{line}:", "stil_deg", "still_deg")


def test_an_exercise_file_that_is_no_toml(tmp_path: Path) -> None:
    own = own_exercise(tmp_path, 'signal = "bend"', 'signal = "bend')
    assert_refused(
        coreline("analyze", PLANK, "-e", "my-plank", "--exercises", own), "my-plank.toml:"
    )


def test_a_stream_that_is_not_there() -> None:
    assert_refused(coreline("train", "--source", "http://127.0.0.1:9/video"), "127.0.0.1:9")
