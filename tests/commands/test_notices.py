"""What happened to the journal is told by every command that opens it, until it is acknowledged."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer.main

import coreline
from coreline import cli
from coreline.commands.people import day_here
from coreline.commands.training_journal import training_journal
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE
from coreline.journal.database import open_journal
from coreline.journal.ledger import ledger_file
from journal_values import ANNA, RAISES, judged, keep_session

TODAY = day_here()
YESTERDAY = TODAY - timedelta(days=1)
# Every command that opens the journal, as it is typed; `{out}` is a file.
OPENING = {
    "today": ("today", "--json"),
    "plan": ("plan", "--json"),
    "plan edit": ("plan", "edit"),
    "plan set": ("plan", "set", "{out}.toml"),
    "plan show": ("plan", "show", "--json"),
    "plan clear": ("plan", "clear"),
    "history": ("history", "--json"),
    "pain": ("pain", "--json"),
    "undo": ("undo", "--json"),
    "profile": ("profile", "--json"),
    "report": ("report", "--weeks", "1", "--out", "{out}.html"),
    "export": ("export", "--format", "csv", "--out", "{out}.csv"),
    "journal export": ("journal", "export", "{out}.sqlite3"),
    "journal import": ("journal", "import", "{backup}"),
    "journal check": ("journal", "check"),
    "journal recover": ("journal", "recover"),
    "reminder": ("reminder", "ring"),
    "coreline": (),
}
# The others; `train` opens it as the window does, and is looked at by itself.
NOT_OPENING = {
    "analyze",
    "exercises",
    "calibrate",
    "settings",
    "doctor",
    "train",
    "install",
    "uninstall",
    "voice",
}
ACKNOWLEDGING = {"journal acknowledge"}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a journal with a session of yesterday in its backup, and one of today in none."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "config"))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' -c pass")
    (tmp_path / "out.toml").write_text('note = "Slowly."', encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))  # nothing shows a real notification
    for day in (YESTERDAY, TODAY):
        with open_journal(today=day) as journal:
            journal.save_profile(ANNA)
            keep_session(journal, [judged(RAISES)], day=day)
    return tmp_path / "data" / "coreline.sqlite3"


@pytest.fixture
def damaged(file: Path) -> Path:
    file.write_bytes(b"Dear Anna, this is a letter. " * 400)
    return file


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[str, str, int]]:
    def typed(*words: str) -> tuple[str, str, int]:
        backup = next(iter((tmp_path / "data" / "backups").glob("*.sqlite3")), "")
        filled = [word.format(out=tmp_path / "out", backup=backup) for word in words]
        monkeypatch.setattr("sys.argv", ["coreline", *filled])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(str(end.code or 0))
        said = capsys.readouterr()
        return said.out, said.err, code

    return typed


def leaves(command: Any, name: str = "") -> Iterator[str]:
    """Yield the names of all commands."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name
        return
    for each in inner:
        yield from leaves(command.get_command(None, each), f"{name} {each}".strip())


def test_every_command_is_known_to_open_the_journal_or_not() -> None:
    found = set(leaves(typer.main.get_command(cli.app)))
    opening = {name for name in found if name.split()[0] not in NOT_OPENING}
    assert opening == {*OPENING, *ACKNOWLEDGING} - {"coreline", "plan"}  # which has verbs too
    assert {name.split()[0] for name in found} >= NOT_OPENING


def test_there_is_one_way_to_open_it() -> None:
    """No command opens it past the place where what happened to it is told."""
    root = Path(coreline.__file__).parent
    openers = re.compile(r"\b(open_journal|memory_journal|put_in_order|open_for_reading)\b")
    using = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if openers.search(path.read_text(encoding="utf-8"))
    }
    outside = {each for each in using if not each.startswith("journal/")}
    # The doctor counts what is kept, and repairs and tells nothing.
    counting = {"doctor/privacy.py"}
    assert outside == {"commands/journal_here.py", "commands/training_journal.py"} | counting


