"""A timer of systemd among the person's own units: it rings while they are logged in."""

from collections.abc import Sequence
from datetime import time
from pathlib import Path
from typing import Final

from platformdirs import user_config_path, user_data_path

from coreline.desktop.launcher import Launcher
from coreline.desktop.mechanism import Files, Mechanism

NAME: Final = "coreline-reminder"
ENV: Final = "/usr/bin/env"  # systemd takes no program by a name with quotes or dollars in it
SYSTEMCTL: Final = ("systemctl", "--user")


def mechanism() -> Mechanism:
    """Return systemd's timer."""
    timer = f"{NAME}.timer"
    return Mechanism(
        name="systemd",
        places=(_unit("service"), _unit("timer"), _stamp()),
        files=unit_files,
        start=((*SYSTEMCTL, "daemon-reload"), (*SYSTEMCTL, "enable", "--now", timer)),
        stop=((*SYSTEMCTL, "disable", "--now", timer), (*SYSTEMCTL, "daemon-reload")),
        ask=(*SYSTEMCTL, "is-active", "--quiet", timer),
    )


def unit_files(times: Sequence[time], launcher: Launcher) -> Files:
    """Return both units."""
    words = (quoted(word, in_command=True) for word in launcher.by_env)
    service = (
        "[Unit]",
        "Description=Coreline: time for your exercises",
        "",
        "[Service]",
        "Type=oneshot",
        *(f"Environment={quoted(f'{name}={value}')}" for name, value in launcher.environment),
        f"ExecStart={' '.join((ENV, *words))}",
    )
    timer = (
        "[Unit]",
        "Description=Coreline: when it reminds you",
        "",
        "[Timer]",
        *(f"OnCalendar=*-*-* {each:%H:%M}:00" for each in times),
        "Persistent=true",  # one that came while the computer was off rings when it is on again
        "AccuracySec=30s",
        "",
        "[Install]",
        "WantedBy=timers.target",
    )
    return {_unit("service"): _text(service), _unit("timer"): _text(timer)}


def quoted(word: str, *, in_command: bool = False) -> str:
    """Return a word as a unit has it: `%` begins a specifier, in a command `$` a variable."""
    for sign, code in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("%", "%%")):
        word = word.replace(sign, code)
    return f'"{word.replace("$", "$$") if in_command else word}"'


def _unit(kind: str) -> Path:
    return user_config_path() / "systemd" / "user" / f"{NAME}.{kind}"


def _stamp() -> Path:
    """Return where systemd notes when it last rang: from an old one it would ring at once."""
    return user_data_path() / "systemd" / "timers" / f"stamp-{NAME}.timer"


def _text(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
