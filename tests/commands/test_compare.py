"""`report --compare` and `analyze --compare`, as they are typed."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from command_line import done, refused, typed
from coreline.body.measures import Side
from coreline.errors import BadDataError, BadOutputError, BadSourceError, UnknownSessionError
from coreline.files.folders import DATA_VARIABLE
from coreline.journal.database import open_journal
from journal_values import ANNA, DAY, HOLD, RAISES, ROLL, copy_of, judged, keep_session

TRACES = Path(__file__).parent.parent / "recordings"
LATER = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keep three sessions of Anna: two with the same exercise, and one of both sides."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    sides = [replace(copy_of(judged(RAISES)), side=side) for side in (Side.LEFT, Side.RIGHT)]
    with open_journal(tmp_path / "coreline.sqlite3", today=LATER) as journal:
        journal.save_profile(ANNA)
        journal.use_profile(ANNA.id)
        return [
            keep_session(journal, [copy_of(judged(HOLD)), copy_of(judged(ROLL))]),
            keep_session(journal, [copy_of(judged(HOLD), 1)], day=LATER),
            keep_session(journal, sides, day=date(2026, 11, 5)),
        ]


def page_of(*words: object) -> str:
    found = re.search(r"Rapport: (.*)", done("report", *words))
    assert found is not None
    return Path(found.group(1)).read_text(encoding="utf-8")


@pytest.mark.parametrize("named", ["days", "ids", "words"])
def test_two_sessions_by_whatever_they_are_called(ids: list[str], named: str) -> None:
    names = {
        "days": (DAY.isoformat(), "3 nov"),
        "ids": (ids[0][:8], ids[1][:8]),
        "words": ("01-11-2026", LATER.isoformat()),
    }[named]
    page = page_of("--compare", *names, "--language", "en")
    assert "<h1>Comparison</h1>" in page
    assert "Anna de Vries" in page
    assert "Front plank" in page
    assert "Only in A: Log roll." in page
    assert page.count('class="of-second"') == 2  # best and worst
    assert "no change: measuring alone" in page
    assert not re.search(r"<script|https?://", page)


def test_the_sides_of_a_session_are_a_comparison_too() -> None:
    page = page_of("--compare", "links", "rechts")
    assert re.search(r"<dd>Links</dd>.*<dd>Rechts</dd>", page, re.DOTALL)
    turned = page_of("last", "--compare", "right", "left", "--language", "en")
    assert re.search(r"<dd>Right</dd>.*<dd>Left</dd>", turned, re.DOTALL)


@pytest.mark.parametrize(
    ("words", "kind", "line"),
    [
        (["--compare", "2026-11-01", "2026-11-05"], UnknownSessionError, "no exercise in common"),
        (["--compare", "2026-11-01", "2026-11-02"], UnknownSessionError, "no session of this name"),
        (["--compare", "last", "2026-11-05"], BadDataError, "are the same session"),
        (["last", "--compare", "2026-11-01", "2026-11-03"], BadDataError, "a session too many"),
        (
            ["2026-11-03", "--compare", "left", "right"],
            UnknownSessionError,
            "no exercise in common",
        ),
        (["--weeks", "2", "--compare", "left", "right"], BadDataError, "two reports"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_line(
    words: list[str], kind: type[BadDataError], line: str, tmp_path: Path
) -> None:
    assert line in refused(kind, "report", *words, "--out", tmp_path / "c.html")
    assert not (tmp_path / "c.html").exists()


# Recordings


def trace(name: str) -> Path:
    return TRACES / f"{name}.landmarks.npz"


def test_two_recordings_are_told_one_after_the_other_and_then_compared(tmp_path: Path) -> None:
    page = tmp_path / "both.html"
    words = (trace(HOLD), "-e", HOLD, "--compare", trace(HOLD), "--language", "en")
    said = done("analyze", *words, "--report", page)
    assert said.count("hold at") == 2
    assert re.search(r"Held, a set: A [\d.]+ s, B [\d.]+ s, B . A 0.0 s: no change", said)
    source = page.read_text(encoding="utf-8")
    assert "<h1>Comparison</h1>" in source
    assert "0.0°" in source


@pytest.mark.parametrize("other", ["missing.mp4", "text"])
def test_a_second_recording_that_cannot_be_read_leaves_nothing(tmp_path: Path, other: str) -> None:
    (tmp_path / "text").write_text("no video")
    words = (trace(HOLD), "-e", HOLD, "--compare", tmp_path / other)
    refused(BadSourceError, "analyze", *words, "--report", tmp_path / "both.html")
    assert not (tmp_path / "both.html").exists()


def test_where_the_page_cannot_be_written_that_is_said_before_anything_is_read(
    tmp_path: Path,
) -> None:
    words = (trace(HOLD), "-e", HOLD, "--compare", "none.mp4")
    refused(BadOutputError, "analyze", *words, "--report", tmp_path / "none" / "c.html")


def test_recordings_with_nothing_in_common_are_refused() -> None:
    words = (trace("w56-crunch"), "-e", HOLD, "--compare", trace(HOLD))
    line = refused(UnknownSessionError, "analyze", *words)
    assert "no exercise in common" in line


def test_without_it_nothing_is_different() -> None:
    result = typed("analyze", trace(HOLD), "-e", HOLD)
    assert result.exit_code == 0
    assert "B: " not in result.output
