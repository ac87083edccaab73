"""The rows of the fault table that a session begins with, or that need the pose model: 1, 15 to 17.

What happens in a session is watched as in the other rows; what is refused at the start is held to
one line that says what is wrong and what to do, exit code 2, and the time it took.
"""

import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from coreline.camera.playback import sample_path
from coreline.files.resources import resource_dir
from tools.fault_accounts import (
    Fault,
    Span,
    Sums,
    account_raises,
    account_ticks,
    counted_in,
)
from tools.fault_stage import Program, Server, Stage
from tools.made_up_webcam import BUSY, OPENER, MadeUpWebcam

CLIP_FPS: Final = 15.0
CLIP_FRAMES: Final = 512
CLIP_S: Final = CLIP_FRAMES / CLIP_FPS
COMPANY_S: Final = (5.0, 10.0)
ENDS_S: Final = 30.0
TOLD_S: Final = 3.0  # from the loaded program to its line
TWO: Final = 2  # the exit code of what the user can put right
OTHER: Final = Path(__file__).parents[2] / "tests" / "recordings" / "adv-log-roll.mp4"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is tried, and words that must be in the line that refuses it."""

    arguments: Sequence[str]
    says: Sequence[str]
    options: Sequence[str] = ()


def _refused(sums: Sums, stage: Stage, tried: Refusal) -> None:
    """Try something that must be refused."""
    sums.trials += 1
    program = stage.start(*tried.arguments, options=tried.options)
    code, _, err = program.wait(ENDS_S)
    begun_s = next((each["at_s"] for each in program.lines if each["what"] == "begins"), 0.0)
    took_s = time.monotonic() - begun_s
    sums.notice_s.append(took_s)
    lines = [line for line in err.splitlines() if line.strip()]
    sums.blame(code != TWO or len(lines) != 1, f"exit {code}, {len(lines)} lines: {err[-200:]!r}")
    missing = [word for word in tried.says if word not in err]
    sums.blame(bool(missing), f"does not say {missing}: {err[-200:]!r}")
    sums.blame(took_s > TOLD_S, f"took {took_s:.1f} s")


def camera_absent(folder: Path, screen: str, trials: int, _random: Random) -> Sums:
    """Begin at cameras that are absent, refuse, say nothing, ask for a password, or are busy."""
    sums, stage = Sums(), Stage(folder, screen)
    webcam = MadeUpWebcam(folder, 1)
    webcam.fail(BUSY)
    with _answering(None) as silent, _answering(UNAUTHORIZED) as secret:
        closed = _free_port()
        video = "use a video"
        tried = [
            Refusal(("train", "--source", "7"), ("camera 7", video)),
            Refusal(("train", "--source", f"http://127.0.0.1:{closed}/"), ("refused", video)),
            Refusal(("train", "--source", f"http://127.0.0.1:{silent}/"), ("no answer", video)),
            Refusal(("train", "--source", f"http://127.0.0.1:{secret}/"), (video,)),
            Refusal(("train", "--source", webcam.address), ("busy", video), ("--opener", OPENER)),
        ]
        for _ in range(trials):
            for each in tried:
                _refused(sums, stage, each)
    return sums


UNAUTHORIZED: Final = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def _answering(answer: bytes | None) -> Iterator[int]:
    """Yield the port of what answers so to everything, or not at all."""
    code = (
        "import socket, sys\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "print(server.getsockname()[1], flush=True)\n"
        "kept = []\n"
        "while True:\n"
        "    link, _ = server.accept()\n"
        "    kept.append(link)\n"
        "    answer = bytes.fromhex(sys.argv[1])\n"
        "    if answer:\n"
        "        link.recv(65536)\n"
        "        link.sendall(answer)\n"
        "        link.close()\n"
    )
    command = [sys.executable, "-c", code, (answer or b"").hex()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.kill()


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def damaged_files(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Begin with a damaged journal, a mistake in the settings, and half a video."""
    whole = Sums()
    for number in range(trials):
        _damaged_settings(whole, Stage(folder / f"{number}a", screen))
        _damaged_journal(whole, Stage(folder / f"{number}b", screen), random)
        _damaged_video(whole, Stage(folder / f"{number}c", screen), random)
    return whole


def _damaged_settings(sums: Sums, stage: Stage) -> None:
    settings = stage.folder / "config" / "settings.toml"
    settings.write_text('language = "en"\nguide = "sometimes"\n', encoding="utf-8")
    _refused(sums, stage, Refusal(("train", "--source", "sample"), ("settings.toml", "guide")))


