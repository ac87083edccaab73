"""Clips judged by other computers: the workers of a Dask cluster that the person names.

Dask is imported when it is asked for. What a worker does is `judged`, the very function of the
processes here; what comes back is handed on, and written by whoever asked. A task goes out again
when the scheduler is lost or begins anew, and what comes of it is taken once.

A worker that dies costs nothing: the scheduler gives its clip to another one, and only a clip that
several died over fails. One that would judge otherwise than this computer ends the run, by name.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, Final

from coreline.archive.judged import judged
from coreline.archive.tasks import Outcome, Settings, Task, failed, without_secrets
from coreline.archive.versions import Versions, versions_here
from coreline.errors import ClusterError
from coreline.printable import printable

_CONNECT_S: Final = 10.0  # for one try; a scheduler answers in milliseconds
PATIENCE_S: Final = 300.0  # for a scheduler or for workers to come (back), as new machines do
_MOST_LOST: Final = 10  # times in a row without a clip in between: it will not come to anything
_STEP_S: Final = 0.1  # between two looks at what came; clips take seconds
_LOOK_S: Final = 5.0  # between two looks at whether anybody is left to judge
_AHEAD: Final = 2  # clips a worker's thread is given at once, so that none waits for its next one
_QUIET: Final = {"distributed": "critical", "distributed.client": "critical"}


def outcomes(
    tasks: Iterable[Task], address: str, settings: Settings, patience_s: float = PATIENCE_S
) -> Iterator[tuple[Task, Outcome]]:
    """Yield what comes of clips as they are done, each once, whatever becomes of the cluster.

    Args:
        tasks: What is to be judged; two for each thread of the workers are taken ahead.
        address: Of the scheduler, such as tcp://10.0.0.7:8786.
        settings: What the workers must judge with.
        patience_s: How long a cluster may be away, or have no worker.

    Raises:
        ClusterError: Dask is not installed, the cluster cannot be reached or stays away, or a
            worker differs.
    """
    waiting, out, lost = iter(tasks), dict[str, Task](), 0
    while True:
        # One that was never there is a slip of the hand; one that was may come back.
        with _connected(address, patience_s if lost else 0.0) as client:
            flight = _Flight(client, address, patience_s)
            try:
                _refuse_other_workers(client, settings, patience_s, address)
                for task in out.values():
                    flight.send(task)
                for task, outcome in flight.outcomes(waiting, out):
                    del out[task.key]
                    lost = 0
                    yield task, outcome
            except _Lost as error:  # begin again with what has not come back
                lost += 1
                if lost > _MOST_LOST:
                    raise _no_scheduler(address) from error
                continue
            finally:
                flight.end()
        return


class _Lost(Exception):  # noqa: N818 - it is none: what was lost is sent again
    """The scheduler is gone, and with it everything that was under way."""


class _Flight:
    """What is under way to one scheduler, until that is gone."""

    def __init__(self, client: Any, address: str, patience_s: float) -> None:
        self._client, self._address, self._patience_s = client, address, patience_s
        self._distributed = import_module("distributed")
        self._tasks: dict[str, Task] = {}
        self._coming = self._distributed.as_completed(loop=client.loop, raise_errors=False)

    def send(self, task: Task) -> None:
        """Have a clip judged.

        Raises:
            _Lost: There is nobody to send it to.
        """
        try:
            # By its key: a clip that is under way twice is judged once.
            future = self._client.submit(judged_away, task, key=f"clip-{task.key}")
        except Exception as error:
            raise _Lost from error
        self._tasks[future.key] = task
        self._coming.add(future)

    def outcomes(
        self, waiting: Iterator[Task], out: dict[str, Task]
    ) -> Iterator[tuple[Task, Outcome]]:
        """Yield what comes back, and send more; what is under way is in `out`.

        Raises:
            _Lost: The scheduler is gone.
            ClusterError: A worker differs, or there has been none for too long.
        """
        while True:
            room = _AHEAD * max(self._threads(), 1)
            while len(self._tasks) < room and (task := next(waiting, None)) is not None:
                out[task.key] = task
                self.send(task)
            if not self._tasks:
                return
            for future in self._come():
                yield self._outcome(future, self._tasks.pop(future.key))

    def _come(self) -> list[Any]:
        """Return what came next."""
        alone_since_s = looked_s = time.monotonic()
        while True:
            if found := list(self._coming.next_batch(block=False)):
                return found
            time.sleep(_STEP_S)
            now_s = time.monotonic()
            if now_s - looked_s >= _LOOK_S:
                looked_s = now_s
                if self._threads():
                    alone_since_s = now_s
                elif now_s - alone_since_s > self._patience_s:
                    raise _no_worker(self._address, self._patience_s)

    def _threads(self) -> int:
        """Return how many clips are judged at once just now.

        Raises:
            _Lost: The scheduler does not say.
        """
        try:
            threads: Mapping[str, int] = self._client.nthreads()
        except Exception as error:
            raise _Lost from error
        return sum(threads.values())

    def _outcome(self, future: Any, task: Task) -> tuple[Task, Outcome]:
        try:
            worker, outcome = future.result()
        except self._distributed.KilledWorker:
            where = without_secrets(task.clip.where)
            en = "the workers that judged it died; have they enough memory?"
            nl = "de werkers die hem beoordeelden vielen uit; hebben ze genoeg geheugen?"
            return task, failed(task, (f"{where}: {en}", f"{where}: {nl}"))
        except Exception as error:
            if future.status == "error":  # it was not `judged` that raised it
                raise _other_program(str(self._address), error) from error
            raise _Lost from error
        finally:
            future.release()
        if outcome.differs:
            en, nl = outcome.error or ("", "")
            raise ClusterError(
                f"worker {worker}: {en}; install the same there",
                nl=f"werker {worker}: {nl}; installeer daar hetzelfde",
            )
        return task, outcome

    def end(self) -> None:
        """Call back what is under way; what a worker is judging just now comes to nothing."""
        with suppress(Exception):
            self._client.cancel(list(self._coming.futures), force=True)


def judged_away(task: Task) -> tuple[str, Outcome]:
    """Judge a clip on a worker, and return by which one it was done."""
    worker: Any = import_module("distributed").get_worker()
    return str(worker.address), judged(task)


@contextmanager
def _connected(address: str, patience_s: float) -> Iterator[Any]:
    """Hand out a client of the scheduler, as soon as that is there.

    Raises:
        ClusterError: It cannot be reached.
    """
    client = _client(address, patience_s)
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=_CONNECT_S)


def _client(address: str, patience_s: float) -> Any:
    try:
        import_module("dask").config.set({"logging": _QUIET})
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ClusterError(
            "--dask: Dask is not installed; install coreline[cluster]",
            nl="--dask: Dask is niet geïnstalleerd; installeer coreline[cluster]",
        ) from error
    until_s = time.monotonic() + patience_s
    while True:
        try:
            return distributed.Client(address, timeout=_CONNECT_S, set_as_default=False)
        except ValueError as error:
            raise ClusterError(
                f"--dask {printable(address)}: is no address; give one such as tcp://10.0.0.7:8786",
                nl=f"--dask {printable(address)}: is geen adres; geef er een zoals "
                "tcp://10.0.0.7:8786",
            ) from error
        except Exception as error:
            if time.monotonic() >= until_s:
                raise _no_scheduler(address) from error
            time.sleep(_STEP_S)


def _refuse_other_workers(client: Any, settings: Settings, patience_s: float, address: str) -> None:
    """Raise ClusterError where a worker would judge otherwise than this computer.

    Raises:
        _Lost: The scheduler is gone meanwhile.
    """
    model = settings.model
    try:
        # A cluster that grows by what there is to do has no worker before there is something.
        first = client.submit(versions_here, model, pure=False)
        first.result(timeout=patience_s)
    except TimeoutError as error:
        raise _no_worker(address, patience_s) from error
    except Exception:  # noqa: BLE001 - it is told below, with the name of the worker
        pass
    try:
        found: Mapping[str, Any] = client.run(versions_here, model, on_error="return")
    except Exception as error:
        raise _Lost from error
    for worker, theirs in sorted(found.items()):
        if not isinstance(theirs, Versions):
            raise _other_program(f"worker {worker}", theirs)
        if differences := settings.versions.differences(theirs):
            raise ClusterError(
                f"worker {worker}: has {differences}; install the same there",
                nl=f"werker {worker}: heeft {differences}; installeer daar hetzelfde",
            )


def _no_scheduler(address: str) -> ClusterError:
    shown = printable(address)
    return ClusterError(
        f"{shown}: no scheduler answers; start it, and type the same again: what was judged is "
        "kept",
        nl=f"{shown}: er antwoordt geen planner; start hem, en typ hetzelfde nog eens: wat "
        "beoordeeld is, is bewaard",
    )


def _other_program(who: str, error: object) -> ClusterError:
    why = printable(f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"[:200])
    return ClusterError(
        f"{who}: cannot judge ({why}); install the same coreline[cluster] there",
        nl=f"{who}: kan niet beoordelen ({why}); installeer daar dezelfde coreline[cluster]",
    )


def _no_worker(address: str, patience_s: float) -> ClusterError:
    shown = printable(address)
    return ClusterError(
        f"{shown}: has had no worker for {patience_s:.0f} s; start some, and type the same again",
        nl=f"{shown}: heeft al {patience_s:.0f} s geen werker; start er een paar, en typ hetzelfde "
        "nog eens",
    )
