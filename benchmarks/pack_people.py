"""Pack clips of rendered people, so that the project can keep them.

python benchmarks/pack_people.py FOLDER ... [--into FOLDER]

A FOLDER has `<exercise>--<seed>.json.gz` (the truth) and `<exercise>--<seed>.landmarks.npz` of each
clip; clips without landmarks are passed over. Odd seeds go to `known`, even ones to `strangers`; a
clip of the same name is replaced. `python benchmarks/accuracy.py --write` then judges them.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.recorded_people import FOLDER, HALVES, files_in, half_of, write_packed

from coreline.errors import CorelineError

USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; a mistake that the user can correct is one line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--into", type=Path, default=FOLDER)
    chosen = parser.parse_args(arguments)
    try:
        files = [path for folder in chosen.folders for path in files_in(folder)]
        sizes = write_packed(files, chosen.into)
    except CorelineError as error:
        print(f"pack_people: {error}", file=sys.stderr)
        sys.exit(USAGE_ERROR)
    for half in HALVES:
        kept = [size for name, size in sizes.items() if half_of(name) == half]
        print(f"{half}: {len(kept)} clips, {sum(kept) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
