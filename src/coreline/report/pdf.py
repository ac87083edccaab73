"""A page on paper: PDF through the Chromium, Chrome or Edge that this computer has.

The browser gets a profile of its own, empty and thrown away, and no network.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from coreline.errors import NoPdfError
from coreline.files.writing import check_place, write_bytes, write_text

TIMEOUT_S: Final = 120.0
_NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"),
)
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
_FLAGS = (
    *("--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions"),
    *("--no-first-run", "--no-default-browser-check", "--disable-sync", "--disable-breakpad"),
    *("--disable-background-networking", "--disable-component-update", "--metrics-recording-only"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer"),
)
_INSTALL = "install Chromium, Chrome or Edge, or open the report and print it to a file"
_INSTALL_NL = (
    "installeer Chromium, Chrome of Edge, of open het verslag en druk het af in een bestand"
)


def find_browser() -> Path | None:
    """Return a browser that can make a PDF, or None."""
    return next(_browsers(), None)


def _browsers() -> Iterator[Path]:
    for name in _NAMES:
        if found := shutil.which(name):
            yield Path(found)
    for folder, names in _folders():
        yield from (folder / name for name in names if (folder / name).is_file())


def _folders() -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield the folders of programs that are not on the path, and what to look for in them."""
    if sys.platform == "darwin":
        yield Path("/Applications"), _MAC
        yield Path.home() / "Applications", _MAC
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(name):
            yield Path(folder), _WINDOWS


def write_pdf(
    page: str, path: Path, browser: Path | None = None, timeout_s: float = TIMEOUT_S
) -> None:
    """Write a page as a PDF.

    Args:
        page: the whole of the HTML.
        path: where the PDF goes.
        browser: which to use; None: the first that is found.
        timeout_s: how long it may take.

    Raises:
        NoPdfError: There is no browser, it does not start, or it made no PDF in time.
        BadOutputError: The PDF cannot be written there.
    """
    check_place(path)
    chosen = browser or find_browser()
    if chosen is None:
        raise NoPdfError(
            f"{path}: no browser here can make a PDF; {_INSTALL}",
            nl=f"{path}: geen browser hier kan een PDF maken; {_INSTALL_NL}",
        )
    why = "made no PDF"
    # A browser in a box of its own does not see the folder for temporary files.
    for folder in (None, path.parent):
        try:
            with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as place:
                content = _printed(page, Path(place), chosen, timeout_s)
        except subprocess.TimeoutExpired:
            why = f"was not done in {timeout_s:g} s"
            continue
        if content:
            write_bytes(path, content)
            return
    raise NoPdfError(
        f"{path}: {chosen.name} {why}; {_INSTALL}",
        nl=f"{path}: {chosen.name} maakte geen PDF; {_INSTALL_NL}",
    )


def _printed(page: str, folder: Path, browser: Path, timeout_s: float) -> bytes:
    """Return the PDF, or nothing where the browser made none.

    Raises:
        NoPdfError: The browser cannot be started.
        subprocess.TimeoutExpired: It was not done in time, and is ended.
    """
    source, paper = folder / "report.html", folder / "report.pdf"
    write_text(source, page)
    line = [str(browser), *_FLAGS, *_as_root(), f"--user-data-dir={folder / 'profile'}"]
    try:
        _run([*line, f"--print-to-pdf={paper}", source.as_uri()], timeout_s)
    except OSError as error:
        raise NoPdfError(
            f"{browser.name} cannot be started ({error.strerror}); {_INSTALL}",
            nl=f"{browser.name} start niet ({error.strerror}); {_INSTALL_NL}",
        ) from error
    return paper.read_bytes() if paper.is_file() else b""


def _run(line: list[str], timeout_s: float) -> None:
    """Run a browser to its end, or end it with everything that it started."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        line, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            process.wait(timeout_s)
        except BaseException:
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _as_root() -> list[str]:
    """Return what a browser asks for to run as the superuser; its box stays on for all others."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
