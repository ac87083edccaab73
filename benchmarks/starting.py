"""How soon the program is there: from its start to the first window, and to the first pose.

DISPLAY=:1 python benchmarks/starting.py [--rounds 5]

Each round is a process of its own that runs `coreline train --source sample`, with folders of its
own. The window is seen by xdotool, which must be there; a first pose is noted where the session is
stepped with it.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

COMMAND: Final = ("train", "--source", "sample")
NAME: Final = "Coreline"
PATIENCE_S: Final = 60.0
FOLDERS: Final = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _child(options.child)
        return
    if "DISPLAY" not in os.environ or shutil.which("xdotool") is None:
        raise SystemExit("a display (DISPLAY) and xdotool are needed")
    rounds = [_round() for _ in range(options.rounds)]
    for what, values_s in zip(("window", "pose"), zip(*rounds, strict=True), strict=True):
        low, middle, high = np.quantile(values_s, (0.0, 0.5, 1.0))
        print(f"first {what}: {middle:.2f} s ({low:.2f} to {high:.2f}), n {len(values_s)}")
    print(f"load {os.getloadavg()[0]:.1f}")


def _round() -> tuple[float, float]:
    """Start the program once; return when its window and its first pose were there."""
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "pose"
        own = {name: str(Path(folder) / name) for name in FOLDERS}
        begun_s = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, __file__, "--child", str(note)],
            env={**os.environ, **own, "SDL_AUDIODRIVER": "dummy"},
            stdout=subprocess.DEVNULL,
        )
        try:
            window_s = _window_s(process.pid) - begun_s
            return window_s, _noted_s(note) - begun_s
        finally:
            process.terminate()
            process.wait()


def _window_s(pid: int) -> float:
    """Return when the process's window is there."""
    end_s = time.monotonic() + PATIENCE_S
    look = ["xdotool", "search", "--onlyvisible", "--pid", str(pid), "--name", NAME]
    while time.monotonic() < end_s:
        if subprocess.run(look, capture_output=True, check=False).stdout.strip():
            return time.monotonic()
        time.sleep(0.01)
    raise SystemExit("no window came")


def _noted_s(note: Path) -> float:
    end_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < end_s:
        if note.exists() and (text := note.read_text(encoding="ascii")):
            return float(text)
        time.sleep(0.01)
    raise SystemExit("no pose came")


def _child(note: Path) -> None:
    """Run the program itself; the one thing more is a note of the first pose."""
    from coreline import cli  # noqa: PLC0415 - its import is what is measured too
    from coreline.body.pose import Pose  # noqa: PLC0415 - the same
    from coreline.training import live, train  # noqa: PLC0415 - the same

    def on_pose(_t_s: float, pose: Pose | None) -> None:
        if pose is not None and not note.exists():
            note.write_text(str(time.monotonic()), encoding="ascii")

    names, run = vars(train), live.run_live
    names["run_live"] = lambda source, make, session, outlets: run(
        source, make, session, replace(outlets, on_pose=on_pose)
    )
    sys.argv[1:] = COMMAND
    cli.main()


if __name__ == "__main__":
    main()
