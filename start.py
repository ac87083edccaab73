"""Set Coreline up on a machine that has only Python, then run it; every time after, just run it.

python3 start.py install    put Coreline into this computer's menu; uninstall takes it out again
python3 start.py sample     judge the bundled sample: no camera and no display needed
python3 start.py test       run the tests
python3 start.py run ...    run the command coreline: "run train", "run analyze CLIP ..."

What stands behind the command is handed on. Everything is installed in the folder .venv beside this
file; nothing else on the machine is touched. A Python that is too old must be able to read this
file, if only to say so: it uses the standard library, and no syntax newer than Python 3.7.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

LEAST_PYTHON = (3, 11)
EXTRAS: dict[str, list[str]] = {
    "install": [],
    "uninstall": [],
    "sample": [],
    "test": ["dev"],
    "run": [],
}
SYSTEM_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
    "libGL.so.1": "libgl1",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
APT = "on Debian or Ubuntu: sudo apt-get install --no-install-recommends"
AGAIN = "then run the same command again"
BAD_USE = 2
INTERRUPTED = 130  # what a shell returns after Ctrl-C
SIGNALLED = 128  # and, with the signal's number added, for a program that a signal ended


class SetupError(Exception):
    """Say what keeps Coreline from being set up, and the fix, in one line."""


class Home:
    """The folder of the project, and the environment in it.

    The environment is whole when it has its stamp and is not marked as unfinished.
    """

    def __init__(self, root: Path) -> None:
        """Take the folder in which pyproject.toml lies."""
        self.root = root
        self.venv = root / ".venv"
        self.stamp = self.venv / "coreline-ready.json"
        self.unfinished = self.venv / "coreline-unfinished"

    def program(self, name: str) -> Path:
        """Return the path of a program of the environment."""
        if sys.platform == "win32":
            return self.venv / "Scripts" / f"{name}.exe"
        return self.venv / "bin" / name

    def maker(self) -> list[str]:
        """Return what an environment is bound to: it cannot be moved, nor change its Python."""
        return [str(self.root), ".".join(map(str, sys.version_info[:3]))]

    def project(self) -> str:
        """Return the fingerprint of what is to be installed."""
        return hashlib.sha256((self.root / "pyproject.toml").read_bytes()).hexdigest()

    def made(self) -> dict[str, object]:
        """Return the stamp of a whole environment that can be used, or {} without one."""
        try:
            stamp = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        whole = self.program("python").exists() and not self.unfinished.exists()
        usable = whole and isinstance(stamp, dict) and stamp.get("maker") == self.maker()
        return stamp if usable else {}


def main(arguments: Sequence[str]) -> int:
    """Set up what is missing, run the command and return its exit code."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in EXTRAS:
        return usage(asked=command in ("-h", "--help"))
    home = Home(Path(__file__).resolve().parent)
    try:
        prepare(home, EXTRAS[command])
        return run(command_line(home, command, rest), home.root if command == "test" else None)
    except SetupError as error:
        sys.stderr.write(f"error: {error}\n")
        return BAD_USE
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; the same command begins the set-up again\n")
        return INTERRUPTED


def usage(*, asked: bool) -> int:
    """Say how this is used: on stdout when asked, as an error otherwise."""
    text = (__doc__ or "").split("\n\n")[1]
    (sys.stdout if asked else sys.stderr).write(f"{text}\n")
    return 0 if asked else BAD_USE


def command_line(home: Home, command: str, rest: Sequence[str]) -> list[str]:
    """Return the program to run, with its arguments."""
    if command == "test":
        side_by_side = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
        return [str(home.program("python")), "-m", "pytest", *side_by_side, *rest]
    said = {"sample": ["train", "--source", "sample"], "run": []}
    given = said.get(command, [command])
    return [str(home.program("coreline")), *given, *rest]


def run(line: Sequence[str], folder: Path | None) -> int:
    """Run a program to its end and return its exit code.

    Raises:
        SetupError: It is not there.
    """
    try:
        process = subprocess.Popen(line, cwd=folder)
    except OSError as error:
        raise SetupError(
            f"{line[0]}: {error.strerror}; remove the folder .venv, {AGAIN}"
        ) from error
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C reached the program too; it ends in its own way
        return code if code >= 0 else SIGNALLED - code


