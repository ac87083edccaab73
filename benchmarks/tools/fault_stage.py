"""What a session needs around it to be failed: a display, a camera, a folder, and the program."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from coreline.journal.database import open_journal
from coreline.judging.events import RepetitionEnded
from coreline.programme.life import Profile
from tools.looping_person import RAISES, LoopingPerson

TOOLS: Final = Path(__file__).parent
SERVER: Final = TOOLS / "faulty_server.py"
PROGRAM: Final = TOOLS / "fault_program.py"
LIMIT_S: Final = 60.0  # only ends what would wait for ever
LOOK_S: Final = 0.02
PERSON: Final = Profile("p", "Somebody", "en", date(2026, 1, 1), height_m=1.75)
SETTINGS: Final = 'guide = "never"\nlanguage = "en"\n'
ENDLESS: Final = 100_000  # repetitions that nobody gets done
Line = dict[str, Any]


class Server:
    """A picture stream in a process of its own, which can be told to fail, stopped and killed."""

    def __init__(
        self, person: LoopingPerson | None, clip: Path | None = None, beside: Path | None = None
    ) -> None:
        """Start it on a free port; the person, or the clip, begins now."""
        self.person, self.epoch_s, self.port = person, time.monotonic(), 0
        numbers = person.numbers if person else 1 << 16
        self._options = ["--epoch", str(self.epoch_s), "--numbers", str(numbers)]
        self._options += ["--clip", str(clip)] if clip else []
        self._options += ["--beside", str(beside)] if beside else []
        self._start()

    @property
    def address(self) -> str:
        """Where the stream is."""
        return f"http://127.0.0.1:{self.port}/video"

    def fail(self, fault: str) -> None:
        """Kill it, or tell it how to fail."""
        if fault == "kill":
            self.close()
        else:
            self._say(fault)

    def repair(self) -> None:
        """Start it again, or tell it that all is well."""
        if self._process.poll() is None:
            self._say("good")
        else:
            self._start()

    def signal(self, number: int) -> None:
        """Send its process a signal."""
        self._process.send_signal(number)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _start(self) -> None:
        command = [sys.executable, str(SERVER), str(self.port), *self._options]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def _say(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()


@contextmanager
def display(*options: str) -> Iterator[str]:
    """Yield the name of a display of its own, which nobody sees.

    Args:
        options: More of its own, such as a folder in which it keeps what it shows.
    """
    hear, say = os.pipe()
    command = ["Xvfb", "-displayfd", str(say), "-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    command += options
    process = subprocess.Popen(command, pass_fds=[say], stderr=subprocess.DEVNULL)
    os.close(say)
    try:
        with os.fdopen(hear) as pipe:
            yield f":{int(pipe.readline())}"
    finally:
        process.terminate()
        process.wait()


@dataclass
class Program:
    """A running `coreline`, watched."""

    process: "subprocess.Popen[str]"
    log: Path
    begun_s: float
    _lines: list[Line] = field(default_factory=list)
    _read: int = 0

    @property
    def lines(self) -> list[Line]:
        """Return what has happened so far."""
        if self.log.exists():
            with self.log.open("rb") as file:
                file.seek(self._read)
                whole, _, _ = file.read().rpartition(b"\n")
            if whole:
                self._read += len(whole) + 1
                self._lines += [json.loads(line) for line in whole.split(b"\n")]
        return self._lines

    def wait_for(self, wanted: Callable[[Line], bool], limit_s: float = LIMIT_S) -> Line | None:
        """Return the first line, from now on or before, that is wanted; None without one in time.

        A program that has ended says nothing more.
        """
        end_s, looked = time.monotonic() + limit_s, 0
        while True:
            ended = self.process.poll() is not None
            lines = self.lines
            for line in lines[looked:]:
                if wanted(line):
                    return line
            looked = len(lines)
            if ended or time.monotonic() > end_s:
                return None
            time.sleep(LOOK_S)

    def since(self, at_s: float, what: str) -> list[Line]:
        """Return what happened of one kind since a moment."""
        return [line for line in self.lines if line["what"] == what and line["at_s"] >= at_s]

    def tell(self, word: str) -> None:
        """Say something on its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def signal_all(self, number: int) -> None:
        """Send a signal to it and to every process it started."""
        os.killpg(self.process.pid, number)

    def end(self, number: int = signal.SIGINT, limit_s: float = LIMIT_S) -> tuple[int, str, str]:
        """End it, as Ctrl-C does, and return its exit code and what it printed."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.wait(limit_s)

    def wait(self, limit_s: float = LIMIT_S) -> tuple[int, str, str]:
        """Wait for its end and return its exit code and what it printed."""
        try:
            out, err = self.process.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired:
            self.signal_all(signal.SIGKILL)
            out, err = self.process.communicate()
            err += "\n(it did not end, and was killed)"
        return self.process.returncode, out, err


@dataclass(frozen=True)
class Stage:
    """Folder and environment of the programs; without somebody in the journal, nothing is kept."""

    folder: Path
    screen: str
    kept: bool = True

    def __post_init__(self) -> None:
        """Make a home for the program: settings, and a journal with somebody in it."""
        for name in ("config", "data"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "config" / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        if self.kept and not self.database.exists():
            with open_journal(self.database, today=date(2026, 1, 1)) as journal:
                journal.save_profile(PERSON)
                journal.use_profile(PERSON.id)

    @property
    def database(self) -> Path:
        """Where the journal is."""
        return self.folder / "data" / "coreline.sqlite3"

    def kept_repetitions(self) -> int:
        """Return how many counted repetitions the journal holds, each of which must be there once.

        Raises:
            CorelineError: The journal cannot be read.
        """
        with open_journal(self.database, today=date(2026, 1, 1)) as journal:
            kept = [
                (session.id, place, fact.t_s)
                for session in journal.sessions(PERSON.id)
                for place, record in enumerate(journal.set_records(session.id))
                for fact in record.facts
                if isinstance(fact, RepetitionEnded) and fact.repetition.counted
            ]
        return len(set(kept)) if len(set(kept)) == len(kept) else -len(kept)

    def environment(self) -> dict[str, str]:
        """Return the environment of the program."""
        return {
            **os.environ,
            "CORELINE_CONFIG_DIR": str(self.folder / "config"),
            "CORELINE_DATA_DIR": str(self.folder / "data"),
            "DISPLAY": self.screen,
            "SDL_VIDEODRIVER": "x11",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": os.pathsep.join([str(TOOLS.parent), os.environ.get("PYTHONPATH", "")]),
            "SDL_AUDIODRIVER": "disk",
            "SDL_DISKAUDIOFILE": str(self.folder / "heard.pcm"),
        }

    def start(
        self,
        *arguments: str,
        person: LoopingPerson | None = None,
        log: str = "log",
        under: Sequence[str] = (),
        dose: int | None = None,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> Program:
        """Start `coreline` with these arguments, in a process group of its own.

        Args:
            arguments: As one types them.
            person: Who is in the pictures, and known by their numbers; the model looks when None.
            log: Name of the file that tells what happens.
            under: What runs it, such as `strace`.
            dose: Of the sets, which then follow each other without end.
            options: Further ones of `fault_program.py`.
            environment: What else is in it.
        """
        path = self.folder / log
        path.unlink(missing_ok=True)
        own = [str(path), *(["--person", person.exercise_id] if person else [])]
        own += [*(["--dose", str(dose)] if dose else []), *options]
        command = [*under, sys.executable, str(PROGRAM), *own, "--", *arguments]
        process = subprocess.Popen(
            command,
            env={**self.environment(), **(environment or {})},
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        return Program(process, path, time.monotonic())

    def train(
        self,
        where: str,
        *arguments: str,
        dose: int = ENDLESS,
        exercise_id: str = RAISES,
        **more: Any,
    ) -> Program:
        """Start a session without end before a camera; `more` goes to `start`."""
        person = more.get("person")
        exercise_id = person.exercise_id if person else exercise_id
        side = ("--side", "right") if exercise_id == RAISES else ()
        what = ("train", "--source", where, "-e", exercise_id, *side, *arguments)
        return self.start(*what, dose=dose, **more)
