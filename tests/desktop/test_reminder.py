"""The reminder that works without the program: its files, and what the system is asked."""

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
import tempfile
from datetime import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from coreline.desktop import launchd, systemd, task_scheduler
from coreline.desktop.launcher import Launcher, ringer
from coreline.desktop.reminder import Ringing, look, switch
from coreline.desktop.xdg_entry import command_line
from coreline.errors import DesktopError
from desktop.conftest import Programs

TIMES = (time(8, 0), time(19, 30))
RINGER = Launcher(("/opt/my python/bin/python3", "-m", "coreline", "reminder", "ring"))
ODD = Launcher(('/opt/100 %/$HOME/a"b/python', "-m"), (("CORELINE_DATA_DIR", "/a b/$x/50 %"),))
UNITS = Path("config/systemd/user")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="systemd's")


def files_of(home: Path) -> list[str]:
    return sorted(str(each.relative_to(home)) for each in (home / "config").rglob("*.*"))


def stamps_of(home: Path) -> list[Path]:
    return list((home / "data").rglob("stamp-*"))


@linux_only
def test_it_is_switched_on_by_the_system_and_off_without_a_trace(
    home: Path, systemctl: Path
) -> None:
    switch(TIMES, RINGER)
    names = ["coreline-reminder.service", "coreline-reminder.timer"]
    assert files_of(home) == [str(UNITS / name) for name in names]
    asked = systemctl.read_text(encoding="utf-8").splitlines()
    assert asked == ["--user daemon-reload", "--user enable --now coreline-reminder.timer"]
    assert look(TIMES, RINGER) is Ringing.RINGS
    assert [each.name for each in stamps_of(home)] == ["stamp-coreline-reminder.timer"]
    switch((), RINGER)
    assert files_of(home) == []
    assert stamps_of(home) == []
    assert look((), RINGER) is Ringing.OFF
    told = systemctl.read_text(encoding="utf-8").splitlines()[len(asked) + 1 :]
    assert told == ["--user disable --now coreline-reminder.timer", "--user daemon-reload"]


@linux_only
@pytest.mark.usefixtures("home")
def test_off_from_the_start_asks_the_system_nothing(systemctl: Path) -> None:
    switch((), RINGER)
    assert not systemctl.exists()
    assert look((), RINGER) is Ringing.OFF


@linux_only
def test_what_the_system_has_otherwise_is_told(home: Path, systemctl: Path) -> None:
    assert look(TIMES, RINGER) is Ringing.MISSING
    switch(TIMES[:1], RINGER)
    assert look(TIMES, RINGER) is Ringing.OTHER
    assert look(TIMES[:1], ODD) is Ringing.OTHER
    assert look((), RINGER) is Ringing.LEFT
    (systemctl.parent / "active").unlink()
    assert look(TIMES[:1], RINGER) is Ringing.STOPPED
    assert files_of(home) != []


@linux_only
def test_other_times_take_the_place_of_the_first(home: Path, systemctl: Path) -> None:
    switch(TIMES, RINGER)
    (stamp,) = stamps_of(home)
    stamp.write_text("rang yesterday", encoding="utf-8")
    switch(TIMES[1:], RINGER)
    assert stamp.read_text(encoding="utf-8") == ""
    timer = (home / UNITS / "coreline-reminder.timer").read_text(encoding="utf-8")
    assert "19:30" in timer
    assert "08:00" not in timer
    assert systemctl.read_text(encoding="utf-8").count("enable --now") == 2


@linux_only
def test_a_system_that_refuses_is_one_line_and_nothing_is_left(
    home: Path, programs: Programs
) -> None:
    programs.put("systemctl", "#!/bin/sh\necho 'Failed to connect to bus' >&2\nexit 1\n")
    with pytest.raises(DesktopError, match="Failed to connect to bus") as caught:
        switch(TIMES, RINGER)
    assert "coreline plan --ics" in str(caught.value)
    assert "geen herinnering" in caught.value.in_("nl")
    assert files_of(home) == []


@linux_only
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="not installed")
@pytest.mark.parametrize("launcher", [None, ODD])
def test_systemd_s_own_check_finds_nothing_to_say(
    home: Path, systemctl: Path, launcher: Launcher | None
) -> None:
    """Of the program that really runs, and of a name that has every sign with a meaning in it."""
    if launcher is not None:
        python = home / "100 %" / "$HOME" / 'a"b' / "python"
        python.parent.mkdir(parents=True)
        python.write_text("#!/bin/sh\n", encoding="utf-8")
        python.chmod(0o700)
        launcher = Launcher((str(python), "-m"), ODD.environment)
    switch(TIMES, launcher or ringer())
    assert systemctl.exists()
    units = [str(each) for each in (home / UNITS).iterdir()]
    command = ["systemd-analyze", "--user", "verify", *units]
    # It looks at the units of the system too, of which some have sockets: those have short names.
    with tempfile.TemporaryDirectory(dir="/tmp") as runtime:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "XDG_RUNTIME_DIR": runtime},
        )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@linux_only
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="not installed")
@pytest.mark.usefixtures("home")
def test_the_times_are_those_that_systemd_reads() -> None:
    (timer,) = (
        content.decode()
        for place, content in systemd.unit_files(TIMES, RINGER).items()
        if place.suffix == ".timer"
    )
    moments = [line.partition("=")[2] for line in timer.splitlines() if "OnCalendar" in line]
    for moment, at in zip(moments, TIMES, strict=True):
        done = subprocess.run(
            ["systemd-analyze", "calendar", moment], capture_output=True, text=True, check=True
        )
        assert f"{at:%H:%M}:00" in done.stdout


