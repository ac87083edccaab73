"""How right the judging is about rendered people, whose truth is known.

python benchmarks/accuracy.py [FOLDER ...] [--half known|strangers] [--failures] [--write]

Without a folder: the project's own people, of one half; strangers, whom no number was set on,
unless the other half is asked for. `--failures` lists every clip that is not exact. `--write`
judges both halves and renews what is kept of them (benchmarks/judged), and of the strangers alone
docs/accuracy.md, the figures of the report and those in README. A folder holds clips as
`benchmarks/pack_people.py` takes or makes them.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from tools.aims import outcomes
from tools.judged_people import KEPT, Judged, judged_files, load_kept, save_kept
from tools.page import accuracy_toml, page, readme_with
from tools.people_tables import clip_table, people_tables
from tools.picture_figures import kept_runs
from tools.recorded_people import FOLDER, HALVES, STRANGERS, files_in

from coreline.data_files import load_catalogue
from coreline.errors import CorelineError

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs" / "accuracy.md"
README = PROJECT / "README.md"
REPORT_DATA = PROJECT / "src" / "coreline" / "report" / "accuracy.toml"
PROCESSES = 2
USAGE_ERROR = 2


def kept_file(half: str) -> Path:
    """Return where a half's judged clips are kept."""
    return KEPT / f"{half}.json"


def judged_in(folders: Sequence[Path]) -> list[Judged]:
    """Judge every clip of some folders, side by side where the machine can."""
    files = [path for folder in folders for path in files_in(folder)]
    return judged_files(files, min(PROCESSES, os.cpu_count() or 1))


def order() -> list[str]:
    """Return the ids of the exercises in the programme's order."""
    return [exercise.id for exercise in load_catalogue()]


def drawn() -> dict[Path, str]:
    """Return what is drawn from what is kept, by its place: the page, the report's figures, README.

    Raises:
        BadSourceError: Nothing is kept, or not as it should be.
    """
    kept = load_kept(kept_file(STRANGERS))
    return {
        PAGE: page(kept.clips, order(), kept_runs(), kept.judging),
        REPORT_DATA: accuracy_toml(kept.clips, order()),
        README: readme_with(README.read_text(encoding="utf-8"), kept.clips),
    }


def show(clips: Sequence[Judged], *, failures: bool) -> None:
    """Print the tables and the aims."""
    console = Console(width=None if sys.stdout.isatty() else 200)
    wrong = [each for each in clips if not each.exact]
    listed = [clip_table("Not exact", wrong)] if failures and wrong else []
    for table in (*listed, *people_tables(clips, order()).values()):
        console.print(table.rich())
    console.print(outcomes(clips, order()), markup=False)


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--half", choices=HALVES, default=STRANGERS)
    parser.add_argument("--failures", action="store_true", help="list what is not exact")
    parser.add_argument("--write", action="store_true", help="renew the page and what is kept")
    return parser.parse_args(arguments)


def run(chosen: argparse.Namespace) -> None:
    """Judge, keep and print."""
    if chosen.write:
        for half in HALVES:
            save_kept(kept_file(half), judged_in([FOLDER / half]))
        for place, text in drawn().items():
            place.write_text(text, encoding="utf-8")
    if chosen.folders:
        clips = judged_in(chosen.folders)
    elif chosen.write:
        clips = list(load_kept(kept_file(chosen.half)).clips)
    else:
        clips = judged_in([FOLDER / chosen.half])
    show(clips, failures=chosen.failures)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; a mistake that the user can correct is one line."""
    try:
        run(parsed(arguments))
    except CorelineError as error:
        print(f"accuracy: {error}", file=sys.stderr)
        sys.exit(USAGE_ERROR)


if __name__ == "__main__":
    main()
