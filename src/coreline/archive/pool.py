"""Clips judged on this computer, a process a core.

Each process is a pool of its own: where one dies, as by the system that has run out of memory, a
new one takes the clip that it had. It may have died before it began: only a clip that two died over
fails. They are spawned, since MediaPipe must not be forked, and each imports it once. Libraries
that would use every core for one clip are held to one thread, before they are imported.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait as wait_for_end
from typing import Final

from coreline.archive.tasks import Outcome, Task, failed, without_secrets

# What the libraries read when they are loaded: NumPy's BLAS, OpenMP, and OpenCV's video reader.
ONE_THREAD: Final = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "OPENCV_FFMPEG_CAPTURE_OPTIONS": "threads;1",
}
Judge = Callable[[Task], Outcome]
_log = logging.getLogger(__name__)


def cores() -> int:
    """Return how many clips this computer judges at once: a process for each core it may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def outcomes(
    tasks: Iterable[Task], workers: int, judge: Judge | None = None
) -> Generator[tuple[Task, Outcome], None, None]:
    """Yield what comes of clips as they are done; no more than one a worker is taken ahead.

    However it is left, by the last clip, an error or Ctrl-C, no process is left behind.

    Args:
        tasks: What is to be judged.
        workers: How many processes judge.
        judge: A function of a module, for a benchmark; None for `judged`.
    """
    waiting = iter(tasks)
    idle = [_Worker(judge or _judged) for _ in range(workers)]
    busy: dict[Future[Outcome], tuple[_Worker, Task]] = {}
    tried_again: set[str] = set()  # keys of clips that a process died over
    everyone = tuple(idle)
    try:
        while True:
            while idle and (task := next(waiting, None)) is not None:
                worker = idle.pop()
                busy[worker.begin(task)] = worker, task
            if not busy:
                return
            done, _ = wait(busy, return_when=FIRST_COMPLETED)
            for future in done:
                worker, task = busy.pop(future)
                outcome = worker.result(future)
                if outcome is None and task.key not in tried_again:
                    tried_again.add(task.key)
                    busy[worker.begin(task)] = worker, task
                    continue
                idle.append(worker)
                yield task, outcome or _died_over(task)
    finally:
        for each in everyone:
            each.end()


class _Worker:
    """One process that judges a clip after the other, and is replaced when it dies."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._pool: ProcessPoolExecutor | None = None
        self._processes: set[int] = set()

    def begin(self, task: Task) -> Future[Outcome]:
        """Have a clip judged."""
        if self._pool is not None:
            try:
                return self._pool.submit(self._judge, task)
            except BrokenProcessPool:  # it was ended while it had nothing to do
                self.end()
        return self._first(task)

    def _first(self, task: Task) -> Future[Outcome]:
        before = _children()
        self._pool = ProcessPoolExecutor(
            max_workers=1, mp_context=get_context("spawn"), initializer=_be_a_worker
        )
        with _as_a_worker_begins():
            future = self._pool.submit(self._judge, task)
        self._processes = _children() - before
        return future

    def result(self, future: Future[Outcome]) -> Outcome | None:
        """Return what came of a clip; None where the process died."""
        try:
            return future.result()
        except BrokenProcessPool:
            self.end()
            _log.warning("a worker was killed")
            return None

    def end(self) -> None:
        """End the process, in the middle of a clip if need be; it has nothing to write."""
        if self._pool is None:
            return
        for child in active_children():
            if child.pid in self._processes:
                child.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def _died_over(task: Task) -> Outcome:
    where = without_secrets(task.clip.where)
    en = "whoever judged it was ended by the system, twice; is there enough memory?"
    nl = "wie hem beoordeelde is door het systeem beëindigd, twee keer; is er genoeg geheugen?"
    return failed(task, (f"{where}: {en}", f"{where}: {nl}"))


def _children() -> set[int]:
    return {each.pid for each in active_children() if each.pid is not None}


@contextmanager
def _as_a_worker_begins() -> Iterator[None]:
    """Have a new process begin with one thread a library, and deaf to Ctrl-C, which is for us."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    heard = threading.current_thread() is threading.main_thread()
    ours = signal.signal(signal.SIGINT, signal.SIG_IGN) if heard else None
    try:
        yield
    finally:
        if heard:
            signal.signal(signal.SIGINT, ours)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


# The process that judges


def _be_a_worker() -> None:
    """End when whoever started this process is gone, however: nobody would fetch the result."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="with parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait_for_end([parent.sentinel])
        os._exit(1)


def _judged(task: Task) -> Outcome:
    # Imported here: by now the libraries know how many threads they may have.
    from coreline.archive.judged import judged  # noqa: PLC0415

    return judged(task)
