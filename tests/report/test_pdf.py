"""PDF: by a browser that is there, with one line where none is, and nothing left behind."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from coreline.errors import BadOutputError, NoPdfError
from coreline.report import pdf
from coreline.report.pdf import find_browser, write_pdf

PAGE = "<!DOCTYPE html><html lang=en><title>é</title><p>Ömer 李小龍</p></html>"
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="the browsers here are scripts")


def a_browser(folder: Path, script: str) -> Path:
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_a_page_becomes_paper(tmp_path: Path) -> None:
    assert find_browser() is not None
    out = tmp_path / "form.pdf"
    write_pdf(PAGE, out)
    assert out.read_bytes().startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == [out]


def test_without_a_browser_there_is_one_line_with_the_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PATH", "PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(pdf, "_MAC", ())
    with pytest.raises(NoPdfError, match=r"no browser here can make a PDF; install Chromium"):
        write_pdf(PAGE, tmp_path / "form.pdf")
    assert list(tmp_path.iterdir()) == []


@needs_posix
@pytest.mark.parametrize("script", ["exit 1", "exit 0", "kill -9 $$"])
def test_a_browser_that_makes_nothing_is_named(script: str, tmp_path: Path) -> None:
    browser = a_browser(tmp_path, script)
    out = tmp_path / "form.pdf"
    out.write_bytes(b"the old one")
    with pytest.raises(NoPdfError, match="browser made no PDF") as caught:
        write_pdf(PAGE, out, browser)
    assert "\n" not in str(caught.value)
    assert out.read_bytes() == b"the old one"
    assert sorted(tmp_path.iterdir()) == sorted([browser, out])


@needs_posix
def test_a_browser_that_cannot_be_started_is_said(tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text("no program", encoding="utf-8")
    with pytest.raises(NoPdfError, match="browser cannot be started"):
        write_pdf(PAGE, tmp_path / "form.pdf", browser)


@needs_posix
def test_a_browser_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    mark = tmp_path / "children"
    browser = a_browser(tmp_path, f'sleep 600 & echo $! >> "{mark}"; wait')
    for timeout_s in (0.5, 2.0, 8.0, 32.0):  # a busy machine may be slow to start it
        with pytest.raises(NoPdfError, match=f"was not done in {timeout_s:g} s"):
            write_pdf(PAGE, tmp_path / "form.pdf", browser, timeout_s)
        if mark.exists():
            break
    children = [int(child) for child in mark.read_text(encoding="utf-8").split()]
    assert children
    assert all(is_gone(child) for child in children)


def is_gone(process: int) -> bool:
    """Wait until a process that was ended is no longer there, or is but a zombie."""
    for _ in range(600):
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat")
            if state.exists() and state.read_text(encoding="utf-8").split()[2] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.1)
    return False


@needs_posix
def test_a_browser_that_does_not_see_the_folder_for_temporary_files(tmp_path: Path) -> None:
    """It writes only beside the target, as one that lives in a box of its own."""
    home = tmp_path / "home"
    home.mkdir()
    wanted = f"--print-to-pdf={home}/*) echo '%PDF-1.4' > \"${{each#*=}}\";;"
    script = f'for each in "$@"; do case "$each" in {wanted} esac; done'
    out = home / "form.pdf"
    write_pdf(PAGE, out, a_browser(tmp_path, script))
    assert out.read_bytes() == b"%PDF-1.4\n"
    assert list(home.iterdir()) == [out]


@needs_posix
def test_the_browser_gets_no_network_and_a_profile_of_its_own(tmp_path: Path) -> None:
    said = tmp_path / "said"
    browser = a_browser(tmp_path, f'printf "%s\\n" "$@" >> "{said}"')
    with pytest.raises(NoPdfError):
        write_pdf(PAGE, tmp_path / "form.pdf", browser)
    flags = said.read_text(encoding="utf-8").splitlines()
    assert "--disable-background-networking" in flags
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in flags
    assert "--no-pdf-header-footer" in flags
    assert ("--no-sandbox" in flags) == (os.geteuid() == 0)
    (profile, *_) = [flag for flag in flags if flag.startswith("--user-data-dir=")]
    assert not Path(profile.split("=")[1]).exists()


def test_a_place_that_cannot_be_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(BadOutputError, match="no such folder"):
        write_pdf(PAGE, tmp_path / "nowhere" / "form.pdf", tmp_path / "no-browser")
