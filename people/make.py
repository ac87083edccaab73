"""Render clips of people at the exercises, with the exact truth of every frame.

    python people/make.py OUT                                   # a clip of every exercise
    python people/make.py OUT w12-back-bridge --seed 7 --n 3    # seeds 7, 8 and 9 of one
    python people/make.py OUT --seed 1 --ball yes --brief       # the ball where there may be one
    python people/make.py OUT --seed 1 --brief --fps 30         # as many pictures as a webcam gives
    python people/make.py OUT --seed 1 --stills 10              # only contact sheets, to look at

Writes <exercise>--<seed>.mp4 and .json.gz; README.md says what stands in the truth.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

# Read when NumPy is loaded: of matrices this small, threads only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from arguments import Parser, exercises_named, folder, run, whole
from clip import Clip
from films import filmed, stills, write_sheet, write_truth, write_video

NAME: Final = "make"
WISHES: Final = ("any", "yes", "no")
SHEET_PICTURES: Final = 25


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what the command line asks for; return the exit code."""
    return run(NAME, partial(_make, _options(arguments)))


def _make(options: argparse.Namespace) -> None:
    exercises = exercises_named(options.exercises)
    out = folder(options.out)
    sheets = None if options.sheets is None else folder(options.sheets)
    for seed in range(options.seed, options.seed + options.n):
        for exercise in exercises:
            began_s = time.process_time()
            clip = Clip(
                exercise,
                seed,
                ball=options.ball,
                far=options.far,
                brief=options.brief,
                fps=options.fps,
            )
            path = out / f"{exercise}--{seed}"
            if options.stills:
                write_sheet(path.with_suffix(".png"), stills(clip, options.stills))
                said = clip.meta()["body"]
            else:
                said = write_clip(path, clip, sheets)
            print(f"{path.name}: {said}, {time.process_time() - began_s:.0f} CPU s", flush=True)


def write_clip(path: Path, clip: Clip, sheets: Path | None = None) -> str:
    """Write video and truth beside each other, and a contact sheet; return a line about them.

    Args:
        path: Without the endings, which are added.
        clip: What is rendered.
        sheets: Folder of the contact sheet, None for none.
    """
    pictures, frames = filmed(clip)
    video = path.with_suffix(".mp4")
    rate = write_video(video, pictures, clip.fps, noisy=clip.degraded is not None)
    write_truth(path.with_suffix(".json.gz"), clip, frames)
    if sheets is not None:
        every = max(1, len(pictures) // SHEET_PICTURES)
        write_sheet(sheets / f"{path.name}.png", pictures[::every][:SHEET_PICTURES])
    size_kb = video.stat().st_size // 1000
    return f"{len(frames)} frames, {len(frames) / clip.fps:.1f} s, rate {rate}, {size_kb} kB"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser(prog=NAME, description="Render clips of people, with their truth.")
    parser.add_argument("out", type=Path, help="folder to write in")
    parser.add_argument(
        "exercises", nargs="*", default=[], metavar="exercise", help="ids; all by default"
    )
    parser.add_argument("--seed", type=whole(0), default=0, help="the first seed (0)")
    parser.add_argument("--n", type=whole(1), default=1, help="how many seeds (1)")
    ball = "a ball where the exercise allows one (any: drawn)"
    parser.add_argument("--ball", choices=WISHES, default="any", help=ball)
    far = "the working leg away from the camera, where it can be (any: drawn)"
    parser.add_argument("--far", choices=WISHES, default="any", help=far)
    parser.add_argument("--brief", action="store_true", help="shorter clips, at most 15 a second")
    parser.add_argument("--fps", type=whole(1), help="pictures a second, in place of those drawn")
    stills_help = "only so many pictures a clip, as a contact sheet in the folder"
    parser.add_argument("--stills", type=whole(1), help=stills_help)
    parser.add_argument("--sheets", type=Path, help="folder for a contact sheet of every clip")
    return parser.parse_intermixed_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
