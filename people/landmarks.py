"""Keep what the pose model sees in the clips of a folder, so that they need not be looked at again.

    python people/landmarks.py FOLDER

Writes <name>.landmarks.npz beside every <name>.mp4 that has none, with Coreline's own pose
estimation; `coreline analyze <name>.landmarks.npz` then judges the clip in a moment.
"""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from arguments import BadUseError, Parser, run

from coreline.errors import CorelineError
from coreline.files.recordings import save_trace
from coreline.training.replay import read

NAME: Final = "landmarks"
ENDING: Final = ".landmarks.npz"


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at the clips of a folder; return the exit code."""
    parser = Parser(prog=NAME, description="Keep the landmarks of the clips of a folder.")
    parser.add_argument("folder", type=Path, help="with <name>.mp4 in it")
    parser.add_argument("--model", choices=("full", "lite", "heavy"), default="full")
    options = parser.parse_args(arguments)
    return run(NAME, partial(_keep_all, options.folder, options.model))


def _keep_all(folder: Path, model: str) -> None:
    clips = sorted(folder.glob("*.mp4"))
    if not clips:
        raise BadUseError(f"no clip (*.mp4) in {folder}; make.py writes some")
    failed = [str(error) for clip in clips if (error := _keep(clip, model)) is not None]
    if failed:
        raise BadUseError("; ".join(failed))


def _keep(clip: Path, model: str) -> CorelineError | None:
    """Write a clip's landmarks if there are none; return what kept them from being found."""
    path = clip.with_name(clip.stem + ENDING)
    if path.exists():
        return None
    try:
        recording = read(clip, model=model)
        source = recording.source
        size_px = (source.width, source.height)
        save_trace(path, recording.frames, size_px=size_px, fps=source.fps)
    except CorelineError as error:
        return error
    print(f"{path.name}: seen {source.found_share:.0%} of the time", flush=True)
    return None


if __name__ == "__main__":
    sys.exit(main())
