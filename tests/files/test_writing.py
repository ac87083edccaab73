"""Results on disk: whole or not at all, and one clear line when it cannot be."""

import csv
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coreline.errors import BadOutputError
from coreline.files.writing import write_csv, write_text

OLD = "the old one"


def refusal(path: Path) -> str:
    with pytest.raises(BadOutputError) as caught:
        write_text(path, "new")
    line = str(caught.value)
    assert "\n" not in line
    assert ";" in line
    return line


def test_a_text_arrives_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "één.html"
    write_text(path, "één\r\ntwee\n")
    assert path.read_bytes() == "één\r\ntwee\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(OLD, encoding="utf-8")
    write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "new"


def test_a_table_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [["0.000", "", 'a "word"'], ["0.067", "1,5", "two\nlines"]]
    write_csv(path, ["t_s", "bend", "what"], rows)
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["t_s", "bend", "what"], *rows]
    assert path.read_bytes().startswith(b"t_s,bend,what\r\n0.000,,")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "a.json", tmp_path / "a.json"
    target.write_text(OLD, encoding="utf-8")
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_a_device_is_written_to_and_stays_one() -> None:
    null = Path(os.devnull)
    write_text(null, "new")
    assert not null.is_file()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "no such folder" in refusal(tmp_path / "nowhere" / "a.json")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "not a folder" in refusal(tmp_path / "file" / "a.json")
    refusal(tmp_path / "file" / "deeper" / "a.json")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_cannot_be_is_refused(tmp_path: Path) -> None:
    assert "too long" in refusal(tmp_path / ("x" * 300))
    refusal(tmp_path / "a\0b")
    assert "\\n" in refusal(tmp_path / "two\nlines" / "a.json")


@pytest.mark.parametrize("locked", ["folder", "file"])
def test_what_is_read_only_is_left_alone(
    locked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_text(OLD, encoding="utf-8")
    closed = tmp_path if locked == "folder" else path
    # Nothing is read-only to the superuser, who may run the tests.
    monkeypatch.setattr(os, "access", lambda place, _: Path(place) != closed)
    assert ("not allowed" if locked == "folder" else "read-only") in refusal(path)
    assert path.read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize(
    ("code", "what"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "only be read"), (errno.EIO, "choose another place")],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_file(
    step: str, code: int, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_text(OLD, encoding="utf-8")
    place: object = os if step == "fsync" else Path
    monkeypatch.setattr(place, step, failing(code))
    assert what in refusal(path)
    assert path.read_text(encoding="utf-8") == OLD
    assert list(tmp_path.iterdir()) == [path]


def failing(code: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_being_stopped_leaves_nothing_half_written(
    error: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(error):
        write_text(tmp_path / "a.json", "new")
    assert list(tmp_path.iterdir()) == []
