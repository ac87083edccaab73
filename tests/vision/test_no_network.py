"""Nothing leaves the machine: every network call of a whole run is read from the kernel's side."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
from itertools import islice
from coreline.camera.video import VideoFile
from coreline.files.resources import resource_file
from coreline.vision import PoseEstimator

def poses(running):
    with VideoFile(resource_file("samples", "w56-belly-bridge.mp4")) as video:
        frames = islice(video.frames(), 10)
        return [running.estimate(frame.t_s, frame.image_bgr) for frame in frames]
"""
CLOSED = RUN + "with PoseEstimator() as running: assert all(poses(running))"
LEFT_OPEN = RUN + "running = PoseEstimator(); assert all(poses(running))"

REACHING = re.compile(r"\b(connect|bind|sendto|sendmsg|sendmmsg)\(")
ADDRESS = re.compile(r"sa_family=(\w+)(.*?)\}")
LOOPBACK = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"')
NAME_SERVICE = re.compile(r"htons\(53\)|htons\(853\)|htons\(5353\)|nscd|resolve")


def outward(log: str) -> list[str]:
    """Return the lines of an strace log that reach beyond this machine or ask for a name."""
    return [line for line in log.splitlines() if REACHING.search(line) and _reaches_out(line)]


def _reaches_out(line: str) -> bool:
    if NAME_SERVICE.search(line):
        return True
    return any(
        family in {"AF_INET", "AF_INET6"} and not LOOPBACK.search(rest)
        for family, rest in ADDRESS.findall(line)
    )


def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.fail("strace is not installed; fix: apt-get install strace (or run this on Linux)")
    return found


@pytest.mark.parametrize("script", [CLOSED, LEFT_OPEN], ids=["closed", "left open"])
def test_a_run_reaches_nothing_beyond_this_machine(script: str, tmp_path: Path) -> None:
    log = tmp_path / "network.log"
    watch = [strace(), "-f", "-e", "trace=network", "-e", "signal=none", "-o", str(log)]
    command = [*watch, sys.executable, "-c", script]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seen = log.read_text(encoding="utf-8", errors="replace")
    # MediaPipe opens (and never uses) a socket each time it starts: the watch does see.
    assert "socket(AF_INET" in seen
    assert outward(seen) == []


@pytest.mark.parametrize("no_proxy", ["*", "googleapis.com", ".com"])
def test_a_users_no_proxy_leads_around_nothing(
    no_proxy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, no_proxy)
    test_a_run_reaches_nothing_beyond_this_machine(CLOSED, tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        '7 connect(7, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.1")}, 16)',
        '7 connect(7, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 1',
        '7 connect(7, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("8.8.8.8")}, 16',
        '7 connect(7, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT',
        '7 connect(7, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001::1"',
        '7 sendto(7, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("9.9.9.9',
    ],
)
def test_the_watch_knows_what_reaches_out(line: str) -> None:
    assert outward(line + "}") == [line + "}"]


@pytest.mark.parametrize(
    "line",
    [
        "7 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3",
        '7 connect(7, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, 16)',
        '7 connect(7, {sa_family=AF_UNIX, sun_path="/run/dbus/socket"}, 20) = 0',
        "7 bind(3, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 0",
    ],
)
def test_the_watch_lets_this_machine_be(line: str) -> None:
    assert outward(line) == []
