"""Coreline's place in the system's menu: put there, and taken out again.

Linux has a file of the freedesktop.org specification and an icon, both in the person's own data
folder; macOS a bundle among the person's own applications; Windows a shortcut in the Start menu.
Nothing needs an administrator, and nothing of anybody else is touched.
"""

import sys
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from coreline.desktop.launcher import NAME, Launcher
from coreline.desktop.mac_bundle import bundle_files
from coreline.desktop.removing import removed
from coreline.desktop.running import powershell, run
from coreline.desktop.windows_shortcut import removal_script, shortcut_script
from coreline.desktop.xdg_entry import entry_text
from coreline.files.folders import make_private
from coreline.files.resources import resource_file
from coreline.files.writing import write_bytes, write_text

ENTRY: Final = "coreline.desktop"
ICON: Final = "coreline.svg"
EXECUTABLE: Final = 0o700


def put_in_menu(launcher: Launcher) -> Path:
    """Put Coreline into the menu, in the place of an earlier entry; return where that is.

    Raises:
        BadOutputError: A file of it cannot be written.
        DesktopError: The system refuses.
    """
    match sys.platform:
        case "win32":
            icon = resource_file("icons", "coreline.ico")
            return Path(run(powershell(shortcut_script(launcher, icon))).strip())
        case "darwin":
            return _put_bundle(launcher)
        case _:
            return _put_entry(launcher)


def take_from_menu() -> Path | None:
    """Take Coreline out of the menu; return where it was, or None where it was not in it.

    Raises:
        BadOutputError: A file of it cannot be removed.
        DesktopError: The system refuses.
    """
    match sys.platform:
        case "win32":
            place = run(powershell(removal_script())).strip()
            return Path(place) if place else None
        case "darwin":
            return removed(bundle_place())
        case _:
            removed(icon_place())
            return removed(entry_place())


def entry_place() -> Path:
    """Return where the entry of Linux is, or would be."""
    return user_data_path() / "applications" / ENTRY


def icon_place() -> Path:
    """Return where its icon is, or would be."""
    return user_data_path() / "icons" / "hicolor" / "scalable" / "apps" / ICON


def bundle_place() -> Path:
    """Return where the bundle of macOS is, or would be."""
    return Path.home() / "Applications" / f"{NAME}.app"


def _put_entry(launcher: Launcher) -> Path:
    icon, entry = icon_place(), entry_place()
    drawing = resource_file("icons", ICON).read_bytes()
    write_bytes(make_private(icon.parent) / icon.name, drawing)
    write_text(make_private(entry.parent) / entry.name, entry_text(launcher, icon))
    return entry


def _put_bundle(launcher: Launcher) -> Path:
    place = bundle_place()
    icon = resource_file("icons", "coreline.icns").read_bytes()
    for name, (content, runs) in bundle_files(launcher, icon).items():
        path = place / name
        make_private(path.parent)
        write_bytes(path, content)
        if runs:
            path.chmod(EXECUTABLE)
    return place
