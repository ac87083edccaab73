"""A real browser, for tests of pages: Chromium without a window, a network or a memory."""

import base64
import json
import os
import re
import select
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

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


class Printer:
    """A browser that prints one page after another, as `--print-to-pdf` prints a single one.

    To begin costs it more than a page does. It is told what to do in Chrome's own protocol, over
    its descriptors 3 and 4.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Take a browser that listens."""
        self._process = process
        self._number = 0
        self._rest = b""

    def print(self, page: Path, paper: Path) -> None:
        """Print a page to a file."""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        tab = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable", tab)
        self._ask("Page.setLifecycleEventsEnabled", tab, enabled=True)
        went = self._ask("Page.navigate", tab, url=page.as_uri())
        assert "errorText" not in went, went
        self._wait_for_load(tab, went["loaderId"])
        printed = self._ask("Page.printToPDF", tab, printBackground=True, preferCSSPageSize=True)
        paper.write_bytes(base64.b64decode(printed["data"]))
        self._ask("Target.closeTarget", targetId=target)

    def close(self) -> None:
        """Have the browser end by itself, which writes its profile."""
        self._ask("Browser.close")
        assert self._process.wait(TIMEOUT_S) == 0

    def _ask(self, method: str, tab: str | None = None, /, **values: object) -> Mapping[str, Any]:
        self._number += 1
        asked: dict[str, object] = {"id": self._number, "method": method, "params": values}
        if tab is not None:
            asked["sessionId"] = tab
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked).encode() + b"\0")
        self._process.stdin.flush()
        for told in self._told():
            if told.get("id") == self._number:
                assert "error" not in told, told
                return dict(told["result"])
        raise AssertionError(f"no answer to {method}")

    def _wait_for_load(self, tab: str, loader: str) -> None:
        for told in self._told():
            about = told.get("params", {})
            if told.get("sessionId") != tab or about.get("loaderId") != loader:
                continue
            if about.get("name") == "load":
                return
        raise AssertionError("never loaded")

    def _told(self) -> Iterator[Mapping[str, Any]]:
        """Yield what the browser says, until it ends or falls silent."""
        assert self._process.stdout is not None
        while True:
            while b"\0" in self._rest:
                told, self._rest = self._rest.split(b"\0", 1)
                yield json.loads(told)
            if not select.select([self._process.stdout], [], [], TIMEOUT_S)[0]:
                return
            said = os.read(self._process.stdout.fileno(), 1 << 20)
            if not said:
                return
            self._rest += said


@contextmanager
def printing(folder: Path) -> Iterator[Printer]:
    """Yield a browser that prints, with its profile in a folder and without a network."""
    line = [browser(), *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}"]
    swap = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null'
    with (
        (folder / "browser.log").open("wb") as log,
        subprocess.Popen(
            ["sh", "-c", swap, "sh", *line, "about:blank"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        ) as process,
    ):
        try:
            printer = Printer(process)
            yield printer
            printer.close()
        finally:
            process.kill()


def complaints(log: str) -> list[str]:
    """Return what the page, rather than the browser about its surroundings, had to say."""
    return [line for line in log.splitlines() if "CONSOLE" in line]


def answer(done: subprocess.CompletedProcess[str]) -> Mapping[str, dict[str, object]]:
    """Return what a script left in the title."""
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert title is not None, done.stdout[:500]
    found: dict[str, dict[str, object]] = json.loads(unescape(title.group(1)))
    return found
