"""The script that makes the clips: what it reads aloud, and what it finds wrong."""

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from coreline.files.resources import resource_dir


@pytest.fixture
def script(tmp_path: Path) -> ModuleType:
    """Return the script as it is in a copy of its folder, where it may change things."""
    shutil.copytree(resource_dir("sounds"), tmp_path / "sounds")
    spec = importlib.util.spec_from_file_location("copy", tmp_path / "sounds" / "build_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Feet on the ball (or floor), knees up.", "Feet on the ball, or floor, knees up."),
        ("Voet op de bal (of de grond).", "Voet op de bal, of de grond."),
        ("Rugspieren (superman).", "Rugspieren, superman."),
        ("Op de bal (of grond) en hou vast.", "Op de bal, of grond, en hou vast."),
        ("Lift your hips.", "Lift your hips."),
    ],
)
def test_what_stands_in_brackets_is_read_between_commas(
    text: str, read: str, script: ModuleType
) -> None:
    assert script.as_read(text) == read


def test_no_bracket_is_left_in_anything_that_is_read(script: ModuleType) -> None:
    for language in ("nl", "en"):
        for text in script.texts(language).values():
            assert not {"(", ")"} & set(script.as_read(text))


def test_it_names_the_clip_that_is_missing_altered_or_left_over(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "sounds" / "nl"
    (folder / "num.01.ogg").unlink()
    (folder / "num.02.ogg").write_bytes(b"altered")
    shutil.copy(folder / "num.03.ogg", folder / "num.99.ogg")
    assert script.main(["--check", "--language", "nl"]) == 1
    complaints = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in complaints] == ["nl num.01", "nl num.02", "nl num.99"]


def test_it_names_the_clip_that_says_an_older_text(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sounds" / "sounds.toml"
    told = path.read_text(encoding="utf-8")
    assert script.sum_of_text("Hold.") in told
    path.write_text(told.replace(script.sum_of_text("Hold."), "0" * 16), encoding="utf-8")
    assert script.main(["--check"]) == 1
    assert capsys.readouterr().out.startswith("en hold.hold: ")


def test_it_refuses_a_cue_that_there_is_not(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main(["--only", "fix.nonesuch", "--language", "nl"]) == 1
    assert "no cue fix.nonesuch" in capsys.readouterr().err


def test_a_line_keeps_its_take_and_a_new_one_gets_the_usual(script: ModuleType) -> None:
    listed = script._listed()["nl"]["clips"]
    assert script._takes("nl", ["num.03", "new.line"], None) == {
        "num.03": listed["num.03"]["take"],
        "new.line": script.USUAL_TAKE,
    }
    assert script._takes("nl", ["num.03"], "espeak") == {"num.03": None}
    assert script._takes("en", ["num.03", "new.line"], None) == {"num.03": None, "new.line": None}


def test_it_lists_what_there_is_to_record(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main(["--texts", "--language", "nl"]) == 0
    assert "nl/fix.hips_up\tTil je heupen op.\n" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_a_dutch_clip_is_made_anew(script: ModuleType, tmp_path: Path) -> None:
    pytest.importorskip("scipy")
    path = tmp_path / "sounds" / "nl" / "num.01.ogg"
    path.unlink()
    sys.path.insert(0, str(tmp_path / "sounds"))
    try:
        assert script.main(["--only", "num.01", "--language", "nl", "--take", "espeak"]) == 0
    finally:
        sys.path.remove(str(tmp_path / "sounds"))
        for name in ("finishing", "dutch"):
            sys.modules.pop(name, None)
    assert path.stat().st_size > 3_000
    assert script.main(["--check", "--language", "nl"]) == 0
