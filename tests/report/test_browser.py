"""The pages in a real browser, from disk: nothing complains, nothing sticks out, and they print."""

import json
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest

import archive_results
from browsing import Printer, answer, browse, complaints, printing
from coreline.data_files import load_programme
from coreline.judging.moments import InPicture
from coreline.programme.done import HoldSeconds
from coreline.programme.language import LANGUAGES, Language
from coreline.programme.life import Life
from coreline.programme.tiring import Ends, Measure
from coreline.report.compare import Compared
from coreline.report.compare_page import render_comparison
from coreline.report.form import SetForm
from coreline.report.html import render, render_session
from coreline.report.model import SessionReport
from coreline.report.numbers import Tally
from coreline.report.pictured import Photo, Photos, moments_shown
from coreline.report.weeks import WeeksReport, weeks_report, with_form
from coreline.report.weeks_page import render_weeks
from paper import Sheet, sheets
from report_records import (
    CATALOGUE,
    NAMES,
    PLANK,
    RAISES,
    WORDS,
    a_life,
    a_roll,
    a_session,
    an_analysis,
    changed,
    many_refused,
    recorded,
)

SMALL_PHONE_PX, PHONE_PX, LAPTOP_PX = 320, 390, 1366
WIDTHS_PX = (SMALL_PHONE_PX, PHONE_PX, LAPTOP_PX)
START = date(2026, 11, 2)
LEAST_PT, LEAST_FILLED = 8.0, 1 / 3

# A window is never as narrow as a phone, a frame is; and only the frame's parent may run a script.
# What is folded is opened, and what may be scrolled by itself is left out.
MEASURE = """<!DOCTYPE html><html><body style="margin:0"><script>
const pages = %s, widths = %s;
function measured(page, width) {
  page.querySelectorAll("details").forEach(each => each.open = true);
  const out = [...page.querySelectorAll("body *")].filter(each => !each.closest("svg, .wide, .skip")
    && each.getBoundingClientRect().right > width + 0.5);
  const text = [...page.querySelectorAll("svg:not(.defs) text")].filter(each => {
    const box = each.getBoundingClientRect(), own = each.closest("svg").getBoundingClientRect();
    return box.right > own.right + 1 || box.left < own.left - 1 || box.height < 7;
  });
  const broken = [], nodes = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    if (node.parentElement.closest("svg, .wide, .skip, .unseen-title, thead")) continue;
    for (const word of node.data.matchAll(/[^\\s\\-\u2013\\/]+/g)) {
      const range = page.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = [...range.getClientRects()].map(each => Math.round(each.top));
      if (new Set(tops).size > 1 && word[0].length < 60) broken.push(word[0]);
    }
  }
  return {wide: page.documentElement.scrollWidth,
    out: out.map(each => each.tagName + " " + each.textContent.slice(0, 60)),
    text: text.map(each => each.textContent), broken, drawn: page.querySelectorAll("svg").length,
    asked: page.defaultView.performance.getEntriesByType("resource").map(each => each.name)};
}
const found = {};
for (const name of pages) for (const width of widths) {
  const frame = document.createElement("iframe");
  frame.style.cssText = `border:0;height:4000px;width:${width}px`;
  frame.src = name;
  frame.onload = () => {
    found[`${name} ${width}`] = measured(frame.contentDocument, width);
    document.title = JSON.stringify(found);
    frame.remove();
  };
  document.body.append(frame);
}
</script></body></html>"""

CHECK = """<!DOCTYPE html><html><body><script>
const pages = %s, found = {};
async function check() {
  for (const name of pages) {
    const frame = document.createElement("iframe");
    frame.style.cssText = "border:0;height:2000px;width:1000px";
    frame.src = name;
    await new Promise(done => { frame.onload = done; document.body.append(frame); });
    frame.contentDocument.querySelectorAll("details").forEach(each => each.open = true);
    const result = await frame.contentWindow.axe.run(frame.contentDocument);
    found[name] = {passes: result.passes.length, violations: result.violations.map(each =>
      each.id + ": " + each.nodes.map(node => node.html.slice(0, 120)).join(" | "))};
    document.title = JSON.stringify(found);
    frame.remove();
  }
}
check();
</script></body></html>"""


def comparison(language: Language) -> str:
    """Return two sessions against one another, whose names are long."""
    sets = [changed(recorded(each), side=None) for each in (PLANK, RAISES, "w12-side-bridge")]
    both = [
        Compared(f"{name}, zaterdag 28 november 2026", tuple(some))
        for name, some in ((NAMES[0], [*sets, a_roll()]), (NAMES[9], sets[::-1]))
    ]
    return render_comparison((both[0], both[1]), CATALOGUE, WORDS, language, heading=NAMES[9])