@pytest.mark.parametrize("command", OPENING)
def test_every_command_tells_it_in_one_line(
    damaged: Path, run: Callable[..., tuple[str, str, int]], command: str
) -> None:
    out, err, code = run(*OPENING[command])
    first, *others = err.splitlines()
    assert first.startswith("coreline: Je logboek was beschadigd")
    assert f"{damaged.name}.damaged-" in first
    assert f"de reservekopie van {TODAY} is teruggezet" in first
    if command != "journal recover":
        assert f"Van {ANNA.name} ontbreekt: de training van {TODAY}" in first
    assert first.endswith("coreline journal acknowledge.")
    assert len(others) == (0 if code == 0 else 1)
    if "--json" in OPENING[command]:
        notice = json.loads(out)["notice"]
        assert f"coreline: {notice['text']}" == first
        (event,) = notice["found"]
        assert (event["what"], event["restored_from"]) == ("damaged", str(TODAY))
        assert event["set_aside_as"].startswith(f"{damaged.name}.damaged-")
        session = {"what": "session", "person": ANNA.name, "day": str(TODAY), "count": 1}
        assert notice["missing"] == [session]


@pytest.mark.usefixtures("damaged")
def test_it_is_told_again_until_it_is_acknowledged(
    run: Callable[..., tuple[str, str, int]],
) -> None:
    for _ in range(2):
        assert "Je logboek was beschadigd" in run("history")[1]
    out, err, _ = run("journal", "acknowledge")
    assert "Bevestigd" in out
    assert "Je logboek was beschadigd" in err, "once more, so that it is known what was meant"
    out, err, code = run("today", "--json")
    assert (err, code, json.loads(out)["notice"]) == ("", 0, None)
    out, err, code = run("journal", "check")
    assert f"the session of {TODAY} of {ANNA.name} is missing (acknowledged)" in out
    assert (err, code) == ("", 0)
    assert "niets te melden" in run("journal", "acknowledge")[0]


@pytest.mark.usefixtures("file")
def test_a_sound_journal_tells_nothing(run: Callable[..., tuple[str, str, int]]) -> None:
    for words in (("today",), ("journal", "check"), ("history",)):
        assert run(*words)[1:] == ("", 0)
    assert json.loads(run("plan", "--json")[0])["notice"] is None


@pytest.mark.usefixtures("damaged")
def test_training_tells_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    said: list[str] = []
    with training_journal(said.append):
        pass
    assert "Je logboek was beschadigd" in capsys.readouterr().err
    assert said == []


def test_nobody_is_not_said_to_have_come_yet(
    damaged: Path, run: Callable[..., tuple[str, str, int]]
) -> None:
    for backup in (damaged.parent / "backups").iterdir():
        backup.unlink()
    ledger_file(damaged).unlink()
    for words in (("today",), ("journal", "acknowledge"), ("history",)):
        _, err, _ = run(*words)
        assert "nobody trains here yet" not in err
    assert "nobody is left in the journal" in err
    assert run("profile", "--name", "Anna")[2] == 0
    assert run("today")[1:] == ("", 0)


def test_nothing_yet_is_not_said_of_what_is_lost(
    damaged: Path, run: Callable[..., tuple[str, str, int]]
) -> None:
    for backup in (damaged.parent / "backups").iterdir():
        backup.unlink()
    out, err, _ = run("history")
    assert "Nog niets" not in out
    assert "Niet alles wat er gedaan is, staat nog in het logboek." in out
    assert f"de training van {YESTERDAY}, {TODAY}" in err


def test_recover_says_what_it_read(file: Path, run: Callable[..., tuple[str, str, int]]) -> None:
    assert "geen beschadigd bestand" in run("journal", "recover")[0]
    copy = file.with_name("copy.sqlite3")
    copy.write_bytes(bytes(4096) + file.read_bytes()[4096:])
    file.write_bytes(b"Dear Anna, this is a letter. " * 400)
    out, err, _ = run("journal", "recover", str(copy))
    assert "terug: profielen 0, hele trainingen 1" in out
    assert f"de training van {TODAY}" in err
    assert "de training" not in run("today")[1]
    assert run("journal", "recover", "none.sqlite3")[2] == 2
