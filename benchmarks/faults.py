"""The fault table: what a session that counts makes of everything that can go wrong, in one table.

python benchmarks/faults.py [--only NAME ...] [--trials 5] [--seed 1] [--write]

Each row is `coreline train`, started as one starts it, in a process group of its own, and failed
again and again at random moments. Real are: the command, the camera's process, the watchdog, the
thread of the poses, the session, the journal on a disk, the window (on an X display that nobody
sees), the sound (SDL's disk driver) and what is printed. The camera is a picture stream on this
machine, or a made-up webcam in the camera's own process, with one frame of one rendered person
after another. The poses are known by the number in each picture and not found by the model, so that
what truly happened is known to the tenth of a second; the rows marked "model" have the pose model
on pixels. The clock on the wall is set by libfaketime for the program alone, suspending is SIGSTOP
to all of it, a power cut is what strace sees reach the disk.

A raise that a fault overlaps, or that began less than 3 s after it, may be void, when that is said.
Lost is one that does not count though it was over before, or began later; false is one that counts
and was not done; starved one that was refused because a busy machine let nobody look for a fifth of
a second or more. Goals: lost 0, false 0, of a hold no second; told within 1 s; the window never
still for more than 100 ms, which is held against a quiet machine only: the load is printed. Exit 1
where a goal is missed. `--write` puts the table into docs/reliability.md.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from signal import SIGHUP, SIGINT, SIGTERM
from statistics import median
from typing import Final

from tools import fault_camera_rows as camera
from tools import fault_disk_rows as disk
from tools import fault_machine_rows as machine
from tools import fault_start_rows as start
from tools.fault_accounts import Sums
from tools.fault_stage import display

PAGE: Final = Path(__file__).parents[1] / "docs" / "reliability.md"
BEGINS, ENDS = "<!-- table -->", "<!-- end of the table -->"
NOTICE_S: Final = 1.0
FREEZE_S: Final = 0.1
QUIET_LOAD: Final = 2.5  # of two processors, the benchmark's own work included
Run = Callable[[Path, str, int, Random], Sums]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table.

    Attributes:
        number: In the list of faults; empty for one that is not in it.
        name: What happens.
        run: Fails sessions so often, and accounts for them.
        notices: Whether the time it took to notice is held against the goal.
        needs: A program without which it cannot be tried.
    """

    number: str
    name: str
    run: Run
    notices: bool = True
    needs: str = ""


def rows() -> list[Row]:
    """Return the whole table."""
    return [
        Row("1", "camera absent, refused, silent, secret, busy", start.camera_absent, False),
        *(Row(each.number, each.name, partial(_camera_row, each)) for each in camera.ROWS),
        Row("10", "the system's clock jumps", machine.clock_jumps, False, machine.FAKETIME),
        Row("11", "suspended", machine.suspend),
        Row("11", "suspended in a hold", machine.suspend_in_hold),
        Row("12", "killed", machine.killed),
        Row("13", "power cut: told and not synced", disk.power_cut, False, "strace"),
        Row("14", "disk full for a while", disk.disk_full, False, "mount"),
        Row("14", "disk full for good", disk.disk_stays_full, False, "mount"),
        Row("14", "disk read-only", disk.disk_read_only, False, "mount"),
        Row("15", "damaged journal, settings, video", start.damaged_files, False),
        Row("16", "model altered or missing (model)", start.altered_model, False),
        Row("17", "second person (model)", start.second_person),
        Row("18", "sound device goes", disk.sound_gone),
        Row("18", "no sound device", disk.no_sound),
        Row("", "two instances", disk.two_instances, False),
        Row("", "window closed", machine.window_closed),
        Row("", "display ends", machine.display_gone),
        Row("", "terminal closed (SIGHUP)", machine.ended_by(SIGHUP)),
        Row("", "ended (SIGTERM)", machine.ended_by(SIGTERM)),
        Row("", "Ctrl-C", machine.ended_by(SIGINT)),
    ]


def _camera_row(
    row: camera.CameraRow, folder: Path, screen: str, trials: int, random: Random
) -> Sums:
    return camera.run(row, folder, screen, trials, random)


