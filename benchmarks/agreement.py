"""The same sessions in every output, number by number: who says what, and whether all agree.

python benchmarks/agreement.py

Ten sessions are played by a stick figure through the real session, kept by the real journal, and
read from the window's last page, the journal, `coreline history --json`, the report, the sheet for
the physiotherapist, the table (CSV), the JSON and the FHIR. Exit code 1 where two outputs differ.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final

from same_numbers import Compared, compare
from ten_sessions import STORIES, kept_sessions

OUTPUTS: Final = ("page", "journal", "history", "report", "weeks", "table", "json", "fhir")


def main() -> int:
    """Print a row a number, and say how many differ."""
    with tempfile.TemporaryDirectory() as folder, kept_sessions(Path(folder)) as kept:
        rows = list(compare(kept))
    told = {each.name: each.what_happened for each in STORIES}
    session = ""
    print(f"{'':44}", *(f"{each:>9}" for each in OUTPUTS))
    for row in rows:
        if row.session != session:
            session = row.session
            print(f"\n{session}: {told[session]}")
        print(f"{row.what:44}", *(f"{_shown(row, each):>9}" for each in OUTPUTS), _verdict(row))
    wrong = sum(not each.agrees for each in rows)
    print(f"\n{len(rows)} numbers, {wrong} of which differ between outputs")
    return 1 if wrong else 0


def _shown(row: Compared, output: str) -> str:
    if output not in row.said:
        return ""
    value = row.said[output]
    if value is None:
        return "none"
    return value if isinstance(value, str) else f"{value:g}"[:8]


def _verdict(row: Compared) -> str:
    return "" if row.agrees else "  <-- differ"


if __name__ == "__main__":
    sys.exit(main())
