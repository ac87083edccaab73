"""Ten sessions as they are printed: sheets that are used to the last, in letters that are read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browsing import Printer, printing
from coreline.data_files import words_with
from coreline.programme.language import LANGUAGES, Language
from coreline.report.html import render_session
from coreline.report.kept import session_report
from paper import Sheet, sheets
from ten_sessions import ANNA, CATALOGUE, PROGRAMME, Kept, kept_sessions

LEAST_PT, LEAST_FILLED, MOST_SHEETS = 8.0, 1 / 3, 2


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with kept_sessions(tmp_path_factory.mktemp("ten"), failed_start=False) as found:
        yield found


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printer]:
    with printing(tmp_path_factory.mktemp("browser")) as found:
        yield found


def printed(
    printer: Printer, kept: Kept, name: str, language: Language, folder: Path
) -> tuple[Sheet, ...]:
    """Return the sheets that a session's report is printed on."""
    uid, _, _ = kept.sessions[name]
    (session,) = [each for each in kept.journal.sessions(ANNA.id) if each.id == uid]
    life = kept.journal.life(ANNA.id)
    report = session_report(session, kept.journal.set_records(uid), life, PROGRAMME)
    page, paper = folder / "page.html", folder / "page.pdf"
    source = render_session(report, CATALOGUE, words_with(CATALOGUE), language)
    page.write_text(source, encoding="utf-8")
    printer.print(page, paper)
    return sheets(paper)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sheet_is_nearly_empty_the_last_one_neither(
    printer: Printer, kept: Kept, language: Language, tmp_path: Path
) -> None:
    for name in kept.sessions:
        found = printed(printer, kept, name, language, tmp_path)
        assert len(found) <= MOST_SHEETS, name
        for number, sheet in enumerate(found, start=1):
            assert sheet.filled >= LEAST_FILLED, f"{name}, sheet {number}"
            assert min(sheet.sizes_pt) >= LEAST_PT, f"{name}, sheet {number}"