def missed(row: Row, sums: Sums, load: float) -> list[str]:
    """Return the goals that a row misses."""
    wrong = list(sums.complaints)
    wrong += [f"{sums.lost} lost"] if sums.lost else []
    wrong += [f"{sums.false} false"] if sums.false else []
    wrong += [f"{sums.unsaid} void and not said"] if sums.unsaid else []
    wrong += [f"{sums.lost_s:.1f} s of a hold lost"] if sums.lost_s > 0.0 else []
    wrong += [f"{sums.false_s:.1f} s of a hold too many"] if sums.false_s > 0.0 else []
    late = [each for each in sums.notice_s if each > NOTICE_S] if row.notices else []
    wrong += [f"told after {max(late):.2f} s"] if late else []
    frozen = sums.freeze_s > FREEZE_S and load < QUIET_LOAD
    wrong += [f"the window stood still for {sums.freeze_s * 1000.0:.0f} ms"] if frozen else []
    return wrong


def line_of(row: Row, sums: Sums, load: float) -> str:
    """Return a row of the table."""
    hold = f"{sums.lost_s:.1f} / {sums.false_s:.1f}" if "hold" in row.name else "-"
    cells = [
        row.number,
        row.name,
        f"{sums.trials}",
        f"{sums.raises}",
        f"{sums.lost}",
        f"{sums.false}",
        f"{sums.void} ({sums.unsaid} unsaid)",
        f"{sums.starved}",
        hold,
        _times(sums.notice_s),
        _times(sums.recover_s),
        f"{sums.freeze_s * 1000.0:.0f}" if sums.freeze_s else "-",
        f"{load:.1f}",
        "no" if missed(row, sums, load) else "yes",
    ]
    return f"| {' | '.join(cells)} |"


HEAD: Final = (
    "| # | fault | trials | raises | lost | false | void | starved | hold: s lost / too many "
    "| told, s: median / longest | goes on, s | longest tick, ms | load | as wanted |"
)


def _times(values_s: Sequence[float]) -> str:
    return f"{median(values_s):.2f} / {max(values_s):.2f}" if values_s else "-"


def chosen(names: Sequence[str]) -> list[Row]:
    """Return the rows whose name or number has one of these in it; all where none is given.

    Raises:
        SystemExit: Nothing is called so.
    """
    found = [
        row
        for row in rows()
        if not names or any(name == row.number or name in row.name for name in names)
    ]
    if not found:
        print(f"faults: no row is called {' or '.join(names)}; see --help", file=sys.stderr)
        raise SystemExit(2)
    return found


def write(table: Sequence[str], page: Path = PAGE) -> None:
    """Put the table in the place of the one in the page."""
    text = page.read_text(encoding="utf-8")
    body = "\n".join([BEGINS, *table, ENDS])
    pattern = f"{re.escape(BEGINS)}.*{re.escape(ENDS)}"
    page.write_text(re.sub(pattern, lambda _: body, text, flags=re.DOTALL), encoding="utf-8")


def main() -> int:
    """Print the table; return 1 where a goal is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--trials", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    table, wrong = [HEAD, f"|{'---|' * (HEAD.count('|') - 1)}"], 0
    print("\n".join(table), flush=True)
    with tempfile.TemporaryDirectory() as name, display() as screen:
        for number, row in enumerate(chosen(asked.only)):
            if row.needs and not shutil.which(row.needs) and not Path(row.needs).exists():
                print(f"| {row.number} | {row.name}: not tried, needs {row.needs} |", flush=True)
                continue
            begun_s = time.monotonic()
            sums = row.run(Path(name) / str(number), screen, asked.trials, Random(asked.seed))
            load = os.getloadavg()[0]
            table.append(line_of(row, sums, load))
            print(table[-1], flush=True)
            complaints = missed(row, sums, load)
            wrong += bool(complaints)
            for each in complaints:
                print(f"    {each}", flush=True)
            print(f"    ({time.monotonic() - begun_s:.0f} s)", file=sys.stderr, flush=True)
    print(f"{wrong} rows miss a goal; load {os.getloadavg()[0]:.1f}")
    if asked.write:
        write(table)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
