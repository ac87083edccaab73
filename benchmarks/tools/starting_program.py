"""The program itself; the one thing more is a note of its first page and pose, for `starting.py`.

python benchmarks/tools/starting_program.py NOTES [WORDS ...]

NOTES is a folder that gets a file `page` and a file `pose`, with the clock and the CPU of the
process until then. Nothing is imported here that the program does not import by itself before its
first page: what numpy takes would be told as the program's.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> None:
    """Run the program, and take the notes."""
    note, words = Path(sys.argv[1]), sys.argv[2:]
    from coreline import cli  # noqa: PLC0415 - its import is what is measured too

    def take_note(what: str) -> None:
        if not (note / what).exists():
            line = f"{time.monotonic()} {time.process_time()}\n"
            (note / what).write_text(line, encoding="ascii")

    def with_notes(name: str) -> Any:
        module = imported(name)
        trains = "coreline.training.train" in sys.modules
        if trains:
            _note_poses(take_note)
        _note_pages(take_note, with_poses=not trains)
        return module

    names = vars(cli)
    imported = names["import_module"]
    names["import_module"] = with_notes
    sys.argv[1:] = words
    cli.main()


def _note_pages(take_note: Callable[[str], None], *, with_poses: bool) -> None:
    """Have it noted when a page is drawn; from then on when a pose is found, if that is wanted."""
    import pygame  # noqa: PLC0415 - after the program itself, which imports it in its own way

    flip = pygame.display.flip

    def drawn() -> None:
        flip()
        take_note("page")
        vars(pygame.display)["flip"] = flip
        if with_poses:
            _note_poses(take_note)

    vars(pygame.display)["flip"] = drawn


def _note_poses(take_note: Callable[[str], None]) -> None:
    """Have it noted when a pose is found."""
    from dataclasses import replace  # noqa: PLC0415 - as the next one

    from coreline.training import live, train  # noqa: PLC0415 - the first page comes without them

    def on_pose(_t_s: float, pose: object) -> None:
        if pose is not None:
            take_note("pose")

    run = live.run_live
    vars(train)["run_live"] = lambda source, make, session, outlets, **more: run(
        source, make, session, replace(outlets, on_pose=on_pose), **more
    )


if __name__ == "__main__":
    main()
