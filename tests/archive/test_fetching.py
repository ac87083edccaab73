"""Clips at an address: fetched into a folder that goes, within bounds, and told of."""

import os
import tempfile
from pathlib import Path

import pytest

from archived import HOLD, a_clip, a_trace, results, settings
from command_line import done, refused
from coreline.archive.fetching import NotThereError, can_fetch, fetched, mark_of
from coreline.archive.judged import digest_of, judged
from coreline.archive.tasks import Asked, Clip, task_of
from coreline.errors import BadSourceError

needs_fsspec = pytest.mark.skipif(not can_fetch(), reason="coreline[cluster] is not installed")


def left() -> set[str]:
    """Return the folders into which clips were fetched."""
    return {path.name for path in Path(tempfile.gettempdir()).glob("coreline-clip-*")}


@pytest.fixture(autouse=True)
def _of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fetched").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "fetched"))


def test_without_fsspec_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("coreline.commands.archive.can_fetch", lambda: False)
    said = refused(BadSourceError, "analyze", "s3://bucket/a.mp4", "-e", HOLD, "--out", "out")
    assert said == "clips at an address need fsspec; install coreline[cluster]"


@needs_fsspec
def test_a_clip_is_there_while_it_is_needed_and_its_owner_s(tmp_path: Path) -> None:
    clip = a_trace(tmp_path / "Zoë 1.npz")
    with fetched(f"file://{clip}") as path:
        assert path.name == "Zoë 1.npz"
        assert path.read_bytes() == clip.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        ours = path.parent
        assert ours.stat().st_mode & 0o777 == 0o700
        assert len(left()) == 1
        # What a process left that was killed is removed, and nothing else.
        gone = ours.with_name(ours.name.replace(f"-{os.getpid()}-", "-4194304999-"))
        gone.mkdir()
        (gone / "b.mp4").write_bytes(b"somebody")
        with fetched(f"file://{clip}"):
            assert not gone.exists()
            assert ours.exists()
    assert left() == set()


@needs_fsspec
def test_one_that_is_too_large_or_not_there_leaves_nothing(tmp_path: Path) -> None:
    clip = a_trace(tmp_path / "a.npz")
    with (
        pytest.raises(NotThereError, match=r"a\.npz: is larger than 0 MB"),
        fetched(clip.as_uri(), most_bytes=1000),
    ):
        pass
    with (
        pytest.raises(NotThereError, match=r"gone\.npz: cannot be fetched"),
        fetched((tmp_path / "gone.npz").as_uri()),
    ):
        pass
    assert left() == set()


@needs_fsspec
def test_what_changed_there_is_known(tmp_path: Path) -> None:
    clip = a_trace(tmp_path / "a.npz")
    before = mark_of(clip.as_uri())
    assert before is not None
    os.utime(clip, (1.0, 1.0))
    assert mark_of(clip.as_uri()) != before


@needs_fsspec
def test_no_error_tells_what_is_secret() -> None:
    with pytest.raises(NotThereError, match="cannot be fetched") as error:
        mark_of("nobody-knows-this://anna:secret@host/b.mp4?key=secret")
    assert "secret" not in str(error.value)
    assert str(error.value).startswith("nobody-knows-this://host/b.mp4: ")


@needs_fsspec
def test_an_address_is_judged_as_its_file_is(tmp_path: Path) -> None:
    clip = a_trace(tmp_path / "a.npz")
    here = judged(task_of(a_clip(clip), digest_of(clip), settings()))
    there = judged(task_of(Clip(clip.as_uri(), "a", Asked(HOLD)), "mark", settings()))
    assert there.document == here.document is not None


@needs_fsspec
def test_one_that_fails_is_told_by_its_address(tmp_path: Path) -> None:
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(b"no video")
    outcome = judged(task_of(Clip(bad.as_uri(), "bad", Asked(HOLD)), "mark", settings()))
    assert outcome.error is not None
    assert outcome.error[0].startswith(f"{bad.as_uri()}: is not a video")
    assert outcome.error[1].startswith(f"{bad.as_uri()}: is geen video")
    assert outcome.lasts


@needs_fsspec
def test_addresses_are_typed_like_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    clip = a_trace(tmp_path / "a.npz")
    words = ("analyze", clip.as_uri(), "-e", HOLD, "--out", "out", "--language", "en")
    assert done(*words) == "Clips judged: 1; all reports: out/index.html\n"
    before = [path.stat().st_mtime_ns for path in (tmp_path / "out" / "results").iterdir()]
    done(*words)
    assert [path.stat().st_mtime_ns for path in (tmp_path / "out" / "results").iterdir()] == before
    assert [each["file"] for each in results(tmp_path / "out")] == ["a.npz"]
