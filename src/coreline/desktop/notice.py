"""A notification, shown by the system's own means."""

import shutil
import sys
from html import escape
from typing import Final

from coreline.desktop.launcher import NAME
from coreline.desktop.running import powershell, quoted_for_powershell, run
from coreline.files.resources import resource_file

# Windows shows a notification only of a program that is in the Start menu: it is shown in the name
# of PowerShell, which always is.
SHOWN_BY: Final = r"{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe"
SHOWERS: Final = {"win32": "powershell.exe", "darwin": "osascript"}
USUAL_SHOWER: Final = "notify-send"


def shower() -> str:
    """Return the program that shows notifications here."""
    return SHOWERS.get(sys.platform, USUAL_SHOWER)


def can_show() -> bool:
    """Say whether that program is there."""
    return shutil.which(shower()) is not None


def show(title: str, text: str) -> None:
    """Show a notification.

    Raises:
        DesktopError: It cannot be shown.
    """
    run(command_of(title, text))


def command_of(title: str, text: str) -> tuple[str, ...]:
    """Return the command that shows it."""
    match sys.platform:
        case "win32":
            return powershell(toast_script(title, text))
        case "darwin":
            said = "display notification (item 2 of argv) with title (item 1 of argv)"
            return ("osascript", "-e", "on run argv", "-e", said, "-e", "end run", title, text)
        case _:
            icon = resource_file("icons", "coreline.svg")
            head = (USUAL_SHOWER, f"--app-name={NAME}", f"--icon={icon}", "--")
            return (*head, title, escape(text, quote=False))  # the text may have markup


def toast_script(title: str, text: str) -> str:
    """Return the script that shows it on Windows."""
    lines = "".join(f"<text>{escape(each)}</text>" for each in (title, text))
    visual = f'<visual><binding template="ToastGeneric">{lines}</binding></visual>'
    kinds = (
        "Windows.UI.Notifications.ToastNotificationManager",
        "Windows.Data.Xml.Dom.XmlDocument",
    )
    manager, document = (
        f"[{kind}, {kind.rpartition('.')[0]}, ContentType = WindowsRuntime]" for kind in kinds
    )
    return "\n".join(
        (
            "$ErrorActionPreference = 'Stop'",
            f"{manager} | Out-Null",
            f"{document} | Out-Null",
            f"$xml = New-Object {kinds[1]}",
            f"$xml.LoadXml({quoted_for_powershell(f'<toast>{visual}</toast>')})",
            "$toast = New-Object Windows.UI.Notifications.ToastNotification $xml",
            f"[{kinds[0]}]::CreateToastNotifier('{SHOWN_BY}').Show($toast)",
        )
    )