def with_pictures(language: Language) -> str:
    """Return a session whose drawings are pictures, here a single grey pixel each."""
    grey = "data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACwAAAAAAQABAAACAkQBADs="
    report = a_session()
    photos = {
        moment.t_s: Photo(grey, (400, 250), InPicture((400, 250), (200.0, 200.0), 150.0))
        for moment in moments_shown(report.analyses)
    }
    return render_session(report, CATALOGUE, WORDS, language, Photos(photos))


def measured(exercise_id: str) -> tuple[Measure, ...]:
    if CATALOGUE.get(exercise_id).machine == "hold":
        return (Measure.LINE,)
    return (Measure.LINE, Measure.HEIGHT, Measure.UP, Measure.DOWN)


def two_weeks(days: int) -> WeeksReport:
    """Return the last two weeks of so many days, with something of everything."""
    life = a_life(days, START, name=NAMES[0])
    report = weeks_report(load_programme(), CATALOGUE, life, START + timedelta(days=days - 1), 2)
    return with_form(report, forms(life))


def forms(life: Life) -> list[SetForm]:
    """Return the form of everything that was done: faults on every other day, and tiring."""
    return [
        SetForm(
            each.day,
            each.exercise_id,
            each.side,
            each.set_number,
            each.done,
            each.prescribed,
            place=None,
            for_pain=False,
            tally=Tally({"sag": 2, "head": 1} if each.day.day % 2 else {}),
            held=HoldSeconds(),
            bend_deg_s=300.0 if each.side == "left" else -300.0,
            bend_s=30.0,
            within={measure: Ends(1.25, 13.5) for measure in measured(each.exercise_id)},
            means=dict.fromkeys(measured(each.exercise_id), 4.0 * each.set_number),
        )
        for each in life.sets
    ]


@cache
def pages() -> Mapping[str, str]:
    """Return every kind of page by the name of its file, in both languages in turn."""
    weeks = two_weeks(28)
    session: dict[Language, str] = {
        each: render_session(a_session(), CATALOGUE, WORDS, each) for each in LANGUAGES
    }
    return {
        "session-nl.html": session["nl"],
        "session-en.html": session["en"],
        "weeks-nl.html": render_weeks(weeks, CATALOGUE, WORDS, "nl"),
        "weeks-en.html": render_weeks(weeks, CATALOGUE, WORDS, "en"),
        "refused-nl.html": render([many_refused(360)], CATALOGUE, WORDS, "nl"),
        "compare-nl.html": comparison("nl"),
        "compare-en.html": comparison("en"),
        "pictures-nl.html": with_pictures("nl"),
        "empty-en.html": render([], CATALOGUE, WORDS, "en"),
        "archive-nl.html": archive_results.page("nl"),
        "archive-en.html": archive_results.page("en", times=7),
        "names-en.html": render_session(
            replace(a_session(), person=" ".join(NAMES)), CATALOGUE, WORDS, "en"
        ),
    }


def written(folder: Path) -> list[str]:
    for name, source in pages().items():
        (folder / name).write_text(source, encoding="utf-8")
    return list(pages())


def test_nothing_sticks_out_and_nothing_complains(tmp_path: Path) -> None:
    names = written(tmp_path)
    measure = tmp_path / "measure.html"
    measure.write_text(MEASURE % (json.dumps(names), list(WIDTHS_PX)), encoding="utf-8")
    done = browse(
        tmp_path,
        *("--allow-file-access-from-files", "--virtual-time-budget=20000", "--dump-dom"),
        measure.as_uri(),
    )
    assert complaints(done.stderr) == []
    found = answer(done)
    assert len(found) == len(names) * len(WIDTHS_PX)
    for name, each in found.items():
        width = int(name.split()[1])
        assert (each["wide"], each["out"], each["text"]) == (width, [], []), name
        assert each["broken"] == [], name
        assert each["asked"] == [], name
    drawn = {name.split()[0]: each["drawn"] for name, each in found.items()}
    assert drawn.pop("archive-nl.html") == drawn.pop("archive-en.html") == 0  # a table alone
    assert drawn["empty-en.html"] == 1  # the patterns, of which it needs none
    assert all(number for number in drawn.values())