def prepare(home: Home, extras: Sequence[str]) -> None:
    """Check the machine and make the environment fit.

    Raises:
        SetupError: That cannot be done.
    """
    check_python(sys.version_info[:2])
    check_libraries(ctypes.CDLL)
    try:
        set_up(home, extras)
    except OSError as error:
        place = error.filename or home.root
        raise SetupError(f"{place}: {error.strerror or error}; fix that, {AGAIN}") from error


def check_python(version: tuple[int, ...]) -> None:
    """Raise SetupError unless this Python can run Coreline."""
    if version < LEAST_PYTHON:
        mine, least = (".".join(map(str, each)) for each in (version, LEAST_PYTHON))
        raise SetupError(
            f"this is Python {mine}, Coreline needs {least} or newer; install one (python.org), "
            "then run this file with it"
        )


def check_libraries(load: Callable[[str], object]) -> None:
    """Raise SetupError when the system lacks a library that MediaPipe or OpenCV loads."""
    if not sys.platform.startswith("linux"):
        return  # elsewhere they come with the system
    missing = [name for name in SYSTEM_LIBRARIES if not _loads(name, load)]
    if missing:
        packages = " ".join(SYSTEM_LIBRARIES[name] for name in missing)
        raise SetupError(f"this system lacks {', '.join(missing)}; {APT} {packages}")


def _loads(name: str, load: Callable[[str], object]) -> bool:
    try:
        load(name)
    except OSError:
        return False
    return True


def set_up(home: Home, extras: Sequence[str]) -> None:
    """Make the environment fit; do nothing when it does."""
    stamp = home.made()
    known = stamp.get("extras")
    present = {str(each) for each in known} if isinstance(known, list) else set()
    if stamp.get("project") == home.project() and present.issuperset(extras):
        return
    if not stamp:
        make_environment(home)
    home.unfinished.touch()
    together = sorted(present.union(extras))
    install(home, together)
    finish(home, together)


def make_environment(home: Home) -> None:
    """Make an empty environment in the place of one that is half-made or made elsewhere."""
    if any(importlib.util.find_spec(module) is None for module in ("venv", "ensurepip")):
        raise SetupError(f"this Python lacks the module venv; {APT} python3-venv")
    say(f"Making an environment in {home.venv} ...")
    clear(home)
    home.venv.mkdir()
    home.unfinished.touch()
    call([sys.executable, "-m", "venv", str(home.venv)], "the environment could not be made")


def clear(home: Home) -> None:
    """Remove an environment that an earlier start made; leave everything else alone.

    Raises:
        SetupError: There is something else by that name.
    """
    if not home.venv.is_symlink() and not home.venv.exists():
        return
    ours = home.stamp.exists() or home.unfinished.exists()
    if home.venv.is_symlink() or not home.venv.is_dir() or not (ours or _is_empty(home.venv)):
        raise SetupError(f"{home.venv}: start.py did not make this; rename or remove it, {AGAIN}")
    shutil.rmtree(str(home.venv))


def _is_empty(folder: Path) -> bool:
    return next(folder.iterdir(), None) is None


def install(home: Home, extras: Sequence[str]) -> None:
    """Install Coreline, and what it needs, into the environment."""
    say("Installing Coreline and what it needs; this can take some minutes the first time ...")
    target = f"{home.root}[{','.join(extras)}]" if extras else str(home.root)
    pip = [str(home.program("python")), "-m", "pip", "install", "--editable", target]
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    call([*pip, *quiet], "pip could not install what is needed")
    say("Ready.")


def call(line: Sequence[str], complaint: str) -> None:
    """Run a part of the set-up; stdout is kept for the command that follows.

    Raises:
        SetupError: It failed.
    """
    if subprocess.call(line, stdout=sys.stderr, stdin=subprocess.DEVNULL) != 0:
        raise SetupError(f"{complaint}, see above; fix that, {AGAIN}")


def finish(home: Home, extras: Sequence[str]) -> None:
    """Leave the stamp of a whole environment, in one move and last of all."""
    stamp = {"maker": home.maker(), "project": home.project(), "extras": list(extras)}
    part = home.stamp.with_suffix(".part")
    part.write_text(json.dumps(stamp), encoding="utf-8")
    part.replace(home.stamp)
    home.unfinished.unlink()


def say(line: str) -> None:
    """Tell the person at the keyboard how far it is."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
