"""The same sessions in every output, number by number: who says what, and whether all agree.

PYTHONPATH=tests python benchmarks/agreement.py [--read en|nl]

Ten sessions are played by a stick figure through the real session, kept by the real journal, and
read from the window's last page, the journal, `coreline history --json`, the report, the sheet for
the physiotherapist, the table (CSV), the JSON and the FHIR. Exit code 1 where two outputs differ.
`--read` prints instead what a report begins with, as far as one reads in twenty seconds, beside
what truly happened.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final

from coreline.data_files import words_with
from coreline.programme.language import LANGUAGES, Language
from coreline.report.html import render_session
from coreline.report.kept import session_report
from same_numbers import Compared, compare
from ten_sessions import ANNA, CATALOGUE, PROGRAMME, STORIES, Kept, kept_sessions

OUTPUTS: Final = ("page", "journal", "history", "report", "weeks", "table", "json", "fhir")
# Silent reading of prose is 240 words a minute on average (Brysbaert 2019, J. Mem. Lang. 109).
WORDS_READ: Final = 80
_PICTURED: Final = re.compile(r"<svg.*?</svg>|<table.*?</table>|<style.*?</style>", re.DOTALL)


def main() -> int:
    """Print a row a number, and say how many differ; or what is read first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--read", choices=LANGUAGES)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, kept_sessions(Path(folder)) as kept:
        if chosen.read:
            print(*_first_words(kept, chosen.read), sep="\n")
            return 0
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


def _first_words(kept: Kept, language: Language) -> Iterator[str]:
    """Yield of each session what happened, and what a reader of its report knows of it first."""
    life = kept.journal.life(ANNA.id)
    happened = {each.name: each.what_happened for each in STORIES}
    for name, (uid, _, _) in kept.sessions.items():
        (session,) = [each for each in kept.journal.sessions(ANNA.id) if each.id == uid]
        report = session_report(session, kept.journal.set_records(uid), life, PROGRAMME)
        source = render_session(report, CATALOGUE, words_with(CATALOGUE), language)
        summary = source.partition('<h2 id="summary"')[2].partition("</section>")[0]
        told = re.sub(
            r"<svg.*?</svg>|<table.*?</table>|<style.*?</style>", "", summary, flags=re.DOTALL
        )
        text = unescape(re.sub(r"<[^>]*>", " ", told.partition("</h2>")[2]))
        yield f"\n{name}: {happened[name]}\n  {' '.join(text.split()[:WORDS_READ])}"


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