@pytest.mark.usefixtures("home")
def test_a_unit_keeps_every_sign_of_a_name() -> None:
    (service,) = (
        content.decode()
        for place, content in systemd.unit_files(TIMES, ODD).items()
        if place.suffix == ".service"
    )
    assert 'ExecStart=/usr/bin/env "/opt/100 %%/$$HOME/a\\"b/python" "-m"\n' in service
    assert 'Environment="CORELINE_DATA_DIR=/a b/$x/50 %%"\n' in service


@pytest.mark.usefixtures("home")
def test_launchd_s_list_has_the_times_the_program_and_its_folders() -> None:
    ((place, content),) = launchd.agent_files(TIMES, ODD).items()
    agent = plistlib.loads(content)
    assert place.parts[-3:] == ("Library", "LaunchAgents", f"{agent['Label']}.plist")
    assert agent["ProgramArguments"] == list(ODD.command)
    assert agent["EnvironmentVariables"] == dict(ODD.environment)
    at = [(each["Hour"], each["Minute"]) for each in agent["StartCalendarInterval"]]
    assert at == [(8, 0), (19, 30)]
    own = launchd.mechanism()
    assert str(place) in own.start[0]
    assert all(agent["Label"] in command[-1] for command in (*own.stop, own.ask))


@pytest.mark.usefixtures("home")
def test_the_task_of_windows_has_the_times_and_the_program() -> None:
    ((place, content),) = task_scheduler.task_files(TIMES, RINGER).items()
    task = ET.fromstring(content)
    assert content[:2] in {b"\xff\xfe", b"\xfe\xff"}  # as schtasks reads it
    names = {"t": task_scheduler.SPACE}
    starts = [each.text or "" for each in task.findall(".//t:StartBoundary", names)]
    assert [each[-8:] for each in starts] == ["08:00:00", "19:30:00"]
    assert len(task.findall(".//t:ScheduleByDay", names)) == 2
    assert task.findtext(".//t:Command", namespaces=names) == RINGER.command[0]
    assert task.findtext(".//t:Arguments", namespaces=names) == "-m coreline reminder ring"
    assert task.findtext(".//t:LogonType", namespaces=names) == "InteractiveToken"
    order = [each.tag.rpartition("}")[2] for each in task]
    assert order == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    own = task_scheduler.mechanism()
    assert own.start[0][:2] == ("schtasks", "/Create")
    assert str(place) in own.start[0]
    assert all(task_scheduler.TASK in command for command in (*own.start, *own.stop, own.ask))


@pytest.mark.parametrize(("platform", "program"), [("darwin", "launchctl"), ("win32", "schtasks")])
def test_the_other_systems_are_asked_in_their_own_words(
    home: Path,
    programs: Programs,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    program: str,
) -> None:
    log = programs.put(program, '#!/bin/sh\necho "$@" >> "{log}"\n')
    monkeypatch.setattr(sys, "platform", platform)
    switch(TIMES, RINGER)
    assert look(TIMES, RINGER) is Ringing.RINGS
    switch((), RINGER)
    assert look((), RINGER) is Ringing.OFF
    assert len(log.read_text(encoding="utf-8").splitlines()) == 3
    assert [each for each in home.rglob("*") if each.suffix in {".plist", ".xml"}] == []


@pytest.mark.parametrize(("failures", "rings"), [(1, True), (2, False)])
def test_what_launchd_refuses_for_a_moment_is_asked_once_more(
    home: Path, programs: Programs, monkeypatch: pytest.MonkeyPatch, failures: int, *, rings: bool
) -> None:
    script = """#!/bin/sh
echo "$1" >> "{log}"
[ "$1" = bootstrap ] || exit 0
[ "$(grep -c bootstrap "{log}")" -gt FAILURES ] || {{ echo "5: Input/output error" >&2; exit 5; }}
"""
    log = programs.put("launchctl", script.replace("FAILURES", str(failures)))
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(launchd, "AGAIN_AFTER_S", 0.0)
    if rings:
        switch(TIMES, RINGER)
    else:
        with pytest.raises(DesktopError, match="Input/output error"):
            switch(TIMES, RINGER)
    assert log.read_text(encoding="utf-8").split().count("bootstrap") == 2
    assert bool(list(home.rglob("*.plist"))) is rings


@linux_only
def test_a_program_with_an_equals_sign_in_its_name_is_started(home: Path) -> None:
    """`env` takes such a word for a variable."""
    python = home / "a=b" / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    code = "import os, sys; print(sys.argv[1:], os.environ['CORELINE_DATA_DIR'])"
    launcher = Launcher((str(python), "-c", code, "$HOME", "x=y"), (("CORELINE_DATA_DIR", "/d"),))
    (service,) = (
        content.decode()
        for place, content in systemd.unit_files(TIMES, launcher).items()
        if place.suffix == ".service"
    )
    (line,) = (line for line in service.splitlines() if line.startswith("ExecStart="))
    words = shlex.split(line.removeprefix("ExecStart=").replace("$$", "$"))
    environment = {**os.environ, **dict(launcher.environment)}
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "['$HOME', 'x=y'] /d\n"
    entry = shlex.split(command_line(launcher).replace("\\$", "$"))
    done = subprocess.run(entry, capture_output=True, text=True, check=True)
    assert done.stdout == "['$HOME', 'x=y'] /d\n"
