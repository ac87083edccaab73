"""Do the frames show what the truth says? Scripted amounts against the frames' own angles.

    python people/verify.py FOLDER

Prints, for every <name>.json.gz, scripted -> measured of each fault and repetition, degrees; a star
marks a difference of more than 4 degrees. A line of sag or pike is measured where it is worst.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from arguments import BadUseError, Parser, run
from directions import Array

Truth: TypeAlias = dict[str, Any]

NAME: Final = "verify"
CLOSE_DEG: Final = 4.0
LINE_FAULTS: Final = ("sag", "pike", "arch")
# Field of the frames in which a fault shows, its sign, and the value without it; None: in the hold.
SHOWN: Final[dict[str, tuple[str, int, float | None]]] = {
    "knee_bent": ("knee_deg", -1, 180.0),
    "leg_sunk": ("leg_deg", -1, None),
    "hips_down": ("thigh_deg", -1, None),
    "legs_swing": ("thigh_deg", 1, None),
}
# Left out at both ends of a fault, and at the ends of a plateau.
EDGE_S: Final = 0.1
PLATEAU_S: Final = (0.3, 0.2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare all truths of a folder; return the exit code."""
    parser = Parser(prog=NAME, description="Compare the frames of truths with their scripts.")
    parser.add_argument("folder", type=Path, help="with <name>.json.gz in it")
    return run(NAME, partial(_verify, parser.parse_args(arguments).folder))


def _verify(folder: Path) -> None:
    paths = sorted(folder.glob("*.json.gz"))
    if not paths:
        raise BadUseError(f"no truth (*.json.gz) in {folder}; make.py writes some")
    for path in paths:
        with gzip.open(path) as file:
            truth = json.load(file)
        print(f"{path.name.removesuffix('.json.gz')}: {'; '.join(differences(truth))}")


def differences(truth: Truth) -> Iterator[str]:
    """Yield scripted and measured amounts of every fault and repetition."""
    t_s = column(truth, "t_s")
    off_deg = column(truth, "bend_deg") - truth["meta"]["neutral_bend_deg"]
    for fault in truth["expected"].get("faults", []):
        during = (t_s > fault["start_s"] + EDGE_S) & (t_s < fault["end_s"] - EDGE_S)
        if during.any() and fault["kind"] in (*LINE_FAULTS, *SHOWN):
            shown = _shown(truth, fault["kind"], off_deg, during)
            yield f"{fault['kind']} {_compared(fault['amount'], shown)}"
    for number, rep in enumerate(truth["expected"].get("reps", []), 1):
        end_s = rep["top_s"] + rep["plateau_s"]
        during = (t_s > rep["top_s"] + PLATEAU_S[0]) & (t_s < end_s - PLATEAU_S[1])
        if during.any() and "rise_deg" not in rep:
            knee = 180 - float(np.median(column(truth, "knee_deg")[during]))
            line = float(np.abs(off_deg[during]).max())
            knee_said = _compared(rep["knee_flexion_deg"], knee)
            yield f"rep {number} knee {knee_said} line {_compared(rep['line_deg'], line)}"


def _shown(truth: Truth, kind: str, off_deg: Array, during: Any) -> float:
    """Return how large a fault is in the frames during which it lasts, degrees."""
    if kind in LINE_FAULTS:
        return float(off_deg[during][np.argmax(np.abs(off_deg[during]))])
    name, sign, zero = SHOWN[kind]
    values = column(truth, name)
    if zero is None:
        hold = np.array([frame["phase"] == "hold" for frame in truth["frames"]])
        zero = float(np.median(values[hold]))
    return sign * (float(np.median(values[during])) - zero)


def column(truth: Truth, name: str) -> Array:
    """Return a field of all frames, (n,)."""
    return np.array([frame[name] for frame in truth["frames"]], float)


def _compared(scripted: float, measured: float) -> str:
    star = " *" if abs(scripted - measured) > CLOSE_DEG else ""
    return f"{scripted} -> {measured:.1f}{star}"


if __name__ == "__main__":
    sys.exit(main())
