"""A real cluster on this computer: a scheduler and workers, each a process that can be killed."""

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from archived import HANGS_S, until


class Cluster:
    """A scheduler at a place that stays the same when it is started again, and its workers."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self._folder, self._environment = folder, environment
        folder.mkdir(exist_ok=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._started = 0
        self.scheduler: subprocess.Popen[bytes]
        self.workers: list[subprocess.Popen[bytes]] = []
        self.start_scheduler()

    def start_scheduler(self) -> None:
        where = ("--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard", "--no-show")
        self.scheduler = self._run("scheduler", where, {})
        until(self._answers)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=1.0):
                return True
        except OSError:
            return False

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker that judges one clip at a time and is not started again by anybody."""
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        place = ("--local-directory", str(self._folder / "work"))
        worker = self._run("worker", (self.address, *options, *place), environment)
        self.workers.append(worker)
        return worker

    def _run(
        self, what: str, words: Sequence[str], environment: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        self._started += 1
        line = [sys.executable, "-m", f"distributed.cli.dask_{what}", *words]
        surroundings = {**os.environ, **self._environment, **environment}
        with (self._folder / f"{self._started}-{what}.log").open("wb") as log:
            return subprocess.Popen(
                line, cwd=self._folder, env=surroundings, stdout=log, stderr=log
            )

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each in (*self.workers, self.scheduler):
            each.kill()
            each.wait(HANGS_S)
