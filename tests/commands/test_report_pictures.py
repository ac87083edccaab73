"""`report` with pictures out of the kept video: a real journal, real pixels, a real browser."""

import re
import stat
import sys
from base64 import b64decode
from pathlib import Path

import cv2
import numpy as np
import pytest

from browsing import browse
from command_line import done, typed
from coreline.camera.video_moments import moments_file
from coreline.choices.settings import put_setting
from coreline.files.folders import CONFIG_VARIABLE, DATA_VARIABLE
from coreline.journal.database import open_journal
from journal_values import ANNA, DAY, copy_of, keep_session
from kept_videos import SESSION, kept_session

PICTURE = re.compile(r'href="data:image/webp;base64,([^"]+)"')


@pytest.fixture(autouse=True)
def videos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep a session of Anna with its video, and return where her videos are."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "config"))
    kept = kept_session()
    with open_journal(tmp_path / "data" / "coreline.sqlite3", today=DAY) as journal:
        journal.save_profile(ANNA)
        journal.use_profile(ANNA.id)
        session_id = keep_session(journal, [copy_of(kept.analysis.record)])
        folder = journal.folders_of(ANNA.id)[1]
    beside = moments_file(kept.copied_to(folder))
    beside.write_text(beside.read_text().replace(SESSION, session_id))
    return folder


def page_of(*words: object) -> tuple[str, str]:
    """Return the page that `report` writes, and what it says on standard error."""
    result = typed("report", "--language", "en", *words)
    assert result.exit_code == 0, (result.output, result.exception)
    place = re.search(r"Rapport: (.*)", result.stdout)
    assert place is not None
    path = Path(place.group(1))
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path.read_text(encoding="utf-8"), result.stderr


def test_unless_the_person_agreed_there_is_no_picture() -> None:
    page, said = page_of()
    assert not PICTURE.search(page)
    assert 'class="body"' in page
    assert "Drawings in place" not in page
    assert said == ""


@pytest.mark.parametrize("how", ["setting", "option"])
def test_who_agreed_gets_pictures_in_the_one_file(how: str) -> None:
    if how == "setting":
        put_setting("report_pictures", "on")
    page, said = page_of(*(["--pictures"] if how == "option" else []))
    assert len(PICTURE.findall(page)) == 2
    assert 'class="body"' not in page
    assert len(page.encode()) < 1_000_000
    assert "Faces are blurred" not in page
    assert said == ""


@pytest.mark.parametrize(
    ("setting", "option", "pictures", "faceless"),
    [
        ("on", "--no-pictures", 0, False),
        ("on", "--no-faces", 2, True),
        ("no_faces", None, 2, True),
        ("no_faces", "--pictures", 2, True),
        ("off", "--no-faces", 2, True),
    ],
)
def test_an_option_holds_for_one_report(
    setting: str, option: str | None, pictures: int, faceless: bool
) -> None:
    put_setting("report_pictures", setting)
    page, _ = page_of(*filter(None, [option]))
    assert len(PICTURE.findall(page)) == pictures
    assert ("Faces are blurred" in page) is faceless


def test_settings_that_cannot_be_read_agree_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("report_pictures = [")
    page, _ = page_of()
    assert not PICTURE.search(page)


def test_a_missing_video_stops_no_report_and_one_line_says_why(videos: Path) -> None:
    for video in videos.glob("*.mkv"):
        video.unlink()
    page, said = page_of("--pictures")
    why = "Drawings in place of pictures: the video of this session is gone or cannot be read."
    assert page.count(why) == 1
    assert page.count('class="body"') == 2
    # On the terminal in the person's own language.
    (line,) = said.strip().splitlines()
    assert line.startswith("coreline: Tekeningen in plaats van beelden: de video van deze training")


def test_the_setting_can_be_typed_as_it_is_read() -> None:
    done("settings", "set", "report_pictures", "zonder gezichten")
    page, _ = page_of()
    assert "Faces are blurred" in page


def test_in_the_browser_the_picture_is_the_moment(tmp_path: Path) -> None:
    """The page's picture as Chromium shows it, against the frame as the camera gave it."""
    kept = kept_session()
    page, _ = page_of("--pictures")
    style = re.search(r"<style>.*?</style>", page, re.DOTALL)
    sources = re.search(r'<svg class="defs"[^>]*><defs>\s*<image.*?</svg>', page, re.DOTALL)
    assert style is not None
    assert sources is not None
    for kind, moment in zip(("best", "worst"), kept.moments, strict=True):
        figure = re.search(rf'<figure class="{kind} photo">.*?</figure>', page, re.DOTALL)
        assert figure is not None
        alone = tmp_path / "alone.html"
        # What is drawn over it is looked at by itself; here it would be in the way.
        bare = re.sub(
            r"<path[^>]*>|<text.*?</text>|<figcaption.*?</figcaption>", "", figure.group()
        )
        room = "<style>body,figure{margin:0!important;padding:0!important;max-width:none!important}"
        alone.write_text(f"{style.group()}{room}</style>{sources.group()}{bare}", encoding="utf-8")
        shot = tmp_path / f"{kind}.png"
        browse(tmp_path, "--window-size=520,600", f"--screenshot={shot}", alone.as_uri())
        shown = cv2.imread(str(shot))
        assert shown is not None
        found = _found_in(kept.frame_at(moment.t_s), shown, page)
        lying = _found_in(kept.frames[0][1], shown, page)
        assert found > 0.97
        assert found > lying + 0.02


def _found_in(frame: np.ndarray, shown: np.ndarray, page: str) -> float:
    """Return how much of what the browser shows is in a frame, -1 to 1, where it fits best."""
    content = PICTURE.search(page)
    assert content is not None
    image = cv2.imdecode(np.frombuffer(b64decode(content.group(1)), np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    width, height = image.shape[1], image.shape[0]
    inner = shown[12 : 520 * height // width - 12, 12:-12]  # without its round corners
    small = cv2.resize(inner, None, fx=width / 520, fy=width / 520, interpolation=cv2.INTER_AREA)
    return float(cv2.matchTemplate(frame, small, cv2.TM_CCOEFF_NORMED).max())
