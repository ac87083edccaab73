"""The page in a real browser, from disk: nothing complains, nothing sticks out, and it prints."""

import re
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from coreline.programme.spec import LANGUAGES, Language
from coreline.report.html import render
from report_records import CATALOGUE, PLANK, RAISES, WORDS, a_roll, an_analysis, recorded

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
    "--enable-logging=stderr",
    "--virtual-time-budget=2000",
)
TIMEOUT_S = 120
SMALL_PHONE_PX, PHONE_PX, LAPTOP_PX = 320, 390, 1280
# A window is never as narrow as a phone, a frame is; and only the frame's parent may run a script.
MEASURE = """<!DOCTYPE html><html><body style="margin:0">
<iframe id="page" src="{page}" style="border:0;width:{width}px;height:4000px"></iframe>
<script>
addEventListener("load", () => {{
  const page = document.getElementById("page").contentDocument;
  const out = [...page.querySelectorAll("body *")].filter(each =>
    !each.closest("svg") && each.getBoundingClientRect().right > {width} + 0.5);
  const text = [...page.querySelectorAll("svg text")].filter(each => {{
    const box = each.getBoundingClientRect(), own = each.closest("svg").getBoundingClientRect();
    return box.right > own.right + 1 || box.left < own.left - 1 || box.height < 7;
  }});
  document.title = "width " + page.documentElement.scrollWidth + " drawings " +
    page.querySelectorAll("svg").length + " out " + out.map(each => each.tagName).join(",") +
    " text " + text.map(each => each.textContent).join(",") + " end";
}});
</script></body></html>"""


def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("no Chromium to open the report in; mend: apt-get install chromium")
    return found


def browse(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Open something in the browser, with a profile of its own."""
    line = [browser(), *FLAGS, f"--user-data-dir={folder / 'profile'}", *options]
    done = subprocess.run(
        line, check=False, capture_output=True, text=True, errors="replace", timeout=TIMEOUT_S
    )
    assert done.returncode == 0, done.stderr
    return done


def complaints(log: str) -> list[str]:
    """Return what the page, rather than the browser about its surroundings, had to say."""
    return [line for line in log.splitlines() if "CONSOLE" in line]


def a_page(folder: Path, language: Language) -> Path:
    path = folder / "report.html"
    sets = [recorded(RAISES), recorded(PLANK), a_roll(), an_analysis()]
    path.write_text(render(sets, CATALOGUE, WORDS, language), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width_px", [SMALL_PHONE_PX, PHONE_PX, LAPTOP_PX])
def test_nothing_sticks_out_and_nothing_complains(
    width_px: int, language: Language, tmp_path: Path
) -> None:
    page = a_page(tmp_path, language)
    measure = tmp_path / "measure.html"
    measure.write_text(MEASURE.format(page=page.name, width=width_px), encoding="utf-8")
    done = browse(tmp_path, "--allow-file-access-from-files", "--dump-dom", measure.as_uri())
    assert complaints(done.stderr) == []
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title is not None, done.stdout[:500]
    assert title.group(1) == f"width {width_px} drawings 3 out  text  end"


def test_the_page_opens_from_disk_and_is_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    page = a_page(tmp_path, "en")
    options = (f"--window-size={LAPTOP_PX},900", f"--screenshot={picture}")
    done = browse(tmp_path, *options, page.as_uri())
    assert complaints(done.stderr) == []
    content = picture.read_bytes()
    assert struct.unpack(">2I", content[16:24]) == (LAPTOP_PX, 900)
    assert len(content) > 20_000  # an empty page is far smaller


def test_the_console_is_heard(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<script>console.error('oh')</script>", encoding="utf-8")
    assert complaints(browse(tmp_path, "--dump-dom", page.as_uri()).stderr)


def test_it_prints_on_a4(tmp_path: Path) -> None:
    paper = tmp_path / "report.pdf"
    page = a_page(tmp_path, "nl")
    browse(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri())
    content = paper.read_bytes()
    assert content.startswith(b"%PDF")
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert 4 <= len(sizes) <= 8  # a page or two for each of four sets
    for width, height in sizes:
        assert (float(width), float(height)) == pytest.approx((595.0, 842.0), abs=1.0)
