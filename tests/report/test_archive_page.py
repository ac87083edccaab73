"""The page over many reports: its order, its one script, and that in a real browser it sorts."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from archive_results import page, result, some
from browsing import answer, browse, complaints
from coreline.programme.language import LANGUAGES, Language
from coreline.report.archive_page import ClipResult, render_archive, worst_first
from coreline.report.archive_rows import COLUMNS, attempts_in, row_of
from coreline.report.model import as_json
from coreline.report.wording import Wording
from report_records import (
    CATALOGUE,
    PLANK,
    RAISES,
    WORDS,
    a_hold,
    a_repetition,
    a_roll,
    an_analysis,
    recorded,
)

# Every heading is pressed twice; only the frame's parent may run a script of its own.
PRESS = """<!DOCTYPE html><html><body><script>
const frame = document.createElement("iframe");
frame.src = "page.html";
frame.onload = () => {
  const page = frame.contentDocument, found = {};
  const column = (place, what) => [...page.querySelectorAll("tbody tr")].map(row =>
    what(row.cells[place]));
  const by = cell => cell.dataset.by;
  found.before = {names: column(0, by)};
  [...page.querySelectorAll("thead button")].forEach((button, place) => {
    for (const way of ["first", "second"]) {
      button.click();
      const sorted = [...page.querySelectorAll("[aria-sort]")].map(each =>
        [each.cellIndex, each.getAttribute("aria-sort")]);
      const shown = column(place, cell => cell.textContent);
      found[`${place} ${way}`] = {by: column(place, by), names: column(0, by), shown, sorted};
    }
  });
  document.title = JSON.stringify(found);
};
document.body.append(frame);
</script></body></html>"""


def test_the_worst_comes_first() -> None:
    good = result("good", an_analysis(PLANK, holds=(a_hold(),), line_score=90.0))
    poor = result("poor", an_analysis(PLANK, holds=(a_hold(score=40.0),), line_score=40.0))
    unscored = result("unscored", an_analysis(PLANK, holds=(a_hold(score=None),)))
    nothing = result("nothing", an_analysis(RAISES))
    missed = ClipResult("missed", error="no")
    names = [each.name for each in worst_first([good, unscored, missed, poor, nothing])]
    assert names == ["missed", "nothing", "unscored", "poor", "good"]


def test_what_mostly_does_not_count_comes_before_a_poorer_score() -> None:
    def tried(name: str, refused: int, line_score: float) -> ClipResult:
        reasons = [("too_short",) if number <= refused else () for number in range(1, 5)]
        repetitions = [a_repetition(n, *why) for n, why in enumerate(reasons, 1)]
        return result(name, an_analysis(RAISES, repetitions=repetitions, line_score=line_score))

    none, all_four = tried("none", 0, 40.0), tried("all four", 4, 99.0)
    one, same, three = tried("one", 1, 80.0), tried("one, poorer", 1, 70.0), tried("three", 3, 99.0)
    names = [each.name for each in worst_first([none, one, three, same, all_four])]
    assert names == ["all four", "three", "one, poorer", "one", "none"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fetches_nothing_and_runs_one_script(language: Language) -> None:
    source = page(language)
    (script,) = re.findall(r"<script>(.*?)</script>", source, re.DOTALL)
    total = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{total}'" in source
    assert "default-src 'none'" in source
    assert not re.search(r"(?i)https?:|//|@import|<link|<iframe|<b>broken", source)
    assert "&lt;b&gt;broken&lt;/b&gt;" in source
    assert f'<html lang="{language}">' in source
    assert source == page(language)


def test_a_report_is_linked_to_by_a_name_that_needs_no_guessing() -> None:
    assert 'href="reports/zaterdag/Zo%C3%AB%201.mp4-1.html"' in page()


def test_what_is_empty_is_empty_so_that_a_narrow_page_leaves_it_out() -> None:
    source = page()
    cells = re.findall(r'<td data-by="[^"]*" data-label="[^"]*">([^<]*)(?=<)', source)
    assert len(cells) == 5 * len(some())
    assert "" in cells
    assert not [cell for cell in cells if cell and not cell.strip()]


def test_no_clip_is_said() -> None:
    source = render_archive([], WORDS, "en")
    assert "There is no clip in this run." in source
    assert "<table" not in source


def test_every_heading_sorts_and_pressed_again_the_other_way(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(), encoding="utf-8")
    press = tmp_path / "press.html"
    press.write_text(PRESS, encoding="utf-8")
    options = ("--allow-file-access-from-files", "--virtual-time-budget=20000", "--dump-dom")
    done = browse(tmp_path, *options, press.as_uri())
    assert complaints(done.stderr) == []
    found = json.loads(json.dumps(answer(done)))
    before = found["before"]["names"]
    assert before == [each.name for each in worst_first(some())]
    assert before[2:4] == ["nothing.mp4", "refused.mp4"]
    for place in range(6):
        up, down = found[f"{place} first"], found[f"{place} second"]
        assert up["sorted"] == [[place, "ascending"]]
        assert down["sorted"] == [[place, "descending"]]
        assert sorted(up["names"]) == sorted(found["before"]["names"])
        assert down["by"] == up["by"][::-1]
    assert found["1 first"]["by"][2:] == sorted(found["1 first"]["by"][2:])
    seen = [text for text in found["5 first"]["shown"] if "%" in text]
    assert seen == sorted(seen, key=lambda text: float(text.partition("\u00a0")[0]))
    scores = [float(each) for each in found["3 first"]["by"]]
    assert scores == sorted(scores)
    assert scores[0] == -2.0  # not judged is the lowest of all


def test_attempts_are_rows_in_the_order_in_which_they_began() -> None:
    known = {"clip": "a.mp4", "person": "Anna", "height_m": 1.7}
    for analysis in (recorded(PLANK), recorded(RAISES), a_roll()):
        document = json.loads(json.dumps(as_json(analysis)))
        rows = list(attempts_in(document, known))
        kinds = ("holds", "repetitions", "rotations")
        assert len(rows) == sum(len(document[kind]) for kind in kinds) > 0
        assert all(tuple(row) == tuple(COLUMNS) for row in rows)
        assert all(row["clip"] == "a.mp4" and row["height_m"] == 1.7 for row in rows)
        starts = [row["start_s"] for row in rows]
        assert starts == sorted(starts)
        for row in rows:
            given = {name: row[name] for name, kind in COLUMNS.items() if kind is not float}
            assert all(
                value is None or type(value) is COLUMNS[name] for name, value in given.items()
            )


def test_a_hold_s_row_has_what_its_facts_say() -> None:
    (row,) = attempts_in(as_json(an_analysis(PLANK, holds=(a_hold(2.0, 12.0),))), {})
    assert (row["attempt"], row["hold_s"], row["in_line_s"]) == ("hold", 10.0, 8.0)
    assert (row["counted"], row["bend_mean_deg"], row["seen_share"]) == (True, 2.0, 0.95)


@pytest.mark.parametrize("language", LANGUAGES)
def test_exercises_that_are_called_alike_are_told_apart(language: Language) -> None:
    w, analysis = Wording(WORDS, language), recorded(PLANK)
    rows = [row_of(analysis, each, CATALOGUE, w) for each in CATALOGUE]
    assert len({row["exercise"] for row in rows}) == len(rows)
