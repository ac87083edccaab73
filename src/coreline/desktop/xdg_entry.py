"""The menu entry of Linux desktops: freedesktop.org's Desktop Entry Specification, 1.4."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from coreline.desktop.launcher import NAME, Launcher

WINDOW_CLASS: Final = "coreline"  # by which a desktop knows whose window it is
SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.,:+@")


def entry_text(launcher: Launcher, icon: Path) -> str:
    """Return the file's text."""
    lines = (
        ("Type", "Application"),
        ("Version", "1.4"),
        ("Name", NAME),
        ("GenericName", "Exercise trainer"),
        ("GenericName[nl]", "Oefentrainer"),
        ("Comment", "Train your core while the camera watches your line"),
        ("Comment[nl]", "Train je romp terwijl de camera op je houding let"),
        ("Icon", escaped(str(icon))),
        ("Exec", escaped(command_line(launcher))),
        ("Terminal", "false"),
        ("Categories", "Education;Sports;MedicalSoftware;"),
        ("Keywords", "exercise;physiotherapy;core stability;plank;"),
        ("Keywords[nl]", "oefening;fysiotherapie;rompstabiliteit;buikbrug;"),
        ("StartupNotify", "true"),
        ("StartupWMClass", WINDOW_CLASS),
    )
    return "[Desktop Entry]\n" + "".join(f"{key}={value}\n" for key, value in lines)


def command_line(launcher: Launcher) -> str:
    """Return the value of Exec: each argument quoted where it must be, and no field codes."""
    variables = [f"{name}={value}" for name, value in launcher.environment]
    words: Iterable[str] = launcher.by_env
    if variables:
        words = ("env", *variables, *launcher.by_env)
    return " ".join(_quoted(word) for word in words)


def escaped(value: str) -> str:
    """Return a value of the type string as it stands in the file."""
    for sign, code in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        value = value.replace(sign, code)
    return value


def _quoted(word: str) -> str:
    """Return an argument within double quotes, its reserved signs escaped; `%` begins a code."""
    word = word.replace("%", "%%")
    if word and SAFE.issuperset(word):
        return word
    for sign in '\\"`$':
        word = word.replace(sign, f"\\{sign}")
    return f'"{word}"'
