"""The rows of the fault table that happen to a camera in a session: 2 to 10."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final, Protocol

from tools.fault_accounts import (
    Fault,
    Sums,
    account_hold,
    account_pauses,
    account_raises,
    account_ticks,
    counted_in,
)
from tools.fault_stage import Program, Server, Stage
from tools.looping_person import HOLD, RAISES, LoopingPerson, looping_person
from tools.made_up_webcam import GIVES_UP, HANGS, OPENER, MadeUpWebcam

FAULT_S: Final = (1.2, 4.0)
SIZE: Final = "size"  # of the pictures: the person stays in sight
LONG_FAULT_S: Final = (10.0, 14.0)  # too few pictures are told after seconds, and no pause follows
GOOD_S: Final = (0.5, 6.0)  # at a random moment of a raise
HOLD_GOOD_S: Final = (6.0, 9.0)
EDGE_S: Final = 30.0  # around what is accounted for there are raises too
BACK_S: Final = 30.0  # only ends what would wait for ever


class Camera(Protocol):
    """A camera that can be failed."""

    @property
    def address(self) -> str:
        """Where it is."""
        ...

    epoch_s: float

    def fail(self, fault: str) -> None:
        """Begin a fault."""
        ...

    def repair(self) -> None:
        """End it."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


@dataclass(frozen=True, slots=True)
class CameraRow:
    """One fault of a camera.

    Attributes:
        number: In the table of faults.
        name: What it is.
        fault: The word that the camera is told.
        pauses: Whether the session is to pause for it.
        exercise_id: What is done meanwhile.
        is_slow: Whether the person is to be told that there are too few pictures.
    """

    number: str
    name: str
    fault: str
    pauses: bool = True
    exercise_id: str = RAISES
    is_slow: bool = False


ROWS: Final = (
    CameraRow("2, 3", "unplugged and plugged in: the stream closes", "close"),
    CameraRow("2, 3", "unplugged and plugged in: the stream is cut", "reset"),
    CameraRow("2, 3", "unplugged and plugged in: the server is killed", "kill"),
    CameraRow("2, 3", "unplugged and plugged in: a webcam's driver gives up", GIVES_UP),
    CameraRow("4", "stall: no byte comes any more", "stall"),
    CameraRow("4", "stall: a webcam's driver hangs for good", HANGS),
    CameraRow("5", "frozen picture", "frozen"),
    CameraRow("6", "covered", "black"),
    CameraRow("7", "garbage in place of pictures", "garbage"),
    CameraRow("7", "half a picture, said to be whole", "half"),
    CameraRow("7", "half a picture that swallows the next", "swallowed"),
    CameraRow("7", "noise in the middle of pictures", "patched"),
    CameraRow("8", "another size and shape, and back", SIZE),
    CameraRow("8", "another size in a hold", SIZE, exercise_id=HOLD),
    CameraRow("4", "stall in a hold", "stall", exercise_id=HOLD),
    CameraRow("5", "frozen picture in a hold", "frozen", exercise_id=HOLD),
    CameraRow("9", "30 to 8 pictures a second", "few", pauses=False, is_slow=True),
    CameraRow("9", "pictures now and then: 5 to 120 ms apart", "jitter", pauses=False),
)


def run(row: CameraRow, folder: Path, screen: str, trials: int, random: Random) -> Sums:
    """Fail a session's camera again and again, and account for what became of it."""
    person, sums = looping_person(row.exercise_id), Sums()
    stage, made_up = Stage(folder, screen), row.fault in (HANGS, GIVES_UP)
    camera: Camera = MadeUpWebcam(folder, person.numbers) if made_up else Server(person)
    options = ["--opener", OPENER] if made_up else []
    program = stage.train(camera.address, person=person, options=options)
    try:
        begun_s = _until_it_counts(program, row)
        if begun_s is None:
            sums.complaints.append("the session never counted")
            return sums
        faults = [_fail_once(program, camera, row, random) for _ in range(trials)]
        # One more raise after the last fault is to be seen wholly
        time.sleep(2.0 * person.turn_s / max(len(person.raises), 1) if person.raises else 5.0)
        ends_s = time.monotonic()
        _, out, _ = program.end()
    finally:
        program.end()
        camera.close()
    _account(sums, program, (begun_s, ends_s), faults, person, camera.epoch_s)
    _account_places(sums, stage, program, out)
    if row.is_slow:
        told = sum(line["what"] == "slow" and line["on"] for line in program.lines)
        sums.blame(told < trials, f"told {told} times of {trials} that there are too few pictures")
    return sums


def _until_it_counts(program: Program, row: CameraRow) -> float | None:
    """Wait for the first thing that counts, and return when it did."""
    if row.exercise_id == RAISES:
        line = program.wait_for(lambda each: each["what"] == "repetition" and each["counted"])
    else:
        line = program.wait_for(lambda each: each["what"] == "page" and each["clock"])
    return None if line is None else float(line["at_s"])


def _fail_once(program: Program, camera: Camera, row: CameraRow, random: Random) -> Fault:
    """Let the camera work, fail and work again once, until the session has gone on."""
    time.sleep(random.uniform(*(GOOD_S if row.exercise_id == RAISES else HOLD_GOOD_S)))
    begun_s = time.monotonic()
    camera.fail(row.fault)
    time.sleep(random.uniform(*(FAULT_S if row.pauses else LONG_FAULT_S)))
    camera.repair()
    ended_s = time.monotonic()
    program.wait_for(lambda line: _goes_on(line, ended_s), BACK_S)
    hides = row.pauses and row.fault != SIZE
    return Fault(begun_s, ended_s, row.pauses, voids=row.pauses, hides=hides)


def _goes_on(line: dict[str, object], since_s: float) -> bool:
    """Say whether the session is in the exercise again, or never was out of it."""
    is_exercise = line["what"] == "page" and line["stage"] == "exercise"
    return is_exercise and float(str(line["at_s"])) > since_s


def _account(
    sums: Sums,
    program: Program,
    seen: tuple[float, float],
    faults: Sequence[Fault],
    person: LoopingPerson,
    epoch_s: float,
) -> None:
    lines = program.lines
    if person.raises:
        truth = person.raises_between(epoch_s, seen[0], seen[1] - 0.5)
        later = [line for line in lines if line["what"] != "repetition" or _after(line, seen[0])]
        around = person.raises_between(epoch_s, seen[0] - EDGE_S, seen[1] + EDGE_S)
        account_raises(sums, later, truth, faults, around)
    else:
        account_hold(sums, lines, seen, faults)
    account_pauses(sums, lines, faults)
    account_ticks(sums, lines)


def _after(line: dict[str, float], begun_s: float) -> bool:
    return line["at_s"] > begun_s


def _account_places(sums: Sums, stage: Stage, program: Program, out: str) -> None:
    """Compare what was counted with what is in the journal, on the screen and on the terminal."""
    counted = counted_in(program.lines)
    # What Ctrl-C ends is counted, kept and printed; the window is closed by then.
    drawn = counted_in(line for line in program.lines if not line.get("at_end"))
    shown = max((line["count"] for line in program.lines if line["what"] == "page"), default=0)
    told = out.count(": counted")
    kept = stage.kept_repetitions()
    for name, number, due in (
        ("screen", shown, drawn),
        ("terminal", told, counted),
        ("journal", kept, counted),
    ):
        sums.blame(number != due, f"{due} counted, {number} on the {name}")
