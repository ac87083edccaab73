import hashlib
import shutil
import tomllib
from pathlib import Path

import pytest

from coreline.errors import BadModelError
from coreline.files.resources import resource_dir, resource_file
from coreline.vision.models import VARIANTS, model_bytes, model_entry

LIST = "models.toml"
ROW = """
[model.full]
file = "full.task"
sha256 = "{sha256}"
bytes = 3
shipped = true

[model.heavy]
file = "heavy.task"
sha256 = "{sha256}"
bytes = 3
shipped = false
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "full.task").write_bytes(b"abc")
    sha256 = hashlib.sha256(b"abc").hexdigest()
    (tmp_path / LIST).write_text(ROW.format(sha256=sha256), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("variant", ["full", "lite"])
def test_the_shipped_models_are_the_listed_ones(variant: str) -> None:
    assert len(model_bytes(variant)) == model_entry(variant).size_bytes


def test_every_variant_is_listed_with_licence_and_origin() -> None:
    table = tomllib.loads(resource_file("models", LIST).read_text("utf-8"))["model"]
    assert set(table) == set(VARIANTS)
    assert {row["licence"] for row in table.values()} == {"Apache-2.0"}
    assert all(row["origin"].startswith("npm @mediapipe/pose 0.5.") for row in table.values())


def test_a_whole_model_is_read(folder: Path) -> None:
    assert model_bytes("full", folder) == b"abc"


@pytest.mark.parametrize("data", [b"abd", b"", b"ab", b"abcd"])
def test_an_altered_model_is_refused_with_the_fix(folder: Path, data: bytes) -> None:
    (folder / "full.task").write_bytes(data)
    with pytest.raises(BadModelError, match=r"altered.*build_models\.py --variant full") as caught:
        model_bytes("full", folder)
    assert "\n" not in str(caught.value)


def test_a_flipped_bit_in_the_real_bundle_is_refused(tmp_path: Path) -> None:
    shutil.copytree(resource_dir("models"), tmp_path, dirs_exist_ok=True)
    bundle = model_entry("lite", tmp_path).path
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    bundle.write_bytes(data)
    with pytest.raises(BadModelError, match="altered"):
        model_bytes("lite", tmp_path)


def test_a_missing_model_says_how_to_make_it(folder: Path) -> None:
    (folder / "full.task").unlink()
    with pytest.raises(BadModelError, match=r"missing.*build_models\.py --variant full"):
        model_bytes("full", folder)


def test_a_model_that_is_there_and_cannot_be_read_is_not_called_missing(folder: Path) -> None:
    (folder / "full.task").unlink()
    (folder / "full.task").mkdir()
    with pytest.raises(BadModelError, match="cannot be read") as caught:
        model_bytes("full", folder)
    assert "missing" not in str(caught.value)


def test_heavy_does_not_come_along_and_says_how_to_make_it(folder: Path) -> None:
    with pytest.raises(BadModelError, match=r"does not come.*--variant heavy.*full or lite"):
        model_bytes("heavy", folder)


def test_an_unknown_model_names_the_known_ones(folder: Path) -> None:
    with pytest.raises(BadModelError, match="choose full, heavy"):
        model_bytes("giant", folder)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", r"no \[model"),
        ("model = 3", r"no \[model"),
        ("[model", "cannot be read"),
        ("[model.full]\nfile = 3", r"\[model\.full\]"),
    ],
)
def test_a_malformed_list_is_refused(folder: Path, content: str, what: str) -> None:
    (folder / LIST).write_text(content, encoding="utf-8")
    with pytest.raises(BadModelError, match=what):
        model_bytes("full", folder)


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadModelError, match="cannot be read"):
        model_bytes("full", tmp_path)
