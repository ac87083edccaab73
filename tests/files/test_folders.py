import stat
import sys
from pathlib import Path

import pytest

from coreline.errors import BadOutputError
from coreline.files import folders

MODES = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


def test_the_environment_moves_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(folders.CONFIG_VARIABLE, str(tmp_path / "c"))
    monkeypatch.setenv(folders.DATA_VARIABLE, str(tmp_path / "d"))
    assert folders.settings_file() == tmp_path / "c" / "settings.toml"
    places = [
        folders.database_file(),
        folders.reports_folder(),
        folders.voice_folder(),
        folders.videos_folder(),
    ]
    assert {place.parent for place in places} == {tmp_path / "d"}
    assert len(set(places)) == 4


def test_without_it_they_are_the_platform_s(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in (folders.CONFIG_VARIABLE, folders.DATA_VARIABLE):
        monkeypatch.setenv(variable, "")
    for folder in (folders.config_folder(), folders.data_folder()):
        assert folder.is_absolute()
        assert "coreline" in folder.parts


def test_a_name_that_is_not_whole_is_made_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(folders.DATA_VARIABLE, "stick")
    assert folders.data_folder() == tmp_path / "stick"
    monkeypatch.setenv(folders.DATA_VARIABLE, "~/stick")
    assert folders.data_folder() == Path.home() / "stick"


@MODES
def test_every_folder_that_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    made = folders.make_private(tmp_path / "data" / "reports" / "old")
    assert made.is_dir()
    for folder in (made, made.parent, made.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@MODES
def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    folders.make_private(tmp_path / "shared")
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o755


def test_a_file_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    for folder in (tmp_path / "data", tmp_path / "data" / "reports"):
        with pytest.raises(BadOutputError, match="cannot be made") as caught:
            folders.make_private(folder)
        assert str(caught.value).startswith(f"{folder}: ")
        assert folders.DATA_VARIABLE in str(caught.value)
