"""The log: what the program did and what went wrong in it, without a word about a person.

    from logging import getLogger
    getLogger(__name__).warning("trouble: %s", kind)

The edges write to it by Python's own logging, under their own names; the middle writes nothing. Set
up once, by the command line; without that nothing is kept.

What goes in are words of the program itself, numbers and names of classes. What does not: names,
notes, paths, addresses, options' values, pictures, landmarks, and the messages of errors, which
quote what somebody wrote; of an error the log has its class and where in the program it was raised.
As a second line of defence the home folder is written as ~.

It takes a megabyte at most: `KEPT` older files of `LARGEST_BYTES` beside the newest. A line that
was there within `QUIET_S` is not written again, so that what goes wrong ten times a second fills
nothing. A log that cannot be written is none, and nobody is bothered with it.
"""

import logging
import platform
import sysconfig
import traceback
from collections.abc import Iterator
from functools import cache
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from coreline import __version__
from coreline.files.folders import log_folder, make_folder
from coreline.files.resources import PACKAGE
from coreline.files.writing import appending

LARGEST_BYTES: Final = 256 * 1024
KEPT: Final = 3
QUIET_S: Final = 60.0
FRAMES: Final = 40  # of a traceback, the innermost; an endless recursion has a thousand
REMEMBERED: Final = 200  # lines that are not to be repeated; the program has far fewer
_FORM: Final = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
# Their messages are made of names in the program; those of all others may quote anything.
_HARMLESS: Final = (
    ArithmeticError,
    AttributeError,
    ImportError,
    MemoryError,
    NameError,
    RecursionError,
    TypeError,
)
_LONGEST: Final = 200  # characters of a message


def log_file() -> Path:
    """Return where the log is, or would be."""
    return log_folder() / "coreline.log"


def start_log() -> bool:
    """Begin to keep the log; say whether it can be kept."""
    logger = logging.getLogger("coreline")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        make_folder(log_folder())
        handler = _File(log_file())
    except (OSError, RuntimeError):  # RuntimeError: nobody knows where the home folder is
        return False
    handler.setFormatter(_Form(_FORM))
    handler.addFilter(_Quiet())
    logger.addHandler(handler)
    return True


def runs_on() -> str:
    """Return the version, and what it runs on."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return f"coreline {__version__}, Python {platform.python_version()}, {system}"


def place_of(error: BaseException) -> str:
    """Return where in the program an error was raised: the innermost line that is ours."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if Path(each.filename).is_relative_to(PACKAGE)]
    found = (ours or list(frames))[-1:]
    return f"{short(found[0].filename)}:{found[0].lineno}" if found else "nowhere"


def account_of(error: BaseException) -> str:
    """Return an error as the log has it, a line a frame: neither messages nor whole paths."""
    return "\n".join(line for each in _chain(error) for line in _lines(each))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it, the first cause first."""
    found: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in found:
        found.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return reversed(found)


def _lines(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__name__}{_message(error)}"
    frames = traceback.extract_tb(error.__traceback__)
    for frame in frames[-FRAMES:]:
        yield f"    {short(frame.filename)}:{frame.lineno} in {frame.name}"


def _message(error: BaseException) -> str:
    """Return what an error says, where that cannot be about a person."""
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    said = " ".join(str(error).split()) if isinstance(error, _HARMLESS) else ""
    return f": {said[:_LONGEST]}" if said and "/" not in said and "\\" not in said else ""


@cache
def short(file: str) -> str:
    """Return a source file from its package on; of one that lies elsewhere its name alone."""
    path = Path(file)
    for root in _roots():
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name


@cache
def _roots() -> tuple[Path, ...]:
    """Return the folders in which packages lie, the nearer first."""
    named = (sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib"))
    return (PACKAGE.parent, *(Path(each) for each in named if each))


class _File(RotatingFileHandler):
    """The file, for its owner alone; what goes wrong with it is nobody's trouble."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST_BYTES, backupCount=KEPT, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        return appending(Path(self.baseFilename))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name for it
        """Let it be: a log that cannot be written must not end what it tells of."""


class _Form(logging.Formatter):
    """A line as it is written."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record with the home folder as ~."""
        return without_home(super().format(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name for it
        """Return an error in our own form."""
        error = ei[1] if isinstance(ei, tuple) else None
        return account_of(error) if isinstance(error, BaseException) else ""


def without_home(text: str) -> str:
    """Return a text with the home folder, whose name is often the person's, as ~."""
    return text.replace(str(home), "~") if (home := _home()) else text


@cache
def _home() -> Path | None:
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home if len(home.parts) > 1 else None  # / would be in every path


class _Quiet(logging.Filter):
    """Lets a line through once a minute."""

    def __init__(self) -> None:
        super().__init__()
        self._written_s: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line is to be written."""
        key = (record.name, record.getMessage())
        last_s = self._written_s.get(key)
        if last_s is not None and 0.0 <= record.created - last_s < QUIET_S:
            return False
        if len(self._written_s) >= REMEMBERED:
            self._written_s.clear()
        self._written_s[key] = record.created
        return True
