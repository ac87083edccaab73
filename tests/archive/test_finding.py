"""Which clips are meant by what a person names."""

from pathlib import Path

import pytest

from archived import a_trace
from coreline.archive.finding import clips_in
from coreline.archive.tasks import file_name, is_address, without_secrets
from coreline.errors import BadSourceError


def names(*places: object, but: Path = Path("nowhere")) -> list[str]:
    return [name for _, name in clips_in([str(each) for each in places], but).clips]


def test_a_folder_is_looked_through_in_order(tmp_path: Path) -> None:
    for name in ("b.mp4", "a.MOV", "deep/c.npz", ".hidden.mp4", ".git/d.mp4", "Zoë 日 1.webm"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert names(tmp_path) == ["Zoë 日 1.webm", "a.MOV", "b.mp4", "deep/c.npz"]


def test_what_is_no_clip_is_passed_over_and_said(tmp_path: Path) -> None:
    a_trace(tmp_path / "a trace without its ending")
    (tmp_path / "notes.txt").write_text("Slowly.", encoding="utf-8")
    (tmp_path / "empty").write_bytes(b"")
    found = clips_in([str(tmp_path)], tmp_path / "out")
    assert [name for _, name in found.clips] == ["a trace without its ending"]
    assert found.passed_over == ("empty", "notes.txt")


def test_a_file_that_is_named_is_a_clip_whatever_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Slowly.", encoding="utf-8")
    assert names(tmp_path / "notes.txt") == ["notes.txt"]


def test_the_same_name_in_two_folders_is_two_clips(tmp_path: Path) -> None:
    first, second = a_trace(tmp_path / "a" / "x.npz"), a_trace(tmp_path / "b" / "x.npz")
    assert names(tmp_path) == ["a/x.npz", "b/x.npz"]
    assert names(tmp_path / "a", tmp_path / "b") == [str(first), str(second)]
    assert names(first, first) == [str(first)]


def test_where_the_results_go_is_not_looked_into(tmp_path: Path) -> None:
    a_trace(tmp_path / "x.npz")
    a_trace(tmp_path / "out" / "y.npz")
    assert names(tmp_path, but=tmp_path / "out") == ["x.npz"]


def test_the_clips_and_the_results_do_not_go_into_one_folder(tmp_path: Path) -> None:
    a_trace(tmp_path / "x.npz")
    with pytest.raises(BadSourceError, match="has the clips in it; give --out another") as refused:
        names(tmp_path, but=tmp_path / "." / "sub" / "..")
    assert "andere map" in refused.value.in_("nl")


def test_what_is_named_and_not_there_is_said_before_anything_is_judged(tmp_path: Path) -> None:
    clip = a_trace(tmp_path / "x.npz")
    with pytest.raises(BadSourceError, match=r"gone: No such file.*; give videos") as refused:
        names(clip, tmp_path / "gone")
    assert "bestaat niet" in refused.value.in_("nl")
    with pytest.raises(BadSourceError):
        names("a\0b")


def test_no_clip_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadSourceError, match="no clip in it") as refused:
        names(tmp_path)
    assert "geen opname" in refused.value.in_("nl")


@pytest.mark.parametrize("where", ["s3://bucket/a.mp4", "http://host/a.mp4", "file:///a.mp4"])
def test_an_address_is_one(where: str) -> None:
    assert is_address(where)
    assert names(where) == [where]


@pytest.mark.parametrize("where", ["a.mp4", "C:/clips/a.mp4", "./://a", "://a", "a b://c"])
def test_a_path_is_no_address(where: str) -> None:
    assert not is_address(where)


def test_an_address_is_shown_without_what_is_secret() -> None:
    secret = "https://anna:pass@host:8080/clips/Zo%C3%AB.mp4?signature=abc#d"
    assert without_secrets(secret) == "https://host:8080/clips/Zo%C3%AB.mp4"
    assert file_name(secret) == "Zoë.mp4"
