"""A real browser, for tests of pages: Chromium without a window, a network or a memory."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest

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
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
TIMEOUT_S = 300


def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("no Chromium to open the report in; fix: apt-get install chromium")
    return found


def browse(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Open something in the browser, with a profile of its own and no network."""
    line = [browser(), *FLAGS, f"--user-data-dir={folder / 'profile'}", *options]
    done = subprocess.run(
        line, check=False, capture_output=True, text=True, errors="replace", timeout=TIMEOUT_S
    )
    assert done.returncode == 0, done.stderr
    return done


def complaints(log: str) -> list[str]:
    """Return what the page, rather than the browser about its surroundings, had to say."""
    return [line for line in log.splitlines() if "CONSOLE" in line]


def answer(done: subprocess.CompletedProcess[str]) -> Mapping[str, dict[str, object]]:
    """Return what a script left in the title."""
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert title is not None, done.stdout[:500]
    found: dict[str, dict[str, object]] = json.loads(unescape(title.group(1)))
    return found
