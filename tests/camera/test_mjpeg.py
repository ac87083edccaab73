import functools
import http.server
import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPResponse
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.faulty_server import (
    BOUNDARY,
    HEADER,
    OTHER_SIZE_PX,
    SIZE_PX,
    Fault,
    FaultyServer,
    number_in,
    picture,
    sent,
)

from coreline.camera.devices import (
    CannotOpenError,
    OpenCvDevice,
    _on_the_same_host,
    _stream,
    open_device,
)
from coreline.camera.mjpeg import (
    USELESS_S,
    MultipartReader,
    NotAPictureStreamError,
    PictureStream,
    open_picture_stream,
)
from coreline.camera.source import Image
from coreline.placement.checks import CameraTrouble

LIMIT_S = 60.0  # ends what would wait for ever
WHOLE = b"\xff\xd8\xff\xda\x00\x02whole\xff\xd9"


def part(body: bytes, length: int | None = None) -> bytes:
    said = b"" if length is None else b"Content-Length: %d\r\n" % length
    return b"--mark\r\nContent-Type: image/jpeg\r\n" + said + b"\r\n" + body + b"\r\n"


def fed(stream: bytes, sizes: list[int], boundary: str = "mark") -> list[bytes]:
    """Return the parts of a stream that comes in pieces of these sizes, over and over."""
    parts, found = MultipartReader(boundary), list[bytes]()
    at = 0
    for size in itertools.cycle(sizes):
        found += parts.feed(stream[at : at + size])
        at += size
        if at >= len(stream):
            return found
    return found


PIECES = st.lists(st.integers(1, 60), min_size=1, max_size=5)


@given(PIECES)
def test_parts_come_out_whole_however_they_come_in(sizes: list[int]) -> None:
    stream = b"".join(part(b"%d" % number * 9, 9) for number in range(5))
    assert fed(stream, sizes) == [b"%d" % number * 9 for number in range(5)]


@given(PIECES)
def test_without_lengths_a_picture_is_complete_at_its_end(sizes: list[int]) -> None:
    assert [found.rstrip() for found in fed(part(WHOLE) * 3, sizes)] == [WHOLE] * 3


@given(PIECES, st.integers(10, 1000))
def test_a_length_that_is_too_long_does_not_swallow_the_next(sizes: list[int], more: int) -> None:
    found = fed(part(b"half", 4 + more) + part(WHOLE, len(WHOLE)) * 2, sizes)
    assert found[0].startswith(b"half")
    assert b"--mark" not in found[0]
    assert found[1:] == [WHOLE] * 2


@pytest.mark.parametrize("boundary", ["mark", "--mark", '"mark"', ""])
def test_the_boundary_may_be_told_in_any_way_or_not_at_all(boundary: str) -> None:
    assert fed(part(WHOLE, len(WHOLE)) * 2, [7], boundary) == [WHOLE] * 2


def test_rubbish_between_boundaries_is_a_part_and_ends() -> None:
    assert fed(b"--mark" + b"\x01" * 99 + part(WHOLE, len(WHOLE)), [50])[-1] == WHOLE


