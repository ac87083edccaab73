"""`coreline analyze FOLDER --out FOLDER`, as it is typed: killed, stopped, begun again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archived import (
    HOLD,
    RAISES,
    a_trace,
    alive,
    children,
    ended,
    results,
    run,
    started,
    traces,
    until,
)
from command_line import done, refused, typed
from coreline.archive.kept import RunFolder
from coreline.errors import BadDataError, BadOutputError, BadSourceError

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes by /proc")
OWN, LOW_PLANK = Path(__file__).parents[2] / "docs" / "low-plank.toml", "own-low-plank"
MANY = ("analyze", "clips", "--out", "out", "-e", HOLD, "--language", "en")


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def judged_by(out: Path) -> dict[str, int]:
    """Return when each result was written, by its file."""
    return {path.name: path.stat().st_mtime_ns for path in (out / "results").glob("*.json")}


def reports(out: Path) -> int:
    return len(list((out / "reports").glob("*.html")))


def in_the_middle(program: subprocess.Popen[str], out: Path, at_least: int = 2) -> None:
    until(lambda: len(judged_by(out)) >= at_least, of=[program])


def test_a_folder_of_clips_ends_with_a_page_and_a_line(tmp_path: Path) -> None:
    traces(tmp_path / "clips", 2)
    (tmp_path / "clips" / "notes.txt").write_text("Slowly.", encoding="utf-8")
    code, out, err = run(tmp_path, *MANY)
    assert (code, out) == (0, "Clips judged: 2; all reports: out/index.html\n")
    assert err == "passed over, neither video nor trace: 1 (notes.txt)\n"
    assert "000.npz" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_some_that_fail_are_told_and_the_exit_code_says_so(tmp_path: Path) -> None:
    traces(tmp_path / "clips", 1)
    (tmp_path / "clips" / "bad.mp4").write_bytes(b"no video")
    for _ in range(2):  # told again by the next run, which does not judge it again
        code, out, err = run(tmp_path, *MANY)
        assert code == 3
        assert out == "Clips judged: 1, not judged: 1; all reports: out/index.html\n"
        assert err.startswith("coreline: clips/bad.mp4: is not a video")
        assert err.count("\n") == 1


@on_linux
def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path: Path) -> None:
    traces(tmp_path / "clips", 8, frames=300)
    program = started(tmp_path, *MANY, "--workers", "2")
    in_the_middle(program, tmp_path / "out")
    workers = children(program.pid)
    program.kill()
    program.communicate()
    before = judged_by(tmp_path / "out")
    assert 2 <= len(before) < 8
    until(lambda: not any(map(alive, workers)))  # nobody is left that judges for nobody
    code, out, err = run(tmp_path, *MANY)
    assert (code, out, err) == (0, "Clips judged: 8; all reports: out/index.html\n", "")
    after = judged_by(tmp_path / "out")
    assert len(after) == reports(tmp_path / "out") == 8
    assert after.items() >= before.items()  # nothing twice
    assert {each["error"] for each in results(tmp_path / "out")} == {None}


@on_linux
def test_a_worker_that_is_killed_costs_its_clip_alone(tmp_path: Path) -> None:
    traces(tmp_path / "clips", 8, frames=300)
    program = started(tmp_path, *MANY, "--workers", "2")
    in_the_middle(program, tmp_path / "out")
    os.kill(children(program.pid)[0], signal.SIGKILL)
    code, out, err = ended(program)
    # Between two clips, for some milliseconds, it has none that it could cost.
    missed = err.count("was ended by the system; is there enough memory?")
    assert missed <= 1
    assert code == (3 if missed else 0)
    assert out.startswith(f"Clips judged: {8 - missed}")
    assert run(tmp_path, *MANY)[:2] == (0, "Clips judged: 8; all reports: out/index.html\n")


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise there")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_it_says_how_to_go_on(number: signal.Signals, code: int, tmp_path: Path) -> None:
    traces(tmp_path / "clips", 8, frames=300)
    program = started(tmp_path, *MANY, "--workers", "2")
    in_the_middle(program, tmp_path / "out")
    workers = children(program.pid) if sys.platform == "linux" else []
    for each in [program.pid, *workers] if number == signal.SIGINT else [program.pid]:
        os.kill(each, number)  # a terminal sends Ctrl-C to all of them
    ended_with, out, err = ended(program)
    assert (ended_with, out) == (code, "")
    assert err == "stopped; what was judged is kept, type the same again to go on with the rest\n"
    until(lambda: not any(map(alive, workers)))
    assert not list((tmp_path / "out").rglob("*.part"))
    assert run(tmp_path, *MANY)[1] == "Clips judged: 8; all reports: out/index.html\n"


def test_a_second_run_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    traces(tmp_path / "clips", 1)
    with RunFolder(tmp_path / "out"):
        code, out, err = run(tmp_path, *MANY)
    assert (code, out) == (2, "")
    assert err == "coreline: out: another run writes here; wait for it, or give another --out\n"
    assert run(tmp_path, *MANY)[0] == 0


def test_a_list_says_of_each_clip_what_it_is(tmp_path: Path) -> None:
    a_trace(tmp_path / "clips" / "a.npz", HOLD, 200)
    a_trace(tmp_path / "clips" / "b.npz", RAISES, 400)
    text = "bestand;oefening;kant;persoon\na.npz;rugbrug w12;;Zoë\nb.npz;auto;links;Anna\n"
    (tmp_path / "clips.csv").write_text(text, encoding="utf-8")
    done("analyze", "clips", "--list", "clips.csv", "--out", "out", "--language", "nl")
    kept = {each["file"]: each["document"] for each in results(tmp_path / "out")}
    assert kept["a.npz"]["exercise"] == HOLD
    assert kept["b.npz"]["recognised"]["exercise"] == kept["b.npz"]["exercise"]
    assert kept["b.npz"]["side"] == "left"
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "Zoë" in page
    table = (tmp_path / "out" / "repetitions.csv").read_text(encoding="utf-8-sig")
    assert '"b.npz";"Anna"' in table


def test_a_list_that_is_wrong_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "clips.csv").write_text("file,exercise\na.mp4,jump\n", encoding="utf-8")
    said = refused(BadDataError, "analyze", "--list", "clips.csv", "--out", "out")
    assert said.startswith("clips.csv, row 2: unknown exercise")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        (("clips", "--out", "out"), BadSourceError, "clips: no clip in it"),
        (("clips", "-e", HOLD), BadOutputError, "clips: are many clips; say with --out"),
        (("a.npz", "b.npz", "-e", HOLD), BadOutputError, "a.npz: are many clips"),
        (("--list", "x.csv"), BadOutputError, "x.csv: are many clips"),
        (("a.npz", "-e", HOLD, "--workers", "2"), BadDataError, "go with --out FOLDER"),
        (("clips", "--out", "out", "--json", "-"), BadDataError, "--json: is of one clip"),
        (("clips", "--out", "out", "--compare", "b"), BadDataError, "--compare: is of one clip"),
        (("a.npz", "--list", "x.csv", "--out", "out"), BadSourceError, "--list: it names the"),
        (("--list", "gone.csv", "--out", "out"), BadDataError, "gone.csv: "),
    ],
)
def test_what_does_not_go_together_is_one_line(
    words: tuple[str, ...], kind: type[BadDataError], said: str, tmp_path: Path
) -> None:
    (tmp_path / "clips").mkdir()
    assert said in refused(kind, "analyze", *words)
    assert not (tmp_path / "out").exists()


def test_what_is_missing_is_said_as_before() -> None:
    alone = typed("analyze", "-e", HOLD)
    assert (alone.exit_code, "Missing argument 'clip'" in alone.output) == (2, True)
    alone = typed("analyze", "a.npz")
    assert (alone.exit_code, "Missing option '--exercise' / '-e'" in alone.output) == (2, True)


def test_an_own_exercise_is_known_to_whoever_judges(tmp_path: Path) -> None:
    a_trace(tmp_path / "clips" / "a.npz", HOLD, 200)
    done("analyze", "clips", "--out", "out", "-e", LOW_PLANK, "--exercises", OWN)
    assert [each["document"]["exercise"] for each in results(tmp_path / "out")] == [LOW_PLANK]
