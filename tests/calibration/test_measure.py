"""What numbers are set with: known people alone, never a stranger."""

import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.errors import BadSourceError

PROJECT = Path(__file__).parents[2]
SCRIPT = PROJECT / "calibration" / "measure.py"
PEOPLE = PROJECT / "tests" / "recordings" / "people"
MODULE = runpy.run_path(str(SCRIPT))
is_stranger: Callable[[Path], bool] = MODULE["is_stranger"]
recordings_in: Callable[[list[Path]], list[Any]] = MODULE["recordings_in"]
# Runs the command, and tells on standard error every file below the people that Python opens.
WATCHED = """
import os, runpy, sys
people, script, *arguments = sys.argv[1:]
def watch(event, details):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(details[0], (str, os.PathLike)):
        path = os.path.realpath(details[0])
        if path.startswith(people):
            print(event, path, file=sys.stderr)
sys.addaudithook(watch)
sys.argv = [script, *arguments]
runpy.run_path(script, run_name="__main__")
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WATCHED, str(PEOPLE.resolve()), str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_every_person_that_is_opened_is_a_known_one() -> None:
    done = run("w12-pelvic-curl")
    assert done.returncode == 0
    assert "w12-pelvic-curl, floor" in done.stdout
    seen = [line.partition(" ")[2] for line in done.stderr.splitlines()]
    opened = [Path(path) for path in seen if path.endswith(".npz")]
    known = str((PEOPLE / "known").resolve())
    assert {path.name for path in opened} == {path.name for path in Path(known).glob("*.npz")}
    assert all(path.startswith(known) for path in seen)


@pytest.mark.parametrize("moved", [False, True], ids=["in their place", "elsewhere"])
def test_strangers_are_refused_in_one_line(tmp_path: Path, *, moved: bool) -> None:
    folder = PEOPLE / "strangers"
    if moved:
        shutil.copy(next(folder.glob("*.npz")), tmp_path)
        folder = tmp_path
    done = run("--folder", str(folder))
    assert (done.returncode, done.stdout) == (2, "")
    said = [line for line in done.stderr.splitlines() if not line.startswith(("open", "os."))]
    assert len(said) == 1
    assert "is of a stranger, whom no number may be set on" in said[0]


def test_a_folder_without_recordings_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSourceError, match="no recording with a truth"):
        recordings_in([tmp_path])


@given(
    st.integers(0, 10**6),
    st.sampled_from([".npz", ".json.gz", ".landmarks.npz"]),
    st.sampled_from(["", "known", "elsewhere"]),
)
def test_whoever_has_an_even_seed_is_a_stranger_wherever_they_lie(
    seed: int, end: str, folder: str
) -> None:
    place = PEOPLE / folder / f"w12-back-bridge--{seed}{end}"
    assert is_stranger(place) == (seed % 2 == 0)


@given(st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True))
def test_whatever_lies_among_the_strangers_is_one(name: str) -> None:
    assert is_stranger(PEOPLE / "strangers" / f"{name}.npz")
    assert is_stranger(PEOPLE / "strangers" / "deeper" / f"{name}.json.gz")


def test_the_body_that_numbers_were_first_set_with_is_no_stranger() -> None:
    assert not is_stranger(PEOPLE.parent / "w12-back-bridge.json.gz")