def _damaged_journal(sums: Sums, stage: Stage, random: Random) -> None:
    """Write rubbish into the journal; what is there next must be sound, and said to be."""
    sums.trials += 1
    data = bytearray(stage.database.read_bytes())
    at = random.randrange(4096, len(data) - 4096)
    data[at : at + 4096] = random.randbytes(4096)
    data[:100] = random.randbytes(100)
    stage.database.write_bytes(data)
    program = stage.start("today")
    _, out, err = program.wait(ENDS_S)
    said = f"{out}{err}"
    sums.blame("Traceback" in said, f"a traceback: {said[-200:]!r}")
    sums.blame("damaged" not in said, f"does not say that it was damaged: {said[-200:]!r}")
    kept = [place for place in stage.database.parent.iterdir() if "damaged" in place.name]
    sums.blame(not kept, "the damaged journal is not set aside")
    with closing(sqlite3.connect(stage.database)) as connection:
        (found,) = connection.execute("PRAGMA quick_check").fetchone()
    sums.blame(found != "ok", f"the journal is not sound afterwards: {found}")


def _damaged_video(sums: Sums, stage: Stage, random: Random) -> None:
    """Cut a video off; how much of it was read must be said."""
    sums.trials += 1
    whole = sample_path().read_bytes()
    half = stage.folder / "half.mp4"
    half.write_bytes(whole[: random.randrange(len(whole) // 4, len(whole) * 3 // 4)])
    program = stage.start("analyze", str(half), "-e", "w56-belly-bridge")
    code, out, err = program.wait(4.0 * ENDS_S)
    said = f"{out}{err}"
    sums.blame("Traceback" in said, f"a traceback: {said[-200:]!r}")
    sums.blame(code != TWO and "of" not in said, f"exit {code}, {said[-200:]!r}")


def altered_model(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Begin with a pose model in which one byte is another, with half of one, and without one."""
    sums, stage, models = Sums(), Stage(folder, screen), folder / "models"
    shutil.copytree(resource_dir("models"), models)
    model, server = models / "pose_landmarker_full.task", Server(None, sample_path())
    whole = model.read_bytes()
    tried = ("train", "--source", server.address)
    options = ("--models", str(models))
    try:
        for _ in range(trials):
            altered = bytearray(whole)
            altered[random.randrange(len(whole))] ^= 1 << random.randrange(8)
            model.write_bytes(altered)
            _refused(sums, stage, Refusal(tried, ("altered", "sha256", "install"), options))
            model.write_bytes(whole[: len(whole) // 2])
            _refused(sums, stage, Refusal(tried, ("altered", "install"), options))
            model.unlink()
            _refused(sums, stage, Refusal(tried, ("missing", "install"), options))
    finally:
        server.close()
    return sums


def second_person(folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Let somebody who rolls over and over come in beside the one who trains, and leave again.

    The pose model sees the pixels of both. What counts without company, in the second turn of the
    clip, is taken for the truth of the turns that follow.
    """
    sums, stage = Sums(), Stage(folder, screen)
    server = Server(None, sample_path(), OTHER)
    program, faults = stage.train(server.address), []
    try:
        program.wait_for(lambda each: counted_in([each]) > 0, 3.0 * CLIP_S)
        first = _turn_after(server, time.monotonic())
        time.sleep(max(first + CLIP_S - time.monotonic(), 0.0))
        for _ in range(trials):
            turn_s = time.monotonic()
            time.sleep(random.uniform(2.0, CLIP_S - COMPANY_S[1] - 2.0))
            begun_s = time.monotonic()
            server.fail("company")
            time.sleep(random.uniform(*COMPANY_S))
            server.repair()
            faults.append(Fault(begun_s, time.monotonic(), pauses=False))
            time.sleep(max(turn_s + CLIP_S - time.monotonic(), 0.0))
        ends_s = time.monotonic()
        program.end()
    finally:
        program.end()
        server.close()
    _account_company(sums, program, first, ends_s, faults)
    return sums


def _turn_after(server: Server, at_s: float) -> float:
    """Return when the clip begins anew."""
    turns = int((at_s - server.epoch_s) / CLIP_S) + 1
    return server.epoch_s + turns * CLIP_S


def _account_company(
    sums: Sums, program: Program, first_s: float, ends_s: float, faults: Sequence[Fault]
) -> None:
    lines = program.lines
    behind_s = min((each["behind_s"] for each in lines if each["what"] == "clock"), default=0.0)
    spans = [
        (each["span"][0] + behind_s, each["span"][1] + behind_s)
        for each in lines
        if each["what"] == "repetition" and each["counted"]
    ]
    usual = [span for span in spans if first_s <= span[0] and span[1] < first_s + CLIP_S]
    later = [
        each
        for each in lines
        if each["what"] != "repetition" or each["span"][0] + behind_s > first_s + CLIP_S
    ]
    sums.trials = len(faults)
    sums.blame(not usual, "nothing counts without company")
    account_raises(sums, later, _repeated(usual, len(faults), ends_s), faults)
    account_ticks(sums, lines)


def _repeated(usual: Sequence[Span], turns: int, ends_s: float) -> Iterator[Span]:
    for turn in range(1, turns + 1):
        for start_s, end_s in usual:
            if end_s + turn * CLIP_S < ends_s - 0.5:
                yield start_s + turn * CLIP_S, end_s + turn * CLIP_S
