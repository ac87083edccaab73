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
    started,
    traces,
    until,
)
from command_line import done, refused, typed
from coreline.archive.kept import RunFolder
from coreline.errors import BadDataError, BadOutputError, BadSourceError
from light_judges import WHEN_LET

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes by /proc")
OWN, LOW_PLANK = Path(__file__).parents[2] / "docs" / "low-plank.toml", "own-low-plank"
STOPPED = "stopped; what was judged is kept, type the same again to go on with the rest\n"
MANY = ("analyze", "clips", "--out", "out", "-e", HOLD, "--language", "en")


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def judged_by(out: Path) -> dict[str, int]:
    """Return when each result was written, by its file."""
    return {path.name: path.stat().st_mtime_ns for path in (out / "results").glob("*.json")}


def reports(out: Path) -> int:
    return len(list((out / "reports").glob("*.html")))


def test_a_folder_of_clips_ends_with_a_page_and_a_line(tmp_path: Path) -> None:
    traces(tmp_path / "clips", 2)
    (tmp_path / "clips" / "notes.txt").write_text("Slowly.", encoding="utf-8")
    (tmp_path / "clips" / "bad.mp4").write_bytes(b"no video")
    before: dict[str, int] = {}
    for _ in range(2):  # one that failed is told again by the next run, which does not judge it
        some = typed(*MANY, "--workers", "1")
        assert some.exit_code == 3
        assert some.stdout == "Clips judged: 2, not judged: 1; all reports: out/index.html\n"
        passed_over, failed = some.stderr.splitlines()
        assert passed_over == "passed over, neither video nor trace: 1 (notes.txt)"
        assert failed.startswith("coreline: clips/bad.mp4: is not a video")
        assert before in ({}, judged_by(tmp_path / "out"))
        before = judged_by(tmp_path / "out")
    assert "000.npz" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    (tmp_path / "clips" / "bad.mp4").unlink()
    (tmp_path / "clips" / "notes.txt").unlink()
    assert done(*MANY) == "Clips judged: 2; all reports: out/index.html\n"
    assert judged_by(tmp_path / "out") == before


class Followed:
    """A run that is begun again and again: of what was judged nothing is judged once more.

    It judges a clip more each time that it is looked at, and has the next one in its hands.
    """

    def __init__(self, folder: Path, clips: int) -> None:
        traces(folder / "clips", clips)
        (folder / "let").mkdir()
        self.out, self._folder, self._clips = folder / "out", folder, clips
        self._seen: dict[str, int] = {}
        self._workers: list[int] = []

    def begin(self) -> subprocess.Popen[str]:
        program = started(self._folder, *MANY, "--workers", "1", before=WHEN_LET)
        self.goes_on(program)
        return program

    def goes_on(self, program: subprocess.Popen[str]) -> None:
        """Wait until one more is judged, in the middle of the run."""
        (self._folder / "let" / str(len(self._seen))).touch()
        until(lambda: len(judged_by(self.out)) > len(self._seen), of=[program])
        self.look()
        assert len(self._seen) < self._clips
        self._workers = children(program.pid)

    def look(self) -> None:
        now = judged_by(self.out)
        assert now.items() >= self._seen.items()
        self._seen = now

    def send(self, number: signal.Signals, program: subprocess.Popen[str]) -> None:
        # A terminal sends Ctrl-C to all of them.
        for each in (program.pid, *(self._workers if number == signal.SIGINT else ())):
            os.kill(each, number)

    def is_left(self) -> None:
        """Wait until nobody is left that judges for nobody, and nothing is half-written."""
        assert self._workers
        until(lambda: not any(map(alive, self._workers)))
        assert not list(self.out.rglob("*.part"))
        self.look()


@on_linux
def test_killed_and_stopped_it_goes_on_where_it_was(tmp_path: Path) -> None:
    run = Followed(tmp_path, 6)
    program = run.begin()
    os.kill(children(program.pid)[0], signal.SIGKILL)  # a new one takes what it had
    run.goes_on(program)
    program.kill()
    assert ended(program)[:2] == (-signal.SIGKILL, "")
    run.is_left()
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        program = run.begin()
        run.send(number, program)
        assert ended(program) == (code, "", STOPPED)
        run.is_left()
    assert done(*MANY, "--workers", "1") == "Clips judged: 6; all reports: out/index.html\n"
    run.look()
    assert len(judged_by(run.out)) == reports(run.out) == 6
    assert {each["error"] for each in results(run.out)} == {None}


def test_a_second_run_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    traces(tmp_path / "clips", 1)
    with RunFolder(tmp_path / "out"):
        said = refused(BadOutputError, *MANY)
    assert said == "out: another run writes here; wait for it, or give another --out"
    assert not judged_by(tmp_path / "out")


def test_a_list_says_of_each_clip_what_it_is(tmp_path: Path) -> None:
    a_trace(tmp_path / "clips" / "a.npz", HOLD, 120)
    a_trace(tmp_path / "clips" / "b.npz", RAISES, 400)
    a_trace(tmp_path / "clips" / "c.npz", HOLD, 90)
    text = (
        "bestand;oefening;kant;persoon\na.npz;rugbrug w12;;Zoë\nb.npz;auto;links;Anna\n"
        f"c.npz;{LOW_PLANK};;\n"  # an exercise of one's own is known to whoever judges
    )
    (tmp_path / "clips.csv").write_text(text, encoding="utf-8")
    words = ("analyze", "clips", "--list", "clips.csv", "--out", "out", "--exercises", OWN)
    done(*words, "--language", "nl", "--workers", "1")
    kept = {each["file"]: each["document"] for each in results(tmp_path / "out")}
    assert kept["a.npz"]["exercise"] == HOLD
    assert kept["b.npz"]["recognised"]["exercise"] == kept["b.npz"]["exercise"]
    assert kept["b.npz"]["side"] == "left"
    assert kept["c.npz"]["exercise"] == LOW_PLANK
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
