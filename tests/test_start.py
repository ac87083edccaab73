"""The bootstrap: what it refuses, what it leaves alone, and when it thinks that it is done."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


def bootstrap() -> Any:
    """Load start.py, which lies outside of every package."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


start = bootstrap()


class Recorder:
    """Stands where programs are run: notes each line and makes what the program would make."""

    def __init__(self, home: Any) -> None:
        self.home = home
        self.code = 0
        self.lines: list[list[str]] = []

    def __call__(self, line: Sequence[str], **_: object) -> int:
        self.lines.append(list(line))
        python = self.home.program("python")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        return self.code

    @property
    def steps(self) -> list[str]:
        """Return the module that each line ran."""
        return [line[2] for line in self.lines]


@pytest.fixture
def home(tmp_path: Path) -> Any:
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return start.Home(tmp_path)


@pytest.fixture
def ran(home: Any, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder(home)
    monkeypatch.setattr(subprocess, "call", recorder)
    return recorder


def refused(error: pytest.ExceptionInfo[Exception]) -> str:
    line = str(error.value)
    assert "\n" not in line
    assert ";" in line
    return line


def test_the_first_time_all_is_made_and_the_second_time_nothing(home: Any, ran: Recorder) -> None:
    start.set_up(home, [])
    assert ran.steps == ["venv", "pip"]
    assert str(home.root) in ran.lines[1]
    start.set_up(home, [])
    assert ran.steps == ["venv", "pip"]
    assert not home.unfinished.exists()


def test_the_tests_need_more_and_the_sample_is_content_with_it(home: Any, ran: Recorder) -> None:
    start.set_up(home, [])
    start.set_up(home, ["dev"])
    assert ran.steps == ["venv", "pip", "pip"]
    assert f"{home.root}[dev]" in ran.lines[2]
    start.set_up(home, [])
    assert len(ran.lines) == 3


def test_a_changed_project_is_installed_again_with_all_it_had(home: Any, ran: Recorder) -> None:
    start.set_up(home, ["dev"])
    (home.root / "pyproject.toml").write_text("[project] # new\n", encoding="utf-8")
    start.set_up(home, [])
    assert ran.steps == ["venv", "pip", "pip"]
    assert f"{home.root}[dev]" in ran.lines[2]


@pytest.mark.parametrize("change", ["moved", "another Python", "no Python", "half-written stamp"])
def test_an_environment_that_cannot_be_used_is_made_anew(
    change: str, home: Any, ran: Recorder
) -> None:
    start.set_up(home, [])
    (home.venv / "leftover").touch()
    stamp = json.loads(home.stamp.read_text(encoding="utf-8"))
    match change:
        case "moved":
            home.stamp.write_text(json.dumps(stamp | {"maker": ["/elsewhere", stamp["maker"][1]]}))
        case "another Python":
            home.stamp.write_text(json.dumps(stamp | {"maker": [stamp["maker"][0], "3.11.0rc1"]}))
        case "no Python":
            home.program("python").unlink()
        case _:
            home.stamp.write_text('{"maker": [')
    start.set_up(home, [])
    assert ran.steps == ["venv", "pip", "venv", "pip"]
    assert not (home.venv / "leftover").exists()


@pytest.mark.parametrize("step", ["venv", "pip"])
@pytest.mark.parametrize("ending", ["failure", "Ctrl-C"])
def test_a_set_up_that_was_cut_short_does_not_look_finished(
    step: str, ending: str, home: Any, ran: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(line: Sequence[str], **more: object) -> int:
        ran(line, **more)
        if line[2] == step and ending == "Ctrl-C":
            raise KeyboardInterrupt
        return int(line[2] == step)

    monkeypatch.setattr(subprocess, "call", cut_short)
    with pytest.raises(KeyboardInterrupt if ending == "Ctrl-C" else start.SetupError):
        start.set_up(home, [])
    assert home.made() == {}
    monkeypatch.setattr(subprocess, "call", ran)
    ran.lines.clear()
    start.set_up(home, [])
    assert ran.steps == ["venv", "pip"]
    assert home.made() != {}


def test_an_update_that_was_cut_short_does_not_look_finished_either(
    home: Any, ran: Recorder
) -> None:
    start.set_up(home, [])
    ran.code = 1
    with pytest.raises(start.SetupError, match="pip could not install"):
        start.set_up(home, ["dev"])
    assert home.made() == {}


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_start_did_not_make_is_left_alone(
    kind: str, home: Any, ran: Recorder, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "pyvenv.cfg").touch()
    match kind:
        case "folder":
            own.rename(home.venv)
        case "file":
            home.venv.touch()
        case _:
            home.venv.symlink_to(own)
    with pytest.raises(start.SetupError) as error:
        start.set_up(home, [])
    assert "start.py did not make this" in refused(error)
    assert home.venv.exists()
    assert ran.lines == []


def test_an_empty_folder_is_taken(home: Any, ran: Recorder) -> None:
    home.venv.mkdir()
    start.set_up(home, [])
    assert ran.steps == ["venv", "pip"]


def test_a_missing_venv_module_is_named_with_its_package(
    home: Any, ran: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(start.SetupError) as error:
        start.set_up(home, [])
    assert "python3-venv" in refused(error)
    assert not home.venv.exists()
    assert ran.lines == []


@pytest.mark.parametrize("version", [(2, 7), (3, 7), (3, 10)])
def test_an_old_python_is_refused(version: tuple[int, int]) -> None:
    with pytest.raises(start.SetupError) as error:
        start.check_python(version)
    assert f"this is Python {version[0]}.{version[1]}, Coreline needs 3.11" in refused(error)


@pytest.mark.parametrize("version", [(3, 11), (3, 14), (4, 0)])
def test_a_new_python_is_taken(version: tuple[int, int]) -> None:
    start.check_python(version)


def test_missing_system_libraries_are_named_with_their_packages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def load(name: str) -> None:
        if name.startswith(("libEGL", "libGLES")):
            raise OSError(name)

    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(start.SetupError) as error:
        start.check_libraries(load)
    assert "libEGL.so.1, libGLESv2.so.2" in refused(error)
    assert str(error.value).endswith(" libegl1 libgles2")
    monkeypatch.setattr(sys, "platform", "darwin")
    start.check_libraries(load)


def test_every_package_it_names_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    begin = "sudo apt-get install --no-install-recommends "
    lines = [line for line in readme.splitlines() if line.startswith(begin)]
    assert len(lines) == 1
    named = set(lines[0].removeprefix(begin).split())
    assert {*start.SYSTEM_LIBRARIES.values(), "python3-venv"} <= named


@pytest.mark.parametrize(
    ("platform", "python"), [("linux", "bin/python"), ("win32", "Scripts/python.exe")]
)
def test_programs_lie_where_the_system_has_them(
    platform: str, python: str, home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert home.program("python") == home.venv / python


def test_arguments_are_handed_on(home: Any) -> None:
    coreline, python = str(home.program("coreline")), str(home.program("python"))
    sample = start.command_line(home, "sample", ["--language", "nl"])
    assert sample == [coreline, "train", "--source", "sample", "--language", "nl"]
    test = start.command_line(home, "test", ["-x"])
    assert (test[:3], test[-1]) == ([python, "-m", "pytest"], "-x")
    assert start.command_line(home, "run", ["exercises"]) == [coreline, "exercises"]
    assert start.command_line(home, "install", []) == [coreline, "install"]
    assert start.command_line(home, "uninstall", []) == [coreline, "uninstall"]


@pytest.mark.parametrize(
    ("script", "code"),
    [("", 0), ("import sys; sys.exit(3)", 3), ("import os; os.kill(os.getpid(), 15)", 143)],
)
def test_the_exit_code_is_handed_on(script: str, code: int) -> None:
    assert start.run([sys.executable, "-c", script], None) == code


def test_a_program_that_is_gone_is_named(home: Any) -> None:
    with pytest.raises(start.SetupError) as error:
        start.run([str(home.program("coreline"))], None)
    assert "remove the folder .venv" in refused(error)


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["dance"], 2), (["--help"], 0)])
def test_how_it_is_used(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(arguments) == code
    said = capsys.readouterr()
    assert "start.py sample" in (said.err if code else said.out)
    assert "start.py test" in said.err + said.out


def test_a_refusal_is_one_line_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "LEAST_PYTHON", (99, 0))
    assert start.main(["sample"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: this is Python")
    assert said.err.count("\n") == 1
