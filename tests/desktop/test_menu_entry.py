"""Coreline in the system's menu: what is written for each system, and that it goes again."""

import base64
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from configparser import RawConfigParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coreline.commands.install import install
from coreline.commands.uninstall import uninstall
from coreline.desktop.launcher import SHELL, Launcher, own_launcher
from coreline.desktop.mac_bundle import bundle_files
from coreline.desktop.menu_entry import put_in_menu, take_from_menu
from coreline.desktop.running import powershell, quoted_for_powershell
from coreline.desktop.windows_shortcut import removal_script, shortcut_script
from coreline.desktop.xdg_entry import command_line, entry_text, escaped
from coreline.errors import BadOutputError, DesktopError
from coreline.files.resources import resource_file

LAUNCHER = Launcher(("/opt/my python/bin/python3", "-m", "coreline"))
MOVED = Launcher(LAUNCHER.command, (("CORELINE_DATA_DIR", '/media/100 % $mine/"data"'),))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1)
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's own menu")


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


class Keys(RawConfigParser):
    """Keeps the capitals of the keys."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def read(text: str) -> dict[str, str]:
    """Return the keys of a desktop entry, as a reader of the specification takes them."""
    parser = Keys(delimiters=("=",), comment_prefixes=("#",), strict=True)
    parser.read_string(text)
    return dict(parser["Desktop Entry"])


def unescaped(value: str) -> str:
    """Return a value of the type string as the specification says that it is read."""
    read_as = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    signs, made = iter(value), ""
    for sign in signs:
        made += read_as[next(signs)] if sign == "\\" else sign
    return made


def taken_apart(value: str) -> list[str]:
    """Return the arguments of Exec, as the specification says that they are read."""
    words = re.findall(r'"((?:\\.|[^"\\])*)"|(\S+)', value, flags=re.DOTALL)
    return [bare or re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) for quoted, bare in words]


# Linux


@linux_only
def test_it_is_put_into_the_person_s_own_menu_and_taken_out_again(home: Path) -> None:
    place = put_in_menu(LAUNCHER)
    entry = read(place.read_text(encoding="utf-8"))
    icon = Path(entry["Icon"])
    assert files_in(home) == sorted([place, icon])
    assert place == home / "data" / "applications" / "coreline.desktop"
    assert icon.read_bytes() == resource_file("icons", "coreline.svg").read_bytes()
    put_in_menu(MOVED)
    assert files_in(home) == sorted([place, icon])
    assert take_from_menu() == place
    assert files_in(home) == []
    assert take_from_menu() is None


@linux_only
@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="not installed")
@pytest.mark.parametrize("launcher", [LAUNCHER, MOVED])
@pytest.mark.usefixtures("home")
def test_freedesktop_s_own_check_finds_nothing_to_say(launcher: Launcher) -> None:
    place = put_in_menu(launcher)
    done = subprocess.run(
        ["desktop-file-validate", place], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_entry_has_what_a_menu_shows_in_both_languages() -> None:
    entry = read(entry_text(LAUNCHER, Path("/icons/coreline.svg")))
    assert (entry["Type"], entry["Name"], entry["Terminal"]) == ("Application", "Coreline", "false")
    for key in ("GenericName", "Comment", "Keywords"):
        assert entry[key] != entry[f"{key}[nl]"]
    assert unescaped(entry["Exec"]) == '"/opt/my python/bin/python3" -m coreline'


@given(st.lists(WORDS, min_size=1), st.lists(WORDS, max_size=2))
def test_whatever_a_path_is_called_the_same_program_is_started(
    command: list[str], folders: list[str]
) -> None:
    variables = tuple((f"V{number}", folder) for number, folder in enumerate(folders))
    launcher = Launcher(tuple(command), variables)
    value = unescaped(escaped(command_line(launcher)))
    words = taken_apart(value)
    named = ["env", *(f"{name}={folder}" for name, folder in variables)] if variables else []
    shell = SHELL if "=" in command[0] else ()
    assert words == [word.replace("%", "%%") for word in (*named, *shell, *command)]


@linux_only
def test_a_folder_that_cannot_be_written_is_one_line(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "data").write_text("a file in the place of the folder", encoding="utf-8")
    with pytest.raises(BadOutputError, match="data"):
        put_in_menu(LAUNCHER)
    (home / "data").unlink()
    place = put_in_menu(LAUNCHER)

    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(BadOutputError, match="Permission denied"):
        take_from_menu()
    assert place.exists()


@linux_only
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ("staat in het menu", "staat niet meer", "stond niet in het menu")),
        ("en", ("is in the menu", "is no longer", "was not in the menu")),
    ],
)
def test_the_commands_say_what_they_did(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    said: tuple[str, ...],
) -> None:
    monkeypatch.setenv("LC_ALL", f"{language}_XX.UTF-8")
    install()
    install(remove=True)
    uninstall()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(said)
    assert all(words in line for words, line in zip(said, lines, strict=True))
    assert str(home / "data" / "applications") in lines[0]


def test_the_folders_of_the_environment_go_along(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_launcher().environment == ()
    assert own_launcher().command[1:] == ("-m", "coreline")
    monkeypatch.setenv("CORELINE_DATA_DIR", "~/stick")
    assert own_launcher().environment == (("CORELINE_DATA_DIR", str(home / "stick")),)
    assert own_launcher().saying("doctor").command[-1] == "doctor"


@linux_only
def test_what_the_entry_starts_is_coreline(home: Path) -> None:
    entry = read(put_in_menu(own_launcher()).read_text(encoding="utf-8"))
    line = [*shlex.split(unescaped(entry["Exec"])), "--version"]
    done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=home)
    assert done.returncode == 0
    assert done.stdout.startswith("coreline ")


# macOS


@pytest.mark.parametrize("launcher", [LAUNCHER, MOVED])
def test_the_bundle_says_what_it_is_and_why_it_needs_the_camera(launcher: Launcher) -> None:
    files = bundle_files(launcher, b"icon")
    info = plistlib.loads(files["Contents/Info.plist"][0])
    starter, runs = files[f"Contents/MacOS/{info['CFBundleExecutable']}"]
    assert runs
    assert files[f"Contents/Resources/{info['CFBundleIconFile']}"] == (b"icon", False)
    assert info["CFBundlePackageType"] == "APPL"
    assert "camera" in info["NSCameraUsageDescription"]
    lines = starter.decode().splitlines()
    assert lines[0] == "#!/bin/sh"
    assert shlex.split(lines[-1]) == ["exec", *launcher.command]
    exported = [shlex.split(line)[1].partition("=")[::2] for line in lines[1:-1]]
    assert tuple(exported) == launcher.environment


@pytest.mark.skipif(sys.platform == "win32", reason="it is a script of the shell")
def test_the_bundle_s_script_starts_coreline(tmp_path: Path) -> None:
    told = "import os, sys; print(os.environ['CORELINE_DATA_DIR'], sys.argv[1:])"
    launcher = Launcher((sys.executable, "-c", told, "a b"), MOVED.environment)
    script, _ = bundle_files(launcher, b"")["Contents/MacOS/coreline"]
    (tmp_path / "coreline").write_bytes(script)
    done = subprocess.run(["sh", tmp_path / "coreline"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{MOVED.environment[0][1]} ['a b']"


def test_on_macos_a_bundle_comes_and_goes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    place = put_in_menu(LAUNCHER)
    assert place == home / "Applications" / "Coreline.app"
    starter = place / "Contents" / "MacOS" / "coreline"
    assert starter.stat().st_mode & 0o111
    assert len(files_in(place)) == 3
    put_in_menu(LAUNCHER)
    assert take_from_menu() == place
    assert files_in(home) == []
    assert take_from_menu() is None


# Windows


def script_of(command: tuple[str, ...]) -> str:
    return base64.b64decode(command[-1]).decode("utf-16-le")


def test_windows_own_host_is_asked_for_the_shortcut() -> None:
    program = r"C:\Users\Zoë O'Neil\.venv\Scripts\pythonw.exe"
    launcher = Launcher((program, "-m", "coreline", "a b"))
    script = script_of(powershell(shortcut_script(launcher, Path("coreline.ico"))))
    lines = script.splitlines()
    assert f"$link.TargetPath = '{program.replace(chr(39), chr(39) * 2)}'" in lines
    assert "$link.Arguments = '-m coreline \"a b\"'" in lines
    assert "$link.IconLocation = 'coreline.ico,0'" in lines
    assert lines.index("$link.Save()") < lines.index("Write-Output $place")


def test_the_shortcut_that_is_made_is_the_one_that_is_removed() -> None:
    made, removed = shortcut_script(LAUNCHER, Path("i.ico")), removal_script()
    assert made.splitlines()[:3] == removed.splitlines()[:3]
    assert "Remove-Item -LiteralPath $place" in removed


@given(WORDS)
def test_nothing_in_a_text_is_taken_for_powershell(text: str) -> None:
    quoted = quoted_for_powershell(text)
    inner = quoted[1:-1]
    for quote in "'\u2018\u2019\u201a\u201b":
        inner = inner.replace(quote * 2, "")
        assert quote not in inner
    assert (quoted[0], quoted[-1]) == ("'", "'")


def test_where_there_is_no_powershell_it_is_one_line(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("PATH", str(home))
    asked: list[Callable[[], object]] = [lambda: put_in_menu(LAUNCHER), take_from_menu]
    for ask in asked:
        with pytest.raises(DesktopError, match=r"powershell\.exe is not on this computer"):
            ask()
