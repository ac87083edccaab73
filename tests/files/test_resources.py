from pathlib import Path

import pytest

from coreline.errors import CorelineError
from coreline.files.resources import NAMES, MissingResourceError, resource_dir, resource_file


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return the package's place in a checkout that has models and nothing else."""
    package = tmp_path / "src" / "coreline"
    package.mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "models").mkdir()
    return package


@pytest.mark.parametrize("name", NAMES)
def test_every_resource_is_found_here(name: str) -> None:
    assert resource_dir(name).is_dir()


def test_a_checkout_keeps_them_beside_pyproject(checkout: Path) -> None:
    assert resource_dir("models", checkout) == checkout.parents[1] / "models"


def test_a_wheel_keeps_them_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "coreline"
    (package / "models").mkdir(parents=True)
    assert resource_dir("models", package) == package / "models"


def test_a_folder_of_the_same_name_beside_an_installed_package_is_not_ours(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "coreline"
    package.mkdir(parents=True)
    (tmp_path / "models").mkdir()
    with pytest.raises(MissingResourceError, match="install Coreline again"):
        resource_dir("models", package)


def test_a_missing_folder_is_named(checkout: Path) -> None:
    with pytest.raises(CorelineError, match="'sounds'"):
        resource_dir("sounds", checkout)


def test_an_unknown_name_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="models, sounds"):
        resource_dir("modles")


def test_a_file_is_found_in_its_folder(checkout: Path) -> None:
    place = checkout.parents[1] / "models" / "deep"
    place.mkdir()
    (place / "words.txt").touch()
    assert resource_file("models", "deep/words.txt", checkout) == place / "words.txt"


def test_a_missing_file_is_named_with_the_fix(checkout: Path) -> None:
    with pytest.raises(MissingResourceError, match=r"words\.txt is missing; install"):
        resource_file("models", "words.txt", checkout)