@given(st.lists(st.binary(max_size=80), max_size=8))
def test_anything_at_all_comes_through_without_harm(pieces: list[bytes]) -> None:
    parts = MultipartReader("mark")
    for piece in pieces:
        assert all(b"--mark" not in found for found in parts.feed(piece))


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no answer come too late because the machine is busy."""
    monkeypatch.setattr("coreline.camera.mjpeg.ANSWER_S", LIMIT_S)


class Hand:
    """The other side of a stream: it sends what it is told to, when it is told to."""

    def __init__(self) -> None:
        self._ours, self._theirs = socket.socketpair()
        self._theirs.settimeout(LIMIT_S)
        self._ours.sendall(HEADER)
        response = HTTPResponse(self._theirs)
        response.begin()
        self.now_s, self.look_s = 0.0, 0.0
        self.stream = PictureStream(response, BOUNDARY.decode(), self._clock_s)

    def _clock_s(self) -> float:
        self.now_s += self.look_s
        return self.now_s

    def send(self, number: int, fault: Fault = Fault.GOOD) -> None:
        size_px = OTHER_SIZE_PX if fault is Fault.SIZE else SIZE_PX
        self.send_bytes(sent(fault, picture(number, size_px)))

    def send_bytes(self, data: bytes) -> None:
        self._ours.sendall(data)

    def fall_silent(self) -> None:
        self._theirs.settimeout(0.01)

    def hang_up(self) -> None:
        self._ours.close()

    def close(self) -> None:
        self.stream.release()
        self._ours.close()
        self._theirs.close()


@pytest.fixture
def hand() -> Iterator[Hand]:
    with closing(Hand()) as made:
        yield made


def number_of(given: Image | CameraTrouble) -> int | None:
    return number_in(given) if isinstance(given, np.ndarray) else None


def test_pictures_of_a_server_come_whole_and_in_order() -> None:
    before = set(threading.enumerate())
    with FaultyServer() as server:
        stream = open_picture_stream(server.address, lambda: 0.0)
        found = [number for _ in range(8) if (number := number_of(stream.read())) is not None]
        stream.release()
    assert len(found) == 8
    assert found == sorted(set(found))
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize("fault", [Fault.GARBAGE, Fault.HALF, Fault.SWALLOWED])
def test_what_is_not_a_whole_picture_is_refused(fault: Fault, hand: Hand) -> None:
    hand.send(1)
    assert number_of(hand.stream.read()) == 1
    hand.send(2, fault)  # where it is said to be longer, the next one shows its end
    for number in range(3, 10):
        hand.send(number, fault)
        assert hand.stream.read() is CameraTrouble.BROKEN
    for number in range(10, 20):
        hand.send(number)
        assert number_of(hand.stream.read()) == number


def test_a_change_of_size_stretches_nothing(hand: Hand) -> None:
    sizes = []
    for number, fault in enumerate([Fault.GOOD, Fault.SIZE, Fault.SIZE]):
        hand.send(number, fault)
        given = hand.stream.read()
        assert isinstance(given, np.ndarray)
        assert number_in(given) == number
        sizes.append(given.shape[1::-1])
    assert sizes == [SIZE_PX, OTHER_SIZE_PX, OTHER_SIZE_PX]


def test_silence_and_an_end_are_told_apart(hand: Hand) -> None:
    hand.fall_silent()
    assert hand.stream.read() is CameraTrouble.STALLED
    hand.hang_up()
    assert hand.stream.read() is CameraTrouble.GONE


def test_bytes_that_never_make_a_picture_are_a_trouble_of_their_own(hand: Hand) -> None:
    hand.look_s = USELESS_S * 0.6
    hand.send_bytes(b"--picture but no end of its head")
    assert hand.stream.read() is CameraTrouble.BROKEN


def test_pictures_that_wait_are_left_out(hand: Hand) -> None:
    for number in range(5):
        hand.send(number)
    assert number_of(hand.stream.read()) == 4


class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def website(tmp_path: Path) -> Iterator[str]:
    handler = functools.partial(Files, directory=str(tmp_path))
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_something_else_at_the_address_is_left_to_others(website: str) -> None:
    with pytest.raises(NotAPictureStreamError):
        open_picture_stream(website)


def test_nothing_at_the_address_is_said_in_a_few_words(website: str) -> None:
    with pytest.raises(CannotOpenError) as caught:
        open_device(f"{website}/none")
    assert (caught.value.why, caught.value.kind) == ("file not found", CameraTrouble.GONE)


class Sending(http.server.BaseHTTPRequestHandler):
    """Sends on from /to?ADDRESS to ADDRESS, and has a list with one at /list?ADDRESS."""

    def do_GET(self) -> None:
        SEEN.append(self.path)
        way, _, address = self.path.partition("?")
        body = f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}\n#EXT-X-ENDLIST\n".encode()
        self.send_response(302 if way == "/to" else 200)
        self.send_header("Location", address)
        self.send_header("Content-Type", "application/vnd.apple.mpegurl")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


SEEN: list[str] = []


@pytest.fixture
def sending() -> Iterator[str]:
    SEEN.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sending) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_camera_may_send_on_to_another_of_its_own_addresses(sending: str) -> None:
    with FaultyServer() as server:
        stream = open_picture_stream(f"{sending}/to?http://127.0.0.1:{server.port}/")
        assert number_of(stream.read()) is not None
        stream.release()


@pytest.mark.parametrize(
    "elsewhere", ["http://localhost:{}/page", "ftp://127.0.0.1:{}/a", "file:///etc/hostname"]
)
def test_it_may_not_send_on_to_anywhere_else(elsewhere: str, sending: str) -> None:
    address = elsewhere.format(sending.rpartition(":")[2])
    with pytest.raises(CannotOpenError, match=r"it sends on to|redirection to"):
        open_device(f"{sending}/to?{address}")
    assert [f"/to?{address}"] == SEEN


def test_opencv_follows_no_redirect_and_no_list_either(sending: str) -> None:
    there = f"http://localhost:{sending.rpartition(':')[2]}/page"
    with pytest.raises(CannotOpenError):
        open_device(f"{sending}/list?{there}")
    assert "/page" not in SEEN
    with _on_the_same_host(), pytest.raises(CannotOpenError):
        OpenCvDevice(_stream(f"{sending}/to?{there}"))
    assert "/page" not in SEEN


def test_what_is_behind_a_redirect_is_read_from_there(website: str, sending: str) -> None:
    with pytest.raises(NotAPictureStreamError) as caught:
        open_picture_stream(f"http://me:secret@{sending.removeprefix('http://')}/to?{website}/")
    assert caught.value.address == f"http://me:secret@{website.removeprefix('http://')}/"


def test_a_length_of_a_thousand_digits_is_none() -> None:
    stream = part(WHOLE) * 2
    stream = stream.replace(
        b"Content-Type", b"Content-Length: " + b"9" * 5_000 + b"\r\nContent-Type"
    )
    assert [found.rstrip() for found in fed(stream, [99])] == [WHOLE] * 2
