"""The parent's hold on the process that reads the camera: start it, ask it, end it."""

import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.shared_memory import SharedMemory
from types import ModuleType
from typing import Final

from coreline.camera.capture import run
from coreline.camera.devices import Where
from coreline.camera.handover import ROOM_BYTES, Answer, PictureReady, read_picture
from coreline.camera.source import Image

# The process is started afresh, not forked: that works on every system, and with threads.
FRESH: Final = multiprocessing.get_context("spawn")
LET_GO_S: Final = 1.0  # for a child that is told to end; a little more than it takes for itself
DIE_S: Final = 2.0  # for a killed child to be gone; the kernel may be busy with its camera


class ChildEndedError(Exception):
    """The child is no more."""


class Child:
    """A process that reads one camera.

    The memory that it shares has no name any more as soon as the child has found it, so that no
    picture is left behind however this program ends.
    """

    def __init__(self, where: Where, opener: str) -> None:
        """Start the process; that it reads will be known from its answers."""
        try:
            with _late_ctrl_c():
                self._start(where, opener)
        except KeyboardInterrupt:  # it was held back until the process was there to be ended
            self.close()
            raise

    def _start(self, where: Where, opener: str) -> None:
        self._memory = SharedMemory(create=True, size=ROOM_BYTES)
        self._named = True
        self._link, theirs = FRESH.Pipe()
        self._process = FRESH.Process(
            target=run,
            args=(theirs, self._memory.name, where, opener),
            name="coreline camera",
            daemon=True,
        )
        with _bare_start():
            self._process.start()
        theirs.close()
        self._asked = False

    def answer(self, wait_s: float) -> Answer | None:
        """Ask, unless an answer is still to come, and return it; None when it does not in time.

        Raises:
            ChildEndedError: The process has ended by itself.
        """
        try:
            if not self._asked:
                self._link.send(None)
                self._asked = True
            if not self._link.poll(wait_s):
                return None
            answer: Answer = self._link.recv()
        except (EOFError, OSError) as error:
            raise ChildEndedError from error
        self._asked = False
        self._unname()
        return answer

    def image(self, picture: PictureReady) -> Image:
        """Return the picture that the last answer speaks of; before asking again."""
        return read_picture(self._memory, picture)

    def kill(self) -> None:
        """End a child that hangs, without waiting for it; `close` is still to be called."""
        self._process.kill()
        self._link.close()

    def close(self) -> None:
        """End the process and give its memory back."""
        self._link.close()
        self._process.join(LET_GO_S)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join(DIE_S)
        if self._process.exitcode is not None:
            self._process.close()
        self._unname()
        self._memory.close()

    @property
    def ended(self) -> bool:
        """Say whether the process is no more; then closing takes no time."""
        return self._process.exitcode is not None

    def _unname(self) -> None:
        if self._named:
            self._named = False
            self._memory.unlink()


_starting = threading.Lock()


@contextmanager
def _bare_start() -> Iterator[None]:
    """Let a process start without this program's main module, and deaf to Ctrl-C until it is up.

    Python would import the main module in the child, and with it everything that the command line
    needs; the child needs none of it. Ctrl-C reaches every process of a terminal, and one that is
    still being set up would print a traceback; it inherits what this thread holds back.
    """
    with _starting:
        main = sys.modules["__main__"]
        held = _hold_ctrl_c()
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
            if held is not None:
                signal.pthread_sigmask(signal.SIG_SETMASK, held)


@contextmanager
def _late_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C wait for the end of a block: a thread of a library may be given it meanwhile.

    Raises:
        KeyboardInterrupt: It came.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if came and callable(usual):
        usual(came[0], None)


def _hold_ctrl_c() -> set[signal.Signals | int] | None:
    if sys.platform == "win32":
        return None
    return set(signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}))
