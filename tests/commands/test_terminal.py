"""Nothing that others wrote reaches the terminal raw: names, texts in files, what is typed."""

import ast
import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from coreline.cli import main
from coreline.commands.terminal import tell, tell_document, tell_lines
from coreline.errors import BadOutputError
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE
from coreline.files.resources import PACKAGE
from coreline.journal.database import open_journal
from coreline.printable import printable
from journal_values import ANNA, DAY, HOLD, copy_of, judged, keep_session
from targets import FULL, device, needs_pipes

HALF = os.fsdecode(b"\xff")  # of a letter
EVIL = f"a\nEVIL\x1b[2J\x9b31m\u202eb\u2066\r\u2028{HALF}"
NAMES = {"signs": EVIL, "long": "x" * 300}
POSES = Path(__file__).parents[1] / "recordings" / f"{HOLD}.landmarks.npz"
JUDGED = ("-e", HOLD)
# Every command that takes a file, an address or a text; {} is a place of that name.
TYPED: dict[str, Sequence[object]] = {
    "a clip": ("analyze", "{}.mp4", *JUDGED),
    "a trace": ("analyze", "{}.npz", *JUDGED),
    "facts": ("analyze", POSES, *JUDGED, "--json", "{}/f"),
    "a report of it": ("analyze", POSES, *JUDGED, "--report", "{}/f"),
    "an exercise": ("analyze", POSES, "-e", "{}"),
    "clips": ("analyze", "{}.mp4", *JUDGED, "--out", "out"),
    "a list of clips": ("analyze", "--list", "{}", "--out", "out"),
    "a cluster": ("analyze", POSES, *JUDGED, "--out", "out", "--dask", "{}"),
    "where clips go": ("analyze", POSES, *JUDGED, "--out", "{}/f"),
    "own exercises": ("exercises", "--exercises", "{}"),
    "a picture": ("calibrate", "--image", "{}"),
    "a place": ("calibrate", "--image", "gone.png", "--place", "{}"),
    "a source": ("calibrate", "--source", "{}.mkv"),
    "a camera": ("calibrate", "--source", "{}"),
    "a report": ("report", "--out", "{}/f"),
    "a session": ("report", "{}"),
    "somebody": ("today", "--who", "{}"),
    "an export": ("export", "-f", "csv", "--out", "{}/f"),
    "a day": ("history", "--from", "{}"),
    "a calendar": ("plan", "--ics", "{}/f"),
    "a time": ("plan", "--at", "{}"),
    "a journal": ("journal", "import", "{}"),
    "a journal out": ("journal", "export", "{}/f"),
    "a journal's person": ("journal", "export", "out", "--profile", "{}"),
    "a name": ("profile", "--name", "{}"),
    "another name": ("profile", "--rename", "{}"),
    "a height": ("profile", "--height", "{}"),
    "a ball": ("profile", "--ball", "{}"),
    "a level": ("profile", "--level", "{}"),
    "a use": ("profile", "--use", "{}"),
    "a spot": ("profile", "--place", "{}"),
    "a pain": ("pain", "--score", "3", "--where", "{}"),
    "a pain in": ("pain", "--score", "3", "-e", "{}"),
    "a setting": ("settings", "set", "{}", "on"),
    "a setting's value": ("settings", "set", "sound", "{}"),
    "a setting's number": ("settings", "set", "voice_volume", "{}"),
    "a folder": ("settings", "set", "recordings_dir", "{}"),
    "a setting shown": ("settings", "show", "{}"),
    "too much": ("settings", "path", "{}"),
    "what is taken back": ("undo", "{}", "--yes"),
    "what is put back": ("undo", "--redo", "{}", "--yes"),
    "no command": ("{}",),
    "no option": ("today", "--{}"),
    "no side": ("history", "--side", "{}"),
    "no number": ("pain", "--score", "{}"),
    "an argument too many": ("today", "{}"),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep a session of Anna, once for all."""
    folder = tmp_path_factory.mktemp("kept")
    with open_journal(folder / "coreline.sqlite3", today=DAY) as journal:
        journal.save_profile(ANNA)
        keep_session(journal, [copy_of(judged(HOLD))])
    return folder


@pytest.fixture(autouse=True)
def data(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the journal in one folder, and be in another one."""
    shutil.copytree(kept, tmp_path / "data")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for variable in (DATA_VARIABLE, CONFIG_VARIABLE):
        monkeypatch.setenv(variable, str(tmp_path / "data"))


def typed(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: object
) -> tuple[int, str, str]:
    """Type a command; return how it ended, what it said, and what it complained of."""
    monkeypatch.setattr(sys, "argv", ["coreline", *map(str, words)])
    capfd.readouterr()
    try:
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    said, complained = capfd.readouterr()
    return code, said, complained


def assert_shown(text: str) -> None:
    for line in text.split("\n"):
        assert printable(line) == line
        assert not line.startswith("EVIL")


@needs_pipes
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("what", TYPED)
def test_what_is_refused_is_told_printably(
    what: str, name: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [str(each).replace("{}", NAMES[name]) for each in TYPED[what]]
    code, said, complained = typed(capfd, monkeypatch, *words)
    assert code in {0, 2, 3}, complained
    assert_shown(said)
    assert_shown(complained)
    assert "Traceback" not in complained
    if complained.startswith("coreline: ") and code:
        assert complained.count("\n") == 1


@needs_pipes
def test_what_is_done_is_told_printably(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = EVIL
    trace, folder = Path(f"{name}.npz"), Path(name)
    trace.write_bytes(POSES.read_bytes())
    folder.mkdir()
    (folder / f"{name}.toml").write_text("id = 1\n", encoding="utf-8")
    judged = ("analyze", trace, *JUDGED, "--report", f"{name}.html", "--json")
    for words in (
        (*judged, f"{name}.json"),
        ("report", "--out", f"{name}.html"),
        ("export", "-f", "json", "--out", f"{name}.export"),
        ("plan", "--ics", f"{name}.ics"),
        ("journal", "export", f"{name}.sqlite3"),
        ("journal", "import", f"{name}.sqlite3"),
        ("exercises", "--exercises", folder),
    ):
        code, said, complained = typed(capfd, monkeypatch, *words)
        assert code == (2 if words[0] == "exercises" else 0), complained
        assert_shown(said)
        assert_shown(complained)
    assert json.loads(Path(f"{name}.json").read_text("utf-8"))["source"]["file"] == printable(trace)


@needs_pipes
def test_folders_of_an_evil_name_are_told_printably(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in (DATA_VARIABLE, CONFIG_VARIABLE):
        monkeypatch.setenv(variable, str(tmp_path / EVIL))
    for words in (
        ("profile", "--name", "Boris"),
        ("settings",),
        ("settings", "path"),
        ("settings", "path", "--json"),
        ("today",),
        ("profile", "--list", "--json"),
        ("journal", "check"),
        ("profile", "--delete", "Boris", "--yes"),
    ):
        code, said, complained = typed(capfd, monkeypatch, *words)
        assert code == 0, complained
        assert_shown(said)
        assert_shown(complained)
    (tmp_path / EVIL / "settings.toml").write_bytes(b"x = '\x1b[2J'")
    assert_shown(typed(capfd, monkeypatch, "settings")[2])
    (tmp_path / EVIL / "coreline.sqlite3").write_bytes(b"no journal" * 1000)
    assert_shown(typed(capfd, monkeypatch, "today")[2])


def test_a_line_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    tell(EVIL)
    tell_lines([EVIL, "", HALF])
    tell_document({"name": EVIL, "half": HALF})
    out = capfd.readouterr().out
    assert_shown(out)
    assert out.split("\n")[:4] == [printable(EVIL), printable(EVIL), "", printable(HALF)]
    assert json.loads("".join(out.split("\n")[4:])) == {"name": EVIL, "half": HALF}


def test_what_leads_into_a_full_disk_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with device(tmp_path / "full", FULL).open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(BadOutputError, match="standard output: cannot be written, the disk is"):
            tell("line")
        monkeypatch.undo()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())  # what is left in it goes there


# Who prints, and why.
ALLOWED = {
    ("commands/terminal.py", "typer.echo"): "all that is told goes through it",
    ("crash.py", "typer.echo"): "the last line of all, made printable",
    ("commands/archive.py", "Console"): "a bar and a table; its values are made printable",
    ("commands/archive.py", "sys.stdout"): "asks whether somebody is looking",
    ("commands/one_clip.py", "Console"): "a bar of progress, which is of numbers alone",
    ("commands/doctor.py", "Console"): "what was found, in colours; its values are made printable",
    ("journal/describe.py", "sys.stdout"): "writes a page of docs/, for whoever works on Coreline",
    ("commands/pain.py", "typer.prompt"): "asks in the programme's own words",
    ("commands/level_question.py", "typer.prompt"): "asks in the programme's own words",
    ("commands/plan_verbs.py", "typer.confirm"): "asks in the program's own words",
    ("commands/undo.py", "typer.prompt"): "asks in the programme's own words",
    ("commands/undo.py", "typer.confirm"): "asks in the programme's own words",
    ("commands/profile.py", "typer.prompt"): "asks in the programme's own words",
    ("commands/recording.py", "typer.prompt"): "asks in the program's own words",
    ("commands/profile.py", "typer.confirm"): "likewise, with a name made printable",
}
PRINTING = ("typer.echo", "typer.secho", "typer.prompt", "typer.confirm", "click.echo", "Console")


def test_nobody_else_prints() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    words = ("typer.", "click.", "Console", "print(", "sys.std")
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path, source in sources.items()
        if any(word in source for word in words)
        for each in ast.walk(ast.parse(source))
        if (name := _printing(each))
    }
    assert found == ALLOWED.keys()


def _printing(node: ast.AST) -> str | None:
    match node:
        case ast.Attribute(ast.Name(module), name) if f"{module}.{name}" in PRINTING:
            return f"{module}.{name}"
        case ast.Call(ast.Name("Console" | "print" as name)):
            return name
        case ast.Attribute(ast.Name("sys"), "stdout" | "stderr" as name):
            return f"sys.{name}"
        case _:
            return None
