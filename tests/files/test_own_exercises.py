"""Which files of a person's own are read, and that nothing in their folder can do harm."""

import os
from pathlib import Path

import pytest

from coreline.errors import BadDataError
from coreline.files.own_exercises import asked_for, exercise_files, read_own_exercise
from coreline.limits import EXERCISE_BYTES, EXERCISES


def write(path: Path, text: str = "id = 'a'\n") -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_only_regular_toml_files_that_are_seen_are_exercises(tmp_path: Path) -> None:
    found = [write(tmp_path / name) for name in ("a.toml", "b.toml")]
    for name in ("._a.toml", "notes.txt", "a.toml~"):
        write(tmp_path / name)
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "dangling.toml").symlink_to(tmp_path / "gone.toml")
    assert exercise_files(tmp_path) == found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes to make")
def test_a_pipe_is_neither_waited_for_nor_read(tmp_path: Path) -> None:
    pipe = tmp_path / "x.toml"
    os.mkfifo(pipe)
    assert exercise_files(tmp_path) == []
    with pytest.raises(BadDataError, match="no exercise in it"):
        asked_for(tmp_path)
    with pytest.raises(BadDataError, match=r"x\.toml: is no regular file"):
        read_own_exercise(pipe)


@pytest.mark.parametrize(("more", "good"), [(0, True), (1, False)])
def test_no_file_is_larger_than_an_exercise_can_be(tmp_path: Path, more: int, good: bool) -> None:
    path = write(tmp_path / "own.toml", "#" * (EXERCISE_BYTES + more))
    if good:
        assert len(read_own_exercise(path)) == EXERCISE_BYTES
    else:
        with pytest.raises(BadDataError, match=r"own\.toml: is larger than 256 kB"):
            read_own_exercise(path)


def test_no_folder_has_more_than_a_person_can_write(tmp_path: Path) -> None:
    for number in range(EXERCISES):
        write(tmp_path / f"{number}.toml")
    assert len(exercise_files(tmp_path)) == EXERCISES
    write(tmp_path / "one-more.toml")
    with pytest.raises(BadDataError, match="has 101 TOML files; keep 100"):
        exercise_files(tmp_path)
