"""What all tests share: folders of nobody, and draws that do not hang on what else is loaded."""

import os
from pathlib import Path

import pytest
from hypothesis.internal.conjecture import providers
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from coreline.files import folders


@pytest.mark.parametrize("system", [Unix, MacOS])
@pytest.mark.parametrize("kind", ["user_config_path", "user_data_path"])
def test_every_system_s_folders_are_nobody_s(system: type[Unix] | type[MacOS], kind: str) -> None:
    nobody = Path(os.environ["HOME"])
    assert nobody.name.startswith("nobody")
    assert getattr(system("coreline", appauthor=False), kind).is_relative_to(nobody)
    for place in (Path.home(), folders.config_folder(), folders.data_folder()):
        assert place.is_relative_to(nobody)


@pytest.mark.parametrize("name", ["APPDATA", "LOCALAPPDATA", "USERPROFILE"])
def test_windows_finds_its_own_by_the_environment(name: str) -> None:
    assert Path(os.environ[name]).is_relative_to(os.environ["HOME"])


def test_what_is_drawn_does_not_hang_on_what_is_loaded() -> None:
    """None of the constants of the modules that are loaded here are drawn."""
    assert folders.__file__
    assert not len(providers._get_local_constants())
