"""The shortcut in the Start menu, which Windows' own scripting host makes: no format of ours."""

import subprocess
from pathlib import Path
from typing import Final

from coreline.desktop.launcher import NAME, Launcher
from coreline.desktop.running import quoted_for_powershell as quoted

HEAD: Final = (
    "$ErrorActionPreference = 'Stop'",
    "[Console]::OutputEncoding = [Text.Encoding]::UTF8",
    f"$place = Join-Path ([Environment]::GetFolderPath('Programs')) '{NAME}.lnk'",
)


def shortcut_script(launcher: Launcher, icon: Path) -> str:
    """Return the script that makes it, and prints where it is."""
    program, *arguments = launcher.command
    values = {
        "TargetPath": program,
        "Arguments": subprocess.list2cmdline(arguments),
        "IconLocation": f"{icon},0",
        "Description": "Coreline",
        "WorkingDirectory": "%USERPROFILE%",
    }
    lines = (f"$link.{name} = {quoted(value)}" for name, value in values.items())
    make = "$link = (New-Object -ComObject WScript.Shell).CreateShortcut($place)"
    return "\n".join((*HEAD, make, *lines, "$link.Save()", "Write-Output $place"))


def removal_script() -> str:
    """Return the script that removes it, and prints where it was; nothing where it was not."""
    remove = "if (Test-Path -LiteralPath $place) {"
    return "\n".join((*HEAD, remove, "Remove-Item -LiteralPath $place", "Write-Output $place", "}"))
