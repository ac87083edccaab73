"""Ten sessions: the same numbers in every output, and sheets of paper that are used to the last."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browsing import Printer, printing
from coreline.data_files import words_with
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.marks import Mark, marked_days
from coreline.programme.progress import Filters, history
from coreline.report.html import render_session
from coreline.report.kept import session_report
from paper import Sheet, sheets
from same_numbers import Compared, compare
from ten_sessions import ANNA, CATALOGUE, PROGRAMME, START, STORIES, Kept, day_of, kept_sessions

LEAST_PT, LEAST_FILLED, MOST_SHEETS = 8.0, 1 / 3, 2


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with kept_sessions(tmp_path_factory.mktemp("ten")) as found:
        yield found


@pytest.fixture(scope="module")
def compared(kept: Kept) -> list[Compared]:
    return list(compare(kept))


def test_every_output_has_the_same_numbers(compared: list[Compared]) -> None:
    assert [each for each in compared if not each.agrees] == []


@pytest.mark.parametrize("story", [each.name for each in STORIES])
def test_each_number_is_in_several_outputs(compared: list[Compared], story: str) -> None:
    said = [each.said for each in compared if each.session == story]
    together = set().union(*said)
    assert together == {"page", "journal", "history", "report", "weeks", "table", "json", "fhir"}
    assert sum(len(each) > 1 for each in said) > 0.7 * len(said)


def of(compared: list[Compared], story: str, what: str) -> float | str | None:
    (found,) = [each for each in compared if (each.session, each.what) == (story, what)]
    return next(iter(found.said.values()))


def test_25_short_bridges_are_told_as_what_they_are(compared: list[Compared]) -> None:
    story, key = "wrong exercise", "w12-belly-bridge set 1"
    assert of(compared, story, f"{key} done") == 0.0
    assert of(compared, story, f"{key} let go") == 25.0
    assert of(compared, story, f"{key} score") is None
    assert of(compared, story, f"{key} no score") == "nothing"
    assert of(compared, story, "w12-belly-bridge score") is None


def test_every_day_has_what_became_of_it(kept: Kept) -> None:
    """A failed start is no session: its day is missed, as the one on which nobody came."""
    life = kept.journal.life(ANNA.id)
    last = len(STORIES) + 4
    found = history(PROGRAMME, CATALOGUE, life, day_of(last), Filters(START, day_of(last)))
    marked = marked_days(found, life, PROGRAMME.pain.rules, day_of(last))
    expected = [Mark.PART] * (len(STORIES) - 1) + [Mark.DONE]  # the last did the whole plan
    expected += [Mark.MISSED, Mark.REST, Mark.REST, Mark.MISSED, Mark.OPEN]
    assert [each.mark for each in marked] == expected
    sessions = kept.journal.sessions(ANNA.id)
    assert len(sessions) == len(STORIES)
    assert sessions[-1].id == kept.sessions[STORIES[-1].name][0]


# On paper


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