def test_axe_finds_no_violation(tmp_path: Path) -> None:
    axe = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    (tmp_path / "axe.js").write_text(axe, encoding="utf-8")
    chosen = (
        *("session-nl.html", "weeks-en.html", "empty-en.html"),
        *("compare-en.html", "pictures-nl.html", "archive-nl.html"),
    )
    for name in chosen:
        # The page allows no script, so a copy does.
        source = re.sub(r"<meta http-equiv=[^>]*>", '<script src="axe.js"></script>', pages()[name])
        (tmp_path / name).write_text(source, encoding="utf-8")
    check = tmp_path / "check.html"
    check.write_text(CHECK % json.dumps(chosen), encoding="utf-8")
    done = browse(
        tmp_path,
        *("--allow-file-access-from-files", "--virtual-time-budget=600000", "--dump-dom"),
        check.as_uri(),
    )
    found = answer(done)
    assert set(found) == set(chosen)
    for name, each in found.items():
        assert each["violations"] == [], name
        assert isinstance(each["passes"], int)
        assert each["passes"] >= 15


def test_the_page_opens_from_disk_and_is_drawn(tmp_path: Path) -> None:
    written(tmp_path)
    picture = tmp_path / "page.png"
    page = (tmp_path / "session-en.html").as_uri()
    options = (f"--window-size={LAPTOP_PX},900", f"--screenshot={picture}")
    done = browse(tmp_path, *options, page)
    assert complaints(done.stderr) == []
    content = picture.read_bytes()
    assert struct.unpack(">2I", content[16:24]) == (LAPTOP_PX, 900)
    assert len(content) > 20_000  # an empty page is far smaller


def test_the_console_is_heard(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<script>console.error('oh')</script>", encoding="utf-8")
    assert complaints(browse(tmp_path, "--dump-dom", page.as_uri()).stderr)


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printer]:
    with printing(tmp_path_factory.mktemp("browser")) as found:
        yield found


def paper_of(printer: Printer, folder: Path, source: str) -> tuple[Sheet, ...]:
    """Return the sheets that a page is printed on."""
    page, paper = folder / "page.html", folder / "page.pdf"
    page.write_text(source, encoding="utf-8")
    printer.print(page, paper)
    return sheets(paper)


def headings(source: str) -> set[str]:
    found = re.findall(r"<(h[1-5]|caption)[^>]*>(.*?)</\1>", source)
    return {" ".join(unescape(text).split()) for _, text in found}


def assert_reads_on_paper(printed: Sequence[Sheet], source: str) -> None:
    """Assert A4, nothing smaller than 8 points, every sheet used, no heading by itself."""
    for sheet in printed:
        assert (sheet.width_pt, sheet.height_pt) == pytest.approx((595.0, 842.0), abs=1.0)
        assert sheet.sizes_pt
        assert min(sheet.sizes_pt) >= LEAST_PT
        assert sheet.last_line not in headings(source)
    assert all(sheet.filled >= LEAST_FILLED for sheet in printed)


def test_it_prints_on_a4(printer: Printer, tmp_path: Path) -> None:
    sets = [recorded(RAISES), recorded(PLANK), a_roll(), an_analysis("w56-crunch")]
    source = render_session(SessionReport(tuple(sets)), CATALOGUE, WORDS, "nl")
    printed = paper_of(printer, tmp_path, source)
    assert 4 <= len(printed) <= 7  # the summary, and about a page for each of four exercises
    assert_reads_on_paper(printed, source)


def test_a_comparison_of_three_exercises_reads_on_paper(printer: Printer, tmp_path: Path) -> None:
    source = pages()["compare-nl.html"]
    printed = paper_of(printer, tmp_path, source)
    assert len(printed) == 3  # a sheet an exercise
    assert_reads_on_paper(printed, source)


def test_a_whole_session_reads_on_paper(printer: Printer, tmp_path: Path) -> None:
    source = pages()["session-en.html"]
    assert_reads_on_paper(paper_of(printer, tmp_path, source), source)


def test_many_clips_read_on_paper(printer: Printer, tmp_path: Path) -> None:
    source = pages()["archive-en.html"]
    printed = paper_of(printer, tmp_path, source)
    assert len(printed) >= 2
    assert_reads_on_paper(printed, source)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [28, 42])  # of holds, and of repetitions
def test_two_weeks_are_one_sheet(
    printer: Printer, days: int, language: Language, tmp_path: Path
) -> None:
    source = render_weeks(two_weeks(days), CATALOGUE, WORDS, language)
    printed = paper_of(printer, tmp_path, source)
    assert len(printed) == 1
    assert_reads_on_paper(printed, source)
