"""A person's own folders, and programs of the system that note what they are asked."""

from pathlib import Path

import pytest

SYSTEMCTL = """#!/bin/sh
echo "$@" >> "{log}"
case "$2" in
  is-active) [ -e "{folder}/active" ] ;;
  enable) : > "{folder}/active"; : >> "{stamps}/stamp-$4" ;;
  disable) rm -f "{folder}/active" ;;
esac
"""
NOTIFY_SEND = """#!/bin/sh
for word in "$@"; do printf '%s\\n' "$word" >> "{log}"; done
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CORELINE_DATA_DIR", "CORELINE_CONFIG_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


class Programs:
    """Programs in a folder of their own, which alone is looked through beside the shell's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stamps = folder.parent / "data" / "systemd" / "timers"  # as systemd keeps them
        folder.mkdir()

    def put(self, name: str, script: str) -> Path:
        """Put a program there, and return the file of what it was asked."""
        log = self.folder / f"{name}.log"
        program = self.folder / name
        program.write_text(
            script.format(log=log, folder=self.folder, stamps=self.stamps), encoding="utf-8"
        )
        program.chmod(0o700)
        return log


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    made = Programs(tmp_path / "programs")
    monkeypatch.setenv("PATH", f"{made.folder}:/usr/bin:/bin")
    return made


@pytest.fixture
def systemctl(programs: Programs) -> Path:
    """Return what a service manager that does as it is told was asked."""
    programs.stamps.mkdir(parents=True)
    return programs.put("systemctl", SYSTEMCTL)


@pytest.fixture
def notify_send(programs: Programs) -> Path:
    """Return what was to be shown, a line an argument."""
    return programs.put("notify-send", NOTIFY_SEND)
